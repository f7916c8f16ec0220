//! Instants and ages as people count them in France.

use jiff::{Timestamp, ToSpan, Unit, Zoned, civil::Date, tz::TimeZone};

/// The hour of Paris; UTC on a machine without time zones, which is good enough here.
pub(crate) fn zoned(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC))
}

/// The day in Paris.
pub(crate) fn day(at: Timestamp) -> Date {
    zoned(at).date()
}

/// That day in Paris, at that time.
pub(crate) fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let local = day.at(hour, minute, 0, 0);
    local
        .to_zoned(zone)
        .map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp())
}

/// Completed months between two days.
pub(crate) fn months(from: Date, to: Date) -> i32 {
    from.until((Unit::Month, to))
        .map_or(0, |span| span.get_months())
}

/// Completed years between two days.
pub(crate) fn years(from: Date, to: Date) -> i32 {
    months(from, to) / 12
}

/// That many years and days before a day.
pub(crate) fn before(day: Date, years: i32, days: i32) -> Date {
    day.checked_sub(years.years().days(days)).unwrap_or(day)
}

/// `12/06/2026`.
pub(crate) fn slashes(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// « 12 juin 2026 ».
pub(crate) fn words(day: Date) -> String {
    const MONTHS: [&str; 12] = [
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
    let ordinal = if day.day() == 1 { "er" } else { "" };
    let month = MONTHS[(day.month() as usize - 1) % 12];
    format!("{}{ordinal} {month} {}", day.day(), day.year())
}
