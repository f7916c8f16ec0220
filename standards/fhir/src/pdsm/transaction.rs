//! The deposit of a submission set (ITI-65): a `Bundle` in one transaction.

use super::{
    content,
    intake::{Intake, Report},
    profile::{BUNDLE, COMPREHENSIVE, SUBMISSION_SET, is_submission_set},
    submission::{Incoming, Slot, Submission, target},
    update,
};
use crate::{
    bundle::{Bundle, Entry},
    document_reference::{DocumentReference, SourcePatient},
    element::{Reference, items, text},
    patient::Patient,
    problem::{Issue, Problem},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// Entries of one deposit; finding each file among them is quadratic.
const MOST_ENTRIES: usize = 500;

/// Reads a submission set with its documents.
///
/// The whole deposit is good or refused. What cannot be understood as one is 400
/// ([`crate::status`]): another kind of Bundle, no submission set or two, a
/// document outside the set, a `Binary` that no document uses. What the profiles
/// or our rules refuse is 422.
pub fn read_transaction(bundle: &Value, intake: &Intake<'_>) -> Result<Submission, Vec<Problem>> {
    let view = Bundle::of(bundle)
        .filter(|view| view.kind() == Some("transaction"))
        .ok_or_else(|| {
            vec![Problem::invalid(
                "Un Bundle de type transaction est attendu.",
            )]
        })?;
    let entries: Vec<Entry<'_>> = view.entries().collect();
    if entries.len() > MOST_ENTRIES {
        return Err(vec![Problem::too_long(format!(
            "Un dépôt compte au plus {MOST_ENTRIES} entrées."
        ))]);
    }
    let mut report = Report::new(intake.mode);
    distinct_addresses(&entries, &mut report);
    BUNDLE.check(bundle, "Bundle", &mut report);
    let Some(set) = submission_set(&entries, &mut report) else {
        return Err(report.finish().err().unwrap_or_default());
    };
    let mut reading = Reading {
        entries: &entries,
        set,
        slots: vec![None; entries.len()],
        intake,
        report,
    };
    let documents = reading.documents();
    reading.set_items();
    reading.rest(&documents);
    let slots = reading.slots.into_iter().flatten().collect();
    let warnings = reading.report.finish()?;
    Ok(Submission {
        submission_set: set.resource.cloned().unwrap_or_default(),
        documents,
        warnings,
        slots,
    })
}

/// Two entries at one address would make every reference to it ambiguous (FHIR R4, bdl-7).
fn distinct_addresses(entries: &[Entry<'_>], report: &mut Report) {
    let mut seen = BTreeSet::new();
    for entry in entries {
        if entry.full_url.is_some_and(|address| !seen.insert(address)) {
            report.error(
                Issue::Invalid,
                format!("Bundle.entry[{}].fullUrl", entry.index),
                "Deux entrées du dépôt portent la même adresse.",
            );
        }
    }
}

/// The one submission set of the bundle.
fn submission_set<'a>(entries: &[Entry<'a>], report: &mut Report) -> Option<Entry<'a>> {
    let mut sets = entries
        .iter()
        .filter(|entry| entry.resource.is_some_and(is_submission_set));
    let Some(set) = sets.next() else {
        report.error(
            Issue::Invalid,
            "Bundle.entry",
            "Le lot de soumission (List de code « submissionset ») est absent.",
        );
        return None;
    };
    if let Some(second) = sets.next() {
        report.error(
            Issue::Invalid,
            format!("Bundle.entry[{}]", second.index),
            "Un dépôt ne porte qu’un seul lot de soumission.",
        );
        return None;
    }
    let resource = set.resource?;
    if items(resource, "entry").count() > entries.len() {
        report.error(
            Issue::Invalid,
            format!("{}.entry", place(set)),
            "Le lot de soumission cite plus de documents que le dépôt n’en porte.",
        );
        return None;
    }
    SUBMISSION_SET.check(resource, &place(set), report);
    if resource.get("modifierExtension").is_some() {
        report.error(
            Issue::NotSupported,
            format!("{}.modifierExtension", place(set)),
            "Cette extension change le sens de la ressource et n’est pas prise en charge.",
        );
    }
    Some(*set)
}

