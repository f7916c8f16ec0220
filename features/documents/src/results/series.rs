//! Results of one analysis over time.

use std::collections::BTreeMap;

use ambient::Id;
use cda::{Interpretation, Interval, LabResult, LabValue, Quantity};
use jiff::Timestamp;
use web::Lang;

use super::analytes::{Analyte, Analytes};

/// A result, and the document that says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// What was found.
    pub result: LabResult,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub origin: Origin,
    /// An older result that a report repeats.
    pub repeated: bool,
}

/// The document that a result stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The document.
    pub document: Id,
    /// Who made it, as people read it.
    pub by: String,
    /// Brought by the person.
    pub by_holder: bool,
}

impl Origin {
    pub(crate) fn of(document: &crate::Document) -> Self {
        let by = [&*document.organization, &*document.author];
        let by = by.into_iter().find(|name| !name.is_empty());
        Self {
            document: document.id(),
            by: by.unwrap_or_default().to_owned(),
            by_holder: document.item.by_holder,
        }
    }
}

/// Results of one analysis, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What tells it from others in the record.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// UCUM unit of `number`; none when the results are words.
    pub unit: String,
    /// The results.
    pub points: Vec<Point>,
}

/// One result of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The result as it stands.
    pub seen: Observed,
    /// Its number in the unit of the series.
    pub number: Option<f64>,
    /// That number was converted; to so many decimals.
    pub converted: Option<usize>,
    /// Values of reference in the unit of the series.
    pub range: (Option<f64>, Option<f64>),
}

impl Point {
    /// What is said of it.
    pub fn judged(&self) -> Option<Interpretation> {
        self.seen.result.judged()
    }
}

impl Series {
    /// The newest result.
    pub fn last(&self) -> Option<&Point> {
        self.points.last()
    }

    /// The one before.
    pub fn previous(&self) -> Option<&Point> {
        self.points.iter().rev().nth(1)
    }
}

/// What tells an analysis from others: the table's, else its LOINC code, else its
/// name and what was examined.
pub(crate) fn key(result: &LabResult) -> String {
    if let Some(analyte) = Analytes::ours().of(result) {
        return format!("ours {}", analyte.id());
    }
    match result.code.as_ref().and_then(cda::Code::loinc) {
        Some(code) => format!("loinc {code}"),
        None => {
            let examined = result.specimen.as_deref().unwrap_or_default();
            format!("name {} {}", ins::fold(&result.name), ins::fold(examined))
        }
    }
}

/// Groups results by analysis, in the order of their names.
pub fn series(observed: Vec<Observed>, lang: Lang) -> Vec<Series> {
    let mut groups: BTreeMap<String, Vec<Observed>> = BTreeMap::new();
    for one in observed {
        if one.result.value != LabValue::Absent {
            groups.entry(key(&one.result)).or_default().push(one);
        }
    }
    let mut all: Vec<Series> = groups
        .into_iter()
        .filter_map(|(key, seen)| one(key, seen, lang))
        .collect();
    all.sort_by_cached_key(|series| ins::fold(&series.label));
    all
}

fn one(key: String, mut seen: Vec<Observed>, lang: Lang) -> Option<Series> {
    // What a report repeats comes after what the first report said of it.
    seen.sort_by_key(|one| (one.at, one.repeated));
    seen.dedup_by(|next, first| same(first, next));
    let newest = seen.last()?;
    let analyte = Analytes::ours().of(&newest.result);
    let label = match analyte {
        Some(analyte) => analyte.label(lang).to_owned(),
        None => newest.result.name.clone(),
    };
    let own_unit = || match &newest.result.value {
        LabValue::Quantity(quantity) => quantity.unit.clone(),
        _ => String::new(),
    };
    let unit = analyte.map_or_else(own_unit, |analyte| analyte.unit.clone());
    let points = seen
        .into_iter()
        .map(|seen| Point::of(seen, &unit, analyte))
        .collect();
    Some(Series {
        key,
        label,
        unit,
        points,
    })
}

/// Whether a repeated result is one that is there already: of that day, the same number.
fn same(first: &Observed, next: &Observed) -> bool {
    let day = |one: &Observed| web::dates::today(one.at);
    next.repeated
        && day(first) == day(next)
        && match (&first.result.value, &next.result.value) {
            (LabValue::Quantity(one), LabValue::Quantity(other)) => {
                one.unit == other.unit && one.value() == other.value()
            }
            (one, other) => one == other,
        }
}

