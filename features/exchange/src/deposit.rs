//! `POST /fhir`: a submission set and its documents in one transaction (ITI-65).

use access::App;
use axum::{
    extract::{Request, State},
    response::Response,
};
use fhir::{
    Problem, operation_outcome,
    pdsm::{Answer, Slot, transaction_response},
};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use crate::{
    bearer::Software,
    body,
    client::TRANSACTION,
    intake::{self, Deposit, Way},
    keep::{self, Kept},
    outcome::{Outcome, resource},
};

/// Keeps all the documents of the set, or none.
pub(crate) async fn deposit(
    State(app): State<App>,
    software: Software,
    request: Request,
) -> Result<Response, Outcome> {
    software.needs(TRANSACTION)?;
    let bytes = body::read(&app, request).await?;
    let deposit = intake::read(&app, &software, bytes, Way::Transaction).await?;
    let kept = keep::keep(&app, &software, &deposit).await?;
    Ok(resource(
        StatusCode::OK,
        &answer(&deposit, &kept, app.now()),
    ))
}

/// One answer per entry, in order; warnings stand with the entry that they are about.
fn answer(deposit: &Deposit, kept: &[Kept], now: Timestamp) -> Value {
    let made = |kind: &str, document: usize| match kept.get(document) {
        Some(Kept { id, new: true }) => Answer::created(kind, &id.to_string(), now),
        Some(Kept { id, new: false }) => Answer {
            status: 200,
            modified: None,
            ..Answer::created(kind, &id.to_string(), now)
        },
        None => Answer::noted(),
    };
    let answers: Vec<Answer> = deposit
        .slots
        .iter()
        .map(|slot| match slot {
            Slot::Document(document) => made("DocumentReference", *document),
            Slot::Binary(document) => made("Binary", *document),
            // The set's own facts are in its documents; a superseded document is marked with its successor.
            Slot::SubmissionSet | Slot::Patient | Slot::Update => Answer::noted(),
        })
        .collect();
    let mut response = transaction_response(&answers);
    let entries = response.get_mut("entry").and_then(Value::as_array_mut);
    for (at, entry) in entries.into_iter().flatten().enumerate() {
        let about: Vec<Problem> = deposit
            .warnings
            .iter()
            .filter(|warning| entry_of(&warning.expression) == at)
            .cloned()
            .collect();
        if !about.is_empty() {
            entry["response"]["outcome"] = operation_outcome(&about);
        }
    }
    response
}

/// Which entry an expression is about: the first, when it is about the whole.
fn entry_of(expression: &str) -> usize {
    let index = expression
        .strip_prefix("Bundle.entry[")
        .and_then(|rest| rest.split(']').next()?.parse().ok());
    index.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::entry_of;

    #[test]
    fn a_warning_finds_its_entry() {
        assert_eq!(entry_of("Bundle.entry[12].resource.date"), 12);
        for whole in ["", "Bundle.meta", "Bundle.entry[", "Bundle.entry[x]"] {
            assert_eq!(entry_of(whole), 0, "{whole}");
        }
    }
}