fn place(entry: &Entry<'_>) -> String {
    format!("Bundle.entry[{}].resource", entry.index)
}

struct Reading<'r, 'a> {
    entries: &'r [Entry<'a>],
    set: Entry<'a>,
    /// What each entry turned out to be; none until something names it.
    slots: Vec<Option<Slot>>,
    intake: &'r Intake<'r>,
    report: Report,
}

impl<'a> Reading<'_, 'a> {
    fn documents(&mut self) -> Vec<Incoming> {
        self.slots[self.set.index] = Some(Slot::SubmissionSet);
        let mut documents: Vec<Incoming> = Vec::new();
        for entry in self.entries {
            let Some(resource) = entry.resource else {
                continue;
            };
            let Some(view) = DocumentReference::of(resource) else {
                continue;
            };
            let place = place(entry);
            COMPREHENSIVE.check(resource, &place, &mut self.report);
            self.slots[entry.index] = Some(Slot::Document(documents.len()));
            let Some(bytes) = self.bytes(&view, &place, documents.len()) else {
                continue;
            };
            let Some(mut document) =
                Incoming::read(resource, &place, bytes, self.intake, &mut self.report)
            else {
                continue;
            };
            document.entry_index = entry.index;
            document.full_url = entry.full_url.unwrap_or_default().to_owned();
            self.person(&mut document, &view, &place);
            if documents.iter().any(|d| d.unique_id == document.unique_id) {
                self.report.error(
                    Issue::Invariant,
                    format!("{place}.masterIdentifier"),
                    "Deux documents du dépôt portent le même identifiant unique.",
                );
            }
            match self.item_of(entry) {
                Some(item) => document.set_item = item,
                None => self.report.error(
                    Issue::Invalid,
                    place,
                    "Ce document ne fait pas partie du lot de soumission.",
                ),
            }
            documents.push(document);
        }
        documents
    }

    /// The bytes of a document: the `Binary` at its address or, when tolerant,
    /// inside the attachment.
    fn bytes(
        &mut self,
        view: &DocumentReference<'_>,
        place: &str,
        document: usize,
    ) -> Option<Vec<u8>> {
        let place = format!("{place}.content[0].attachment");
        let attachment = view.attachment();
        let data = match attachment.url {
            None => attachment.data,
            Some(url) => {
                let binary = self.binary(url, &place, document)?;
                if text(binary, "/contentType") != attachment.content_type {
                    self.report.lapse(
                        Issue::Invariant,
                        format!("{place}.contentType"),
                        "Le type MIME diffère de celui du Binary.",
                    );
                }
                text(binary, "/data")
            }
        };
        let bytes = data
            .and_then(content::decode)
            .filter(|bytes| !bytes.is_empty());
        if bytes.is_none() {
            self.report.error(
                Issue::Required,
                place,
                "Le fichier du document est absent, vide ou mal codé en base64.",
            );
        }
        bytes
    }

    fn binary(&mut self, url: &str, place: &str, document: usize) -> Option<&'a Value> {
        let found = self.entry_at(url).copied();
        if let Some(found) = found {
            self.slots[found.index].get_or_insert(Slot::Binary(document));
        }
        let text = match found.and_then(|entry| entry.kind()) {
            Some("Binary") => return found?.resource,
            Some("Bundle") => {
                "Les documents FHIR (Bundle) ne sont pas pris en charge\u{a0}: \
                 déposez-les comme Binary."
            }
            _ => "Aucun Binary du dépôt n’est à cette adresse.",
        };
        self.report
            .error(Issue::Invalid, format!("{place}.url"), text);
        None
    }

    /// Completes a document with the `Patient` entry that it refers to, and
    /// holds it against the person of the set.
    fn person(&mut self, document: &mut Incoming, view: &DocumentReference<'_>, place: &str) {
        let set_subject = self.set.resource.and_then(|set| set.get("subject"));
        let set_subject = set_subject.map(Reference);
        if document.subject.is_none() {
            document.subject = self.identifier(view.subject());
        }
        if document.source_patient.is_none() {
            document.source_patient = self
                .patient(view.source_patient_reference())
                .or_else(|| self.patient(view.subject()))
                .map(SourcePatient::of);
        }
        let same_words = view.subject().and_then(target) == set_subject.and_then(target);
        let same_person =
            document.subject.is_some() && document.subject == self.identifier(set_subject);
        if !same_words && !same_person {
            self.report.error(
                Issue::Invariant,
                format!("{place}.subject"),
                "Le document et le lot de soumission ne désignent pas la même personne.",
            );
        }
    }

    fn identifier(&self, subject: Option<Reference<'_>>) -> Option<ins::Identifier> {
        subject
            .and_then(|subject| subject.person())
            .or_else(|| self.patient(subject)?.main_identifier())
    }

    fn patient(&self, reference: Option<Reference<'_>>) -> Option<Patient<'a>> {
        let entry = self.entry_at(reference?.address()?)?;
        Patient::of(entry.resource?)
    }

    fn entry_at(&self, address: &str) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.is_at(address))
    }

    /// Where the set lists an entry.
    fn item_of(&self, entry: &Entry<'_>) -> Option<usize> {
        items(self.set.resource?, "entry").position(|item| {
            text(item, "/item/reference").is_some_and(|address| entry.is_at(address))
        })
    }

    /// Every item of the set is a document of the bundle. (XDS also lets a set
    /// list documents deposited before; we do not.)
    fn set_items(&mut self) {
        let Some(set) = self.set.resource else {
            return;
        };
        let mut listed = Vec::new();
        for (i, item) in items(set, "entry").enumerate() {
            let address = text(item, "/item/reference");
            let document = address
                .and_then(|address| self.entry_at(address))
                .filter(|entry| entry.kind() == Some("DocumentReference"))
                .map(|entry| entry.index);
            if document.is_none() || listed.contains(&document) {
                self.report.error(
                    Issue::Invalid,
                    format!("{}.entry[{i}].item", place(&self.set)),
                    "Le lot de soumission cite les documents du dépôt, chacun une fois.",
                );
            }
            listed.push(document);
        }
    }

    /// Entries that nothing has named so far, and the methods of all.
    fn rest(&mut self, documents: &[Incoming]) {
        let replaced: Vec<&str> = documents
            .iter()
            .filter_map(|document| document.replaces.as_deref())
            .collect();
        for entry in self.entries {
            let place = format!("Bundle.entry[{}]", entry.index);
            let slot = &mut self.slots[entry.index];
            if slot.is_none() && entry.kind() == Some("Patient") {
                *slot = Some(Slot::Patient);
            } else if slot.is_none() && update::supersedes(entry, &replaced) {
                *slot = Some(Slot::Update);
            }
            match slot {
                Some(Slot::Update | Slot::Patient) => {}
                Some(_) if entry.method.is_none_or(|method| method == "POST") => {}
                Some(_) => self.report.error(
                    Issue::NotSupported,
                    format!("{place}.request.method"),
                    "Un dépôt ne fait que créer\u{a0}: la méthode attendue est POST.",
                ),
                None if entry.kind() == Some("Binary") => self.report.error(
                    Issue::Invalid,
                    place,
                    "Aucun document du dépôt n’utilise ce Binary.",
                ),
                None => self.report.error(
                    Issue::NotSupported,
                    place,
                    "Cette entrée n’est pas prise en charge dans un dépôt de documents.",
                ),
            }
        }
    }
}
