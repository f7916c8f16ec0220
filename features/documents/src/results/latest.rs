//! The last results as a summary shows them: what stands out first, each with where it goes.

use ambient::Id;
use cda::Interpretation;
use jiff::Timestamp;
use web::{chart, dates};

use super::{Addresses, Observed, Series, series, series::Point, words};

/// Analyses that a summary shows.
const SHOWN: usize = 8;
/// Results that the small drawing goes through.
const DRAWN: usize = 12;
/// A change of less is none: two measures of one sample differ by as much.
const STEADY: f64 = 0.03;

/// The last result of an analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// Its name.
    pub label: String,
    /// Where its trend is.
    pub href: String,
    /// What came out.
    pub value: String,
    /// Key of what is said of it; empty for nothing.
    pub judged: &'static str,
    /// It stands out.
    pub out: bool,
    /// When.
    pub day: String,
    /// The result before; empty for none.
    pub previous: String,
    /// Key of where it goes since then; empty when it cannot be said.
    pub trend: &'static str,
    /// The drawing of the last results; empty where there are not two numbers.
    pub spark: String,
    /// The report.
    pub document: Id,
    /// Who made the report.
    pub by: String,
}

impl Latest {
    /// The last results, and of how many analyses there are more.
    pub fn of(observed: Vec<Observed>, addresses: &Addresses<'_>) -> (Vec<Self>, usize) {
        let all = series(observed, addresses.lang);
        let mut lines: Vec<(bool, Timestamp, Self)> = all
            .iter()
            .filter_map(|series| Self::one(series, addresses))
            .collect();
        // By name within a day.
        lines.sort_by_key(|(out, at, _)| std::cmp::Reverse((*out, dates::today(*at))));
        let more = lines.len().saturating_sub(SHOWN);
        let shown = lines.into_iter().take(SHOWN);
        (shown.map(|(.., line)| line).collect(), more)
    }

    fn one(series: &Series, addresses: &Addresses<'_>) -> Option<(bool, Timestamp, Self)> {
        let (last, previous) = (series.last()?, series.previous());
        let shown = |point: &Point| words::point(point, &series.unit, addresses.lang);
        let day = |point: &Point| dates::short(dates::today(point.seen.at));
        let out = last.judged().is_some_and(Interpretation::stands_out);
        let numbers: Vec<f64> = series.points.iter().filter_map(|one| one.number).collect();
        let from = numbers.len().saturating_sub(DRAWN);
        let numbers_of = |point: &Point| point.number.filter(|number| number.is_finite());
        let moved = previous.and_then(numbers_of).zip(numbers_of(last));
        let line = Self {
            label: series.label.clone(),
            href: addresses.of(&series.key),
            value: shown(last),
            judged: words::judged_key(last.judged()),
            out,
            day: day(last),
            previous: previous.map_or_else(String::new, |point| {
                format!("{} ({})", shown(point), day(point))
            }),
            trend: moved.map_or("", |(before, now)| trend(before, now)),
            spark: chart::spark(numbers.get(from..).unwrap_or_default()),
            document: last.seen.origin.document,
            by: last.seen.origin.by.clone(),
        };
        Some((out, last.seen.at, line))
    }
}

fn trend(before: f64, now: f64) -> &'static str {
    let scale = before.abs().max(now.abs());
    match now - before {
        change if change.abs() <= STEADY * scale => "summary-trend-steady",
        change if change > 0.0 => "summary-trend-up",
        _ => "summary-trend-down",
    }
}

#[cfg(test)]
mod tests {
    use super::trend;

    #[test]
    fn a_trend_is_said_when_there_is_one() {
        for (before, now, said) in [
            (1.0, 1.2, "summary-trend-up"),
            (1.2, 1.0, "summary-trend-down"),
            (1.0, 1.02, "summary-trend-steady"),
            (0.0, 0.0, "summary-trend-steady"),
            (0.0, 0.1, "summary-trend-up"),
            (-1.0, -2.0, "summary-trend-down"),
        ] {
            assert_eq!(trend(before, now), said, "{before} {now}");
        }
    }
}
