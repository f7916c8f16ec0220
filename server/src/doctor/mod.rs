//! `carnet doctor`: looks at the configuration and the stores, and says what to mend and how.
//!
//! It runs beside a server: it takes no lock, migrates nothing, and leaves nothing behind.

mod checks;
mod neighbours;

use std::path::Path;

use ambient::Clock;
use serde::Serialize;

use crate::settings::Settings;

/// How one thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works; somebody should look.
    Warning,
    /// It does not work, or loses something.
    Problem,
}

/// One thing looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// A stable name, for scripts.
    pub name: &'static str,
    /// How it is.
    pub state: State,
    /// What was found.
    pub found: String,
    /// How to mend it; empty when there is nothing to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mend: String,
}

/// Everything looked at.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// In the order of settings.
    pub checks: Vec<Check>,
}

impl Report {
    fn ok(&mut self, name: &'static str, found: impl Into<String>) {
        self.add(name, State::Ok, found, "");
    }

    fn warn(&mut self, name: &'static str, found: impl Into<String>, mend: &str) {
        self.add(name, State::Warning, found, mend);
    }

    fn problem(&mut self, name: &'static str, found: impl Into<String>, mend: &str) {
        self.add(name, State::Problem, found, mend);
    }

    fn add(&mut self, name: &'static str, state: State, found: impl Into<String>, mend: &str) {
        self.checks.push(Check {
            name,
            state,
            found: found.into(),
            mend: mend.to_owned(),
        });
    }

    /// The worst of all.
    pub fn worst(&self) -> State {
        let states = self.checks.iter().map(|check| check.state);
        states.max().unwrap_or(State::Ok)
    }

    /// What a script gets: 0 when all is well, 1 with warnings, 2 with problems.
    pub fn code(&self) -> u8 {
        match self.worst() {
            State::Ok => 0,
            State::Warning => 1,
            State::Problem => 2,
        }
    }

    /// One line for each thing, and how to mend it.
    pub fn print(&self) {
        for check in &self.checks {
            let state = match check.state {
                State::Ok => "bien     ",
                State::Warning => "attention",
                State::Problem => "PROBLÈME ",
            };
            println!("{state}  {:<13} {}", check.name, check.found);
            if !check.mend.is_empty() {
                println!("{:<26}→ {}", "", check.mend);
            }
        }
        let of = |state| {
            self.checks
                .iter()
                .filter(|check| check.state == state)
                .count()
        };
        match (of(State::Problem), of(State::Warning)) {
            (0, 0) => println!("Tout est en ordre."),
            (problems, warnings) => {
                println!("À corriger : {problems}. À regarder : {warnings}.");
            }
        }
    }
}

/// Looks at everything that the settings name.
pub async fn run(
    config: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
    clock: &dyn Clock,
) -> Report {
    let mut report = Report::default();
    match Settings::read(config, environment) {
        Ok(settings) => {
            report.ok("réglages", "chacun est ce qui est attendu");
            look(&settings, clock, &mut report).await;
        }
        Err(error) => report.problem(
            "réglages",
            format!("{error:#}"),
            "« carnet settings » imprime un fichier avec tous les réglages et ce qu’ils attendent.",
        ),
    }
    report
}

/// Looks at everything that these settings name.
pub async fn look(settings: &Settings, clock: &dyn Clock, report: &mut Report) {
    checks::reached(settings, report);
    checks::data(settings, report);
    let provider = checks::key_file(settings, report);
    checks::stores(settings, provider, clock.now(), report).await;
    neighbours::relay(settings, report).await;
    neighbours::antivirus(settings, report).await;
}
