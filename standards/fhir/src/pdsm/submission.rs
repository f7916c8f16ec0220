//! A deposit once read.

use super::{
    content::sha1,
    intake::{Intake, Report},
};
use crate::{
    document_reference::{DocumentReference, SourcePatient},
    element::{Code, Identifier, Reference},
    problem::{Issue, Problem},
    system,
    time::date_time,
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::fmt;

/// A deposit: a submission set and its documents. `Debug` prints no content.
#[derive(Clone)]
pub struct Submission {
    /// The submission set, a `List`.
    pub submission_set: Value,
    /// Its documents, in order of the request.
    pub documents: Vec<Incoming>,
    /// What was corrected or is doubtful.
    pub warnings: Vec<Problem>,
    /// What each entry of the request was, in order: the shape of the answer.
    /// One slot for a simplified deposit.
    pub slots: Vec<Slot>,
}

/// What an entry of a transaction was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// The submission set.
    SubmissionSet,
    /// The metadata of that document.
    Document(usize),
    /// The bytes of that document.
    Binary(usize),
    /// A `Patient`, read for its traits and not kept.
    Patient,
    /// Marks a document as superseded that one of the deposit replaces: done
    /// with the replacement.
    Update,
}

/// One document of a deposit. `Debug` prints no content.
#[derive(Clone)]
pub struct Incoming {
    /// The `DocumentReference`: size, hash and class ours, no bytes inside.
    pub resource: Value,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The document's `uniqueId`, in one spelling (`urn:oid:…`, `urn:uuid:…`,
    /// else `system|value`).
    pub unique_id: String,
    /// Place of its metadata in the request's entries; 0 for a simplified deposit.
    pub entry_index: usize,
    /// Its address within the request; empty when it has none.
    pub full_url: String,
    /// The document that it replaces: the `uniqueId` in one spelling when the
    /// request gives it, else the address (`DocumentReference/12`).
    pub replaces: Option<String>,
    /// Identifier of the person that it is about; none when the request names
    /// them by address only (`Patient/12`).
    pub subject: Option<ins::Identifier>,
    /// The person as the sender knows them.
    pub source_patient: Option<SourcePatient>,
    /// Place in the submission set's entries.
    pub(super) set_item: usize,
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission")
            .field("documents", &self.documents)
            .field("warnings", &self.warnings)
            .field("slots", &self.slots)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Incoming(entry {}, {} bytes)",
            self.entry_index,
            self.bytes.len()
        )
    }
}

impl Submission {
    /// Puts the server's ids in: the set's, and for each document its id and the
    /// address of its bytes, as `ids` answers. The set then refers to the
    /// documents by their new ids.
    pub fn assign(&mut self, set_id: &str, mut ids: impl FnMut(&Incoming) -> (String, String)) {
        put(&mut self.submission_set, "", "id", set_id.into());
        for document in &mut self.documents {
            let (id, url) = ids(document);
            let item = format!("/entry/{}/item", document.set_item);
            let address = format!("DocumentReference/{id}").into();
            put(&mut self.submission_set, &item, "reference", address);
            put(&mut document.resource, "", "id", id.into());
            put(&mut document.resource, ATTACHMENT, "url", url.into());
        }
    }
}

pub(super) const ATTACHMENT: &str = "/content/0/attachment";

/// Sets a member of the object at a JSON pointer, when there is one.
pub(super) fn put(resource: &mut Value, pointer: &str, name: &str, value: Value) {
    if let Some(object) = resource.pointer_mut(pointer).and_then(Value::as_object_mut) {
        object.insert(name.to_owned(), value);
    }
}

impl Incoming {
    /// Reads the metadata at `place` of a document whose bytes are known: the
    /// rules that both ways in share. None when it cannot be identified.
    pub(super) fn read(
        resource: &Value,
        place: &str,
        bytes: Vec<u8>,
        intake: &Intake<'_>,
        report: &mut Report,
    ) -> Option<Self> {
        let view = DocumentReference::of(resource)?;
        acceptable(resource, &view, place, intake, report);
        let unique_id = view.master_identifier().map(|i| i.canonical());
        if unique_id.is_none() {
            report.error(
                Issue::Required,
                format!("{place}.masterIdentifier"),
                "Le document n’a pas d’identifiant unique.",
            );
        }
        let mut replaced = view.replaces();
        let replaces = replaced.next().and_then(target);
        if replaced.next().is_some() {
            report.error(
                Issue::NotSupported,
                format!("{place}.relatesTo"),
                "Un document ne peut en remplacer qu’un seul.",
            );
        }
        let mut incoming = Self {
            unique_id: unique_id?,
            entry_index: 0,
            full_url: String::new(),
            replaces,
            subject: view.subject_identifier(),
            source_patient: view.source_patient(),
            set_item: 0,
            resource: resource.clone(),
            bytes,
        };
        incoming.correct_class(place, intake, report);
        incoming.correct_content(place, report);
        Some(incoming)
    }

