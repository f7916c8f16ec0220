//! Results of a laboratory as data: as written in the wild, written by us, and
//! written to harm.

use cda::write::{Cda, LOINC, WriteBody, WriteSection};
use cda::{Code, InstanceId, Interpretation, Interval, LabResult, LabValue, PointInTime, Quantity};
use proptest::prelude::*;

use crate::fixture::document;

const MODEL: &str = r#"<templateId root="1.3.6.1.4.1.19376.1.3.1.6"/>"#;

/// A chapter « BIOCHIMIE » with these statements and this text.
fn chapter(text: &str, statements: &str) -> Vec<LabResult> {
    let xml = document(&format!(
        r#"<structuredBody><component><section>
        <code code="18719-5" codeSystem="{LOINC}" displayName="Biochimie"/>
        <title>BIOCHIMIE</title><text>{text}</text>
        <entry><act>{statements}</act></entry>
        </section></component></structuredBody>"#
    ));
    cda::read(xml.as_bytes()).unwrap().results
}

fn observation(inside: &str) -> String {
    format!("<entryRelationship><observation>{MODEL}{inside}</observation></entryRelationship>")
}

const GLUCOSE: &str = r##"<code code="40193-5" codeSystem="2.16.840.1.113883.6.1"
  displayName="Glucose à jeun [Moles/Volume] Sérum/Plasma ; Numérique">
  <originalText><reference value="#g"/></originalText></code>
  <effectiveTime value="20240104101000+0100"/>
  <value xsi:type="PQ" value="7.2" unit="mmol/L"><translation value="1.30" code="g/L"/></value>
  <interpretationCode code="U"/><interpretationCode code="H"/>
  <entryRelationship typeCode="REFR"><observation><effectiveTime value="20200103"/>
    <value xsi:type="PQ" value="6.0" unit="mmol/L"/></observation></entryRelationship>
  <entryRelationship typeCode="SUBJ"><act><code code="48767-8"/><text>À contrôler</text></act></entryRelationship>
  <referenceRange><observationRange><value xsi:type="IVL_PQ">
    <low value="3.9" unit="mmol/L"/><high value="6.1" unit="mmol/L" inclusive="false"/>
  </value></observationRange></referenceRange>"##;

#[test]
fn a_result_has_all_that_the_laboratory_says() {
    let results = chapter(
        r#"<table><tr><td><content ID="g">Glycémie <sub>à jeun</sub></content></td></tr></table>"#,
        &observation(GLUCOSE),
    );
    let [result] = results.as_slice() else {
        panic!("{results:?}")
    };
    assert_eq!(result.chapter.as_deref(), Some("BIOCHIMIE"));
    assert_eq!(result.group, None);
    assert_eq!(result.name, "Glycémie à jeun");
    assert_eq!(result.code.as_ref().and_then(Code::loinc), Some("40193-5"));
    let LabValue::Quantity(quantity) = &result.value else {
        panic!("{:?}", result.value)
    };
    assert_eq!(
        (quantity.number.as_str(), quantity.unit.as_str()),
        ("7.2", "mmol/L")
    );
    assert_eq!(quantity.also, [("1.30".to_owned(), "g/L".to_owned())]);
    assert_eq!(result.judged(), Some(Interpretation::High));
    let range = result.range.as_ref().unwrap();
    assert!(range.low_included && !range.high_included);
    assert_eq!(result.time, Some(PointInTime::new("20240104101000+0100")));
    assert_eq!(result.specimen.as_deref(), Some("Sérum/Plasma"));
    assert_eq!(result.comment.as_deref(), Some("À contrôler"));
    assert_eq!(result.earlier.len(), 1);
}

#[test]
fn a_result_without_code_or_words_still_has_a_name() {
    let local = r#"<code code="CRP_LOCAL" codeSystem="1.2.3"/><value xsi:type="PQ" value="12" unit="mg/L"/>"#;
    let free = r#"<code nullFlavor="NI"/><value xsi:type="ST">trace</value>"#;
    let empty = r#"<value nullFlavor="NAV"/>"#;
    let results = chapter("", &[local, free, empty].map(observation).concat());
    let names: Vec<_> = results.iter().map(|result| result.name.as_str()).collect();
    assert_eq!(names, ["CRP_LOCAL", "Analyse sans nom", "Analyse sans nom"]);
    assert_eq!(results[0].code.as_ref().and_then(Code::loinc), None);
    assert_eq!(results[1].value, LabValue::Words("trace".to_owned()));
    assert_eq!(results[2].value, LabValue::Absent);
}

