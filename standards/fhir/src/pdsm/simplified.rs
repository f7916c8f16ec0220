//! The simplified deposit (ITI-105): one `DocumentReference` with its file inside.

use super::{
    content,
    intake::{Intake, Report},
    profile::SIMPLIFIED,
    submission::{Incoming, Slot, Submission},
};
use crate::{
    document_reference::DocumentReference,
    element::{Code, Coding},
    problem::{Issue, Problem},
    system,
    time::instant,
};
use serde_json::{Value, json};

const PLACE: &str = "DocumentReference";

/// Reads a simplified deposit and makes the submission set that it lacks.
///
/// Size, hash and class need not be given. An `attachment.url` is refused in
/// both modes: we fetch nothing.
pub fn read_simplified(resource: &Value, intake: &Intake<'_>) -> Result<Submission, Vec<Problem>> {
    let Some(view) = DocumentReference::of(resource) else {
        return Err(vec![Problem::invalid(
            "Une ressource DocumentReference est attendue.",
        )]);
    };
    let mut report = Report::new(intake.mode);
    SIMPLIFIED.check(resource, PLACE, &mut report);
    if view.attachment().url.is_some() {
        report.error(
            Issue::NotSupported,
            "DocumentReference.content[0].attachment.url",
            "Le fichier doit être dans attachment.data\u{a0}; aucune adresse n’est suivie.",
        );
    }
    let bytes = view.attachment().data.and_then(content::decode);
    let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
        report.error(
            Issue::Required,
            "DocumentReference.content[0].attachment.data",
            "Le fichier est absent, vide ou mal codé en base64.",
        );
        return Err(report.finish().err().unwrap_or_default());
    };
    let document = Incoming::read(resource, PLACE, bytes, intake, &mut report);
    let warnings = report.finish()?;
    // Without an identity the report holds an error.
    let document = document.ok_or_else(|| vec![Problem::exception()])?;
    Ok(Submission {
        submission_set: submission_set(&document, intake),
        documents: vec![document],
        warnings,
        slots: vec![Slot::Document(0)],
    })
}

/// The set of one document: its author, its person, its class; received now.
fn submission_set(document: &Incoming, intake: &Intake<'_>) -> Value {
    let resource = &document.resource;
    let mut extensions = vec![json!({
        "url": system::SOURCE_ID,
        "valueIdentifier": {"system": system::URI, "value": intake.source},
    })];
    let class = DocumentReference::of(resource).and_then(|view| view.category());
    if let Some(Coding {
        system,
        code,
        display,
    }) = class
    {
        let class = Code::new(
            system.unwrap_or(system::DOCUMENT_CLASS),
            code,
            display.unwrap_or_default(),
        );
        extensions.push(json!({
            "url": system::DESIGNATION_TYPE,
            "valueCodeableConcept": class.concept(),
        }));
    }
    let mut set = json!({
        "resourceType": "List",
        "extension": extensions,
        "status": "current",
        "mode": "working",
        "code": Code::new(system::LIST_TYPE, "submissionset", "").concept(),
        "subject": resource.get("subject"),
        "date": instant(intake.now),
        "entry": [{"item": {"identifier": resource.get("masterIdentifier")}}],
    });
    if let Some(author) = resource.pointer("/author/0") {
        set["source"] = author.clone();
    }
    if let Some(contained) = resource.get("contained") {
        set["contained"] = contained.clone();
    }
    set
}
