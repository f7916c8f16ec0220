//! `/activation/identifiants`: login and password.

use std::sync::Arc;

use access::policy::SpaceState;
use askama::Template;
use axum::{
    Extension,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use web::{Errors, Fields, Html, Problem, Shell};

use super::{LIFE, NAME, Proven, code, steps, terms};
use crate::{Passwords, journey::Guest, login, password};

/// This page.
pub const PATH: &str = "/activation/identifiants";

#[derive(Template)]
#[template(path = "activate/credentials.html")]
struct Page {
    shell: Shell,
    steps: [String; 4],
    fields: Fields,
    errors: Errors,
    /// Free names, when the one that was wanted is taken.
    proposals: Vec<String>,
    /// The opening was refused; to activate takes that back.
    opposed: bool,
    /// The space was closed; to activate opens it again.
    closed: bool,
}

/// The form.
pub async fn show(guest: Guest) -> Result<Response, Problem> {
    let proven = match Proven::here(&guest).await {
        Ok(proven) => proven,
        Err(answer) => return Ok(answer),
    };
    let state = match code::state(&guest, &proven).await? {
        Ok(state) => state,
        Err(page) => return Ok(page),
    };
    let page = Page {
        opposed: state == SpaceState::Opposed,
        closed: state == SpaceState::Closed,
        ..page(&guest, &proven, Fields::default(), Errors::new(), vec![])
    };
    Ok(Html(page).into_response())
}

/// Keeps the choice; nothing is written before the last page.
pub async fn post(
    guest: Guest,
    Extension(passwords): Extension<Arc<Passwords>>,
    fields: Fields,
) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let mut proven = match Proven::of(&guest, journey).await {
        Ok(proven) => proven,
        Err(answer) => return Ok(answer),
    };
    if let Err(page) = code::state(&guest, &proven).await? {
        return Ok(page);
    }
    let app = &guest.app;
    let (wanted, typed) = (fields.get("identifiant"), fields.raw("mot-de-passe"));
    let mut errors = Errors::new();
    let mut proposals = vec![];
    if let Err(wrong) = login::check(wanted) {
        errors.add("identifiant", guest.shell.t(wrong));
    } else if app.store.account(wanted).await?.is_some() {
        errors.add("identifiant", guest.shell.t("account-login-taken"));
        proposals = login::proposals(&app.store, app.random(), wanted, &proven.person).await?;
    }
    if let Err(wrong) = password::check(typed, wanted, &proven.person) {
        errors.add("mot-de-passe", guest.shell.t(wrong));
    } else if typed != fields.raw("confirmation") {
        errors.add("confirmation", guest.shell.t("account-password-differs"));
    }
    if !errors.is_empty() {
        let page = page(&guest, &proven, fields, errors, proposals);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    let hash = passwords.hash(typed, app.random()).await?;
    proven.state.credentials = Some((wanted.to_owned(), hash));
    proven.journey.keep(app, &proven.state, LIFE).await?;
    Ok(Redirect::to(terms::PATH).into_response())
}

fn page(
    guest: &Guest,
    proven: &Proven,
    fields: Fields,
    errors: Errors,
    proposals: Vec<String>,
) -> Page {
    let shell = guest.page(&proven.journey, "account-credentials-title");
    Page {
        steps: steps(&shell),
        shell,
        fields,
        errors,
        proposals,
        opposed: false,
        closed: false,
    }
}
