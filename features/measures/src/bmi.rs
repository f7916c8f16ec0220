//! The body mass index: of each weight, with the height nearest in time.

use fhir::measure::Measures;
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use web::dates;

use crate::value::{Source, Value};

/// A child's height of longer ago says nothing of today.
const NEAR: SignedDuration = SignedDuration::from_hours(92 * 24);

/// From this age on a height stays.
const GROWN: i64 = 18;

/// The index for each weight of these values for which there is a height, in no order.
pub(crate) fn values(values: &[Value], born: Option<Date>) -> Vec<Value> {
    let of = |id: &'static str| values.iter().filter(move |one| one.measure.id == id);
    let Some(index) = Measures::ours().get("bmi") else {
        return vec![];
    };
    let one = |weight: &Value| {
        let apart = |height: &&Value| weight.at.duration_since(height.at).abs();
        let fits = |height: &&Value| {
            apart(height) <= NEAR || (grown(weight.at, born) && grown(height.at, born))
        };
        let height = of("height").filter(fits).min_by_key(apart)?;
        let (kilograms, metres) = (weight.values.first()?, height.values.first()? / 100.0);
        let values = vec![index.rounded(kilograms / (metres * metres))];
        index.is_plausible(&values).then(|| Value {
            measure: index,
            at: weight.at,
            values,
            answer: None,
            reason: String::new(),
            source: Source::Computed(Box::new([weight.clone(), height.clone()])),
        })
    };
    of("weight").filter_map(one).collect()
}

fn grown(at: Timestamp, born: Option<Date>) -> bool {
    let grown = born.and_then(|born| born.checked_add(GROWN.years()).ok());
    grown.is_some_and(|grown| grown <= dates::today(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(id: &str, day: &str, value: f64) -> Value {
        Value {
            measure: Measures::ours().get(id).expect("in the table"),
            at: format!("{day}T10:00:00Z").parse().expect("an instant"),
            values: vec![value],
            answer: None,
            reason: String::new(),
            source: Source::Added(String::new()),
        }
    }

    fn found(all: &[Value], born: Option<&str>) -> Vec<f64> {
        let born = born.map(|born| born.parse().expect("a date"));
        let found = values(all, born).into_iter();
        found.map(|one| one.values[0]).collect()
    }

    #[test]
    fn a_weight_meets_the_height_nearest_in_time() {
        let grown = [
            value("height", "2010-01-01", 180.0),
            value("height", "2026-01-01", 175.0),
            value("weight", "2026-06-01", 70.0),
        ];
        assert_eq!(found(&grown, Some("1960-05-05")), [22.9]);
        assert_eq!(found(&grown[..1], Some("1960-05-05")), [0.0; 0]);
        assert_eq!(found(&grown, None), [0.0; 0], "of unknown age as a child");
    }

    #[test]
    fn a_childs_height_is_of_the_same_months() {
        let child = [
            value("height", "2026-01-01", 110.0),
            value("weight", "2026-02-01", 19.0),
            value("weight", "2026-09-01", 21.0),
        ];
        assert_eq!(found(&child, Some("2020-05-05")), [15.7]);
        let slip = [
            value("height", "2026-01-01", 30.0),
            value("weight", "2026-01-01", 300.0),
        ];
        assert_eq!(found(&slip, Some("1960-05-05")), [0.0; 0]);
    }
}
