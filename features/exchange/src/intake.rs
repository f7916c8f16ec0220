//! Reading a deposit: from the bytes of a request to documents ready to be kept.

use std::sync::Arc;

use access::{App, Rules};
use bytes::Bytes;
use fhir::{
    Problem,
    pdsm::{self, Class, Mode, Slot, Submission},
};
use jiff::Timestamp;

use crate::{
    bearer::Software,
    file::Found,
    identity::Claimed,
    outcome::Outcome,
    paper::{Paper, Reading},
};

/// A deposit, read: nothing in it depends on what is kept here.
pub(crate) struct Deposit {
    /// Whom it is about, as its sender says.
    pub person: Claimed,
    /// Its documents.
    pub papers: Vec<Paper>,
    /// What each entry of the request was.
    pub slots: Vec<Slot>,
    /// What was corrected or is doubtful.
    pub warnings: Vec<Problem>,
    /// How it came.
    pub way: Way,
}

impl Deposit {
    /// Documents of one person from a file.
    pub fn of_file(person: Claimed, papers: Vec<Paper>) -> Self {
        Self {
            person,
            papers,
            slots: vec![],
            warnings: vec![],
            way: Way::Import,
        }
    }
}

/// How a deposit comes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// A `Bundle` (ITI-65).
    Transaction,
    /// One `DocumentReference` (ITI-105).
    One,
    /// The same, a line of a file.
    Import,
}

/// Reads a deposit on a thread of its own: megabytes of JSON take a while.
pub(crate) async fn read(
    app: &App,
    software: &Software,
    bytes: Bytes,
    way: Way,
) -> Result<Deposit, Outcome> {
    let reader = Reader::of(app, software, way);
    let read = tokio::task::spawn_blocking(move || reader.read(&bytes));
    read.await.map_err(anyhow::Error::from)?
}

pub(crate) struct Reader {
    rules: Arc<Rules>,
    strict: bool,
    source: String,
    now: Timestamp,
    /// Bytes of one document.
    most: usize,
    way: Way,
}

impl Reader {
    pub fn of(app: &App, software: &Software, way: Way) -> Self {
        Self {
            rules: app.gate.rules(),
            strict: software.depositor.strict,
            source: software.depositor.client_id.clone(),
            now: app.now(),
            most: app.limits.document_bytes,
            way,
        }
    }

    /// Bytes of a document in base64 with its description, at the most.
    pub fn line_bytes(&self) -> usize {
        self.most.saturating_mul(2).saturating_add(1 << 20)
    }

    /// Reads a checked resource that is one document. Warnings are for who can mend the sender.
    pub fn one(&self, resource: &serde_json::Value) -> Result<(Claimed, Paper), Outcome> {
        let submission = self.submission(resource)?;
        let mut documents = submission.documents.into_iter();
        let document = documents.next().ok_or_else(Problem::exception)?;
        Ok(self.document(document, "DocumentReference", &mut Vec::new())?)
    }

    fn read(&self, bytes: &[u8]) -> Result<Deposit, Outcome> {
        let resource = fhir::check(bytes)?;
        let submission = self.submission(&resource)?;
        drop(resource);
        let mut warnings = submission.warnings;
        let mut person: Option<Claimed> = None;
        let mut papers = Vec::with_capacity(submission.documents.len());
        for document in submission.documents {
            let place = match self.way {
                Way::Transaction => format!("Bundle.entry[{}].resource", document.entry_index),
                Way::One | Way::Import => "DocumentReference".to_owned(),
            };
            let (claimed, paper) = self.document(document, &place, &mut warnings)?;
            match &mut person {
                Some(person) => person.join(claimed)?,
                None => person = Some(claimed),
            }
            papers.push(paper);
        }
        let person = person.ok_or_else(|| Problem::invalid("Le dépôt ne porte aucun document."))?;
        Ok(Deposit {
            person,
            papers,
            slots: submission.slots,
            warnings,
            way: self.way,
        })
    }

    fn submission(&self, resource: &serde_json::Value) -> Result<Submission, Vec<Problem>> {
        let types = &self.rules.types;
        let class_of = |code: &str| {
            let class = types.get(code)?.class.clone();
            let label = types.class(&class).unwrap_or_default().to_owned();
            Some(Class { code: class, label })
        };
        let intake = pdsm::Intake {
            mode: if self.strict {
                Mode::Strict
            } else {
                Mode::Tolerant
            },
            class_of: &class_of,
            now: self.now,
            source: &self.source,
        };
        match self.way {
            Way::Transaction => pdsm::read_transaction(resource, &intake),
            Way::One | Way::Import => pdsm::read_simplified(resource, &intake),
        }
    }

    fn document(
        &self,
        document: pdsm::Incoming,
        place: &str,
        warnings: &mut Vec<Problem>,
    ) -> Result<(Claimed, Paper), Problem> {
        let attachment = format!("{place}.content[0].attachment");
        let mut claimed = Claimed::of(&document, place, warnings)?;
        let found = Found::of(&document.bytes, self.most, &attachment)?;
        if let Some(header) = &found.cda {
            claimed.add_cda(header, &attachment)?;
        }
        let mut reading = Reading {
            types: &self.rules.types,
            disclosure: &self.rules.disclosure,
            strict: self.strict,
            now: self.now,
            place,
            warnings,
        };
        let paper = Paper::read(document, &found, &mut reading)?;
        Ok((claimed, paper))
    }
}
