//! Deposits that are kept: once, and all or nothing.

use std::sync::Arc;

use access::{Limits, policy::SpaceState};
use fhir::{Code, pdsm, system};
use http::header;
use serde_json::json;

use crate::harness::{
    AURORE, CLIENT, House, NOBODY_YET, ORIGIN, bundle, document, open_space, subject,
};

const PDF: &[u8] = b"%PDF-1.4 consultation";

#[tokio::test]
async fn a_document_is_kept_with_what_it_is() {
    let house = House::new().await;
    let (before, _, _) = house.kept().await;
    let answer = house.deposit(&document(1, PDF)).await;
    assert_eq!(
        answer.status,
        201,
        "{}",
        String::from_utf8_lossy(&answer.bytes)
    );
    let resource = fhir::check(&answer.bytes).expect("valid FHIR");
    let id = resource["id"].as_str().expect("an id");
    let location = format!("{ORIGIN}/fhir/DocumentReference/{id}/_history/1");
    assert_eq!(answer.headers[header::LOCATION], location);
    assert_eq!(resource["meta"]["versionId"], "1");
    let attachment = &resource["content"][0]["attachment"];
    assert_eq!(attachment["url"], format!("{ORIGIN}/fhir/Binary/{id}"));
    assert!(attachment.get("data").is_none());
    assert_eq!(attachment["hash"], pdsm::sha1(PDF));

    let all = house.documents(house.aurore).await;
    let [(kept, own)] = all.as_slice() else {
        panic!("one document")
    };
    assert_eq!(kept.to_string(), id);
    assert_eq!(own.type_code, "11488-4");
    assert_eq!(own.class.as_deref(), Some("10"));
    assert_eq!(own.title, "Compte rendu de consultation");
    assert_eq!(own.media_type, "application/pdf");
    assert_eq!(own.authors, ["899900000001"]);
    assert_eq!(own.author, "Camille Brise");
    assert_eq!(own.organization, "Clinique des Embruns");
    assert_eq!(own.depositor.as_deref(), Some(CLIENT));
    assert!(!own.by_holder && !own.flags.professionals);
    let bytes = house.app.gate.read_file(&own.blob, 0..u64::MAX).await;
    assert_eq!(bytes.expect("the file"), PDF);
    // The document and its one line in the history.
    assert_eq!(house.kept().await.0, before + 2);
    assert_eq!(house.notices().await, 1);
}

#[tokio::test]
async fn twice_is_once_and_other_bytes_are_a_conflict() {
    let house = House::new().await;
    let first = house.deposit(&document(1, PDF)).await;
    let kept = house.kept().await;
    let jobs = house.notices().await;

    let again = house.deposit(&document(1, PDF)).await;
    assert_eq!(again.status, 200);
    assert_eq!(
        again.headers[header::LOCATION],
        first.headers[header::LOCATION]
    );
    let other_bytes = house.deposit(&document(1, b"%PDF-1.4 other")).await;
    other_bytes.refused(409);
    let elsewhere = pdsm::NewDocument {
        subject: subject(crate::harness::BASILE),
        traits: crate::harness::basile(),
        ..document(1, PDF)
    };
    let elsewhere = house.deposit(&elsewhere).await;
    elsewhere.refused(409);
    assert_eq!(
        elsewhere.bytes, other_bytes.bytes,
        "whose it is stays unknown"
    );

    assert_eq!(house.kept().await, kept, "no second document, line or file");
    let now = house.notices().await;
    assert_eq!(now, jobs, "no second notice");
}

