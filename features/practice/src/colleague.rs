//! Collecting the person's consent for a colleague (L.1111-17 II CSP): who, why, how long, and no
//! longer than one's own. A colleague does not pass it on.

use access::{
    Act, Lasting, Nothing, Plan, Professional, Refused, Scope,
    directory::Candidate,
    ways::{self, Colleague},
};
use askama::Template;
use axum::{
    extract::Path,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{StatusCode, header};
use vault::RecordId;
use web::{Choice, Errors, Fields, Flash, Html, Problem, Shell, Tone};

use crate::{
    budget::{self, Budget, Haste},
    consent::choice,
    handle,
    patient::{Patient, allowed, look, no_access},
    peer::{self, Sought},
    sign_in, situation, verify,
};

/// Characters of the reason.
const SHORTEST: usize = 10;
const LONGEST: usize = 300;

#[derive(Template)]
#[template(path = "colleague.html")]
struct Page {
    shell: Shell,
    at_work: String,
    patient: Patient,
    /// Where the form goes.
    here: String,
    back: String,
    sought: Sought,
    durations: Vec<Choice>,
    duration: String,
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

/// `GET /pro/patients/{handle}/collegue`
pub(crate) async fn page(who: Professional, Path(word): Path<String>) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let mut step = Step::default();
    if let Some(typed) = verify::kept(&who, &address(&word)).await? {
        step.sought.chosen = Some(chosen(&who, typed.get("numero")).await?);
        step.fields = typed;
    }
    show(who, record, &word, step).await
}

fn address(word: &str) -> String {
    format!("/pro/patients/{word}/collegue")
}

/// The colleague of a number, who is at work.
async fn chosen(who: &Professional, number: &str) -> Result<Candidate, Problem> {
    let named = peer::named(who, number).await?;
    Some(named)
        .filter(|one| one.active)
        .ok_or(Problem::NotFound)
}

/// `POST /pro/patients/{handle}/collegue`: searches, then asks why, then writes.
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
        let mut found = peer::search(&who, fields.get("qui")).await?;
        found.retain(|one| one.active);
        (step.sought, step.fields) = (Sought::found(found), fields);
        return show(who, record, &word, step).await;
    }
    let chosen = chosen(&who, number).await?;
    step.sought.chosen = Some(chosen.clone());
    if fields.get("confirme") != "oui" {
        step.fields = fields;
        return show(who, record, &word, step).await;
    }
    let (wanted, errors) = read(&fields, &who.shell);
    (step.fields, step.errors) = (fields, errors);
    let Some((lasting, reason)) = wanted.filter(|_| step.errors.is_empty()) else {
        return show(who, record, &word, step).await;
    };
    let Some(clearance) = allowed(who.enter(record, Act::ConsentForColleague).await)? else {
        return Ok(no_access(who));
    };
    match budget::spend(&who, clearance.policy(), Haste::CanWait).await? {
        Budget::Within => {}
        Budget::Slowed => {
            drop(clearance);
            step.errors
                .add("accord", who.shell.t("practice-budget-slowed"));
            return show(who, record, &word, step).await;
        }
        Budget::ShowCard(signals) => {
            verify::keep(&who, &address(&word), &step.fields).await?;
            verify::because(&who, &signals).await?;
            return Err(Problem::First(verify::PATH));
        }
        Budget::Suspended => return Ok(sign_in::suspended(&who)),
    }
    let done = clearance.act(|scope| {
        let colleague = Colleague {
            number: &chosen.number,
            name: &chosen.name,
        };
        let (policy, now) = (scope.policy(), scope.now);
        let grant = ways::for_colleague(policy, &who.situation, &colleague, lasting, &reason, now);
        // Whom the person blocked gets nothing, and nobody learns of the block.
        let grant = grant.filter(|_| !policy.blocks(colleague.number));
        if !policy.passes_more(&who.situation.name, who.app.limits.grants, now) {
            return Err(Refused::Taken);
        }
        let drafts = scope.giving(grant, || who.app.gate.id());
        Ok::<_, Refused>(Plan::new(()).writing(drafts).noting(chosen.name.clone()))
    });
    let done = done.await;
    if matches!(done, Err(Refused::Taken)) {
        let most = who.app.limits.grants;
        let sentence = who.shell.t1("practice-colleague-too-many", "count", most);
        step.errors.add("accord", sentence);
        return show(who, record, &word, step).await;
    }
    if allowed(done)?.is_none() {
        return Ok(no_access(who));
    }
    let left = Flash::leave(Tone::Success, "practice-colleague-done");
    let set = AppendHeaders([(header::SET_COOKIE, left)]);
    Ok((set, Redirect::to(&format!("/pro/patients/{word}"))).into_response())
}

fn read(fields: &Fields, shell: &Shell) -> (Option<(Lasting, String)>, Errors) {
    let mut errors = Errors::new();
    if fields.get("accord") != "oui" {
        errors.add("accord", shell.t("practice-colleague-missing"));
    }
    let reason = fields.get("motif");
    if !(SHORTEST..=LONGEST).contains(&reason.chars().count()) {
        errors.add("motif", shell.t("practice-colleague-reason-wrong"));
    }
    let lasting = Lasting::of(fields.get("duree"));
    if lasting.is_none() {
        errors.add("duree", shell.t("practice-consent-duration-missing"));
    }
    (lasting.map(|lasting| (lasting, reason.to_owned())), errors)
}

/// The page; whether one may is asked first, then who it is leaves its line in the journal.
async fn show(
    who: Professional,
    record: RecordId,
    word: &str,
    step: Step,
) -> Result<Response, Problem> {
    let asked = who.enter(record, Act::ConsentForColleague).await;
    if allowed(asked)?.is_none() {
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
        Some(one) => shell.t1("practice-colleague-whom", "name", one.name.as_str()),
        None => shell.t("practice-colleague-title"),
    };
    let page = Page {
        at_work: situation::line(&who.situation),
        patient,
        here: address(word),
        back: format!("/pro/patients/{word}"),
        sought: step.sought,
        durations: Lasting::ALL.map(|one| choice(one, shell)).into(),
        duration: Lasting::of(step.fields.get("duree"))
            .unwrap_or(Lasting::Consultation)
            .code()
            .to_owned(),
        fields: step.fields,
        errors: step.errors,
        shell: shell.clone().titled(title),
    };
    Ok((status, Html(page)).into_response())
}
