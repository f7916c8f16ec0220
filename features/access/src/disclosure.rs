//! When what waits to be explained to the person is shown to them, by type: data.
//!
//! An author may keep a document from its patient until a consultation (`INVISIBLE_PATIENT`). The
//! table says when it is shown all the same: at once, after some days, or when the author says so.
//! What is shipped is a *proposed default*, replaceable at run time. A type that the table does
//! not name follows its default.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The table (`reference/disclosure.json`).
#[derive(Debug, Clone, Default)]
pub struct Disclosure {
    default: Release,
    types: BTreeMap<String, Release>,
}

/// When a document that waits is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Release {
    /// It does not wait.
    AtOnce,
    /// After so many days.
    AfterDays(u16),
    /// When its author says that it was explained.
    #[default]
    AfterConsultation,
}

#[derive(Deserialize)]
struct File {
    default: Release,
    disclosure: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    types: Vec<String>,
    shown: Release,
}

impl Disclosure {
    /// Reads the table.
    ///
    /// # Errors
    /// When it is not JSON of that shape.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(json)?;
        let mut types = BTreeMap::new();
        for row in file.disclosure {
            types.extend(row.types.into_iter().map(|code| (code, row.shown)));
        }
        Ok(Self {
            default: file.default,
            types,
        })
    }

    /// When a document of that type is shown.
    pub fn of(&self, type_code: &str) -> Release {
        self.types.get(type_code).copied().unwrap_or(self.default)
    }

    /// How many types it names.
    pub fn len(&self) -> usize {
        self.types.len()
    }

    /// Whether it names none.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// The types that it names.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_waits_as_the_table_says_and_others_by_default() {
        let shipped = include_str!("../../../reference/disclosure.json");
        let table = Disclosure::read(shipped).expect("the table that is shipped");
        assert_eq!(table.of("11502-2"), Release::AfterDays(15));
        assert_eq!(table.of("60568-3"), Release::AfterConsultation);
        assert_eq!(table.of("REMB"), Release::AtOnce);
        assert_eq!(table.of("nobody knows"), Release::AfterConsultation);
        assert_eq!(
            Disclosure::default().of("11502-2"),
            Release::AfterConsultation
        );
        assert!(Disclosure::read(r#"{"default": "never", "disclosure": []}"#).is_err());
    }
}
