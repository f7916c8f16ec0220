//! `/parametres/fermer`: what closing a space means, what becomes of it, and the step itself.

use access::{Act, Person, SignedIn};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Problem, Shell, dates};

use super::{Fate, close, proof};
use crate::{
    home::is_acting,
    journey::{Journey, with_cookie},
    relatives,
};

/// This page.
pub const PATH: &str = "/parametres/fermer";

#[derive(Template)]
#[template(path = "closing/ask.html")]
struct Page {
    shell: Shell,
    /// In the space of a child.
    acting: bool,
    /// The person represents somebody, from whom they would be cut off.
    represents: bool,
    choices: Vec<Choice>,
    errors: Errors,
}

/// The page; a factor must have been shown a moment ago.
pub async fn show(person: Person) -> Result<Response, Problem> {
    person.enter(Act::Close).await?;
    Ok(Html(page(&person, Errors::new()).await?).into_response())
}

/// Closes the space: every session in it ends, and the proof is shown.
pub async fn post(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let clearance = person.enter(Act::Close).await?;
    let Some(fate) = Fate::of(fields.get("ensuite")) else {
        let mut errors = Errors::new();
        errors.add("ensuite", person.shell.t("account-close-missing"));
        let page = page(&person, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    };
    let (app, record, acting) = (&person.app, person.record, is_acting(&person));
    let name = clearance.policy().name();
    let erases = clearance
        .act(|scope| close(scope, app, record, fate))
        .await?;
    let proof = proof::Closed {
        name,
        at: app.now(),
        erases,
        wanted: fate == Fate::Erased,
        child: acting,
    };
    let journey = Journey::begin(app, proof::NAME);
    journey.keep(app, &proof, proof::LIFE).await?;
    let session = leave(&person).await?;
    let answer = with_cookie(session, Redirect::to(proof::PATH));
    Ok(with_cookie(journey.cookie(app), answer))
}

/// Out of the space: signed out of one's own, back in one's own from a child's.
async fn leave(person: &Person) -> Result<http::HeaderValue, Problem> {
    let (app, session) = (&person.app, &person.session);
    let mut body = session.body.clone();
    if let SignedIn::Person {
        own,
        acting_for: acting_for @ Some(_),
        ..
    } = &mut body.who
    {
        *acting_for = None;
        let token = app.start_session(own.0, &body, Some(session)).await?;
        return Ok(app.session_cookie().set(&token, None));
    }
    app.store.end_sessions(person.record.0).await?;
    Ok(app.session_cookie().clear())
}

async fn page(person: &Person, errors: Errors) -> Result<Page, Problem> {
    let (app, shell, acting) = (&person.app, &person.shell, is_acting(person));
    let represents = !acting && !relatives::of(person).await?.is_empty();
    let mut choices = vec![];
    for fate in Fate::ALL {
        let day = app.now().checked_add(fate.lasts(&app.limits))?;
        let day = dates::day(dates::local(day).date(), shell.lang);
        let key = format!("account-close-{}", fate.value());
        let hint = shell.t1(&format!("{key}-hint"), "day", day);
        choices.push(Choice::new(fate.value(), shell.t(&key)).explained(hint));
    }
    let title = match acting {
        true => "account-close-child-title",
        false => "account-close-title",
    };
    Ok(Page {
        shell: shell.clone().titled(shell.t(title)),
        acting,
        represents,
        choices,
        errors,
    })
}
