//! `/`: what Carnet is, for who is not signed in.

use access::SignedIn;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use web::{Html, Shell};

use crate::journey::Guest;

#[derive(Template)]
#[template(path = "landing.html")]
struct Page {
    shell: Shell,
}

/// The front page, or the page where who is signed in works.
pub async fn show(guest: Guest) -> Response {
    match guest.session.as_ref().map(|session| &session.body.who) {
        Some(SignedIn::Person { .. }) => Redirect::to("/accueil").into_response(),
        Some(SignedIn::Professional { .. }) => Redirect::to("/pro").into_response(),
        None => {
            let title = guest.shell.t("account-landing-tab");
            let shell = guest.shell.titled(title);
            Html(Page { shell }).into_response()
        }
    }
}
