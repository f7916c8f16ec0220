//! A line chart drawn by the server: values over time, with a band of reference.
//!
//! It is read by ear (title and description), by eye without colour (points out
//! of the band are squares, and their value is written), on a phone, on paper
//! and in the dark. The table beside it says the same; a page always has both.

use std::fmt::Write;

use askama::filters::Safe;
use jiff::civil::Date;

use crate::{Lang, dates};

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What is measured: the name read first.
    pub title: String,
    /// What the drawing shows, in a sentence.
    pub description: String,
    /// Points in the order of time; with one that is no number, nothing is drawn.
    pub points: Vec<Spot>,
    /// A second line below the first, for what is two numbers at once; mostly empty.
    pub second: Vec<Spot>,
    /// Usual values: from, to; either may be open.
    pub band: Option<(Option<f64>, Option<f64>)>,
    /// Language of the numbers.
    pub lang: Lang,
}

/// A point.
#[derive(Debug, Clone)]
pub struct Spot {
    /// When.
    pub day: Date,
    /// How much.
    pub value: f64,
    /// The value as people read it.
    pub label: String,
    /// Out of the usual values.
    pub out: bool,
}

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 230.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 350.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 200.0;

/// A small drawing of a few numbers, without words: beside it stand the last one and where it
/// goes. Empty when there are not two.
pub fn spark(values: &[f64]) -> String {
    const WIDE: f64 = 72.0;
    const HIGH: f64 = 20.0;
    if values.len() < 2 || values.iter().any(|value| !value.is_finite()) {
        return String::new();
    }
    let (least, most) = values.iter().fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(least, most), value| (least.min(*value), most.max(*value)),
    );
    let spread = (most - least).max(f64::MIN_POSITIVE);
    let step = WIDE / (values.len() - 1) as f64;
    let mut path = String::new();
    let (mut x, mut y) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        x = step * at as f64;
        // What never moves runs through the middle.
        y = match most > least {
            true => HIGH - (value - least) / spread * HIGH,
            false => HIGH / 2.0,
        };
        let sign = if at == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{sign}{x:.1} {y:.1}");
    }
    format!(
        r#"<svg class="spark" viewBox="-3 -3 78 26" aria-hidden="true"><path d="{path}"/><circle cx="{x:.1}" cy="{y:.1}" r="2.5"/></svg>"#
    )
}

/// Beyond that many points only the first, the last and the extremes say their value.
const LABELLED: usize = 7;

impl Chart {
    /// The drawing; empty when there is nothing to draw.
    pub fn svg(&self) -> Safe<String> {
        Safe(self.draw().unwrap_or_default())
    }

    fn draw(&self) -> Option<String> {
        let axis = self.axis()?;
        let mut svg = format!(
            r#"<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="courbe-titre courbe-texte"><title id="courbe-titre">{}</title><desc id="courbe-texte">{}</desc>"#,
            escaped(&self.title),
            escaped(&self.description)
        );
        self.band(&axis, &mut svg);
        self.grid(&axis, &mut svg);
        for (points, class) in [(&self.points, ""), (&self.second, " second")] {
            line(points, class, &axis, &mut svg);
        }
        svg.push_str("</svg>");
        Some(svg)
    }

