//! The coded results of a section.

use super::{code_attributes, id_attributes};
use crate::markup::{Attributes, Markup};
use crate::{Code, InstanceId, Interpretation, Interval, LabResult, LabValue, Quantity};

/// IHE laboratory entry, then CI-SIS.
const ENTRY: [&str; 2] = ["1.3.6.1.4.1.19376.1.3.1", "1.2.250.1.213.1.1.3.21"];
/// IHE laboratory observation, then CI-SIS.
const OBSERVATION: [&str; 2] = ["1.3.6.1.4.1.19376.1.3.1.6", "1.2.250.1.213.1.1.3.80"];
/// IHE sampling, then CI-SIS.
const SAMPLING: [&str; 2] = ["1.3.6.1.4.1.19376.1.3.1.2", "1.2.250.1.213.1.1.3.77"];
const INTERPRETATION: &str = "2.16.840.1.113883.5.83";
const SPECIMEN: &str = "2.16.840.1.113883.18.311";

pub(super) fn write(xml: &mut Markup, chapter: &Code, results: &[LabResult]) {
    xml.open_with("entry", &[("typeCode", "DRIV".to_owned())]);
    templates(xml, ENTRY);
    xml.open_with("act", &kind("ACT"));
    xml.empty("code", &code_attributes(chapter));
    completed(xml);
    if let Some(specimen) = results.iter().find_map(|result| result.specimen.as_ref()) {
        sampling(xml, specimen);
    }
    for result in results {
        component(xml);
        observation(xml, result);
        xml.close("entryRelationship");
    }
    xml.close("act");
    xml.close("entry");
}

fn sampling(xml: &mut Markup, specimen: &str) {
    component(xml);
    xml.open_with("procedure", &kind("PROC"));
    templates(xml, SAMPLING);
    xml.open_with("participant", &[("typeCode", "PRD".to_owned())]);
    xml.open_with("participantRole", &[("classCode", "SPEC".to_owned())]);
    xml.open("playingEntity");
    let code = Code::new("UNK", SPECIMEN, specimen);
    xml.empty("code", &code_attributes(&code));
    xml.close("playingEntity");
    xml.close("participantRole");
    xml.close("participant");
    xml.close("procedure");
    xml.close("entryRelationship");
}

fn observation(xml: &mut Markup, result: &LabResult) {
    xml.open_with("observation", &kind("OBS"));
    templates(xml, OBSERVATION);
    let unknown = vec![("nullFlavor", "NI".to_owned())];
    let code = result.code.as_ref().map_or(unknown, code_attributes);
    xml.open_with("code", &code);
    xml.leaf("originalText", &result.name);
    xml.close("code");
    completed(xml);
    if let Some(time) = &result.time {
        xml.empty("effectiveTime", &[("value", time.as_str().to_owned())]);
    }
    value(xml, &result.value);
    if let Some(interpretation) = result.interpretation {
        let code = [
            ("code", interpretation.code().to_owned()),
            ("codeSystem", INTERPRETATION.to_owned()),
        ];
        xml.empty("interpretationCode", &code);
    }
    if let Some(range) = &result.range {
        xml.open_with("referenceRange", &[("typeCode", "REFV".to_owned())]);
        xml.open("observationRange");
        interval(xml, range);
        xml.close("observationRange");
        xml.close("referenceRange");
    }
    xml.close("observation");
}

fn value(xml: &mut Markup, value: &LabValue) {
    match value {
        LabValue::Quantity(quantity) => xml.empty("value", &amount(Some("PQ"), quantity)),
        LabValue::Interval(bounds) => interval(xml, bounds),
        LabValue::Words(words) => {
            xml.open_with("value", &[("xsi:type", "ST".to_owned())]);
            xml.text(words);
            xml.close("value");
        }
        LabValue::Absent => {}
    }
}

fn interval(xml: &mut Markup, interval: &Interval) {
    xml.open_with("value", &[("xsi:type", "IVL_PQ".to_owned())]);
    let bounds = [
        ("low", &interval.low, interval.low_included),
        ("high", &interval.high, interval.high_included),
    ];
    for (name, bound, included) in bounds {
        if let Some(bound) = bound {
            let mut attributes = amount(None, bound);
            attributes.push(("inclusive", included.to_string()));
            xml.empty(name, &attributes);
        }
    }
    xml.close("value");
}

fn amount(kind: Option<&str>, quantity: &Quantity) -> Attributes {
    let kind = kind.map(|kind| ("xsi:type", kind.to_owned()));
    let unit = Some(&quantity.unit).filter(|unit| !unit.is_empty());
    let unit = unit.map(|unit| ("unit", unit.clone()));
    let number = ("value", quantity.number.clone());
    kind.into_iter().chain([number]).chain(unit).collect()
}

fn templates(xml: &mut Markup, roots: [&str; 2]) {
    for root in roots {
        xml.empty("templateId", &id_attributes(&InstanceId::root(root)));
    }
}

fn completed(xml: &mut Markup) {
    xml.empty("statusCode", &[("code", "completed".to_owned())]);
}

fn component(xml: &mut Markup) {
    xml.open_with("entryRelationship", &[("typeCode", "COMP".to_owned())]);
}

fn kind(class: &str) -> [(&'static str, String); 2] {
    [
        ("classCode", class.to_owned()),
        ("moodCode", "EVN".to_owned()),
    ]
}

impl Interpretation {
    /// Its HL7 code.
    fn code(self) -> &'static str {
        match self {
            Interpretation::Normal => "N",
            Interpretation::Low => "L",
            Interpretation::VeryLow => "LL",
            Interpretation::High => "H",
            Interpretation::VeryHigh => "HH",
            Interpretation::Abnormal => "A",
            Interpretation::Resistant => "R",
            Interpretation::Intermediate => "I",
            Interpretation::Sensitive => "S",
            Interpretation::Positive => "POS",
            Interpretation::Negative => "NEG",
        }
    }
}
