//! `/documents/recherche`: seeks in one's own documents.

use access::{Act, Person};
use askama::Template;
use axum::{
    extract::Query as InAddress,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use web::{Fields, Html, Link, Problem, Shell};

use super::{Asked, Found, Query, Word, asked, keep, look};

const HERE: &str = "/documents/recherche";

#[derive(Template)]
#[template(path = "search.html")]
struct Page {
    shell: Shell,
    trail: [Link; 2],
    /// Where the form goes.
    here: &'static str,
    /// Where documents are read.
    base: &'static str,
    q: String,
    error: String,
    found: Option<Found>,
    position: String,
}

/// `GET /documents/recherche`
pub(crate) async fn page(
    person: Person,
    InAddress(word): InAddress<Word>,
) -> Result<Html<impl Template>, Problem> {
    let sought = asked(&person.app, &person.session, person.record, &word.r).await?;
    let sought = sought.unwrap_or_default();
    let found = match Query::of(&sought.q) {
        Some(query) => {
            let clearance = person.enter(Act::List).await?;
            let lang = person.shell.lang;
            Some(look(&person.app, clearance, &query, &sought, lang).await?)
        }
        None => None,
    };
    Ok(Html(Page::of(person.shell, sought.q, found)))
}

/// `POST /documents/recherche`: keeps what is sought out of the address.
pub(crate) async fn submit(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let sought = Asked::of(&fields);
    if Query::of(&sought.q).is_none() {
        let mut page = Page::of(person.shell, sought.q, None);
        page.error = page.shell.t("search-nothing-typed");
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    let word = keep(&person.app, &person.session, person.record, &sought).await?;
    Ok(Redirect::to(&format!("{HERE}?r={word}")).into_response())
}

impl Page {
    fn of(shell: Shell, q: String, found: Option<Found>) -> Self {
        let title = shell.t("search-title");
        let position = found.as_ref().map(|found| found.position(&shell));
        Self {
            trail: [
                Link::new("/documents", shell.t("documents-title")),
                Link::new("", &*title),
            ],
            here: HERE,
            base: "/documents",
            q,
            error: String::new(),
            position: position.unwrap_or_default(),
            found,
            shell: shell.titled(title),
        }
    }
}
