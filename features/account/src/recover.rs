//! `/connexion/oubli`: login or password forgotten.
//!
//! The same three factors as at activation, then a code to a confirmed contact. Neither what is
//! typed nor what is answered tells a stranger whether anybody has such a number.

use std::sync::Arc;

use access::{
    Act, Acting, App, Authenticated, Level, Plan, Purpose, Refused, Viewer, policy::Settings,
};
use askama::Template;
use axum::{
    Extension,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use vault::RecordId;
use web::{Choice, Errors, Fields, Flash, Html, Problem, Shell, Tone};

use crate::{
    Passwords,
    activate::channel::{message, tell_locked},
    claim::{Claim, Outcome},
    code::{Answer, Means, Sent, send},
    insured::Person,
    journey::{Guest, Journey, expired, with_cookie},
    password,
    settings::contact::notices,
    sign_in,
};

/// The cookie, and the kind of step in the store.
const NAME: &str = "oubli";
/// This page.
const START: &str = "/connexion/oubli";
const CODE: &str = "/connexion/oubli/code";
const NEW: &str = "/connexion/oubli/mot-de-passe";
/// How long a page may take.
const LIFE: SignedDuration = SignedDuration::from_mins(60);

/// What was done so far.
#[derive(Serialize, Deserialize)]
struct Recovery {
    claim: Claim,
    sent: Sent,
    /// The right code was given.
    proven: bool,
}

#[derive(Template)]
#[template(path = "recover/identity.html")]
struct Page {
    shell: Shell,
    choices: Vec<Choice>,
    fields: Fields,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "recover/code.html")]
struct CodePage {
    shell: Shell,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "recover/password.html")]
struct NewPage {
    shell: Shell,
    login: String,
    errors: Errors,
}

/// The form.
pub async fn show(guest: Guest) -> Response {
    let journey = guest.journey(NAME).unwrap_or_else(|| guest.begin(NAME));
    let page = form(&guest, &journey, Fields::default(), Errors::new());
    with_cookie(journey.cookie(&guest.app), Html(page))
}

