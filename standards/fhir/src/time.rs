//! FHIR's dates and instants.

use jiff::{Timestamp, civil, tz::TimeZone};

/// Reads a FHIR `dateTime` (`2026`, `2026-06`, `2026-06-12`,
/// `2026-06-12T10:00:00+02:00`) as its first instant. What has no time of day
/// begins at midnight UTC: good for ordering, not for display.
pub fn date_time(text: &str) -> Option<Timestamp> {
    if text.contains('T') {
        return text.parse().ok();
    }
    let date: ins::BirthDate = text.parse().ok()?;
    let date = match date {
        ins::BirthDate::Day(date) => date,
        ins::BirthDate::Month { year, month } => civil::Date::new(year, month, 1).ok()?,
        ins::BirthDate::Year(year) => civil::Date::new(year, 1, 1).ok()?,
    };
    date.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp())
}

/// Writes a FHIR `instant` in UTC, to the second: `2026-06-12T08:00:00Z`.
pub fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_reads_as_its_first_instant() {
        for (text, first) in [
            ("2026", "2026-01-01T00:00:00Z"),
            ("2026-06", "2026-06-01T00:00:00Z"),
            ("2026-06-12", "2026-06-12T00:00:00Z"),
            ("2026-06-12T10:00:00+02:00", "2026-06-12T08:00:00Z"),
            ("2026-06-12T08:00:00.250Z", "2026-06-12T08:00:00Z"),
        ] {
            assert_eq!(instant(date_time(text).unwrap()), first);
        }
        for text in ["", "2026-02-30", "2026-06-12T10:00:00", "hier", "T"] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }
}
