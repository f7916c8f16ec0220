//! The access matrix: profession × document type → may consult.
//!
//! The official matrix (order of 26 October 2023) is not public in machine
//! form. What is shipped is a *proposed default*, named so wherever it is shown,
//! and replaceable at run time. Deny wins; an unknown profession or type is no.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// Which document types each profession may consult.
#[derive(Debug, Clone, Default)]
pub struct AccessMatrix {
    rows: BTreeMap<String, Row>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    profession: String,
    label: String,
    #[serde(default)]
    allow_classes: BTreeSet<String>,
    #[serde(default)]
    allow_types: BTreeSet<String>,
    #[serde(default)]
    deny_types: BTreeSet<String>,
}

#[derive(Deserialize)]
struct File {
    rows: Vec<Row>,
}

impl AccessMatrix {
    /// Reads a matrix file (`reference/access-matrix.json`).
    ///
    /// # Errors
    /// When it is not JSON of that shape.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(json)?;
        let rows = file
            .rows
            .into_iter()
            .map(|row| (row.profession.clone(), row))
            .collect();
        Ok(Self { rows })
    }

    /// Whether that profession may consult that type; `class` is `None` when the type is unknown.
    pub fn allows(&self, profession: &str, class: Option<&str>, type_code: &str) -> bool {
        let (Some(row), Some(class)) = (self.rows.get(profession), class) else {
            return false;
        };
        !row.deny_types.contains(type_code)
            && (row.allow_types.contains(type_code) || row.allow_classes.contains(class))
    }

    /// The French name of a profession.
    pub fn profession(&self, code: &str) -> Option<&str> {
        self.rows.get(code).map(|row| row.label.as_str())
    }

    /// Every profession: code and French name.
    pub fn professions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rows
            .values()
            .map(|row| (row.profession.as_str(), row.label.as_str()))
    }
}

#[cfg(test)]
#[path = "matrix_oracle.rs"]
mod oracle;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deny_wins_and_unknown_is_no() {
        let matrix = AccessMatrix::read(
            r#"{"rows": [{"profession": "60", "label": "Infirmier", "allowClasses": ["10"],
                "allowTypes": ["X"], "denyTypes": ["75496-0"]}]}"#,
        )
        .expect("a matrix");
        assert!(matrix.allows("60", Some("10"), "11488-4"));
        assert!(
            matrix.allows("60", Some("52"), "X"),
            "a type beside its class"
        );
        assert!(!matrix.allows("60", Some("10"), "75496-0"));
        assert!(!matrix.allows("60", Some("52"), "11369-6"));
        assert!(!matrix.allows("60", None, "11488-4"), "an unknown type");
        assert!(
            !matrix.allows("61", Some("10"), "11488-4"),
            "an unknown profession"
        );
    }
}
