//! `/pro/patients/{handle}/deposer`: a professional deposits files in a person's record, or a new
//! version of a document of theirs.
//!
//! All of the files are kept or none. They go the way of every new document
//! ([`documents::keep`]): what the person decided holds for them, and the person is told once,
//! unless all of it waits to be explained or is a minor's secret.

mod form;
mod write;

use access::{Act, Policy, Professional};
use ambient::Id;
use askama::Template;
use axum::{
    extract::{Path, Query, Request},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use documents::{
    FileKind,
    uploads::{self, RefusedFile},
};
use http::{StatusCode, header};
use serde::Deserialize;
use vault::RecordId;
use web::{Choice, Errors, Fields, Flash, Html, Link, Problem, Shell, Tone, dates};

use crate::{
    deposits, handle,
    patient::{Patient, allowed, look, no_access},
    situation,
};

pub(crate) use form::{Form, has_secrets, may_write, types};

#[derive(Template)]
#[template(path = "deposit.html")]
struct Page {
    shell: Shell,
    at_work: String,
    trail: [Link; 2],
    patient: Patient,
    /// Where the form goes.
    here: String,
    /// Where « Annuler » leads.
    back: String,
    /// The document that is replaced, and its title; empty for a new one.
    replaces: String,
    replaced: String,
    fields: Fields,
    errors: Errors,
    refused: Vec<RefusedFile>,
    /// Files were sent and are to be chosen again.
    again: bool,
    types: Vec<Choice>,
    whens: Vec<Choice>,
    /// The person may have secrets from who represents them.
    minor: bool,
    accept: &'static str,
    hint: String,
}

/// What the address says besides whose record it is.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The document that is replaced.
    #[serde(default)]
    remplace: String,
}

/// What is shown again with the form.
struct Step {
    word: String,
    record: RecordId,
    replaces: Option<(Id, String)>,
    fields: Fields,
    errors: Errors,
    refused: Vec<RefusedFile>,
    again: bool,
}

/// `GET /pro/patients/{handle}/deposer`
pub(crate) async fn page(
    who: Professional,
    Path(word): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    if allowed(who.enter(record, Act::Add).await)?.is_none() {
        return Ok(no_access(who));
    }
    let mut fields = form::untouched();
    let replaces = match asked.remplace.as_str() {
        "" => None,
        id => {
            let id = id.parse().map_err(|_| Problem::NotFound)?;
            let own = deposits::own(&who, record, id).await?;
            fields = own.fields();
            fields.push("moment", "tout-de-suite");
            Some((id, own.title))
        }
    };
    let step = Step {
        word,
        record,
        replaces,
        fields,
        errors: Errors::new(),
        refused: vec![],
        again: false,
    };
    show(who, step).await
}

