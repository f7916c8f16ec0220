//! The registers of accounts, from the command line: asking to read one, signing, reading, writing
//! to the people concerned.

mod letters;
mod sign;
mod who;

use std::path::PathBuf;

use access::{
    App,
    warrant::{Operator, Whose},
};
use anyhow::{Context, bail, ensure};
use clap::{Args, Subcommand};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::settings::Settings;

pub use letters::write as write_letters;
pub(crate) use who::act;
pub use who::{Read, Table, alerted, approved, instant, read};

/// Commands about the registers of accounts.
#[derive(Debug, Subcommand)]
pub enum Registers {
    /// Say which records an account opened: when, by which right, for the first time or not.
    ///
    /// While the account is suspended, since less than three days, one operator may: from the day
    /// before the alert on. Otherwise two operators sign: carnet audit ask.
    Who {
        /// Whose register.
        #[command(flatten)]
        account: Account,
        /// The number of a question that two operators approved.
        #[arg(long, value_name = "NUMBER", conflicts_with_all = ["professional", "organisation"])]
        asked: Option<String>,
        /// The first day, of those that may be read.
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<Date>,
        /// The last day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<Date>,
        /// Write a letter to each person concerned into this folder: reads their names and
        /// addresses, which takes the key file and the registry of this installation.
        #[arg(long, value_name = "DIR")]
        letters: Option<PathBuf>,
        /// Answer as JSON.
        #[arg(long, conflicts_with = "csv")]
        json: bool,
        /// Answer as CSV.
        #[arg(long)]
        csv: bool,
    },
    /// Ask to read the register of an account, or of all accounts used in an organisation: prints
    /// what two operators sign.
    Ask {
        /// Whose register.
        #[command(flatten)]
        account: Account,
        /// The first day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Date,
        /// The last day.
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Date,
        /// Why: what is written is signed and kept.
        #[arg(long)]
        reason: String,
        /// Also to read the names of the people concerned, for letters.
        #[arg(long)]
        letters: bool,
    },
    /// Sign what was asked, on your own machine: needs no installation.
    Sign {
        /// The file with the text to sign.
        text: PathBuf,
        /// Your key.
        #[arg(long)]
        key: PathBuf,
    },
    /// Add an operator's signature to what was asked.
    Approve {
        /// The number of the question.
        number: String,
        /// The signature.
        signature: String,
    },
    /// Draw an operator's own key into a file, on their machine; prints the public one.
    OperatorKey {
        /// A file that does not exist yet.
        file: PathBuf,
    },
    /// List what was asked, who approved it, and when it was read.
    Asked {
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Whose register.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct Account {
    /// The national identifier of a professional: 8 and the RPPS number.
    #[arg(long, value_name = "NUMBER")]
    professional: Option<String>,
    /// The identifier of an organisation: 1 and the FINESS number, 3 and the SIRET number.
    #[arg(long, value_name = "NUMBER")]
    organisation: Option<String>,
}

impl Account {
    fn whose(self) -> anyhow::Result<Whose> {
        match (self.professional, self.organisation) {
            (Some(number), _) => Ok(Whose::Professional(number)),
            (_, Some(number)) => Ok(Whose::Organisation(number)),
            _ => bail!("de qui ? --professional NUMÉRO ou --organisation NUMÉRO"),
        }
    }
}

impl Registers {
    /// Whether it needs an installation: signing does not.
    pub fn is_apart(&self) -> bool {
        matches!(self, Self::Sign { .. } | Self::OperatorKey { .. })
    }

    /// What is done on an operator's own machine.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn apart(self) -> anyhow::Result<()> {
        match self {
            Self::Sign { text, key } => sign::sign(&text, &key),
            Self::OperatorKey { file } => sign::draw(&file),
            _ => bail!("this needs an installation"),
        }
    }

    /// What is done in an installation.
    ///
    /// # Errors
    /// When it is not allowed, or a store fails.
    pub async fn run(self, app: &App, settings: &Settings) -> anyhow::Result<()> {
        let operators = operators(settings.get("audit.operators"))?;
        match self {
            Self::Who {
                account,
                asked,
                from,
                to,
                letters,
                json,
                csv,
            } => {
                let days = Days::of(from, to)?;
                let with_letters = letters.is_some();
                let mut table = match asked {
                    Some(number) => who::approved(app, &operators, &number).await?,
                    None => {
                        let whose = account.whose()?;
                        let how = days.how_to_ask(&whose, with_letters);
                        let table = who::alerted(app, whose, with_letters).await;
                        table.with_context(|| how)?
                    }
                };
                table.read.keep(days.since, days.before);
                match (json, csv) {
                    (true, _) => println!("{}", serde_json::to_string_pretty(&table.read)?),
                    (_, true) => print!("{}", table.read.csv()),
                    _ => table.read.print(),
                }
                if let Some(folder) = letters {
                    let written = letters::write(app, &table, &folder).await?;
                    // Beside the answer, which a script may read.
                    eprint!("{written}");
                }
                Ok(())
            }
            Self::Ask {
                account,
                from,
                to,
                reason,
                letters,
            } => {
                ensure!(from <= to, "le premier jour est après le dernier");
                let (from, to) = (begins(from)?, begins(to.tomorrow()?)?);
                sign::ask(app, account.whose()?, (from, to), &reason, letters).await
            }
            Self::Approve { number, signature } => {
                sign::approve(app, &operators, &number, &signature).await
            }
            Self::Asked { json } => sign::asked(app, &operators, json).await,
            apart => apart.apart(),
        }
    }
}

/// The days that are asked for.
struct Days {
    from: Option<Date>,
    to: Option<Date>,
    since: Option<Timestamp>,
    before: Option<Timestamp>,
}

impl Days {
    fn of(from: Option<Date>, to: Option<Date>) -> anyhow::Result<Self> {
        let apart = from.zip(to).is_some_and(|(from, to)| from > to);
        ensure!(!apart, "le premier jour est après le dernier");
        let next = to.map(|day| day.tomorrow()).transpose()?;
        Ok(Self {
            from,
            to,
            since: from.map(begins).transpose()?,
            before: next.map(begins).transpose()?,
        })
    }

