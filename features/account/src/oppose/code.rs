//! `/opposition/code`: the provisional code.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Errors, Fields, Html, Problem, Shell};

use super::{CHOICE, LIFE, NAME, Opposition, START};
use crate::{
    activate::channel::Way,
    code::Answer,
    journey::{Guest, Journey, expired},
    letter,
};

#[derive(Template)]
#[template(path = "oppose/code.html")]
struct Page {
    shell: Shell,
    way: Way,
    errors: Errors,
}

/// The form.
pub async fn show(guest: Guest) -> Result<Response, Problem> {
    let Some(journey) = guest.journey(NAME) else {
        return Ok(expired(START));
    };
    Ok(match journey.load::<Opposition>(&guest.app).await? {
        Some(state) => Html(page(&guest, &journey, state.way, Errors::new())).into_response(),
        None => expired(START),
    })
}

/// Judges the code.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let app = &guest.app;
    let Some(mut state) = journey.load::<Opposition>(app).await? else {
        return Ok(expired(START));
    };
    let life = app.limits.provisional_code;
    let typed = fields.get("code");
    let answer = journey.answer(app, &state.sent, typed, life).await?;
    let by_letter = (state.way.is_paper(), state.open);
    let wrong = match letter::judge(&guest, &state.claim, by_letter, answer, typed).await? {
        Answer::Right => {
            state.proven = true;
            state.claim.forgive(&guest).await?;
            journey.keep(app, &state, LIFE).await?;
            return Ok(Redirect::to(CHOICE).into_response());
        }
        Answer::Wrong if state.way.is_paper() => "account-letter-wrong",
        Answer::Wrong => "account-code-wrong",
        Answer::Spent => "account-code-spent",
        Answer::Late => "account-code-late",
    };
    let mut errors = Errors::new();
    errors.add("code", guest.shell.t(wrong));
    let page = page(&guest, &journey, state.way, errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
}

fn page(guest: &Guest, journey: &Journey, way: Way, errors: Errors) -> Page {
    Page {
        way,
        shell: guest.page(journey, "account-code-title"),
        errors,
    }
}
