//! `/parametres/mot-de-passe`: another password, when the current one is known.

use std::sync::Arc;

use access::{Act, Person, Plan, Refused};
use askama::Template;
use axum::{
    Extension,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use web::{Errors, Fields, Html, Problem, Shell};

use super::{again, contact, page};
use crate::{Passwords, home::is_acting, password, relatives};

#[derive(Template)]
#[template(path = "password.html")]
struct Page {
    shell: Shell,
    login: String,
    errors: Errors,
}

/// The form.
pub async fn show(person: Person) -> Result<Response, Problem> {
    let login = login(&person).await?;
    Ok(Html(form(&person, login, Errors::new())).into_response())
}

/// Changes the password, ends every other session, and tells every contact.
pub async fn post(
    mut person: Person,
    Extension(passwords): Extension<Arc<Passwords>>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let login = login(&person).await?;
    let (current, typed) = (fields.raw("actuel"), fields.raw("mot-de-passe"));
    let mut errors = Errors::new();
    let account = again::judge(&person, &passwords, current, "actuel", &mut errors).await?;
    if let Some(me) = relatives::myself(&person).await?
        && let Err(wrong) = password::check(typed, &login, &me)
    {
        errors.add("mot-de-passe", person.shell.t(wrong));
    }
    if typed == current {
        errors.add("mot-de-passe", person.shell.t("account-password-same"));
    } else if typed != fields.raw("confirmation") {
        errors.add("confirmation", person.shell.t("account-password-differs"));
    }
    let (Some(account), true) = (account, errors.is_empty()) else {
        let page = form(&person, login, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    person.freshen().await?;
    let app = &person.app;
    let hash = passwords.hash(typed, app.random()).await?;
    let clearance = person.enter(Act::ChangeContact).await?;
    let settings = clearance.policy().settings.clone();
    clearance
        .act(|_| {
            let change = app.store.set_password(account.record, &hash);
            Ok::<_, Refused>(Plan::new(()).beside(change))
        })
        .await?;
    for session in app.store.sessions_of(account.id, app.now()).await? {
        if session.hash != person.session.hash {
            app.store.end_session(&session.hash).await?;
        }
    }
    contact::tell(&person, &settings, "account-password-changed-body");
    let sentence = person.shell.t("account-password-changed");
    person.say(sentence).await?;
    Ok(Redirect::to(page::PATH).into_response())
}

/// The login; none in somebody else's space.
async fn login(person: &Person) -> Result<String, Problem> {
    if is_acting(person) {
        return Err(Problem::NotFound);
    }
    let clearance = person.enter(Act::ReadSettings).await?;
    Ok(clearance.policy().settings.login.clone())
}

fn form(person: &Person, login: String, errors: Errors) -> Page {
    Page {
        shell: person
            .shell
            .clone()
            .titled(person.shell.t("account-password-title")),
        login,
        errors,
    }
}
