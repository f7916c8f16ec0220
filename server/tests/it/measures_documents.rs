//! Values of documents among measures: whose, of which version, in which unit, and what becomes of
//! them with their document.

use axum::body::Body;
use fiction::Flag;
use http::{Request, header};
use serde_json::json;
use testing::{Page, Visitor};

use super::{
    bed::{Bed, ORIGIN, link},
    measures::word,
};

/// A value of an analysis as a report states it: LOINC code, number, unit.
type Said<'a> = (&'a str, &'a str, &'a str);

const HBA1C: &str = "Hémoglobine glyquée (HbA1c)";

async fn page(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("page")
}

/// A report with another number where it states an analysis.
fn restate(document: &mut fiction::Doc, analysis: &str, (code, number, unit): Said<'_>) {
    let text = String::from_utf8(std::mem::take(&mut document.bytes)).expect("text");
    let (before, after) = text
        .split_once(&format!("code=\"{analysis}\""))
        .expect("the analysis");
    let (between, after) = after.split_once("value=\"").expect("its value");
    let (_, after) = after.split_once('"').expect("an end");
    let (_, after) = after.split_once("unit=\"").expect("its unit");
    let (_, after) = after.split_once('"').expect("an end");
    let text = format!("{before}code=\"{code}\"{between}value=\"{number}\" unit=\"{unit}\"{after}");
    document.bytes = text.into_bytes();
}

/// A report on Karim that states this glycated haemoglobin and nothing else that is measured.
fn report(
    bed: &Bed,
    n: u32,
    percent: &str,
    change: impl FnOnce(&mut fiction::Doc),
) -> serde_json::Value {
    bed.report_for("Karim", n, |document| {
        document.unique_id = format!("urn:oid:1.2.250.1.213.99.{n}");
        document.title = format!("Analyses {n}");
        restate(document, "4548-4", ("4548-4", percent, "%"));
        restate(document, "53049-3", ("2823-3", "4.1", "mmol/L"));
        change(document);
    })
}

async fn wish(visitor: &Visitor, value: &str) -> Page {
    page(visitor, "/mesures/documents").await;
    let fields = [("reprise", value)];
    let chosen = visitor.post("/mesures/documents", &fields);
    chosen.await.expect("page")
}

/// The values of a measure, as its page shows them.
async fn values(visitor: &Visitor, name: &str) -> Page {
    let word = word(visitor, name).await;
    page(visitor, &format!("/mesures/{word}")).await
}

/// Says that a document was deposited by mistake.
async fn withdraw(bed: &Bed, token: &str, n: u32) {
    let body = json!({"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
        {"name": "type", "valueCode": "replace"},
        {"name": "path", "valueString": "DocumentReference.status"},
        {"name": "value", "valueCode": "entered-in-error"}]}]});
    let name = format!("urn%3Aietf%3Arfc%3A3986%7Curn%3Aoid%3A1.2.250.1.213.99.{n}");
    let request = Request::builder()
        .method("PATCH")
        .uri(format!("/fhir/DocumentReference?identifier={name}"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/fhir+json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    let machine = Visitor::new(bed.demo.router.clone(), ORIGIN);
    let answer = machine.send(request).await.expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn a_value_goes_with_the_version_that_states_it() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let karim = bed.sign_in("Karim").await;
    wish(&karim, "oui").await;
    let deposit = async |bundle| software.deposit(&token, &bundle).await.expect("deposited");
    deposit(report(&bed, 81, "11.1", |_| {})).await;
    let first = link(&page(&karim, "/documents").await, "Analyses 81");
    let shown = values(&karim, HBA1C).await;
    assert!(shown.text().contains("11,1\u{a0}%"), "{}", shown.words());
    assert!(shown.links("/documents/").contains(&first));
    assert!(
        page(&karim, &first)
            .await
            .has("Ce document remplit vos mesures")
    );

    // Corrected by its author: the former value is nowhere, on either side.
    deposit(report(&bed, 82, "12.2", |document| {
        document.replaces = Some("urn:oid:1.2.250.1.213.99.81".to_owned());
    }))
    .await;
    let shown = values(&karim, HBA1C).await;
    assert!(shown.text().contains("12,2\u{a0}%"), "{}", shown.words());
    assert!(!shown.text().contains("11,1\u{a0}%"), "{}", shown.words());
    let second = link(&page(&karim, "/documents").await, "Analyses 82");
    assert!(shown.links("/documents/").contains(&second));
    assert!(!page(&karim, &first).await.has("remplit vos mesures"));
    let filled = page(&karim, &second).await;
    let measure = format!("/mesures/{}", word(&karim, HBA1C).await);
    assert!(filled.links("/mesures/").contains(&measure));

    // Withdrawn: gone from measures, and its page says nothing of it.
    withdraw(&bed, &token, 82).await;
    let shown = values(&karim, HBA1C).await;
    for gone in ["12,2\u{a0}%", "11,1\u{a0}%"] {
        assert!(!shown.text().contains(gone), "{gone} in {}", shown.words());
    }
    assert!(!shown.links("/documents/").contains(&second));
    let gone = page(&karim, &second).await;
    assert_eq!(gone.status, 410);
    assert!(!gone.has("remplit vos mesures"));
}

#[tokio::test]
async fn a_value_is_converted_to_the_unit_of_its_measure() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let karim = bed.sign_in("Karim").await;
    wish(&karim, "oui").await;
    // Moles of glucose, the unit of the IFCC, and one that does not convert.
    let bundle = report(&bed, 83, "9.9", |document| {
        restate(document, "2823-3", ("14749-6", "7.4", "mmol/L"));
        restate(document, "4548-4", ("59261-8", "64", "mmol/mol"));
    });
    software.deposit(&token, &bundle).await.expect("deposited");
    let bundle = report(&bed, 84, "999", |document| {
        restate(document, "2823-3", ("2345-7", "1.08", "g/L"));
    });
    software.deposit(&token, &bundle).await.expect("deposited");
    let bundle = report(&bed, 85, "8.8", |document| {
        restate(document, "2823-3", ("2345-7", "431", "[arb'U]"));
    });
    software.deposit(&token, &bundle).await.expect("deposited");
    let bundle = report(&bed, 87, "7.7", |document| {
        restate(document, "4548-4", ("59261-8", "5.1", "%"));
    });
    software.deposit(&token, &bundle).await.expect("deposited");

    let glucose = values(&karim, "Glycémie").await;
    for said in [
        "133\u{a0}mg/dL",
        "7,4\u{a0}mmol/L",
        "108\u{a0}mg/dL",
        "1,08\u{a0}g/L",
    ] {
        assert!(
            glucose.text().contains(said),
            "{said} in {}",
            glucose.words()
        );
    }
    assert!(!glucose.text().contains("431\u{a0}"), "{}", glucose.words());
    let glycated = values(&karim, HBA1C).await;
    for said in ["8\u{a0}%", "64\u{a0}mmol/mol", "8,8\u{a0}%"] {
        assert!(
            glycated.text().contains(said),
            "{said} in {}",
            glycated.words()
        );
    }
    // A per cent of the IFCC's reference is not one of the NGSP's: it is not taken for one.
    assert!(
        !glycated.text().contains("5,1\u{a0}%"),
        "{}",
        glycated.words()
    );
    // What nobody can have is a slip of the report, and stays with it.
    assert!(
        !glycated.text().contains("999\u{a0}%"),
        "{}",
        glycated.words()
    );
}

