//! What a document states as data of somebody's health, beside laboratory results.

use crate::{Code, PointInTime};

/// Kinds of facts, by the section that they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// An illness or another problem, of today or of the past.
    Problem,
    /// An allergy, or another hypersensitivity.
    Allergy,
    /// A medicine that is taken, or was prescribed.
    Treatment,
    /// A vaccination.
    Vaccination,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthFact {
    /// What it is about.
    pub kind: FactKind,
    /// Its code, when it has one.
    pub code: Option<Code>,
    /// Its author's words.
    pub words: String,
    /// What goes with it: why a medicine is taken, how an allergy shows, the batch of a vaccine.
    pub detail: Option<String>,
    /// Since when; the day of a vaccination.
    pub since: Option<PointInTime>,
    /// Until when.
    pub until: Option<PointInTime>,
    /// It belongs to the past, as its author says.
    pub over: bool,
    /// The author says that it is *not* so: no such allergy, vaccination not done.
    pub negated: bool,
}

impl HealthFact {
    /// A fact without anything beside it.
    pub fn new(kind: FactKind, words: impl Into<String>) -> HealthFact {
        HealthFact {
            kind,
            code: None,
            words: words.into(),
            detail: None,
            since: None,
            until: None,
            over: false,
            negated: false,
        }
    }

    /// With its code.
    #[must_use]
    pub fn coded(mut self, code: Code) -> HealthFact {
        self.code = Some(code);
        self
    }

    /// With what goes with it.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> HealthFact {
        self.detail = Some(detail.into());
        self
    }

    /// Since then.
    #[must_use]
    pub fn since(mut self, time: PointInTime) -> HealthFact {
        self.since = Some(time);
        self
    }
}
