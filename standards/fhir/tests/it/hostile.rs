//! No JSON makes a reader panic.

use crate::sample::{STRICT, TOLERANT, document, intake, submission};
use fhir::{Bundle, DocumentReference, Patient, check, operation_outcome, pdsm};
use proptest::prelude::*;
use serde_json::{Value, json};

/// One change at the `place`-th value of a tree.
#[derive(Debug, Clone)]
struct Change {
    place: usize,
    with: Option<Value>,
}

fn any_change() -> impl Strategy<Value = Change> {
    let with = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "(#|urn:uuid:|Patient\\?identifier=|Binary/|urn:oid:1.2\\|)[a-z0-9|]{0,4}"
            .prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[{"coding": 3}], "x", {"reference": "#author", "id": "author"}])),
        Just(json!({"resourceType": "Bundle", "entry": [{"resource": []}]})),
    ];
    (any::<usize>(), proptest::option::of(with)).prop_map(|(place, with)| Change { place, with })
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}

/// Replaces, or removes from what holds it, the `place`-th value in reading order.
fn change(value: &mut Value, mut place: usize, with: &Option<Value>) {
    if place == 0 {
        *value = with.clone().unwrap_or(Value::Null);
        return;
    }
    place -= 1;
    match value {
        Value::Array(items) => {
            for i in 0..items.len() {
                let size = size(&items[i]);
                if place == 0 && with.is_none() {
                    items.remove(i);
                    return;
                }
                if place < size {
                    return change(&mut items[i], place, with);
                }
                place -= size;
            }
        }
        Value::Object(members) => {
            let names: Vec<String> = members.keys().cloned().collect();
            for name in names {
                let size = size(&members[&name]);
                if place == 0 && with.is_none() {
                    members.remove(&name);
                    return;
                }
                if place < size {
                    return change(&mut members[&name], place, with);
                }
                place -= size;
            }
        }
        _ => {}
    }
}

fn look_at(resource: &Value) {
    if let Some(document) = DocumentReference::of(resource) {
        let _ = (
            document.authors(),
            document.custodian(),
            document.authenticator(),
        );
        let _ = (
            document.source_patient(),
            document.subject_identifier(),
            document.attachment(),
        );
        document.identifiers().for_each(|i| drop(i.canonical()));
        let _ = document.security_labels().chain(document.events()).count();
        let _ = (
            document.replaces().count(),
            document.is_archived(),
            document.format(),
        );
        let _ = (
            document.type_coding(),
            document.category(),
            document.facility(),
        );
    }
    if let Some(patient) = Patient::of(resource) {
        let _ = (patient.traits(), patient.name(), patient.identifiers());
    }
    if let Some(bundle) = Bundle::of(resource) {
        for entry in bundle.entries() {
            let _ = entry.is_at("Binary/1");
            entry.resource.iter().for_each(|r| look_at(r));
        }
    }
    for contained in resource["contained"].as_array().into_iter().flatten() {
        look_at(contained);
    }
}

proptest! {
    #[test]
    fn changed_deposits_are_answered(changes in proptest::collection::vec(any_change(), 1..6)) {
        let mut bundle = pdsm::bundle(&submission(), &[document(1, b"%PDF-1")]);
        let mut simplified = pdsm::simplified(&document(1, b"%PDF-1"));
        for one in &changes {
            for tree in [&mut bundle, &mut simplified] {
                let place = one.place % size(tree);
                change(tree, place, &one.with);
            }
        }
        for tree in [&bundle, &simplified] {
            look_at(tree);
            let _ = check(tree.to_string().as_bytes());
        }
        for mode in [STRICT, TOLERANT] {
            for outcome in [
                pdsm::read_transaction(&bundle, &intake(mode)),
                pdsm::read_simplified(&simplified, &intake(mode)),
            ] {
                match outcome {
                    Ok(mut submission) => {
                        submission.assign("s", |_| ("d".to_owned(), "u".to_owned()));
                        for document in &submission.documents {
                            look_at(&document.resource);
                        }
                    }
                    Err(problems) => {
                        prop_assert!(fhir::status(&problems) >= 400);
                        operation_outcome(&problems);
                    }
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let _ = check(&bytes);
    }
}
