//! A shared document as FHIR: whose it is and what it is, with its bytes; nothing that only we or the
//! State number people by.

use access::{DocumentTypes, Policy};
use base64::{Engine, prelude::BASE64_STANDARD};
use documents::Stored;
use jiff::Timestamp;
use serde_json::{Value, json};

/// The reference of the one person of a bundle.
const PERSON: &str = "urn:uuid:00000000-0000-4000-8000-000000000001";
const DOCUMENT: &str = "urn:uuid:00000000-0000-4000-8000-000000000002";
/// Characters beside the bytes of a document, at the most.
const AROUND: usize = 6_000;

/// What is said of a document beside its bytes.
pub(crate) struct Given {
    bundle: Value,
}

impl Given {
    pub fn of(policy: &Policy, stored: &Stored, types: &DocumentTypes, now: Timestamp) -> Self {
        let own = &stored.own;
        let identity = policy.identity();
        let traits = identity.as_ref().and_then(|identity| identity.traits());
        let mut person = json!({ "resourceType": "Patient", "name": [{ "text": policy.name() }] });
        if let Some(traits) = traits {
            person["name"][0]["family"] = json!(traits.birth_family_name);
            person["name"][0]["given"] = json!(traits.birth_given_names);
        }
        if let Some(born) = identity.and_then(|identity| identity.birth_date()) {
            person["birthDate"] = json!(born.to_string());
        }
        let kind = types.get(&own.type_code);
        let mut document = json!({
            "resourceType": "DocumentReference",
            "status": "current",
            "subject": { "reference": PERSON },
            "date": own.received.to_string(),
            "description": own.title,
            "content": [{ "attachment": {
                "contentType": own.media_type,
                "size": own.blob.size,
                "hash": own.hash,
                "title": own.title,
                "creation": own.date.to_string(),
            } }],
        });
        if let Some(kind) = kind {
            document["type"] = json!({
                "coding": [{ "system": kind.system, "code": kind.code, "display": kind.label }],
            });
        }
        // Who brought a document is no author of it, as far as anyone knows.
        let authors = [&own.author, &own.organization];
        let authors = authors
            .into_iter()
            .filter(|name| !name.is_empty() && !own.by_holder);
        let authors: Vec<Value> = authors.map(|name| json!({ "display": name })).collect();
        match (authors.is_empty(), own.by_holder) {
            (false, _) => document["author"] = json!(authors),
            (true, true) => {
                document["author"] =
                    json!([{ "reference": PERSON, "display": "apporté par la personne" }]);
            }
            (true, false) => {}
        }
        Self {
            bundle: json!({
                "resourceType": "Bundle",
                "type": "collection",
                "timestamp": now.to_string(),
                "entry": [
                    { "fullUrl": PERSON, "resource": person },
                    { "fullUrl": DOCUMENT, "resource": document },
                ],
            }),
        }
    }

    /// The whole, with the bytes of the document in it.
    pub fn bundle(mut self, bytes: &[u8]) -> Vec<u8> {
        let data = BASE64_STANDARD.encode(bytes);
        self.bundle["entry"][1]["resource"]["content"][0]["attachment"]["data"] = json!(data);
        self.bundle.to_string().into_bytes()
    }
}

/// Characters that a document of that size takes once it is encrypted, at the most: base64 twice.
pub(crate) fn length_of(size: u64) -> usize {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    (size / 3 + 1).saturating_mul(4).saturating_add(AROUND) / 3 * 4 + 400
}
