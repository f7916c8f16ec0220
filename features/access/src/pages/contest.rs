//! « Contester cet accès »: one click in the history, then a thread with who runs the installation.

use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use jiff::Timestamp;
use web::{Errors, Fields, Html, Link, Problem, Shell, dates};

use super::words::Line;
use crate::{
    Act, Person, Refused,
    contest::{By, Contest, LONGEST},
};

#[derive(Debug, Template)]
#[template(path = "contest.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    here: String,
    line: Line,
    said: Vec<Message>,
    /// Nobody has answered the last message.
    waits: bool,
    open: bool,
    fields: Fields,
    errors: Errors,
}

#[derive(Debug)]
struct Message {
    who: String,
    when: String,
    text: String,
}

/// `POST /acces/contester`
pub(super) async fn contest(person: Person, fields: Fields) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let at: Timestamp = fields.get("quand").parse().map_err(|_| Problem::NotFound)?;
    let most = person.app.limits.contests_a_day;
    let contested = person.enter(Act::Contest).await?.contest(at, most).await;
    let id = contested.map_err(|refused| match refused {
        Refused::Taken => Problem::BadRequest(person.shell.t1("contest-too-many", "count", most)),
        other => other.into(),
    })?;
    let sentence = person.shell.t("contested");
    person.say(sentence).await?;
    Ok(Redirect::to(&format!("/acces/contestations/{id}")))
}

/// `GET /acces/contestations/{thread}`
pub(super) async fn thread(person: Person, Path(id): Path<String>) -> Result<Response, Problem> {
    show(&person, &id, Fields::default(), Errors::new()).await
}

/// `POST /acces/contestations/{thread}`: says more.
pub(super) async fn say(
    person: Person,
    Path(word): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let id: Id = word.parse().map_err(|_| Problem::NotFound)?;
    let text = fields.get("message");
    if text.is_empty() || text.chars().count() > LONGEST {
        let mut errors = Errors::new();
        errors.add("message", person.shell.t("contest-message-wrong"));
        return show(&person, &word, fields, errors).await;
    }
    person.enter(Act::Contest).await?.say_of(id, text).await?;
    let here = format!("/acces/contestations/{id}");
    let sentence = person.shell.t("contest-said");
    person.say(sentence).await?;
    Ok(Redirect::to(&here).into_response())
}

async fn show(
    person: &Person,
    word: &str,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Problem> {
    let id: Id = word.parse().map_err(|_| Problem::NotFound)?;
    let clearance = person.enter(Act::ReadSettings).await?;
    let all = clearance.contests().await?;
    let found = all.into_iter().find(|(known, _)| *known == id);
    let (_, contest) = found.ok_or(Problem::NotFound)?;
    let shell = &person.shell;
    let title = shell.t("contest-title");
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let now = person.app.now();
    let page = Page {
        trail: [
            Link::new("/acces", shell.t("grants-title")),
            Link::new("", &*title),
        ],
        here: format!("/acces/contestations/{id}"),
        line: Line::of(&contest.line(), shell, now),
        said: messages(&contest, shell, now),
        waits: contest.waits(),
        open: contest.takes_more(),
        fields,
        errors,
        shell: shell.clone().titled(title),
    };
    Ok((status, Html(page)).into_response())
}

fn messages(contest: &Contest, shell: &Shell, now: Timestamp) -> Vec<Message> {
    let said = contest.said.iter().map(|said| Message {
        who: match said.by {
            By::Person => shell.t("contest-you"),
            By::Operator => shell.t("contest-operator"),
        },
        when: dates::moment(said.at, now, shell.lang),
        text: said.text.clone(),
    });
    said.collect()
}
