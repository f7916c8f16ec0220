//! What leaves: what the sender said itself, with what we corrected in it.
//!
//! The answer to a deposit is made of the *request's* metadata, never of what is
//! stored: a document that was there already may have come from someone else,
//! and what the person set since (hidden, deleted) is theirs to know. The INS
//! stays in it, because the sender gave it.

use ambient::Id;
use fhir::instant;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::paper::Paper;

/// The address of a document on the FHIR service.
pub(crate) fn location(origin: &str, id: Id) -> String {
    format!("{origin}/fhir/DocumentReference/{id}/_history/1")
}

/// The metadata of a document as it was deposited: our id, its first version, where its bytes are.
pub(crate) fn deposited(paper: &Paper, id: Id, made: Option<Timestamp>, origin: &str) -> Value {
    let mut resource = paper.resource.clone();
    resource["id"] = json!(id);
    resource["meta"] = json!({"versionId": "1"});
    if let Some(made) = made {
        resource["meta"]["lastUpdated"] = instant(made).into();
    }
    if let Some(attachment) = resource.pointer_mut("/content/0/attachment") {
        attachment["contentType"] = paper.media_type().into();
        attachment["url"] = format!("{origin}/fhir/Binary/{id}").into();
    }
    resource
}
