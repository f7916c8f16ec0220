//! What a decision needs to know of a thing, and nothing more.

use ambient::Id;
use serde::{Deserialize, Serialize};

use crate::Reach;

/// A thing that may be shown or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its public identifier.
    pub id: Id,
    /// Document type (LOINC or TRE_A05).
    pub type_code: Box<str>,
    /// Class of the type (TRE_A03); `None` when the type is unknown.
    pub class: Option<Box<str>>,
    /// The person chose its type, which nobody knew.
    pub type_chosen: bool,
    /// From whom it is hidden.
    pub flags: Flags,
    /// To which professionals the person shows it.
    pub reach: Reach,
    /// National identifiers of its authors.
    pub authors: Box<[Box<str>]>,
    /// The software that deposited it.
    pub depositor: Option<Box<str>>,
    /// Brought by the person or their representative.
    pub by_holder: bool,
    /// Withdrawn by its author or deleted by the person: only traces of it remain.
    pub withdrawn: bool,
}

impl Item {
    /// Whether software or a professional deposited it, who can be told of it.
    pub fn has_depositor(&self) -> bool {
        self.depositor.is_some() || !self.authors.is_empty()
    }
}

/// The set of visibility codes of a document (JDV_J08, interop §1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flags {
    /// `MASQUE_PS`: hidden from professionals.
    #[serde(default)]
    pub professionals: bool,
    /// `INVISIBLE_PATIENT`: waits for a consultation at which it is explained.
    #[serde(default)]
    pub patient: bool,
    /// `INVISIBLE_REPRESENTANTS_LEGAUX`: a minor's secret (R.1111-50 CSP).
    #[serde(default)]
    pub representatives: bool,
    /// A code that this version does not know: nobody but its author.
    #[serde(default)]
    pub unknown: bool,
}

impl Flags {
    /// The set of the given security-label codes; `N`, `R` and `V` say nothing of visibility.
    pub fn of_codes<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        let mut flags = Self::default();
        for code in codes {
            match code {
                "N" | "R" | "V" => {}
                "MASQUE_PS" => flags.professionals = true,
                "INVISIBLE_PATIENT" => flags.patient = true,
                "INVISIBLE_REPRESENTANTS_LEGAUX" => flags.representatives = true,
                _ => flags.unknown = true,
            }
        }
        flags
    }

    /// Whether the person, or who represents them, may not know of it: nobody is told.
    pub fn keeps_quiet(self) -> bool {
        self.patient || self.representatives || self.unknown
    }

    /// The codes of the set; `N` when it is empty.
    pub fn codes(self) -> Vec<&'static str> {
        let all = [
            (self.professionals, "MASQUE_PS"),
            (self.patient, "INVISIBLE_PATIENT"),
            (self.representatives, "INVISIBLE_REPRESENTANTS_LEGAUX"),
        ];
        let set: Vec<_> = all
            .into_iter()
            .filter(|(set, _)| *set)
            .map(|(_, code)| code)
            .collect();
        if set.is_empty() { vec!["N"] } else { set }
    }
}
