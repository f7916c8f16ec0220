//! Hides a document from professionals, and shows it to them again; its copies with it.
//!
//! The one who deposited it keeps access (R.1111-49 CSP); the decision sees to that.

use access::{Act, Person, Plan, Refused, Scope};
use ambient::Id;
use axum::{extract::Path, response::Redirect};
use vault::Draft;
use web::{Fields, Problem};

use crate::{Documents, Own, copies::copies, id_of};

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
            let changed = changed(scope, id, |own| own.flags.professionals = hidden)?;
            Ok::<_, Problem>(of(changed, id))
        })
        .await?;
    let said = match hidden {
        true => person.shell.t("documents-hidden-done"),
        false => person.shell.t("documents-shown-done"),
    };
    person.say(said).await?;
    Ok(Redirect::to(&format!("/documents/{id}")))
}

/// The next version of a document and of its copies: what holds for one holds for all, since they
/// are shown as one.
///
/// # Errors
/// As [`Scope::thing`], on the document itself; a copy that may not be changed stays as it is.
pub(crate) fn changed(
    scope: &Scope<'_, Documents>,
    id: Id,
    change: impl Fn(&mut Own),
) -> Result<Vec<Draft>, Refused> {
    let document = scope.thing(id)?;
    let copies: Vec<_> = copies(scope, document)
        .filter_map(|copy| scope.thing(copy.id()).ok())
        .collect();
    let next = |document: &crate::Document| {
        let current = scope.entry(document).ok_or(Refused::NotFound)?;
        let stored = document.stored();
        let mut stored = stored.map_err(|error| Refused::Failed(error.into()))?;
        change(&mut stored.own);
        Ok(stored.draft(document.id()).replacing(current))
    };
    std::iter::once(document).chain(copies).map(next).collect()
}

/// A step that writes these; its line is about the document, and one about each copy.
pub(crate) fn of(drafts: Vec<Draft>, id: Id) -> Plan<()> {
    let also: Vec<Id> = drafts.iter().map(|draft| draft.id).collect();
    let plan = Plan::new(()).writing(drafts).about(id);
    let also = also.into_iter().filter(|other| *other != id);
    also.fold(plan, Plan::and_about)
}
