//! The letter to those whose records an account opened (GDPR, article 34): prepared as a text, for
//! the operator to read, print and post. It holds no word of health: not who the professional is,
//! nor where they work.

use std::{fmt, path::Path};

use access::{App, Channel, Message, warrant::Line};
use account::insured::Person;
use jiff::Timestamp;
use vault::RecordId;
use web::{Lang, dates};

use super::{failed, who::Table};

/// What was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Letters.
    pub letters: usize,
    /// Of these, those without a postal address.
    pub without_address: usize,
    /// People who can no longer be written to: erased, or their space receives nothing.
    pub unreachable: usize,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} lettres préparées.", self.letters)?;
        if self.without_address > 0 {
            writeln!(
                f,
                "{} sans adresse postale connue : elles commencent par le nom seul.",
                self.without_address
            )?;
        }
        if self.unreachable > 0 {
            writeln!(
                f,
                "{} personnes à qui l’on ne peut pas écrire : espace effacé ou fermé.",
                self.unreachable
            )?;
        }
        writeln!(
            f,
            "Relisez-en une, imprimez, postez, puis détruisez les fichiers."
        )
    }
}

/// Writes a letter to each person concerned; each gets a line in their history.
///
/// # Errors
/// When names were not asked for, a store fails, or the folder cannot be written.
pub async fn write(app: &App, table: &Table, folder: &Path) -> anyhow::Result<Written> {
    let records = table.read.records();
    let concerned = app.gate.concerned(&table.warrant, &records).await;
    let concerned = concerned.map_err(failed)??;
    let mut written = Written::default();
    for (record, person) in records.iter().zip(concerned) {
        let Some(person) = person else {
            written.unreachable += 1;
            continue;
        };
        let envelope = envelope(app, &person.number).await?;
        written.without_address += usize::from(envelope.is_none());
        let letter = Message {
            channel: Channel::Letter,
            to: envelope.unwrap_or_else(|| person.name.clone()),
            subject: app.site.texts.get(Lang::Fr, "register-letter-subject"),
            body: body(app, table, *record),
        };
        crate::mail::put(folder, &letter)?;
        written.letters += 1;
    }
    Ok(written)
}

/// Name and postal address, when the registry knows it.
async fn envelope(app: &App, number: &str) -> anyhow::Result<Option<String>> {
    let row = app.store.insured(number, "").await?;
    let person = row.and_then(|row| serde_json::from_slice::<Person>(&row.body).ok());
    Ok(person.and_then(|person| person.envelope()))
}

fn body(app: &App, table: &Table, record: RecordId) -> String {
    let mut days: Vec<String> = vec![];
    let mut only_name = true;
    for Line { opening, .. } in table.read.about(record) {
        only_name &= opening.act == access::Act::FindPerson;
        let day = day(opening.at);
        if days.last() != Some(&day) {
            days.push(day);
        }
    }
    let what = match only_name {
        true => "register-letter-name",
        false => "register-letter-record",
    };
    let texts = &app.site.texts;
    let (what, days) = (texts.get(Lang::Fr, what), days.join(", "));
    texts.format(
        Lang::Fr,
        "register-letter-body",
        &[
            ("days", &days),
            ("what", &what),
            ("origin", &app.site.origin),
        ],
    )
}

fn day(at: Timestamp) -> String {
    dates::day(dates::local(at).date(), Lang::Fr)
}
