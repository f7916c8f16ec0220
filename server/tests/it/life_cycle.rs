//! What becomes of a document: replaced, archived, withdrawn by its author, destroyed.

use axum::body::Body;
use http::{Request, header};
use jiff::SignedDuration;
use serde_json::{Value, json};
use testing::{Page, Visitor};

use super::bed::{Bed, ORIGIN, link};

const NAME: &str = "urn:oid:1.2.250.1.213.99.1";

fn patch(path: &str, value: Value) -> Value {
    let mut part = json!({"name": "value"});
    for (key, one) in value.as_object().expect("an object") {
        part[key.as_str()] = one.clone();
    }
    json!({"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
        {"name": "type", "valueCode": "replace"},
        {"name": "path", "valueString": format!("DocumentReference.{path}")},
        part]}]})
}

async fn ask(bed: &Bed, token: &str, name: &str, body: &Value) -> Page {
    let query = format!("urn%3Aietf%3Arfc%3A3986%7C{}", name.replace(':', "%3A"));
    let request = Request::builder()
        .method("PATCH")
        .uri(format!("/fhir/DocumentReference?identifier={query}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/fhir+json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    let machine = Visitor::new(bed.demo.router.clone(), ORIGIN);
    machine.send(request).await.expect("an answer")
}

#[tokio::test]
async fn a_withdrawn_document_says_so_to_its_person_and_is_destroyed_in_time() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let (_, other) = bed.software_in("autre", "Autre (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, |document| {
        document.title = "Lettre du CHU".into()
    });
    software.deposit(&token, &bundle).await.expect("deposited");
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    let karim = bed.sign_in("Karim").await;
    let get = async |path: &str| karim.get(path).await.expect("page");
    let address = link(&get("/documents").await, "Lettre du CHU");
    let within = link(
        &doctor.get(&record.path).await.expect("page"),
        "Lettre du CHU",
    );

    let withdraw = patch("status", json!({"valueCode": "entered-in-error"}));
    let theirs = ask(&bed, &other, NAME, &withdraw).await;
    let unknown = ask(&bed, &other, "urn:oid:1.2.3", &withdraw).await;
    assert_eq!(theirs.status, 404, "{}", theirs.text());
    assert_eq!(theirs.text(), unknown.text(), "another's is as none at all");
    let title = patch("content[0].attachment.title", json!({"valueString": "x"}));
    assert_eq!(ask(&bed, &token, NAME, &title).await.status, 405);
    let back = patch("status", json!({"valueCode": "current"}));
    assert_eq!(ask(&bed, &token, NAME, &back).await.status, 422);
    assert_eq!(get(&address).await.status, 200);

    bed.work().await;
    let done = ask(&bed, &token, NAME, &withdraw).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.has("entered-in-error"), "{}", done.text());
    assert_eq!(ask(&bed, &token, NAME, &withdraw).await.status, 409);
    bed.work().await;
    let told = &bed.demo.outbox.messages()[0].1;
    assert!(
        told.body.contains("retiré") && !told.body.contains("Lettre"),
        "{told:?}"
    );

    assert!(!get("/documents").await.has("Lettre du CHU"));
    let gone = get(&address).await;
    assert_eq!(gone.status, 410, "{}", gone.words());
    assert!(
        gone.has("Ce document a été retiré") && !gone.has("Lettre du CHU"),
        "{}",
        gone.words()
    );
    assert_eq!(get(&format!("{address}/original")).await.status, 404);
    assert_eq!(doctor.get(&within).await.expect("page").status, 404);
    assert_eq!(
        bed.sign_in("Camille")
            .await
            .get(&address)
            .await
            .expect("page")
            .status,
        404
    );

    // Its bytes go when the time is over; that it was there stays.
    let stored = || testing::stored_bytes(&bed.settings.path("data").join("blobs"));
    let before = stored();
    bed.advance(SignedDuration::from_hours(24 * 30 + 1));
    bed.work().await;
    assert!(stored() < before, "{before}");
    let karim = bed.sign_in("Karim").await;
    let gone = karim.get(&address).await.expect("page");
    assert_eq!(gone.status, 410, "{}", gone.words());
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

#[tokio::test]
async fn versions_lead_to_each_other_and_the_archived_has_a_place_of_its_own() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    for n in [1, 2] {
        let bundle = bed.deposit_for("Karim", n, |document| {
            document.title = format!("Version {n}");
            document.replaces = (n == 2).then(|| NAME.to_owned());
        });
        let answer = software
            .post(&token, "/fhir", &bundle)
            .await
            .expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    let karim = bed.sign_in("Karim").await;
    let get = async |path: &str| karim.get(path).await.expect("page");
    let list = get("/documents").await;
    assert!(list.has("Version 2") && !list.has("Version 1"));
    let newer = link(&list, "Version 2");
    let page = get(&newer).await;
    let older = link(&page, "Voir la version précédente");
    assert!(
        older.starts_with("/documents/") && older != newer,
        "{older}"
    );
    let old = get(&older).await;
    assert!(old.has("Version 1") && old.has("Une version plus récente existe"));
    assert_eq!(link(&old, "Ouvrir la version la plus récente"), newer);

    let extension = "extension.where(url='https://interop.esante.gouv.fr/ig/fhir/pdsm/\
        StructureDefinition/pdsm-ext-is-archived').value";
    let archive = |on: bool| patch(extension, json!({"valueBoolean": on}));
    let second = "urn:oid:1.2.250.1.213.99.2";
    let done = ask(&bed, &token, second, &archive(true)).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(!get("/documents").await.has("Version 2"));
    assert!(get("/documents?montrer=archives").await.has("Version 2"));
    assert_eq!(get(&newer).await.status, 200, "it is still there");
    ask(&bed, &token, second, &archive(false)).await;
    assert!(get("/documents").await.has("Version 2"));
}

#[tokio::test]
async fn an_author_lifts_what_kept_it_from_the_person_and_never_puts_it_back() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, |document| {
        document.flags = vec![fiction::Flag::Patient];
        (document.type_code, document.title) = ("60568-3", "À expliquer".into());
    });
    software.deposit(&token, &bundle).await.expect("deposited");
    let karim = bed.sign_in("Karim").await;
    let sees = async || {
        karim
            .get("/documents")
            .await
            .expect("page")
            .has("À expliquer")
    };
    assert!(!sees().await);
    let label = |code: &str| {
        let coding = json!({"coding": [{"system": "s", "code": code}]});
        patch("securityLabel[0]", json!({"valueCodeableConcept": coding}))
    };
    assert_eq!(ask(&bed, &token, NAME, &label("SECRET")).await.status, 422);
    let shown = ask(&bed, &token, NAME, &label("N")).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert!(sees().await);
    bed.work().await;
    let told = &bed.demo.outbox.messages()[0].1;
    assert!(told.body.contains("maintenant visible"), "{told:?}");
    let again = ask(&bed, &token, NAME, &label("INVISIBLE_PATIENT")).await;
    assert_eq!(again.status, 422, "{}", again.text());
    assert!(sees().await);
}
