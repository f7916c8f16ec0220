//! How severely a deposit is read, and what was found doing so.

use crate::problem::{Issue, Problem, Severity};
use jiff::Timestamp;

/// How severe to be with what the profiles ask and many senders neglect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Refuse it.
    Strict,
    /// Correct it where we can and tell it as a warning.
    Tolerant,
}

/// Class of a document (TRE_A03), the coarse sort that its type belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Such as `10`.
    pub code: String,
    /// Such as « Compte rendu ».
    pub label: String,
}

/// What the reading of a deposit depends on.
#[derive(Clone, Copy)]
pub struct Intake<'a> {
    /// How severe to be.
    pub mode: Mode,
    /// The class of a document type, by its code; none for an unknown type.
    pub class_of: &'a dyn Fn(&str) -> Option<Class>,
    /// Now, to find documents of the future.
    pub now: Timestamp,
    /// URI of the depositing system (`urn:oid:…`): the source of the submission
    /// set that a simplified deposit lacks.
    pub source: &'a str,
}

/// Problems as they are found.
pub(super) struct Report {
    mode: Mode,
    problems: Vec<Problem>,
}

impl Report {
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            problems: Vec::new(),
        }
    }

    /// Refuses the deposit.
    pub fn error(&mut self, issue: Issue, place: impl Into<String>, text: impl Into<String>) {
        self.problems.push(Problem::error(issue, place, text));
    }

    /// Tells of a correction, or of something to verify.
    pub fn warning(&mut self, issue: Issue, place: impl Into<String>, text: impl Into<String>) {
        self.problems.push(Problem::warning(issue, place, text));
    }

    /// An error when strict, a warning when tolerant.
    pub fn lapse(&mut self, issue: Issue, place: impl Into<String>, text: impl Into<String>) {
        match self.mode {
            Mode::Strict => self.error(issue, place, text),
            Mode::Tolerant => self.warning(issue, place, text),
        }
    }

    /// The warnings; or, when anything is an error, everything found.
    pub fn finish(self) -> Result<Vec<Problem>, Vec<Problem>> {
        if self.problems.iter().any(|p| p.severity == Severity::Error) {
            Err(self.problems)
        } else {
            Ok(self.problems)
        }
    }
}
