//! `/activation/code`: the provisional code, and what follows when it is right.

use access::{Act, Purpose, Refusal, Refused, Viewer, policy::SpaceState};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Errors, Fields, Html, Problem, Shell};

use super::{Activation, LIFE, NAME, Proven, START, channel, channel::Way, credentials, steps};
use crate::{
    code::Answer,
    journey::{Guest, Journey, expired},
    letter,
};

/// This page.
pub const PATH: &str = "/activation/code";

#[derive(Template)]
#[template(path = "activate/code.html")]
struct Page {
    shell: Shell,
    steps: [String; 4],
    way: Way,
    errors: Errors,
}

/// Why a space cannot be activated, told only to who showed every factor.
#[derive(Template)]
#[template(path = "activate/impossible.html")]
struct Impossible {
    shell: Shell,
    text: String,
    /// It is active already: the way on is to sign in.
    active: bool,
}

/// The form.
pub async fn show(guest: Guest) -> Result<Response, Problem> {
    let Some(journey) = guest.journey(NAME) else {
        return Ok(expired(START));
    };
    let Some(state) = journey.load::<Activation>(&guest.app).await? else {
        return Ok(expired(START));
    };
    Ok(match state.sent {
        Some(_) => Html(page(&guest, &journey, state.way, Errors::new())).into_response(),
        None => Redirect::to(channel::PATH).into_response(),
    })
}

/// Judges a code; right, it opens the way to the next page.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let Some(mut state) = journey.load::<Activation>(&guest.app).await? else {
        return Ok(expired(START));
    };
    let Some(sent) = &state.sent else {
        return Ok(Redirect::to(channel::PATH).into_response());
    };
    let life = guest.app.limits.provisional_code;
    let typed = fields.get("code");
    let answer = journey.answer(&guest.app, sent, typed, life).await?;
    let by_letter = (state.way.is_paper(), state.open);
    let wrong = match letter::judge(&guest, &state.claim, by_letter, answer, typed).await? {
        Answer::Right => {
            state.proven = Some(state.way);
            // It counts once.
            state.sent = None;
            state.claim.forgive(&guest).await?;
            journey.keep(&guest.app, &state, LIFE).await?;
            return Ok(Redirect::to(credentials::PATH).into_response());
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

/// The state of a space that this person may activate now; or why not, as a page.
pub(super) async fn state(
    guest: &Guest,
    proven: &Proven,
) -> Result<Result<SpaceState, Response>, Problem> {
    let app = &guest.app;
    let reason = if app.now() < proven.person.majority() {
        "minor"
    } else if app.store.account_of(proven.record).await?.is_some() {
        "active"
    } else {
        let viewer = Viewer::system(Purpose::Open, app.now());
        match app.gate.enter(&viewer, proven.record, Act::OpenSpace).await {
            Ok(clearance) if clearance.policy().space.state != SpaceState::Activated => {
                return Ok(Ok(clearance.policy().space.state));
            }
            Ok(_) => "closed",
            Err(Refused::No(Refusal::State)) => {
                match app.gate.enter(&viewer, proven.record, Act::Reopen).await {
                    Ok(_) => return Ok(Ok(SpaceState::Closed)),
                    Err(Refused::No(Refusal::State)) => "closed",
                    Err(other) => return Err(other.into()),
                }
            }
            Err(other) => return Err(other.into()),
        }
    };
    let shell = guest.page(
        &proven.journey,
        &format!("account-impossible-{reason}-title"),
    );
    let page = Impossible {
        text: shell.t(&format!("account-impossible-{reason}-text")),
        active: reason == "active",
        shell,
    };
    Ok(Err(Html(page).into_response()))
}

fn page(guest: &Guest, journey: &Journey, way: Way, errors: Errors) -> Page {
    let shell = guest.page(journey, "account-code-title");
    Page {
        steps: steps(&shell),
        shell,
        way,
        errors,
    }
}
