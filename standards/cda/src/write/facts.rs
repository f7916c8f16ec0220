//! The coded facts of a section, in the models of CI-SIS.

use super::code_attributes;
use crate::markup::{Attributes, Markup};
use crate::{Code, FactKind, HealthFact, PointInTime};

/// A concern of problems, then of allergies (IHE, CI-SIS).
const CONCERNS: [[&str; 2]; 2] = [
    ["1.3.6.1.4.1.19376.1.5.3.1.4.5.2", "1.2.250.1.213.1.1.3.39"],
    ["1.3.6.1.4.1.19376.1.5.3.1.4.5.3", "1.2.250.1.213.1.1.3.40"],
];
/// A problem, then an allergy.
const OBSERVATIONS: [[&str; 2]; 2] = [
    ["1.3.6.1.4.1.19376.1.5.3.1.4.5", "1.2.250.1.213.1.1.3.37"],
    ["1.3.6.1.4.1.19376.1.5.3.1.4.6", "1.2.250.1.213.1.1.3.41"],
];
/// A medicine, then a vaccine.
const ADMINISTRATIONS: [[&str; 2]; 2] = [
    ["1.3.6.1.4.1.19376.1.5.3.1.4.7", "1.2.250.1.213.1.1.3.42"],
    ["1.3.6.1.4.1.19376.1.5.3.1.4.12", "1.2.250.1.213.1.1.3.45"],
];
const SNOMED: &str = "2.16.840.1.113883.6.96";

pub(super) fn write(xml: &mut Markup, facts: &[HealthFact]) {
    for fact in facts {
        xml.open("entry");
        match fact.kind {
            FactKind::Problem => concern(xml, fact, 0),
            FactKind::Allergy => concern(xml, fact, 1),
            FactKind::Treatment => administration(xml, fact, 0),
            FactKind::Vaccination => administration(xml, fact, 1),
        }
        xml.close("entry");
    }
}

fn concern(xml: &mut Markup, fact: &HealthFact, which: usize) {
    let status = if fact.over { "completed" } else { "active" };
    xml.open_with("act", &event("ACT", false));
    templates(xml, CONCERNS[which]);
    xml.empty("statusCode", &[("code", status.to_owned())]);
    xml.open_with("entryRelationship", &[("typeCode", "SUBJ".to_owned())]);
    xml.open_with("observation", &event("OBS", fact.negated));
    templates(xml, OBSERVATIONS[which]);
    let kind = match which {
        0 => Code::new("282291009", SNOMED, "interprétation diagnostique"),
        _ => Code::new("420134006", SNOMED, "hypersensibilité"),
    };
    xml.empty("code", &code_attributes(&kind));
    xml.empty("statusCode", &[("code", "completed".to_owned())]);
    interval(xml, fact);
    if which == 0 {
        coded(xml, "value", fact);
    } else {
        xml.open_with("participant", &[("typeCode", "CSM".to_owned())]);
        xml.open_with("participantRole", &[("classCode", "MANU".to_owned())]);
        xml.open_with("playingEntity", &[("classCode", "MMAT".to_owned())]);
        coded(xml, "code", fact);
        xml.close("playingEntity");
        xml.close("participantRole");
        xml.close("participant");
        if let Some(shown) = &fact.detail {
            xml.open_with("entryRelationship", &[("typeCode", "MFST".to_owned())]);
            xml.open_with("observation", &event("OBS", false));
            xml.open_with("value", &[("xsi:type", "CD".to_owned())]);
            xml.leaf("originalText", shown);
            xml.close("value");
            xml.close("observation");
            xml.close("entryRelationship");
        }
    }
    xml.close("observation");
    xml.close("entryRelationship");
    xml.close("act");
}

fn administration(xml: &mut Markup, fact: &HealthFact, which: usize) {
    xml.open_with("substanceAdministration", &event("SBADM", fact.negated));
    templates(xml, ADMINISTRATIONS[which]);
    xml.empty("statusCode", &[("code", "completed".to_owned())]);
    match &fact.since {
        Some(day) if which == 1 => {
            xml.empty("effectiveTime", &[("value", day.as_str().to_owned())]);
        }
        _ => interval(xml, fact),
    }
    xml.open("consumable");
    xml.open("manufacturedProduct");
    xml.open("manufacturedMaterial");
    coded(xml, "code", fact);
    if which == 1 {
        if let Some(lot) = &fact.detail {
            xml.leaf("lotNumberText", lot);
        }
    } else {
        xml.leaf("name", &fact.words);
    }
    xml.close("manufacturedMaterial");
    xml.close("manufacturedProduct");
    xml.close("consumable");
    if let (0, Some(why)) = (which, &fact.detail) {
        xml.open_with("entryRelationship", &[("typeCode", "RSON".to_owned())]);
        xml.open_with("act", &event("ACT", false));
        xml.open_with("code", &[("nullFlavor", "UNK".to_owned())]);
        xml.leaf("originalText", why);
        xml.close("code");
        xml.close("act");
        xml.close("entryRelationship");
    }
    xml.close("substanceAdministration");
}

/// A code, or none, with the words that are shown.
fn coded(xml: &mut Markup, name: &'static str, fact: &HealthFact) {
    let mut attributes = match &fact.code {
        Some(code) => code_attributes(code),
        None => vec![("nullFlavor", "UNK".to_owned())],
    };
    if name == "value" {
        attributes.insert(0, ("xsi:type", "CD".to_owned()));
    }
    xml.open_with(name, &attributes);
    xml.leaf("originalText", &fact.words);
    xml.close(name);
}

fn interval(xml: &mut Markup, fact: &HealthFact) {
    if fact.since.is_none() && fact.until.is_none() {
        return;
    }
    xml.open_with("effectiveTime", &[("xsi:type", "IVL_TS".to_owned())]);
    for (name, time) in [("low", &fact.since), ("high", &fact.until)] {
        if let Some(time) = time {
            xml.empty(name, &[("value", PointInTime::as_str(time).to_owned())]);
        }
    }
    xml.close("effectiveTime");
}

fn templates(xml: &mut Markup, models: [&str; 2]) {
    for root in models {
        xml.empty("templateId", &[("root", root.to_owned())]);
    }
}

fn event(class: &str, negated: bool) -> Attributes {
    let mut attributes = vec![
        ("classCode", class.to_owned()),
        ("moodCode", "EVN".to_owned()),
    ];
    if negated {
        attributes.push(("negationInd", "true".to_owned()));
    }
    attributes
}
