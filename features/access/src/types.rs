//! Document types, their classes and the categories people see: data, replaceable at run time.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// The class of what goes with another document and follows its category: a signature, a style
/// sheet (TRE_A03).
pub const TECHNICAL: &str = "99";

/// The category of what has no other.
const OTHERS: &str = "AUTR_DOC";

/// Why a table is refused.
#[derive(Debug)]
pub enum BadTypes {
    /// It is not JSON of the shape of `reference/document-types.json`.
    Shape(serde_json::Error),
    /// What contradicts itself, a sentence each.
    Contents(Vec<String>),
}

impl std::fmt::Display for BadTypes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shape(error) => write!(f, "the table of document types: {error}"),
            Self::Contents(all) => f.write_str(&all.join("; ")),
        }
    }
}

impl std::error::Error for BadTypes {}

/// The table of document types (`reference/document-types.json`).
#[derive(Debug, Clone, Default)]
pub struct DocumentTypes {
    types: BTreeMap<String, DocumentType>,
    classes: BTreeMap<String, String>,
    categories: Vec<Category>,
}

/// A document type.
#[derive(Debug, Clone, Deserialize)]
pub struct DocumentType {
    /// LOINC or TRE_A05 code.
    pub code: String,
    /// OID or URI of its code system.
    pub system: String,
    /// French label.
    pub label: String,
    /// Class (TRE_A03).
    pub class: String,
    /// Category on screen.
    pub category: String,
}

/// A category as people see it.
#[derive(Debug, Clone, Deserialize)]
pub struct Category {
    /// Stable code.
    pub code: String,
    /// French label.
    pub label: String,
    /// Icon name.
    pub icon: String,
}

#[derive(Deserialize)]
struct File {
    classes: Vec<Class>,
    categories: Vec<Category>,
    types: Vec<DocumentType>,
}

#[derive(Deserialize)]
struct Class {
    code: String,
    label: String,
}

impl File {
    fn wrong(&self) -> Vec<String> {
        let classes: BTreeSet<&str> = self.classes.iter().map(|one| one.code.as_str()).collect();
        let categories: BTreeSet<&str> = self
            .categories
            .iter()
            .map(|one| one.code.as_str())
            .collect();
        let mut wrong = Vec::new();
        if !categories.contains(OTHERS) {
            wrong.push(format!("there is no category {OTHERS}"));
        }
        let mut seen = BTreeSet::new();
        for kind in &self.types {
            let code = &kind.code;
            if !seen.insert(code) {
                wrong.push(format!("type {code} stands twice"));
            }
            if code.is_empty() || kind.label.trim().is_empty() {
                wrong.push(format!("type « {code} » has no code or no label"));
            }
            if !classes.contains(kind.class.as_str()) {
                wrong.push(format!(
                    "type {code} is of the unknown class {}",
                    kind.class
                ));
            }
            if !categories.contains(kind.category.as_str()) {
                wrong.push(format!(
                    "type {code} is of the unknown category {}",
                    kind.category
                ));
            }
        }
        wrong
    }
}

impl DocumentTypes {
    /// Reads the table. Each type stands once, in a class and a category that are there.
    ///
    /// # Errors
    /// See [`BadTypes`].
    pub fn read(json: &str) -> Result<Self, BadTypes> {
        let file: File = serde_json::from_str(json).map_err(BadTypes::Shape)?;
        let wrong = file.wrong();
        if !wrong.is_empty() {
            return Err(BadTypes::Contents(wrong));
        }
        Ok(Self {
            types: file
                .types
                .into_iter()
                .map(|kind| (kind.code.clone(), kind))
                .collect(),
            classes: file
                .classes
                .into_iter()
                .map(|class| (class.code, class.label))
                .collect(),
            categories: file.categories,
        })
    }

    /// A type; `None` when nobody here knows it.
    pub fn get(&self, code: &str) -> Option<&DocumentType> {
        self.types.get(code)
    }

    /// The class of a type: the table's, else the one that was stored with the document.
    pub fn class_of<'a>(&'a self, code: &str, stored: Option<&'a str>) -> Option<&'a str> {
        self.get(code).map(|kind| kind.class.as_str()).or(stored)
    }

    /// Every type, by code.
    pub fn all(&self) -> impl Iterator<Item = &DocumentType> {
        self.types.values()
    }

    /// Every class: code and French label.
    pub fn classes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.classes
            .iter()
            .map(|(code, label)| (code.as_str(), label.as_str()))
    }

    /// The French label of a class.
    pub fn class(&self, code: &str) -> Option<&str> {
        self.classes.get(code).map(String::as_str)
    }

    /// The categories, in the order of the screen.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The category of a type; the last one (« autres ») when the type is unknown.
    pub fn category_of(&self, code: &str) -> Option<&Category> {
        let wanted = self.get(code).map(|kind| kind.category.as_str());
        self.categories
            .iter()
            .find(|category| Some(category.code.as_str()) == wanted)
            .or_else(|| {
                self.categories
                    .iter()
                    .find(|category| category.code == OTHERS)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../reference/document-types.json");

    #[test]
    fn every_national_type_has_one_class_and_one_category() {
        let types = DocumentTypes::read(SHIPPED).expect("the table that is shipped");
        assert!(types.all().count() >= 132 && types.categories().len() == 15);
        for kind in types.all() {
            assert!(types.class(&kind.class).is_some(), "{}", kind.code);
            let category = types.category_of(&kind.code).expect("a category");
            assert_eq!(category.code, kind.category);
        }
        assert_eq!(types.category_of("?").expect("others").code, OTHERS);
        assert_eq!(types.class_of("11502-2", None), Some("10"));
        assert_eq!(
            types.class_of("11502-2", Some("52")),
            Some("10"),
            "the table wins"
        );
        assert_eq!(types.class_of("?", Some("52")), Some("52"));
        assert_eq!(types.class_of("?", None), None);
    }

    #[test]
    fn a_table_that_contradicts_itself_is_refused_with_each_reason() {
        let table = r#"{"classes": [{"code": "10", "label": "CR"}],
            "categories": [{"code": "CPT_REND", "label": "CR", "icon": "document"}],
            "types": [
                {"code": "A", "system": "s", "label": "a", "class": "10", "category": "CPT_REND"},
                {"code": "A", "system": "s", "label": " ", "class": "11", "category": "X"}]}"#;
        let Err(BadTypes::Contents(wrong)) = DocumentTypes::read(table) else {
            panic!("it is refused");
        };
        assert_eq!(wrong.len(), 5, "{wrong:?}");
        assert!(matches!(DocumentTypes::read("[]"), Err(BadTypes::Shape(_))));
    }
}
