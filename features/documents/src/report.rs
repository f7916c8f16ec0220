//! `/documents/{id}/signaler`: something is wrong with a document that somebody else deposited. One
//! that is not the person's leaves their space at once; of another, whoever deposited it is told.

use access::{
    Act, Person, Refused, Scope,
    report::{Came, LONGEST, Wrong},
};
use ambient::Id;
use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use serde::Deserialize;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell};

use crate::{
    Can, Documents, astray, id_of,
    named::{named, trail},
    reported::{self, WRONG},
};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    shell: Shell,
    trail: [Link; 3],
    address: String,
    named: String,
    choices: Vec<Choice>,
    /// Words may be added: something can be reported to whoever deposited it.
    words: bool,
    disown: bool,
    fields: Fields,
    errors: Errors,
}

/// What is wrong, as the form posts it: and see [`WRONG`].
const NOT_MINE: &str = "pas-a-moi";

/// What is chosen already, where a page leads to the form with an answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    motif: String,
}

/// `GET /documents/{id}/signaler`.
pub(crate) async fn page(
    person: Person,
    Path(id): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let mut fields = Fields::default();
    fields.push("motif", &*chosen.motif);
    let page = ReportPage::of(person, id, fields, Errors::new()).await?;
    Ok(Html(page).into_response())
}

impl ReportPage {
    async fn of(person: Person, id: Id, fields: Fields, errors: Errors) -> Result<Self, Problem> {
        let found = named(&person, id, Act::Read, |scope, document| {
            (document.title.to_string(), Can::of(scope, document))
        });
        let (title, can) = found.await?;
        if !(can.disown || can.report) {
            return Err(Problem::Forbidden);
        }
        let shell = person.shell;
        let here = shell.t("documents-report-title");
        let mut choices = vec![];
        if can.report {
            for (value, _) in WRONG {
                let key = format!("documents-report-{value}");
                choices.push(Choice::new(value, shell.t(&key)));
            }
        }
        if can.disown {
            choices.push(Choice::new(NOT_MINE, shell.t("documents-report-not-mine")));
        }
        Ok(Self {
            trail: trail(&shell, id, &title, &here),
            address: format!("/documents/{id}"),
            named: shell.t1("documents-report-named", "title", title),
            choices,
            words: can.report,
            disown: can.disown,
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
    let chosen = fields.get("motif");
    let wrong = WRONG.iter().find(|(value, _)| *value == chosen);
    let mut errors = Errors::new();
    let said = match (wrong, chosen) {
        (Some((_, wrong)), _) => {
            let words = fields.get("precisions").trim();
            if words.chars().count() > LONGEST {
                errors.add("precisions", person.shell.t("documents-report-words-long"));
            } else if !report(&person, id, (*wrong, words)).await? {
                errors.add("motif", person.shell.t("documents-report-taken"));
            }
            "documents-report-done"
        }
        (None, NOT_MINE) => {
            disown(&person, id).await?;
            "documents-disowned-done"
        }
        _ => {
            errors.add("motif", person.shell.t("documents-report-missing"));
            ""
        }
    };
    if !errors.is_empty() {
        let page = ReportPage::of(person, id, fields, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    let said = person.shell.t(said);
    person.say(said).await?;
    Ok(Redirect::to(&format!("/documents/{id}")).into_response())
}

async fn disown(person: &Person, id: Id) -> Result<(), Problem> {
    let clearance = person.enter(Act::Disown).await?;
    let (app, record) = (&person.app, clearance.record());
    let gone = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let plan = astray::disown(app, scope, record, id)?;
        Ok::<_, Refused>(plan)
    });
    gone.await?;
    Ok(())
}

/// `POST /documents/{id}/signalement`: a professional says that it is somebody else's, and it is not.
pub(crate) async fn theirs(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let id = id_of(&id)?;
    let report = fields.get("signalement").parse();
    let report: Id = report.map_err(|_| Problem::NotFound)?;
    let record = person.viewer.space().ok_or(Problem::NotFound)?;
    let answer = reported::answer(&person.app, &person.viewer, (record, report), &Came::Theirs);
    match answer.await {
        // Answered meanwhile, by whoever deposited it or in another tab.
        Ok(()) | Err(Refused::Taken) => {}
        Err(refused) => return Err(refused.into()),
    }
    let said = person.shell.t("documents-reported-theirs-done");
    person.say(said).await?;
    Ok(Redirect::to(&format!("/documents/{id}")).into_response())
}

/// Whether it was reported: not what is already, nor one too many.
async fn report(person: &Person, id: Id, said: (Wrong, &str)) -> Result<bool, Problem> {
    let clearance = person.enter(Act::Report).await?;
    let (app, record) = (&person.app, clearance.record());
    let done = clearance.act_on_reports(|scope: &Scope<'_, Documents>, reports| {
        reported::report(app, scope, reports, (record, id), said)
    });
    match done.await {
        Ok(()) => Ok(true),
        Err(Refused::Taken) => Ok(false),
        Err(refused) => Err(refused.into()),
    }
}
