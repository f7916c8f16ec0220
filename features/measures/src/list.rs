//! `/mesures`: each measure with its last value, and those that one may begin.

use std::collections::HashMap;

use access::Person;
use askama::Template;
use fhir::measure::Measures;
use web::{Html, Link, Problem, Shell, dates};

use crate::{address, value, words};

#[derive(Template)]
#[template(path = "measures.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    /// Where a value is added: of those in use first.
    ways: Vec<Link>,
    /// Values of documents are among them.
    from_documents: bool,
}

/// A measure with values.
struct Line {
    href: String,
    label: String,
    /// « 72,5 kg · 12 mars 2026 ».
    last: String,
}

/// Shows them.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let (values, from_documents) = value::gather(&person).await?;
    let shell = &person.shell;
    let last: HashMap<&str, &value::Value> = values
        .iter()
        .map(|value| (value.measure.id.as_str(), value))
        .collect();
    let (mut lines, mut used, mut others) = (vec![], vec![], vec![]);
    for measure in Measures::ours().all() {
        let label = words::label(measure, shell.lang).to_owned();
        let href = address(&person, measure);
        let last = last.get(measure.id.as_str());
        if !measure.computed {
            let ways = if last.is_some() {
                &mut used
            } else {
                &mut others
            };
            ways.push(Link::new(format!("{href}/ajouter"), &*label));
        }
        if let Some(value) = last {
            let day = dates::day(dates::today(value.at), shell.lang);
            let last = format!("{} · {day}", value.amount(shell));
            lines.push(Line { href, label, last });
        }
    }
    let title = shell.t("measures-title");
    Ok(Html(Page {
        lines,
        from_documents,
        ways: [used, others].concat(),
        shell: shell.clone().titled(title),
    }))
}
