//! How long an authorisation lasts.

use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// How long a person agrees to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lasting {
    /// One consultation: a day.
    Consultation,
    /// The time of a follow-up.
    ThreeMonths,
    /// Until the person ends it.
    UntilWithdrawn,
}

impl Lasting {
    /// Shortest first.
    pub const ALL: [Self; 3] = [Self::Consultation, Self::ThreeMonths, Self::UntilWithdrawn];

    /// As forms post it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::ThreeMonths => "trois-mois",
            Self::UntilWithdrawn => "jusqu-au-retrait",
        }
    }

    /// Reads what a form posted.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The end of what begins at `now`.
    pub fn until(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Consultation => now.checked_add(SignedDuration::from_hours(24)).ok(),
            Self::ThreeMonths => {
                let later = now.to_zoned(TimeZone::UTC).checked_add(3.months());
                later.ok().map(|later| later.timestamp())
            }
            Self::UntilWithdrawn => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authorisation_lasts_as_long_as_was_said() {
        let now: Timestamp = "2026-11-30T10:00:00Z".parse().expect("an instant");
        let until = |code| Lasting::of(code).and_then(|lasting| lasting.until(now));
        assert_eq!(
            until("consultation"),
            "2026-12-01T10:00:00Z".parse().ok(),
            "a day"
        );
        assert_eq!(until("trois-mois"), "2027-02-28T10:00:00Z".parse().ok());
        assert_eq!(until("jusqu-au-retrait"), None);
        assert_eq!(Lasting::of(""), None, "nothing is chosen for them");
    }
}
