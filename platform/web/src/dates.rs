//! Dates, times and ages as people say them, in Paris.

use std::sync::LazyLock;

use jiff::{
    Timestamp, Unit,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use crate::Lang;

static PARIS: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC));

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The date and time in Paris at an instant.
pub fn local(at: Timestamp) -> DateTime {
    at.to_zoned(PARIS.clone()).datetime()
}

/// The instant of a date and time in Paris.
pub fn instant(at: DateTime) -> Option<Timestamp> {
    PARIS.to_ambiguous_timestamp(at).compatible().ok()
}

/// The instant of a whole hour of a day in Paris.
pub fn at_hour(day: Date, hour: i8) -> Option<Timestamp> {
    instant(day.at(hour, 0, 0, 0))
}

/// The day it is in Paris.
pub fn today(now: Timestamp) -> Date {
    local(now).date()
}

/// « 12 mars 2026 », « 1er mai 2026 »; "12 March 2026".
pub fn day(date: Date, lang: Lang) -> String {
    format!("{}\u{a0}{}", day_and_month(date, lang), date.year())
}

/// « 12 mars »: within the year.
pub fn day_and_month(date: Date, lang: Lang) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or(0) % 12;
    match (lang, date.day()) {
        (Lang::Fr, 1) => format!("1er\u{a0}{}", MONTHS_FR[month]),
        (Lang::Fr, day) => format!("{day}\u{a0}{}", MONTHS_FR[month]),
        (Lang::En, day) => format!("{day}\u{a0}{}", MONTHS_EN[month]),
    }
}

/// « mars 2026 ».
pub fn month(date: Date, lang: Lang) -> String {
    let month = usize::try_from(date.month() - 1).unwrap_or(0) % 12;
    let names = if lang == Lang::Fr {
        MONTHS_FR
    } else {
        MONTHS_EN
    };
    format!("{}\u{a0}{}", names[month], date.year())
}

