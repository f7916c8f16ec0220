//! `/documents/analyses/{word}`: one analysis over time, as a drawing, a table and a file.

use access::{Act, Person};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use cda::Interpretation;
use http::header;
use web::{
    Audience, Csv, Html, Link, Problem, Shell,
    chart::{Chart, Spot},
    dates,
};

use super::{Addresses, Observed, gather, list::addresses, series, series::Series, words};

/// An analysis over time; `results_trend.html` shows it.
#[derive(Debug, Clone)]
pub struct Trend {
    /// Its name.
    pub label: String,
    /// The drawing; empty when the results are no numbers.
    pub chart: String,
    /// Newest first.
    pub rows: Vec<Row>,
    /// Some values were converted to this unit; empty when none was.
    pub converted_to: String,
    /// The drawing shows usual values.
    pub has_band: bool,
    /// A point of the drawing stands out.
    pub has_out: bool,
    series: Series,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// When.
    pub day: String,
    /// In the unit of the drawing.
    pub value: String,
    /// As it stands in the report, when it was converted.
    pub original: String,
    /// Values of reference, as they stand in the report.
    pub range: String,
    /// What is said of it; empty for nothing.
    pub judged: String,
    /// It stands out.
    pub out: bool,
    /// The report.
    pub document: Id,
    /// Who made the report.
    pub by: String,
    /// The person brought it.
    pub by_holder: bool,
    /// A later report repeats it.
    pub repeated: bool,
}

impl Trend {
    /// The analysis that a word of an address names; none when the viewer may see none of that name.
    pub fn of(
        observed: Vec<Observed>,
        word: Id,
        addresses: &Addresses<'_>,
        shell: &Shell,
    ) -> Option<Self> {
        let all = series(observed, addresses.lang);
        let series = all
            .into_iter()
            .find(|one| addresses.word(&one.key) == word)?;
        let rows: Vec<Row> = series
            .points
            .iter()
            .rev()
            .map(|point| Row::of(point, &series.unit, shell))
            .collect();
        let converted = series.points.iter().any(|point| point.converted.is_some());
        let chart = chart(&series, shell);
        Some(Self {
            label: series.label.clone(),
            converted_to: match converted {
                true => ucum::written(&series.unit),
                false => String::new(),
            },
            has_band: chart.band.is_some(),
            has_out: chart.points.iter().any(|spot| spot.out),
            chart: chart.svg().0,
            rows,
            series,
        })
    }

    /// The table as a file for spreadsheets.
    pub fn csv(&self, shell: &Shell) -> Vec<u8> {
        let head = [
            "results-csv-date",
            "results-csv-analysis",
            "results-csv-value",
            "results-csv-unit",
            "results-csv-original",
            "results-csv-range",
            "results-csv-judged",
            "results-csv-source",
        ];
        let mut table = Csv::new(shell.lang, &head.map(|key| shell.t(key)));
        for (point, row) in self.series.points.iter().zip(self.rows.iter().rev()) {
            let number = point.number.map(|number| match point.converted {
                Some(decimals) => format!("{number:.decimals$}"),
                None => number.to_string(),
            });
            let value = number.map_or_else(
                || row.value.clone(),
                |number| words::number(&number, shell.lang),
            );
            let unit = match point.number {
                Some(_) => ucum::written(&self.series.unit),
                None => String::new(),
            };
            let original = words::value(&point.seen.result.value, shell.lang);
            let cells = [
                dates::today(point.seen.at).to_string(),
                self.label.clone(),
                value,
                unit,
                original,
                row.range.clone(),
                row.judged.clone(),
                row.by.clone(),
            ];
            table.line(&cells);
        }
        table.into_bytes()
    }
}

