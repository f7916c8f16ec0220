//! What a manifest is asked, and answers.

use serde::{Deserialize, Serialize};

/// Characters of a recipient that are kept.
const RECIPIENT: usize = 200;

/// What a reader asks of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Request {
    /// Who asks, in words for the person who shares.
    pub recipient: String,
    /// What was typed, when the link needs it.
    #[serde(default)]
    pub passcode: String,
    /// Up to how many characters a file may be given in the manifest itself.
    #[serde(default, rename = "embeddedLengthMax")]
    pub embedded_at_most: Option<usize>,
}

/// It is no request: what is wrong, for its developer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadRequest(pub String);

impl Request {
    /// Reads what was posted.
    ///
    /// # Errors
    /// [`BadRequest`].
    pub fn read(body: &[u8]) -> Result<Self, BadRequest> {
        let request: Self =
            serde_json::from_slice(body).map_err(|error| BadRequest(error.to_string()))?;
        let shown = request.recipient.chars().filter(|c| !c.is_control());
        let recipient: String = shown.take(RECIPIENT).collect();
        let recipient = recipient.trim().to_owned();
        match recipient.is_empty() {
            true => Err(BadRequest("recipient: must not be empty".to_owned())),
            false => Ok(Self {
                recipient,
                ..request
            }),
        }
    }
}

/// What a manifest answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Whether it may change: `finalized` or `can-change`.
    pub status: String,
    /// Its files.
    pub files: Vec<File>,
}

/// A file of a manifest: given there, or fetched by itself within the hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// What it holds once decrypted.
    pub content_type: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The file itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedded: Option<String>,
    /// When it last changed (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<String>,
}

/// The answer to another passcode than the link's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WrongPasscode {
    /// Tries left before the link opens no more.
    pub remaining_attempts: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_who_asks() {
        let read = |text: &str| Request::read(text.as_bytes());
        let asked =
            read(r#"{"recipient":" Dr\u0007 Smith ","passcode":"12","embeddedLengthMax":9,"x":1}"#);
        let asked = asked.expect("a request");
        assert_eq!(asked.recipient, "Dr Smith");
        assert_eq!(
            (asked.passcode.as_str(), asked.embedded_at_most),
            ("12", Some(9))
        );
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"recipient":"  "}"#,
            r#"{"recipient":3}"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn answers_are_written_as_the_specification_has_them() {
        let file = File {
            content_type: crate::FHIR.to_owned(),
            location: Some("https://x.test/f".to_owned()),
            embedded: None,
            last_updated: None,
        };
        let manifest = Manifest {
            status: "finalized".to_owned(),
            files: vec![file],
        };
        let json = serde_json::to_string(&manifest).expect("JSON");
        assert_eq!(
            json,
            r#"{"status":"finalized","files":[{"contentType":"application/fhir+json","location":"https://x.test/f"}]}"#
        );
        let wrong = WrongPasscode {
            remaining_attempts: 4,
        };
        let json = serde_json::to_string(&wrong).expect("JSON");
        assert_eq!(json, r#"{"remainingAttempts":4}"#);
    }
}
