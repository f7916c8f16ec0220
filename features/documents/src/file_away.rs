//! `POST /documents/{id}/ranger`: pins a document, or puts it in a folder; sick-leave notices together
//! in one of their own.

use access::{Act, Person, Refused, Scope};
use ambient::Id;
use axum::{extract::Path, response::Redirect};
use web::{Fields, Problem};

use crate::{
    Documents, Folders,
    hide::{changed, of},
    id_of, sick_leave,
};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Pin(bool),
    /// `None` for out of its folder.
    File(Option<Id>),
    /// With the other sick-leave notices.
    SickLeave,
}

/// Pins or files, and leads back to the document.
pub(crate) async fn submit(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let id = id_of(&id)?;
    let wanted = match fields.get("action") {
        "epingler" => Wanted::Pin(true),
        "desepingler" => Wanted::Pin(false),
        "arrets" => Wanted::SickLeave,
        _ => Wanted::File(match fields.get("dossier") {
            "" => None,
            folder => Some(id_of(folder)?),
        }),
    };
    let (new, name) = (person.app.gate.id(), person.shell.t("sick-leave-folder"));
    let clearance = person.enter(Act::Arrange).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let changed = match wanted {
                Wanted::SickLeave => return sick_leave::gather(scope, id, (new, &name)),
                Wanted::Pin(pinned) => changed(scope, id, |own| own.arranged.pinned = pinned)?,
                Wanted::File(folder) => {
                    folder.map_or(Ok(()), |folder| there(scope, folder))?;
                    changed(scope, id, |own| own.arranged.folder = folder)?
                }
            };
            Ok::<_, Refused>(of(changed, id))
        })
        .await?;
    let said = person.shell.t(match wanted {
        Wanted::Pin(true) => "documents-pinned-done",
        Wanted::Pin(false) => "documents-unpinned-done",
        Wanted::File(Some(_)) => "documents-filed-done",
        Wanted::SickLeave => "sick-leave-filed",
        Wanted::File(None) => "documents-unfiled-done",
    });
    person.say(said).await?;
    Ok(Redirect::to(&format!("/documents/{id}")))
}

/// A folder of theirs.
pub(crate) fn there(scope: &Scope<'_, Documents>, folder: Id) -> Result<(), Refused> {
    let known = scope
        .beside()
        .and_then(|folders: &Folders| folders.get(folder));
    known.map(drop).ok_or(Refused::NotFound)
}
