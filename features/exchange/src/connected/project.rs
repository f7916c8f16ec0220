//! What leaves of a document's metadata: the words of its author, with what we know better, and
//! without what names the person by a number or leads to what this reader may not know of.

use access::Rules;
use ambient::Id;
use documents::{Document, Stored};
use fhir::{instant, system};
use serde_json::{Value, json};

/// What is said of a document beside what is stored.
pub(super) struct Beside<'a> {
    /// Replaced, by one that the reader may know of.
    pub superseded: bool,
    /// Documents that it replaced, of those that the reader may know of.
    pub replaces: Vec<Id>,
    /// The word that stands for the person between us and this software.
    pub patient: &'a str,
    /// The number by which the software asked; nothing otherwise.
    pub number: Option<&'a ins::Identifier>,
    /// Where the service is.
    pub base: &'a str,
}

/// Members that are ours, or that say nothing to a reader.
const DROPPED: [&str; 5] = ["text", "meta", "implicitRules", "language", "relatesTo"];

/// What stays of a person in what a document contains.
const OF_A_PERSON: [&str; 5] = ["resourceType", "id", "name", "gender", "birthDate"];

/// The `DocumentReference` as this reader is given it.
pub(super) fn project(
    document: &Document,
    stored: Stored,
    beside: &Beside<'_>,
    rules: &Rules,
) -> Value {
    let (id, own, mut shown) = (document.id(), stored.own, stored.resource);
    if let Some(members) = shown.as_object_mut() {
        for name in DROPPED {
            members.remove(name);
        }
    }
    for contained in shown["contained"].as_array_mut().into_iter().flatten() {
        if contained["resourceType"] == "Patient"
            && let Some(members) = contained.as_object_mut()
        {
            members.retain(|name, _| OF_A_PERSON.contains(&name.as_str()));
        }
    }
    if shown["contained"].is_null()
        && let Some(members) = shown.as_object_mut()
    {
        members.remove("contained");
    }
    without_numbers(&mut shown);
    shown["resourceType"] = json!("DocumentReference");
    shown["id"] = json!(id);
    shown["meta"] = json!({
        "versionId": document.version.to_string(),
        "lastUpdated": instant(own.received),
    });
    shown["status"] = json!(if beside.superseded {
        "superseded"
    } else {
        "current"
    });
    shown["subject"] = json!({"reference": format!("Patient/{}", beside.patient)});
    if let Some(number) = beside.number {
        let number = json!({"system": number.system(), "value": number.value});
        shown["subject"]["identifier"] = number;
    }
    let coded = |place: Option<&Value>, code: &str| {
        let codings = place.and_then(Value::as_array).into_iter().flatten();
        codings.into_iter().any(|coding| coding["code"] == code)
    };
    // The person, or our tables, may have said better than the author what it is.
    if !coded(shown.pointer("/type/coding"), &own.type_code) {
        let known = rules.types.get(&own.type_code);
        let system = known.map_or_else(String::new, |known| fhir_system(&known.system));
        let display = known.map_or("", |known| known.label.as_str());
        shown["type"] = json!({"coding": [coding(&system, &own.type_code, display)]});
    }
    if let Some(class) = &own.class
        && !coded(shown.pointer("/category/0/coding"), class)
    {
        let class = coding(system::DOCUMENT_CLASS, class, "");
        shown["category"] = json!([{"coding": [class]}]);
    }
    shown["securityLabel"] = labels(&shown["securityLabel"], own.flags);
    let replaces = beside.replaces.iter().map(|older| {
        let target = json!({"reference": format!("DocumentReference/{older}")});
        json!({"code": "replaces", "target": target})
    });
    let replaces: Vec<Value> = replaces.collect();
    if !replaces.is_empty() {
        shown["relatesTo"] = replaces.into();
    }
    archived(&mut shown, own.archived);
    let said = shown["content"][0].clone();
    let mut attachment = json!({
        "contentType": own.media_type,
        "url": format!("{}/Binary/{id}", beside.base),
        "size": own.blob.size,
        "hash": own.hash,
        "title": ins::redact(&own.title),
    });
    for name in ["language", "creation"] {
        if said["attachment"][name].is_string() {
            attachment[name] = said["attachment"][name].clone();
        }
    }
    let mut content = json!({"attachment": attachment});
    if said["format"].is_object() {
        content["format"] = said["format"].clone();
    }
    shown["content"] = json!([content]);
    shown
}

fn fhir_system(system: &str) -> String {
    match system.bytes().next() {
        Some(b'0'..=b'9') => format!("urn:oid:{system}"),
        _ => system.to_owned(),
    }
}

fn coding(system: &str, code: &str, display: &str) -> Value {
    let mut coding = json!({"code": code});
    for (name, value) in [("system", system), ("display", display)] {
        if !value.is_empty() {
            coding[name] = json!(value);
        }
    }
    coding
}

