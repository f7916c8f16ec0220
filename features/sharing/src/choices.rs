//! How long, how often, for what care: data (`reference/sharing.json`).

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use web::{Choice, Shell};

/// What a person chooses from when they share, and a reader when they open.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Choices {
    durations: Vec<Span>,
    pub usual_duration: String,
    openings: Vec<u32>,
    pub usual_openings: u32,
    purposes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    code: String,
    hours: i64,
}

/// Those of this version.
pub(crate) static CHOICES: LazyLock<Choices> = LazyLock::new(|| {
    let table = include_str!("../../../reference/sharing.json");
    serde_json::from_str(table).expect("the choices of shares are JSON")
});

/// The purpose of a program that asks: it states none of the list.
pub(crate) const PROGRAM: &str = "program";

impl Choices {
    /// How long, to choose from.
    pub fn durations(&self, shell: &Shell) -> Vec<Choice> {
        let words = |span: &Span| match span.hours {
            hours if hours % 24 != 0 || hours == 24 => shell.t1("sharing-hours", "count", hours),
            hours => shell.t1("sharing-days", "count", hours / 24),
        };
        let spans = self.durations.iter();
        spans
            .map(|span| Choice::new(&*span.code, words(span)))
            .collect()
    }

    /// The end of a share that begins at `now`; `None` for a duration that is not offered.
    pub fn until(&self, code: &str, now: Timestamp) -> Option<Timestamp> {
        let span = self.durations.iter().find(|span| span.code == code)?;
        now.checked_add(SignedDuration::from_hours(span.hours)).ok()
    }

    /// How often, to choose from.
    pub fn openings(&self, shell: &Shell) -> Vec<Choice> {
        let words = |count: &u32| {
            Choice::new(
                count.to_string(),
                shell.t1("sharing-openings", "count", *count),
            )
        };
        self.openings.iter().map(words).collect()
    }

    /// How often; `None` for a number that is not offered.
    pub fn openings_of(&self, typed: &str) -> Option<u32> {
        let typed = typed.parse().ok()?;
        self.openings.contains(&typed).then_some(typed)
    }

    /// For what care, to choose from.
    pub fn purposes(&self, shell: &Shell) -> Vec<Choice> {
        let words = |code: &String| Choice::new(&**code, shell.t(&format!("purpose-{code}")));
        self.purposes.iter().map(words).collect()
    }

    /// A purpose of the list.
    pub fn purpose(&self, code: &str) -> Option<&str> {
        let mut all = self.purposes.iter();
        all.find(|known| *known == code).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_choices_are_offered_and_no_others_are_taken() {
        let now = Timestamp::from_second(1_800_000_000).expect("an instant");
        let until = |code: &str| CHOICES.until(code, now).map(|end| end.duration_since(now));
        assert_eq!(until("1h"), Some(SignedDuration::from_hours(1)));
        assert_eq!(until("7j"), Some(SignedDuration::from_hours(168)));
        assert!(until(&CHOICES.usual_duration).is_some());
        assert_eq!((until(""), until("10 ans")), (None, None));
        let usual = CHOICES.usual_openings.to_string();
        assert_eq!(CHOICES.openings_of(&usual), Some(CHOICES.usual_openings));
        assert_eq!(CHOICES.openings_of("1000"), None);
        assert_eq!(CHOICES.openings_of("-1"), None);
        assert!(CHOICES.purpose("consultation").is_some());
        assert!(CHOICES.purpose("insurance").is_none());
        assert!(CHOICES.purpose(PROGRAM).is_none());
    }
}
