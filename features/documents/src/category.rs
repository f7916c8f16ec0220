//! The category of a document on screen. What goes with another document, a signature or a style
//! sheet (class 99), is where that document is.
//!
//! Found among what a viewer may see: where the other one is hidden, it stands with the rest.

use std::collections::HashMap;

use access::{Category, DocumentTypes, TECHNICAL};
use ambient::Id;

use crate::Document;

/// Categories of some documents.
pub struct Categories<'a> {
    types: &'a DocumentTypes,
    /// The type of the document that each technical one goes with.
    leaders: HashMap<Id, &'a str>,
}

impl<'a> Categories<'a> {
    /// The categories of `documents`: all that a viewer may see.
    pub fn among(types: &'a DocumentTypes, documents: &[&'a Document]) -> Self {
        let technical = documents.iter().filter(|one| is_technical(one, types));
        let wanted: Vec<(Id, String)> = technical
            .filter_map(|one| Some((one.id(), leader(one)?)))
            .collect();
        let mut leaders = HashMap::new();
        if !wanted.is_empty() {
            let mut names: HashMap<String, &'a str> = HashMap::new();
            for document in documents.iter().filter(|one| !is_technical(one, types)) {
                let code = &*document.item.type_code;
                names.insert(document.id().to_string(), code);
                if let Ok(stored) = document.stored() {
                    names.insert(stored.own.unique_id, code);
                }
            }
            let known = wanted.into_iter();
            leaders.extend(known.filter_map(|(id, name)| Some((id, *names.get(&name)?))));
        }
        Self { types, leaders }
    }

    /// The category of one of them.
    pub fn of(&self, document: &Document) -> Option<&'a Category> {
        let own = &*document.item.type_code;
        let code = self.leaders.get(&document.id()).copied().unwrap_or(own);
        self.types.category_of(code)
    }
}

fn is_technical(document: &Document, types: &DocumentTypes) -> bool {
    let item = &document.item;
    types.class_of(&item.type_code, item.class.as_deref()) == Some(TECHNICAL)
}

/// The name of the document that a technical one says it goes with: our id, or a `uniqueId`.
fn leader(document: &Document) -> Option<String> {
    let resource = document.stored().ok()?.resource;
    let related = resource.get("relatesTo")?.as_array()?;
    let goes_with = related.iter().find(|one| {
        let code = one.get("code").and_then(|code| code.as_str());
        matches!(code, Some("signs" | "appends" | "transforms"))
    });
    let target = goes_with?.get("target")?;
    let reference = target.get("reference").and_then(|text| text.as_str());
    let id = reference.and_then(|text| text.rsplit('/').next());
    let name = || target.pointer("/identifier/value")?.as_str();
    id.or_else(name).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Stored, samples};

    #[test]
    fn a_signature_stands_with_what_it_signs() {
        let types = samples::rules().types;
        let report = samples::document(1, samples::own("CR"));
        let signature = |id: u8, target: serde_json::Value| {
            let mut own = samples::own("Signature");
            (own.type_code, own.class) = ("E1762".into(), Some("99".into()));
            own.unique_id = format!("urn:oid:1.2.3.{id}");
            let related = json!([{ "code": "signs", "target": target }]);
            samples::document_of(id, &Stored::new(json!({ "relatesTo": related }), own))
        };
        let by_name = signature(2, json!({ "identifier": { "value": "urn:oid:1.2.3" } }));
        let id = report.id();
        let by_id = signature(3, json!({ "reference": format!("DocumentReference/{id}") }));
        let lost = signature(4, json!({ "identifier": { "value": "urn:oid:9" } }));
        let all = [&report, &by_name, &by_id, &lost];
        let categories = Categories::among(&types, &all);
        let codes = all.map(|one| categories.of(one).map(|found| found.code.as_str()));
        let lab = Some("BIOLOGIE");
        assert_eq!(codes, [lab, lab, lab, Some("AUTR_DOC")]);
        let alone = Categories::among(&types, &[&by_name]);
        assert_eq!(
            alone.of(&by_name).map(|one| one.code.as_str()),
            Some("AUTR_DOC")
        );
    }
}
