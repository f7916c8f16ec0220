//! What was typed in a form of a measure, read.

use fhir::measure::{Answer, Measure, Reading};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use web::{Fields, Shell, dates};

use crate::words;

/// Longest remark, in characters.
pub(crate) const REMARK: usize = 150;

/// The field of a measure's number `at`, from 0.
pub(crate) fn field(at: usize) -> String {
    match at {
        0 => "valeur".to_owned(),
        at => format!("valeur-{}", at + 1),
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Wrong {
    /// A sentence that needs no more.
    Key(&'static str),
    /// From, to, in the unit that was typed.
    Bounds(f64, f64, String),
}

impl Wrong {
    /// As a sentence.
    pub fn sentence(&self, measure: &Measure, shell: &Shell) -> String {
        match self {
            Self::Key(key) => shell.t(key),
            Self::Bounds(from, to, unit) => {
                let unit = match *unit == measure.unit {
                    true => words::unit(measure, shell.lang),
                    false => words::written(unit),
                };
                // Bounds in another unit than ours are no round numbers.
                let said = |value| words::number(value, measure.decimals.max(2), shell.lang);
                let to = format!("{}\u{a0}{unit}", said(*to));
                shell.t2("measures-wrong-bounds", "from", said(*from), "to", to)
            }
        }
    }
}

/// Reads a form; the reading gets the name `id`.
pub(crate) fn read(
    fields: &Fields,
    measure: &'static Measure,
    id: String,
    (born, now): (Option<Date>, Timestamp),
) -> Result<Reading, Vec<(String, Wrong)>> {
    let mut wrong: Vec<(String, Wrong)> = vec![];
    let mut say = |field: &str, bad: Wrong| wrong.push((field.to_owned(), bad));
    let unit = match fields.get("unite") {
        "" => &measure.unit,
        unit => unit,
    };
    let known = unit == measure.unit || measure.also_in.iter().any(|also| also.unit == unit);
    if !known {
        say("unite", Wrong::Key("measures-wrong-unit"));
    }
    let mut values = vec![];
    for at in 0..measure.numbers() {
        match number(fields.get(&field(at)), measure, at, unit) {
            Ok(value) => values.push(value),
            Err(bad) => say(&field(at), bad),
        }
    }
    let whole = values.len() == measure.numbers();
    if whole && !measure.is_plausible(&values) {
        say(
            &field(measure.numbers() - 1),
            Wrong::Key("measures-wrong-order"),
        );
    }
    let date = documents::read_date(fields.get("date"));
    let time = time(fields.get("heure"));
    if date.is_none() {
        say("date", Wrong::Key("measures-wrong-date"));
    }
    if time.is_none() {
        say("heure", Wrong::Key("measures-wrong-time"));
    }
    let at = date
        .zip(time)
        .and_then(|(date, time)| dates::instant(date.to_datetime(time)));
    if at.is_some_and(|at| at > now) {
        let today = date == Some(dates::today(now));
        say(
            if today { "heure" } else { "date" },
            Wrong::Key("measures-wrong-future"),
        );
    }
    if date.zip(born).is_some_and(|(date, born)| date < born) {
        say("date", Wrong::Key("measures-wrong-birth"));
    }
    let answer: Option<&'static Answer> = match measure.ask() {
        Some(ask) => {
            let answer = ask.answer(fields.get("precision"));
            if answer.is_none() {
                say("precision", Wrong::Key("measures-wrong-answer"));
            }
            answer
        }
        None => None,
    };
    let reason = fields.get("remarque");
    if reason.chars().count() > REMARK {
        say("remarque", Wrong::Key("measures-wrong-long"));
    } else if documents::title::misleads(reason) {
        say("remarque", Wrong::Key("measures-wrong-signs"));
    }
    match at.filter(|_| wrong.is_empty()) {
        Some(at) => Ok(Reading {
            id,
            measure,
            at,
            values,
            answer,
            reason: reason.to_owned(),
            brought: false,
        }),
        None => Err(wrong),
    }
}

/// « 72,5 » or « 1 234 » in the unit that is kept.
fn number(text: &str, measure: &Measure, at: usize, unit: &str) -> Result<f64, Wrong> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(',', ".");
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let typed: f64 = match text.parse() {
        Ok(typed) if plain => typed,
        _ => return Err(Wrong::Key("measures-wrong-number")),
    };
    let Some(value) = measure.convert(typed, unit) else {
        return Err(Wrong::Key("measures-wrong-unit"));
    };
    let (min, max) = measure.bounds(at);
    if !(min..=max).contains(&value) {
        let (mut from, mut to, mut said) = (min, max, measure.unit.clone());
        // Of what is only a matter of units, bounds are told in the one that was typed.
        let back = |value| ucum::convert(value, &measure.unit, unit, None);
        if let (Some(low), Some(high)) = (back(min), back(max)) {
            (from, to, said) = (low, high, unit.to_owned());
        }
        return Err(Wrong::Bounds(from, to, said));
    }
    let decimals = text.split_once('.').map_or(0, |(_, after)| after.len());
    if unit == measure.unit && decimals > measure.decimals {
        return Err(Wrong::Key(match measure.decimals {
            0 => "measures-wrong-whole",
            1 => "measures-wrong-tenths",
            _ => "measures-wrong-hundredths",
        }));
    }
    Ok(value)
}

/// « 8:05 », « 08:05:00 », « 8h05 », « 8 h ».
fn time(text: &str) -> Option<Time> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.to_lowercase().replace('h', ":");
    let mut parts = text.split(':');
    let digits = |part: &str| match part.len() {
        1 | 2 => part.parse::<i8>().ok(),
        _ => None,
    };
    let hour = digits(parts.next()?)?;
    let minute = match parts.next()? {
        "" => 0,
        minute => digits(minute)?,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use fhir::measure::Measures;
    use proptest::prelude::*;

    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let always = [("date", "2026-11-30"), ("heure", "08:30")];
        // Of two with one name the first counts.
        let all = pairs.iter().chain(&always);
        Fields::new(
            all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    fn read_as(id: &str, pairs: &[(&str, &str)]) -> Result<Reading, Vec<String>> {
        let measure = Measures::ours().get(id).expect("in the table");
        let when = (
            Some("1960-05-05".parse().expect("a date")),
            "2026-11-30T12:00:00Z".parse().expect("an instant"),
        );
        let read = read(&fields(pairs), measure, "a".to_owned(), when);
        read.map_err(|wrong| wrong.into_iter().map(|(field, _)| field).collect())
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let value = |id, pairs: &[(&str, &str)]| read_as(id, pairs).map(|one| one.values);
        assert_eq!(value("weight", &[("valeur", "72,5")]), Ok(vec![72.5]));
        assert_eq!(value("steps", &[("valeur", "8 000")]), Ok(vec![8_000.0]));
        let metres = [("valeur", "1,75"), ("unite", "m")];
        assert_eq!(value("height", &metres), Ok(vec![175.0]));
        let fasting = [
            ("valeur", "0,92"),
            ("unite", "g/L"),
            ("precision", "53049-3"),
        ];
        assert_eq!(value("glucose-blood", &fasting), Ok(vec![92.0]));
        let both = [("valeur", "124"), ("valeur-2", "79")];
        assert_eq!(value("blood-pressure", &both), Ok(vec![124.0, 79.0]));
        let at = read_as("weight", &[("valeur", "72")]).expect("right").at;
        assert_eq!(at.to_string(), "2026-11-30T07:30:00Z");
    }

    #[test]
    fn what_is_wrong_is_said_of_its_field() {
        let wrong = |id, pairs: &[(&str, &str)]| read_as(id, pairs).expect_err("wrong");
        for text in [
            "", "abc", "1e2", "-3", "7,2,5", "72,555", "0", "500", "NaN", ".",
        ] {
            assert_eq!(wrong("weight", &[("valeur", text)]), ["valeur"], "{text}");
        }
        let crossed = [("valeur", "79"), ("valeur-2", "124")];
        assert_eq!(wrong("blood-pressure", &crossed), ["valeur-2"]);
        assert_eq!(wrong("glucose-blood", &[("valeur", "92")]), ["precision"]);
        let stone = [("valeur", "11"), ("unite", "[stone_av]")];
        assert_eq!(wrong("weight", &stone), ["unite", "valeur"]);
        let at = |date, time| [("valeur", "72"), ("date", date), ("heure", time)];
        assert_eq!(wrong("weight", &at("2026-11-30", "13:01")), ["heure"]);
        assert_eq!(wrong("weight", &at("2026-12-01", "08:00")), ["date"]);
        assert_eq!(wrong("weight", &at("1960-05-04", "08:00")), ["date"]);
        assert_eq!(wrong("weight", &at("hier", "25:00")), ["date", "heure"]);
        let long = "é".repeat(151);
        assert_eq!(
            wrong("weight", &[("valeur", "72"), ("remarque", &long)]),
            ["remarque"]
        );
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        for (text, expected) in [
            ("8:05", "08:05:00"),
            ("8 h 05", "08:05:00"),
            ("8h", "08:00:00"),
            ("23:59:00", "23:59:00"),
        ] {
            assert_eq!(
                time(text).map(|time| time.to_string()).as_deref(),
                Some(expected)
            );
        }
        for text in ["", "8", "24:00", "8:60", "-1:00", "+8:00x"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_form_panics(value in "\\PC{0,12}", time in "\\PC{0,8}", date in "\\PC{0,12}", note in "\\PC{0,200}") {
            let pairs = [("valeur", value.as_str()), ("heure", &time), ("date", &date), ("remarque", &note)];
            for measure in Measures::ours().all() {
                let _ = read_as(&measure.id, &pairs);
            }
        }
    }
}
