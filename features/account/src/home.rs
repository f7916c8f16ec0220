//! `/accueil`: what is new, who looked, and what to do first.

use access::{
    Act, Person, SignedIn, Told,
    journal::{Notice, Who},
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use web::{Html, Lang, Problem, Shell};

use crate::{first_choices, relatives, relatives::Relative, terms};

/// How many professionals are named.
const LOOKS: usize = 3;

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    shell: Shell,
    greeting: String,
    /// The space was opened in an emergency that was not read of yet.
    emergency: bool,
    /// Documents that arrived since the notices were last read.
    new_documents: usize,
    /// Notices that were not read.
    unread: usize,
    looks: Vec<Look>,
    /// Nothing has happened yet in this space.
    empty: bool,
    /// The person has no mobile number confirmed.
    without_phone: bool,
    /// In whose name one can act, and whether one does now.
    relatives: Vec<Relative>,
    acting: bool,
}

/// Somebody who looked.
#[derive(Debug, PartialEq, Eq)]
struct Look {
    name: String,
    line: String,
}

/// The page; first of all what must be settled before it.
pub async fn show(person: Person) -> Result<Response, Problem> {
    let clearance = person.enter(Act::ReadSettings).await?;
    let acting = is_acting(&person);
    let settings = &clearance.policy().settings;
    if !acting && settings.terms.as_deref() != Some(terms::VERSION) {
        return Ok(Redirect::to(terms::PATH).into_response());
    }
    if !settings.chosen {
        return Ok(Redirect::to(first_choices::PATH).into_response());
    }
    let told = clearance.told().await?;
    let shell = &person.shell;
    let given = given_name(clearance.policy());
    let greeting = match acting {
        true => shell.t1("account-home-of", "name", given),
        false => shell.t1("account-home-hello", "name", given),
    };
    let page = Page {
        greeting,
        emergency: emergency(&told),
        new_documents: new_documents(&told),
        unread: told.iter().filter(|told| told.new).count(),
        looks: looks(&told, person.app.now(), shell.lang),
        empty: told.is_empty(),
        without_phone: !acting && settings.phone.is_none(),
        relatives: relatives::of(&person).await?,
        acting,
        shell: shell.clone().titled(shell.t("nav-home")),
    };
    Ok(Html(page).into_response())
}

/// Whether the person is in the space of somebody whom they represent.
pub(crate) fn is_acting(person: &Person) -> bool {
    matches!(
        person.session.body.who,
        SignedIn::Person {
            acting_for: Some(_),
            ..
        }
    )
}

/// The given name used in life.
fn given_name(policy: &access::Policy) -> String {
    let given = policy
        .patient
        .as_ref()
        .and_then(|patient| patient.pointer("/name/0/given/0"));
    given
        .and_then(serde_json::Value::as_str)
        .map_or_else(|| policy.name(), str::to_owned)
}

fn emergency(told: &[Told]) -> bool {
    let mut new = told.iter().filter(|told| told.new);
    new.any(|told| told.trace.notice() == Some(Notice::Emergency))
}

fn new_documents(told: &[Told]) -> usize {
    let added = |told: &&Told| told.new && told.trace.notice() == Some(Notice::Added);
    told.iter().filter(added).count()
}

/// The last professionals who looked, each once.
fn looks(told: &[Told], now: Timestamp, lang: Lang) -> Vec<Look> {
    let mut looks: Vec<Look> = vec![];
    let read = |told: &&Told| {
        matches!(
            told.trace.notice(),
            Some(Notice::Consulted | Notice::Opened)
        )
    };
    for told in told.iter().filter(read) {
        let Who::Professional {
            name, role, place, ..
        } = &told.trace.who
        else {
            continue;
        };
        if looks.iter().any(|look| look.name == *name) {
            continue;
        }
        let when = web::dates::ago(told.trace.at, now, lang);
        looks.push(Look {
            name: name.clone(),
            line: format!("{role} · {place} · {when}"),
        });
        if looks.len() == LOOKS {
            break;
        }
    }
    looks
}
