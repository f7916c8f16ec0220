//! Problems, allergies, treatments and vaccinations as data.

use std::path::Path;

use cda::{
    Code, FactKind, HealthFact, InstanceId, PointInTime, read_facts,
    write::{Cda, WriteBody, WriteSection},
};
use proptest::prelude::*;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/cda");

/// Facts of a national example, as lines; none when the examples are not beside the repository.
fn lines(file: &str) -> Option<Vec<String>> {
    let bytes = std::fs::read(Path::new(FOLDER).join(file)).ok()?;
    let facts = read_facts(&bytes).expect("an example");
    let line = |fact: &HealthFact| {
        let kind = match fact.kind {
            FactKind::Problem => "P",
            FactKind::Allergy => "A",
            FactKind::Treatment => "T",
            FactKind::Vaccination => "V",
        };
        let day = |time: &Option<PointInTime>| {
            let time = time.as_ref().and_then(PointInTime::date);
            time.unwrap_or_default()
        };
        let over = if fact.over { " over" } else { "" };
        let (since, until) = (day(&fact.since), day(&fact.until));
        format!("{kind} {} {since}-{until}{over}", fact.words)
    };
    Some(facts.iter().map(line).collect())
}

#[test]
fn a_synthesis_tells_what_a_doctor_looks_at_first() {
    let Some(lines) = lines("VSM_1.4_2022.01.xml") else {
        println!("skipped: no examples at {FOLDER}");
        return;
    };
    assert_eq!(
        lines,
        [
            "P Accident ischémique cérébral transitoire 2019-08-11-",
            "P Angine de poitrine instable 2019-08-11-",
            "P Pyélonéphrite aiguë 2018-04-22-2018-04-30 over",
            "P Infarctus transmural inférieur 2018-01-14-2018-01-25 over",
            "A Paracétamol 2018-06-03- over",
            "T PLAVIX 75 mg 2019-08-11-",
            "T COUMADINE 5mg 2019-08-11-",
        ]
    );
}

#[test]
fn vaccinations_have_a_day_and_other_documents_say_what_they_say() {
    let Some(vaccines) = lines("VAC_2023.01.xml") else {
        return;
    };
    assert!(vaccines.iter().all(|line| line.starts_with("V ")));
    assert_eq!(vaccines.len(), 4, "{vaccines:#?}");
    let summary = lines("IPS-FR_2024.01.xml").expect("beside the other");
    let kinds: String = summary.iter().map(|line| &line[..1]).collect();
    assert_eq!(kinds, "PPPPPPPATVV", "{summary:#?}");
    // A report of a laboratory states none of these, but for the vaccinations it asks about.
    assert_eq!(lines("BIO-CR-BIO_2024.01_TSH_1.xml"), Some(vec![]));
}

fn words() -> impl Strategy<Value = String> {
    "[a-zA-Zàéèç0-9<&]{1,12}( [a-zA-Zàéèç0-9]{1,8}){0,3}"
}

fn fact() -> impl Strategy<Value = HealthFact> {
    let kind = prop_oneof![
        Just(FactKind::Problem),
        Just(FactKind::Allergy),
        Just(FactKind::Treatment),
        Just(FactKind::Vaccination),
    ];
    (
        kind,
        words(),
        prop::option::of(words()),
        prop::option::of(words()),
        any::<bool>(),
    )
        .prop_map(|(kind, words, code, detail, negated)| HealthFact {
            code: code.map(|code| Code {
                code: code.replace(' ', "."),
                system: Some("1.2.3".to_owned()),
                display: Some(words.clone()),
            }),
            // A problem has nothing beside it.
            detail: detail.filter(|_| kind != FactKind::Problem),
            since: Some(PointInTime::new("20240104")),
            negated,
            ..HealthFact::new(kind, words)
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(facts in prop::collection::vec(fact(), 0..6)) {
        let section = |kind, code: &str| WriteSection {
            code: Code::new(code, "2.16.840.1.113883.6.1", ""),
            facts: facts.iter().filter(|fact| fact.kind == kind).cloned().collect(),
            ..WriteSection::default()
        };
        let cda = Cda {
            id: InstanceId::root("1.2.250.1.999.1"),
            body: WriteBody::Structured(vec![
                section(FactKind::Problem, "11450-4"),
                section(FactKind::Allergy, "48765-2"),
                section(FactKind::Treatment, "10160-0"),
                section(FactKind::Vaccination, "11369-6"),
            ]),
            ..Cda::default()
        };
        let bytes = cda.to_xml();
        cda::read(&bytes).unwrap();
        let mut facts = facts;
        facts.sort_by_key(|fact| fact.kind);
        prop_assert_eq!(read_facts(&bytes).unwrap(), facts);
    }
}
