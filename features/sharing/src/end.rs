//! `/partages/{partage}/terminer`: ends a share at once.

use access::{Act, Person};
use askama::Template;
use axum::{extract::Path, response::Redirect};
use documents::Documents;
use web::{Confirm, Fields, Html, Problem};

use crate::{id_of, list::Line};

/// Asks once.
pub(crate) async fn ask(
    person: Person,
    Path(id): Path<String>,
) -> Result<Html<impl Template>, Problem> {
    let id = id_of(&id)?;
    let clearance = person.enter(Act::EndShare).await?;
    let known = clearance
        .shares()
        .into_iter()
        .find(|(known, _)| *known == id);
    let (_, share) = known.ok_or(Problem::NotFound)?;
    let shell = person.shell.clone();
    let line = Line::of(id, &share, person.app.now(), &shell);
    let question = shell.t1("sharing-end-question", "label", line.label);
    Ok(Html(Confirm {
        consequences: vec![shell.t("sharing-end-now"), shell.t("sharing-end-copies")],
        action: format!("/partages/{id}/terminer"),
        hidden: vec![],
        button: shell.t("sharing-end"),
        danger: true,
        cancel_href: "/partages".to_owned(),
        shell: shell.titled(&*question),
        question,
    }))
}

/// Ends it.
pub(crate) async fn end(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let id = id_of(&id)?;
    let clearance = person.enter(Act::EndShare).await?;
    clearance.end_share::<Documents>(id).await?;
    let said = person.shell.t("sharing-end-done");
    person.say(said).await?;
    Ok(Redirect::to("/partages"))
}
