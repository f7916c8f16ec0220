//! The terms of use: their version, and the page that asks again when it changes.

use access::{
    Act, Person, Plan, Refused, kinds,
    policy::{Settings, draft},
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use vault::Volume;
use web::{Errors, Fields, Html, Problem, Shell};

/// The version in force: changed with the text, it is asked again at the next visit.
pub const VERSION: &str = "2026-11";
/// The page that asks.
pub const PATH: &str = "/conditions";

#[derive(Template)]
#[template(path = "terms.html")]
struct Page {
    shell: Shell,
    errors: Errors,
}

/// The terms, to be accepted again.
pub async fn show(person: Person) -> Response {
    Html(page(&person, Errors::new())).into_response()
}

/// Notes the acceptance.
pub async fn post(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    if fields.get("accord").is_empty() {
        let mut errors = Errors::new();
        errors.add("accord", person.shell.t("account-terms-missing"));
        let page = page(&person, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    change_settings(&person, Act::ChangeSettings, |settings| {
        settings.terms = Some(VERSION.to_owned());
    })
    .await?;
    Ok(Redirect::to("/accueil").into_response())
}

fn page(person: &Person, errors: Errors) -> Page {
    let mut shell = person
        .shell
        .clone()
        .titled(person.shell.t("account-terms-title"));
    // Until they are accepted nothing else is offered but to leave.
    shell.nav.clear();
    Page { shell, errors }
}

/// Changes the settings of the space that a person is in.
///
/// # Errors
/// When the act is refused or the store fails.
pub async fn change_settings(
    person: &Person,
    act: Act,
    change: impl Fn(&mut Settings),
) -> Result<(), Refused> {
    let clearance = person.enter(act).await?;
    let done = clearance.act(|scope| {
        let mut settings = scope.policy().settings.clone();
        change(&mut settings);
        let entry = draft(
            Volume::Policy,
            kinds::SETTINGS,
            kinds::only::SETTINGS,
            &settings,
        );
        Ok::<_, Refused>(Plan::new(()).writing(vec![scope.over(entry)]))
    });
    done.await
}
