//! The access matrix: profession × document type → may consult.
//!
//! The official matrix (order of 26 October 2023) is not public in machine
//! form. What is shipped is a *proposed default*, named so wherever it is shown,
//! and replaceable at run time. Deny wins; an unknown profession or type is no.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::DocumentTypes;

/// Which document types each profession may consult.
#[derive(Debug, Clone, Default)]
pub struct AccessMatrix {
    rows: BTreeMap<String, Row>,
    /// Its version, where an operator put it in place of the proposed default; perhaps empty.
    imported: Option<String>,
}

/// A line of an imported matrix that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixFault {
    /// From 1.
    pub line: usize,
    /// What is wrong, in French, and how to mend it.
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
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

/// How one matrix differs from another, in pairs of a profession and a type that it may consult.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Pairs {
    /// Open before.
    pub before: usize,
    /// Open now.
    pub now: usize,
    /// Open now, and not before.
    pub opened: usize,
    /// Open before, and not now.
    pub closed: usize,
}

impl Pairs {
    /// Whether a fifth or more of what was open closes: the file was cut short, or holds a part.
    pub fn is_cut_short(&self) -> bool {
        self.closed > 0 && self.closed * 5 >= self.before
    }
}

/// The status of what is shipped.
const PROPOSED: &str = "proposed";

#[derive(Deserialize)]
struct File {
    rows: Vec<Row>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    version: String,
}

