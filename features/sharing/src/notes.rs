//! What a person does with a note that a reader left: takes it in as a document, or not.

use access::{Act, Person};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use web::{Fields, Problem, dates};

use crate::{id_of, list::author};

/// `POST /partages/notes/{note}`.
pub(crate) async fn answer(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    person.check(&fields)?;
    let id = id_of(&id)?;
    let clearance = person.enter(Act::DropNote).await?;
    let waiting = clearance.left_notes().await?;
    let found = waiting.into_iter().find(|(known, _)| *known == id);
    let (_, note) = found.ok_or(Problem::NotFound)?;
    let taken = match fields.get("action") {
        "garder" => true,
        "ecarter" => false,
        _ => return Err(Problem::BadRequest(String::new())),
    };
    if taken {
        let shell = &person.shell;
        let who = author(&note.who, shell);
        let day = dates::day(dates::today(note.at), shell.lang);
        let head = shell.t2("sharing-note-head", "who", &*who, "day", &*day);
        let title = shell.t1("sharing-note-title", "who", who);
        let text = format!("{head}\n\n{}\n", note.text);
        documents::bring_text(&person, &title, text).await?;
    }
    person.enter(Act::DropNote).await?.drop_note(id).await?;
    let said = person.shell.t(match taken {
        true => "sharing-note-taken",
        false => "sharing-note-dropped",
    });
    person.say(said).await?;
    Ok(Redirect::to("/partages").into_response())
}
