//! `/parametres/contact/…`: another e-mail address or mobile, confirmed by a code sent to it.

use std::sync::Arc;

use access::{Act, Message, Person, policy::Settings};
use askama::Template;
use axum::{
    Extension,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use web::{Errors, Fields, Html, Problem, Shell};

use super::{again, page};
use crate::{
    Passwords,
    code::{Answer, Means, Sent, send},
    home::is_acting,
    journey::{Journey, expired},
    sign_in::one_time,
    terms::change_settings,
};

/// The kind of step in the store.
const NAME: &str = "contact";

/// A new contact, and the code sent to it.
#[derive(Serialize, Deserialize)]
struct Changing {
    to: String,
    sent: Sent,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct Page {
    shell: Shell,
    by: Means,
    value: String,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "contact_code.html")]
struct CodePage {
    shell: Shell,
    by: Means,
    to: String,
    errors: Errors,
}

/// The form.
pub async fn show(person: Person, Path(means): Path<String>) -> Result<Response, Problem> {
    let by = read(&person, &means)?;
    Ok(Html(form(&person, by, String::new(), Errors::new())).into_response())
}

/// Sends a code to the new contact; the password must be shown again.
pub async fn post(
    mut person: Person,
    Extension(passwords): Extension<Arc<Passwords>>,
    Path(means): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let by = read(&person, &means)?;
    let (app, shell) = (&person.app, &person.shell);
    let typed = fields.get("valeur");
    let mut errors = Errors::new();
    let to = by.read(typed);
    if to.is_none() {
        errors.add("valeur", shell.t(&format!("account-{}-wrong", by.value())));
    }
    let journey = Journey::of_session(NAME, &person.session);
    let before: Option<Changing> = journey.load(app).await?;
    if before.is_some_and(|before| !before.sent.may_repeat(app)) {
        errors.add("valeur", shell.t("account-code-too-soon"));
    }
    if errors.is_empty() {
        again::check(&person, &passwords, fields.raw("mot-de-passe"), &mut errors).await?;
    }
    let (Some(to), true) = (to, errors.is_empty()) else {
        let page = form(&person, by, typed.to_owned(), errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    person.freshen().await?;
    let (app, shell) = (&person.app, &person.shell);
    let sent = Sent::one_time(app.random(), app.now(), by);
    send(app, one_time(app, shell, &sent, &to));
    let life = app.limits.one_time_code * 2;
    journey.keep(app, &Changing { to, sent }, life).await?;
    Ok(Redirect::to(&format!("{}/code", path(by))).into_response())
}

/// The form of the code.
pub async fn show_code(person: Person, Path(means): Path<String>) -> Result<Response, Problem> {
    let by = read(&person, &means)?;
    let journey = Journey::of_session(NAME, &person.session);
    Ok(match journey.load::<Changing>(&person.app).await? {
        Some(state) if state.sent.by == by => {
            Html(code_form(&person, state, Errors::new())).into_response()
        }
        _ => Redirect::to(&path(by)).into_response(),
    })
}

/// Judges the code; right, the new contact takes the place of the old one, which is told.
pub async fn post_code(
    person: Person,
    Path(means): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let by = read(&person, &means)?;
    let (app, shell) = (&person.app, &person.shell);
    let journey = Journey::of_session(NAME, &person.session);
    // Before the code is judged: it would count once, and a password is to be shown first.
    let sensitive = person.enter(Act::ChangeContact).await?;
    let before = sensitive.policy().settings.clone();
    let state = journey.load::<Changing>(app).await?;
    let Some(state) = state.filter(|state| state.sent.by == by) else {
        return Ok(expired(&path(by)));
    };
    let life = app.limits.one_time_code;
    let wrong = match journey
        .answer(app, &state.sent, fields.get("code"), life)
        .await?
    {
        Answer::Right => {
            if journey.take::<Changing>(app).await?.is_none() {
                return Ok(expired(&path(by)));
            }
            change_settings(&person, Act::ChangeContact, |settings| match by {
                Means::Email => settings.email = Some(state.to.clone()),
                Means::Sms => settings.phone = Some(state.to.clone()),
            })
            .await?;
            tell(&person, &before, "account-contact-changed-body");
            let sentence = shell.t("account-contact-changed");
            person.say(sentence).await?;
            return Ok(Redirect::to(page::PATH).into_response());
        }
        Answer::Wrong => "account-code-wrong",
        Answer::Spent => "account-code-spent",
        Answer::Late => "account-code-late",
    };
    let mut errors = Errors::new();
    errors.add("code", shell.t(wrong));
    let page = code_form(&person, state, errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

/// Tells a person at every contact in `settings` of a change to their account.
pub(super) fn tell(person: &Person, settings: &Settings, key: &str) {
    for message in notices(&person.shell, settings, key) {
        send(&person.app, message);
    }
}

/// The sentence `key` to every confirmed contact.
pub(crate) fn notices(shell: &Shell, settings: &Settings, key: &str) -> Vec<Message> {
    let contacts = [
        (Means::Email, &settings.email),
        (Means::Sms, &settings.phone),
    ];
    let message = |(by, to): (Means, &Option<String>)| {
        let subject = match by {
            Means::Email => shell.t("account-mail-changed"),
            Means::Sms => String::new(),
        };
        Some(Message {
            channel: by.channel(),
            to: to.clone()?,
            subject,
            body: shell.t(key),
        })
    };
    contacts.into_iter().filter_map(message).collect()
}

/// The means of the address; contacts are those of who signed in, never of a child.
fn read(person: &Person, means: &str) -> Result<Means, Problem> {
    Means::of(means)
        .filter(|_| !is_acting(person))
        .ok_or(Problem::NotFound)
}

fn path(by: Means) -> String {
    format!("/parametres/contact/{}", by.value())
}

fn titled(person: &Person, by: Means) -> Shell {
    let title = person
        .shell
        .t(&format!("account-contact-{}-title", by.value()));
    person.shell.clone().titled(title)
}

fn form(person: &Person, by: Means, value: String, errors: Errors) -> Page {
    Page {
        shell: titled(person, by),
        by,
        value,
        errors,
    }
}

fn code_form(person: &Person, state: Changing, errors: Errors) -> CodePage {
    CodePage {
        shell: titled(person, state.sent.by),
        by: state.sent.by,
        to: state.to,
        errors,
    }
}