#[test]
fn an_isolate_names_what_was_found_on_it_and_a_sample_what_was_examined() {
    let statements = format!(
        r#"<entryRelationship><procedure><effectiveTime><high value="20240104"/></effectiveTime>
          <participant><participantRole><playingEntity><code code="UR" displayName="Urine"/></playingEntity></participantRole></participant>
        </procedure></entryRelationship>
        <entryRelationship><organizer><specimen><specimenRole><specimenPlayingEntity>
          <code code="1" displayName="Escherichia coli"/></specimenPlayingEntity></specimenRole></specimen>
          <component><organizer><code code="2" displayName="Antibiogramme"/><component><observation>{MODEL}
            <code code="3" displayName="Gentamicine"/><value xsi:type="IVL_PQ"><high value="0.032" unit="ug/mL" inclusive="false"/></value>
            <interpretationCode code="S"/></observation></component></organizer></component>
        </organizer></entryRelationship>"#
    );
    let results = chapter("", &statements);
    let [result] = results.as_slice() else {
        panic!("{results:?}")
    };
    assert_eq!(
        result.group.as_deref(),
        Some("Escherichia coli – Antibiogramme")
    );
    assert_eq!(result.specimen.as_deref(), Some("Urine"));
    assert_eq!(result.time, Some(PointInTime::new("20240104")));
    assert!(matches!(&result.value, LabValue::Interval(bounds) if !bounds.high_included));
    assert_eq!(result.judged(), Some(Interpretation::Sensitive));
}

#[test]
fn other_observations_are_no_results() {
    let other = "<entryRelationship><observation><code code='1'/><value xsi:type='PQ' value='1'/></observation></entryRelationship>";
    assert_eq!(chapter("", other), []);
    let nested = observation(&format!(
        "<code code='1'/>{}",
        observation("<code code='2'/>")
    ));
    assert_eq!(
        chapter("", &nested).len(),
        1,
        "what is inside a result is part of it"
    );
}

#[test]
fn reports_made_to_weigh_stay_light() {
    let long = format!("<paragraph ID='g'>{}</paragraph>", "mot ".repeat(50_000));
    let results = chapter(&long, &observation(GLUCOSE).repeat(5_500));
    assert_eq!(results.len(), 5_000);
    assert!(
        results
            .iter()
            .all(|result| result.name.chars().count() <= 301)
    );
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let unit = prop::sample::select(vec!["g/L", "mmol/L", "10*9/L", "%", "[IU]/L", ""]);
    ("-?[0-9]{1,6}(\\.[0-9]{1,4})?", unit)
        .prop_map(|(number, unit)| Quantity::new(&number, unit).unwrap())
}

fn interval() -> impl Strategy<Value = Interval> {
    let bounds = (
        prop::option::of(quantity()),
        any::<bool>(),
        quantity(),
        any::<bool>(),
    );
    bounds.prop_map(|(low, low_included, high, high_included)| Interval {
        low_included: low_included || low.is_none(),
        low,
        high: Some(high),
        high_included,
    })
}

fn result() -> impl Strategy<Value = LabResult> {
    let value = prop_oneof![
        quantity().prop_map(LabValue::Quantity),
        interval().prop_map(LabValue::Interval),
        "[a-z<&]{1,9}".prop_map(LabValue::Words),
    ];
    let code = "[A-Z]{2,4}".prop_map(|code| Code::new(code, "1.2.3", "libellé"));
    let interpretation = prop::sample::select(vec![
        "N", "L", "LL", "H", "HH", "A", "R", "I", "S", "POS", "NEG",
    ])
    .prop_map(|code| Interpretation::of_code(code).unwrap());
    (
        "[A-Zé][a-zé<&' ]{0,8}[0-9]",
        prop::option::of(code),
        value,
        prop::option::of(interpretation),
        prop::option::of(interval()),
    )
        .prop_map(|(name, code, value, interpretation, range)| LabResult {
            chapter: Some("Biochimie".to_owned()),
            name: name
                .split(' ')
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            code,
            value,
            interpretation,
            range,
            time: Some(PointInTime::new("202401041010+0100")),
            specimen: Some("Sang".to_owned()),
            ..LabResult::default()
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(results in prop::collection::vec(result(), 1..5)) {
        let section = WriteSection {
            code: Code::new("18719-5", LOINC, "Biochimie"),
            title: "Biochimie".to_owned(),
            results: results.clone(),
            ..WriteSection::default()
        };
        let cda = Cda {
            id: InstanceId::root("1.2.250.1.999.1"),
            body: WriteBody::Structured(vec![section]),
            ..Cda::default()
        };
        let read = cda::read(&cda.to_xml()).unwrap();
        prop_assert_eq!(read.results, results);
    }
}
