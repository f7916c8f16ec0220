//! Who it is, and declaring that the person agreed (L.1111-17 III and R.1111-46 CSP).

use access::{
    Act, Clearance, Lasting, Nothing, Plan, Policy, Professional, Refused, Scope, decide,
    decide::passing_on, policy::GrantKind, ways,
};
use askama::Template;
use axum::{
    extract::Path,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{StatusCode, header};
use jiff::Timestamp;
use vault::RecordId;
use web::{Choice, Errors, Fields, Flash, Html, Problem, Shell, Tone};

use crate::{
    budget::{self, Budget, Haste},
    handle,
    patient::{Patient, allowed, look, no_access},
    sign_in, situation, verify,
};

#[derive(Template)]
#[template(path = "consent.html")]
struct Page {
    shell: Shell,
    at_work: String,
    /// Where the record is.
    record: String,
    patient: Patient,
    /// A way in exists already.
    open: bool,
    /// Where the person's code is typed.
    code: String,
    /// Where the glass is broken.
    glass: String,
    /// Where the doctor who answers the 15 opens it; empty when it is not from there.
    regulation: String,
    /// Where the care team works that the person may agree to as well; empty without a place.
    team: String,
    /// Only the person can let an occupational physician in.
    explicit: bool,
    /// Where a colleague's consent is collected; empty for who may not.
    colleague: String,
    /// Where an administrator blocks others; empty for who is none.
    block: String,
    durations: Vec<Choice>,
    /// The one that is marked: the shortest until another is chosen.
    duration: String,
    fields: Fields,
    errors: Errors,
}

/// How long the person agreed to, to choose from.
pub(crate) fn choice(lasting: Lasting, shell: &Shell) -> Choice {
    let key = format!("practice-consent-{}", lasting.code());
    Choice::new(lasting.code(), shell.t(&key)).explained(shell.t(&format!("{key}-hint")))
}

/// `GET /pro/patients/{handle}/acces`
pub(crate) async fn page(who: Professional, Path(word): Path<String>) -> Result<Response, Problem> {
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let typed = verify::kept(&who, &address(&word)).await?;
    let form = Form {
        fields: typed.unwrap_or_default(),
        errors: Errors::new(),
        word,
    };
    show(who, record, form).await
}

/// `POST /pro/patients/{handle}/acces`
pub(crate) async fn declare(
    who: Professional,
    Path(word): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    who.check(&fields)?;
    let Some(record) = handle::read(&who, &word).await? else {
        return Ok(no_access(who));
    };
    let (lasting, errors) = read(&fields, &who.shell);
    let form = Form {
        word: word.clone(),
        fields,
        errors,
    };
    let Some(lasting) = lasting.filter(|_| form.errors.is_empty()) else {
        return show(who, record, form).await;
    };
    let Some(clearance) = allowed(who.enter(record, Act::DeclareConsent).await)? else {
        return Ok(no_access(who));
    };
    let there = format!("/pro/patients/{word}");
    if has_way_in(&who, clearance.policy(), who.app.now()) {
        return Ok(Redirect::to(&there).into_response());
    }
    match budget::spend(&who, clearance.policy(), Haste::CanWait).await? {
        Budget::Within => {}
        Budget::Slowed => {
            drop(clearance);
            let mut form = form;
            form.errors
                .add("accord", who.shell.t("practice-budget-slowed"));
            return show(who, record, form).await;
        }
        Budget::ShowCard(signals) => {
            verify::keep(&who, &address(&word), &form.fields).await?;
            verify::because(&who, &signals).await?;
            return Err(Problem::First(verify::PATH));
        }
        Budget::Suspended => return Ok(sign_in::suspended(&who)),
    }
    let team = form.fields.get("equipe") == "oui";
    write(&who, clearance, lasting, team).await?;
    let left = Flash::leave(Tone::Success, "practice-consent-done");
    let set = AppendHeaders([(header::SET_COOKIE, left)]);
    Ok((set, Redirect::to(&there)).into_response())
}

/// What was typed, and what is wrong with it.
struct Form {
    word: String,
    fields: Fields,
    errors: Errors,
}

fn address(word: &str) -> String {
    format!("/pro/patients/{word}/acces")
}

fn read(fields: &Fields, shell: &Shell) -> (Option<Lasting>, Errors) {
    let mut errors = Errors::new();
    if fields.get("accord") != "oui" {
        errors.add("accord", shell.t("practice-consent-missing"));
    }
    let lasting = Lasting::of(fields.get("duree"));
    if lasting.is_none() {
        errors.add("duree", shell.t("practice-consent-duration-missing"));
    }
    (lasting, errors)
}

/// The page; looking at who it is leaves its line in the journal.
async fn show(who: Professional, record: RecordId, form: Form) -> Result<Response, Problem> {
    let find = |scope: &Scope<'_, Nothing>| {
        let (policy, now) = (scope.policy(), scope.now);
        let passes_on = passing_on(policy, &who.situation.national_id, now).is_some();
        let open = has_way_in(&who, policy, now);
        let mut grants = policy.grants_to(&who.situation.national_id, None, now);
        let administers = grants.any(|(_, grant)| grant.kind == GrantKind::Administrator);
        (
            Patient::of(policy, &who, now),
            open,
            (passes_on, administers),
        )
    };
    let Some((patient, open, (passes_on, administers))) = look(&who, record, find).await? else {
        return Ok(no_access(who));
    };
    let status = match form.errors.is_empty() {
        false => StatusCode::UNPROCESSABLE_ENTITY,
        true => StatusCode::OK,
    };
    let shell = who.shell.clone();
    let page = Page {
        at_work: situation::line(&who.situation),
        record: format!("/pro/patients/{}", form.word),
        code: format!("/pro/patients/{}/code", form.word),
        glass: format!("/pro/patients/{}/urgence", form.word),
        regulation: match who.app.gate.rules().regulates(&who.situation) {
            true => format!("/pro/patients/{}/regulation", form.word),
            false => String::new(),
        },
        patient,
        open,
        team: match &who.situation.facility_id {
            Some(_) => who.situation.facility.clone(),
            None => String::new(),
        },
        explicit: who.situation.is_occupational(),
        colleague: match passes_on {
            true => format!("/pro/patients/{}/collegue", form.word),
            false => String::new(),
        },
        block: match administers {
            true => format!("/pro/patients/{}/bloquer", form.word),
            false => String::new(),
        },
        durations: Lasting::ALL.map(|one| choice(one, &shell)).into(),
        duration: Lasting::of(form.fields.get("duree"))
            .unwrap_or(Lasting::Consultation)
            .code()
            .to_owned(),
        fields: form.fields,
        errors: form.errors,
        shell: shell.clone().titled(shell.t("practice-identity-title")),
    };
    Ok((status, Html(page)).into_response())
}

/// Whether this professional could open the record now; asking leaves no line.
fn has_way_in(who: &Professional, policy: &Policy, now: Timestamp) -> bool {
    let rules = who.app.gate.rules();
    decide(&who.viewer, policy, Act::List, None, &rules, now).is_ok()
}

async fn write(
    who: &Professional,
    clearance: Clearance<'_>,
    lasting: Lasting,
    team: bool,
) -> Result<(), Refused> {
    let name = &who.situation.name;
    clearance
        .act(|scope| {
            // Pressed twice: one authorisation, so that taking it back takes all back.
            if has_way_in(who, scope.policy(), scope.now) {
                return Ok(Plan::new(()).noting(name.clone()));
            }
            let kind = GrantKind::Declared;
            let given = ways::consent(&who.situation, kind, lasting, team, scope.now);
            let drafts = scope.giving(given, || who.app.gate.id());
            Ok(Plan::new(()).writing(drafts).noting(name.clone()))
        })
        .await
}
