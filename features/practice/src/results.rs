//! A person's laboratory results over time, for the professional.

use access::{Act, Policy, Professional};
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use documents::results::{self, Addresses, Overview, Trend};
use serde::Deserialize;
use vault::RecordId;
use web::{Html, Link, Problem, Shell};

use crate::{
    handle,
    patient::{Patient, allowed, no_access},
    situation,
};

#[derive(Template)]
#[template(path = "pro-analyses.html")]
struct All {
    shell: Shell,
    at_work: String,
    trail: [Link; 2],
    patient: Patient,
    overview: Overview,
}

#[derive(Template)]
#[template(path = "pro-analysis.html")]
struct One {
    shell: Shell,
    at_work: String,
    trail: [Link; 3],
    patient: Patient,
    trend: Trend,
    documents: String,
    csv: String,
}

/// Whose, and which analysis.
#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    handle: String,
    #[serde(default)]
    analyte: String,
}

/// `GET /pro/patients/{handle}/analyses`
pub(crate) async fn page(who: Professional, Path(part): Path<Part>) -> Result<Response, Problem> {
    let Some((record, seen)) = look(&who, &part).await? else {
        return Ok(no_access(who));
    };
    let overview = Overview::of(seen.observed, &addresses(&who, &part.handle, record));
    let title = who.shell.t("results-title");
    let page = All {
        at_work: situation::line(&who.situation),
        trail: [
            Link::new(folder(&part), who.shell.t("practice-summary-title")),
            Link::new("", &*title),
        ],
        patient: seen.patient,
        overview,
        shell: who.shell.titled(title),
    };
    Ok(Html(page).into_response())
}

/// `GET /pro/patients/{handle}/analyses/{word}`
pub(crate) async fn one(who: Professional, Path(part): Path<Part>) -> Result<Response, Problem> {
    let Some((record, seen)) = look(&who, &part).await? else {
        return Ok(no_access(who));
    };
    let trend = trend(&who, &part, record, seen.observed)?;
    let (folder, title) = (folder(&part), trend.label.clone());
    let page = One {
        at_work: situation::line(&who.situation),
        trail: [
            Link::new(&*folder, who.shell.t("practice-summary-title")),
            Link::new(format!("{folder}/analyses"), who.shell.t("results-title")),
            Link::new("", &*title),
        ],
        patient: seen.patient,
        trend,
        documents: format!("{folder}/documents"),
        csv: format!("{folder}/analyses/{}/csv", part.analyte),
        shell: who.shell.titled(title),
    };
    Ok(Html(page).into_response())
}

/// `GET /pro/patients/{handle}/analyses/{word}/csv`
pub(crate) async fn csv(who: Professional, Path(part): Path<Part>) -> Result<Response, Problem> {
    let Some((record, seen)) = look(&who, &part).await? else {
        return Ok(no_access(who));
    };
    let trend = trend(&who, &part, record, seen.observed)?;
    Ok(results::file(&trend, &who.shell))
}

/// What a look shows.
struct Seen {
    patient: Patient,
    observed: Vec<results::Observed>,
}

/// `None` when the address names nobody in this session, or when the answer is no.
async fn look(who: &Professional, part: &Part) -> Result<Option<(RecordId, Seen)>, Problem> {
    let Some(record) = handle::read(who, &part.handle).await? else {
        return Ok(None);
    };
    let Some(clearance) = allowed(who.enter(record, Act::ReadResults).await)? else {
        return Ok(None);
    };
    let policy: &Policy = clearance.policy();
    let patient = Patient::of(policy, who, who.app.now());
    let observed = allowed(results::gather(&who.app.gate, clearance).await)?;
    Ok(observed.map(|observed| (record, Seen { patient, observed })))
}

fn trend(
    who: &Professional,
    part: &Part,
    record: RecordId,
    observed: Vec<results::Observed>,
) -> Result<Trend, Problem> {
    let word = part.analyte.parse().map_err(|_| Problem::NotFound)?;
    let addresses = addresses(who, &part.handle, record);
    Trend::of(observed, word, &addresses, &who.shell).ok_or(Problem::NotFound)
}

/// How addresses name this person's analyses.
pub(crate) fn addresses<'a>(
    who: &'a Professional,
    handle: &str,
    record: RecordId,
) -> Addresses<'a> {
    Addresses {
        store: &who.app.store,
        record,
        base: format!("/pro/patients/{handle}/analyses"),
        lang: who.shell.lang,
    }
}

fn folder(part: &Part) -> String {
    format!("/pro/patients/{}", part.handle)
}
