//! Laboratory results: on a report's page, over time, as a file, copied by hand.

use access::Act;
use ambient::Id;
use cda::write::{Cda, LOINC, WriteBody, WriteSection};
use cda::{Code, InstanceId, Interval, LabResult, LabValue, PointInTime, Quantity};
use http::header;

use crate::house::House;

/// A report with one result.
fn report(day: &str, loinc: &str, name: &str, value: &str, unit: &str) -> Vec<u8> {
    let bound = |text| Quantity::new(text, unit);
    let (low, high) = match unit {
        "mmol/L" => (bound("3.9"), bound("6.1")),
        _ => (bound("0.70"), bound("1.10")),
    };
    let result = LabResult {
        code: Some(Code::new(loinc, LOINC, name)),
        name: name.to_owned(),
        value: LabValue::Quantity(Quantity::new(value, unit).expect("a number")),
        range: Some(Interval {
            low,
            low_included: true,
            high,
            high_included: true,
        }),
        time: Some(PointInTime::new(day)),
        ..LabResult::default()
    };
    let section = WriteSection {
        code: Code::new("18719-5", LOINC, "Biochimie"),
        title: "Biochimie".to_owned(),
        results: vec![result],
        ..WriteSection::default()
    };
    let cda = Cda {
        id: InstanceId::root("1.2.250.1.999.1"),
        body: WriteBody::Structured(vec![section]),
        ..Cda::default()
    };
    cda.to_xml()
}

async fn two_reports(house: &House) -> [Id; 2] {
    let older = report("20240104", "53049-3", "Glycémie à jeun", "1.26", "g/L");
    let newer = report("20260301", "40193-5", "Glucose à jeun", "4.89", "mmol/L");
    let older = house.deposit(&older, "text/xml", |_| {}).await;
    [older, house.deposit(&newer, "text/xml", |_| {}).await]
}

/// The address of the only analysis of the record.
async fn only_analysis(house: &House) -> String {
    let page = house.get("/documents/analyses").await;
    let mut links = page.links("/documents/analyses/");
    links.retain(|link| !link.ends_with("/ajouter"));
    assert_eq!(links.len(), 1, "{links:?} in {}", page.words());
    links.remove(0)
}

#[tokio::test]
async fn results_of_several_reports_make_one_trend() {
    let house = House::new().await;
    let [older, newer] = two_reports(&house).await;
    let page = house.get("/documents/analyses").await;
    let words = page.words();
    for said in [
        "1 analyse.",
        "Glycémie à jeun",
        "0,88\u{a0}g/L",
        "01/03/2026",
        "1,26\u{a0}g/L (04/01/2024)",
    ] {
        assert!(page.text().contains(said), "{said} in {words}");
    }
    let path = only_analysis(&house).await;
    let word = path.rsplit('/').next().expect("a word");
    assert!(word.parse::<Id>().is_ok(), "{word} says nothing");
    let page = house.get(&path).await;
    for said in [
        "<svg class=\"chart\"",
        "4,89\u{a0}mmol/L",
        "0,88\u{a0}g/L",
        "Élevé",
        "Dans les valeurs de référence",
        "Premier\u{a0}: 1,26 (4\u{a0}janvier\u{a0}2024). Dernier\u{a0}: 0,88 (1er\u{a0}mars\u{a0}2026).",
    ] {
        assert!(page.text().contains(said), "{said} in {}", page.text());
    }
    for id in [older, newer] {
        assert!(page.has(&format!("/documents/{id}")));
    }
    let lines = house.lines().await;
    let looks: Vec<_> = lines
        .iter()
        .take(3)
        .map(|line| (line.act, line.count))
        .collect();
    assert_eq!(
        looks,
        [(Act::ReadResults, Some(2)); 3],
        "one line for each look"
    );
}

#[tokio::test]
async fn a_trend_is_a_file_for_spreadsheets() {
    let house = House::new().await;
    two_reports(&house).await;
    let path = only_analysis(&house).await;
    let file = house.get(&format!("{path}/csv")).await;
    assert_eq!(
        file.headers[header::CONTENT_TYPE],
        "text/csv; charset=utf-8"
    );
    let disposition = file.headers[header::CONTENT_DISPOSITION].to_str();
    assert!(disposition.is_ok_and(|name| name.starts_with("attachment;")));
    let text = file.text();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(
        lines[1],
        "2024-01-04;Glycémie à jeun;1,26;g/L;1,26 g/L;0,70 à 1,10 g/L;Élevé;Laboratoire du Port"
    );
    assert!(
        lines[2].starts_with("2026-03-01;Glycémie à jeun;0,88;g/L;4,89 mmol/L;3,9 à 6,1 mmol/L;")
    );
}

