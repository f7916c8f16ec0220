//! Deposits: what is taken, corrected or refused.

use crate::sample::{STRICT, TOLERANT, document, intake, submission, traits};
use fhir::{
    DocumentReference, Issue, Problem, Severity, check, pdsm,
    pdsm::{Answer, Mode, NewDocument, Slot, Submission},
    status, system,
};
use serde_json::{Value, json};

fn bundle() -> Value {
    pdsm::bundle(
        &submission(),
        &[document(1, b"%PDF-1"), document(2, b"%PDF-22")],
    )
}

fn read(bundle: &Value, mode: Mode) -> Result<Submission, Vec<Problem>> {
    pdsm::read_transaction(bundle, &intake(mode))
}

/// What a changed bundle is refused for: status, and the places of the errors.
fn refusal(mode: Mode, change: impl FnOnce(&mut Value)) -> (u16, Vec<String>) {
    let mut bundle = bundle();
    change(&mut bundle);
    let problems = read(&bundle, mode).expect_err("refused");
    let errors = problems.iter().filter(|p| p.severity == Severity::Error);
    (
        status(&problems),
        errors.map(|p| p.expression.clone()).collect(),
    )
}

/// Where tolerance warns about a changed bundle, and what it makes of it.
fn tolerated(change: impl FnOnce(&mut Value)) -> (Submission, Vec<String>) {
    let mut bundle = bundle();
    change(&mut bundle);
    let submission = read(&bundle, TOLERANT).unwrap();
    let places = submission
        .warnings
        .iter()
        .map(|w| w.expression.clone())
        .collect();
    (submission, places)
}

fn attachment(bundle: &mut Value) -> &mut Value {
    &mut bundle["entry"][1]["resource"]["content"][0]["attachment"]
}

#[test]
fn a_good_deposit_is_taken_whole() {
    let bundle = bundle();
    check(bundle.to_string().as_bytes()).unwrap();
    let mut submission = read(&bundle, STRICT).unwrap();
    assert_eq!(submission.warnings, []);
    assert_eq!(
        submission.slots,
        [
            Slot::SubmissionSet,
            Slot::Document(0),
            Slot::Binary(0),
            Slot::Document(1),
            Slot::Binary(1)
        ]
    );
    let first = &submission.documents[0];
    assert_eq!(
        (first.bytes.as_slice(), first.entry_index),
        (&b"%PDF-1"[..], 1)
    );
    assert_eq!(first.unique_id, "urn:oid:1.2.3.4.1");
    let theirs = first.source_patient.as_ref().unwrap();
    assert!(ins::compare(&traits(), theirs.traits.as_ref().unwrap()).is_yes());
    assert!(first.subject.as_ref().unwrap().is_ins());

    submission.assign("set", |d| {
        (
            format!("d{}", d.entry_index),
            format!("Binary/{}", d.entry_index),
        )
    });
    let set = &submission.submission_set;
    assert_eq!(set["id"], "set");
    assert_eq!(set["entry"][1]["item"]["reference"], "DocumentReference/d3");
    let second = &submission.documents[1].resource;
    let view = DocumentReference::of(second).unwrap();
    assert_eq!(
        (view.id(), view.attachment().url),
        (Some("d3"), Some("Binary/3"))
    );
    assert_eq!(
        (view.attachment().size, view.attachment().data),
        (Some(7), None)
    );
    assert_eq!(view.authors()[0].label(), Some("Camille Brise"));
    assert_eq!(view.authors()[0].organization, Some("Clinique des Embruns"));
    assert_eq!(
        view.custodian().unwrap().label(),
        Some("Clinique des Embruns")
    );
    assert!(view.is_labelled("N"));
    for resource in [set, second] {
        check(resource.to_string().as_bytes()).unwrap();
    }
}

