//! Deletes a document that the person brought (product §3.3): asks once, then erases.
//!
//! What remains is that there was one: its number, its `uniqueId` and its dates,
//! so that the history can be explained; the line of the journal that says who
//! deleted it, when and by which right is appended with it. Title, metadata and
//! bytes go, of every version. [`again`] does it once more where an older backup
//! was put back.

use access::{Act, App, ERASED, ErasedThing, Gate, Person, Plan, Purpose, Refused, Scope, Viewer};
use ambient::Id;
use axum::{extract::Path, response::Redirect};
use serde_json::json;
use vault::{BlobRef, Draft, RecordId, With};
use web::{Confirm, Fields, Html, Problem};

use crate::{Arranged, BY_UNIQUE_ID, Documents, Stored, astray, id_of, named::named};

/// `GET /documents/{id}/supprimer`: the question.
pub(crate) async fn ask(person: Person, Path(id): Path<String>) -> Result<Html<Confirm>, Problem> {
    let id = id_of(&id)?;
    let title = named(&person, id, Act::Delete, |_, document| {
        document.title.to_string()
    });
    let title = title.await?;
    let shell = person.shell;
    let question = shell.t("documents-delete-question");
    Ok(Html(Confirm {
        consequences: vec![
            shell.t1("documents-delete-named", "title", title),
            shell.t("documents-delete-consequence"),
        ],
        action: format!("/documents/{id}/supprimer"),
        hidden: vec![],
        button: shell.t("documents-delete"),
        danger: true,
        cancel_href: format!("/documents/{id}"),
        shell: shell.titled(&*question),
        question,
    }))
}

/// `POST /documents/{id}/supprimer`.
pub(crate) async fn delete(
    person: Person,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Redirect, Problem> {
    person.check(&fields)?;
    let id = id_of(&id)?;
    let clearance = person.enter(Act::Delete).await?;
    let record = clearance.record();
    let gate = &person.app.gate;
    let erased = clearance
        .act_on(|scope: &Scope<'_, Documents>| erase(scope, gate, record, id))
        .await?;
    // The document is gone for everybody already; the job does what a failing disk leaves.
    if gate.erased(&erased).await.is_err() {
        tracing::error!("the erasure of a document is not finished yet");
    }
    let said = person.shell.t("documents-deleted-done");
    person.say(said).await?;
    Ok(Redirect::to("/documents"))
}

fn erase(
    scope: &Scope<'_, Documents>,
    gate: &Gate,
    record: RecordId,
    id: Id,
) -> Result<Plan<ErasedThing>, Problem> {
    let (remains, erased) = erase_one(scope, record, id)?;
    let work = gate.erasing(&erased);
    let plan = Plan::new(erased).about(id).beside(work);
    Ok(plan.writing(vec![remains]))
}

/// What replaces a document that goes, and the work that follows.
pub(crate) fn erase_one(
    scope: &Scope<'_, Documents>,
    record: RecordId,
    id: Id,
) -> Result<(Draft, ErasedThing), Refused> {
    let document = scope.thing(id)?;
    let current = scope.entry(document).ok_or(Refused::NotFound)?;
    let stored = document.stored();
    let stored = stored.map_err(|error| Refused::Failed(error.into()))?;
    let (remains, file) = erased(stored, id);
    let erased = ErasedThing {
        record,
        thing: id,
        file: file.without_key(),
    };
    Ok((remains.replacing(current), erased))
}

/// Erases a document that was erased after the backup that was put back; nothing, where it is gone.
///
/// # Errors
/// When the record does not open or a store fails.
pub async fn again(app: &App, record: RecordId, id: Id) -> Result<(), Problem> {
    let viewer = Viewer::system(Purpose::Erase, app.now());
    let gate = &app.gate;
    let is_left = |scope: &Scope<'_, Documents>| {
        let document = scope.thing(id).ok();
        document.is_some_and(|document| !(document.item.withdrawn && document.title.is_empty()))
    };
    let clearance = match gate.enter(&viewer, record, Act::Delete).await {
        Err(Refused::NotFound) => return Ok(()),
        other => other?,
    };
    if !clearance.recognise(is_left).await? {
        return Ok(());
    }
    let clearance = gate.enter(&viewer, record, Act::Delete).await?;
    let erased = clearance
        .act_on(|scope: &Scope<'_, Documents>| erase(scope, gate, record, id))
        .await?;
    gate.drop_file(&erased.file).await?;
    gate.undraw(record, id).await?;
    Ok(app.store.apply(app.store.cancel(ERASED, &id.0)).await?)
}

/// The public names and the files of a record's documents: what erasing the record frees.
///
/// # Errors
/// When the record does not open or a store fails.
pub async fn belongings(app: &App, record: RecordId) -> Result<(With, Vec<BlobRef>), Problem> {
    let viewer = Viewer::system(Purpose::Erase, app.now());
    let clearance = match app.gate.enter(&viewer, record, Act::Delete).await {
        Err(Refused::NotFound) => return Ok((With::nothing(), vec![])),
        other => other?,
    };
    let all = clearance.recognise(|scope: &Scope<'_, Documents>| {
        let stored = scope.things().map(|document| document.stored());
        stored.collect::<Vec<_>>()
    });
    let (mut names, mut files) = (With::nothing(), vec![]);
    for stored in all.await? {
        let own = stored?.own;
        names = names.and(app.store.free(BY_UNIQUE_ID, &own.unique_id, record));
        files.push(own.blob);
    }
    Ok((names, files))
}

/// What remains of a document, and the file to remove.
fn erased(stored: Stored, id: Id) -> (Draft, BlobRef) {
    let mut own = stored.own;
    let blob = own.blob.clone();
    own.withdrawn = true;
    own.title.clear();
    own.hash.clear();
    own.author.clear();
    own.organization.clear();
    own.arranged = Arranged::default();
    if own.astray.is_some() {
        astray::forget(&mut own);
    }
    let resource = json!({ "resourceType": "DocumentReference", "status": "entered-in-error" });
    let mut draft = Stored::new(resource, own).draft(id);
    draft.destroy = true;
    (draft, blob)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn nothing_of_its_words_remains() {
        let mut own = samples::own("Test de grossesse");
        own.by_holder = true;
        let stored = Stored::new(json!({ "description": "positif" }), own);
        let (draft, blob) = erased(stored, Id([1; 16]));
        assert!(draft.destroy && blob.size == 48_200);
        let left = Stored::read(&draft.body).expect("reads");
        assert!(left.own.withdrawn && left.own.unique_id == "urn:oid:1.2.3");
        let text = String::from_utf8(draft.body).expect("JSON");
        for word in ["grossesse", "positif", "Leclerc", "Laboratoire", "2jmj7l5"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}
