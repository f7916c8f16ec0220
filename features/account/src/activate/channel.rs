//! `/activation/moyen`: by which means does the provisional code come?
//!
//! The contacts are those of the registry and are not shown, not even masked: that would tell a
//! stranger who guesses numbers that they guessed right.

use access::Message;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use web::{Choice, Errors, Fields, Html, Problem, Shell};

use super::{Activation, LIFE, NAME, START, code, steps};
use crate::{
    claim::Outcome,
    code::{Means, Sent, send},
    insured::Person,
    journey::{Guest, Journey, expired},
    letter,
};

/// This page.
pub const PATH: &str = "/activation/moyen";

/// How a provisional code comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// At once.
    Sent(Means),
    /// By a letter that is asked for now.
    Letter,
    /// By a letter that has come.
    Received,
}

impl Default for Way {
    fn default() -> Self {
        Self::Sent(Means::Email)
    }
}

impl Way {
    const ALL: [Self; 4] = [
        Self::Sent(Means::Email),
        Self::Sent(Means::Sms),
        Self::Letter,
        Self::Received,
    ];

    /// The value that forms post.
    pub fn value(self) -> &'static str {
        match self {
            Self::Sent(by) => by.value(),
            Self::Letter => "courrier",
            Self::Received => "recu",
        }
    }

    /// Reads what a form posted.
    pub fn of(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.value() == value)
    }

    /// The means to send by at once; of a letter, one that nothing leaves by.
    pub fn means(self) -> Means {
        match self {
            Self::Sent(by) => by,
            Self::Letter | Self::Received => Means::Email,
        }
    }

    /// Whether a letter leaves to that person: asked for, or all that reaches them.
    pub fn takes_a_letter(self, person: &Person) -> bool {
        match self {
            Self::Sent(_) => person.is_on_paper(),
            Self::Letter => true,
            Self::Received => false,
        }
    }

    /// Whether the code is that of a letter.
    pub fn is_paper(self) -> bool {
        matches!(self, Self::Letter | Self::Received)
    }
}

#[derive(Template)]
#[template(path = "activate/channel.html")]
struct Page {
    shell: Shell,
    steps: [String; 4],
    choices: Vec<Choice>,
    errors: Errors,
}

/// The choice.
pub async fn show(guest: Guest) -> Result<Response, Problem> {
    let Some(journey) = guest.journey(NAME) else {
        return Ok(expired(START));
    };
    match journey.load::<Activation>(&guest.app).await? {
        Some(_) => Ok(Html(page(&guest, &journey, Errors::new())).into_response()),
        None => Ok(expired(START)),
    }
}

/// Sends a code, if there is anybody to send one to. Also asked for again from the code's page.
pub async fn post(guest: Guest, fields: Fields) -> Result<Response, Problem> {
    let journey = guest.posted(NAME, &fields)?;
    let Some(mut state) = journey.load::<Activation>(&guest.app).await? else {
        return Ok(expired(START));
    };
    let mut errors = Errors::new();
    let Some(way) = Way::of(fields.get("moyen")) else {
        errors.add("moyen", guest.shell.t("account-means-missing"));
        return Ok(again(&guest, &journey, errors));
    };
    if state
        .sent
        .as_ref()
        .is_some_and(|sent| !sent.may_repeat(&guest.app))
    {
        errors.add("moyen", guest.shell.t("account-code-too-soon"));
        return Ok(again(&guest, &journey, errors));
    }
    let app = &guest.app;
    let by = way.means();
    // Of a letter it is never the code: it only counts the tries of this page.
    let sent = Sent::provisional(app.random(), app.now(), by);
    state.open = false;
    match state.claim.count(&guest).await? {
        Outcome::Match(found) => {
            state.open = true;
            let to = found.person.contact(by).filter(|_| !way.is_paper());
            if let Some(to) = to {
                let minutes = app.limits.provisional_code.as_mins();
                let body = guest.shell.t2(
                    "account-provisional-body",
                    "code",
                    sent.code(),
                    "minutes",
                    minutes,
                );
                send(app, message(&guest.shell, by, to, body));
            } else if way.takes_a_letter(&found.person) {
                letter::leave(&guest, found.person);
            }
        }
        Outcome::Tell(person) => tell_locked(&guest, &person),
        Outcome::Nothing => {}
    }
    state.sent = Some(sent);
    state.way = way;
    state.proven = None;
    journey.keep(app, &state, LIFE).await?;
    Ok(Redirect::to(code::PATH).into_response())
}

/// Tells the person of a lock-out, at one of their known contacts.
pub(crate) fn tell_locked(guest: &Guest, person: &Person) {
    let known = [Means::Email, Means::Sms].into_iter();
    let mut contacts = known.filter_map(|by| Some((by, person.contact(by)?)));
    if let Some((by, to)) = contacts.next() {
        let body = guest.shell.t("account-locked-body");
        send(&guest.app, message(&guest.shell, by, to, body));
    }
}

/// A message about codes.
pub(crate) fn message(shell: &Shell, by: Means, to: &str, body: String) -> Message {
    let subject = match by {
        Means::Email => shell.t("account-mail-subject"),
        Means::Sms => String::new(),
    };
    Message {
        channel: by.channel(),
        to: to.to_owned(),
        subject,
        body,
    }
}

fn page(guest: &Guest, journey: &Journey, errors: Errors) -> Page {
    let shell = guest.page(journey, "account-means-title");
    Page {
        steps: steps(&shell),
        choices: choices(&shell),
        shell,
        errors,
    }
}

/// Every way, to choose from.
pub(crate) fn choices(shell: &Shell) -> Vec<Choice> {
    let choice = |way: Way| {
        let key = format!("account-means-{}", way.value());
        let choice = Choice::new(way.value(), shell.t(&key));
        match way {
            Way::Letter => choice.explained(shell.t("account-means-courrier-hint")),
            Way::Sent(_) | Way::Received => choice,
        }
    };
    Way::ALL.map(choice).into()
}

fn again(guest: &Guest, journey: &Journey, errors: Errors) -> Response {
    let page = page(guest, journey, errors);
    (StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response()
}
