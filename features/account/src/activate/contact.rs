//! `/activation/contact`: an e-mail address, confirmed by a code, and the space is active.

use access::{
    Act, Channel, Message, Plan, Purpose, Refusal, Refused, Viewer, kinds,
    policy::{Settings, Space, SpaceState, draft},
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::{StatusCode, header};
use vault::{Volume, store::Account};
use web::{Errors, Fields, Flash, Html, Problem, Shell, Tone};

use super::{LIFE, NAME, Proven, channel::Way, credentials, steps, terms};
use crate::{
    closing,
    code::{Answer, Means, Sent, send},
    journey::{Guest, with_cookie},
    sign_in,
};

/// This page.
pub const PATH: &str = "/activation/contact";
/// The page of its code.
pub const CODE: &str = "/activation/contact/code";

#[derive(Template)]
#[template(path = "activate/contact.html")]
struct Page {
    shell: Shell,
    steps: [String; 4],
    address: String,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "activate/contact_code.html")]
struct CodePage {
    shell: Shell,
    steps: [String; 4],
    address: String,
    errors: Errors,
}

/// The form, with the address that the registry knows.
pub async fn show(guest: Guest) -> Response {
    match Proven::here(&guest).await {
        Ok(proven) if proven.state.terms.is_some() => {
            let known = proven.person.email.clone().unwrap_or_default();
            Html(page(&guest, &proven, known, Errors::new())).into_response()
        }
        Ok(_) => Redirect::to(terms::PATH).into_response(),
        Err(answer) => answer,
    }
}

/// Sends a code to the address.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let mut proven = match Proven::of(&guest, journey).await {
        Ok(proven) if proven.state.terms.is_some() => proven,
        Ok(_) => return Ok(Redirect::to(terms::PATH).into_response()),
        Err(answer) => return Ok(answer),
    };
    let app = &guest.app;
    let mut errors = Errors::new();
    let before = proven.state.address.as_ref();
    let Some(address) = Means::Email.read(fields.get("email")) else {
        errors.add("email", guest.shell.t("account-email-wrong"));
        let typed = fields.get("email").to_owned();
        let page = page(&guest, &proven, typed, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    if before.is_some_and(|(_, sent)| !sent.may_repeat(app)) {
        errors.add("email", guest.shell.t("account-code-too-soon"));
        let page = page(&guest, &proven, address, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    let sent = Sent::one_time(app.random(), app.now(), Means::Email);
    send(
        app,
        Message {
            channel: Channel::Email,
            to: address.clone(),
            subject: guest.shell.t("account-mail-subject"),
            body: guest.shell.t1("account-confirm-body", "code", sent.code()),
        },
    );
    proven.state.address = Some((address, sent));
    proven.journey.keep(app, &proven.state, LIFE).await?;
    Ok(Redirect::to(CODE).into_response())
}

/// The form of the code.
pub async fn show_code(guest: Guest) -> Response {
    match Proven::here(&guest).await {
        Ok(proven) => match &proven.state.address {
            Some((address, _)) => {
                Html(code_page(&guest, &proven, address.clone(), Errors::new())).into_response()
            }
            None => Redirect::to(PATH).into_response(),
        },
        Err(answer) => answer,
    }
}

/// Judges the code; right, the space is active.
pub async fn post_code(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let proven = match Proven::of(&guest, journey).await {
        Ok(proven) => proven,
        Err(answer) => return Ok(answer),
    };
    let Some((address, sent)) = proven.state.address.clone() else {
        return Ok(Redirect::to(PATH).into_response());
    };
    let (app, typed) = (&guest.app, fields.get("code"));
    let life = app.limits.one_time_code;
    let wrong = match proven.journey.answer(app, &sent, typed, life).await? {
        Answer::Right => return finish(guest, proven, address).await,
        Answer::Wrong => "account-code-wrong",
        Answer::Spent => "account-code-spent",
        Answer::Late => "account-code-late",
    };
    let mut errors = Errors::new();
    errors.add("code", guest.shell.t(wrong));
    let page = code_page(&guest, &proven, address, errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// Activates the space in one transaction, and signs the person in.
pub(super) async fn finish(
    guest: Guest,
    proven: Proven,
    address: String,
) -> Result<Response, Problem> {
    let app = &guest.app;
    let (Some((login, password)), Some(terms)) = (&proven.state.credentials, &proven.state.terms)
    else {
        return Ok(Redirect::to(credentials::PATH).into_response());
    };
    let account = Account {
        id: proven.record.0,
        record: proven.record,
        password: password.clone(),
    };
    let phone = match proven.by {
        Way::Sent(Means::Sms) => proven.person.mobile.clone(),
        Way::Sent(Means::Email) | Way::Letter | Way::Received => None,
    };
    let viewer = Viewer::system(Purpose::Open, app.now());
    let clearance = match app.gate.enter(&viewer, proven.record, Act::OpenSpace).await {
        // It was closed, and is opened again with all that it held.
        Err(Refused::No(Refusal::State)) => {
            app.gate.enter(&viewer, proven.record, Act::Reopen).await?
        }
        other => other?,
    };
    let activated = clearance.act(|scope| {
        let space = Space::new(SpaceState::Activated, scope.now);
        let settings = Settings {
            login: login.clone(),
            email: Some(address.clone()),
            phone: phone.clone(),
            terms: Some(terms.clone()),
            ..scope.policy().settings.clone()
        };
        let space = draft(Volume::Policy, kinds::SPACE, kinds::only::SPACE, &space);
        let settings = draft(
            Volume::Policy,
            kinds::SETTINGS,
            kinds::only::SETTINGS,
            &settings,
        );
        let drafts = vec![scope.over(space), scope.over(settings)];
        let named = app.store.add_account(login, &account, scope.now);
        let named = named.and(closing::reopening(app, proven.record));
        Ok::<_, Refused>(Plan::new(()).writing(drafts).beside(named))
    });
    match activated.await {
        Ok(()) => {}
        // Somebody took the name between two pages.
        Err(Refused::Taken) => {
            let left = Flash::leave(Tone::Warning, "account-login-taken");
            let back = Redirect::to(credentials::PATH);
            return Ok(([(header::SET_COOKIE, left)], back).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    let cleared = proven.journey.cleared(app);
    proven.journey.take::<super::Activation>(app).await?;
    let answer = sign_in::enter(&guest, &account, "/accueil").await?;
    Ok(with_cookie(cleared, answer))
}

fn page(guest: &Guest, proven: &Proven, address: String, errors: Errors) -> Page {
    let shell = guest.page(&proven.journey, "account-contact-title");
    Page {
        steps: steps(&shell),
        shell,
        address,
        errors,
    }
}

fn code_page(guest: &Guest, proven: &Proven, address: String, errors: Errors) -> CodePage {
    let shell = guest.page(&proven.journey, "account-contact-title");
    CodePage {
        steps: steps(&shell),
        shell,
        address,
        errors,
    }
}
