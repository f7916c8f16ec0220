//! A reading of a measure as an `Observation` of the guide's profiles.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Answer, Measure, Measures};

const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const UCUM: &str = "http://unitsofmeasure.org";
const REASON: &str = "mesures-reason-for-measurement";
/// Where a reading comes from that its person brought back in an archive.
const ARCHIVE: &str = "urn:x-carnet:archive";

/// What was measured once.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Names it: a FHIR id.
    pub id: String,
    /// Of what.
    pub measure: &'static Measure,
    /// When.
    pub at: Timestamp,
    /// Its numbers, in the unit of the measure and the order of its parts.
    pub values: Vec<f64>,
    /// The answer to what the measure asks.
    pub answer: Option<&'static Answer>,
    /// What the person said of it; may be empty.
    pub reason: String,
    /// The person brought it, in an archive.
    pub brought: bool,
}

impl Reading {
    /// Whether another says the same of the same instant.
    pub fn says_as(&self, other: &Self) -> bool {
        let code = |one: &Self| one.answer.map(|answer| &answer.code);
        self.measure.id == other.measure.id
            && self.at == other.at
            && self.values == other.values
            && code(self) == code(other)
            && self.reason == other.reason
    }

    /// It as an `Observation`.
    pub fn resource(&self) -> Value {
        let measure = self.measure;
        let mut resource = json!({
            "resourceType": "Observation",
            "id": self.id,
            "meta": { "profile": [measure.profile] },
            "status": "final",
            "category": [{ "coding": [{ "system": CATEGORY, "code": "vital-signs" }] }],
            "code": { "coding": [{ "system": measure.system, "code": measure.code }] },
            "effectiveDateTime": self.at.to_string(),
        });
        if self.brought {
            resource["meta"]["source"] = json!(ARCHIVE);
        }
        let quantity = |value: f64| {
            json!({
                "value": number(value),
                "unit": measure.wire.as_ref().unwrap_or(&measure.unit),
                "system": UCUM,
                "code": measure.unit,
            })
        };
        match measure.parts() {
            [] => {
                if let [value] = self.values.as_slice() {
                    resource["valueQuantity"] = quantity(*value);
                }
            }
            parts => {
                let both = parts.iter().zip(&self.values);
                let component = both.map(|(part, value)| {
                    json!({
                        "code": { "coding": [{ "system": crate::system::LOINC, "code": part.code }] },
                        "valueQuantity": quantity(*value),
                    })
                });
                resource["component"] = component.collect();
            }
        }
        let mut extensions = vec![];
        let address = |name: &str| format!("{}{name}", Measures::ours().base);
        if !self.reason.is_empty() {
            extensions.push(json!({ "url": address(REASON), "valueString": self.reason }));
        }
        if let (Some(ask), Some(answer)) = (measure.ask(), self.answer) {
            let coding = json!([{ "system": answer.system, "code": answer.code }]);
            extensions.push(json!({
                "url": address(&ask.extension),
                "valueCodeableConcept": { "coding": coding },
            }));
        }
        if !extensions.is_empty() {
            resource["extension"] = Value::Array(extensions);
        }
        resource
    }

    /// Reads one; none when it is of no measure that is known, or says no number.
    pub fn of(resource: &Value) -> Option<Self> {
        let text = |at: &str| resource.pointer(at).and_then(Value::as_str);
        let (system, code) = (text("/code/coding/0/system")?, text("/code/coding/0/code")?);
        let table = Measures::ours();
        let is_it = |one: &&Measure| one.system == system && one.code == code;
        let measure = table.all().iter().find(is_it)?;
        let value = |quantity: &Value| {
            let same = quantity.get("code")?.as_str()? == measure.unit;
            quantity.get("value")?.as_f64().filter(|_| same)
        };
        let values: Vec<Option<f64>> = match measure.parts() {
            [] => vec![value(resource.get("valueQuantity")?)],
            parts => {
                let components = resource.get("component")?.as_array()?;
                let of = |code: &str| {
                    let is = |one: &&Value| {
                        one.pointer("/code/coding/0/code").and_then(Value::as_str) == Some(code)
                    };
                    value(components.iter().find(is)?.get("valueQuantity")?)
                };
                parts.iter().map(|part| of(&part.code)).collect()
            }
        };
        let values: Option<Vec<f64>> = values.into_iter().collect();
        let extensions = resource.get("extension").and_then(Value::as_array);
        let extension = |name: &str| {
            let is = |one: &&Value| {
                let url = one.get("url").and_then(Value::as_str);
                url.and_then(|url| url.rsplit('/').next()) == Some(name)
            };
            extensions?.iter().find(is)
        };
        let said = extension(REASON).and_then(|one| one.get("valueString")?.as_str());
        let answer = measure.ask().and_then(|ask| {
            let code = extension(&ask.extension)?
                .pointer("/valueCodeableConcept/coding/0/code")?
                .as_str()?;
            ask.answer(code)
        });
        Some(Self {
            id: text("/id")?.to_owned(),
            measure,
            at: text("/effectiveDateTime")?.parse().ok()?,
            values: values?,
            answer,
            reason: said.unwrap_or_default().to_owned(),
            brought: text("/meta/source") == Some(ARCHIVE),
        })
    }
}

