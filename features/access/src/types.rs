//! Document types, their classes and the categories people see: data, replaceable at run time.

use std::collections::BTreeMap;

use serde::Deserialize;

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

impl DocumentTypes {
    /// Reads the table.
    ///
    /// # Errors
    /// When it is not JSON of that shape.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(json)?;
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
                    .find(|category| category.code == "AUTR_DOC")
            })
    }
}