/// The labels of the author that say nothing of visibility, and those of today.
fn labels(said: &Value, flags: access::Flags) -> Value {
    let is_level = |label: &&Value| {
        let codings = label["coding"].as_array().into_iter().flatten();
        let mut codings = codings.map(|coding| coding["code"].as_str().unwrap_or_default());
        codings.all(|code| matches!(code, "N" | "R" | "V"))
    };
    let said = said
        .as_array()
        .into_iter()
        .flatten()
        .filter(is_level)
        .cloned();
    let held = [
        (flags.professionals, "MASQUE_PS"),
        (flags.patient, "INVISIBLE_PATIENT"),
        (flags.representatives, "INVISIBLE_REPRESENTANTS_LEGAUX"),
    ];
    let held = held.into_iter().filter(|(held, _)| *held);
    let held = held.map(|(_, code)| json!({"coding": [coding(system::VISIBILITY, code, "")]}));
    let mut all: Vec<Value> = said.chain(held).collect();
    if all.is_empty() {
        let normal = coding(system::CONFIDENTIALITY, "N", "");
        all.push(json!({"coding": [normal]}));
    }
    all.into()
}

fn archived(shown: &mut Value, archived: bool) {
    let said = shown["extension"].as_array().into_iter().flatten();
    let is = |one: &&Value| one["url"] == system::IS_ARCHIVED;
    let mut all: Vec<Value> = said.filter(|one| !is(one)).cloned().collect();
    if archived {
        all.push(json!({"url": system::IS_ARCHIVED, "valueBoolean": true}));
    }
    match all.is_empty() {
        false => shown["extension"] = all.into(),
        true => drop(
            shown
                .as_object_mut()
                .map(|members| members.remove("extension")),
        ),
    }
}

/// Takes out every national number: identifiers, references by one, and what stands in a text.
fn without_numbers(value: &mut Value) {
    match value {
        Value::Array(all) => {
            all.retain(|one| !is_number(one));
            all.iter_mut().for_each(without_numbers);
            all.retain(|one| !is_empty(one));
        }
        Value::Object(members) => {
            members.retain(|name, value| {
                let by_number = name == "reference"
                    && value
                        .as_str()
                        .is_some_and(|text| text.contains("identifier="));
                !(is_number(value) || by_number)
            });
            for (name, value) in members.iter_mut() {
                match value {
                    Value::String(text) if IN_WORDS.contains(&name.as_str()) => {
                        *text = ins::redact(text).into_owned();
                    }
                    other => without_numbers(other),
                }
            }
            members.retain(|_, value| !is_empty(value));
        }
        _ => {}
    }
}

/// FHIR has no empty lists and no empty elements.
fn is_empty(value: &Value) -> bool {
    let list = value.as_array().is_some_and(Vec::is_empty);
    list || value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// Members that people write in.
const IN_WORDS: [&str; 4] = ["display", "description", "text", "title"];

/// An identifier under one of the authorities of the national identity.
fn is_number(value: &Value) -> bool {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let (Some(system), Some(value)) = (text("system"), text("value")) else {
        return false;
    };
    ins::Identifier::from_system(system, value).is_ok_and(|number| number.is_ins())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_stays_wherever_it_stood() {
        let number = json!({"system": "urn:oid:1.2.250.1.213.1.4.10", "value": "279035121518989"});
        let other = json!({"system": "urn:oid:1.2.3", "value": "42"});
        let mut value = json!({
            "author": [{"identifier": number, "display": "Mme X, 2 79 03 51 215 189 89"}],
            "related": [{"reference": "Patient?identifier=urn:oid:1.2.250.1.213.1.4.10|279035121518989"}],
            "identifier": [number, other],
            "description": "INS 279035121518989",
        });
        without_numbers(&mut value);
        assert_eq!(value["identifier"], json!([other]));
        assert_eq!(value["author"][0], json!({"display": "Mme X, [INS]"}));
        assert_eq!(value["related"], Value::Null, "nothing is left of it");
        assert!(!value.to_string().contains("279035121518989"), "{value}");
    }

    #[test]
    fn labels_are_those_of_today() {
        let label = |code: &str| json!({"coding": [{"code": code}]});
        let said = json!([label("R"), label("MASQUE_PS")]);
        let flags = |professionals, patient| access::Flags {
            professionals,
            patient,
            ..access::Flags::default()
        };
        let codes = |said: &Value, flags| {
            let all = labels(said, flags);
            let all = all.as_array().expect("labels").clone();
            let code = |one: &Value| one["coding"][0]["code"].as_str().map(str::to_owned);
            all.iter().filter_map(code).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(codes(&said, flags(false, false)), "R");
        assert_eq!(codes(&said, flags(false, true)), "R INVISIBLE_PATIENT");
        assert_eq!(codes(&Value::Null, flags(true, false)), "MASQUE_PS");
        assert_eq!(codes(&Value::Null, flags(false, false)), "N");
    }

    #[test]
    fn archived_is_said_of_what_is_now() {
        let mut shown = json!({"extension": [
            {"url": system::IS_ARCHIVED, "valueBoolean": true}, {"url": "x"}]});
        archived(&mut shown, false);
        assert_eq!(shown["extension"], json!([{"url": "x"}]));
        archived(&mut shown, true);
        assert_eq!(shown["extension"][1]["valueBoolean"], true);
    }
}