    /// The command by which two operators are asked, to be typed as it is.
    fn how_to_ask(&self, whose: &Whose, letters: bool) -> String {
        let whose = match whose {
            Whose::Professional(number) => format!("--professional {number}"),
            Whose::Organisation(number) => format!("--organisation {number}"),
        };
        let day = |day: Option<Date>| day.map_or("JOUR".to_owned(), |day| day.to_string());
        let (from, to) = (day(self.from), day(self.to));
        let letters = if letters { " --letters" } else { "" };
        format!(
            "pour demander : carnet audit ask {whose} --from {from} --to {to} --reason \"…\"{letters}"
        )
    }
}

/// The beginning of a day in Paris.
fn begins(day: Date) -> anyhow::Result<Timestamp> {
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    Ok(day.to_zoned(zone)?.timestamp())
}

/// Reads the setting: `Name KEY, Name KEY`.
///
/// # Errors
/// When a key is none.
pub fn operators(setting: &str) -> anyhow::Result<Vec<Operator>> {
    let all = setting.split(',').map(str::trim);
    let all = all.filter(|one| !one.is_empty()).map(|one| {
        let named = one.rsplit_once(char::is_whitespace);
        let named = named.filter(|(_, key)| vault::keys::public_key(key).is_some());
        let (name, key) = named.context("setting audit.operators: a name, then a public key")?;
        Ok(Operator {
            name: name.trim().to_owned(),
            key: key.to_ascii_lowercase(),
        })
    });
    all.collect()
}

pub(crate) fn failed(refused: access::Refused) -> anyhow::Error {
    match refused {
        access::Refused::Failed(error) => error,
        other => anyhow::anyhow!("the register does not open: {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Days, Whose};

    #[test]
    fn who_may_not_read_is_told_how_to_ask() {
        let day = |day: &str| day.parse().ok();
        let days = Days::of(day("2026-11-01"), day("2026-11-30")).expect("days");
        let told = days.how_to_ask(&Whose::Professional("899900000011".to_owned()), false);
        assert!(
            told.ends_with(
                "audit ask --professional 899900000011 --from 2026-11-01 --to 2026-11-30 --reason \"…\""
            ),
            "{told}"
        );
        assert!(Days::of(day("2026-12-01"), day("2026-11-30")).is_err());
        let none = Days::of(None, None).expect("all");
        assert!(none.since.is_none() && none.before.is_none());
    }

    #[test]
    fn operators_have_a_name_and_a_key() {
        let key = "ab".repeat(32);
        let read = super::operators(&format!("Alix Roy {key}, Bruno {key},")).expect("read");
        assert_eq!((read.len(), read[0].name.as_str()), (2, "Alix Roy"));
        assert!(super::operators("").expect("read").is_empty());
        for wrong in ["Alix", "Alix 12", &key] {
            assert!(super::operators(wrong).is_err(), "{wrong}");
        }
    }
}