/// Every element that the profiles require, as a pointer into the good bundle.
const REQUIRED: &[&str] = &[
    "/meta/profile",
    "/entry/0/request",
    "/entry/0/request/method",
    "/entry/0/request/url",
    "/entry/0/resource/contained",
    "/entry/0/resource/extension/0",
    "/entry/0/resource/extension/1",
    "/entry/0/resource/status",
    "/entry/0/resource/mode",
    "/entry/0/resource/code",
    "/entry/0/resource/subject",
    "/entry/0/resource/date",
    "/entry/0/resource/source",
    "/entry/0/resource/entry",
    "/entry/0/resource/entry/0/item",
    "/entry/1/request",
    "/entry/1/resource/contained",
    "/entry/1/resource/masterIdentifier",
    "/entry/1/resource/status",
    "/entry/1/resource/type",
    "/entry/1/resource/category",
    "/entry/1/resource/subject",
    "/entry/1/resource/date",
    "/entry/1/resource/author",
    "/entry/1/resource/custodian",
    "/entry/1/resource/securityLabel",
    "/entry/1/resource/content",
    "/entry/1/resource/content/0/attachment",
    "/entry/1/resource/content/0/attachment/contentType",
    "/entry/1/resource/content/0/attachment/language",
    "/entry/1/resource/content/0/attachment/url",
    "/entry/1/resource/content/0/attachment/size",
    "/entry/1/resource/content/0/attachment/hash",
    "/entry/1/resource/content/0/attachment/title",
    "/entry/1/resource/content/0/attachment/creation",
    "/entry/1/resource/content/0/format",
    "/entry/1/resource/context",
    "/entry/1/resource/context/period",
    "/entry/1/resource/context/period/start",
    "/entry/1/resource/context/facilityType",
    "/entry/1/resource/context/practiceSetting",
    "/entry/1/resource/context/sourcePatientInfo",
    "/entry/2/resource",
    "/entry/2/resource/data",
];

fn remove(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(members) => {
            members.remove(name).unwrap();
        }
        Value::Array(items) => {
            items.remove(name.parse().unwrap());
        }
        _ => panic!("{pointer}"),
    }
}

#[test]
fn each_required_element_is_missed_when_strict() {
    for pointer in REQUIRED {
        let (_, places) = refusal(STRICT, |bundle| remove(bundle, pointer));
        assert!(!places.is_empty(), "{pointer}");
        let name = pointer.rsplit('/').next().unwrap();
        if name.parse::<usize>().is_err() && !pointer.ends_with("code") {
            assert!(
                places
                    .iter()
                    .any(|p| p.ends_with(name) || name == "data" || name == "resource"),
                "{pointer}: {places:?}"
            );
        }
    }
}

#[test]
fn what_is_no_deposit_is_not_understood() {
    let second_set = |bundle: &mut Value| {
        let set = bundle["entry"][0].clone();
        bundle["entry"].as_array_mut().unwrap().push(set);
    };
    let unused_binary = |bundle: &mut Value| {
        let binary = json!({"fullUrl": "urn:uuid:x", "request": {"method": "POST", "url": "Binary"},
            "resource": {"resourceType": "Binary", "contentType": "text/plain", "data": "QUJD"}});
        bundle["entry"].as_array_mut().unwrap().push(binary);
    };
    for mode in [STRICT, TOLERANT] {
        let status = |change: fn(&mut Value)| refusal(mode, change).0;
        assert_eq!(refusal(mode, second_set).0, 400);
        assert_eq!(
            refusal(mode, unused_binary),
            (400, vec!["Bundle.entry[5]".to_owned()])
        );
        assert_eq!(status(|b| b["type"] = "batch".into()), 400);
        assert_eq!(status(|b| remove(b, "/entry/0")), 400);
        assert_eq!(status(|b| *b = json!([])), 400);
        // In the bundle but not in the set; in the set but not in the bundle.
        assert_eq!(status(|b| remove(b, "/entry/0/resource/entry/1")), 400);
        assert_eq!(status(|b| remove(b, "/entry/3")), 400);
        assert_eq!(
            status(|b| attachment(b)["url"] = "Binary/nowhere".into()),
            400
        );
        assert_eq!(status(|b| b["entry"] = vec![json!({}); 501].into()), 413);
    }
}

#[test]
fn a_lie_about_the_bytes_is_refused_or_corrected() {
    let lie = |bundle: &mut Value| {
        attachment(bundle)["size"] = 3.into();
        attachment(bundle)["hash"] = pdsm::sha1(b"other").into();
        bundle["entry"][2]["resource"]["contentType"] = "text/plain".into();
    };
    let place = |name: &str| format!("Bundle.entry[1].resource.content[0].attachment.{name}");
    let places = ["contentType", "size", "hash"].map(place).to_vec();
    assert_eq!(refusal(STRICT, lie), (422, places.clone()));
    let (submission, warnings) = tolerated(lie);
    assert_eq!(warnings, places);
    let view = DocumentReference::of(&submission.documents[0].resource).unwrap();
    assert_eq!(view.attachment().size, Some(6));
    assert_eq!(view.attachment().hash, Some(pdsm::sha1(b"%PDF-1").as_str()));
}

