//! `/documents/dossiers`: makes folders, renames them, takes them away. What is in a folder stays.

use access::{Act, Person, Plan, Refused, Scope};
use ambient::Id;
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use web::{Confirm, Errors, Fields, Html, Link, Problem, Shell};

use crate::{
    Documents, Folder, Folders,
    folders::{BadName, NAME_CHARS},
    id_of, in_force,
};

/// A folder in the list, with how many documents are in it.
#[derive(Debug)]
struct Line {
    folder: Folder,
    count: usize,
}

#[derive(Template)]
#[template(path = "folders.html")]
struct ListPage {
    shell: Shell,
    trail: [Link; 2],
    lines: Vec<Line>,
    typed: String,
    most: String,
    errors: Errors,
}

#[derive(Template)]
#[template(path = "folder.html")]
struct OnePage {
    shell: Shell,
    trail: [Link; 3],
    folder: Id,
    typed: String,
    most: String,
    errors: Errors,
}

/// `GET /documents/dossiers`.
pub(crate) async fn page(person: Person) -> Result<Html<impl Template>, Problem> {
    list(person, String::new(), Errors::new()).await
}

async fn list(person: Person, typed: String, errors: Errors) -> Result<Html<ListPage>, Problem> {
    let clearance = person.enter(Act::List).await?;
    let lines = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let all = scope.beside().cloned().unwrap_or_default();
            let count = |folder: &Folder| {
                let mut here: Vec<_> = in_force(scope)
                    .filter(|one| one.arranged.folder == Some(folder.id))
                    .collect();
                crate::once(&mut here);
                here.len()
            };
            let lines = all.all().iter().map(|folder| Line {
                count: count(folder),
                folder: folder.clone(),
            });
            Ok::<_, Refused>(Plan::new(lines.collect::<Vec<_>>()).counting(0))
        })
        .await?;
    let title = person.shell.t("documents-folders");
    Ok(Html(ListPage {
        trail: [
            Link::new("/documents", person.shell.t("documents-title")),
            Link::new("", &*title),
        ],
        shell: person.shell.titled(title),
        lines,
        typed,
        most: NAME_CHARS.to_string(),
        errors,
    }))
}

/// Why folders stay as they were.
enum Stop {
    Name(BadName),
    Problem(Problem),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Problem(refused.into())
    }
}

/// Changes the folders: in two tabs at once, one after the other.
async fn change(
    person: &Person,
    next: impl Fn(&Folders) -> Result<Folders, Stop>,
) -> Result<(), Stop> {
    let clearance = person.enter(Act::Arrange).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let known = scope.beside().ok_or(Refused::NotFound)?;
            let draft = next(known)?.draft();
            let draft = scope.over_beside(draft).ok_or(Refused::NotFound)?;
            Ok(Plan::new(()).writing(vec![draft]))
        })
        .await
}

/// `POST /documents/dossiers`: makes one.
pub(crate) async fn create(person: Person, fields: Fields) -> Result<Response, Problem> {
    person.check(&fields)?;
    let (id, name) = (person.app.gate.id(), fields.get("nom"));
    match change(&person, |known| known.with(id, name).map_err(Stop::Name)).await {
        Ok(()) => {
            let said = person.shell.t("documents-folder-made");
            person.say(said).await?;
            Ok(Redirect::to("/documents/dossiers").into_response())
        }
        Err(Stop::Name(bad)) => {
            let mut errors = Errors::new();
            errors.add("nom", person.shell.t(bad.key()));
            let page = list(person, name.to_owned(), errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Stop::Problem(problem)) => Err(problem),
    }
}

/// The name of a folder; looking at it is looking at a list of none.
async fn named(person: &Person, id: Id) -> Result<String, Problem> {
    let clearance = person.enter(Act::List).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let folder = scope.beside().and_then(|folders| folders.get(id));
            let name = folder.ok_or(Refused::NotFound)?.name.clone();
            Ok::<_, Problem>(Plan::new(name).counting(0))
        })
        .await
}

/// `GET /documents/dossiers/{folder}`: its name, to change it.
pub(crate) async fn one(
    person: Person,
    Path(folder): Path<String>,
) -> Result<Html<impl Template>, Problem> {
    let id = id_of(&folder)?;
    let name = named(&person, id).await?;
    Ok(Html(OnePage::of(
        person.shell,
        id,
        name.clone(),
        name,
        Errors::new(),
    )))
}

impl OnePage {
    fn of(shell: Shell, folder: Id, is: String, typed: String, errors: Errors) -> Self {
        let title = shell.t("documents-folder-rename");
        Self {
            trail: [
                Link::new("/documents", shell.t("documents-title")),
                Link::new("/documents/dossiers", shell.t("documents-folders")),
                Link::new("", is),
            ],
            shell: shell.titled(title),
            folder,
            typed,
            most: NAME_CHARS.to_string(),
            errors,
        }
    }
}

/// `POST /documents/dossiers/{folder}`: gives it another name.
pub(crate) async fn rename(
    person: Person,
    Path(folder): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let (id, name) = (id_of(&folder)?, fields.get("nom"));
    let renamed = change(&person, |known| {
        known.get(id).ok_or(Refused::NotFound)?;
        known.renamed(id, name).map_err(Stop::Name)
    });
    match renamed.await {
        Ok(()) => {
            let said = person.shell.t("documents-folder-renamed");
            person.say(said).await?;
            Ok(Redirect::to("/documents/dossiers").into_response())
        }
        Err(Stop::Name(bad)) => {
            let mut errors = Errors::new();
            errors.add("nom", person.shell.t(bad.key()));
            let is = named(&person, id).await?;
            let page = OnePage::of(person.shell, id, is, name.to_owned(), errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
        Err(Stop::Problem(problem)) => Err(problem),
    }
}

/// `GET /documents/dossiers/{folder}/supprimer`: the question.
pub(crate) async fn ask(
    person: Person,
    Path(folder): Path<String>,
) -> Result<Html<Confirm>, Problem> {
    let id = id_of(&folder)?;
    let name = named(&person, id).await?;
    let shell = person.shell;
    let question = shell.t1("documents-folder-question", "name", name);
    Ok(Html(Confirm {
        consequences: vec![shell.t("documents-folder-consequence")],
        action: format!("/documents/dossiers/{id}/supprimer"),
        hidden: vec![],
        button: shell.t("documents-folder-remove"),
        danger: false,
        cancel_href: "/documents/dossiers".to_owned(),
        shell: shell.titled(&*question),
        question,
    }))
}

/// `POST /documents/dossiers/{folder}/supprimer`.
pub(crate) async fn remove(
    person: Person,
    Path(folder): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let id = id_of(&folder)?;
    let removed = change(&person, |known| {
        known.get(id).ok_or(Refused::NotFound)?;
        Ok(known.without(id))
    });
    match removed.await {
        Ok(()) => {}
        Err(Stop::Problem(problem)) => return Err(problem),
        Err(Stop::Name(_)) => return Err(Problem::NotFound),
    }
    let said = person.shell.t("documents-folder-removed");
    person.say(said).await?;
    Ok(Redirect::to("/documents/dossiers"))
}
