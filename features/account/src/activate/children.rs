//! `/activation/enfants`: who gave a child's birth date is told where a child's space is.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use web::{Html, Problem, Shell};

use super::{Activation, NAME, START, channel};
use crate::{
    insured::apart,
    journey::{Guest, expired},
    opening,
};

/// This page.
pub const PATH: &str = "/activation/enfants";

#[derive(Template)]
#[template(path = "activate/children.html")]
struct Page {
    shell: Shell,
    /// Names, each told apart from the others.
    children: Vec<String>,
}

/// The children of that birth date: their spaces are opened from the one of who represents them.
pub async fn show(guest: Guest) -> Result<Response, Problem> {
    let Some(journey) = guest.journey(NAME) else {
        return Ok(expired(START));
    };
    let Some(state) = journey.load::<Activation>(&guest.app).await? else {
        return Ok(expired(START));
    };
    if state.proven.is_none() {
        return Ok(Redirect::to(channel::PATH).into_response());
    }
    let mut children = vec![];
    for number in state
        .claim
        .find(&guest)
        .await?
        .map(|found| found.children)
        .unwrap_or_default()
    {
        children.extend(
            opening::find(&guest.app, &number)
                .await?
                .map(|(child, _)| child),
        );
    }
    let page = Page {
        children: apart(&children, guest.shell.lang),
        shell: guest.page(&journey, "account-children-title"),
    };
    Ok(Html(page).into_response())
}
