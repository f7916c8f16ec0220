//! `/documents/{id}`: reads one document.
//!
//! One look is one line: opening the page leaves it, and what the page embeds
//! comes from `/documents/{id}/vue/{look}/…`, where the look shows that the
//! line is there (see [`access::Clearance::go_on`]; the decision is taken
//! again). The same addresses without a look, or with one that is over, leave
//! a line of their own. So does a download.

use access::{Act, Person, Plan, Refused, Scope};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use web::{Choice, Html, Link, Problem, Shell, dates};

use crate::{
    Can, Document, Documents, Fact, FileKind, Folders, Row, Stored,
    copies::copies,
    facts, gone, id_of,
    measured::{self, Filled},
    paper::recognised,
    reading::{self, Body},
    reported::Reported,
    results,
    row::is_new,
    sick_leave,
};

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    shell: Shell,
    trail: [Link; 2],
    address: String,
    row: Row,
    facts: Vec<Fact>,
    body: Body,
    /// What was recognised in an image, and whether it goes on.
    recognised: (String, bool),
    /// A CDA document of level 1: people want the file inside.
    wraps: bool,
    /// Advance directives have a page of their own.
    directives: bool,
    /// A sick-leave notice that is to be sent.
    sick_leave: Option<sick_leave::Help>,
    can: Can,
    newer: Option<Id>,
    older: Option<Id>,
    copies: Vec<Row>,
    /// What was reported of it, and what came of that.
    reported: Vec<Reported>,
    /// The measures that it fills.
    fills: Vec<Filled>,
    /// Folders to choose from, and the one that it is in.
    folders: Vec<Choice>,
    folder: String,
}

/// What a look at a document gives.
struct Seen {
    row: Row,
    stored: Stored,
    can: Can,
    newer: Option<Id>,
    older: Option<Id>,
    copies: Vec<Row>,
    folders: Folders,
    look: String,
    reported: Vec<Reported>,
    /// Whose values are among the person's measures, and of when: none unless they want it.
    measured: Option<(results::Origin, jiff::Timestamp)>,
}

/// Shows a document.
pub(crate) async fn page(person: Person, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let clearance = person.enter(Act::Read).await?;
    let (rules, lang) = (person.app.gate.rules(), person.shell.lang);
    let visit = clearance.last_visit().await?;
    let reports = clearance.reports().await?;
    let seen = clearance
        .open(id, |scope: &Scope<'_, Documents>, document, look| {
            let named = |id: &Id| scope.things().any(|other| other.id() == *id);
            let replaced = |other: &&Document| other.replaced_by == Some(id);
            let row = Row::of(document, &rules, scope.now, lang);
            let new = is_new(document, visit, scope.now);
            let copy = |copy| Row::of(copy, &rules, scope.now, lang);
            Ok::<_, Problem>(Seen {
                row: Row { new, ..row },
                copies: copies(scope, document).map(copy).collect(),
                folders: scope.beside().cloned().unwrap_or_default(),
                stored: document.stored()?,
                can: Can::of(scope, document),
                newer: document.replaced_by.filter(named),
                older: scope.things().find(replaced).map(Document::id),
                look: look.to_owned(),
                reported: Reported::of(scope, document, &reports.all(), &person.shell),
                measured: measured::wanted(scope, document),
            })
        })
        .await;
    let seen = match seen {
        Ok(seen) => seen,
        Err(Problem::NotFound) => return gone::page(person, id).await,
        Err(problem) => return Err(problem),
    };
    let address = format!("/documents/{id}");
    let base = format!("{address}/vue/{}", seen.look);
    let analyses = results::addresses(&person);
    let body = reading::read_body(&person.app, &seen.stored, &base, &analyses).await?;
    let recognised = recognised(&person, (id, &seen.look), &body).await?;
    let fills = measured::fills(&person, &seen.stored, seen.measured.clone()).await?;
    let facts = facts(&seen.stored, &rules, person.app.now(), &person.shell);
    let own = &seen.stored.own;
    let (made, today) = (dates::today(own.date), dates::today(person.app.now()));
    let sick_leave = sick_leave::help(&own.type_code, made, today, &person.shell);
    let page = DocumentPage::of(person.shell, address, seen, facts, body);
    let page = DocumentPage {
        sick_leave,
        recognised,
        fills,
        ..page
    };
    Ok(Html(page).into_response())
}

