//! Results in words: numbers, units, bounds, what stands out.

use cda::{Interpretation, Interval, LabValue, Quantity};
use web::{Lang, Shell};

use super::series::Point;

/// A number with the decimals it was written with: « 4,89 ».
pub(crate) fn number(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => text.replace('.', ","),
        Lang::En => text.to_owned(),
    }
}

/// A bound: « 63,000000 » says no more than « 63 ».
fn bound(quantity: &Quantity, lang: Lang) -> String {
    let text = quantity.number.as_str();
    let text = match text.contains('.') {
        true => {
            let short = text.trim_end_matches('0').trim_end_matches('.');
            // One or two decimals are the author's; six are a machine's.
            if text.len() > short.len() + 3 {
                short
            } else {
                text
            }
        }
        false => text,
    };
    number(text, lang)
}

fn amount(number: String, unit: &str) -> String {
    match ucum::written(unit).as_str() {
        "" => number,
        unit => format!("{number}\u{a0}{unit}"),
    }
}

/// « 4,89 mmol/L »; empty when nothing came out.
pub(crate) fn value(value: &LabValue, lang: Lang) -> String {
    match value {
        LabValue::Quantity(quantity) => amount(number(&quantity.number, lang), &quantity.unit),
        LabValue::Interval(bounds) => interval(bounds, lang),
        LabValue::Words(words) => words.clone(),
        LabValue::Absent => String::new(),
    }
}

/// « 3,9 à 6,1 mmol/L », « < 1,6 g/L », « ≥ 60 ».
pub(crate) fn interval(interval: &Interval, lang: Lang) -> String {
    let to = match lang {
        Lang::Fr => "à",
        Lang::En => "to",
    };
    match (&interval.low, &interval.high) {
        (Some(low), Some(high)) => {
            let text = format!("{} {to} {}", bound(low, lang), bound(high, lang));
            amount(text, &high.unit)
        }
        (Some(low), None) => {
            let sign = if interval.low_included { "≥" } else { ">" };
            amount(format!("{sign}\u{a0}{}", bound(low, lang)), &low.unit)
        }
        (None, Some(high)) => {
            let sign = if interval.high_included { "≤" } else { "<" };
            amount(format!("{sign}\u{a0}{}", bound(high, lang)), &high.unit)
        }
        (None, None) => String::new(),
    }
}

/// The key of the words for what is said of a result; empty when nothing is.
pub(crate) fn judged_key(judged: Option<Interpretation>) -> &'static str {
    match judged {
        None => "",
        Some(Interpretation::Normal) => "results-normal",
        Some(Interpretation::Low) => "results-low",
        Some(Interpretation::VeryLow) => "results-very-low",
        Some(Interpretation::High) => "results-high",
        Some(Interpretation::VeryHigh) => "results-very-high",
        Some(Interpretation::Abnormal) => "results-abnormal",
        Some(Interpretation::Resistant) => "results-resistant",
        Some(Interpretation::Intermediate) => "results-intermediate",
        Some(Interpretation::Sensitive) => "results-sensitive",
        Some(Interpretation::Positive) => "results-positive",
        Some(Interpretation::Negative) => "results-negative",
    }
}

/// What is said of a result, in words; empty when nothing is.
pub(crate) fn judged(judged: Option<Interpretation>, shell: &Shell) -> String {
    match judged_key(judged) {
        "" => String::new(),
        key => shell.t(key),
    }
}

/// A point of a series in the unit of the series: « 0,88 g/L »; as it stands when
/// it was not converted.
pub(crate) fn point(point: &Point, unit: &str, lang: Lang) -> String {
    match (point.number, point.converted) {
        (Some(converted), Some(decimals)) => {
            amount(number(&format!("{converted:.decimals$}"), lang), unit)
        }
        _ => value(&point.seen.result.value, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_on_paper() {
        let quantity = |text, unit| Quantity::new(text, unit).expect("a number");
        let shown = value(&LabValue::Quantity(quantity("75.0", "g/L")), Lang::Fr);
        assert_eq!(shown, "75,0\u{a0}g/L");
        assert_eq!(
            value(&LabValue::Quantity(quantity("7.0", "[pH]")), Lang::En),
            "7.0"
        );
        let range = Interval {
            low: Some(quantity("63.000000", "g/L")),
            high: Some(quantity("83.50", "g/L")),
            low_included: true,
            high_included: false,
        };
        assert_eq!(interval(&range, Lang::Fr), "63 à 83,50\u{a0}g/L");
        let above = Interval {
            high: None,
            ..range.clone()
        };
        assert_eq!(interval(&above, Lang::Fr), "≥\u{a0}63\u{a0}g/L");
        let below = Interval { low: None, ..range };
        assert_eq!(interval(&below, Lang::En), "<\u{a0}83.50\u{a0}g/L");
    }
}