#[test]
fn the_class_is_always_that_of_the_type() {
    let (submission, warnings) = tolerated(|bundle| {
        bundle["entry"][1]["resource"]["category"][0]["coding"][0]["code"] = "42".into();
        bundle["entry"][3]["resource"]["type"]["coding"][0]["code"] = "0-0".into();
    });
    assert_eq!(
        warnings,
        [
            "Bundle.entry[1].resource.category",
            "Bundle.entry[3].resource.type"
        ]
    );
    let class = |i: usize| {
        let view = DocumentReference::of(&submission.documents[i].resource).unwrap();
        view.category().unwrap().code
    };
    assert_eq!((class(0), class(1)), ("10", "10"));
}

#[test]
fn rules_that_no_mode_bends() {
    let metadata = "/entry/1/resource";
    let changes: [(&str, Value); 5] = [
        ("status", "superseded".into()),
        (
            "modifierExtension",
            json!([{"url": "https://x.example", "valueBoolean": true}]),
        ),
        (
            "subject",
            json!({"identifier": {"system": "urn:oid:1.2.3", "value": "other"}}),
        ),
        (
            "masterIdentifier",
            json!({"system": system::URI, "value": "urn:oid:1.2.3.4.2"}),
        ),
        (
            "relatesTo",
            json!([
                {"code": "replaces", "target": {"reference": "DocumentReference/1"}},
                {"code": "replaces", "target": {"reference": "DocumentReference/2"}},
            ]),
        ),
    ];
    for (name, value) in changes {
        let (status, places) = refusal(TOLERANT, |bundle| {
            bundle.pointer_mut(metadata).unwrap()[name] = value;
        });
        assert_eq!(status, 422, "{name}");
        assert!(
            places.iter().any(|p| p.ends_with(name)),
            "{name}: {places:?}"
        );
    }
    let put = |b: &mut Value| b["entry"][1]["request"]["method"] = "PUT".into();
    assert_eq!(refusal(TOLERANT, put).0, 422);
    let folder = |b: &mut Value| {
        let folder =
            json!({"resource": {"resourceType": "List", "status": "current", "mode": "working"}});
        b["entry"].as_array_mut().unwrap().push(folder);
    };
    assert_eq!(refusal(TOLERANT, folder).0, 422);
}

#[test]
fn dates_of_the_future_are_lapses() {
    let change = |b: &mut Value| attachment(b)["creation"] = "2026-06-14".into();
    assert_eq!(refusal(STRICT, change).0, 422);
    assert_eq!(tolerated(change).1.len(), 1);
}

#[test]
fn a_binary_is_found_by_relative_address_and_a_patient_gives_traits() {
    let (submission, warnings) = tolerated(|bundle| {
        attachment(bundle)["url"] = "Binary/b1".into();
        bundle["entry"][2]["resource"]["id"] = "b1".into();
        let mut patient = bundle["entry"][1]["resource"]["contained"][0].clone();
        patient["id"] = "p".into();
        for i in [0, 1, 3] {
            let resource = &mut bundle["entry"][i]["resource"];
            resource["subject"] = json!({"reference": "urn:uuid:p"});
        }
        bundle["entry"][1]["resource"]["context"]["sourcePatientInfo"] =
            json!({"reference": "urn:uuid:p"});
        bundle["entry"].as_array_mut().unwrap().push(json!({
            "fullUrl": "urn:uuid:p", "resource": patient,
            "request": {"method": "POST", "url": "Patient"},
        }));
    });
    assert_eq!(warnings, Vec::<String>::new());
    assert_eq!(submission.slots.last(), Some(&Slot::Patient));
    let document = &submission.documents[0];
    assert!(document.subject.as_ref().unwrap().is_ins());
    assert!(document.source_patient.as_ref().unwrap().traits.is_some());
}

