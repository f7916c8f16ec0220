//! Taking in the registry of insured persons, and opening their spaces.

use std::{collections::HashSet, io::Read};

use access::{
    Act, Gate, Plan, Purpose, Refused, Viewer, kinds,
    policy::{Policy, Representation, Settings, Space, SpaceState, draft},
};
use anyhow::Context;
use ins::Matricule;
use jiff::Timestamp;
use vault::{Draft, RecordId, Store, Volume, store::NewInsured};

use crate::insured::{HEADER, Person};

/// Lines taken in one transaction.
const BATCH: usize = 500;
/// How many refused lines are named; the rest is only counted.
const NAMED: usize = 1_000;

/// What an import did.
#[derive(Debug, Default)]
pub struct Report {
    /// Lines read, the header apart.
    pub read: u64,
    /// Spaces opened.
    pub opened: u64,
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

/// Takes in the file: adds persons or brings them up to date, opens the space of each who has
/// none (as [`SpaceState::Opened`]: it receives documents), and links children to those who
/// represent them until they are of age.
///
/// `oid` is the authority of the national numbers; `progress` is told how many lines were read.
/// May be run again on the same file, or a newer one.
///
/// # Errors
/// When the file is not one of these, cannot be read, or the store fails. Batches already taken
/// in stay.
pub async fn import(
    gate: &Gate,
    store: &Store,
    oid: &str,
    now: Timestamp,
    reader: impl Read,
    mut progress: impl FnMut(u64),
) -> anyhow::Result<Report> {
    let mut import = Import {
        gate,
        store,
        oid,
        viewer: Viewer::system(Purpose::Open, now),
        report: Report::default(),
        waiting: vec![],
    };
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .from_reader(reader);
    let header = lines.headers().context("le fichier ne se lit pas")?;
    if !header.iter().map(str::trim).eq(HEADER) {
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
    gate: &'a Gate,
    store: &'a Store,
    oid: &'a str,
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
                row.person.represents.clone_from(&old.represents);
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
                })
            })
            .collect::<Result<_, serde_json::Error>>()?;
        self.store.put_insured(&rows).await?;
        for (row, known) in batch.iter().zip(before) {
            let represented_before = match known {
                Some((old, Some(record))) => {
                    self.report.known += 1;
                    if old.patient("", self.oid) != row.person.patient("", self.oid) {
                        self.correct(&row.person, record).await?;
                    }
                    !old.representatives.is_empty()
                }
                _ => {
                    self.open(&row.person).await?;
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
        let row = self.store.insured(number.as_str(), "").await?;
        row.map(|row| Ok((serde_json::from_slice(&row.body)?, row.record)))
            .transpose()
    }

    async fn open(&mut self, person: &Person) -> anyhow::Result<()> {
        let space = Space {
            state: SpaceState::Opened,
            since: self.viewer.authenticated.at,
        };
        // Emergencies may open a space unless its holder opposes it (L.1111-17 I CSP).
        let settings = Settings {
            dispatch: true,
            break_glass: true,
            ..Settings::default()
        };
        let drafts = vec![
            identity(&person.patient(&self.gate.id().to_string(), self.oid)),
            draft(Volume::Policy, kinds::SPACE, kinds::only::SPACE, &space),
            draft(
                Volume::Policy,
                kinds::SETTINGS,
                kinds::only::SETTINGS,
                &settings,
            ),
        ];
        let number = person.number.as_str();
        let link = |record| self.store.link_insured(number, record);
        match self.gate.open_space(drafts, link).await {
            Ok(_) => self.report.opened += 1,
            // Another import was faster.
            Err(Refused::Taken) => self.report.known += 1,
            Err(error) => return Err(failed(error)),
        }
        Ok(())
    }

    /// Writes corrected traits over the old ones, in the same resource.
    async fn correct(&self, person: &Person, record: RecordId) -> anyhow::Result<()> {
        let clearance = self.gate.enter(&self.viewer, record, Act::OpenSpace).await;
        let done = clearance.map_err(failed)?.act(|scope| {
            let id = scope.policy().identity().and_then(|old| old.id());
            let draft = identity(&person.patient(id.unwrap_or_default(), self.oid));
            let draft = match scope.policy_entry(kinds::only::PATIENT) {
                Some(current) => draft.replacing(current),
                None => draft,
            };
            Ok::<_, Refused>(Plan::new(()).writing(vec![draft]))
        });
        done.await.map_err(failed)
    }

    /// Makes the representations of a person those of their line; gives the representatives who
    /// have no space yet.
    async fn represent(&self, number: &Matricule) -> anyhow::Result<Vec<Matricule>> {
        let Some((child, Some(record))) = self.find(number).await? else {
            return Ok(vec![]);
        };
        let now = self.viewer.authenticated.at;
        let mut wanted = vec![];
        let mut missing = vec![];
        // Representation of an adult comes from a court, not from this file.
        if now < child.majority() {
            for representative in &child.representatives {
                match self.find(representative).await? {
                    Some((parent, Some(by))) => {
                        wanted.push(Representation {
                            by,
                            name: parent.name(),
                            since: now,
                            until: Some(child.majority()),
                        });
                        self.note(parent, child.number).await?;
                    }
                    _ => missing.push(*representative),
                }
            }
        }
        let clearance = self.gate.enter(&self.viewer, record, Act::OpenSpace).await;
        let clearance = clearance.map_err(failed)?;
        if self.changes(clearance.policy(), &wanted).is_empty() {
            return Ok(missing);
        }
        let done = clearance.act(|scope| {
            let changes = self.changes(scope.policy(), &wanted).into_iter();
            let drafts = changes.map(|(id, link)| {
                let id = id.unwrap_or_else(|| self.gate.id());
                let draft = draft(Volume::Policy, kinds::REPRESENTATION, id, &link);
                match scope.policy_entry(id) {
                    Some(current) => draft.replacing(current),
                    None => draft,
                }
            });
            Ok::<_, Refused>(Plan::new(()).writing(drafts.collect()))
        });
        done.await.map_err(failed)?;
        Ok(missing)
    }

    /// Representations to write, with the entry that each replaces.
    fn changes(
        &self,
        policy: &Policy,
        wanted: &[Representation],
    ) -> Vec<(Option<ambient::Id>, Representation)> {
        let now = self.viewer.authenticated.at;
        let in_force =
            |link: &&(ambient::Id, Representation)| link.1.until.is_none_or(|until| now < until);
        let links: Vec<_> = policy.representations.iter().filter(in_force).collect();
        let held: HashSet<_> = links.iter().map(|(_, link)| link.by).collect();
        let named: HashSet<_> = wanted.iter().map(|link| link.by).collect();
        let begun = wanted
            .iter()
            .filter(|link| !held.contains(&link.by))
            .map(|link| (None, link.clone()));
        let ended = links
            .iter()
            .filter(|(_, link)| !named.contains(&link.by))
            .map(|(id, link)| {
                let until = Some(now);
                (
                    Some(*id),
                    Representation {
                        until,
                        ..link.clone()
                    },
                )
            });
        begun.chain(ended).collect()
    }

    /// Notes with a parent whom they represent, to find them from there.
    async fn note(&self, mut parent: Person, child: Matricule) -> anyhow::Result<()> {
        if parent.represents.contains(&child) {
            return Ok(());
        }
        parent.represents.push(child);
        let body = serde_json::to_vec(&parent)?;
        let number = parent.number.as_str();
        Ok(self.store.update_insured(number, &body).await?)
    }
}

fn identity(patient: &serde_json::Value) -> Draft {
    let body = patient.to_string().into_bytes();
    Draft::new(Volume::Policy, kinds::PATIENT, kinds::only::PATIENT, body)
}

fn failed(refused: Refused) -> anyhow::Error {
    match refused {
        Refused::Failed(error) => error,
        other => anyhow::anyhow!("le dossier ne s’ouvre pas : {other:?}"),
    }
}
