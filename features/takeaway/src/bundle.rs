//! The archive's data as FHIR: the documents as they came, and results of laboratories as
//! observations; written as text, one resource after the other.

use cda::{Interval, LabValue, Quantity};
use documents::{Stored, results::Observed};
use serde_json::{Value, json};

/// Where it lies in the archive.
pub(crate) const FILE: &str = "FHIR/BUNDLE.JSON";

/// A `Bundle` under way.
pub(crate) struct Bundle {
    text: String,
    first: bool,
}

impl Bundle {
    pub fn new(patient: Option<&Value>) -> Self {
        let mut bundle = Self {
            text: r#"{"resourceType":"Bundle","type":"collection","entry":["#.to_owned(),
            first: true,
        };
        if let Some(patient) = patient {
            bundle.add(patient);
        }
        bundle
    }

    /// A resource as it is kept.
    pub fn add(&mut self, resource: &Value) {
        if !std::mem::take(&mut self.first) {
            self.text.push(',');
        }
        self.text
            .push_str(&json!({ "resource": resource }).to_string());
        self.text.push('\n');
    }

    /// A document as its author described it; its file is named where it lies in the archive.
    pub fn document(&mut self, id: &str, stored: &Stored, file: &str) {
        let mut resource = stored.resource.clone();
        resource["id"] = json!(id);
        if let Some(object) = resource.as_object_mut() {
            // It may name what whoever asked may not know of.
            object.remove("relatesTo");
        }
        if let Some(attachment) = resource.pointer_mut("/content/0/attachment") {
            attachment["url"] = json!(file);
            if let Some(object) = attachment.as_object_mut() {
                object.remove("data");
            }
        }
        self.add(&resource);
    }

    /// A result of a laboratory.
    pub fn observation(&mut self, seen: &Observed) {
        let result = &seen.result;
        let mut resource = json!({
            "resourceType": "Observation",
            "status": "final",
            "category": [{ "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                "code": "laboratory",
            }] }],
            "code": { "text": result.name },
            "effectiveDateTime": seen.at.to_string(),
            "derivedFrom": [{ "reference": format!("DocumentReference/{}", seen.origin.document) }],
        });
        if let Some(code) = result.code.as_ref().and_then(cda::Code::loinc) {
            resource["code"]["coding"] = json!([{ "system": "http://loinc.org", "code": code }]);
        }
        match &result.value {
            LabValue::Quantity(quantity) => resource["valueQuantity"] = value(quantity),
            LabValue::Interval(interval) => resource["valueRange"] = bounds(interval),
            LabValue::Words(words) => resource["valueString"] = json!(words),
            LabValue::Absent => resource["dataAbsentReason"] = json!({ "text": "absent" }),
        }
        if let Some(range) = &result.range {
            resource["referenceRange"] = json!([bounds(range)]);
        }
        self.add(&resource);
    }

    pub fn end(mut self) -> Vec<u8> {
        self.text.push_str("]}\n");
        self.text.into_bytes()
    }
}

fn bounds(interval: &Interval) -> Value {
    let mut between = json!({});
    for (name, bound) in [("low", &interval.low), ("high", &interval.high)] {
        if let Some(bound) = bound {
            between[name] = value(bound);
        }
    }
    between
}

fn value(quantity: &Quantity) -> Value {
    json!({
        "value": quantity.value(),
        "unit": quantity.unit,
        "system": "http://unitsofmeasure.org",
        "code": quantity.unit,
    })
}