#[tokio::test]
async fn a_report_shows_its_results_in_words_and_leads_to_their_trends() {
    let house = House::new().await;
    let [older, _] = two_reports(&house).await;
    let page = house.get(&format!("/documents/{older}")).await;
    let words = page.words();
    for said in [
        "Biochimie",
        "1 résultat.",
        "1 est à regarder.",
        "0,70 à 1,10",
        "Élevé",
    ] {
        assert!(page.has(said) || words.contains(said), "{said} in {words}");
    }
    assert!(page.has(&only_analysis(&house).await));
}

#[tokio::test]
async fn what_the_person_may_not_know_of_is_in_no_count_and_no_address() {
    let house = House::new().await;
    let hidden = report("20240104", "3016-3", "TSH", "9.5", "m[IU]/L");
    let id = house.deposit(&hidden, "text/xml", |_| {}).await;
    let path = only_analysis(&house).await;
    let visible = house.get(&path).await;
    assert_eq!(visible.status, 200);

    let house = House::new().await;
    house
        .deposit(&hidden, "text/xml", |own| own.flags.patient = true)
        .await;
    let page = house.get("/documents/analyses").await;
    assert!(page.has("Aucun résultat pour l’instant") && !page.has("TSH"));
    assert_eq!(house.lines().await[0].count, Some(0));
    for word in [
        path.rsplit('/').next().expect("a word"),
        &id.to_string(),
        "tsh",
        "é",
    ] {
        for end in ["", "/csv"] {
            let page = house
                .visitor
                .get(&format!("/documents/analyses/{word}{end}"))
                .await;
            assert!(
                page.is_ok_and(|page| page.status == 404) || word == "é",
                "{word}{end}"
            );
        }
    }
}

#[tokio::test]
async fn addresses_of_two_records_differ() {
    let (one, other) = (House::new().await, House::new().await);
    two_reports(&one).await;
    two_reports(&other).await;
    assert_ne!(only_analysis(&one).await, only_analysis(&other).await);
}

#[tokio::test]
async fn results_are_copied_from_paper_and_join_the_trend() {
    let house = House::new().await;
    two_reports(&house).await;
    house.get("/documents/analyses/ajouter").await;
    let usual = [
        ("date", "2025-05-02"),
        ("visibilite", "visible"),
        ("laboratoire", "Labo du Quai"),
    ];
    let row = [
        ("analyse-1", "glucose-fasting"),
        ("valeur-1", "1,02"),
        ("de-1", "0,70"),
        ("a-1", "1,10"),
    ];
    let wrong = [&usual[..], &row[..]].concat();
    let page = house
        .visitor
        .post("/documents/analyses/ajouter", &wrong)
        .await
        .expect("an answer");
    assert_eq!(page.status, 422);
    assert!(page.has("Recopiez l’unité") && page.has("value=\"1,02\"") && page.has("Labo du Quai"));

    let right = [&wrong[..], &[("unite-1", "g/l")]].concat();
    let page = house
        .visitor
        .post("/documents/analyses/ajouter", &right)
        .await
        .expect("an answer");
    assert_eq!(page.status, 200, "{}", page.words());
    for said in [
        "Votre résultat est ajouté.",
        "Résultats recopiés du 2 mai 2025",
        "Ajouté par vous",
        "1,02\u{a0}g/L",
        "Labo du Quai",
    ] {
        assert!(page.text().contains(said), "{said} in {}", page.words());
    }
    let document = page.path.clone();
    let path = only_analysis(&house).await;
    let trend = house.get(&path).await;
    assert!(trend.has("Ajouté par vous") && trend.has("1,02\u{a0}g/L") && trend.has(&document));

    // It is deleted as what it is: a document of the person's.
    house.get(&document).await;
    house
        .visitor
        .post(&format!("{document}/supprimer"), &[])
        .await
        .expect("an answer");
    assert!(!house.get(&path).await.has("1,02"));
}