#[tokio::test]
async fn the_answer_says_nothing_of_what_the_first_sender_wrote() {
    let house = House::new().await;
    house.deposit(&document(1, PDF)).await;
    let key = exchange::SCOPES;
    house.register("other", "Autre logiciel", &key, false).await;
    let token = house.token_of("other").await;
    let retitled = pdsm::NewDocument {
        title: "Mon titre".to_owned(),
        ..document(1, PDF)
    };
    let body = pdsm::simplified(&retitled).to_string();
    let answer = house.post("/fhir/DocumentReference", &token, body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json()["content"][0]["attachment"]["title"],
        "Mon titre"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_at_once_are_one() {
    let house = Arc::new(House::new().await);
    let (entries, _, files) = house.kept().await;
    let tasks: Vec<_> = (0..10)
        .map(|_| {
            let house = house.clone();
            tokio::spawn(async move { house.deposit(&document(7, PDF)).await })
        })
        .collect();
    let mut locations = Vec::new();
    let mut created = 0;
    for task in tasks {
        let answer = task.await.expect("no panic");
        created += usize::from(answer.status == 201);
        assert!(answer.status.is_success(), "{}", answer.status);
        locations.push(answer.headers[header::LOCATION].clone());
    }
    locations.dedup();
    assert_eq!((created, locations.len()), (1, 1));
    assert_eq!(house.documents(house.aurore).await.len(), 1);
    let (now, _, files_now) = house.kept().await;
    assert_eq!((now, files_now), (entries + 2, files + PDF.len() + 16));
}

#[tokio::test]
async fn a_set_is_kept_whole() {
    let house = House::new().await;
    let token = house.token_of(CLIENT).await;
    let body = bundle(&[document(1, PDF), document(2, b"%PDF-1.4 b")]).to_string();
    let answer = house.post("/fhir", &token, body.clone()).await;
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.bytes)
    );
    let response = fhir::check(&answer.bytes).expect("valid FHIR");
    assert_eq!(response["type"], "transaction-response");
    let statuses: Vec<_> = response["entry"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["response"]["status"].as_str().expect("a status"))
        .collect();
    assert_eq!(statuses, ["200", "201", "201", "201", "201"]);
    assert_eq!(house.documents(house.aurore).await.len(), 2);

    // Again: nothing new. One of them with a third: the third alone is new.
    let kept = house.kept().await;
    let answer = house.post("/fhir", &token, body).await;
    assert_eq!(answer.json()["entry"][1]["response"]["status"], "200");
    assert_eq!(house.kept().await, kept);
    let more = bundle(&[document(2, b"%PDF-1.4 b"), document(3, PDF)]).to_string();
    let answer = house.post("/fhir", &token, more).await;
    assert_eq!(answer.json()["entry"][1]["response"]["status"], "200");
    assert_eq!(answer.json()["entry"][3]["response"]["status"], "201");
    assert_eq!(house.documents(house.aurore).await.len(), 3);

    // One conflict refuses the whole.
    let kept = house.kept().await;
    let conflict = bundle(&[document(4, PDF), document(2, b"%PDF-1.4 c")]).to_string();
    house.post("/fhir", &token, conflict).await.refused(409);
    assert_eq!(house.kept().await, kept);
}

#[tokio::test]
async fn labels_and_the_persons_wish_decide_who_sees_it() {
    let house = House::new().await;
    let label = |code: &str| Code::new(system::VISIBILITY, code, "");
    let labelled = |number, codes: &[&str]| pdsm::NewDocument {
        labels: codes.iter().map(|code| label(code)).collect(),
        ..document(number, PDF)
    };
    let both = labelled(1, &["MASQUE_PS", "INVISIBLE_PATIENT"]);
    let outcome = house.deposit(&both).await.refused(422);
    assert_eq!(
        outcome["issue"][0]["expression"][0],
        "DocumentReference.securityLabel"
    );
    for (number, code) in [(2, "MASQUE_PS"), (3, "INVISIBLE_PATIENT"), (4, "SOMETHING")] {
        assert_eq!(house.deposit(&labelled(number, &[code])).await.status, 201);
    }
    let flags: Vec<_> = house
        .documents(house.aurore)
        .await
        .iter()
        .map(|(_, own)| {
            (
                own.flags.professionals,
                own.flags.patient,
                own.flags.unknown,
            )
        })
        .collect();
    assert_eq!(
        flags,
        [
            (true, false, false),
            (false, true, false),
            (false, false, true)
        ]
    );

    // Somebody who hides by default: the setting applies, and the sender is not told of it.
    let traits = crate::harness::traits();
    let shy = open_space(&house.app, NOBODY_YET, &traits, SpaceState::Activated, true).await;
    let about = |number, codes: &[&str]| pdsm::NewDocument {
        subject: subject(NOBODY_YET),
        ..labelled(number, codes)
    };
    let answer = house.deposit(&about(5, &[])).await;
    assert_eq!(answer.status, 201);
    assert!(!answer.json().to_string().contains("MASQUE_PS"));
    house.deposit(&about(6, &["INVISIBLE_PATIENT"])).await;
    let flags: Vec<_> = house
        .documents(shy)
        .await
        .iter()
        .map(|(_, own)| (own.flags.professionals, own.flags.patient))
        .collect();
    assert_eq!(flags, [(true, false), (false, true)]);
}

