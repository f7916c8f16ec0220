//! Lines of the journal in words.

use jiff::Timestamp;
use web::{Shell, dates};

use crate::{
    Act, Refusal, Right, WORKLIST,
    journal::{SEARCH, Trace, Who},
};

/// A line of the journal as a person reads it.
#[derive(Debug)]
pub(super) struct Line {
    /// The day: « aujourd’hui », « 12 mars 2026 ».
    pub day: String,
    /// The hour.
    pub time: String,
    pub who: String,
    /// Profession and place, when a professional did it.
    pub role: String,
    pub what: String,
    /// By which right, or why it was refused: one sentence. Empty for what the person did in
    /// their own space.
    pub why: String,
    /// The instant, to contest the line by; empty when it is not a professional's.
    pub contest: String,
    /// Where it is already contested; empty when it is not.
    pub thread: String,
    /// The decision explained in one sentence.
    pub explained: String,
    pub icon: &'static str,
    pub refused: bool,
    /// Not read yet.
    pub new: bool,
}

impl Line {
    pub fn of(trace: &Trace, shell: &Shell, now: Timestamp) -> Self {
        let (who, role) = name(&trace.who, shell);
        let key = format!("act-{}", code(&trace.act));
        let what = match trace.count {
            Some(count) if trace.act == Act::List && trace.detail.as_deref() == Some(SEARCH) => {
                shell.t1("act-search-count", "count", count)
            }
            Some(count) if trace.act == Act::List && trace.detail.as_deref() == Some(WORKLIST) => {
                shell.t1("act-worklist-count", "count", count)
            }
            _ if trace.act == Act::Prove && trace.detail.is_some() => shell.t("act-export"),
            Some(count) if trace.act == Act::List => shell.t1("act-list-count", "count", count),
            _ => shell.t(&key),
        };
        let why = match (trace.right, trace.refused) {
            (Some(Right::Own), _) => String::new(),
            (Some(right), _) => shell.t(&right.sentence()),
            (None, Some(refusal)) => shell.t(&format!("refusal-{}", code::<Refusal>(&refusal))),
            (None, None) => String::new(),
        };
        let explained = match (trace.right, trace.refused) {
            (Some(right), _) if right_reads(trace) => {
                shell.t(&format!("why-read-{}", code::<Right>(&right)))
            }
            (Some(right), _) => shell.t(&format!("why-{}", code::<Right>(&right))),
            (None, Some(refusal)) => shell.t(&format!("why-not-{}", code::<Refusal>(&refusal))),
            (None, None) => String::new(),
        };
        Self {
            contest: match &trace.who {
                Who::Professional { .. } => trace.at.to_string(),
                _ => String::new(),
            },
            thread: String::new(),
            explained,
            day: dates::near_day(trace.at, now, shell.lang),
            time: dates::time(trace.at, shell.lang),
            who,
            role,
            what,
            why,
            icon: icon(trace),
            refused: trace.refused.is_some(),
            new: false,
        }
    }
}

impl Line {
    /// Whether it differs from another by the hour alone, and by what it is about.
    fn says_as(&self, other: &Self) -> bool {
        (self.refused, self.new, &self.thread) == (other.refused, other.new, &other.thread)
            && (&self.who, &self.role, &self.what, &self.why)
                == (&other.who, &other.role, &other.what, &other.why)
    }

    /// How it shows in a timeline.
    pub fn tone(&self) -> &'static str {
        match (self.refused, self.new) {
            (true, _) => "refused",
            (_, true) => "new",
            _ => "plain",
        }
    }
}

/// A professional saw documents: a way in, the flags and the matrix all said yes.
fn right_reads(trace: &Trace) -> bool {
    let saw = matches!(
        trace.act,
        Act::List | Act::Read | Act::ReadResults | Act::ReadSummary | Act::Download
    );
    saw && matches!(trace.who, Who::Professional { .. } | Who::Bearer { .. })
}

/// Rows from which neighbours that say the same are one line to open.
const MANY: usize = 3;

/// A row, and those after it that say the same of the same.
#[derive(Debug)]
pub(super) struct Run<T> {
    pub first: T,
    pub others: Vec<T>,
}

/// What is of each day, in its order; a long run of the same (thirty documents of one hospital) is
/// one line to open.
pub(super) fn by_day<T>(
    rows: impl Iterator<Item = T>,
    line: impl Fn(&T) -> &Line,
) -> Vec<(String, Vec<Run<T>>)> {
    let mut days: Vec<(String, Vec<Vec<T>>)> = vec![];
    for row in rows {
        match days.last_mut() {
            Some((day, runs)) if *day == line(&row).day => match runs.last_mut() {
                Some(run) if line(&run[0]).says_as(line(&row)) => run.push(row),
                _ => runs.push(vec![row]),
            },
            _ => days.push((line(&row).day.clone(), vec![vec![row]])),
        }
    }
    let shown = |runs: Vec<Vec<T>>| runs.into_iter().flat_map(shown).collect();
    days.into_iter()
        .map(|(day, runs)| (day, shown(runs)))
        .collect()
}