/// « 12/03/2026 », for narrow columns and forms; the same in both languages.
pub fn short(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// « 14 h 05 »; "14:05".
pub fn time(at: Timestamp, lang: Lang) -> String {
    let at = local(at);
    match lang {
        Lang::Fr => format!("{}\u{a0}h\u{a0}{:02}", at.hour(), at.minute()),
        Lang::En => format!("{:02}:{:02}", at.hour(), at.minute()),
    }
}

/// « aujourd’hui », « hier », « 12 mars 2026 ».
pub fn near_day(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    let date = today(at);
    match (days_between(date, today(now)), lang) {
        (0, Lang::Fr) => "aujourd’hui".to_owned(),
        (1, Lang::Fr) => "hier".to_owned(),
        (-1, Lang::Fr) => "demain".to_owned(),
        (0, Lang::En) => "today".to_owned(),
        (1, Lang::En) => "yesterday".to_owned(),
        (-1, Lang::En) => "tomorrow".to_owned(),
        _ => day(date, lang),
    }
}

/// « aujourd’hui à 14 h 05 », « hier à 9 h 30 », « 12 mars 2026 à 14 h 05 ».
pub fn moment(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    let day = near_day(at, now, lang);
    let at_word = if lang == Lang::Fr { "à" } else { "at" };
    format!("{day} {at_word}\u{a0}{}", time(at, lang))
}

/// « à l’instant », « il y a 5 minutes », « il y a 3 jours », « dans 2 mois »: to the nearest whole unit below.
pub fn ago(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    let seconds = now.as_second().saturating_sub(at.as_second());
    let (past, seconds) = (seconds >= 0, seconds.unsigned_abs());
    let days = days_between(today(at), today(now)).unsigned_abs();
    let span = if seconds < 60 {
        return match lang {
            Lang::Fr => "à l’instant".to_owned(),
            Lang::En => "just now".to_owned(),
        };
    } else if seconds < 3_600 {
        count(
            seconds / 60,
            [["minute", "minutes"], ["minute", "minutes"]],
            lang,
        )
    } else if seconds < 86_400 {
        count(
            seconds / 3_600,
            [["heure", "heures"], ["hour", "hours"]],
            lang,
        )
    } else {
        long_span(days.max(1), lang)
    };
    match (past, lang) {
        (true, Lang::Fr) => format!("il y a {span}"),
        (false, Lang::Fr) => format!("dans {span}"),
        (true, Lang::En) => format!("{span} ago"),
        (false, Lang::En) => format!("in {span}"),
    }
}

/// « 12 jours », « 4 mois », « 37 ans »: days under a month, months under two years.
///
/// A birth after `today` counts as the first day.
pub fn age(birth: Date, today: Date, lang: Lang) -> String {
    let span = birth.until((Unit::Year, today)).unwrap_or_default();
    let positive = |n: i64| u64::try_from(n).unwrap_or(0);
    let years = positive(i64::from(span.get_years()));
    let months = years * 12 + positive(i64::from(span.get_months()));
    if years >= 2 {
        count(years, YEARS, lang)
    } else if months >= 1 {
        count(months, MONTHS, lang)
    } else {
        count(positive(i64::from(span.get_days())), DAYS, lang)
    }
}

/// French singular and plural, then English.
type Words = [[&'static str; 2]; 2];
const YEARS: Words = [["an", "ans"], ["year", "years"]];
const MONTHS: Words = [["mois", "mois"], ["month", "months"]];
const DAYS: Words = [["jour", "jours"], ["day", "days"]];

fn count(n: u64, words: Words, lang: Lang) -> String {
    // French says « 0 jour », English "0 days".
    let plural = if lang == Lang::Fr { n > 1 } else { n != 1 };
    format!("{n}\u{a0}{}", words[lang as usize][usize::from(plural)])
}

fn long_span(days: u64, lang: Lang) -> String {
    match days {
        0..=30 => count(days, DAYS, lang),
        31..=364 => count((days * 12 / 365).max(1), MONTHS, lang),
        _ => count(days / 365, YEARS, lang),
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to))
        .map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn plain(text: String) -> String {
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn days_in_words() {
        assert_eq!(plain(day(date(2026, 3, 12), Lang::Fr)), "12 mars 2026");
        assert_eq!(plain(day(date(2026, 5, 1), Lang::Fr)), "1er mai 2026");
        assert_eq!(plain(day(date(2026, 8, 31), Lang::En)), "31 August 2026");
        assert_eq!(plain(month(date(2026, 2, 2), Lang::Fr)), "février 2026");
        assert_eq!(short(date(987, 6, 5)), "05/06/0987");
    }

    #[test]
    fn moments_are_told_from_now_in_paris() {
        let now = at("2026-03-12T13:30:00Z");
        let table = [
            ("2026-03-12T13:05:00Z", "aujourd’hui à 14 h 05"),
            // 23:30 in Paris, still the 11th.
            ("2026-03-11T22:30:00Z", "hier à 23 h 30"),
            // Past midnight in Paris, already the 12th.
            ("2026-03-11T23:30:00Z", "aujourd’hui à 0 h 30"),
            ("2026-03-13T08:00:00Z", "demain à 9 h 00"),
            ("2025-07-01T10:00:00Z", "1er juillet 2025 à 12 h 00"),
        ];
        for (then, expected) in table {
            assert_eq!(plain(moment(at(then), now, Lang::Fr)), expected);
        }
        assert_eq!(plain(moment(now, now, Lang::En)), "today at 14:30");
    }

    #[test]
    fn delays_are_rounded_down() {
        let now = at("2026-03-12T13:30:00Z");
        let table = [
            ("2026-03-12T13:29:30Z", "à l’instant"),
            ("2026-03-12T13:28:30Z", "il y a 1 minute"),
            ("2026-03-12T11:00:00Z", "il y a 2 heures"),
            ("2026-03-09T08:00:00Z", "il y a 3 jours"),
            ("2026-01-02T08:00:00Z", "il y a 2 mois"),
            ("2020-01-02T08:00:00Z", "il y a 6 ans"),
            ("2026-03-17T14:00:00Z", "dans 5 jours"),
        ];
        for (then, expected) in table {
            assert_eq!(plain(ago(at(then), now, Lang::Fr)), expected);
        }
        assert_eq!(
            plain(ago(at("2026-03-09T08:00:00Z"), now, Lang::En)),
            "3 days ago"
        );
    }

    #[test]
    fn ages_count_days_then_months_then_years() {
        let today = date(2026, 3, 12);
        let table = [
            (date(2026, 3, 12), "0 jour"),
            (date(2026, 3, 13), "0 jour"),
            (date(2026, 2, 28), "12 jours"),
            (date(2025, 11, 12), "4 mois"),
            (date(2024, 3, 13), "23 mois"),
            (date(2024, 3, 12), "2 ans"),
            (date(1988, 3, 13), "37 ans"),
        ];
        for (birth, expected) in table {
            assert_eq!(plain(age(birth, today, Lang::Fr)), expected);
        }
        assert_eq!(plain(age(date(2025, 3, 1), today, Lang::En)), "12 months");
    }

    proptest::proptest! {
        #[test]
        fn any_instant_can_be_said(a in -377_000_000_000i64..250_000_000_000, b in -377_000_000_000i64..250_000_000_000) {
            let (a, b) = (Timestamp::from_second(a).unwrap(), Timestamp::from_second(b).unwrap());
            for lang in Lang::ALL {
                assert!(!moment(a, b, lang).is_empty() && !ago(a, b, lang).is_empty());
                assert!(!age(today(a), today(b), lang).is_empty());
            }
        }
    }
}
