//! The page of a document that is no longer there: its author withdrew it, or it was deleted.
//!
//! For the person who knew of it; for anybody else there is no such page.

use access::{Act, Person, Plan, Refused, Scope, aside::Cause};
use ambient::Id;
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use jiff::Timestamp;
use web::{Html, Link, Problem, Shell, dates};

use crate::{Document, Documents};

#[derive(Template)]
#[template(path = "gone.html")]
struct GonePage {
    shell: Shell,
    trail: [Link; 2],
    sentences: Vec<String>,
    older: Option<Id>,
}

/// What is known of it.
struct Gone {
    by_holder: bool,
    astray: Option<Cause>,
    by: String,
    at: Option<Timestamp>,
    older: Option<Id>,
}

/// The page, with status 410; 404 where there was nothing that the person knew of.
pub(crate) async fn page(person: Person, id: Id) -> Result<Response, Problem> {
    let clearance = person.enter(Act::List).await?;
    let gone = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let document = scope.gone(id).ok_or(Refused::NotFound)?;
            let replaced = |other: &&Document| other.replaced_by == Some(id);
            let own = document.stored();
            let own = own.map_err(|error| Refused::Failed(error.into()))?.own;
            let place = match own.organization.is_empty() {
                true => own.author,
                false => own.organization,
            };
            let gone = Gone {
                by_holder: own.by_holder,
                astray: own.astray,
                by: place,
                at: own.withdrawn_at,
                older: scope.things().find(replaced).map(Document::id),
            };
            Ok::<_, Refused>(Plan::new(gone).about(id).counting(0))
        })
        .await?;
    let (shell, now) = (person.shell, person.app.now());
    let title = match (gone.by_holder, gone.astray) {
        (true, _) => shell.t("documents-gone-deleted"),
        (_, Some(_)) => shell.t("documents-gone-astray"),
        _ => shell.t("documents-gone-withdrawn"),
    };
    let sentences = sentences(&gone, now, &shell);
    let page = GonePage {
        trail: [
            Link::new("/documents", shell.t("documents-title")),
            Link::new("", &*title),
        ],
        shell: shell.titled(title),
        sentences,
        older: gone.older,
    };
    Ok((StatusCode::GONE, Html(page)).into_response())
}

fn sentences(gone: &Gone, now: Timestamp, shell: &Shell) -> Vec<String> {
    if gone.by_holder {
        return vec![shell.t("documents-gone-deleted-text")];
    }
    if let Some(cause) = gone.astray {
        let key = match cause {
            Cause::Reported => "documents-gone-reported",
            Cause::Recalled => "documents-gone-recalled",
        };
        let when = gone.at.map(|at| dates::moment(at, now, shell.lang));
        return vec![
            shell.t1(key, "when", when.unwrap_or_default()),
            shell.t("documents-gone-astray-text"),
        ];
    }
    let when = gone.at.map(|at| dates::moment(at, now, shell.lang));
    let who = match (when, gone.by.as_str()) {
        (Some(when), "") => shell.t1("documents-gone-when", "when", when),
        (Some(when), by) => shell.t2("documents-gone-when-by", "when", when, "by", by),
        (None, _) => String::new(),
    };
    let all = [who, shell.t("documents-gone-withdrawn-text")];
    all.into_iter()
        .filter(|sentence| !sentence.is_empty())
        .collect()
}
