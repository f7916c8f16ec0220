//! `/documents/analyses`: every analysis of the record, with its last result.

use access::{Act, Person};
use askama::Template;
use web::{Html, Link, Problem, Shell, dates};

use super::{Addresses, Observed, gather, series, series::Point, words};

/// Every analysis of a record; `results_overview.html` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// By name.
    pub lines: Vec<Line>,
    /// Analyses of which the last result stands out.
    pub out: usize,
}

/// An analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// Where its trend is.
    pub href: String,
    /// Its last result.
    pub last: String,
    /// Key of what is said of it; empty for nothing.
    pub judged: &'static str,
    /// It stands out.
    pub out: bool,
    /// When.
    pub day: String,
    /// The result before, with its day; empty for none.
    pub previous: String,
    /// How many results there are.
    pub count: usize,
}

impl Overview {
    /// What these results come to.
    pub fn of(observed: Vec<Observed>, addresses: &Addresses<'_>) -> Self {
        let lang = addresses.lang;
        let lines: Vec<Line> = series(observed, lang)
            .into_iter()
            .filter_map(|series| {
                let last = series.last()?;
                let shown = |point: &Point| words::point(point, &series.unit, lang);
                let day = |point: &Point| dates::short(dates::today(point.seen.at));
                let previous = series.previous();
                Some(Line {
                    href: addresses.of(&series.key),
                    last: shown(last),
                    judged: words::judged_key(last.judged()),
                    out: last.judged().is_some_and(cda::Interpretation::stands_out),
                    day: day(last),
                    previous: previous.map_or_else(String::new, |point| {
                        format!("{} ({})", shown(point), day(point))
                    }),
                    count: series.points.len(),
                    label: series.label,
                })
            })
            .collect();
        Self {
            out: lines.iter().filter(|line| line.out).count(),
            lines,
        }
    }
}

#[derive(Template)]
#[template(path = "analyses.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    overview: Overview,
}

/// Shows all analyses; one line in the history.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::ReadResults).await?;
    let observed = gather(&person.app.gate, clearance).await?;
    let overview = Overview::of(observed, &addresses(&person));
    let title = person.shell.t("results-title");
    Ok(Html(Page {
        trail: [
            Link::new("/documents", person.shell.t("documents-title")),
            Link::new("", &*title),
        ],
        overview,
        shell: person.shell.titled(title),
    }))
}

/// The addresses of one's own analyses.
pub(crate) fn addresses(person: &Person) -> Addresses<'_> {
    Addresses {
        store: &person.app.store,
        record: person.record,
        base: "/documents/analyses".to_owned(),
        lang: person.shell.lang,
    }
}
