//! Blocking another professional, as the administrator whom the person named (product §2.5). They
//! are told, read who was blocked, by whom and why, and they alone lift it. Whom the person themself
//! gave a capacity is theirs to block.

use access::{Act, Nothing, Plan, Professional, Refused, Scope, policy::BlockedBy};
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
    patient::{Patient, allowed, look, no_access},
    peer::{self, Sought},
    situation,
};

/// Characters of the reason.
const SHORTEST: usize = 10;
const LONGEST: usize = 300;

#[derive(Template)]
#[template(path = "pro-block.html")]
struct Page {
    shell: Shell,
    at_work: String,
    patient: Patient,
    /// Where the form goes.
    here: String,
    back: String,
    sought: Sought,
    fields: Fields,
    errors: Errors,
}

/// What a page shows besides the patient.
#[derive(Default)]
struct Step {
    sought: Sought,
    fields: Fields,
    errors: Errors,
}

/// `GET /pro/patients/{handle}/bloquer`
pub(crate) async fn page(who: Professional, Path(word): Path<String>) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    show(who, record, &word, Step::default()).await
}

/// `POST /pro/patients/{handle}/bloquer`: searches, then asks why, then blocks.
pub(crate) async fn post(
    who: Professional,
    Path(word): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let number = fields.get("numero");
    let mut step = Step::default();
    if number.is_empty() {
        let found = peer::search(&who, fields.get("qui")).await?;
        (step.sought, step.fields) = (Sought::found(found), fields);
        return show(who, record, &word, step).await;
    }
    let Some(clearance) = allowed(who.enter(record, Act::Block).await)? else {
        return Ok(no_access(who));
    };
    let chosen = peer::named(&who, number).await?;
    if clearance.policy().named(number, who.app.now()) {
        let name = chosen.name.as_str();
        let sentence = who.shell.t1("practice-block-named", "name", name);
        step.errors.add("qui", sentence);
        step.fields = Fields::new(vec![("qui".to_owned(), chosen.name)]);
        drop(clearance);
        return show(who, record, &word, step).await;
    }
    step.sought.chosen = Some(chosen.clone());
    let reason = fields.get("motif").to_owned();
    let confirmed = fields.get("confirme") == "oui";
    let fits = (SHORTEST..=LONGEST).contains(&reason.chars().count());
    if confirmed && !fits {
        let sentence = who.shell.t("practice-block-reason-wrong");
        step.errors.add("motif", sentence);
    }
    if !(confirmed && fits) {
        step.fields = fields;
        drop(clearance);
        return show(who, record, &word, step).await;
    }
    let (entry, most) = (who.app.gate.id(), who.app.limits.blocks);
    let done = clearance.act(|scope| {
        let policy = scope.policy();
        if policy.named(&chosen.number, scope.now) {
            // Named since it was asked.
            return Err(Refused::NotFound);
        }
        // Whom somebody blocked already stays blocked as they were, and nobody learns of it.
        let drafts = match policy.blocks(&chosen.number) {
            true => vec![],
            false => {
                let by = BlockedBy {
                    national_id: who.situation.national_id.clone(),
                    name: who.situation.name.clone(),
                    reason: reason.clone(),
                };
                scope.block(entry, (&chosen.number, &chosen.name), Some(by), most)?
            }
        };
        Ok(Plan::new(()).writing(drafts).noting(chosen.name.clone()))
    });
    let done = done.await;
    if matches!(done, Err(Refused::Taken)) {
        let sentence = who.shell.t1("practice-block-too-many", "count", most);
        step.errors.add("motif", sentence);
        step.fields = fields;
        return show(who, record, &word, step).await;
    }
    if allowed(done)?.is_none() {
        return Ok(no_access(who));
    }
    let left = Flash::leave(Tone::Success, "practice-block-done");
    let set = AppendHeaders([(header::SET_COOKIE, left)]);
    Ok((set, Redirect::to(&format!("/pro/patients/{word}"))).into_response())
}

/// The page; whether one may is asked first, then who it is leaves its line in the journal.
async fn show(
    who: Professional,
    record: RecordId,
    word: &str,
    step: Step,
) -> Result<Response, Problem> {
    if allowed(who.enter(record, Act::Block).await)?.is_none() {
        return Ok(no_access(who));
    }
    let find = |scope: &Scope<'_, Nothing>| Patient::of(scope.policy(), &who, scope.now);
    let Some(patient) = look(&who, record, find).await? else {
        return Ok(no_access(who));
    };
    let status = match step.errors.is_empty() {
        false => StatusCode::UNPROCESSABLE_ENTITY,
        true => StatusCode::OK,
    };
    let shell = &who.shell;
    let title = match &step.sought.chosen {
        Some(one) => shell.t1("practice-block-whom", "name", one.name.as_str()),
        None => shell.t("practice-block-title"),
    };
    let page = Page {
        at_work: situation::line(&who.situation),
        patient,
        here: format!("/pro/patients/{word}/bloquer"),
        back: format!("/pro/patients/{word}"),
        sought: step.sought,
        fields: step.fields,
        errors: step.errors,
        shell: shell.clone().titled(title),
    };
    Ok((status, Html(page)).into_response())
}
