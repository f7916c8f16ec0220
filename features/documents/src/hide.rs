//! Hides a document from professionals, and shows it to them again.
//!
//! The one who deposited it keeps access (R.1111-49 CSP); the decision sees to that.

use access::{Act, Person, Plan, Refused, Scope};
use axum::{extract::Path, response::Redirect};
use web::{Fields, Problem};

use crate::{Documents, id_of};

/// `POST /documents/{id}/masquer`.
pub(crate) async fn hide(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    set(person, &id, &fields, Act::Hide).await
}

/// `POST /documents/{id}/afficher`.
pub(crate) async fn show(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    set(person, &id, &fields, Act::Show).await
}

async fn set(person: Person, id: &str, fields: &Fields, act: Act) -> Result<Redirect, Problem> {
    person.check(fields)?;
    let id = id_of(id)?;
    let hidden = act == Act::Hide;
    let clearance = person.enter(act).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let document = scope.thing(id)?;
            let current = scope.entry(document).ok_or(Refused::NotFound)?;
            let mut stored = document.stored()?;
            stored.own.flags.professionals = hidden;
            let next = stored.draft(id).replacing(current);
            Ok::<_, Problem>(Plan::new(()).writing(vec![next]).about(id))
        })
        .await?;
    let said = match hidden {
        true => person.shell.t("documents-hidden-done"),
        false => person.shell.t("documents-shown-done"),
    };
    person.say(said).await?;
    Ok(Redirect::to(&format!("/documents/{id}")))
}