impl Point {
    fn of(seen: Observed, unit: &str, analyte: Option<&Analyte>) -> Self {
        let convert = |quantity: &Quantity| {
            let own = &quantity.unit;
            match analyte {
                Some(analyte) => analyte.convert(quantity.value(), own),
                None => ucum::convert(quantity.value(), own, unit, None),
            }
        };
        let (mut number, mut converted) = (None, None);
        if let LabValue::Quantity(quantity) = &seen.result.value {
            number = convert(quantity);
            let changed = quantity.unit != unit && number.is_some();
            converted = changed.then(|| analyte.map_or(2, |analyte| analyte.decimals));
        }
        let bound = |of: fn(&Interval) -> &Option<Quantity>| {
            let range = seen.result.range.as_ref()?;
            convert(of(range).as_ref()?)
        };
        let range = (bound(|range| &range.low), bound(|range| &range.high));
        // A slip of the author: no usual value is a single number.
        let range = if range.0 == range.1 {
            (None, None)
        } else {
            range
        };
        Self {
            seen,
            number,
            converted,
            range,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(day: &str, loinc: Option<&str>, name: &str, value: &str, unit: &str) -> Observed {
        Observed {
            result: LabResult {
                code: loinc.map(|code| cda::Code::new(code, cda::write::LOINC, name)),
                name: name.to_owned(),
                value: LabValue::Quantity(Quantity::new(value, unit).expect("a number")),
                range: Some(Interval {
                    low: Quantity::new("3.9", unit),
                    high: Quantity::new("6.1", unit),
                    ..Interval::default()
                }),
                ..LabResult::default()
            },
            at: format!("{day}T08:00:00Z").parse().expect("an instant"),
            origin: Origin {
                document: Id([1; 16]),
                by: "Laboratoire".to_owned(),
                by_holder: false,
            },
            repeated: false,
        }
    }

    #[test]
    fn units_and_codes_of_one_analysis_meet() {
        let all = series(
            vec![
                seen("2026-01-04", Some("40193-5"), "Glucose", "4.89", "mmol/L"),
                seen("2024-01-04", Some("53049-3"), "Glycémie", "0.88", "g/L"),
                seen("2025-01-04", None, "Glycémie à jeun", "88", "mg/dL"),
            ],
            Lang::Fr,
        );
        let [glucose] = all.as_slice() else {
            panic!("{all:?}")
        };
        assert_eq!(
            (glucose.label.as_str(), glucose.unit.as_str()),
            ("Glycémie à jeun", "g/L")
        );
        let numbers: Vec<_> = glucose
            .points
            .iter()
            .filter_map(|point| point.number)
            .collect();
        assert!(
            numbers.iter().all(|number| (number - 0.88).abs() < 0.005),
            "{numbers:?}"
        );
        let converted: Vec<_> = glucose.points.iter().map(|point| point.converted).collect();
        assert_eq!(converted, [None, Some(2), Some(2)]);
        let (low, high) = glucose.last().expect("a result").range;
        assert!(low.is_some_and(|low| (low - 0.70).abs() < 0.01) && high.is_some());
    }

    #[test]
    fn an_unknown_analysis_goes_by_its_code_or_its_name() {
        let all = series(
            vec![
                seen("2024-01-04", None, "Marqueur  X", "1", "ug/L"),
                seen("2025-01-04", None, "marqueur x", "2000", "ng/L"),
                seen("2025-01-04", Some("99999-9"), "Marqueur X", "3", "kU"),
            ],
            Lang::Fr,
        );
        assert_eq!(
            all.iter().map(|one| one.points.len()).collect::<Vec<_>>(),
            [1, 2]
        );
        assert_eq!(all[1].unit, "ng/L");
        let number = all[1].points[0].number;
        assert!(number.is_some_and(|number| (number - 1_000.0).abs() < 1e-6));
    }

    /// 59261-8 is the IFCC's share of glycated haemoglobin: 5.1 % of it is 6.8 % of the NGSP's.
    #[test]
    fn a_code_bound_to_a_unit_is_another_analysis_in_any_other() {
        let all = series(
            vec![
                seen("2026-01-04", Some("4548-4"), "HbA1c", "6.9", "%"),
                seen("2025-01-04", Some("59261-8"), "HbA1c", "53", "mmol/mol"),
                seen("2024-01-04", Some("59261-8"), "HbA1c IFCC", "5.1", "%"),
            ],
            Lang::Fr,
        );
        let ours = all.iter().find(|one| one.key == "ours hba1c");
        let ours = ours.expect("the analysis of the table");
        let numbers = ours.points.iter().filter_map(|point| point.number);
        let numbers: Vec<_> = numbers.map(|one| (one * 10.0).round() / 10.0).collect();
        assert_eq!(numbers, [7.0, 6.9]);
        let other = all.iter().find(|one| one.key == "loinc 59261-8");
        let other = other.expect("an analysis of its own");
        assert_eq!((other.label.as_str(), &*other.unit), ("HbA1c IFCC", "%"));
        let last = other.last().expect("its result");
        assert_eq!((last.number, last.converted), (Some(5.1), None));
    }

    #[test]
    fn what_a_later_report_repeats_is_there_once() {
        let first = seen("2024-01-04", Some("3016-3"), "TSH", "2.0", "m[IU]/L");
        let again = Observed {
            repeated: true,
            ..seen("2024-01-04", Some("3016-3"), "TSH", "2", "m[IU]/L")
        };
        let lost = Observed {
            repeated: true,
            ..seen("2020-01-04", Some("3016-3"), "TSH", "3", "m[IU]/L")
        };
        let all = series(vec![again, first.clone(), lost], Lang::Fr);
        assert_eq!(all[0].points.len(), 2);
        assert_eq!(all[0].points[1].seen, first);
    }
}