    fn axis(&self) -> Option<Axis> {
        let (first, last) = (self.points.first()?, self.points.last()?);
        let all = || self.points.iter().chain(&self.second);
        if all().any(|spot| !spot.value.is_finite()) {
            return None;
        }
        let (low, high) = self.band.unwrap_or_default();
        let values = all().map(|spot| spot.value);
        let all = values
            .chain(low)
            .chain(high)
            .filter(|value| value.is_finite());
        let (least, most) = all.fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(least, most), value| (least.min(value), most.max(value)),
        );
        if !least.is_finite() || !most.is_finite() {
            return None;
        }
        let spread = if most > least {
            most - least
        } else {
            most.abs().max(1.0)
        };
        let (from, to) = (least - spread * 0.12, most + spread * 0.12);
        // What is never negative is not drawn below zero.
        let from = if least >= 0.0 { from.max(0.0) } else { from };
        let days = |date: Date| date.since(first.day).map_or(0, |span| span.get_days());
        Some(Axis {
            from,
            to,
            step: step(to - from),
            start: first.day,
            days: f64::from(days(last.day)),
        })
    }

    fn band(&self, axis: &Axis, svg: &mut String) {
        let Some((low, high)) = self.band else { return };
        let (top, bottom) = (
            axis.y(high.unwrap_or(axis.to)),
            axis.y(low.unwrap_or(axis.from)),
        );
        let (top, bottom) = (top.max(TOP), bottom.min(BOTTOM));
        if bottom > top {
            let (width, height) = (RIGHT - LEFT, bottom - top);
            let _ = write!(
                svg,
                r#"<rect class="chart-band" x="{LEFT}" y="{top:.1}" width="{width:.1}" height="{height:.1}"/>"#
            );
        }
    }

    fn grid(&self, axis: &Axis, svg: &mut String) {
        let mut tick = (axis.from / axis.step).ceil() * axis.step;
        while tick <= axis.to + axis.step * 1e-6 {
            let (y, label) = (axis.y(tick), self.number(tick, axis.step));
            let _ = write!(
                svg,
                r#"<line class="chart-grid" x1="{LEFT}" y1="{y:.1}" x2="{RIGHT}" y2="{y:.1}"/><text class="chart-axis" x="{:.1}" y="{:.1}" text-anchor="end">{label}</text>"#,
                LEFT - 6.0,
                y + 4.0,
            );
            tick += axis.step;
        }
        let (first, last) = (self.points.first(), self.points.last());
        let ends = [(first, LEFT, "start"), (last, RIGHT, "end")];
        let alone = axis.days < 1.0;
        for (spot, x, anchor) in ends.into_iter().take(if alone { 1 } else { 2 }) {
            let Some(spot) = spot else { continue };
            let day = dates::short(spot.day);
            let (x, anchor) = if alone {
                ((LEFT + RIGHT) / 2.0, "middle")
            } else {
                (x, anchor)
            };
            let y = BOTTOM + 20.0;
            let _ = write!(
                svg,
                r#"<text class="chart-axis" x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{day}</text>"#
            );
        }
    }

    fn number(&self, value: f64, step: f64) -> String {
        let decimals = (0..6).find(|n| {
            let scaled = step * 10_f64.powi(*n);
            (scaled - scaled.round()).abs() < 1e-6
        });
        let text = format!(
            "{:.*}",
            decimals.unwrap_or(6).unsigned_abs() as usize,
            value + 0.0
        );
        match self.lang {
            Lang::Fr => text.replace('.', ","),
            Lang::En => text,
        }
    }
}

/// Points and what joins them, with a class of their own.
fn line(points: &[Spot], class: &str, axis: &Axis, svg: &mut String) {
    let places: Vec<(f64, f64)> = points
        .iter()
        .map(|spot| (axis.x(spot.day), axis.y(spot.value)))
        .collect();
    if places.len() > 1 {
        let path: Vec<String> = places
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let _ = write!(
            svg,
            r#"<polyline class="chart-line{class}" points="{}"/>"#,
            path.join(" ")
        );
    }
    for (at, (spot, (x, y))) in points.iter().zip(&places).enumerate() {
        let _ = match spot.out {
            true => write!(
                svg,
                r#"<rect class="chart-out" x="{:.1}" y="{:.1}" width="9" height="9"/>"#,
                x - 4.5,
                y - 4.5
            ),
            false => write!(
                svg,
                r#"<circle class="chart-dot{class}" cx="{x:.1}" cy="{y:.1}" r="4"/>"#
            ),
        };
        if says(points, at) {
            let anchor = match *x {
                x if x < LEFT + 24.0 => "start",
                x if x > RIGHT - 24.0 => "end",
                _ => "middle",
            };
            let _ = write!(
                svg,
                r#"<text class="chart-value" x="{x:.1}" y="{:.1}" text-anchor="{anchor}">{}</text>"#,
                y - 9.0,
                escaped(&spot.label)
            );
        }
    }
}

