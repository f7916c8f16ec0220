//! The strict traits of civil status, and whether two sets are one person's.

use crate::{BirthDate, fold};
use serde::{Deserialize, Serialize};

/// Sex of civil status. The serialized form is FHIR's administrative gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Not determined or not known.
    Unknown,
}

impl Sex {
    /// FHIR's code: `male`, `female`, `unknown`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Unknown => "unknown",
        }
    }

    /// Reads FHIR's code; `other` counts as unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "male" => Some(Self::Male),
            "female" => Some(Self::Female),
            "unknown" | "other" => Some(Self::Unknown),
            _ => None,
        }
    }
}

/// The strict traits that go with a number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    /// Family name at birth.
    pub birth_family_name: String,
    /// Given names of the birth certificate, in order. Software often sends one
    /// text for the whole list (« JEANNE MARIE »).
    #[serde(default)]
    pub birth_given_names: Vec<String>,
    /// First given name, when it was stated apart from the list.
    #[serde(default)]
    pub first_given_name: Option<String>,
    /// Birth date.
    pub birth_date: BirthDate,
    /// Sex.
    pub sex: Sex,
    /// INSEE code of the place of birth (99xxx abroad).
    #[serde(default)]
    pub birth_place: Option<String>,
}

impl std::fmt::Debug for Traits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Traits(***)")
    }
}

impl Traits {
    /// All strict traits in one text, the same for two sets of one person; `None` when one of them
    /// is missing or not known to the day.
    pub fn strict(&self) -> Option<String> {
        let family = Some(fold(&self.birth_family_name)).filter(|name| !name.is_empty())?;
        let (given, place) = (first_name(self)?, place(self)?);
        let born = self.birth_date.day()?;
        match self.sex {
            Sex::Unknown => None,
            sex => Some(format!("{family}|{given}|{born}|{}|{place}", sex.code())),
        }
    }
}

/// Outcome of [`compare`]. A refusal carries no detail, so that no answer can
/// tell a caller which trait was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// One person.
    Yes {
        /// What could not be verified.
        warnings: Vec<Warning>,
    },
    /// Not shown to be one person: quarantine.
    No,
}

impl Match {
    /// Whether the traits agree.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes { .. })
    }
}

/// What an agreement leaves unverified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// One side has no place of birth.
    BirthPlaceMissing,
    /// One side gave its names as one text: where the first one ends was
    /// settled by the other side.
    FirstNameFromList,
}

/// Compares our traits with those that came with a document.
///
/// Family name and first given name must be equal once [`fold`]ed, date and sex
/// exactly. A missing place of birth is a warning, a different one a refusal.
pub fn compare(ours: &Traits, theirs: &Traits) -> Match {
    let family = fold(&ours.birth_family_name);
    let same_person = !family.is_empty()
        && family == fold(&theirs.birth_family_name)
        && ours.birth_date == theirs.birth_date
        && ours.sex == theirs.sex;
    let Some(first_name) = same_first_name(ours, theirs).filter(|_| same_person) else {
        return Match::No;
    };
    let mut warnings = Vec::new();
    if first_name == FirstName::FromList {
        warnings.push(Warning::FirstNameFromList);
    }
    match (place(ours), place(theirs)) {
        (Some(a), Some(b)) if a != b => return Match::No,
        (Some(_), Some(_)) => {}
        _ => warnings.push(Warning::BirthPlaceMissing),
    }
    Match::Yes { warnings }
}

#[derive(PartialEq, Eq)]
enum FirstName {
    Equal,
    FromList,
}

fn same_first_name(ours: &Traits, theirs: &Traits) -> Option<FirstName> {
    let (a, b) = (first_name(ours)?, first_name(theirs)?);
    if a == b {
        return Some(FirstName::Equal);
    }
    (list_starts_with(ours, &b) || list_starts_with(theirs, &a)).then_some(FirstName::FromList)
}

fn first_name(traits: &Traits) -> Option<String> {
    let stated = traits.first_given_name.as_ref();
    let first = stated.or(traits.birth_given_names.first())?;
    Some(fold(first)).filter(|name| !name.is_empty())
}

/// Whether the first words of a list without a stated first name are `name`.
/// A hyphen holds a compound name together: « Jean » is not the first of
/// « Jean-Pierre », but may be of « Jean Pierre ».
fn list_starts_with(traits: &Traits, name: &str) -> bool {
    if traits.first_given_name.is_some() {
        return false;
    }
    let mut start = String::new();
    for word in traits
        .birth_given_names
        .iter()
        .flat_map(|n| n.split_whitespace())
    {
        if !start.is_empty() {
            start.push(' ');
        }
        start.push_str(&fold(word));
        if start == name {
            return true;
        }
    }
    false
}

fn place(traits: &Traits) -> Option<String> {
    let place = traits.birth_place.as_deref()?.trim().to_ascii_uppercase();
    (!place.is_empty()).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Case {
        why: String,
        ours: Traits,
        theirs: Traits,
        outcome: String,
    }

    #[test]
    fn vectors() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../vectors/traits.json")).unwrap();
        assert!(cases.len() >= 40);
        for case in cases {
            for (a, b) in [(&case.ours, &case.theirs), (&case.theirs, &case.ours)] {
                let outcome = match compare(a, b) {
                    Match::No => "no".to_owned(),
                    Match::Yes { warnings } => {
                        let mut outcome = "yes".to_owned();
                        for warning in warnings {
                            outcome.push_str(match warning {
                                Warning::BirthPlaceMissing => ", place missing",
                                Warning::FirstNameFromList => ", first name from list",
                            });
                        }
                        outcome
                    }
                };
                assert_eq!(outcome, case.outcome, "{}", case.why);
            }
        }
    }

    #[test]
    fn traits_are_not_printed() {
        let traits: Traits = serde_json::from_str(
            r#"{"birth_family_name":"Zorglub","birth_date":"1974","sex":"male"}"#,
        )
        .unwrap();
        assert!(!format!("{traits:?}").contains("Zorglub"));
    }
}