/// A run as it is shown: as one line, or each for itself.
fn shown<T>(run: Vec<T>) -> Vec<Run<T>> {
    let together = run.len() >= MANY;
    let mut rows = run.into_iter();
    match rows.next() {
        Some(first) if together => vec![Run {
            first,
            others: rows.collect(),
        }],
        first => (first.into_iter().chain(rows))
            .map(|first| Run {
                first,
                others: vec![],
            })
            .collect(),
    }
}

/// The kebab-case name that a code has in the journal and in the texts.
pub(super) fn code<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

fn name(who: &Who, shell: &Shell) -> (String, String) {
    match who {
        Who::Holder => (shell.t("who-holder"), String::new()),
        Who::Representative { name } => (name.clone(), shell.t("who-representative")),
        Who::Professional {
            name,
            role,
            place,
            software,
            ..
        } => {
            let with = software.as_deref();
            let with = with.map(|name| shell.t1("who-with-software", "name", name));
            let with = with.unwrap_or_default();
            let parts = [role.as_str(), place.as_str(), with.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>();
            (name.clone(), parts.join(", "))
        }
        Who::Software { name } => (name.clone(), shell.t("who-software")),
        Who::Bearer { name, purpose } => {
            let purpose = shell.t(&format!("purpose-{purpose}"));
            let name = shell.t1("who-bearer", "name", name.as_str());
            (name, shell.t1("who-bearer-purpose", "purpose", purpose))
        }
        Who::System => (shell.t("who-system"), String::new()),
    }
}

fn icon(trace: &Trace) -> &'static str {
    if trace.refused.is_some() {
        return "lock";
    }
    match trace.act {
        Act::List
        | Act::ListOwn
        | Act::Read
        | Act::ReadHistory
        | Act::ReadSettings
        | Act::FindPerson => "eye",
        Act::ReadResults | Act::ReadMeasures => "chart",
        Act::ReadSummary => "heart-pulse",
        Act::Download | Act::Prove => "download",
        Act::TakeAway | Act::Gather | Act::FetchArchive => "download",
        Act::Add => "upload",
        Act::AddMeasure => "plus",
        Act::CorrectMeasure => "pencil",
        Act::DeleteMeasure => "trash",
        Act::Hide => "eye-off",
        Act::ChooseReaders => "users",
        Act::HideAll => "eye-off",
        Act::ShowAll | Act::Disclose => "eye",
        Act::Arrange => "folder",
        Act::Describe | Act::WriteDirectives => "pencil",
        Act::Remind => "bell",
        Act::Show => "eye",
        Act::Delete | Act::Disown | Act::Withdraw => "trash",
        Act::ChangeSettings | Act::DropDevice | Act::ChangeContact => "settings",
        Act::Block | Act::Lift => "lock",
        Act::Contest | Act::Report | Act::AnswerReport => "help",
        Act::Share | Act::EndShare | Act::OpenShare => "link-out",
        Act::LeaveNote | Act::DropNote => "mail",
        Act::BreakGlass | Act::Dispatch => "alert",
        Act::EndGrant
        | Act::DeclareConsent
        | Act::KeepSecret
        | Act::ConsentForColleague
        | Act::Authorise
        | Act::GiveCode
        | Act::UseCode => "shield",
        Act::Announce
        | Act::Oppose
        | Act::OpenSpace
        | Act::Close
        | Act::Reopen
        | Act::SignIn
        | Act::SignOut => "user",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(day: &str, time: &str, what: &str) -> Line {
        Line {
            day: day.to_owned(),
            time: time.to_owned(),
            who: "Hôpital".to_owned(),
            role: String::new(),
            what: what.to_owned(),
            why: String::new(),
            contest: String::new(),
            thread: String::new(),
            explained: String::new(),
            icon: "eye",
            refused: false,
            new: false,
        }
    }

    #[test]
    fn a_long_run_of_the_same_is_one_line_and_nothing_is_lost() {
        let added = |time| line("hier", time, "Ajout d’un document");
        let rows = [
            line("aujourd’hui", "9:00", "Ajout d’un document"),
            added("18:00"),
            added("17:00"),
            added("16:00"),
            line("hier", "15:00", "Recherche"),
            added("14:00"),
            added("13:00"),
        ];
        let days = by_day(rows.into_iter(), |line| line);
        let run = |run: &Run<Line>| {
            let all = std::iter::once(&run.first).chain(&run.others);
            all.map(|line| line.time.clone())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let shown: Vec<Vec<String>> = days
            .iter()
            .map(|(_, runs)| runs.iter().map(run).collect())
            .collect();
        assert_eq!(
            shown,
            [
                vec!["9:00"],
                vec!["18:00 17:00 16:00", "15:00", "14:00", "13:00"]
            ]
        );
    }
}
