//! `/activation`: who are you? National number, serial of the card, birth date.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Errors, Fields, Html, Problem, Shell};

use super::{Activation, LIFE, NAME, START, channel, channel::Way, steps};
use crate::{
    claim::Claim,
    journey::{Guest, with_cookie},
};

#[derive(Template)]
#[template(path = "activate/identity.html")]
struct Page {
    shell: Shell,
    steps: [String; 4],
    fields: Fields,
    errors: Errors,
}

/// The form.
pub async fn show(guest: Guest) -> Response {
    let journey = guest.journey(NAME).unwrap_or_else(|| guest.begin(NAME));
    let shell = guest.page(&journey, "account-activate-title");
    let page = Page {
        steps: steps(&shell),
        shell,
        fields: Fields::default(),
        errors: Errors::new(),
    };
    with_cookie(journey.cookie(&guest.app), Html(page))
}

/// Takes what was typed; nothing is looked up yet.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let mut errors = Errors::new();
    let Some(claim) = Claim::read(&guest, &fields, &mut errors) else {
        let shell = guest.page(&journey, "account-activate-title");
        let page = Page {
            steps: steps(&shell),
            shell,
            fields,
            errors,
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    let state = Activation {
        claim,
        sent: None,
        way: Way::default(),
        open: false,
        proven: None,
        credentials: None,
        terms: None,
        address: None,
    };
    // A fresh handle: nothing that was in this browser before leads to what follows.
    let journey = guest.begin(NAME);
    journey.keep(&guest.app, &state, LIFE).await?;
    Ok(with_cookie(
        journey.cookie(&guest.app),
        Redirect::to(channel::PATH),
    ))
}

/// Back to an empty form.
pub async fn restart(guest: Guest) -> Response {
    let cookie = guest.app.site.cookie(NAME).clear();
    with_cookie(cookie, Redirect::to(START))
}
