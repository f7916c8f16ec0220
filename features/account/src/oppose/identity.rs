//! `/opposition`: what a refusal means, and who asks.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Problem, Shell};

use super::{CODE, LIFE, NAME, Opposition};
use crate::{
    activate::channel::{self, Way, message, tell_locked},
    claim::{Claim, Outcome},
    code::{Sent, send},
    journey::{Guest, Journey, with_cookie},
    letter,
};

#[derive(Template)]
#[template(path = "oppose/identity.html")]
struct Page {
    shell: Shell,
    choices: Vec<Choice>,
    fields: Fields,
    errors: Errors,
}

/// The form.
pub async fn show(guest: Guest) -> Response {
    let journey = guest.journey(NAME).unwrap_or_else(|| guest.begin(NAME));
    let page = page(&guest, &journey, Fields::default(), Errors::new());
    with_cookie(journey.cookie(&guest.app), Html(page))
}

/// Sends a code to the contact that the registry knows, if there is anybody to send one to.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let app = &guest.app;
    let mut errors = Errors::new();
    let claim = Claim::read(&guest, &fields, &mut errors);
    let way = Way::of(fields.get("moyen"));
    if way.is_none() {
        errors.add("moyen", guest.shell.t("account-means-missing"));
    }
    let before: Option<Opposition> = journey.load(app).await?;
    if before.is_some_and(|before| !before.sent.may_repeat(app)) {
        errors.add("moyen", guest.shell.t("account-code-too-soon"));
    }
    let (Some(claim), Some(way), true) = (claim, way, errors.is_empty()) else {
        let page = page(&guest, &journey, fields, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    let by = way.means();
    let sent = Sent::provisional(app.random(), app.now(), by);
    let mut open = false;
    match claim.count(&guest).await? {
        Outcome::Match(found) => {
            open = true;
            let to = found.person.contact(by).filter(|_| !way.is_paper());
            if let Some(to) = to {
                let minutes = app.limits.provisional_code.as_mins();
                let (key, code) = ("account-provisional-body", sent.code());
                let body = guest.shell.t2(key, "code", code, "minutes", minutes);
                send(app, message(&guest.shell, by, to, body));
            } else if way.takes_a_letter(&found.person) {
                letter::leave(&guest, found.person);
            }
        }
        Outcome::Tell(person) => tell_locked(&guest, &person),
        Outcome::Nothing => {}
    }
    let state = Opposition {
        claim,
        sent,
        way,
        open,
        proven: false,
    };
    let journey = guest.begin(NAME);
    journey.keep(app, &state, LIFE).await?;
    Ok(with_cookie(journey.cookie(app), Redirect::to(CODE)))
}

fn page(guest: &Guest, journey: &Journey, fields: Fields, errors: Errors) -> Page {
    let shell = guest.page(journey, "account-oppose-title");
    Page {
        choices: channel::choices(&shell),
        shell,
        fields,
        errors,
    }
}
