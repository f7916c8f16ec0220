//! `/documents/{id}/signaler`: something is wrong with a document that somebody else deposited. One
//! that is not the person's leaves their space at once.

use access::{Act, Person, Refused, Scope};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell};

use crate::{
    Documents, astray, id_of,
    named::{named, trail},
};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    shell: Shell,
    trail: [Link; 3],
    address: String,
    named: String,
    choices: Vec<Choice>,
    fields: Fields,
    errors: Errors,
}

/// What is wrong, as the form posts it.
const NOT_MINE: &str = "pas-a-moi";

/// `GET /documents/{id}/signaler`.
pub(crate) async fn page(person: Person, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let page = ReportPage::of(person, id, Fields::default(), Errors::new()).await?;
    Ok(Html(page).into_response())
}

impl ReportPage {
    async fn of(person: Person, id: Id, fields: Fields, errors: Errors) -> Result<Self, Problem> {
        let title = named(&person, id, Act::Disown, |_, document| {
            document.title.to_string()
        });
        let title = title.await?;
        let shell = person.shell;
        let here = shell.t("documents-report-title");
        let choice = |value, key: &str| Choice::new(value, shell.t(key));
        Ok(Self {
            trail: trail(&shell, id, &title, &here),
            address: format!("/documents/{id}"),
            named: shell.t1("documents-report-named", "title", title),
            choices: vec![choice(NOT_MINE, "documents-report-not-mine")],
            shell: shell.titled(here),
            fields,
            errors,
        })
    }
}

/// `POST /documents/{id}/signaler`.
pub(crate) async fn submit(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let id = id_of(&id)?;
    if fields.get("motif") != NOT_MINE {
        let mut errors = Errors::new();
        errors.add("motif", person.shell.t("documents-report-missing"));
        let page = ReportPage::of(person, id, fields, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    let clearance = person.enter(Act::Disown).await?;
    let (app, record) = (&person.app, clearance.record());
    let gone = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let plan = astray::disown(app, scope, record, id)?;
        Ok::<_, Refused>(plan)
    });
    gone.await?;
    let said = person.shell.t("documents-disowned-done");
    person.say(said).await?;
    Ok(Redirect::to(&format!("/documents/{id}")).into_response())
}
