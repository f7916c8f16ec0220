//! `/activation/conditions`: the terms of use.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Errors, Fields, Html, Problem, Shell};

use super::{LIFE, NAME, Proven, channel::Way, contact, credentials, steps};
use crate::{code::Means, journey::Guest, terms::VERSION};

/// This page.
pub const PATH: &str = "/activation/conditions";

#[derive(Template)]
#[template(path = "activate/terms.html")]
struct Page {
    shell: Shell,
    steps: [String; 4],
    errors: Errors,
}

/// The terms, and the form.
pub async fn show(guest: Guest) -> Response {
    match Proven::here(&guest).await {
        Ok(proven) if proven.state.credentials.is_some() => {
            Html(page(&guest, &proven, Errors::new())).into_response()
        }
        Ok(_) => Redirect::to(credentials::PATH).into_response(),
        Err(answer) => answer,
    }
}

/// Keeps the acceptance. Who received the code by e-mail has confirmed that address already.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let mut proven = match Proven::of(&guest, journey).await {
        Ok(proven) => proven,
        Err(answer) => return Ok(answer),
    };
    if proven.state.credentials.is_none() {
        return Ok(Redirect::to(credentials::PATH).into_response());
    }
    if fields.get("accord").is_empty() {
        let mut errors = Errors::new();
        errors.add("accord", guest.shell.t("account-terms-missing"));
        let page = page(&guest, &proven, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    proven.state.terms = Some(VERSION.to_owned());
    match (proven.by, proven.person.email.clone()) {
        (Way::Sent(Means::Email), Some(address)) => contact::finish(guest, proven, address).await,
        _ => {
            proven.journey.keep(&guest.app, &proven.state, LIFE).await?;
            Ok(Redirect::to(contact::PATH).into_response())
        }
    }
}

fn page(guest: &Guest, proven: &Proven, errors: Errors) -> Page {
    let shell = guest.page(&proven.journey, "account-terms-title");
    Page {
        steps: steps(&shell),
        shell,
        errors,
    }
}
