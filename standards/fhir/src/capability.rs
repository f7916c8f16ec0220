//! What the service says that it can do.

use crate::time::instant;
use jiff::Timestamp;
use serde_json::{Value, json};

const PROFILES: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/";

/// The `CapabilityStatement` of a server at `base` (no final slash), running
/// `version`, as of `date`. `document_search` lists the search parameters of
/// `DocumentReference`, name and type (`token`, `date`, `reference`…): it comes
/// from where the search is, so that the statement cannot promise more.
pub fn capability_statement(
    version: &str,
    base: &str,
    date: Timestamp,
    document_search: &[(&str, &str)],
) -> Value {
    let parameters: Vec<Value> = document_search
        .iter()
        .map(|(name, kind)| json!({"name": name, "type": kind}))
        .collect();
    let can =
        |codes: &[&str]| -> Value { codes.iter().map(|code| json!({"code": code})).collect() };
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": instant(date),
        "kind": "instance",
        "software": {"name": "Carnet", "version": version},
        "implementation": {"description": "Carnet, espace de santé ouvert", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [{
            "mode": "server",
            "security": {"cors": false, "service": [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                "code": "SMART-on-FHIR",
            }]}]},
            "resource": [
                {
                    "type": "DocumentReference",
                    "supportedProfile": [
                        format!("{PROFILES}pdsm-comprehensive-document-reference"),
                        format!("{PROFILES}pdsm-simplified-publish"),
                    ],
                    "interaction": can(&["create", "read", "search-type"]),
                    "versioning": "versioned",
                    "searchParam": parameters,
                },
                {"type": "Binary", "interaction": can(&["read"])},
            ],
            "interaction": can(&["transaction"]),
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_is_valid_fhir() {
        let date = "2026-06-12T08:00:00Z".parse().unwrap();
        let statement = capability_statement(
            "0.1.0",
            "https://a.example/fhir",
            date,
            &[("patient", "reference"), ("status", "token")],
        );
        crate::check(statement.to_string().as_bytes()).unwrap();
    }
}
