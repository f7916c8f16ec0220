//! To which professionals a person shows a document, among those whom all else allows.

use ins::fold;
use serde::{Deserialize, Serialize};

use crate::Situation;

/// Finer than hidden or not: all but these, or these alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "to")]
pub enum Reach {
    /// Whoever all else allows.
    #[default]
    Everyone,
    /// Not these.
    Except {
        /// Whom not.
        whom: Vec<Whom>,
    },
    /// These alone.
    Only {
        /// Whom.
        whom: Vec<Whom>,
    },
    /// Of a kind that this version does not know: nobody but its author.
    #[serde(other)]
    Nobody,
}

/// One professional, or all of a speciality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "who")]
pub enum Whom {
    /// One professional.
    Professional {
        /// National identifier.
        id: String,
        /// Their name when they were chosen.
        name: String,
    },
    /// All of a speciality, by its French label.
    Specialty {
        /// The label.
        label: String,
    },
    /// Of a kind that this version does not know: it counts against whoever asks.
    #[serde(other)]
    Unknown,
}

impl Whom {
    fn is(&self, situation: &Situation) -> Option<bool> {
        match self {
            Self::Professional { id, .. } => Some(*id == situation.national_id),
            Self::Specialty { label } => {
                let own = situation.specialty.as_deref();
                Some(own.is_some_and(|own| fold(own) == fold(label)))
            }
            Self::Unknown => None,
        }
    }
}

impl Reach {
    /// Whether it is everyone's: nothing to store.
    pub fn is_everyone(&self) -> bool {
        *self == Self::Everyone
    }

    /// Whether a professional is among those to whom it is shown.
    pub fn includes(&self, situation: &Situation) -> bool {
        match self {
            Self::Everyone => true,
            Self::Except { whom } => whom.iter().all(|one| one.is(situation) == Some(false)),
            Self::Only { whom } => whom.iter().any(|one| one.is(situation) == Some(true)),
            Self::Nobody => false,
        }
    }

    /// Whether the person named this very professional as one who is not to see it.
    pub fn excludes_by_name(&self, situation: &Situation) -> bool {
        let Self::Except { whom } = self else {
            return false;
        };
        whom.iter().any(|one| match one {
            Whom::Professional { id, .. } => *id == situation.national_id,
            _ => false,
        })
    }

    /// Whom it names.
    pub fn whom(&self) -> &[Whom] {
        match self {
            Self::Except { whom } | Self::Only { whom } => whom,
            Self::Everyone | Self::Nobody => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doctor(specialty: &str) -> Situation {
        Situation {
            national_id: "810000000001".into(),
            name: "Dr Martin".into(),
            profession: "10".into(),
            profession_label: "Médecin".into(),
            specialty: Some(specialty.into()),
            specialty_code: None,
            facility_id: None,
            facility: String::new(),
            sector: None,
            software: None,
        }
    }

    #[test]
    fn it_is_shown_to_those_and_no_others() {
        let by_name = |id: &str| Whom::Professional {
            id: id.into(),
            name: String::new(),
        };
        let of = |label: &str| Whom::Specialty {
            label: label.into(),
        };
        let doctor = doctor("Gynécologie médicale");
        let except = |whom| Reach::Except { whom }.includes(&doctor);
        let only = |whom| Reach::Only { whom }.includes(&doctor);
        assert!(Reach::Everyone.includes(&doctor) && !Reach::Nobody.includes(&doctor));
        assert!(!except(vec![by_name("810000000001")]));
        assert!(!except(vec![of("gynecologie MEDICALE")]));
        assert!(except(vec![by_name("2"), of("Psychiatrie")]));
        assert!(except(vec![]) && !only(vec![]));
        assert!(only(vec![by_name("2"), of("Gynécologie médicale")]));
        assert!(!only(vec![by_name("2")]));
        assert!(!except(vec![Whom::Unknown]) && !only(vec![Whom::Unknown]));
    }

    #[test]
    fn what_is_unknown_is_nobody() {
        let read = |json: &str| serde_json::from_str::<Reach>(json).expect("reads");
        assert_eq!(read(r#"{"to": "friends"}"#), Reach::Nobody);
        let whom = read(r#"{"to": "except", "whom": [{"who": "robot"}]}"#);
        assert_eq!(whom.whom(), [Whom::Unknown]);
        let kept = Reach::Only {
            whom: vec![Whom::Specialty {
                label: "Psychiatrie".into(),
            }],
        };
        let json = serde_json::to_string(&kept).expect("JSON");
        assert_eq!(read(&json), kept);
    }
}
