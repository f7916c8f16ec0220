//! Bad input of every kind: a clean refusal, and nothing kept.

use access::Limits;
use axum::body::Body;
use fhir::pdsm;
use http::{Request, header};
use serde_json::{Value, json};

use crate::harness::{CLIENT, House, bundle, document};

const PDF: &[u8] = b"%PDF-1.4 consultation";

#[tokio::test]
async fn nothing_bad_is_kept() {
    let house = House::new().await;
    let before = house.kept().await;
    let token = house.token_of(CLIENT).await;
    let good = pdsm::simplified(&document(1, PDF));
    let changed = |pointer: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(pointer).expect("there") = value;
        body.to_string().into_bytes()
    };
    let attachment = "/content/0/attachment";
    let cases: Vec<(&str, Vec<u8>, u16)> = vec![
        ("nothing", vec![], 400),
        ("no JSON", b"{".to_vec(), 400),
        ("half", good.to_string().into_bytes()[..900].to_vec(), 400),
        ("no UTF-8", b"{\"resourceType\": \"\xff\"}".to_vec(), 400),
        ("another thing", b"[1, 2]".to_vec(), 400),
        ("a number", b"1e999999".to_vec(), 400),
        (
            "XML",
            b"<DocumentReference xmlns=\"http://hl7.org/fhir\"/>".to_vec(),
            400,
        ),
        (
            "nested",
            format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)).into_bytes(),
            400,
        ),
        (
            "nested objects",
            format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000)).into_bytes(),
            400,
        ),
        (
            "another resource",
            json!({"resourceType": "Patient"}).to_string().into_bytes(),
            400,
        ),
        (
            "a transaction",
            bundle(&[document(1, PDF)]).to_string().into_bytes(),
            400,
        ),
        (
            "broken base64",
            changed(&format!("{attachment}/data"), json!("***")),
            422,
        ),
        (
            "cut base64",
            changed(&format!("{attachment}/data"), json!("QUJ")),
            422,
        ),
        (
            "an empty file",
            changed(&format!("{attachment}/data"), json!("")),
            400,
        ),
        (
            "an archive",
            changed(&format!("{attachment}/data"), json!("UEsDBAo=")),
            422,
        ),
        (
            "a page",
            changed(&format!("{attachment}/data"), json!("PHNjcmlwdD4=")),
            422,
        ),
        (
            "a path as title",
            changed(&format!("{attachment}/title"), json!("../../etc/passwd")),
            422,
        ),
        (
            "a path as name",
            changed("/masterIdentifier/value", json!("../../etc/passwd")),
            422,
        ),
        (
            "a long name",
            changed("/masterIdentifier/value", json!("9".repeat(5000))),
            422,
        ),
        ("superseded", changed("/status", json!("superseded")), 422),
        (
            "no subject",
            changed("/subject", json!({"display": "X"})),
            422,
        ),
        (
            "a date",
            changed("/date", json!("2026-02-30T10:00:00Z")),
            422,
        ),
    ];
    for (why, body, status) in cases {
        let answer = house.post("/fhir/DocumentReference", &token, body).await;
        println!("{why}");
        answer.refused(status);
        assert_eq!(house.kept().await, before, "{why}");
    }
    let set = bundle(&[document(1, PDF)]);
    let mut two_sets = set.clone();
    let first = two_sets["entry"][0].clone();
    two_sets["entry"]
        .as_array_mut()
        .expect("entries")
        .push(first);
    let mut lost_binary = set.clone();
    lost_binary["entry"][2]["fullUrl"] = json!("urn:uuid:00000000-0000-4000-8000-00000000ffff");
    let mut deletes = set.clone();
    deletes["entry"][1]["request"]["method"] = json!("DELETE");
    let mut batch = set.clone();
    batch["type"] = json!("batch");
    for body in [
        two_sets,
        lost_binary,
        deletes,
        batch,
        good.clone(),
        json!({"resourceType": "Bundle", "type": "transaction"}),
    ] {
        let answer = house.post("/fhir", &token, body.to_string()).await;
        let status = answer.status.as_u16();
        assert!(matches!(status, 400 | 422), "{status}");
        answer.refused(status);
        assert_eq!(house.kept().await, before);
    }
}

#[tokio::test]
async fn what_the_antivirus_finds_or_cannot_examine_is_not_kept() {
    let house = House::new().await;
    let before = house.kept().await;
    let token = house.token_of(CLIENT).await;
    let clean = document(1, PDF);
    for (bytes, status) in [
        (&b"%PDF-1.4 harmful"[..], 422),
        (b"%PDF-1.4 unanswered", 503),
    ] {
        // Neither alone, nor beside one that is clean.
        let bad = document(2, bytes);
        let alone = pdsm::simplified(&bad).to_string();
        let beside = bundle(&[clean.clone(), bad]).to_string();
        for (path, body) in [("/fhir/DocumentReference", alone), ("/fhir", beside)] {
            let outcome = house.post(path, &token, body).await.refused(status);
            let place = &outcome["issue"][0]["expression"][0];
            assert_eq!(place, "DocumentReference.content.attachment");
        }
        assert_eq!(house.kept().await, before);
    }
}

#[tokio::test]
async fn what_is_too_long_is_refused_at_once() {
    let limits = Limits {
        deposit_bytes: 20_000,
        document_bytes: 4_000,
        ..Limits::default()
    };
    let house = House::with(limits, false).await;
    let before = house.kept().await;
    let long_file = [PDF, &[b' '; 5_000]].concat();
    house.deposit(&document(1, &long_file)).await.refused(413);
    let token = house.token_of(CLIENT).await;
    let spaces = " ".repeat(20_001);
    house
        .post("/fhir", &token, spaces.clone())
        .await
        .refused(413);
    let announced = Request::post("/fhir")
        .header(header::CONTENT_TYPE, "application/fhir+json")
        .header(header::CONTENT_LENGTH, "999999999999")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::empty());
    house.send(announced.expect("a request")).await.refused(413);
    assert_eq!(house.kept().await, before);
}

#[tokio::test]
async fn only_json_is_taken() {
    let house = House::new().await;
    let token = house.token_of(CLIENT).await;
    let good = pdsm::simplified(&document(1, PDF)).to_string();
    for (kind, status) in [
        ("application/fhir+xml", 415),
        ("text/plain", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
        ("Application/FHIR+JSON; charset=utf-8; fhirVersion=4.0", 201),
        ("application/json", 200),
    ] {
        let request = Request::post("/fhir/DocumentReference")
            .header(header::CONTENT_TYPE, kind)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(good.clone()));
        let answer = house.send(request.expect("a request")).await;
        assert_eq!(answer.status.as_u16(), status, "{kind}");
        if status == 415 {
            answer.refused(415);
        }
    }
}

#[tokio::test]
async fn an_outcome_or_nothing_when_preferred() {
    let house = House::new().await;
    let token = house.token_of(CLIENT).await;
    let mut document = pdsm::simplified(&document(1, PDF));
    document["content"][0]["attachment"]["size"] = json!(3);
    for (prefer, status) in [("return=OperationOutcome", 201), ("return=minimal", 200)] {
        let request = Request::post("/fhir/DocumentReference")
            .header(header::CONTENT_TYPE, "application/fhir+json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header("prefer", prefer)
            .body(Body::from(document.to_string()));
        let answer = house.send(request.expect("a request")).await;
        assert_eq!(answer.status.as_u16(), status);
        if status == 201 {
            assert_eq!(answer.json()["issue"][0]["severity"], "warning");
        } else {
            assert!(answer.bytes.is_empty());
        }
    }
}
