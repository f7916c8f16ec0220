//! `/premiers-choix`: asked once for each space, before anything else is shown in it.

use access::{Act, Person};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Problem, Shell};

use crate::{
    choices::{Emergency, read_visibility, visibilities},
    terms::change_settings,
};

/// This page.
pub const PATH: &str = "/premiers-choix";

#[derive(Template)]
#[template(path = "first_choices.html")]
struct Page {
    shell: Shell,
    choices: Vec<Choice>,
    visibility: String,
    emergency: Emergency,
    errors: Errors,
}

/// The form. Emergencies are as the law has them until the person says otherwise; the visibility
/// must be chosen.
pub async fn show(person: Person) -> Result<Response, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let emergency = Emergency::of(&clearance.policy().settings);
    Ok(Html(page(&person, String::new(), emergency, Errors::new())).into_response())
}

/// Keeps the choices.
pub async fn post(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let emergency = Emergency::read(&fields);
    let Some(hidden) = read_visibility(&fields) else {
        let mut errors = Errors::new();
        errors.add("visibilite", person.shell.t("account-visibility-missing"));
        let page = page(&person, String::new(), emergency, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    change_settings(&person, Act::ChangeSettings, |settings| {
        settings.hidden_by_default = hidden;
        emergency.put(settings);
        settings.chosen = true;
    })
    .await?;
    let sentence = person.shell.t("account-choices-kept");
    person.say(sentence).await?;
    Ok(Redirect::to("/accueil").into_response())
}

fn page(person: &Person, visibility: String, emergency: Emergency, errors: Errors) -> Page {
    let mut shell = person
        .shell
        .clone()
        .titled(person.shell.t("account-choices-title"));
    // The choice comes first.
    shell.nav.clear();
    Page {
        choices: visibilities(&shell),
        shell,
        visibility,
        emergency,
        errors,
    }
}
