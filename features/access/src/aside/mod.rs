//! Documents that stood in the wrong record, set aside with whoever deposited them.
//!
//! A depositor's quarantine is a record like a professional's register: it holds what was taken out
//! of a person's record until its depositor says whose it is, or its time is over. It is fed by a
//! job of the append that withdrew the document, so that no transaction spans two records. What is
//! held never says from whose record it came, and what was given or destroyed says no more than
//! that it was.

mod held;
mod recall;
mod told;

use serde::{Deserialize, Serialize};

pub use held::{Held, Stage};
pub use recall::{NotApproved, Outcome, Recall};
pub use told::{Misfiled, Removed};

/// Why a document was taken out of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The person, or who represents them, says that it is not theirs.
    Reported,
    /// Its depositor called it back.
    Recalled,
}

/// Whose quarantine it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// Software, by its client identifier.
    Software(String),
    /// A professional, by national identifier: their own record.
    Professional(String),
    /// Nobody who is known here any more: whoever runs the installation.
    Operator,
}

impl Owner {
    /// Whose a document is to set right: its depositor's, else its first author's.
    pub fn of(depositor: Option<&str>, authors: &[String]) -> Self {
        match (depositor, authors.first()) {
            (Some(client), _) => Self::Software(client.to_owned()),
            (None, Some(author)) => Self::Professional(author.clone()),
            (None, None) => Self::Operator,
        }
    }

    /// Names their record, among those of professionals.
    pub(crate) fn register(&self) -> String {
        match self {
            Self::Software(client) => format!("carnet:quarantine:{client}"),
            Self::Professional(number) => number.clone(),
            Self::Operator => crate::register::OPERATOR.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_deposited_comes_before_who_wrote() {
        let authors = ["810000000001".to_owned()];
        let of = |client| Owner::of(client, &authors);
        assert_eq!(of(Some("labo")), Owner::Software("labo".to_owned()));
        assert_eq!(of(None), Owner::Professional("810000000001".to_owned()));
        assert_eq!(Owner::of(None, &[]), Owner::Operator);
        // A client cannot be called so that its quarantine is somebody's register.
        assert_ne!(of(Some("810000000001")).register(), of(None).register());
    }
}
