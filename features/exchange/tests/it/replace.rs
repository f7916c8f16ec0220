//! A new version of a document takes the place of the old one.

use fhir::pdsm;

use crate::harness::{CLIENT, House, bundle, document};

const OLD: &[u8] = b"%PDF-1.4 first";
const NEW: &[u8] = b"%PDF-1.4 corrected";

fn replacing(number: usize, replaced: &str) -> pdsm::NewDocument<'static> {
    pdsm::NewDocument {
        replaces: Some(replaced.to_owned()),
        ..document(number, NEW)
    }
}

#[tokio::test]
async fn the_old_one_names_its_successor() {
    let house = House::new().await;
    house.deposit(&document(1, OLD)).await;
    let answer = house.deposit(&replacing(2, "urn:oid:1.2.3.4.1")).await;
    assert_eq!(
        answer.status,
        201,
        "{}",
        String::from_utf8_lossy(&answer.bytes)
    );
    let all = house.documents(house.aurore).await;
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].1.replaced_by, Some(all[1].0));
    assert_eq!(all[1].1.replaced_by, None);

    // Sent again, it is there already.
    let kept = house.kept().await;
    let again = house.deposit(&replacing(2, "urn:oid:1.2.3.4.1")).await;
    assert_eq!(again.status, 200);
    // The old one is no longer current: not to be replaced twice.
    house
        .deposit(&replacing(3, "urn:oid:1.2.3.4.1"))
        .await
        .refused(409);
    assert_eq!(house.kept().await, kept);

    let token = house.token_of(CLIENT).await;
    let set = bundle(&[replacing(4, "urn:oid:1.2.3.4.2")]).to_string();
    assert_eq!(house.post("/fhir", &token, set).await.status, 200);
    assert_eq!(
        house.documents(house.aurore).await[1].1.replaced_by,
        Some(house.documents(house.aurore).await[2].0)
    );
}

#[tokio::test]
async fn an_address_of_ours_names_it_too() {
    let house = House::new().await;
    let first = house.deposit(&document(1, OLD)).await;
    let id = first.json()["id"].as_str().expect("an id").to_owned();
    let mut body = pdsm::simplified(&replacing(2, "urn:oid:9"));
    body["relatesTo"][0]["target"] =
        serde_json::json!({"reference": format!("DocumentReference/{id}")});
    let token = house.token_of(CLIENT).await;
    let answer = house
        .post("/fhir/DocumentReference", &token, body.to_string())
        .await;
    assert_eq!(answer.status, 201);
    assert!(
        house.documents(house.aurore).await[0]
            .1
            .replaced_by
            .is_some()
    );
}

#[tokio::test]
async fn what_is_not_yours_is_answered_like_what_does_not_exist() {
    let house = House::new().await;
    house.deposit(&document(1, OLD)).await;
    let scopes = exchange::SCOPES;
    house
        .register("other", "Autre logiciel", &scopes, false)
        .await;
    let kept = house.kept().await;
    let token = house.token_of("other").await;
    let mut answers = Vec::new();
    for replaced in ["urn:oid:1.2.3.4.1", "urn:oid:1.2.3.4.99"] {
        let body = pdsm::simplified(&replacing(2, replaced)).to_string();
        let answer = house.post("/fhir/DocumentReference", &token, body).await;
        answer.refused(422);
        answers.push(answer.bytes);
    }
    assert_eq!(answers[0], answers[1]);
    // Two successors at once are one too many.
    let token = house.token_of(CLIENT).await;
    let first = "urn:oid:1.2.3.4.1";
    let set = bundle(&[replacing(2, first), replacing(3, first)]).to_string();
    house.post("/fhir", &token, set).await.refused(409);
    assert_eq!(house.kept().await, kept);
}