#[test]
fn a_replacement_may_say_that_it_supersedes() {
    let replacing = NewDocument {
        replaces: Some("urn:oid:1.2.3.4.9".to_owned()),
        ..document(1, b"%PDF-1")
    };
    let patch = |url: &str, path: &str, value: &str| {
        json!({
            "fullUrl": "urn:uuid:patch",
            "request": {"method": "PATCH", "url": url},
            "resource": {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
                {"name": "type", "valueCode": "replace"},
                {"name": "path", "valueString": path},
                {"name": "value", "valueCode": value},
            ]}]},
        })
    };
    let read_with = |patch: Value| {
        let mut bundle = pdsm::bundle(&submission(), std::slice::from_ref(&replacing));
        bundle["entry"].as_array_mut().unwrap().push(patch);
        check(bundle.to_string().as_bytes()).unwrap();
        read(&bundle, STRICT)
    };
    let url = "DocumentReference?identifier=urn:ietf:rfc:3986%7Curn:oid:1.2.3.4.9";
    let taken = read_with(patch(url, "DocumentReference.status", "superseded")).unwrap();
    assert_eq!(taken.slots.last(), Some(&Slot::Update));
    assert_eq!(
        taken.documents[0].replaces.as_deref(),
        Some("urn:oid:1.2.3.4.9")
    );
    for refused in [
        patch(
            "DocumentReference/other",
            "DocumentReference.status",
            "superseded",
        ),
        patch(url, "DocumentReference.status", "entered-in-error"),
        patch(url, "DocumentReference.securityLabel", "superseded"),
    ] {
        assert_eq!(status(&read_with(refused).unwrap_err()), 422);
    }
}

#[test]
fn a_simplified_deposit_gets_its_set() {
    let resource = pdsm::simplified(&document(1, b"%PDF-1"));
    check(resource.to_string().as_bytes()).unwrap();
    let mut submission = pdsm::read_simplified(&resource, &intake(STRICT)).unwrap();
    assert_eq!(submission.warnings, []);
    submission.assign("set", |_| ("doc".to_owned(), "Binary/bytes".to_owned()));
    let (set, document) = (&submission.submission_set, &submission.documents[0]);
    check(set.to_string().as_bytes()).unwrap();
    check(document.resource.to_string().as_bytes()).unwrap();
    assert_eq!(
        set["entry"][0]["item"]["reference"],
        "DocumentReference/doc"
    );
    assert_eq!(document.bytes, b"%PDF-1");
    let view = DocumentReference::of(&document.resource).unwrap();
    assert_eq!(
        (view.attachment().size, view.attachment().url),
        (Some(6), Some("Binary/bytes"))
    );
}

#[test]
fn a_simplified_deposit_is_checked() {
    let good = pdsm::simplified(&document(1, b"%PDF-1"));
    let refused = |mode: Mode, change: &dyn Fn(&mut Value)| {
        let mut resource = good.clone();
        change(&mut resource);
        let problems = pdsm::read_simplified(&resource, &intake(mode)).unwrap_err();
        problems
            .into_iter()
            .filter(|p| p.severity == Severity::Error)
            .map(|p| p.issue)
            .collect::<Vec<_>>()
    };
    for name in [
        "masterIdentifier",
        "status",
        "subject",
        "date",
        "author",
        "custodian",
        "content",
    ] {
        let issues = refused(STRICT, &|r| remove(r, &format!("/{name}")));
        assert!(!issues.is_empty(), "{name}");
    }
    for name in ["contentType", "data", "title"] {
        let pointer = format!("/content/0/attachment/{name}");
        let issues = refused(STRICT, &|r| remove(r, &pointer));
        assert!(issues.contains(&Issue::Required), "{name}");
    }
    let with_url =
        |r: &mut Value| r["content"][0]["attachment"]["url"] = "https://x.example/f".into();
    assert_eq!(refused(TOLERANT, &with_url), [Issue::NotSupported]);
    let empty = |r: &mut Value| r["content"][0]["attachment"]["data"] = "".into();
    assert!(refused(TOLERANT, &empty).contains(&Issue::Required));
}

#[test]
fn the_answer_follows_the_slots() {
    let at = "2026-06-12T08:00:00Z".parse().unwrap();
    let submission = read(&bundle(), STRICT).unwrap();
    let answers: Vec<Answer> = submission
        .slots
        .iter()
        .map(|slot| match slot {
            Slot::SubmissionSet => Answer::created("List", "s", at),
            Slot::Document(i) => Answer::created("DocumentReference", &i.to_string(), at),
            Slot::Binary(i) => Answer::created("Binary", &i.to_string(), at),
            Slot::Patient | Slot::Update => Answer::noted(),
        })
        .collect();
    let response = pdsm::transaction_response(&answers);
    assert_eq!(response["entry"].as_array().unwrap().len(), 5);
    check(response.to_string().as_bytes()).unwrap();
}