/// « 92 », not « 92.0 ».
fn number(value: f64) -> Value {
    let text = value.to_string();
    text.parse::<i64>()
        .map_or_else(|_| json!(value), Value::from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reading(id: &str, values: &[f64]) -> Reading {
        Reading {
            id: "a1".to_owned(),
            measure: Measures::ours().get(id).expect("in the table"),
            at: "2026-11-30T07:30:00Z".parse().expect("an instant"),
            values: values.to_vec(),
            answer: None,
            reason: String::new(),
            brought: false,
        }
    }

    #[test]
    fn a_reading_is_written_as_the_guide_says() {
        let mut glucose = reading("glucose-blood", &[92.0]);
        let fasting = glucose.measure.ask().and_then(|ask| ask.answer("53049-3"));
        glucose.answer = fasting;
        glucose.reason = "Avant de partir".to_owned();
        let resource = glucose.resource();
        assert_eq!(resource["valueQuantity"]["value"], json!(92));
        assert_eq!(resource["valueQuantity"]["code"], "mg/dL");
        let urls = resource["extension"].as_array().expect("two").iter();
        let urls: Vec<_> = urls
            .map(|one| one["url"].as_str().expect("a url"))
            .collect();
        assert!(urls[0].ends_with("mesures-reason-for-measurement"));
        assert!(urls[1].ends_with("mesures-moment-of-measurement"));
        assert!(Reading::of(&resource).expect("read").says_as(&glucose));
        let tension = reading("blood-pressure", &[124.0, 79.0]);
        let resource = tension.resource();
        assert!(resource.get("valueQuantity").is_none());
        assert_eq!(
            resource["component"][0]["code"]["coding"][0]["code"],
            "8480-6"
        );
        assert!(Reading::of(&resource).expect("read").says_as(&tension));
        let steps = reading("steps", &[8_000.0]).resource();
        assert_eq!(steps["valueQuantity"]["unit"], "steps/day");
    }

    #[test]
    fn what_was_brought_says_so() {
        let mut weight = reading("weight", &[72.5]);
        assert!(!Reading::of(&weight.resource()).expect("read").brought);
        weight.brought = true;
        assert!(Reading::of(&weight.resource()).expect("read").brought);
    }

    #[test]
    fn what_is_of_no_measure_is_not_read() {
        let mut resource = reading("weight", &[72.5]).resource();
        resource["valueQuantity"]["code"] = json!("[lb_av]");
        assert!(Reading::of(&resource).is_none());
        resource["code"]["coding"][0]["code"] = json!("99999-9");
        assert!(Reading::of(&resource).is_none());
        assert!(Reading::of(&json!({ "resourceType": "Observation" })).is_none());
    }

    proptest! {
        #[test]
        fn every_reading_reads_back(
            at in 0usize..16, second in -2_000_000_000_i64..4_000_000_000, value in 0.0..1_000.0_f64, reason in "\\PC{0,20}",
        ) {
            let measure = &Measures::ours().all()[at];
            let written = Reading {
                measure,
                at: Timestamp::from_second(second).expect("an instant"),
                values: vec![measure.rounded(value); measure.numbers()],
                answer: measure.ask().and_then(|ask| ask.options.last()),
                reason,
                ..reading("weight", &[])
            };
            prop_assert!(Reading::of(&written.resource()).expect("read").says_as(&written));
        }
    }
}
