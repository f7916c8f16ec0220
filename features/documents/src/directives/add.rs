//! `/documents/directives/ajouter`: a paper that was written and signed elsewhere.

use access::{Act, DocumentType, Person, directives::DIRECTIVES};
use askama::Template;
use axum::{
    extract::Request,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use web::{Choice, Errors, Fields, Html, Link, Problem, Shell, dates};

use super::{PATH, keep::keep, page::trail};
use crate::{
    FileKind,
    add::{Kept, hiding, read_date},
    brought::{self, Described},
    uploads::{self, sentence},
};

#[derive(Template)]
#[template(path = "directives_add.html")]
struct AddPage {
    shell: Shell,
    trail: [Link; 3],
    fields: Fields,
    errors: Errors,
    visibilities: Vec<Choice>,
    accept: &'static str,
    hint: String,
    /// Files were sent and are to be chosen again.
    again: bool,
    /// The document that the file already is.
    is: Option<ambient::Id>,
}

/// The choice of who may read, as on every page that adds.
pub(super) fn visibilities(shell: &Shell) -> Vec<Choice> {
    let choice =
        |value, key: &str, hint: &str| Choice::new(value, shell.t(key)).explained(shell.t(hint));
    vec![
        choice("visible", "documents-visible", "directives-visible-hint"),
        choice("masque", "documents-masked", "directives-masked-hint"),
    ]
}

/// The type of directives, as the table has it.
pub(super) fn kind(person: &Person) -> Result<DocumentType, Problem> {
    let rules = person.app.gate.rules();
    let kind = rules.types.get(DIRECTIVES).cloned();
    Ok(kind.ok_or_else(|| anyhow::anyhow!("no type for advance directives"))?)
}

/// What a form begins with.
pub(super) async fn begun(person: &Person) -> Result<Fields, Problem> {
    let clearance = person.enter(Act::WriteDirectives).await?;
    let rules = person.app.gate.rules();
    let hidden = clearance.policy().settings.hides(&rules.topics, DIRECTIVES);
    let mut fields = Fields::default();
    fields.push("visibilite", if hidden { "masque" } else { "visible" });
    Ok(fields)
}

/// Shows the form.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    let fields = begun(&person).await?;
    Ok(Html(AddPage::of(&person, fields)))
}

impl AddPage {
    fn of(person: &Person, fields: Fields) -> Self {
        let shell = person.shell.clone();
        let title = shell.t("directives-add-title");
        Self {
            trail: trail(&shell, &title),
            fields,
            errors: Errors::new(),
            visibilities: visibilities(&shell),
            accept: FileKind::ACCEPT,
            hint: uploads::hint(&person.app.limits, &shell),
            again: false,
            is: None,
            shell: shell.titled(title),
        }
    }

    fn answer(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, Html(self)).into_response()
    }
}

/// Keeps the paper, in the place of the one that held.
pub(crate) async fn submit(person: Person, request: Request) -> Result<Response, Problem> {
    let (fields, files) = uploads::receive(&person.app, request).await?;
    person.check(&fields)?;
    person.enter(Act::WriteDirectives).await?;
    let (app, shell) = (&person.app, person.shell.clone());
    let mut page = AddPage::of(&person, fields);
    page.again = !files.is_empty();
    let today = dates::today(app.now());
    let date = match page.fields.get("date") {
        "" => None,
        typed => match read_date(typed) {
            Some(date) if date <= today => Some(date),
            other => {
                let key = match other {
                    Some(_) => "documents-date-future",
                    None => "documents-date-bad",
                };
                page.errors.add("date", shell.t(key));
                None
            }
        },
    };
    let hidden = page.fields.get("visibilite") == "masque";
    if !hidden && page.fields.get("visibilite") != "visible" {
        page.errors
            .add("visibilite", shell.t("documents-visibility-missing"));
    }
    if files.len() > 1 {
        page.errors.add("fichier", shell.t("directives-one-file"));
    } else if let Some(sentence) = uploads::counted(app, &shell, &files) {
        page.errors.add("fichier", sentence);
    }
    if !page.errors.is_empty() {
        return Ok(page.answer());
    }
    let (fit, unfit) = uploads::look_at(app, &shell, files).await?;
    if let Some(unfit) = unfit.into_iter().next() {
        page.errors.add("fichier", unfit.sentence);
    }
    let Some(file) = fit.into_iter().next() else {
        return Ok(page.answer());
    };
    let described = Described {
        title: shell.texts.get(web::Lang::Fr, "directives-title"),
        made: brought::made(date, file.date, app.now()),
        kind: kind(&person)?,
        flags: hiding(hidden),
    };
    match keep(&person, &file, &described).await? {
        Kept::New(_) => {
            person.say(shell.t("directives-kept")).await?;
            Ok(Redirect::to(PATH).into_response())
        }
        Kept::Already(id, title) => {
            let said = shell.t1("documents-already", "title", title);
            page.errors.add("fichier", said);
            page.is = Some(id);
            Ok(page.answer())
        }
        Kept::Not(unfit) => {
            let said = sentence(&shell, unfit, app.limits.document_bytes);
            page.errors.add("fichier", said);
            Ok(page.answer())
        }
    }
}