/// Whether the value of a point is written beside it.
fn says(points: &[Spot], at: usize) -> bool {
    if points.len() <= LABELLED || at == 0 || at + 1 == points.len() {
        return true;
    }
    let value = |at: usize| points.get(at).map_or(f64::NAN, |spot| spot.value);
    let all = 0..points.len();
    let least = all
        .clone()
        .min_by(|one, other| value(*one).total_cmp(&value(*other)));
    let most = all.max_by(|one, other| value(*one).total_cmp(&value(*other)));
    least == Some(at) || most == Some(at)
}

/// Where values and days are drawn.
struct Axis {
    from: f64,
    to: f64,
    step: f64,
    start: Date,
    /// Days from the first point to the last.
    days: f64,
}

impl Axis {
    fn y(&self, value: f64) -> f64 {
        BOTTOM - (value - self.from) / (self.to - self.from) * (BOTTOM - TOP)
    }

    fn x(&self, day: Date) -> f64 {
        if self.days < 1.0 {
            return (LEFT + RIGHT) / 2.0;
        }
        let since = day.since(self.start).map_or(0, |span| span.get_days());
        // Room for the marks at both ends.
        let (left, right) = (LEFT + 8.0, RIGHT - 8.0);
        left + f64::from(since) / self.days * (right - left)
    }
}

/// A step of 1, 2 or 5 times a power of ten that makes three to six lines.
fn step(spread: f64) -> f64 {
    let rough = (spread / 4.0).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|part| part * power);
    steps
        .into_iter()
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(rough)
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[(&str, f64)]) -> Chart {
        let spot = |(day, value): &(&str, f64)| Spot {
            day: day.parse().unwrap(),
            value: *value,
            label: value.to_string().replace('.', ","),
            out: *value > 1.1,
        };
        Chart {
            title: "Glycémie <à jeun>".to_owned(),
            description: "Deux points".to_owned(),
            points: values.iter().map(spot).collect(),
            second: vec![],
            band: Some((Some(0.7), Some(1.1))),
            lang: Lang::Fr,
        }
    }

    #[test]
    fn points_band_and_values_are_drawn() {
        let svg = chart(&[("2024-01-04", 0.9), ("2026-03-01", 1.26)]).svg().0;
        assert!(svg.contains("Glycémie &lt;à jeun&gt;"));
        assert_eq!(
            (
                svg.matches("<circle").count(),
                svg.matches("chart-out").count()
            ),
            (1, 1)
        );
        for part in [
            "chart-band",
            "<polyline",
            "04/01/2024",
            "01/03/2026",
            ">1,26<",
            ">0,8<",
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert!(!svg.contains("style") && !svg.contains("NaN"));
    }

    #[test]
    fn what_cannot_be_drawn_is_not() {
        assert_eq!(chart(&[]).svg().0, "");
        for value in [f64::NAN, f64::INFINITY] {
            let spots = [("2024-01-04", 0.9), ("2024-02-04", value)];
            assert_eq!(chart(&spots).svg().0, "");
        }
        let alone = chart(&[("2024-01-04", 0.0)]).svg().0;
        assert!(alone.contains("<circle") && !alone.contains("<polyline"));
        let same = Chart {
            band: None,
            ..chart(&[("2024-01-04", 5.0), ("2024-02-04", 5.0)])
        };
        assert!(!same.svg().0.contains("NaN") && same.svg().0.matches("chart-grid").count() >= 3);
    }

    #[test]
    fn a_second_line_lies_in_the_same_drawing() {
        let mut both = chart(&[("2024-01-04", 1.2), ("2026-03-01", 1.3)]);
        both.second = chart(&[("2024-01-04", 0.7), ("2026-03-01", 0.8)]).points;
        let svg = both.svg().0;
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert_eq!(svg.matches("chart-line second").count(), 1);
        assert_eq!(svg.matches("<title").count(), 1);
    }

    #[test]
    fn steps_are_round() {
        for (spread, expected) in [(0.5, 0.2), (1.0, 0.5), (40.0, 10.0), (900.0, 500.0)] {
            assert!(
                (step(spread) - expected).abs() < 1e-9,
                "{spread} {}",
                step(spread)
            );
        }
    }
}
