//! Opening a document.
//!
//! One look is one line, as on the person's own pages: what the page embeds comes
//! under the look that the page left ([`access::Clearance::go_on`]).

use access::{Act, Plan, Professional, Scope};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use documents::{
    Can, Document, Documents, Fact, Stored, facts,
    reading::{self, Body},
    reported::Reported,
};
use http::HeaderMap;
use jiff::Timestamp;
use serde::Deserialize;
use vault::RecordId;
use web::{Fields, Html, Link, Problem, Shell, dates};

use crate::{
    deposits::theirs,
    handle,
    patient::{Patient, allowed, no_access},
    results, situation,
};

#[derive(Template)]
#[template(path = "pro-document.html")]
struct Page {
    shell: Shell,
    at_work: String,
    trail: [Link; 2],
    patient: Patient,
    /// Where it can be downloaded; empty when it may not be.
    original: String,
    facts: Vec<Fact>,
    body: Body,
    hidden: bool,
    /// Kept from who represents the person.
    secret: bool,
    by_holder: bool,
    newer: String,
    older: String,
    /// Where its author says that it was explained; empty for anybody else.
    disclose: String,
    /// Where something wrong with it is reported; empty where it cannot be.
    report: String,
    /// What they reported of it, and what came of that.
    reported: Vec<Reported>,
    /// « Signalé il y a deux jours »: somebody says that it is another person's; else empty.
    doubt: String,
}

/// What a look at a document gives.
struct Seen {
    patient: Patient,
    stored: Stored,
    can: Can,
    newer: Option<Id>,
    older: Option<Id>,
    look: String,
    reported: Vec<Reported>,
    doubt: Option<Timestamp>,
}

/// A part of a document's page: whose, which document, under which look, and its number.
#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    handle: String,
    id: String,
    #[serde(default)]
    look: String,
    #[serde(default)]
    number: String,
}

impl Part {
    /// Where the record is.
    pub(crate) fn folder(&self) -> String {
        format!("/pro/patients/{}", self.handle)
    }

    /// Where the document is read.
    pub(crate) fn address(&self, id: Id) -> String {
        format!("{}/documents/{id}", self.folder())
    }
}

/// `GET /pro/patients/{handle}/documents/{id}`
pub(crate) async fn page(
    who: Professional,
    Path(part): Path<Part>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some((record, id)) = named(&who, &part).await? else {
        return Ok(no_access(who));
    };
    let Some(clearance) = allowed(who.enter(record, Act::Read).await)? else {
        return Ok(no_access(who));
    };
    let reports = clearance.reports().await?;
    let seen = clearance
        .open(id, |scope: &Scope<'_, Documents>, document, look| {
            let within = |id: &Id| scope.things().any(|other| other.id() == *id);
            let replaced = |other: &&Document| other.replaced_by == Some(id);
            Ok::<_, Problem>(Seen {
                patient: Patient::of(scope.policy(), &who, scope.now),
                stored: document.stored()?,
                can: Can::of(scope, document),
                newer: document.replaced_by.filter(within),
                older: scope.things().find(replaced).map(Document::id),
                look: look.to_owned(),
                reported: Reported::own(scope, document, &reports.all(), &who.shell),
                doubt: reports.all().in_doubt(scope, document),
            })
        })
        .await?;
    let (folder, address) = (part.folder(), part.address(id));
    let gate = &who.app.gate;
    let base = format!("{address}/vue/{}", seen.look);
    let analyses = results::addresses(&who, &part.handle, record);
    let body = reading::read_body(&who.app, &seen.stored, &base, &analyses).await?;
    let facts = facts(&seen.stored, &gate.rules(), who.app.now(), &who.shell);
    let at_work = situation::line(&who.situation);
    let doubt = seen.doubt.map_or_else(String::new, |since| {
        let when = dates::moment(since, who.app.now(), who.shell.lang);
        who.shell.t1("practice-document-doubt", "when", when)
    });
    let shell = who.shell.with_left_message(&headers);
    let page = Page {
        doubt,
        ..Page::of(shell, at_work, &folder, &address, seen, facts, body)
    };
    Ok(Html(page).into_response())
}

