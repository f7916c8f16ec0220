//! HL7 v3 times (`TS`): `20240106113623+0100`, at any precision.

use std::fmt;

/// A time as it was written. Kept as text, because its precision is part of
/// what the author said; the helpers give nothing when the text is not a time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PointInTime(String);

impl PointInTime {
    /// Takes the text of a `value` attribute.
    pub fn new(text: impl Into<String>) -> PointInTime {
        PointInTime(text.into())
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `2024-01-06`, the day where the author was; none when only a year or a
    /// month is known.
    pub fn date(&self) -> Option<String> {
        let parts = self.parts()?;
        Some(format!(
            "{:04}-{:02}-{:02}",
            parts.year, parts.month?, parts.day?
        ))
    }

    /// `2024-01-06T11:36:23+01:00` (FHIR `instant`, to the second); none
    /// without an hour, minutes and an offset, which only the author knew.
    pub fn instant(&self) -> Option<String> {
        let parts = self.parts()?;
        let clock = parts.clock?;
        let (sign, hours, minutes) = parts.offset?;
        let date = self.date()?;
        let (hour, minute, second) = (clock.hour, clock.minute?, clock.second.unwrap_or(0));
        Some(format!(
            "{date}T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}"
        ))
    }

    /// FHIR `dateTime`, as precise as can be said: an instant, a day, a month
    /// or a year.
    pub fn date_time(&self) -> Option<String> {
        let parts = self.parts()?;
        Some(match (self.instant(), self.date(), parts.month) {
            (Some(instant), ..) => instant,
            (None, Some(date), _) => date,
            (None, None, Some(month)) => format!("{:04}-{month:02}", parts.year),
            (None, None, None) => format!("{:04}", parts.year),
        })
    }

    /// In French, with the hour where the author was: « 6 janvier 2024 à
    /// 11 h 36 ». The text itself when it is not a time.
    pub fn french(&self) -> String {
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
        let Some(parts) = self.parts() else {
            return self.0.clone();
        };
        let mut french = parts.year.to_string();
        if let Some(month) = parts.month {
            french = format!("{} {french}", MONTHS[usize::from(month) - 1]);
        }
        match parts.day {
            Some(1) => french = format!("1er {french}"),
            Some(day) => french = format!("{day} {french}"),
            None => {}
        }
        if let Some(clock) = parts.clock {
            let minute = clock
                .minute
                .map_or(String::new(), |m| format!("\u{A0}{m:02}"));
            french = format!("{french} à {}\u{A0}h{minute}", clock.hour);
        }
        french
    }

    fn parts(&self) -> Option<Parts> {
        let text = self.0.trim();
        let (local, offset) = match text.find(['+', '-']) {
            Some(at) => {
                let (local, offset) = text.split_at(at);
                (local, Some(offset_parts(offset)?))
            }
            None => (text, None),
        };
        let (digits, fraction) = local.split_once('.').unwrap_or((local, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(digits) || !all_digits(fraction) {
            return None;
        }
        if ![4, 6, 8, 10, 12, 14].contains(&digits.len()) {
            return None;
        }
        let two = |at: usize| digits.get(at..at + 2)?.parse::<u8>().ok();
        let parts = Parts {
            year: digits.get(..4)?.parse().ok()?,
            month: two(4),
            day: two(6),
            clock: two(8).map(|hour| Clock {
                hour,
                minute: two(10),
                second: two(12),
            }),
            offset,
        };
        parts.exist().then_some(parts)
    }
}

impl fmt::Display for PointInTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

struct Parts {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
    clock: Option<Clock>,
    /// Sign, hours, minutes.
    offset: Option<(char, u8, u8)>,
}

struct Clock {
    hour: u8,
    minute: Option<u8>,
    second: Option<u8>,
}

impl Parts {
    /// Whether the calendar and the clock have such a time.
    fn exist(&self) -> bool {
        let month = self.month.unwrap_or(1);
        let clock_exists = self.clock.as_ref().is_none_or(|clock| {
            clock.hour < 24 && clock.minute.unwrap_or(0) < 60 && clock.second.unwrap_or(0) < 60
        });
        self.year > 0
            && (1..=12).contains(&month)
            && (1..=days_in(self.year, month)).contains(&self.day.unwrap_or(1))
            && clock_exists
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `+0100`, `-0330`, `+01`.
fn offset_parts(text: &str) -> Option<(char, u8, u8)> {
    let sign = text.chars().next()?;
    let digits = text.get(1..)?;
    if ![2, 4].contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours = digits.get(..2)?.parse().ok()?;
    let minutes = digits.get(2..4).map_or(Ok(0), str::parse).ok()?;
    (hours <= 14 && minutes < 60).then_some((sign, hours, minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Option<String>, Option<String>, Option<String>, String) {
        let time = PointInTime::new(text);
        (time.date(), time.instant(), time.date_time(), time.french())
    }

    #[test]
    fn a_full_time_gives_every_form() {
        let (date, instant, date_time, french) = read("20240106113623.250+0100");
        assert_eq!(date.as_deref(), Some("2024-01-06"));
        assert_eq!(instant.as_deref(), Some("2024-01-06T11:36:23+01:00"));
        assert_eq!(date_time, instant);
        assert_eq!(french, "6 janvier 2024 à 11\u{A0}h\u{A0}36");
    }

    #[test]
    fn less_precise_times_say_no_more_than_they_know() {
        assert_eq!(read("20200701134745").1, None);
        assert_eq!(read("20200701134745").2.as_deref(), Some("2020-07-01"));
        assert_eq!(read("19790301").3, "1er mars 1979");
        assert_eq!(read("197903").2.as_deref(), Some("1979-03"));
        assert_eq!(read("1979").3, "1979");
        assert_eq!(read("2020070113").3, "1er juillet 2020 à 13\u{A0}h");
    }

    #[test]
    fn what_is_not_a_time_gives_nothing() {
        for bad in [
            "",
            "20231301",
            "20230229",
            "2023022",
            "20230101é",
            "+0100",
            "20230101+1",
        ] {
            assert_eq!(read(bad), (None, None, None, bad.to_owned()), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            read(&text);
        }

        #[test]
        fn no_number_panics(text in "[0-9.+-]{0,24}") {
            read(&text);
        }
    }
}
