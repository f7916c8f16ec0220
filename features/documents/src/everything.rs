//! `/documents/visibilite`: hides or shows all documents at once, or those of a topic, and those
//! that will come. What cannot be changed is named.

use access::{Act, Person, Plan, Policy, Refused, Scope, Topic, kinds, policy};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use vault::Volume;
use web::{Confirm, Fields, Html, Lang, Link, Problem, Shell};

use crate::{
    Document, Documents,
    bulk::{self, Left},
    in_force, known,
};

const PATH: &str = "/documents/visibilite";

/// A topic on the page.
struct Line {
    code: String,
    label: String,
    /// Documents of it, and how many of them are hidden.
    here: usize,
    hidden: usize,
    /// New ones are hidden.
    on: bool,
}

#[derive(Template)]
#[template(path = "everything.html")]
struct EverythingPage {
    shell: Shell,
    trail: [Link; 2],
    shown: usize,
    hidden: usize,
    by_default: bool,
    lines: Vec<Line>,
}

/// `GET /documents/visibilite`.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let rules = person.app.gate.rules();
    let lang = person.shell.lang;
    let clearance = person.enter(Act::List).await?;
    let (shown, hidden, by_default, lines) = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let all: Vec<&Document> = in_force(scope).collect();
            let hidden = |one: &&&Document| one.item.flags.professionals;
            let settings = &scope.policy().settings;
            let line = |topic: &Topic| {
                let here = all.iter().filter(|one| topic.covers(&one.item.type_code));
                let here: Vec<&&Document> = here.collect();
                Line {
                    code: topic.code.clone(),
                    label: label(topic, lang),
                    hidden: here
                        .iter()
                        .filter(|one| one.item.flags.professionals)
                        .count(),
                    here: here.len(),
                    on: settings.hidden_topics.contains(&topic.code),
                }
            };
            let lines: Vec<Line> = rules.topics.all().iter().map(line).collect();
            let hidden = all.iter().filter(hidden).count();
            let seen = (
                all.len() - hidden,
                hidden,
                settings.hidden_by_default,
                lines,
            );
            Ok::<_, Refused>(Plan::new(seen).counting(known(all)))
        })
        .await?;
    let title = person.shell.t("documents-everything-title");
    Ok(Html(EverythingPage {
        trail: [
            Link::new("/documents", person.shell.t("documents-title")),
            Link::new("", &*title),
        ],
        shell: person.shell.titled(title),
        shown,
        hidden,
        by_default,
        lines,
    }))
}

fn label(topic: &Topic, lang: Lang) -> String {
    match lang {
        Lang::Fr => topic.fr.clone(),
        Lang::En => topic.en.clone(),
    }
}

/// `POST /documents/visibilite`: a topic, on or off.
pub(crate) async fn topic(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let rules = person.app.gate.rules();
    let topic = rules.topics.get(fields.get("sujet"));
    let Some(topic) = topic.cloned() else {
        return Err(Problem::BadRequest(String::new()));
    };
    let hide = fields.get("action") != "afficher";
    let code = topic.code.clone();
    // Showing a topic again is showing some of everything: the same care.
    let act = if hide { Act::HideAll } else { Act::ShowAll };
    let left = change(
        &person,
        act,
        hide,
        |document| topic.covers(&document.item.type_code),
        |settings| {
            settings.hidden_topics.retain(|known| *known != code);
            if hide {
                settings.hidden_topics.push(code.clone());
            }
        },
    )
    .await?;
    let key = match hide {
        true => "documents-topic-hidden-done",
        false => "documents-topic-shown-done",
    };
    done(person, key, left).await
}

/// `GET /documents/visibilite/tout-masquer`: the question.
pub(crate) async fn ask_hide(person: Person) -> Result<Html<Confirm>, Problem> {
    person.enter(Act::HideAll).await?;
    Ok(Html(question(person.shell, true)))
}

/// `GET /documents/visibilite/tout-afficher`: the question, after a factor was shown.
pub(crate) async fn ask_show(person: Person) -> Result<Html<Confirm>, Problem> {
    person.enter(Act::ShowAll).await?;
    Ok(Html(question(person.shell, false)))
}

fn question(shell: Shell, hide: bool) -> Confirm {
    let (key, path) = match hide {
        true => ("documents-hide-all", "tout-masquer"),
        false => ("documents-show-all", "tout-afficher"),
    };
    let question = shell.t(&format!("{key}-question"));
    Confirm {
        consequences: vec![shell.t(&format!("{key}-consequence"))],
        action: format!("{PATH}/{path}"),
        hidden: vec![],
        button: shell.t(key),
        danger: false,
        cancel_href: PATH.to_owned(),
        shell: shell.titled(&*question),
        question,
    }
}

/// `POST /documents/visibilite/tout-masquer`.
pub(crate) async fn hide(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let change = change(
        &person,
        Act::HideAll,
        true,
        |_| true,
        |settings| {
            settings.hidden_by_default = true;
        },
    );
    let left = change.await?;
    done(person, "documents-hide-all-done", left).await
}

/// `POST /documents/visibilite/tout-afficher`.
pub(crate) async fn show(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let change = change(
        &person,
        Act::ShowAll,
        false,
        |_| true,
        |settings| {
            settings.hidden_by_default = false;
            settings.hidden_topics.clear();
        },
    );
    let left = change.await?;
    done(person, "documents-show-all-done", left).await
}

/// Hides or shows what is wanted and notes it for what will come: one step, so that nothing comes
/// in between. Its line says no number, which would count what some readers may not know of.
async fn change(
    person: &Person,
    act: Act,
    hide: bool,
    wanted: impl Fn(&Document) -> bool,
    set: impl Fn(&mut policy::Settings),
) -> Result<Vec<Left>, Problem> {
    let clearance = person.enter(act).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let (mut drafts, mut left) = (vec![settings(scope, &set)?], Vec::new());
            let wanted = scope.things().filter(|one| wanted(one));
            for document in wanted.filter(|one| one.item.flags.professionals != hide) {
                let id = document.id();
                let next = scope.thing(id).ok().and_then(|document| {
                    let current = scope.entry(document)?;
                    let mut stored = document.stored().ok()?;
                    stored.own.flags.professionals = hide;
                    Some(stored.draft(id).replacing(current))
                });
                match next {
                    Some(next) => drafts.push(next),
                    None => left.push(Left::cannot(document)),
                }
            }
            Ok::<_, Refused>(Plan::new(left).writing(drafts))
        })
        .await
        .map_err(Into::into)
}

fn settings(
    scope: &Scope<'_, Documents>,
    set: impl Fn(&mut policy::Settings),
) -> Result<vault::Draft, Refused> {
    let policy: &Policy = scope.policy();
    let mut settings = policy.settings.clone();
    set(&mut settings);
    let id = kinds::only::SETTINGS;
    let draft = policy::draft(Volume::Policy, kinds::SETTINGS, id, &settings);
    let current = scope.policy_entry(id).ok_or(Refused::NotFound)?;
    Ok(draft.replacing(current))
}

async fn done(person: Person, key: &str, left: Vec<Left>) -> Result<Response, Problem> {
    let said = person.shell.t(key);
    if left.is_empty() {
        person.say(said).await?;
        return Ok(Redirect::to(PATH).into_response());
    }
    Ok(bulk::report(person.shell, said, left, PATH.to_owned()))
}
