//! `/fermeture`: what was closed, when it is erased, and until when a backup may still hold a key
//! of it. To be printed or kept: who closed the space can no longer sign in to find it.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use web::{Html, Problem, Shell, dates};

use crate::journey::Guest;

/// The cookie, and the kind of step in the store.
pub(super) const NAME: &str = "fermeture";
/// This page.
pub const PATH: &str = "/fermeture";
/// How long it can be seen.
pub(super) const LIFE: SignedDuration = SignedDuration::from_mins(60);

/// What was closed.
#[derive(Serialize, Deserialize)]
pub(super) struct Closed {
    /// Whose space.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// When it is erased.
    pub erases: Timestamp,
    /// Its erasure was asked for; it is not only archived.
    pub wanted: bool,
    /// It was a child's.
    pub child: bool,
}

#[derive(Template)]
#[template(path = "closing/proof.html")]
struct Page {
    shell: Shell,
    line: String,
    until: String,
    backups: String,
    child: bool,
}

/// The page.
pub async fn show(guest: Guest) -> Result<Response, Problem> {
    let Some(journey) = guest.journey(NAME) else {
        return Ok(Redirect::to("/").into_response());
    };
    let Some(closed) = journey.load::<Closed>(&guest.app).await? else {
        return Ok(Redirect::to("/").into_response());
    };
    let shell = guest.page(&journey, "account-closed-title");
    let day = |at| dates::day(dates::local(at).date(), shell.lang);
    let moment = format!("{}, {}", day(closed.at), dates::time(closed.at, shell.lang));
    let until = match closed.wanted {
        true => "account-closed-erased",
        false => "account-closed-archived",
    };
    let last = closed.erases.checked_add(guest.app.limits.key_retention)?;
    let name = closed.name.as_str();
    let page = Page {
        line: shell.t2("account-closed-line", "name", name, "moment", moment),
        until: shell.t1(until, "day", day(closed.erases)),
        backups: shell.t1("account-closed-backups", "day", day(last)),
        child: closed.child,
        shell,
    };
    Ok(Html(page).into_response())
}
