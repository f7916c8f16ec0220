//! `/connexion`: login and password, then a one-time code.

use std::sync::Arc;

use access::{
    Act, Acting, App, Authenticated, Level, Message, Plan, Purpose, Refusal, Refused, SessionBody,
    SignedIn, Viewer, masked,
};
use askama::Template;
use axum::{
    Extension,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use vault::{RecordId, store::Account};
use web::{Errors, Fields, Html, Problem, Shell};

use crate::{
    Passwords,
    code::{Answer, Means, Sent, send},
    journey::{Guest, Journey, expired, with_cookie},
    login,
};

/// The cookie, and the kind of step in the store.
const NAME: &str = "connexion";
/// This page.
pub const PATH: &str = "/connexion";
/// The page of the code.
const CODE: &str = "/connexion/code";
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A password was right; its code is on the way.
#[derive(Serialize, Deserialize)]
struct SigningIn {
    record: RecordId,
    login: String,
    email: Option<String>,
    phone: Option<String>,
    sent: Sent,
}

impl SigningIn {
    fn contact(&self, by: Means) -> Option<&str> {
        match by {
            Means::Email => self.email.as_deref(),
            Means::Sms => self.phone.as_deref(),
        }
    }
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    shell: Shell,
    login: String,
    errors: Errors,
    /// The session of this browser has just ended.
    ended: bool,
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct CodePage {
    shell: Shell,
    /// Where the code went, so that its owner recognises it.
    to: String,
    /// Other means: value and words.
    others: Vec<(&'static str, String)>,
    by: Means,
    errors: Errors,
}

/// The form.
pub async fn show(guest: Guest) -> Response {
    let journey = guest.journey(NAME).unwrap_or_else(|| guest.begin(NAME));
    let page = Page {
        shell: guest.page(&journey, "account-sign-in-title"),
        login: String::new(),
        errors: Errors::new(),
        ended: guest.session_ended(),
    };
    let mut answer = with_cookie(journey.cookie(&guest.app), Html(page));
    if guest.session_ended() {
        answer = with_cookie(guest.app.session_cookie().clear(), answer);
    }
    answer
}

/// Judges login and password: the same effort and the same page for any wrong one.
pub async fn post(
    guest: Guest,
    Extension(passwords): Extension<Arc<Passwords>>,
    fields: Fields,
) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let app = &guest.app;
    let login = login::folded(fields.get("identifiant"));
    let mut within = true;
    for (what, whom) in counted(&guest, &login) {
        let limit = app.limits.sign_ins_a_day;
        within &= app.store.attempt(what, whom, limit, DAY, app.now()).await?;
    }
    let account = app.store.account(&login).await?;
    let known = account.as_ref().map(|account| account.password.as_str());
    let right = passwords.verify(fields.raw("mot-de-passe"), known).await?;
    let account = match account {
        Some(account) if right && within => account,
        _ => {
            // Being locked out is the same for a login that nobody has.
            let (key, status) = match within {
                true => ("account-sign-in-wrong", StatusCode::UNPROCESSABLE_ENTITY),
                false => ("account-sign-in-locked", StatusCode::TOO_MANY_REQUESTS),
            };
            let mut errors = Errors::new();
            errors.add("identifiant", guest.shell.t(key));
            let page = Page {
                shell: guest.page(&journey, "account-sign-in-title"),
                login,
                errors,
                ended: false,
            };
            return Ok((status, Html(page)).into_response());
        }
    };
    let viewer = Viewer::system(Purpose::SignIn, app.now());
    let (email, phone) = match app
        .gate
        .enter(&viewer, account.record, Act::ReadSettings)
        .await
    {
        Ok(clearance) => {
            let settings = &clearance.policy().settings;
            (settings.email.clone(), settings.phone.clone())
        }
        Err(Refused::No(Refusal::State)) => return Ok(closed(&guest, &journey)),
        Err(other) => return Err(other.into()),
    };
    let by = if email.is_some() {
        Means::Email
    } else {
        Means::Sms
    };
    let state = SigningIn {
        record: account.record,
        login,
        email,
        phone,
        sent: Sent::one_time(app.random(), app.now(), by),
    };
    deliver(&guest, &state);
    let journey = guest.begin(NAME);
    journey
        .keep(app, &state, app.limits.one_time_code * 2)
        .await?;
    Ok(with_cookie(journey.cookie(app), Redirect::to(CODE)))
}

/// The form of the code.
pub async fn show_code(guest: Guest) -> Result<Response, Problem> {
    let Some(journey) = guest.journey(NAME) else {
        return Ok(expired(PATH));
    };
    Ok(match journey.load::<SigningIn>(&guest.app).await? {
        Some(state) => Html(code_page(&guest, &journey, &state, Errors::new())).into_response(),
        None => expired(PATH),
    })
}

/// Judges the code; right, the person is signed in.
pub async fn post_code(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let app = &guest.app;
    let Some(state) = journey.load::<SigningIn>(app).await? else {
        return Ok(expired(PATH));
    };
    let life = app.limits.one_time_code;
    let wrong = match journey
        .answer(app, &state.sent, fields.get("code"), life)
        .await?
    {
        Answer::Right => {
            // It counts once, even sent twice at the same moment.
            if journey.take::<SigningIn>(app).await?.is_none() {
                return Ok(expired(PATH));
            }
            let Some(account) = app.store.account_of(state.record).await? else {
                return Ok(expired(PATH));
            };
            // Only both factors together start the count again.
            for (what, whom) in counted(&guest, &state.login) {
                app.store.forget_attempts(what, whom).await?;
            }
            let answer = enter(&guest, &account, "/accueil").await?;
            return Ok(with_cookie(journey.cleared(app), answer));
        }
        Answer::Wrong => "account-code-wrong",
        Answer::Spent => "account-code-spent",
        Answer::Late => "account-code-late",
    };
    let mut errors = Errors::new();
    errors.add("code", guest.shell.t(wrong));
    let page = code_page(&guest, &journey, &state, errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// Sends another code, perhaps by another means; the one before no longer counts.
pub async fn resend(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let app = &guest.app;
    let Some(mut state) = journey.load::<SigningIn>(app).await? else {
        return Ok(expired(PATH));
    };
    let by = Means::of(fields.get("moyen")).unwrap_or(state.sent.by);
    let known = state.contact(by).is_some();
    let (record, now) = (state.record.0.0, app.now());
    let left = app.store.attempt(
        "sign-in codes",
        &record,
        app.limits.sign_ins_a_day,
        DAY,
        now,
    );
    if !known || !state.sent.may_repeat(app) || !left.await? {
        let mut errors = Errors::new();
        errors.add("code", guest.shell.t("account-code-too-soon"));
        let page = code_page(&guest, &journey, &state, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    state.sent = Sent::one_time(app.random(), now, by);
    deliver(&guest, &state);
    journey
        .keep(app, &state, app.limits.one_time_code * 2)
        .await?;
    Ok(Redirect::to(CODE).into_response())
}

/// Signs the owner of an account in: a line in their journal, a fresh session, a cookie.
///
/// # Errors
/// When the space does not allow it, or the store fails.
pub async fn enter(guest: &Guest, account: &Account, to: &str) -> Result<Response, Problem> {
    let app = &guest.app;
    let authenticated = Authenticated {
        level: Level::TwoFactor,
        at: app.now(),
    };
    let viewer = Viewer {
        account: account.id,
        acting: Acting::Holder(account.record),
        authenticated,
    };
    let clearance = app.gate.enter(&viewer, account.record, Act::SignIn).await?;
    let device = guest.device();
    let name = clearance.act(|scope| {
        let name = scope.policy().name();
        Ok::<_, Refused>(Plan::new(name).noting(&*device))
    });
    let body = SessionBody {
        who: SignedIn::Person {
            own: account.record,
            name: name.await?,
            acting_for: None,
        },
        authenticated,
        device,
        flash: None,
    };
    let token = app
        .start_session(account.id, &body, guest.session.as_ref())
        .await?;
    let cookie = app.session_cookie().set(&token, None);
    Ok(with_cookie(cookie, Redirect::to(to)))
}

fn counted<'a>(guest: &'a Guest, login: &'a str) -> [(&'static str, &'a [u8]); 2] {
    [
        ("sign-in by login", login.as_bytes()),
        ("sign-in by source", guest.source.as_bytes()),
    ]
}

fn deliver(guest: &Guest, state: &SigningIn) {
    let by = state.sent.by;
    if let Some(to) = state.contact(by) {
        let message = one_time(&guest.app, &guest.shell, &state.sent, to);
        send(&guest.app, message);
    }
}

/// The message that carries a one-time code.
pub(crate) fn one_time(app: &App, shell: &Shell, sent: &Sent, to: &str) -> Message {
    let minutes = app.limits.one_time_code.as_mins();
    let subject = match sent.by {
        Means::Email => shell.t("account-mail-subject"),
        Means::Sms => String::new(),
    };
    Message {
        channel: sent.by.channel(),
        to: to.to_owned(),
        subject,
        body: shell.t2(
            "account-one-time-body",
            "code",
            sent.code(),
            "minutes",
            minutes,
        ),
    }
}

/// The right password of a space that is closed or suspended.
fn closed(guest: &Guest, journey: &Journey) -> Response {
    let mut errors = Errors::new();
    errors.add("identifiant", guest.shell.t("account-sign-in-closed"));
    let page = Page {
        shell: guest.page(journey, "account-sign-in-title"),
        login: String::new(),
        errors,
        ended: false,
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response()
}

fn code_page(guest: &Guest, journey: &Journey, state: &SigningIn, errors: Errors) -> CodePage {
    let shell = guest.page(journey, "account-sign-in-code-title");
    let by = state.sent.by;
    let shown = |by: Means| masked(by.channel(), state.contact(by).unwrap_or_default());
    let other = |means: &Means| *means != by && state.contact(*means).is_some();
    let others = [Means::Email, Means::Sms]
        .into_iter()
        .filter(other)
        .map(|means| {
            let key = format!("account-resend-by-{}", means.value());
            (means.value(), shell.t1(&key, "to", shown(means)))
        })
        .collect();
    CodePage {
        to: shown(by),
        others,
        by,
        shell,
        errors,
    }
}
