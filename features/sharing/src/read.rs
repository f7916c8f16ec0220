//! `/partage/documents`: what was shared, for whoever opened it. One look is one line.

use access::{Act, Plan, Refused, Scope};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use documents::{
    Documents, Fact, Row, Stored, facts, newest_first, once,
    reading::{self, Body},
    results::Addresses,
};
use serde::Deserialize;
use web::{Audience, Html, Link, Problem, Shell, dates};

use crate::{door, id_of, opener::Opener};

#[derive(Template)]
#[template(path = "sharing-documents.html")]
struct ListPage {
    shell: Shell,
    /// Whose they are, and when they were born.
    whose: String,
    born: String,
    rows: Vec<Row>,
    error: String,
    note: String,
    left: bool,
}

#[derive(Template)]
#[template(path = "sharing-document.html")]
struct DocumentPage {
    shell: Shell,
    trail: [Link; 2],
    whose: String,
    born: String,
    original: String,
    by_holder: bool,
    facts: Vec<Fact>,
    body: Body,
}

/// What a look at the list gives.
struct Seen {
    whose: String,
    born: String,
    rows: Vec<Row>,
}

/// `GET /partage/documents`.
pub(crate) async fn list(opener: Opener) -> Result<Response, Problem> {
    show(opener, String::new(), String::new(), false).await
}

/// The list, with what became of a note.
pub(crate) async fn show(
    opener: Opener,
    note: String,
    error: String,
    left: bool,
) -> Result<Response, Problem> {
    let (rules, lang) = (opener.app.gate.rules(), opener.shell.lang);
    let seen = match opener.enter(Act::List).await {
        Ok(clearance) => {
            let seen = clearance.act_on(|scope: &Scope<'_, Documents>| {
                let mut all: Vec<_> = scope.things().collect();
                once(&mut all);
                newest_first(&mut all);
                let rows = all.iter().map(|one| Row::of(one, &rules, scope.now, lang));
                let (whose, born) = person(scope, &opener.shell);
                let seen = Seen {
                    whose,
                    born,
                    rows: rows.collect(),
                };
                let count = seen.rows.len();
                Ok::<_, Refused>(Plan::new(seen).counting(count))
            });
            seen.await
        }
        Err(refused) => Err(refused),
    };
    let Some(seen) = still(seen)? else {
        return Ok(door::closed(opener.shell));
    };
    let title = opener.shell.t("sharing-documents-title");
    let status = match error.is_empty() {
        true => http::StatusCode::OK,
        false => http::StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = ListPage {
        shell: opener.shell.titled(title),
        whose: seen.whose,
        born: seen.born,
        rows: seen.rows,
        error,
        note,
        left,
    };
    Ok((status, Html(page)).into_response())
}

/// The person's name and birth date: whom the documents are about.
fn person(scope: &Scope<'_, Documents>, shell: &Shell) -> (String, String) {
    let policy = scope.policy();
    let born = policy.identity().and_then(|identity| identity.birth_date());
    let born = born.map(|date| date.to_string()).unwrap_or_default();
    let words = match born.parse() {
        Ok(date) => dates::day(date, shell.lang),
        Err(_) => born,
    };
    (policy.name(), words)
}

/// What is still open; `None` when the share has ended meanwhile.
fn still<T>(done: Result<T, Refused>) -> Result<Option<T>, Problem> {
    match done {
        Ok(value) => Ok(Some(value)),
        Err(Refused::No(_) | Refused::NotFound) => Ok(None),
        Err(failed) => Err(failed.into()),
    }
}

/// `GET /partage/documents/{id}`.
pub(crate) async fn page(opener: Opener, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let clearance = match still(opener.enter(Act::Read).await)? {
        Some(clearance) => clearance,
        None => return Ok(door::closed(opener.shell)),
    };
    let (stored, look, (whose, born)) = clearance
        .open(id, |scope: &Scope<'_, Documents>, document, look| {
            let whose = person(scope, &opener.shell);
            Ok::<_, Problem>((document.stored()?, look.to_owned(), whose))
        })
        .await?;
    let address = format!("/partage/documents/{id}");
    let analyses = Addresses {
        store: &opener.app.store,
        record: opener.record(),
        base: String::new(),
        lang: opener.shell.lang,
    };
    let base = format!("{address}/vue/{look}");
    let mut body = reading::read_body(&opener.app, &stored, &base, &analyses).await?;
    // Results over time are not shared: one report is.
    if let Body::Cda { panel, .. } = &mut body {
        let chapters = panel.chapters.iter_mut();
        chapters
            .flat_map(|one| &mut one.rows)
            .for_each(|row| row.trend.clear());
    }
    let facts = facts_of(&stored, &opener);
    let shell = opener.shell;
    let page = DocumentPage {
        trail: [
            Link::new("/partage/documents", shell.t("sharing-documents-title")),
            Link::new("", &*stored.own.title),
        ],
        whose,
        born,
        original: format!("{address}/original"),
        by_holder: stored.own.by_holder,
        facts,
        body,
        shell: shell.titled(stored.own.title),
    };
    Ok(Html(page).into_response())
}

/// What is known of a document, but for who else sees it.
fn facts_of(stored: &Stored, opener: &Opener) -> Vec<Fact> {
    // In the words for whoever is not the person.
    let shell = Shell {
        audience: Audience::Professional,
        ..opener.shell.clone()
    };
    let mut facts = facts(stored, &opener.app.gate.rules(), opener.app.now(), &shell);
    let hidden = shell.t("documents-fact-visibility");
    facts.retain(|fact| fact.label != hidden);
    facts
}

/// A part of a document's page.
#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    id: String,
    look: String,
    #[serde(default)]
    number: String,
}

/// The bytes that the page embeds.
pub(crate) async fn content(opener: Opener, Path(part): Path<Part>) -> Result<Response, Problem> {
    let stored = look_again(&opener, &part).await?;
    Ok(reading::content(&opener.app.gate, &stored).await?)
}

/// A file inside the document.
pub(crate) async fn media(opener: Opener, Path(part): Path<Part>) -> Result<Response, Problem> {
    let stored = look_again(&opener, &part).await?;
    Ok(reading::media(&opener.app.gate, &stored, &part.number).await?)
}

async fn look_again(opener: &Opener, part: &Part) -> Result<Stored, Problem> {
    let id = id_of(&part.id)?;
    let clearance = still(opener.enter(Act::Read).await)?.ok_or(Problem::NotFound)?;
    let look = part.look.as_str();
    let read = clearance.go_on::<Documents, _, _>(id, look, |document| Ok(document.stored()?));
    read.await
}

/// Downloads the document as it was received.
pub(crate) async fn original(opener: Opener, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let clearance = still(opener.enter(Act::Download).await)?.ok_or(Problem::NotFound)?;
    let stored = clearance.act_on(|scope: &Scope<'_, Documents>| stored(scope, id));
    Ok(reading::original(&opener.app.gate, &stored.await?).await?)
}

/// One document, to take away.
pub(crate) fn stored(scope: &Scope<'_, Documents>, id: Id) -> Result<Plan<Stored>, Problem> {
    let stored = scope.thing(id)?.stored()?;
    Ok(Plan::new(stored).about(id))
}