    /// Class: always that of the type, when the type is known.
    fn correct_class(&mut self, place: &str, intake: &Intake<'_>, report: &mut Report) {
        let Some(view) = DocumentReference::of(&self.resource) else {
            return;
        };
        let Some(code) = view.type_coding() else {
            return;
        };
        let Some(class) = (intake.class_of)(code.code) else {
            report.warning(
                Issue::CodeInvalid,
                format!("{place}.type"),
                "Type de document inconnu\u{a0}: le document est conservé, son titulaire seul le verra.",
            );
            return;
        };
        let given = view.category().map(|given| given.code);
        if given.is_some_and(|given| given != class.code) {
            report.warning(
                Issue::CodeInvalid,
                format!("{place}.category"),
                "La classe ne correspond pas au type du document\u{a0}: elle a été corrigée.",
            );
        }
        let class = Code::new(system::DOCUMENT_CLASS, class.code, class.label);
        put(&mut self.resource, "", "category", json!([class.concept()]));
    }

    /// Size and fingerprint: always those of the bytes.
    fn correct_content(&mut self, place: &str, report: &mut Report) {
        let place = format!("{place}.content[0].attachment");
        let hash = sha1(&self.bytes);
        let attachment = self.resource.pointer(ATTACHMENT);
        let lies = |name: &str, truth: &Value| {
            attachment
                .and_then(|a| a.get(name))
                .is_some_and(|given| given != truth)
        };
        let (size, hash) = (Value::from(self.bytes.len()), Value::from(hash));
        if lies("size", &size) {
            report.lapse(
                Issue::Invariant,
                format!("{place}.size"),
                "La taille annoncée n’est pas celle du fichier reçu.",
            );
        }
        if lies("hash", &hash) {
            report.lapse(
                Issue::Invariant,
                format!("{place}.hash"),
                "L’empreinte annoncée (SHA-1, en base64) n’est pas celle du fichier reçu.",
            );
        }
        put(&mut self.resource, ATTACHMENT, "size", size);
        put(&mut self.resource, ATTACHMENT, "hash", hash);
        if let Some(attachment) = self.resource.pointer_mut(ATTACHMENT)
            && let Some(attachment) = attachment.as_object_mut()
        {
            attachment.remove("data");
        }
    }
}

/// Rules without which no mode accepts a document, and its dates.
fn acceptable(
    resource: &Value,
    view: &DocumentReference<'_>,
    place: &str,
    intake: &Intake<'_>,
    report: &mut Report,
) {
    if view.status() != Some("current") {
        report.error(
            Issue::BusinessRule,
            format!("{place}.status"),
            "Un document se dépose avec le statut « current ».",
        );
    }
    if view.subject().is_none() {
        report.error(
            Issue::Required,
            format!("{place}.subject"),
            "Le document ne dit pas de quelle personne il s’agit.",
        );
    }
    // An extension that changes the meaning must be understood or refused.
    if resource.get("modifierExtension").is_some() {
        report.error(
            Issue::NotSupported,
            format!("{place}.modifierExtension"),
            "Cette extension change le sens de la ressource et n’est pas prise en charge.",
        );
    }
    if resource
        .get("content")
        .and_then(Value::as_array)
        .is_some_and(|contents| contents.len() > 1)
    {
        report.error(
            Issue::NotSupported,
            format!("{place}.content"),
            "Un document ne porte qu’un seul fichier.",
        );
    }
    // Clocks differ; a day is no mistake of one.
    let in_future = |date| intake.now.duration_until(date) > SignedDuration::from_hours(24);
    let dates = [
        ("date", view.date()),
        ("content[0].attachment.creation", view.attachment().creation),
    ];
    for (name, date) in dates {
        if date.and_then(date_time).is_some_and(in_future) {
            report.lapse(
                Issue::Value,
                format!("{place}.{name}"),
                "Cette date est dans le futur.",
            );
        }
    }
}

/// The document that a reference names, in one spelling.
pub(super) fn target(reference: Reference<'_>) -> Option<String> {
    if let Some(identifier) = reference.identifier() {
        return Some(identifier.canonical());
    }
    if let Some(token) = reference.token() {
        return Some(Identifier::of_token(&token)?.canonical());
    }
    reference.address().map(str::to_owned)
}
