//! Seeking in a person's record, for the professional: in what this professional may see.

use access::{Act, Professional};
use askama::Template;
use axum::{
    extract::{Path, Query as InAddress},
    response::{IntoResponse, Redirect, Response},
};
use documents::search::{self, Asked, Found, Query, Word};
use http::StatusCode;
use web::{Fields, Html, Link, Problem};

use crate::{
    handle,
    patient::{Patient, allowed, look, no_access},
    situation,
};

#[derive(Template)]
#[template(path = "pro-search.html")]
struct Page {
    shell: web::Shell,
    at_work: String,
    trail: [Link; 2],
    patient: Patient,
    /// Where the form goes.
    here: String,
    /// Where documents are read.
    base: String,
    q: String,
    error: String,
    found: Option<Found>,
    position: String,
}

/// `GET /pro/patients/{handle}/recherche`
pub(crate) async fn page(
    who: Professional,
    Path(patient): Path<String>,
    InAddress(word): InAddress<Word>,
) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &patient).await? else {
        return Ok(no_access(who));
    };
    let sought = search::asked(&who.app, &who.session, record, &word.r).await?;
    show(who, patient, sought.unwrap_or_default()).await
}

/// `POST /pro/patients/{handle}/recherche`: keeps what is sought out of the address.
pub(crate) async fn submit(
    who: Professional,
    Path(patient): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some(record) = handle::read(&who, &patient).await? else {
        return Ok(no_access(who));
    };
    let sought = Asked::of(&fields);
    if Query::of(&sought.q).is_none() {
        return show(who, patient, sought).await;
    }
    let word = search::keep(&who.app, &who.session, record, &sought).await?;
    let there = format!("/pro/patients/{patient}/recherche?r={word}");
    Ok(Redirect::to(&there).into_response())
}

/// Shows what is found; without a word to seek, the form, which says so when something was typed.
async fn show(who: Professional, word: String, sought: Asked) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let query = Query::of(&sought.q);
    let Some(clearance) = allowed(who.enter(record, Act::List).await)? else {
        return Ok(no_access(who));
    };
    let patient = Patient::of(clearance.policy(), &who, who.app.now());
    let lang = who.shell.lang;
    let found = match &query {
        Some(query) => {
            let look = search::look(&who.app, clearance, query, &sought, lang);
            allowed(look.await)?.map(Some)
        }
        // Whose record it is shows all the same: that leaves its line too.
        None => look(&who, record, |_| ()).await?.map(|()| None),
    };
    let Some(found) = found else {
        return Ok(no_access(who));
    };
    let unsaid = query.is_none() && sought != Asked::default();
    let (record, title) = (format!("/pro/patients/{word}"), who.shell.t("search-title"));
    let page = Page {
        at_work: situation::line(&who.situation),
        trail: [
            Link::new(&*record, who.shell.t("practice-summary-title")),
            Link::new("", &*title),
        ],
        patient,
        here: format!("{record}/recherche"),
        base: format!("{record}/documents"),
        q: sought.q,
        error: match unsaid {
            true => who.shell.t("search-nothing-typed"),
            false => String::new(),
        },
        position: found
            .as_ref()
            .map_or_else(String::new, |found| found.position(&who.shell)),
        found,
        shell: who.shell.titled(title),
    };
    let status = match unsaid {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    Ok((status, Html(page)).into_response())
}