impl AccessMatrix {
    /// Reads a matrix file (`reference/access-matrix.json`).
    ///
    /// # Errors
    /// When it is not JSON of that shape.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let file: File = serde_json::from_str(json)?;
        let rows = file.rows.into_iter();
        Ok(Self {
            rows: rows.map(|row| (row.profession.clone(), row)).collect(),
            imported: (file.status != PROPOSED).then_some(file.version),
        })
    }

    /// Reads rows « profession, class, type, yes or no » (separated by a comma, a semicolon or a
    /// tab), that take the place of every row of this matrix. What no row says is no. Professions
    /// keep the names that they have here.
    ///
    /// # Errors
    /// Every line that cannot be taken; then nothing is.
    pub fn with_rows(&self, text: &str, types: &DocumentTypes) -> Result<Self, Vec<MatrixFault>> {
        let mut faults = vec![];
        let mut said: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let cells: Vec<&str> = line.split([',', ';', '\t']).map(str::trim).collect();
            if line.trim().is_empty() || at == 0 && cells[0].eq_ignore_ascii_case("profession") {
                continue;
            }
            match self.cell(&cells, types) {
                Ok((profession, code, may)) => {
                    if said.insert((profession, code), may) == Some(!may) {
                        let reason = format!(
                            "« {profession}, {code} » est dit deux fois, une fois oui et une fois non : gardez une des deux lignes."
                        );
                        faults.push(MatrixFault {
                            line: at + 1,
                            reason,
                        });
                    }
                }
                Err(reason) => faults.push(MatrixFault {
                    line: at + 1,
                    reason,
                }),
            }
        }
        if said.is_empty() && faults.is_empty() {
            faults.push(MatrixFault {
                line: 1,
                reason:
                    "Le fichier ne contient aucune ligne « profession, classe, type, oui ou non »."
                        .to_owned(),
            });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut rows = self.rows.clone();
        for row in rows.values_mut() {
            row.allow_classes.clear();
            row.allow_types.clear();
            row.deny_types.clear();
        }
        for ((profession, code), may) in said {
            let row = rows.get_mut(profession).expect("a known profession");
            let cells = match may {
                true => &mut row.allow_types,
                false => &mut row.deny_types,
            };
            cells.insert(code.to_owned());
        }
        Ok(Self {
            rows,
            imported: None,
        })
    }

    fn cell<'a>(
        &self,
        cells: &[&'a str],
        types: &DocumentTypes,
    ) -> Result<(&'a str, &'a str, bool), String> {
        let [profession, class, code, may] = cells else {
            return Err(
                "Il faut quatre colonnes : profession, classe, type, oui ou non.".to_owned(),
            );
        };
        if !self.rows.contains_key(*profession) {
            return Err(format!(
                "La profession « {profession} » n’est pas connue : utilisez son code (TRE_G15)."
            ));
        }
        let Some(kind) = types.get(code) else {
            return Err(format!(
                "Le type « {code} » n’est pas connu : utilisez son code LOINC ou TRE_A05."
            ));
        };
        if kind.class != *class {
            return Err(format!(
                "Le type « {code} » est de la classe {}, non « {class} ».",
                kind.class
            ));
        }
        let may = match may.to_lowercase().as_str() {
            "yes" | "oui" | "true" | "vrai" | "1" => true,
            "no" | "non" | "false" | "faux" | "0" => false,
            other => return Err(format!("« {other} » n’est ni oui ni non.")),
        };
        Ok((profession, code, may))
    }

    /// The matrix as a file that [`AccessMatrix::read`] reads, under the name of a version.
    pub fn to_json(&self, version: &str) -> String {
        let rows: Vec<&Row> = self.rows.values().collect();
        serde_json::json!({"status": "imported", "version": version, "rows": rows}).to_string()
    }

    /// The version of a matrix that was imported, perhaps empty; `None` for the proposed default.
    pub fn imported(&self) -> Option<&str> {
        self.imported.as_deref()
    }

    /// Whether that profession may consult that type; `class` is `None` when the type is unknown.
    pub fn allows(&self, profession: &str, class: Option<&str>, type_code: &str) -> bool {
        let (Some(row), Some(class)) = (self.rows.get(profession), class) else {
            return false;
        };
        !row.deny_types.contains(type_code)
            && (row.allow_types.contains(type_code) || row.allow_classes.contains(class))
    }

    /// How many pairs of a profession and a type are open in `old` or in `self`, and in which.
    pub fn pairs(&self, old: &Self, types: &DocumentTypes) -> Pairs {
        let mut pairs = Pairs::default();
        let all: BTreeSet<&String> = self.rows.keys().chain(old.rows.keys()).collect();
        for profession in all {
            for kind in types.all() {
                let open = |matrix: &Self| matrix.allows(profession, Some(&kind.class), &kind.code);
                let (before, now) = (open(old), open(self));
                pairs.before += usize::from(before);
                pairs.now += usize::from(now);
                pairs.opened += usize::from(now && !before);
                pairs.closed += usize::from(before && !now);
            }
        }
        pairs
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
    fn rows_take_the_place_of_the_whole_matrix_or_of_nothing() {
        let types = DocumentTypes::read(
            r#"{"classes": [{"code": "10", "label": "CR"}],
                "categories": [{"code": "AUTR_DOC", "label": "Autres", "icon": "folder"}], "types": [
                {"code": "A", "system": "", "label": "a", "class": "10", "category": "AUTR_DOC"},
                {"code": "B", "system": "", "label": "b", "class": "10", "category": "AUTR_DOC"}]}"#,
        )
        .expect("types");
        let matrix = AccessMatrix::read(
            r#"{"rows": [{"profession": "10", "label": "Médecin", "allowClasses": ["10"]},
                {"profession": "60", "label": "Infirmier", "allowClasses": ["10"]}]}"#,
        )
        .expect("a matrix");
        let read = |text: &str| matrix.with_rows(text, &types);
        let text = "\u{feff}profession;class;type;allowed\n10;10;A;oui\n10;10;B;non\n\n";
        let taken = read(text).expect("taken");
        let taken = AccessMatrix::read(&taken.to_json("2026-11")).expect("written and read");
        assert_eq!(taken.imported(), Some("2026-11"));
        assert!(taken.allows("10", Some("10"), "A"));
        assert!(!taken.allows("10", Some("10"), "B"));
        assert!(
            !taken.allows("60", Some("10"), "A"),
            "what no row says is no"
        );
        assert_eq!(taken.profession("60"), Some("Infirmier"));
        let pairs = taken.pairs(&matrix, &types);
        let (before, now, opened, closed) = (4, 1, 0, 3);
        let found = Pairs {
            before,
            now,
            opened,
            closed,
        };
        assert!(pairs == found && pairs.is_cut_short(), "{pairs:?}");
        let same = taken.pairs(&taken, &types);
        assert!(same.now == 1 && !same.is_cut_short());
        let faults = read(
            "10,10,A,yes\n10,10,A,no\n99,10,A,yes\n10,10,C,yes\n10,11,A,yes\n10,10,A,perhaps\n10,A,yes",
        );
        let lines = faults
            .expect_err("refused")
            .into_iter()
            .map(|fault| fault.line);
        assert_eq!(lines.collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7]);
        assert!(read("").is_err() && read("profession,class,type,allowed").is_err());
    }

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
