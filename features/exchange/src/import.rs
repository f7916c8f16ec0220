//! Taking in the documents of another system: a file of FHIR resources, one a line.
//!
//! Each document passes the same checks as a deposit and is appended by the same
//! code; what is there already, by `uniqueId` and bytes, is passed over, so that an
//! import that was stopped is simply run again. Documents of one person are
//! appended together, with one line in the journal, and nobody is told of each.

mod lines;

use std::{collections::BTreeMap, io::BufRead, sync::Arc};

use access::{Acting, App, Authenticated, Depositor, Level, Viewer};
use serde::Serialize;
use tokio::task::JoinSet;

use crate::{
    bearer::{Software, account},
    identity::Claimed,
    intake::{Deposit, Reader, Way},
    keep::{self, Kept},
    outcome::Outcome,
    paper::Paper,
};
use lines::{Lines, Read};

/// Documents of a person that are appended at once.
const AT_ONCE: usize = 200;
/// Persons whose documents are appended at the same time.
const PERSONS: usize = 32;
/// Refusals that a report names.
const NAMED: usize = 10_000;

/// What an import did.
#[derive(Debug, Default, Serialize)]
pub struct Imported {
    /// Lines read.
    pub read: u64,
    /// Documents that were added.
    pub kept: u64,
    /// Documents that were there already.
    pub known: u64,
    /// Lines that were refused.
    pub refused: u64,
    /// The first of them.
    pub reasons: Vec<Refusal>,
}

/// A line that was refused: nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Its number in the file, from 1.
    pub line: u64,
    /// The kind of problem (FHIR `IssueType`).
    pub code: &'static str,
    /// Where in the resource.
    pub expression: String,
    /// Why, in French; never a word of what the resource holds.
    pub reason: String,
}

impl Imported {
    fn refuse(&mut self, line: u64, outcome: &Outcome) {
        self.refused += 1;
        if self.reasons.len() == NAMED {
            return;
        }
        let first = outcome.problems().first();
        self.reasons.push(Refusal {
            line,
            code: first.map_or("exception", |problem| problem.issue.code()),
            expression: first.map_or(String::new(), |problem| problem.expression.clone()),
            reason: first.map_or(String::new(), |problem| problem.text.clone()),
        });
    }

    fn note(&mut self, kept: Kept) {
        match kept.new {
            true => self.kept += 1,
            false => self.known += 1,
        }
    }
}

/// A document and where it stands in the file.
struct Numbered {
    line: u64,
    claimed: Claimed,
    paper: Paper,
}

/// Takes in a file; `source` names the system that it comes from, as people see it in their history.
///
/// `progress` is told what was done so far.
///
/// # Errors
/// When the file cannot be read, or the store fails. What was taken in stays.
pub async fn import(
    app: &App,
    source: &str,
    reader: impl BufRead + Send + 'static,
    mut progress: impl FnMut(&Imported),
) -> anyhow::Result<Imported> {
    let software = Arc::new(software(app, source));
    let reading = Reader::of(app, &software, Way::Import);
    let mut lines = Lines::new(reader, reading);
    let mut imported = Imported::default();
    let mut next = tokio::task::spawn_blocking(move || (lines.chunk(), lines));
    loop {
        let (chunk, mut rest) = next.await?;
        let chunk = chunk?;
        if chunk.is_empty() {
            return Ok(imported);
        }
        // The next lines are read while these are appended.
        next = tokio::task::spawn_blocking(move || (rest.chunk(), rest));
        take_in(app, &software, chunk, &mut imported).await?;
        progress(&imported);
    }
}

/// The software that a file stands for: it adds, and replaces what it added itself.
fn software(app: &App, source: &str) -> Software {
    let depositor = Arc::new(Depositor {
        client_id: format!("import {source}"),
        name: source.to_owned(),
        strict: false,
    });
    let viewer = Viewer {
        account: account(app, &depositor.client_id),
        acting: Acting::Depositor(Arc::clone(&depositor)),
        authenticated: Authenticated {
            level: Level::Machine,
            at: app.now(),
        },
    };
    Software::of_file(viewer, depositor)
}

async fn take_in(
    app: &App,
    software: &Arc<Software>,
    chunk: Vec<Read>,
    imported: &mut Imported,
) -> anyhow::Result<()> {
    imported.read += chunk.len() as u64;
    let mut by_person: BTreeMap<String, Vec<Numbered>> = BTreeMap::new();
    for read in chunk {
        match read {
            Read::Document(document) => {
                let number = document.claimed.number.clone();
                by_person.entry(number).or_default().push(*document);
            }
            Read::Held => {}
            Read::Refused(line, outcome) => imported.refuse(line, &outcome),
        }
    }
    let mut under_way = JoinSet::new();
    for documents in by_person.into_values() {
        if under_way.len() == PERSONS
            && let Some(done) = under_way.join_next().await
        {
            count(done??, imported);
        }
        let (app, software) = (App::clone(app), Arc::clone(software));
        under_way.spawn(async move { of_person(&app, &software, documents).await });
    }
    while let Some(done) = under_way.join_next().await {
        count(done??, imported);
    }
    Ok(())
}

type Done = Vec<(u64, Result<Kept, Outcome>)>;

fn count(done: Done, imported: &mut Imported) {
    for (line, outcome) in done {
        match outcome {
            Ok(kept) => imported.note(kept),
            Err(outcome) => imported.refuse(line, &outcome),
        }
    }
}

/// Appends the documents of one person, in the order of the file.
async fn of_person(
    app: &App,
    software: &Software,
    documents: Vec<Numbered>,
) -> anyhow::Result<Done> {
    let mut done = Vec::with_capacity(documents.len());
    let mut documents = documents.into_iter().peekable();
    while documents.peek().is_some() {
        let batch: Vec<Numbered> = documents.by_ref().take(AT_ONCE).collect();
        let lines: Vec<u64> = batch.iter().map(|document| document.line).collect();
        let (claims, mut papers): (Vec<_>, Vec<_>) = batch
            .into_iter()
            .map(|document| (document.claimed, document.paper))
            .unzip();
        let together = Claimed::all(&claims);
        if let Some(person) = together {
            let deposit = Deposit::of_file(person, papers);
            match keep::keep(app, software, &deposit).await {
                Ok(kept) => {
                    done.extend(lines.into_iter().zip(kept.into_iter().map(Ok)));
                    continue;
                }
                Err(outcome) => drop(outcome.refusal()?),
            }
            papers = deposit.papers;
        }
        // One of them is refused: each is tried by itself.
        for ((line, person), paper) in lines.into_iter().zip(claims).zip(papers) {
            let deposit = Deposit::of_file(person, vec![paper]);
            let kept = match keep::keep(app, software, &deposit).await {
                Ok(kept) => kept.first().copied().ok_or_else(Outcome::busy),
                Err(outcome) => Err(outcome.refusal()?),
            };
            done.push((line, kept));
        }
    }
    Ok(done)
}
