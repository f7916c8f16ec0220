//! `/telephone`: what stands on the phones of everybody here. In the demonstration one page is all of
//! them, and no secret opens it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use web::{Audience, Fields, Html, Lang, Problem, Shell};

use crate::{Provider, asked::whose};

/// The level of an e-CPS.
const LEVEL: &str = "eidas1";

#[derive(Template)]
#[template(path = "phone.html")]
struct Page {
    shell: Shell,
    action: String,
    questions: Vec<Question>,
}

/// What one of them is asked.
struct Question {
    /// Names it in the form.
    id: String,
    name: String,
    service: String,
    message: String,
}

/// `GET /telephone`: who is asked what.
pub(crate) async fn show(State(provider): State<Arc<Provider>>, lang: Lang) -> Response {
    let now = provider.now();
    let open = provider.memory().open(now);
    let questions = open.into_iter().filter_map(|(id, request)| {
        let identity = whose(&provider, &request.login_hint)?;
        Some(Question {
            id,
            name: identity.label.clone(),
            service: request.client_id,
            message: request.binding_message,
        })
    });
    let shell = provider.site.shell(lang, Audience::Public);
    let title = shell.t("demo-identity-phone-title");
    let action = format!("{}/telephone", provider.path);
    Html(Page {
        questions: questions.collect(),
        shell: shell.titled(title).at(action.clone()),
        action,
    })
    .into_response()
}

/// `POST /telephone`: it is me, or it is not.
pub(crate) async fn answer(
    State(provider): State<Arc<Provider>>,
    lang: Lang,
    fields: Fields,
) -> Result<Redirect, Problem> {
    let (now, yes) = (provider.now(), fields.has("confirmer"));
    let mut memory = provider.memory();
    let gone = || {
        let key = "demo-identity-phone-gone";
        Problem::BadRequest(provider.site.texts.get(lang, key))
    };
    let asked = memory.asked(fields.get("demande")).ok_or_else(gone)?;
    let identity = whose(&provider, &asked.request.login_hint).ok_or_else(gone)?;
    let level = asked.request.acr_values.first().cloned();
    let level = level.as_deref().unwrap_or(LEVEL);
    match yes {
        true => asked.confirm(&identity.subject, Some(level), now),
        false => asked.refuse(now),
    }
    Ok(Redirect::to(&format!("{}/telephone", provider.path)))
}