/// Sends a code, if there is anybody to send one to.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let app = &guest.app;
    let mut errors = Errors::new();
    let claim = Claim::read(&guest, &fields, &mut errors);
    let by = Means::of(fields.get("moyen"));
    if by.is_none() {
        errors.add("moyen", guest.shell.t("account-means-missing"));
    }
    let before: Option<Recovery> = journey.load(app).await?;
    if before.is_some_and(|before| !before.sent.may_repeat(app)) {
        errors.add("moyen", guest.shell.t("account-code-too-soon"));
    }
    let (Some(claim), Some(by), true) = (claim, by, errors.is_empty()) else {
        let page = form(&guest, &journey, fields, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    let sent = Sent::provisional(app.random(), app.now(), by);
    match claim.count(&guest).await? {
        Outcome::Match(found) if found.matches => {
            let told = send_code(app.clone(), guest.shell.clone(), found.record, sent.clone());
            tokio::spawn(told);
        }
        Outcome::Tell(person) => tell_locked(&guest, &person),
        Outcome::Match(_) | Outcome::Nothing => {}
    }
    let state = Recovery {
        claim,
        sent,
        proven: false,
    };
    let journey = guest.begin(NAME);
    journey.keep(app, &state, LIFE).await?;
    Ok(with_cookie(journey.cookie(app), Redirect::to(CODE)))
}

/// Sends the code to the confirmed contact, if there is one. Behind the page: to open the space
/// takes a moment that would tell a stranger that they typed right.
async fn send_code(app: App, shell: Shell, record: Option<RecordId>, sent: Sent) {
    let settings = match settings_of(&app, record).await {
        Ok(settings) => settings,
        Err(_) => return tracing::error!("a space could not be opened to send a code"),
    };
    let contact = settings.and_then(|(settings, _)| match sent.by {
        Means::Email => settings.email,
        Means::Sms => settings.phone,
    });
    if let Some(to) = contact {
        let minutes = app.limits.provisional_code.as_mins();
        let (key, code) = ("account-provisional-body", sent.code());
        let body = shell.t2(key, "code", code, "minutes", minutes);
        send(&app, message(&shell, sent.by, &to, body));
    }
}

/// The form of the code.
pub async fn show_code(guest: Guest) -> Result<Response, Problem> {
    let Some(journey) = guest.journey(NAME) else {
        return Ok(expired(START));
    };
    Ok(match journey.load::<Recovery>(&guest.app).await? {
        Some(_) => Html(code_form(&guest, &journey, Errors::new())).into_response(),
        None => expired(START),
    })
}

/// Judges the code.
pub async fn post_code(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let app = &guest.app;
    let Some(mut state) = journey.load::<Recovery>(app).await? else {
        return Ok(expired(START));
    };
    let life = app.limits.provisional_code;
    let wrong = match journey
        .answer(app, &state.sent, fields.get("code"), life)
        .await?
    {
        Answer::Right => {
            state.proven = true;
            state.claim.forgive(&guest).await?;
            journey.keep(app, &state, LIFE).await?;
            return Ok(Redirect::to(NEW).into_response());
        }
        Answer::Wrong => "account-code-wrong",
        Answer::Spent => "account-code-spent",
        Answer::Late => "account-code-late",
    };
    let mut errors = Errors::new();
    errors.add("code", guest.shell.t(wrong));
    let page = code_form(&guest, &journey, errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// The login, and the form of a new password.
pub async fn show_new(guest: Guest) -> Result<Response, Problem> {
    let Some(journey) = guest.journey(NAME) else {
        return Ok(expired(START));
    };
    Ok(match proven(&guest, &journey).await? {
        Some(known) => Html(new_form(&guest, &journey, known.login, Errors::new())).into_response(),
        None => expired(START),
    })
}

/// Changes the password, ends every session, and tells every contact.
pub async fn post_new(
    guest: Guest,
    Extension(passwords): Extension<Arc<Passwords>>,
    fields: Fields,
) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let app = &guest.app;
    let Some(known) = proven(&guest, &journey).await? else {
        return Ok(expired(START));
    };
    let typed = fields.raw("mot-de-passe");
    let mut errors = Errors::new();
    if let Err(wrong) = password::check(typed, &known.login, &known.person) {
        errors.add("mot-de-passe", guest.shell.t(wrong));
    } else if typed != fields.raw("confirmation") {
        errors.add("confirmation", guest.shell.t("account-password-differs"));
    }
    if !errors.is_empty() {
        let page = new_form(&guest, &journey, known.login, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    // Of two requests, one changes the password.
    if journey.take::<Recovery>(app).await?.is_none() {
        return Ok(expired(START));
    }
    let Some(account) = app.store.account_of(known.record).await? else {
        return Ok(expired(START));
    };
    let hash = passwords.hash(typed, app.random()).await?;
    let viewer = Viewer {
        account: account.id,
        acting: Acting::Holder(known.record),
        authenticated: Authenticated {
            level: Level::TwoFactor,
            at: app.now(),
        },
    };
    let clearance = app
        .gate
        .enter(&viewer, known.record, Act::ChangeContact)
        .await?;
    let settings = clearance.policy().settings.clone();
    clearance
        .act(|_| {
            let change = app.store.set_password(known.record, &hash);
            Ok::<_, Refused>(Plan::new(()).beside(change))
        })
        .await?;
    app.store.end_sessions(account.id).await?;
    for message in notices(&guest.shell, &settings, "account-password-changed-body") {
        send(app, message);
    }
    let said = Flash::leave(Tone::Success, "account-password-changed");
    let answer = ([(header::SET_COOKIE, said)], Redirect::to(sign_in::PATH));
    Ok(with_cookie(journey.cleared(app), answer))
}

/// Whose every factor matched.
struct Known {
    person: Person,
    record: RecordId,
    login: String,
}

async fn proven(guest: &Guest, journey: &Journey) -> Result<Option<Known>, Problem> {
    let state: Option<Recovery> = journey.load(&guest.app).await?;
    let Some(state) = state.filter(|state| state.proven) else {
        return Ok(None);
    };
    let found = state.claim.find(guest).await?;
    let Some(found) = found.filter(|found| found.matches) else {
        return Ok(None);
    };
    let settings = settings_of(&guest.app, found.record).await?;
    Ok(settings.map(|(settings, record)| Known {
        person: found.person,
        record,
        login: settings.login,
    }))
}

/// The settings of a space that can be signed in to.
async fn settings_of(
    app: &App,
    record: Option<RecordId>,
) -> Result<Option<(Settings, RecordId)>, Problem> {
    let Some(record) = record else {
        return Ok(None);
    };
    let viewer = Viewer::system(Purpose::SignIn, app.now());
    match app.gate.enter(&viewer, record, Act::ReadSettings).await {
        Ok(clearance) => {
            let settings = clearance.policy().settings.clone();
            Ok((!settings.login.is_empty()).then_some((settings, record)))
        }
        Err(Refused::No(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

fn form(guest: &Guest, journey: &Journey, fields: Fields, errors: Errors) -> Page {
    let shell = guest.page(journey, "account-recover-title");
    let choice = |by: Means| {
        let key = format!("account-means-{}", by.value());
        Choice::new(by.value(), shell.t(&key))
    };
    Page {
        choices: vec![choice(Means::Email), choice(Means::Sms)],
        shell,
        fields,
        errors,
    }
}

fn code_form(guest: &Guest, journey: &Journey, errors: Errors) -> CodePage {
    CodePage {
        shell: guest.page(journey, "account-code-title"),
        errors,
    }
}

fn new_form(guest: &Guest, journey: &Journey, login: String, errors: Errors) -> NewPage {
    NewPage {
        shell: guest.page(journey, "account-recover-new-title"),
        login,
        errors,
    }
}
