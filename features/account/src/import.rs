//! Taking in the registry of insured persons: their spaces are announced, then open.

mod links;
mod spaces;
mod traits;

pub use traits::{Filled, fill_traits};

use std::io::Read;

use access::{Carnet, Purpose, Viewer};
use anyhow::Context;
use ins::Matricule;
use jiff::Timestamp;
use vault::{RecordId, store::NewInsured};

use crate::insured::{HEADER, POSTAL, Person};

/// Lines taken in one transaction.
const BATCH: usize = 500;
/// How many refused lines are named; the rest is only counted.
const NAMED: usize = 1_000;

/// How those whom the file brings learn that a space will open for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// They are sent a notice.
    ByUs,
    /// They were told at that instant, by letter or by their health insurance.
    At(Timestamp),
}

/// What an import did.
#[derive(Debug, Default)]
pub struct Report {
    /// Lines read, the header apart.
    pub read: u64,
    /// Spaces opened at once: their persons were told long enough ago.
    pub opened: u64,
    /// Spaces announced: they open when the time to oppose is over.
    pub announced: u64,
    /// Persons whom no notice reaches, with the lines of the first: they are to be told by letter.
    pub unreached: (u64, Vec<u64>),
    /// Persons who were known already.
    pub known: u64,
    /// Lines that were refused, in whole or for a representative.
    pub refused: u64,
    /// The first of them.
    pub reasons: Vec<Refusal>,
}

/// A line that was refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its number in the file, from 1; the header is 1.
    pub line: u64,
    /// Why, in French.
    pub reason: String,
}

impl Report {
    fn refuse(&mut self, line: u64, reason: String) {
        self.refused += 1;
        if self.reasons.len() < NAMED {
            self.reasons.push(Refusal { line, reason });
        }
    }
}

/// A line that was read.
struct Row {
    line: u64,
    card: String,
    person: Person,
}

/// Takes in the file: adds persons or brings them up to date, announces a space to each who has
/// none, and links children to those who represent them until they are of age. A space opens
/// when the time to oppose is over since its person was `told`.
///
/// `oid` is the authority of the national numbers; `progress` is told how many lines were read.
/// May be run again on the same file, or a newer one.
///
/// # Errors
/// When the file is not one of these, cannot be read, or the store fails. Batches already taken
/// in stay.
pub async fn import(
    app: &Carnet,
    oid: &str,
    told: Told,
    reader: impl Read,
    mut progress: impl FnMut(u64),
) -> anyhow::Result<Report> {
    let mut import = Import {
        app,
        oid,
        told,
        viewer: Viewer::system(Purpose::Open, app.now()),
        report: Report::default(),
        waiting: vec![],
    };
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .from_reader(reader);
    let header = lines.headers().context("le fichier ne se lit pas")?;
    let mut named = header.iter().map(str::trim);
    let ours = HEADER.iter().all(|name| named.next() == Some(name));
    // The postal address may be there or not; nothing else.
    if !ours || !matches!((named.next(), named.next()), (None | Some(POSTAL), None)) {
        anyhow::bail!("la première ligne doit être : {}", HEADER.join(";"));
    }
    let mut batch: Vec<Row> = Vec::with_capacity(BATCH);
    for record in lines.records() {
        import.report.read += 1;
        let record = match record {
            Ok(record) => record,
            Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                let line = error.position().map_or(0, csv::Position::line);
                import
                    .report
                    .refuse(line, "la ligne n’est pas en UTF-8".to_owned());
                continue;
            }
            Err(error) => return Err(error).context("le fichier ne se lit pas"),
        };
        let line = record.position().map_or(0, csv::Position::line);
        match Person::read(&record) {
            Ok((person, card)) => {
                // Of two lines about one person the later one holds.
                let again = batch.iter().any(|row| row.person.number == person.number);
                if again || batch.len() == BATCH {
                    import.take(std::mem::take(&mut batch)).await?;
                    progress(import.report.read);
                }
                batch.push(Row { line, card, person });
            }
            Err(reason) => import.report.refuse(line, reason),
        }
    }
    import.take(batch).await?;
    import.settle().await?;
    progress(import.report.read);
    Ok(import.report)
}

struct Import<'a> {
    app: &'a Carnet,
    oid: &'a str,
    told: Told,
    viewer: Viewer,
    report: Report,
    /// Lines whose representatives may come later in the file.
    waiting: Vec<(u64, Matricule)>,
}

impl Import<'_> {
    /// Takes in a batch in which nobody is twice.
    async fn take(&mut self, mut batch: Vec<Row>) -> anyhow::Result<()> {
        let mut before = Vec::with_capacity(batch.len());
        for row in &mut batch {
            let known = self.find(&row.person.number).await?;
            if let Some((old, _)) = &known {
                row.person.children.clone_from(&old.children);
            }
            before.push(known);
        }
        let rows: Vec<NewInsured> = batch
            .iter()
            .map(|row| {
                Ok(NewInsured {
                    number: row.person.number.as_str().to_owned(),
                    card: row.card.clone(),
                    body: serde_json::to_vec(&row.person)?,
                    traits: row.person.traits.strict(),
                })
            })
            .collect::<Result<_, serde_json::Error>>()?;
        self.app.store.put_insured(&rows).await?;
        for (row, known) in batch.iter().zip(before) {
            let represented_before = match known {
                Some((old, Some(record))) => {
                    self.report.known += 1;
                    self.catch_up(row, &old, record).await?;
                    !old.representatives.is_empty()
                }
                _ => {
                    self.make(row).await?;
                    false
                }
            };
            let linked = !row.person.representatives.is_empty() || represented_before;
            if linked && !self.represent(&row.person.number).await?.is_empty() {
                self.waiting.push((row.line, row.person.number));
            }
        }
        Ok(())
    }

    /// Links those whose representatives came later, and names who never came.
    async fn settle(&mut self) -> anyhow::Result<()> {
        for (line, number) in std::mem::take(&mut self.waiting) {
            for missing in self.represent(&number).await? {
                self.report.refuse(
                    line,
                    format!("représentant absent du registre : {}", missing.grouped()),
                );
            }
        }
        Ok(())
    }

    async fn find(&self, number: &Matricule) -> anyhow::Result<Option<(Person, Option<RecordId>)>> {
        let row = self.app.store.insured(number.as_str(), "").await?;
        row.map(|row| Ok((serde_json::from_slice(&row.body)?, row.record)))
            .transpose()
    }
}
