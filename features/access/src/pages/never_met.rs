//! Blocking a professional whom one never met, or a whole establishment, found in the directory. What is asked is posted:
//! no address holds a name.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use vault::store::{Listed, Source};
use web::{Choice, Confirm, Fields, Html, Link, Problem, Shell};

use super::{
    authorise::{kind, kinds, source},
    block::{consequences, too_many},
};
use crate::{Act, Person, Plan, directory};

const PAGE: &str = "/acces/bloquer";
/// How many are shown; more are asked to say more.
const SHOWN: usize = 20;

#[derive(Debug, Template)]
#[template(path = "never-met.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    kinds: Vec<Choice>,
    kind: &'static str,
    asked: String,
    searched: bool,
    more: bool,
    found: Vec<Found>,
}

#[derive(Debug)]
struct Found {
    number: String,
    name: String,
    label: String,
    places: Vec<String>,
    masked: String,
    active: bool,
    blocked: bool,
}

pub(super) async fn ask(person: Person) -> Result<impl IntoResponse, Problem> {
    person.enter(Act::ReadSettings).await?;
    Ok(page(&person, Source::Professionals, String::new(), None))
}

pub(super) async fn search(person: Person, fields: Fields) -> Result<impl IntoResponse, Problem> {
    person.check(&fields)?;
    let clearance = person.enter(Act::ReadSettings).await?;
    let source = source(&fields);
    let asked: String = fields.get("qui").chars().take(100).collect();
    let lines = directory::search(&person.app.store, source, &asked).await?;
    let found = directory::candidates(lines).into_iter().map(|one| Found {
        blocked: clearance.policy().blocks(&one.number),
        masked: one.masked(),
        places: one.places.into_iter().map(|(_, words)| words).collect(),
        number: one.number,
        name: one.name,
        label: one.label,
        active: one.active,
    });
    let found = found.collect();
    Ok(page(&person, source, asked, Some(found)))
}

fn page(person: &Person, source: Source, asked: String, found: Option<Vec<Found>>) -> Html<Page> {
    let title = person.shell.t("never-met-title");
    let searched = found.is_some();
    let mut found = found.unwrap_or_default();
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    Html(Page {
        trail: [
            Link::new("/acces", person.shell.t("grants-title")),
            Link::new("", &*title),
        ],
        kinds: kinds(&person.shell),
        kind: kind(source),
        shell: person.shell.clone().titled(title),
        asked,
        searched,
        more,
        found,
    })
}

/// Asks whether to block the one who was chosen, then does it.
pub(super) async fn choose(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let number = fields.get("numero").to_owned();
    let source = source(&fields);
    let chosen = listed(&person, source, &number).await?;
    let shell = person.shell.clone();
    if fields.get("confirme") != "oui" {
        person.enter(Act::ReadSettings).await?;
        let page = Confirm {
            question: shell.t1("block-question", "name", chosen.name),
            consequences: std::iter::once(chosen.label)
                .chain(consequences(&shell, source == Source::Facilities))
                .collect(),
            action: format!("{PAGE}/choisir"),
            hidden: vec![
                ("numero".to_owned(), number),
                ("genre".to_owned(), kind(source).to_owned()),
                ("confirme".to_owned(), "oui".to_owned()),
            ],
            button: shell.t("block-button"),
            danger: true,
            cancel_href: PAGE.to_owned(),
            shell,
        };
        return Ok(Html(page).into_response());
    }
    let entry = person.app.gate.id();
    let (name, most) = (chosen.name, person.app.limits.blocks);
    person
        .enter(Act::Block)
        .await?
        .act::<_, Problem>(|scope| {
            if scope.policy().blocks(&number) {
                return Ok(Plan::new(()));
            }
            let drafts = scope.block(entry, (&number, &name), None, most);
            let drafts = drafts.map_err(|refused| too_many(refused, &person))?;
            Ok(Plan::new(()).writing(drafts).noting(name.clone()))
        })
        .await?;
    person.say(shell.t1("blocked", "name", name)).await?;
    Ok(Redirect::to("/acces").into_response())
}

async fn listed(person: &Person, source: Source, number: &str) -> Result<Listed, Problem> {
    let listed = person.app.store.listed(source, number).await?;
    listed.into_iter().next().ok_or(Problem::NotFound)
}
