//! `/opposition/attestation`: what was refused and when, to be printed or kept.

use access::policy::SpaceState;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use web::{Html, Shell, dates};

use super::{CHOICE, NAME, START, proven};
use crate::journey::{Guest, expired};

#[derive(Template)]
#[template(path = "oppose/proof.html")]
struct Page {
    shell: Shell,
    /// One sentence for each space that was refused.
    lines: Vec<String>,
    /// The day of this page.
    today: String,
}

/// The page.
pub async fn show(guest: Guest) -> Response {
    let Some(journey) = guest.journey(NAME) else {
        return expired(START);
    };
    let subjects = match proven(&guest, &journey).await {
        Ok(subjects) => subjects,
        Err(answer) => return answer,
    };
    let shell = guest.page(&journey, "account-proof-title");
    let lines: Vec<String> = subjects
        .iter()
        .filter(|one| one.space.state == SpaceState::Opposed)
        .map(|one| {
            let since = one.space.since;
            let moment = format!(
                "{}, {}",
                dates::day(dates::local(since).date(), shell.lang),
                dates::time(since, shell.lang)
            );
            shell.t2(
                "account-proof-line",
                "name",
                one.label.as_str(),
                "moment",
                moment,
            )
        })
        .collect();
    if lines.is_empty() {
        return Redirect::to(CHOICE).into_response();
    }
    let today = dates::day(dates::today(guest.app.now()), shell.lang);
    Html(Page {
        shell,
        lines,
        today,
    })
    .into_response()
}
