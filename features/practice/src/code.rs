//! The code that the person shows at the counter: typed, or scanned. What it opens is a consent
//! that is proved (R.1111-46 CSP: « par tout moyen, y compris dématérialisé »).

use access::{Nothing, Professional, Refused, Scope, Shown, Used};
use askama::Template;
use axum::{
    extract::Path,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{StatusCode, header};
use vault::RecordId;
use web::{Errors, Fields, Flash, Html, Problem, Shell, Tone};

use crate::{
    handle,
    patient::{Patient, look, no_access},
    sign_in, situation,
};

#[derive(Template)]
#[template(path = "pro-code.html")]
struct Page {
    shell: Shell,
    at_work: String,
    patient: Patient,
    /// Where the form goes.
    here: String,
    back: String,
    /// What was scanned; empty when digits are typed.
    token: String,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "no-code.html")]
struct NoCode {
    shell: Shell,
    at_work: String,
}

/// `GET /pro/patients/{handle}/code`
pub(crate) async fn page(who: Professional, Path(word): Path<String>) -> Result<Response, Problem> {
    match handle::read(&who, &word).await? {
        Some(record) => show(who, record, &word, String::new(), Errors::new()).await,
        None => Ok(no_access(who)),
    }
}

/// `GET /pro/code/{jeton}`: the person's code was scanned. Nothing opens before the professional
/// has seen whose it is and says so.
pub(crate) async fn scanned(
    who: Professional,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let Some((record, _)) = who.app.scanned(&token).await? else {
        return Ok(no_code(who));
    };
    let Some(word) = handle::go_to(&who, record).await? else {
        return Ok(sign_in::suspended(&who));
    };
    let word = word.to_string();
    show(who, record, &word, token, Errors::new()).await
}

/// `POST /pro/patients/{handle}/code`
pub(crate) async fn open(
    who: Professional,
    Path(word): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let token = fields.get("jeton");
    let digits: String = fields.get("code").split_whitespace().collect();
    let used = if token.is_empty() {
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            let errors = error(&who, "practice-code-six");
            return show(who, record, &word, String::new(), errors).await;
        }
        who.use_code(record, Shown::Digits(&digits)).await
    } else {
        // The same person as the page said: another tab changes nothing.
        match who.app.scanned(token).await? {
            Some((whose, id)) if whose == record => who.use_code(record, Shown::Scanned(id)).await,
            _ => Ok(Used::Over),
        }
    };
    let errors = match used {
        Ok(Used::Opened) => {
            let left = Flash::leave(Tone::Success, "practice-code-done");
            let set = AppendHeaders([(header::SET_COOKIE, left)]);
            return Ok((set, Redirect::to(&format!("/pro/patients/{word}"))).into_response());
        }
        Ok(Used::Wrong) => error(&who, "practice-code-wrong"),
        Ok(Used::Over) => error(&who, "practice-code-over"),
        Err(Refused::No(_) | Refused::NotFound) => return Ok(no_access(who)),
        Err(other) => return Err(other.into()),
    };
    show(who, record, &word, String::new(), errors).await
}

fn error(who: &Professional, key: &str) -> Errors {
    let mut errors = Errors::new();
    errors.add("code", who.shell.t(key));
    errors
}

/// The page; looking at who it is leaves its line in the journal.
async fn show(
    who: Professional,
    record: RecordId,
    word: &str,
    token: String,
    errors: Errors,
) -> Result<Response, Problem> {
    let find = |scope: &Scope<'_, Nothing>| Patient::of(scope.policy(), &who, scope.now);
    let Some(patient) = look(&who, record, find).await? else {
        return Ok(no_access(who));
    };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let title = match token.is_empty() {
        true => "practice-code-title",
        false => "practice-identity-title",
    };
    let page = Page {
        at_work: situation::line(&who.situation),
        here: format!("/pro/patients/{word}/code"),
        back: format!("/pro/patients/{word}/acces"),
        patient,
        token,
        errors,
        shell: who.shell.clone().titled(who.shell.t(title)),
    };
    Ok((status, Html(page)).into_response())
}

/// One page for what we never signed, what is too late, and what is used.
fn no_code(who: Professional) -> Response {
    let mut shell = who.shell;
    shell.title = shell.t("practice-no-code-title");
    // Nothing of the address that was tried comes back.
    shell.path = "/pro".to_owned();
    let at_work = situation::line(&who.situation);
    (StatusCode::NOT_FOUND, Html(NoCode { shell, at_work })).into_response()
}
