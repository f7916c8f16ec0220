//! The first page at work: finding a person by their national number, and the list of those whose
//! records one may open.

use access::{Act, Emergency, Professional, TOLD_FOR, aside::Removed};
use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use ins::Matricule;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use vault::RecordId;
use web::{Errors, Fields, Html, Problem, Shell, dates};

use crate::{
    handle,
    patient::{allowed, number_help, same_birth, typed_date},
    reported, situation, verify,
    worklist::{self, List},
};

#[derive(Template)]
#[template(path = "patients.html")]
pub(crate) struct Page {
    shell: Shell,
    at_work: String,
    fields: Fields,
    errors: Errors,
    /// Nobody can be shown: unknown, closed, blocked, another birth date. Never says which.
    nobody: bool,
    /// Emergencies at people whose treating doctor they are.
    told: Vec<Told>,
    /// Documents that were taken out of records, told of in a sentence each.
    removed: Vec<String>,
    /// Documents of theirs that are reported: a sentence each, and where it leads.
    reported: Vec<(String, String)>,
    /// Those whose records they may open.
    list: List,
}

/// A part of the list, as the address names it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Part {
    #[serde(default)]
    suite: Option<usize>,
}

/// An emergency, as the treating doctor reads of it.
struct Told {
    title: String,
    who: String,
    reason: String,
}

impl Told {
    fn of(emergency: Emergency, shell: &Shell, now: Timestamp) -> Self {
        let at = dates::moment(emergency.at, now, shell.lang);
        Self {
            title: shell.t2("practice-told", "person", emergency.person, "at", at),
            who: format!("{} · {}", emergency.name, emergency.role),
            reason: emergency.reason,
        }
    }
}

/// That a document was taken out of a record: nothing of what it was, nor in whose.
fn sentence(one: &Removed, shell: &Shell, now: Timestamp) -> String {
    let at = dates::moment(one.at, now, shell.lang);
    match one.opened {
        Some(opened) => {
            let opened = dates::moment(opened, now, shell.lang);
            shell.t2("practice-removed", "at", at, "opened", opened)
        }
        None => shell.t1("practice-removed-own", "at", at),
    }
}

/// Of each, how many are shown.
const TOLD: usize = 5;

const HERE: &str = "/pro";

/// `GET /pro`
pub(crate) async fn page(
    who: Professional,
    Query(part): Query<Part>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = who.app.now();
    let list = worklist::list(&who, part.suite.unwrap_or(0)).await?;
    let told = who.app.gate.told_of(&who.viewer).await?.into_iter();
    let told = told.filter(|one| now.duration_since(one.at) < TOLD_FOR);
    let told = told.take(TOLD).map(|one| Told::of(one, &who.shell, now));
    let told = told.collect();
    let removed = who.app.gate.told_removed(&who.viewer).await?.into_iter();
    let removed = removed.filter(|one| now.duration_since(one.at) < TOLD_FOR);
    let removed = removed
        .take(TOLD)
        .map(|one| sentence(&one, &who.shell, now));
    let removed = removed.collect();
    let reported = reported::waiting(&who).await?;
    let typed = verify::kept(&who, HERE).await?.unwrap_or_default();
    let page = Page::new(who, typed, Errors::new(), false);
    let shell = page.shell.with_left_message(&headers);
    Ok(Html(Page {
        shell,
        told,
        removed,
        reported,
        list,
        ..page
    })
    .into_response())
}

/// `POST /pro`
pub(crate) async fn find(who: Professional, fields: Fields) -> Result<Response, Problem> {
    who.check(&fields)?;
    // A scanner that types as a keyboard does.
    if let Some(token) = fields
        .get("ins")
        .strip_prefix(&format!("{}/pro/code/", who.app.site.origin))
    {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if token.chars().all(plain) {
            return Ok(Redirect::to(&format!("/pro/code/{token}")).into_response());
        }
    }
    let asked = match Asked::read(&fields, &who.shell) {
        Ok(asked) => asked,
        Err(errors) => {
            let page = Html(Page::new(who, fields, errors, false));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let Some(record) = look_up(&who, &asked).await? else {
        return Ok(Html(Page::new(who, fields, Errors::new(), true)).into_response());
    };
    handle::found(&who, record, HERE, &fields).await
}

impl Page {
    fn new(who: Professional, fields: Fields, errors: Errors, nobody: bool) -> Self {
        let shell = who.shell;
        Self {
            shell: shell.clone().titled(shell.t("practice-patients-title")),
            at_work: situation::line(&who.situation),
            fields,
            errors,
            nobody,
            told: vec![],
            removed: vec![],
            reported: vec![],
            list: List::default(),
        }
    }
}

struct Asked {
    number: Matricule,
    born: Option<Date>,
}

impl Asked {
    fn read(fields: &Fields, shell: &Shell) -> Result<Self, Errors> {
        let mut errors = Errors::new();
        let number = Matricule::parse_typed(fields.get("ins"));
        if let Err(error) = number {
            let sentence = match fields.get("ins") {
                "" => shell.t("practice-number-missing"),
                _ => number_help(error, shell),
            };
            errors.add("ins", sentence);
        }
        let typed = fields.get("naissance");
        let born = typed_date(typed);
        if born.is_none() && !typed.is_empty() {
            errors.add("naissance", shell.t("practice-birth-wrong"));
        }
        match number {
            Ok(number) if errors.is_empty() => Ok(Self { number, born }),
            _ => Err(errors),
        }
    }
}

/// The record of that person, when this professional may look for them.
///
/// Reads no more than the birth date that was asked for; the page that shows who
/// it is leaves the line in the journal.
async fn look_up(who: &Professional, asked: &Asked) -> Result<Option<RecordId>, Problem> {
    let row = who.app.store.insured(asked.number.as_str(), "").await?;
    let Some(record) = row.and_then(|row| row.record) else {
        return Ok(None);
    };
    let Some(clearance) = allowed(who.enter(record, Act::FindPerson).await)? else {
        return Ok(None);
    };
    let known = clearance.policy().identity();
    let known = known.and_then(|patient| patient.birth_date());
    let agrees = |typed| known.is_some_and(|known| same_birth(known, typed));
    Ok(asked.born.is_none_or(agrees).then_some(record))
}
