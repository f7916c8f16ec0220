//! `/documents/papiers`: one's administrative papers. They are no care: what a person adds from here
//! begins hidden from professionals.

use access::{Act, Person, Plan, Refused, Scope};
use askama::Template;
use web::{Html, Link, Problem, Shell};

use crate::{Categories, Document, Documents, Row, copies::once, in_force, known, newest_first};

/// The category of papers.
pub(crate) const PAPERS: &str = "DOC_ADM";

#[derive(Template)]
#[template(path = "papers.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    rows: Vec<Row>,
}

/// Shows them, the newest first.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::List).await?;
    let (rules, lang) = (person.app.gate.rules(), person.shell.lang);
    let rows = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let mut all: Vec<&Document> = in_force(scope).filter(|one| !one.archived).collect();
            let categories = Categories::among(&rules.types, &all);
            all.retain(|one| categories.of(one).is_some_and(|found| found.code == PAPERS));
            once(&mut all);
            newest_first(&mut all);
            let told = known(all.iter().copied());
            let row = |one: &&Document| Row::of(one, &rules, scope.now, lang);
            Ok::<_, Refused>(Plan::new(all.iter().map(row).collect::<Vec<_>>()).counting(told))
        })
        .await?;
    let title = person.shell.t("papers-title");
    Ok(Html(Page {
        trail: [
            Link::new("/documents", person.shell.t("documents-title")),
            Link::new("", &*title),
        ],
        shell: person.shell.titled(title),
        rows,
    }))
}