impl Page {
    fn of(
        shell: Shell,
        at_work: String,
        folder: &str,
        address: &str,
        seen: Seen,
        facts: Vec<Fact>,
        body: Body,
    ) -> Self {
        let own = seen.stored.own;
        let link = |id: Id| format!("{folder}/documents/{id}");
        Self {
            at_work,
            trail: [
                Link::new(folder, shell.t("practice-summary-title")),
                Link::new("", &*own.title),
            ],
            patient: seen.patient,
            original: match seen.can.download {
                true => format!("{address}/original"),
                false => String::new(),
            },
            facts,
            body,
            hidden: own.flags.professionals,
            secret: own.flags.representatives,
            by_holder: own.by_holder,
            newer: seen.newer.map(link).unwrap_or_default(),
            older: seen.older.map(link).unwrap_or_default(),
            disclose: match seen.can.disclose {
                true => format!("{address}/reveler"),
                false => String::new(),
            },
            report: match seen.can.report {
                true => format!("{address}/signaler"),
                false => String::new(),
            },
            reported: seen.reported,
            doubt: String::new(),
            shell: shell.titled(own.title),
        }
    }
}

/// The bytes that the page embeds.
pub(crate) async fn content(
    who: Professional,
    Path(part): Path<Part>,
) -> Result<Response, Problem> {
    let stored = look_again(&who, &part).await?;
    Ok(reading::content(&who.app.gate, &stored).await?)
}

/// A file inside the document.
pub(crate) async fn media(who: Professional, Path(part): Path<Part>) -> Result<Response, Problem> {
    let stored = look_again(&who, &part).await?;
    Ok(reading::media(&who.app.gate, &stored, &part.number).await?)
}

/// Downloads the document as it was received.
pub(crate) async fn original(
    who: Professional,
    Path(part): Path<Part>,
) -> Result<Response, Problem> {
    let (record, id) = named(&who, &part).await?.ok_or(Problem::NotFound)?;
    let clearance = theirs(who.enter(record, Act::Download).await)?;
    let stored = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let stored = scope.thing(id)?.stored()?;
            Ok::<_, Problem>(Plan::new(stored).about(id))
        })
        .await?;
    Ok(reading::original(&who.app.gate, &stored).await?)
}

/// `POST …/reveler`: its author explained it to the person, who sees it from now on.
pub(crate) async fn disclose(
    who: Professional,
    Path(part): Path<Part>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    who.check(&fields)?;
    let (record, id) = named(&who, &part).await?.ok_or(Problem::NotFound)?;
    let rules = who.app.gate.rules();
    let clearance = theirs(who.enter(record, Act::Read).await)?;
    // Who may not know of the document may not show it either.
    clearance
        .open(id, |_: &Scope<'_, Documents>, _, _| Ok::<_, Problem>(()))
        .await?;
    let clearance = who.enter(record, Act::Disclose).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| documents::disclosed(scope, id, &rules.topics))
        .await?;
    Ok(Redirect::to(&part.address(id)))
}

async fn look_again(who: &Professional, part: &Part) -> Result<Stored, Problem> {
    let (record, id) = named(who, part).await?.ok_or(Problem::NotFound)?;
    let clearance = theirs(who.enter(record, Act::Read).await)?;
    clearance
        .go_on::<Documents, _, _>(id, &part.look, |document| Ok(document.stored()?))
        .await
}

/// The record and the document of an address; `None` when it names nobody in this session.
pub(crate) async fn named(
    who: &Professional,
    part: &Part,
) -> Result<Option<(RecordId, Id)>, Problem> {
    let Some(record) = handle::read(who, &part.handle).await? else {
        return Ok(None);
    };
    let id = part.id.parse().map_err(|_| Problem::NotFound)?;
    Ok(Some((record, id)))
}
