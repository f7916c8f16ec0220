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
                letters,
                json,
                csv,
            } => {
                let with_letters = letters.is_some();
                let table = match asked {
                    Some(number) => who::approved(app, &operators, &number).await?,
                    None => who::alerted(app, account.whose()?, with_letters).await?,
                };
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
