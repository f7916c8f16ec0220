//! `/pro/patients/{handle}/secret`: begins and ends a consultation that a minor keeps from who
//! represents them (L.1111-5, L.1111-5-1 and R.1111-50 CSP).
//!
//! It is an authorisation for a day. While it lasts everything that this professional does in the
//! record, and everything that they deposit, is unknown to who represents the minor.

use access::{Act, Clearance, Plan, Professional, Refused, Scope, decide, ways};
use askama::Template;
use axum::{
    extract::Path,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{StatusCode, header};
use vault::RecordId;
use web::{Errors, Fields, Flash, Html, Problem, Shell, Tone};

use crate::{
    budget::{self, Budget, Haste},
    handle,
    patient::{Patient, allowed, look, no_access},
    sign_in, situation, verify,
};

#[derive(Template)]
#[template(path = "secret.html")]
struct Page {
    shell: Shell,
    at_work: String,
    patient: Patient,
    here: String,
    back: String,
    fields: Fields,
    errors: Errors,
}

fn address(word: &str) -> String {
    format!("/pro/patients/{word}/secret")
}

/// `GET /pro/patients/{handle}/secret`
pub(crate) async fn page(who: Professional, Path(word): Path<String>) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let typed = verify::kept(&who, &address(&word)).await?;
    show(who, record, &word, typed.unwrap_or_default(), Errors::new()).await
}

/// `POST /pro/patients/{handle}/secret`
pub(crate) async fn submit(
    who: Professional,
    Path(word): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let Some(clearance) = allowed(who.enter(record, Act::KeepSecret).await)? else {
        return Ok(no_access(who));
    };
    if fields.get("action") == "terminer" {
        end(&who, clearance).await?;
        return Ok(left("/pro", "practice-secret-ended"));
    }
    if fields.get("accord") != "oui" {
        let mut errors = Errors::new();
        errors.add("accord", who.shell.t("practice-secret-missing"));
        return show(who, record, &word, fields, errors).await;
    }
    let now = who.app.now();
    let rules = who.app.gate.rules();
    let open = decide(
        &who.viewer,
        clearance.policy(),
        Act::List,
        None,
        &rules,
        now,
    );
    if open.is_err() {
        match budget::spend(&who, clearance.policy(), Haste::CanWait).await? {
            Budget::Within => {}
            Budget::Slowed => {
                drop(clearance);
                let mut errors = Errors::new();
                errors.add("accord", who.shell.t("practice-budget-slowed"));
                return show(who, record, &word, fields, errors).await;
            }
            Budget::ShowCard(signals) => {
                verify::keep(&who, &address(&word), &fields).await?;
                verify::because(&who, &signals).await?;
                return Err(Problem::First(verify::PATH));
            }
            Budget::Suspended => return Ok(sign_in::suspended(&who)),
        }
    }
    match begin(&who, clearance).await {
        Ok(()) => {}
        Err(Refused::Taken) => {
            let most = who.app.limits.secrets_a_day;
            let sentence = who.shell.t1("practice-secret-too-many", "count", most);
            let mut errors = Errors::new();
            errors.add("accord", sentence);
            return show(who, record, &word, fields, errors).await;
        }
        Err(refused) => return Err(refused.into()),
    }
    Ok(left(
        &format!("/pro/patients/{word}"),
        "practice-secret-begun",
    ))
}

async fn begin(who: &Professional, clearance: Clearance<'_>) -> Result<(), Refused> {
    let me = &who.situation;
    clearance
        .act(|scope| {
            // Pressed twice: one consultation.
            if scope
                .policy()
                .secret_until(&me.national_id, scope.now)
                .is_some()
            {
                return Ok(Plan::new(()));
            }
            let most = who.app.limits.secrets_a_day;
            let policy = scope.policy();
            if !policy.keeps_more_secrets(&me.national_id, most, scope.now) {
                return Err(Refused::Taken);
            }
            let grant = ways::secret(me, scope.now);
            Ok(Plan::new(()).writing(scope.giving([grant], || who.app.gate.id())))
        })
        .await
}

async fn end(who: &Professional, clearance: Clearance<'_>) -> Result<(), Refused> {
    let me = &who.situation.national_id;
    clearance
        .act(|scope| Ok(Plan::new(()).writing(scope.end_secrets(me)?)))
        .await
}

fn left(there: &str, key: &str) -> Response {
    let set = AppendHeaders([(header::SET_COOKIE, Flash::leave(Tone::Success, key))]);
    (set, Redirect::to(there)).into_response()
}

/// The page; looking at who it is leaves its line in the journal. Nobody's but a minor's whom
/// somebody represents.
async fn show(
    who: Professional,
    record: RecordId,
    word: &str,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Problem> {
    let rules = who.app.gate.rules();
    let read = look(&who, record, |scope: &Scope<'_, _>| {
        let (policy, now) = (scope.policy(), scope.now);
        let may = decide(&who.viewer, policy, Act::KeepSecret, None, &rules, now);
        may.is_ok().then(|| Patient::of(policy, &who, now))
    });
    let Some(patient) = read.await?.flatten() else {
        return Ok(no_access(who));
    };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shell = who.shell;
    let page = Page {
        at_work: situation::line(&who.situation),
        patient,
        here: address(word),
        back: format!("/pro/patients/{word}/acces"),
        fields,
        errors,
        shell: shell.clone().titled(shell.t("practice-secret-title")),
    };
    Ok((status, Html(page)).into_response())
}