impl Row {
    /// The key of « Ajouté par vous », as the reader of the page says it.
    pub fn brought_key(&self, reader: &Audience) -> &'static str {
        match reader {
            Audience::Professional => "documents-tag-person",
            Audience::Citizen | Audience::Public => "documents-tag-mine",
        }
    }

    fn of(point: &super::series::Point, unit: &str, shell: &Shell) -> Self {
        let (seen, judged) = (&point.seen, point.judged());
        let range = seen.result.range.as_ref();
        Self {
            day: dates::day(dates::today(seen.at), shell.lang),
            value: words::point(point, unit, shell.lang),
            original: match point.converted {
                Some(_) => words::value(&seen.result.value, shell.lang),
                None => String::new(),
            },
            range: range.map_or_else(String::new, |range| words::interval(range, shell.lang)),
            judged: words::judged(judged, shell),
            out: judged.is_some_and(Interpretation::stands_out),
            document: seen.origin.document,
            by: seen.origin.by.clone(),
            by_holder: seen.origin.by_holder,
            repeated: seen.repeated,
        }
    }
}

fn chart(series: &Series, shell: &Shell) -> Chart {
    let spot = |point: &super::series::Point| {
        Some(Spot {
            day: dates::today(point.seen.at),
            value: point.number.filter(|number| number.is_finite())?,
            label: words::point(point, "", shell.lang)
                .split('\u{a0}')
                .next()?
                .to_owned(),
            out: point.judged().is_some_and(Interpretation::stands_out),
        })
    };
    let points: Vec<Spot> = series.points.iter().filter_map(spot).collect();
    let band = series.points.iter().rev().map(|point| point.range);
    let band = { band }.find(|(low, high)| low.is_some() || high.is_some());
    let said = |spot: Option<&Spot>| {
        spot.map_or_else(String::new, |spot| {
            format!("{} ({})", spot.label, dates::day(spot.day, shell.lang))
        })
    };
    let unit = ucum::written(&series.unit);
    let first = said(points.first());
    let counted = shell.t1("results-chart-count", "count", points.len());
    let moved = shell.t2(
        "results-chart-moved",
        "first",
        first,
        "last",
        said(points.last()),
    );
    Chart {
        title: match unit.as_str() {
            "" => series.label.clone(),
            unit => format!("{} ({unit})", series.label),
        },
        description: format!("{counted} {moved}"),
        points,
        second: vec![],
        band,
        lang: shell.lang,
    }
}

#[derive(Template)]
#[template(path = "analysis.html")]
struct Page {
    shell: Shell,
    trail: [Link; 3],
    trend: Trend,
    documents: &'static str,
    csv: String,
}

/// Shows one analysis; one line in the history.
pub(crate) async fn page(
    person: Person,
    Path(word): Path<String>,
) -> Result<Html<impl Template>, Problem> {
    let trend = look(&person, &word).await?;
    let title = trend.label.clone();
    Ok(Html(Page {
        trail: [
            Link::new("/documents", person.shell.t("documents-title")),
            Link::new("/documents/analyses", person.shell.t("results-title")),
            Link::new("", &*title),
        ],
        trend,
        documents: "/documents",
        csv: format!("/documents/analyses/{word}/csv"),
        shell: person.shell.titled(title),
    }))
}

/// Gives one analysis as a file.
pub(crate) async fn csv(person: Person, Path(word): Path<String>) -> Result<Response, Problem> {
    let trend = look(&person, &word).await?;
    Ok(file(&trend, &person.shell))
}

async fn look(person: &Person, word: &str) -> Result<Trend, Problem> {
    let word = crate::id_of(word)?;
    let clearance = person.enter(Act::ReadResults).await?;
    let observed = gather(&person.app.gate, clearance).await?;
    Trend::of(observed, word, &addresses(person), &person.shell).ok_or(Problem::NotFound)
}

/// The answer that is a file.
pub fn file(trend: &Trend, shell: &Shell) -> Response {
    let name = crate::title::file_name(&trend.label, "csv");
    let disposition = crate::title::disposition("attachment", &name);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, trend.csv(shell)).into_response()
}