#[tokio::test]
async fn saying_no_leaves_what_one_typed() {
    let bed = Bed::new().await;
    let karim = bed.sign_in("Karim").await;
    let measure = word(&karim, HBA1C).await;
    let here = format!("/mesures/{measure}/ajouter");
    page(&karim, &here).await;
    let fields = [
        ("valeur", "5,5"),
        ("date", "2026-05-02"),
        ("heure", "08:30"),
    ];
    karim.post(&here, &fields).await.expect("page");
    let typed = page(&karim, &format!("/mesures/{measure}")).await;
    assert!(typed.links("/documents/").is_empty(), "{}", typed.words());

    wish(&karim, "oui").await;
    let both = page(&karim, &format!("/mesures/{measure}")).await;
    let documents = both.links("/documents/");
    assert!(!documents.is_empty() && both.text().contains("5,5\u{a0}%"));
    let file = page(&karim, &format!("/mesures/{measure}/csv")).await;
    assert!(file.text().lines().count() > 2, "{}", file.text());

    wish(&karim, "non").await;
    let left = page(&karim, &format!("/mesures/{measure}")).await;
    assert!(left.text().contains("5,5\u{a0}%"), "{}", left.words());
    assert!(left.links("/documents/").is_empty(), "{}", left.words());
    assert_eq!(left.text().matches("/corriger\"").count(), 1);
    let file = page(&karim, &format!("/mesures/{measure}/csv")).await;
    assert_eq!(file.text().lines().count(), 2, "{}", file.text());
    for document in documents {
        assert!(!page(&karim, &document).await.has("remplit vos mesures"));
    }
    // Yes again: nothing was lost.
    wish(&karim, "oui").await;
    let again = page(&karim, &format!("/mesures/{measure}")).await;
    assert_eq!(again.links("/documents/"), both.links("/documents/"));
}

/// What a document is hidden from decides on its values: from professionals, they stay the
/// person's; from who represents a child, they are not there, to the byte.
#[tokio::test]
async fn who_may_not_see_a_document_has_none_of_its_values() {
    // The mother of Jade, with one more report in the space or not.
    let seen = async |flag: Option<Flag>| {
        let bed = Bed::seeded(47).await;
        let mother = bed.sign_in("Camille").await;
        let row = bed
            .demo
            .app
            .store
            .insured(&bed.persona("Jade").number, "")
            .await;
        let record = row.expect("searched").expect("known").record;
        let record = record.expect("has a space").to_string();
        page(&mother, "/proches").await;
        let inside = mother.post("/proches", &[("profil", &record)]).await;
        if inside.expect("page").path == "/premiers-choix" {
            let chosen = mother.post("/premiers-choix", &[("visibilite", "visible")]);
            chosen.await.expect("page");
        }
        wish(&mother, "oui").await;
        let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
        if let Some(flag) = flag {
            let bundle = bed.report_for("Jade", 86, |document| {
                restate(document, "718-7", ("4548-4", "6.6", "%"));
                document.flags = vec![flag];
            });
            software.deposit(&token, &bundle).await.expect("deposited");
        }
        let list = page(&mother, "/mesures").await.text();
        (values(&mother, HBA1C).await.text(), list)
    };
    let without = seen(None).await;
    assert_eq!(seen(Some(Flag::Representatives)).await, without);
    assert_eq!(seen(Some(Flag::Patient)).await, without);
    let (values, _) = seen(Some(Flag::Professionals)).await;
    assert!(values.contains("6,6\u{a0}%"), "{values}");
}
