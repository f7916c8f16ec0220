//! `/documents/directives`: those that hold, what is being written, those before.

use access::{Act, Person, Plan, Scope, directives::Standing};
use askama::Template;
use web::{Html, Link, Problem, Shell, dates};

use super::{PATH, all, holding, models::Model, remind};
use crate::{Document, Documents, Fact, Row};

#[derive(Template)]
#[template(path = "directives.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    standing: Standing,
    held: Option<Row>,
    facts: Vec<Fact>,
    /// What is being written: since when, by which model.
    typed: String,
    earlier: Vec<(Row, &'static str)>,
    /// Those that somebody else brought.
    others: Vec<Row>,
}

/// What the look gives.
struct Seen {
    held: Option<(Row, Dates)>,
    earlier: Vec<(Row, &'static str)>,
    others: Vec<Row>,
}

/// When something was said of what holds.
struct Dates {
    received: jiff::Timestamp,
    confirmed: Option<jiff::Timestamp>,
}

/// Shows the page.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let clearance = person.enter(Act::List).await?;
    let standing = Standing::of(&person.viewer, clearance.policy(), person.app.now());
    let typed = match standing.writes() {
        true => clearance.typed_directives().await?,
        false => None,
    };
    let (rules, lang) = (person.app.gate.rules(), person.shell.lang);
    let seen = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let all = all(scope);
            let held = holding(scope, &all);
            let row = |one: &Document| Row::of(one, &rules, scope.now, lang);
            let by_them = |one: &&Document| one.item.by_holder;
            let (own, others): (Vec<&Document>, Vec<&Document>) =
                all.iter().copied().partition(by_them);
            let current = held.map(Document::id);
            let earlier = own.into_iter().filter(|one| Some(one.id()) != current);
            let seen = Seen {
                held: match held {
                    Some(one) => {
                        let wishes = one.stored()?.own.wishes.unwrap_or_default();
                        let dates = Dates {
                            received: one.received,
                            confirmed: wishes.confirmed,
                        };
                        Some((row(one), dates))
                    }
                    None => None,
                },
                earlier: earlier.map(|one| (row(one), became(one))).collect(),
                others: others.into_iter().map(row).collect(),
            };
            Ok::<_, Problem>(Plan::new(seen).counting(all.len()))
        })
        .await?;
    let shell = person.shell;
    let title = shell.t("directives-title");
    let facts = seen
        .held
        .as_ref()
        .map(|(row, dates)| facts(row, dates, &shell));
    Ok(Html(Page {
        trail: [
            Link::new("/documents", shell.t("documents-title")),
            Link::new("", &*title),
        ],
        typed: typed.map_or_else(String::new, |typed| {
            let model = Model::of(&typed.model).map(|model| model.code);
            let model = model.map_or_else(String::new, |code| {
                shell.t(&format!("directives-model-{code}"))
            });
            let day = dates::day(dates::today(typed.at), lang);
            shell.t2("directives-typed-line", "model", model, "day", day)
        }),
        shell: shell.titled(title),
        standing,
        facts: facts.unwrap_or_default(),
        held: seen.held.map(|(row, _)| row),
        earlier: seen.earlier,
        others: seen.others,
    }))
}

/// The key of what became of directives that hold no longer.
fn became(document: &Document) -> &'static str {
    match document.revoked {
        true => "directives-revoked",
        false => "directives-replaced",
    }
}

fn facts(row: &Row, held: &Dates, shell: &Shell) -> Vec<Fact> {
    let day = |at| dates::day(dates::today(at), shell.lang);
    let fact = |key: &str, value: String| Fact {
        label: shell.t(key),
        value,
    };
    let visible = match (row.hidden, row.some) {
        (true, _) => "documents-visibility-hidden",
        (false, true) => "documents-visibility-some",
        (false, false) => "documents-visibility-shown",
    };
    let confirmed = held
        .confirmed
        .map(|at| fact("directives-fact-confirmed", day(at)));
    let next = remind::next(held.confirmed.unwrap_or(held.received));
    let added = fact("directives-fact-added", day(held.received));
    std::iter::once(added)
        .chain(confirmed)
        .chain([
            fact("directives-fact-reminder", day(next)),
            fact("documents-fact-visibility", shell.t(visible)),
        ])
        .collect()
}

/// Where the pages below are: documents, directives, here.
pub(super) fn trail(shell: &Shell, here: &str) -> [Link; 3] {
    [
        Link::new("/documents", shell.t("documents-title")),
        Link::new(PATH, shell.t("directives-title")),
        Link::new("", here),
    ]
}
