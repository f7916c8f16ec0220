//! The answer to a deposit.

use crate::time::instant;
use jiff::Timestamp;
use serde_json::{Value, json};

/// What became of one entry of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status, such as 201.
    pub status: u16,
    /// Address of the version made, such as `DocumentReference/12/_history/1`.
    pub location: Option<String>,
    /// Version made.
    pub version: Option<String>,
    /// When.
    pub modified: Option<Timestamp>,
}

impl Answer {
    /// A resource was made: its first version.
    pub fn created(kind: &str, id: &str, at: Timestamp) -> Self {
        Self {
            status: 201,
            location: Some(format!("{kind}/{id}/_history/1")),
            version: Some("1".to_owned()),
            modified: Some(at),
        }
    }

    /// Read, and nothing made of it.
    pub fn noted() -> Self {
        Self {
            status: 200,
            location: None,
            version: None,
            modified: None,
        }
    }
}

/// Writes the `transaction-response`: one answer per entry of the request, in
/// the same order (see [`Submission::slots`](super::Submission::slots)).
pub fn transaction_response(answers: &[Answer]) -> Value {
    let entries: Vec<Value> = answers.iter().map(entry).collect();
    json!({"resourceType": "Bundle", "type": "transaction-response", "entry": entries})
}

fn entry(answer: &Answer) -> Value {
    let mut response = json!({"status": answer.status.to_string()});
    if let Some(location) = &answer.location {
        response["location"] = location.as_str().into();
    }
    if let Some(version) = &answer.version {
        response["etag"] = format!("W/\"{version}\"").into();
    }
    if let Some(modified) = answer.modified {
        response["lastModified"] = instant(modified).into();
    }
    json!({"response": response})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_valid_fhir() {
        let at = "2026-06-12T08:00:00Z".parse().unwrap();
        let answers = [Answer::created("List", "1", at), Answer::noted()];
        let response = transaction_response(&answers);
        crate::check(response.to_string().as_bytes()).unwrap();
        assert_eq!(response["entry"][1]["response"]["status"], "200");
    }
}