impl DocumentPage {
    /// How the button of the download looks: of images one wants to see them, not their pointer.
    fn download_kind(&self) -> &'static str {
        match self.body {
            Body::Study(_) => "secondary",
            _ => "primary",
        }
    }

    fn of(shell: Shell, address: String, seen: Seen, facts: Vec<Fact>, body: Body) -> Self {
        let kind = FileKind::of_media_type(&seen.stored.own.media_type);
        let title = seen.row.title.clone();
        let folder = seen.stored.own.arranged.folder;
        let folder = folder.and_then(|id| seen.folders.get(id));
        let choice = |folder: &crate::Folder| Choice::new(folder.id.to_string(), &*folder.name);
        let embeds = !matches!(body, Body::Cda { .. } | Body::Download(_));
        Self {
            trail: [
                Link::new("/documents", shell.t("documents-title")),
                Link::new("", &*title),
            ],
            shell: shell.titled(title),
            address,
            facts,
            directives: seen.stored.own.type_code == access::directives::DIRECTIVES,
            sick_leave: None,
            wraps: kind == Some(FileKind::Cda) && embeds,
            body,
            recognised: Default::default(),
            row: seen.row,
            reported: seen.reported,
            can: seen.can,
            newer: seen.newer,
            older: seen.older,
            copies: seen.copies,
            fills: vec![],
            folder: folder.map_or_else(String::new, |folder| folder.id.to_string()),
            folders: seen.folders.all().iter().map(choice).collect(),
        }
    }
}

/// A part of a document's page: which document, under which look, and its number.
#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    id: String,
    #[serde(default)]
    look: String,
    #[serde(default)]
    number: String,
}

/// The bytes that the page embeds.
pub(crate) async fn content(person: Person, Path(part): Path<Part>) -> Result<Response, Problem> {
    let stored = look_again(&person, &part).await?;
    Ok(reading::content(&person.app.gate, &stored).await?)
}

/// A file inside the document.
pub(crate) async fn media(person: Person, Path(part): Path<Part>) -> Result<Response, Problem> {
    let stored = look_again(&person, &part).await?;
    Ok(reading::media(&person.app.gate, &stored, &part.number).await?)
}

async fn look_again(person: &Person, part: &Part) -> Result<Stored, Problem> {
    let id = id_of(&part.id)?;
    let clearance = person.enter(Act::Read).await?;
    clearance
        .go_on::<Documents, _, _>(id, &part.look, |document| Ok(document.stored()?))
        .await
}

/// Downloads the document as it was received.
pub(crate) async fn original(person: Person, Path(id): Path<String>) -> Result<Response, Problem> {
    let stored = download(&person, &id).await?;
    Ok(reading::original(&person.app.gate, &stored).await?)
}

/// Downloads the file that a CDA document wraps.
pub(crate) async fn wrapped(person: Person, Path(id): Path<String>) -> Result<Response, Problem> {
    let stored = download(&person, &id).await?;
    Ok(reading::wrapped(&person.app.gate, &stored).await?)
}

async fn download(person: &Person, id: &str) -> Result<Stored, Problem> {
    let id = id_of(id)?;
    let clearance = person.enter(Act::Download).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let stored = scope.thing(id)?.stored();
            let stored = stored.map_err(|error| Refused::Failed(error.into()))?;
            Ok::<_, Problem>(Plan::new(stored).about(id))
        })
        .await
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;