/// `POST /pro/patients/{handle}/deposer`
pub(crate) async fn submit(
    who: Professional,
    Path(word): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (fields, files) = uploads::receive(&who.app, request).await?;
    who.check(&fields)?;
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let Some(clearance) = allowed(who.enter(record, Act::Add).await)? else {
        return Ok(no_access(who));
    };
    let replaces = match fields.get("remplace") {
        "" => None,
        id => {
            let id = id.parse().map_err(|_| Problem::NotFound)?;
            Some((id, deposits::own(&who, record, id).await?.title))
        }
    };
    let now = who.app.now();
    let rules = who.app.gate.rules();
    let minor = has_secrets(clearance.policy(), now);
    let read = Form::read(&fields, &who, &rules, minor, dates::today(now));
    let me = &who.situation.national_id;
    let secret = clearance.policy().secret_until(me, now).is_some();
    let (form, mut errors) = match read {
        Ok(mut form) => {
            form.flags.representatives |= secret;
            (Some(form), Errors::new())
        }
        Err(errors) => (None, errors),
    };
    if let Some(sentence) = uploads::counted(&who.app, &who.shell, &files) {
        errors.add("fichier", sentence);
        // Without a file that would say it: both are told at once.
        if files.is_empty() && fields.get("type").is_empty() {
            errors.add("type", who.shell.t("practice-deposit-type-missing"));
        }
    } else if replaces.is_some() && files.len() > 1 {
        errors.add("fichier", who.shell.t("practice-replace-one-file"));
    }
    let again = !files.is_empty();
    let mut refused = vec![];
    if let Some(form) = form.filter(|_| errors.is_empty()) {
        let (fit, unfit) = uploads::look_at(&who.app, &who.shell, files).await?;
        refused = unfit;
        let about = number(clearance.policy());
        refused.extend(fit.iter().filter_map(|file| {
            let other = !file.about.is_empty() && !file.about.contains(&about);
            other.then(|| RefusedFile {
                name: file.file_name.clone(),
                sentence: who.shell.t("practice-deposit-other-person"),
                is: None,
            })
        }));
        let papers = write::describe(&who, &form, fit, &mut errors);
        if refused.is_empty() && errors.is_empty() {
            let old = replaces.as_ref().map(|(id, _)| *id);
            match write::keep(&who, clearance, &papers, old).await? {
                write::Written::Kept => return Ok(done(&word, &form, replaces.is_some())),
                write::Written::Refused(same) => refused.extend(same),
                write::Written::NoLongerCurrent => return Ok(gone(&word)),
            }
        }
        if !refused.is_empty() {
            errors.add("fichier", who.shell.t("documents-file-refused"));
        }
    }
    let step = Step {
        word,
        record,
        replaces,
        fields,
        errors,
        refused,
        again,
    };
    show(who, step).await
}

/// The person's national number, as documents that name them do.
fn number(policy: &Policy) -> String {
    let identity = policy.identity();
    let number = identity.and_then(|patient| patient.main_identifier());
    number.map_or_else(String::new, |number| number.value)
}

fn done(word: &str, form: &Form, replaced: bool) -> Response {
    let key = match (form.flags.keeps_quiet(), replaced) {
        (true, _) => "practice-deposit-done-quietly",
        (false, false) => "practice-deposit-done",
        (false, true) => "practice-replace-done",
    };
    left(word, Tone::Success, key)
}

/// Somebody, perhaps oneself in another tab, replaced or withdrew it meanwhile.
fn gone(word: &str) -> Response {
    left(word, Tone::Warning, "practice-replace-gone")
}

/// Back to what one deposited, where a sentence says what happened.
pub(crate) fn left(word: &str, tone: Tone, key: &str) -> Response {
    let set = AppendHeaders([(header::SET_COOKIE, Flash::leave(tone, key))]);
    let there = format!("/pro/patients/{word}/depots");
    (set, Redirect::to(&there)).into_response()
}

async fn show(who: Professional, step: Step) -> Result<Response, Problem> {
    let read = look(&who, step.record, |scope| {
        let patient = Patient::of(scope.policy(), &who, scope.now);
        (patient, has_secrets(scope.policy(), scope.now))
    });
    let Some((patient, minor)) = read.await? else {
        return Ok(no_access(who));
    };
    let status = match step.errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let folder = format!("/pro/patients/{}", step.word);
    let rules = who.app.gate.rules();
    let shell = who.shell.clone();
    let (title, back) = match &step.replaces {
        None => (shell.t("practice-deposit-title"), folder.clone()),
        Some(_) => (
            shell.t("practice-replace-title"),
            format!("{folder}/depots"),
        ),
    };
    let (replaces, replaced) = match step.replaces {
        None => (String::new(), String::new()),
        Some((id, title)) => (id.to_string(), title),
    };
    let page = Page {
        at_work: situation::line(&who.situation),
        trail: [
            Link::new(&*folder, shell.t("practice-summary-title")),
            Link::new("", &*title),
        ],
        patient,
        here: format!("{folder}/deposer"),
        back,
        replaces,
        replaced,
        fields: step.fields,
        errors: step.errors,
        refused: step.refused,
        again: step.again,
        types: types(&who, &rules),
        whens: form::whens(&shell),
        minor,
        accept: FileKind::ACCEPT,
        hint: uploads::hint(&who.app.limits, &shell),
        shell: shell.titled(title),
    };
    Ok((status, Html(page)).into_response())
}
