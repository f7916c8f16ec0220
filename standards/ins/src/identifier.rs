//! A number under the OID of the authority that assigned it.

use crate::{Matricule, MatriculeError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// OIDs of the authorities that assign a health identity.
pub mod oid {
    /// INS-NIR: the number of a person on the national register.
    pub const NIR: &str = "1.2.250.1.213.1.4.8";
    /// INS-NIA: the waiting number of a person being registered.
    pub const NIA: &str = "1.2.250.1.213.1.4.9";
    /// INS-NIR of tests.
    pub const TEST: &str = "1.2.250.1.213.1.4.10";
    /// INS-NIR of demonstrations.
    pub const DEMO: &str = "1.2.250.1.213.1.4.11";
}

/// An identifier of a person: an assigning authority and a value, either of the
/// national identity or of a local scheme.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// OID in dotted form, without `urn:oid:`.
    pub oid: String,
    /// The value as received; see [`Identifier::matricule`].
    pub value: String,
}

/// The text is not an identifier under an OID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier under an OID")]
pub struct BadIdentifier;

impl Identifier {
    /// An identifier of the national register (INS-NIR).
    pub fn nir(number: Matricule) -> Self {
        Self::under(oid::NIR, number)
    }

    /// A matricule under one of the [`oid`]s.
    pub fn under(oid: &str, number: Matricule) -> Self {
        Self {
            oid: oid.to_owned(),
            value: number.as_str().to_owned(),
        }
    }

    /// Reads a FHIR `system` of the form `urn:oid:…` and its `value`.
    pub fn from_system(system: &str, value: &str) -> Result<Self, BadIdentifier> {
        let oid = system.strip_prefix("urn:oid:").ok_or(BadIdentifier)?;
        let value = value.trim();
        if !is_oid(oid) || value.is_empty() {
            return Err(BadIdentifier);
        }
        Ok(Self {
            oid: oid.to_owned(),
            value: value.to_owned(),
        })
    }

    /// Reads a FHIR search token, `urn:oid:…|value`.
    pub fn from_token(token: &str) -> Result<Self, BadIdentifier> {
        let (system, value) = token.split_once('|').ok_or(BadIdentifier)?;
        Self::from_system(system, value)
    }

    /// The FHIR `system`: `urn:oid:…`.
    pub fn system(&self) -> String {
        format!("urn:oid:{}", self.oid)
    }

    /// Whether the authority is one of the national identity's four.
    pub fn is_ins(&self) -> bool {
        [oid::NIR, oid::NIA, oid::TEST, oid::DEMO].contains(&self.oid.as_str())
    }

    /// The value as a checked number. An error [`MatriculeError::Key`] on a
    /// document of an authenticated system is a warning; on typed text, a refusal.
    pub fn matricule(&self) -> Result<Matricule, MatriculeError> {
        Matricule::parse(&self.value)
    }
}

/// Dotted numbers without leading zeros, two arcs at least, first arc 0 to 2.
fn is_oid(text: &str) -> bool {
    let arcs: Vec<&str> = text.split('.').collect();
    arcs.len() >= 2
        && text.len() <= 128
        && matches!(arcs[0], "0" | "1" | "2")
        && arcs.iter().all(|arc| {
            !arc.is_empty()
                && arc.bytes().all(|b| b.is_ascii_digit())
                && (*arc == "0" || !arc.starts_with('0'))
        })
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identifier({}, ***)", self.oid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_and_tokens() {
        let token = "urn:oid:1.2.250.1.213.1.4.10|279035121518989";
        let identifier = Identifier::from_token(token).unwrap();
        assert_eq!(identifier.oid, oid::TEST);
        assert!(identifier.is_ins());
        assert!(identifier.matricule().is_ok());
        assert_eq!(identifier.system(), "urn:oid:1.2.250.1.213.1.4.10");
        for bad in [
            "",
            "279035121518989",
            "urn:oid:|1",
            "urn:oid:1|1",
            "urn:oid:1.02|1",
            "urn:oid:3.1|1",
            "urn:oid:1..2|1",
            "urn:oid:1.2.x|1",
            "urn:oid:1.2|  ",
            "https://example.org|1",
        ] {
            assert_eq!(Identifier::from_token(bad), Err(BadIdentifier), "{bad}");
        }
        let local = Identifier::from_token("urn:oid:1.2.3|A 12").unwrap();
        assert!(!local.is_ins());
        assert!(local.matricule().is_err());
    }

    #[test]
    fn the_value_is_not_printed() {
        let identifier = Identifier::from_token("urn:oid:1.2.3|PAT-77").unwrap();
        assert!(!format!("{identifier:?}").contains("77"));
    }
}
