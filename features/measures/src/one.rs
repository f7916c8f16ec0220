//! `/mesures/{mesure}`: one measure over time, as a drawing, a table and a file.

use access::Person;
use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use fhir::measure::Measure;
use http::header;
use serde::Deserialize;
use web::{
    Csv, Html, Link, Problem, Shell,
    chart::{Chart, Spot},
    dates,
};

use crate::{
    address, named,
    value::{self, Source, Value},
    words,
};

/// Values on a page of the table.
const ROWS: usize = 50;

/// The newest values are drawn: more are a smear on a phone.
const DRAWN: usize = 200;

#[derive(Template)]
#[template(path = "measure.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    /// Where one more is added; empty for what is computed.
    add: String,
    computed: bool,
    here: String,
    chart: String,
    /// Names of the two lines; empty when there is one.
    lines: Vec<String>,
    drawn: bool,
    rows: Vec<Row>,
    details: bool,
    previous: String,
    next: String,
    position: String,
}

struct Row {
    /// Its name, when it was added here.
    id: String,
    when: String,
    value: String,
    detail: String,
    reason: String,
    from: String,
    /// The document that says it; empty for none.
    document: String,
}

/// Which page of the table.
#[derive(Deserialize)]
pub(crate) struct Asked {
    page: Option<usize>,
}

async fn look(person: &Person, word: &str) -> Result<(&'static Measure, Vec<Value>), Problem> {
    let measure = named(person, word)?;
    let (mut values, _) = value::gather(person).await?;
    values.retain(|value| value.measure.id == measure.id);
    Ok((measure, values))
}

/// Shows one measure; one line in the history.
pub(crate) async fn page(
    person: Person,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<impl Template>, Problem> {
    let (measure, values) = look(&person, &word).await?;
    let (shell, here) = (&person.shell, address(&person, measure));
    let pages = values.len().div_ceil(ROWS).max(1);
    let page = asked.page.unwrap_or(1).clamp(1, pages);
    let skipped = (page - 1) * ROWS;
    let newest = values.iter().rev().skip(skipped).take(ROWS);
    let rows: Vec<Row> = newest.map(|value| Row::of(value, shell)).collect();
    let to = |page: usize| format!("{here}?page={page}");
    let last = skipped + rows.len();
    let position = shell.t2("measures-position", "from", skipped + 1, "to", last);
    let label = words::label(measure, shell.lang).to_owned();
    Ok(Html(Page {
        trail: [
            Link::new("/mesures", shell.t("measures-title")),
            Link::new("", &*label),
        ],
        add: match measure.computed {
            true => String::new(),
            false => format!("{here}/ajouter"),
        },
        computed: measure.computed,
        chart: match values.len() {
            0 => String::new(),
            _ => drawing(measure, &values, shell).svg().0,
        },
        lines: parts(measure, shell),
        drawn: values.len() > DRAWN,
        details: rows.iter().any(|row| !row.detail.is_empty()),
        previous: if page > 1 {
            to(page - 1)
        } else {
            String::new()
        },
        next: if page < pages {
            to(page + 1)
        } else {
            String::new()
        },
        position: if pages > 1 { position } else { String::new() },
        rows,
        here,
        shell: shell.clone().titled(label),
    }))
}

fn parts(measure: &Measure, shell: &Shell) -> Vec<String> {
    let parts = measure.parts().iter();
    parts
        .map(|part| words::part(part, shell.lang).to_owned())
        .collect()
}

impl Row {
    fn of(value: &Value, shell: &Shell) -> Self {
        let day = dates::day(dates::today(value.at), shell.lang);
        let answer = value.answer.map(|answer| words::answer(answer, shell.lang));
        Self {
            id: match &value.source {
                Source::Added(id) | Source::Brought(id) => id.clone(),
                Source::Computed(_) | Source::Document(..) => String::new(),
            },
            document: match &value.source {
                Source::Document(origin) => format!("/documents/{}", origin.document),
                Source::Added(_) | Source::Brought(_) | Source::Computed(_) => String::new(),
            },
            when: format!("{day}, {}", dates::time(value.at, shell.lang)),
            value: value.amount(shell),
            detail: answer.unwrap_or_default().to_owned(),
            reason: value.reason.clone(),
            from: value.from(shell),
        }
    }
}

fn drawing(measure: &Measure, values: &[Value], shell: &Shell) -> Chart {
    let newest = values.get(values.len().saturating_sub(DRAWN)..);
    let newest = newest.unwrap_or_default();
    let line = |at: usize| {
        let spot = |value: &Value| {
            let number = *value.values.get(at)?;
            Some(Spot {
                day: dates::today(value.at),
                value: number,
                label: words::number(number, measure.decimals, shell.lang),
                out: false,
            })
        };
        newest.iter().filter_map(spot).collect::<Vec<_>>()
    };
    let said = |value: Option<&Value>| {
        value.map_or_else(String::new, |value| {
            let day = dates::day(dates::today(value.at), shell.lang);
            format!("{} ({day})", value.amount(shell))
        })
    };
    let counted = shell.t1("measures-chart-count", "count", newest.len());
    let (first, last) = (said(newest.first()), said(newest.last()));
    let moved = shell.t2("measures-chart-moved", "first", first, "last", last);
    let (label, unit) = (
        words::label(measure, shell.lang),
        words::unit(measure, shell.lang),
    );
    Chart {
        title: format!("{label} ({unit})"),
        description: format!("{counted} {moved}"),
        points: line(0),
        second: line(1),
        band: None,
        lang: shell.lang,
    }
}

/// Gives one measure as a file.
pub(crate) async fn csv(person: Person, Path(word): Path<String>) -> Result<Response, Problem> {
    let (measure, values) = look(&person, &word).await?;
    let shell = &person.shell;
    let label = words::label(measure, shell.lang).to_owned();
    let mut numbers = parts(measure, shell);
    if numbers.is_empty() {
        numbers.push(shell.t("measures-value"));
    }
    let before = ["measures-date", "measures-time", "measures-measure"];
    let after = [
        "measures-unit",
        "measures-detail",
        "measures-remark",
        "measures-source",
    ];
    let head = before.map(|key| shell.t(key)).into_iter().chain(numbers);
    let head: Vec<String> = head.chain(after.map(|key| shell.t(key))).collect();
    let mut table = Csv::new(shell.lang, &head);
    for value in &values {
        let (row, at) = (Row::of(value, shell), dates::local(value.at));
        let number = |one: &f64| words::number(*one, measure.decimals, shell.lang);
        let mut cells = vec![
            at.date().to_string(),
            format!("{:02}:{:02}", at.hour(), at.minute()),
            label.clone(),
        ];
        cells.extend(value.values.iter().map(number));
        let unit = words::unit(measure, shell.lang);
        cells.extend([unit, row.detail, row.reason, row.from]);
        table.line(&cells);
    }
    let name = documents::title::file_name(&label, "csv");
    let disposition = documents::title::disposition("attachment", &name);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, table.into_bytes()).into_response())
}