#[tokio::test]
async fn nobody_is_told_of_what_waits_to_be_explained() {
    let house = House::new().await;
    let waiting = |number| pdsm::NewDocument {
        labels: vec![Code::new(system::VISIBILITY, "INVISIBLE_PATIENT", "")],
        ..document(number, PDF)
    };
    let jobs = async || house.notices().await;
    let (before, _, _) = house.kept().await;
    assert_eq!(house.deposit(&waiting(1)).await.status, 201);
    assert_eq!(jobs().await, 0);
    // Of two documents, one is told of; each has its line, so that each can be left out.
    let token = house.token_of(CLIENT).await;
    let set = bundle(&[waiting(2), document(3, PDF)]).to_string();
    assert_eq!(house.post("/fhir", &token, set).await.status, 200);
    assert_eq!(jobs().await, 1);
    assert_eq!(house.kept().await.0, before + 6);
}

#[tokio::test]
async fn an_unknown_type_is_kept_with_a_warning() {
    let house = House::new().await;
    let unknown = pdsm::NewDocument {
        kind: Code::new(system::LOINC, "00000-0", "Inconnu"),
        ..document(1, PDF)
    };
    let token = house.token_of(CLIENT).await;
    let answer = house
        .post("/fhir", &token, bundle(&[unknown]).to_string())
        .await;
    assert_eq!(answer.status, 200);
    let outcome = &answer.json()["entry"][1]["response"]["outcome"];
    assert_eq!(outcome["issue"][0]["severity"], "warning");
    assert_eq!(
        outcome["issue"][0]["expression"][0],
        "Bundle.entry[1].resource.type"
    );
    assert_eq!(house.documents(house.aurore).await[0].1.class, None);
}

#[tokio::test]
async fn lies_about_the_file_are_corrected_or_refused() {
    for strict in [false, true] {
        let house = House::with(Limits::default(), strict).await;
        let before = house.kept().await;
        for (name, lie) in [
            ("size", json!(1)),
            ("hash", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
            ("contentType", json!("image/png")),
        ] {
            let mut body = pdsm::simplified(&document(1, PDF));
            body["content"][0]["attachment"][name] = lie;
            let token = house.token_of(CLIENT).await;
            let answer = house
                .post("/fhir/DocumentReference", &token, body.to_string())
                .await;
            if strict {
                answer.refused(422);
                assert_eq!(house.kept().await, before);
            } else {
                let attachment = &answer.json()["content"][0]["attachment"];
                assert_eq!(attachment["size"], PDF.len());
                assert_eq!(attachment["hash"], pdsm::sha1(PDF));
                assert_eq!(attachment["contentType"], "application/pdf");
            }
        }
    }
}

#[tokio::test]
async fn a_wrong_key_in_the_number_is_a_warning() {
    let house = House::new().await;
    let wrong = format!("{}00", &AURORE[..13]);
    let traits = crate::harness::traits();
    open_space(&house.app, &wrong, &traits, SpaceState::Opened, false).await;
    let document = pdsm::NewDocument {
        subject: subject(&wrong),
        ..document(1, PDF)
    };
    let token = house.token_of(CLIENT).await;
    let answer = house
        .post("/fhir", &token, bundle(&[document]).to_string())
        .await;
    assert_eq!(answer.status, 200);
    let text = answer.json().to_string();
    assert!(text.contains("La clé du matricule") && !text.contains(&wrong));
}
