//! What the data-protection officer asks for: the register of processing, and the report of a
//! breach.

mod breach;
mod register;

use std::path::PathBuf;

use access::App;
use anyhow::Context as _;
use clap::Subcommand;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::settings::Settings;

pub use breach::{Account, Breach, Facts, report};
pub use register::{markdown, retention};

/// Commands of the data-protection officer.
#[derive(Debug, Subcommand)]
pub enum Dpo {
    /// Print the register of processing (GDPR, article 30), with how long each thing is kept here.
    Register {
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Gather what the authority asks for within 72 hours of a breach (GDPR, article 33).
    ///
    /// With --asked or --professional, what the account did is counted from its register, by the
    /// same rules as « carnet audit who »; else --people says how many.
    Breach {
        /// When it was found, in Paris: the 72 hours begin there.
        #[arg(long, value_name = "YYYY-MM-DDTHH:MM")]
        found: DateTime,
        /// What happened, in a sentence.
        #[arg(long)]
        what: String,
        /// A question about a register that two operators approved.
        #[arg(long, value_name = "NUMBER", conflicts_with_all = ["professional", "people"])]
        asked: Option<String>,
        /// An account that is suspended since less than three days.
        #[arg(long, value_name = "NUMBER", conflicts_with = "people")]
        professional: Option<String>,
        /// How many people, where no register says it.
        #[arg(long)]
        people: Option<usize>,
        /// What was done or will be; several times.
        #[arg(long = "measure", value_name = "TEXT")]
        measures: Vec<String>,
        /// Letters were prepared or sent to these people.
        #[arg(long)]
        told: bool,
        /// Write the report there, rather than on the screen.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
}

impl Dpo {
    /// Whether it needs an installation: the register of processing only reads settings.
    pub fn is_apart(&self) -> bool {
        matches!(self, Self::Register { .. })
    }

    /// What only reads settings.
    ///
    /// # Errors
    /// When a setting cannot be read.
    pub fn apart(&self, settings: &Settings) -> anyhow::Result<()> {
        match self {
            Self::Register { json: true } => {
                println!(
                    "{}",
                    serde_json::to_string_pretty(&register::read(settings)?)?
                );
            }
            _ => print!("{}", markdown(settings)?),
        }
        Ok(())
    }

    /// What reads an installation.
    ///
    /// # Errors
    /// When a register may not be read, or a store fails.
    pub async fn run(self, app: &App, settings: &Settings) -> anyhow::Result<()> {
        let Self::Breach {
            found,
            what,
            asked,
            professional,
            people,
            measures,
            told,
            out,
            json,
        } = self
        else {
            return self.apart(settings);
        };
        let account = match (asked, professional) {
            (Some(number), _) => Some(Account::Asked(number)),
            (_, Some(number)) => Some(Account::Suspended(number)),
            _ => None,
        };
        let facts = Facts {
            found: paris(found)?,
            what,
            account,
            people,
            measures,
            told,
        };
        let breach = report(app, settings, facts).await?;
        let text = match json {
            true => serde_json::to_string_pretty(&breach)? + "\n",
            false => breach.markdown(),
        };
        match out {
            Some(file) => {
                std::fs::write(&file, text).with_context(|| file.display().to_string())?;
            }
            None => print!("{text}"),
        }
        Ok(())
    }
}

fn paris(at: DateTime) -> anyhow::Result<Timestamp> {
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    Ok(at.to_zoned(zone)?.timestamp())
}
