//! A birth date, known to the day or less.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A birth date as civil status knows it. People born where the day was not
/// recorded have a month or a year only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum BirthDate {
    /// `1974-12-25`.
    Day(Date),
    /// `1974-12`.
    Month {
        /// Four digits.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// `1974`.
    Year(i16),
}

/// The text is not a date of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a birth date")]
pub struct BadBirthDate;

impl BirthDate {
    /// The date, when it is known to the day.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Month { .. } | Self::Year(_) => None,
        }
    }

    /// The year of birth, always known.
    pub fn year(self) -> i16 {
        match self {
            Self::Day(date) => date.year(),
            Self::Month { year, .. } | Self::Year(year) => year,
        }
    }
}

impl FromStr for BirthDate {
    type Err = BadBirthDate;

    fn from_str(text: &str) -> Result<Self, BadBirthDate> {
        let mut parts = text.split('-');
        let year = number(parts.next(), 4).ok_or(BadBirthDate)?;
        let month = match parts.next() {
            None => return Ok(Self::Year(year)),
            part => number(part, 2).and_then(|m| i8::try_from(m).ok()),
        };
        let month = month.filter(|m| (1..=12).contains(m)).ok_or(BadBirthDate)?;
        let day = match parts.next() {
            None => return Ok(Self::Month { year, month }),
            part => number(part, 2).and_then(|d| i8::try_from(d).ok()),
        };
        if parts.next().is_some() {
            return Err(BadBirthDate);
        }
        let date = Date::new(year, month, day.ok_or(BadBirthDate)?).map_err(|_| BadBirthDate)?;
        Ok(Self::Day(date))
    }
}

fn number(part: Option<&str>, digits: usize) -> Option<i16> {
    let part = part?;
    let well_formed = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
    if well_formed { part.parse().ok() } else { None }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl From<Date> for BirthDate {
    fn from(date: Date) -> Self {
        Self::Day(date)
    }
}

impl TryFrom<String> for BirthDate {
    type Error = BadBirthDate;

    fn try_from(text: String) -> Result<Self, BadBirthDate> {
        text.parse()
    }
}

impl From<BirthDate> for String {
    fn from(date: BirthDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_precisions_read_and_write_back() {
        for text in ["1974-12-25", "1974-12", "1974", "0001-01-01", "2024-02-29"] {
            assert_eq!(text.parse::<BirthDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "74",
            "1974-13",
            "1974-00",
            "1974-2-1",
            "2023-02-29",
            "1974-12-25-1",
            "19741225",
            "1974-12-",
            "-974",
            "1974-12-25T00:00:00Z",
            "１974",
        ] {
            assert!(text.parse::<BirthDate>().is_err(), "{text}");
        }
    }
}
