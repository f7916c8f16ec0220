//! A type that nobody knows: kept, told to its sender, counted for the operator, and readable once
//! the person chose a type or a newer table knows it.

use carnet::reference::{self, Followed};

use super::bed::Bed;

const TABLE: &str = include_str!("../../../reference/document-types.json");

#[tokio::test]
async fn an_unknown_type_is_kept_and_read_once_it_is_known() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    for n in [1, 2] {
        let bundle = bed.deposit_for("Karim", n, |document| document.type_code = "34112-3");
        let text = bundle.to_string().replace("34112-3", "99999-9");
        let bundle = serde_json::from_str(&text).expect("JSON");
        let answer = software
            .post(&token, "/fhir", &bundle)
            .await
            .expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(
            answer.has("OperationOutcome") && answer.has("warning"),
            "{}",
            answer.text()
        );
    }
    assert_eq!(bed.demo.app.gate.unknown_types(), 2);

    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    let sees = async |n: u32| {
        let page = doctor.get(&record.path).await.expect("page");
        page.has(&format!("Compte rendu fictif {n}"))
    };
    assert!(!sees(1).await && !sees(2).await);

    let karim = bed.sign_in("Karim").await;
    let list = karim.get("/documents?tri=titre").await.expect("page");
    assert!(
        list.has("Pas encore lisible par les professionnels"),
        "{}",
        list.words()
    );
    let text = list.text();
    let before = text.split("Compte rendu fictif 1").next().expect("there");
    let link = before.rsplit("href=\"").next().expect("a link");
    let link = link.split('"').next().expect("a link").to_owned();
    let form = karim.get(&format!("{link}/modifier")).await.expect("page");
    assert!(form.has("name=\"type\""), "{} {}", form.path, form.words());
    let wrong = karim
        .post(&form.path, &[("type", "99999-9")])
        .await
        .expect("page");
    assert_eq!(wrong.status, 422);
    let done = karim
        .post(&form.path, &[("type", "34112-3")])
        .await
        .expect("page");
    assert!(
        done.has("C’est enregistré") && done.has("CR hospitalier"),
        "{}",
        done.words()
    );
    assert!(sees(1).await && !sees(2).await);

    // A newer table knows it: servers that run take it, nothing is built again.
    let mut table: serde_json::Value = serde_json::from_str(TABLE).expect("JSON");
    let types = table["types"].as_array_mut().expect("types");
    types.push(
        serde_json::json!({"code": "99999-9", "system": "http://loinc.org",
        "label": "CR d’un nouveau genre", "class": "10", "category": "CPT_REND"}),
    );
    let app = &bed.demo.app;
    let changed = reference::import(app, &table.to_string(), false)
        .await
        .expect("imported");
    assert_eq!(
        (changed.added, changed.removed),
        (vec!["99999-9".to_owned()], vec![])
    );
    let mut followed = Followed::default();
    followed.follow(app).await.expect("followed");
    followed.follow(app).await.expect("nothing new");
    assert!(sees(2).await);

    table["types"][0]["class"] = "nowhere".into();
    for bad in [table.to_string(), "{}".to_owned(), "no JSON".to_owned()] {
        assert!(
            reference::import(app, &bad, false).await.is_err(),
            "{bad:.40}"
        );
    }
    followed.follow(app).await.expect("the good one stays");
    assert!(sees(2).await);
}
