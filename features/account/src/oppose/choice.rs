//! `/opposition/choix`: whose space, and the refusal itself.

use access::{
    Act, Message, Plan, Refused,
    policy::{Space, SpaceState},
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Problem, Shell, dates};

use super::{NAME, PROOF, START, Subject, proven};
use crate::{
    code::{Means, send},
    journey::{Guest, Journey, expired},
    opening,
};

#[derive(Template)]
#[template(path = "oppose/choice.html")]
struct Page {
    shell: Shell,
    /// Spaces that can be refused: one is said, several are chosen from.
    waiting: Vec<Choice>,
    /// What there is to know of each other one, in a sentence.
    others: Vec<String>,
    /// One of them was refused already.
    refused: bool,
    errors: Errors,
}

/// What can be refused, and what it means.
pub async fn show(guest: Guest) -> Response {
    let Some(journey) = guest.journey(NAME) else {
        return expired(START);
    };
    match proven(&guest, &journey).await {
        Ok(subjects) => Html(page(&guest, &journey, &subjects, Errors::new())).into_response(),
        Err(answer) => answer,
    }
}

/// Refuses: the space `espace` will not open.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let subjects = match proven(&guest, &journey).await {
        Ok(subjects) => subjects,
        Err(answer) => return Ok(answer),
    };
    let app = &guest.app;
    let wanted = fields.get("espace");
    let subject = subjects
        .iter()
        .find(|subject| subject.record.to_string() == wanted);
    let Some(subject) = subject else {
        let mut errors = Errors::new();
        errors.add("espace", guest.shell.t("account-oppose-missing"));
        let page = page(&guest, &journey, &subjects, errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    let refused = match app
        .gate
        .enter(&subject.viewer, subject.record, Act::Oppose)
        .await
    {
        Ok(clearance) => {
            let written = clearance.act(|scope| {
                let space = Space::new(SpaceState::Opposed, scope.now);
                let draft = opening::over(scope, &space);
                Ok::<_, Refused>(Plan::new(()).writing(vec![draft]))
            });
            written.await
        }
        Err(refused) => Err(refused),
    };
    match refused {
        Ok(()) => {
            for (by, to) in opening::reach(app, &subject.person).await? {
                send(app, told(&guest.shell, by, to));
            }
            Ok(Redirect::to(PROOF).into_response())
        }
        // It opened meanwhile, or was refused in another tab: the page says so.
        Err(Refused::No(_)) => Ok(Redirect::to(super::CHOICE).into_response()),
        Err(other) => Err(other.into()),
    }
}

/// What leaves to whom the registry knows.
fn told(shell: &Shell, by: Means, to: String) -> Message {
    let subject = match by {
        Means::Email => shell.t("account-opposed-subject"),
        Means::Sms => String::new(),
    };
    Message {
        channel: by.channel(),
        to,
        subject,
        body: shell.t("account-opposed-body"),
    }
}

fn page(guest: &Guest, journey: &Journey, subjects: &[Subject], errors: Errors) -> Page {
    let shell = guest.page(journey, "account-oppose-choice-title");
    let waits = |one: &&Subject| one.space.state == SpaceState::Notified;
    let refused = |one: &Subject| one.space.state == SpaceState::Opposed;
    let choice = |one: &Subject| {
        let hint = match one.space.opens {
            Some(opens) => {
                let day = dates::day(dates::local(opens).date(), shell.lang);
                shell.t1("account-oppose-opens", "day", day)
            }
            None => shell.t("account-oppose-opens-later"),
        };
        Choice::new(one.record.to_string(), one.label.clone()).explained(hint)
    };
    let other = |one: &Subject| {
        let day = dates::day(dates::local(one.space.since).date(), shell.lang);
        let key = match one.space.state {
            SpaceState::Opposed => "account-oppose-is-opposed",
            SpaceState::Opened | SpaceState::Activated => "account-oppose-is-open",
            _ => "account-oppose-is-closed",
        };
        shell.t2(key, "name", one.label.as_str(), "day", day)
    };
    Page {
        waiting: subjects.iter().filter(waits).map(choice).collect(),
        others: subjects
            .iter()
            .filter(|one| !waits(one))
            .map(other)
            .collect(),
        refused: subjects.iter().any(refused),
        shell,
        errors,
    }
}
