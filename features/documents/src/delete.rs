//! Deletes a document that the person brought (product §3.3): asks once, then erases.
//!
//! What remains is that there was one: its number, its `uniqueId` and its dates,
//! so that the history can be explained. Title, metadata and bytes go, of every
//! version.

use access::{Act, Person, Plan, Refused, Scope};
use ambient::Id;
use axum::{extract::Path, response::Redirect};
use serde_json::json;
use vault::{BlobRef, Draft};
use web::{Confirm, Fields, Html, Problem};

use crate::{Documents, Stored, id_of};

/// `GET /documents/{id}/supprimer`: the question. It names the document, so it counts as a list of one.
pub(crate) async fn ask(person: Person, Path(id): Path<String>) -> Result<Html<Confirm>, Problem> {
    let id = id_of(&id)?;
    let clearance = person.enter(Act::List).await?;
    let title = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let document = scope.thing(id)?;
            if !scope.may(Act::Delete, document) {
                return Err(Problem::Forbidden);
            }
            let title = document.title.to_string();
            Ok(Plan::new(title).about(id).counting(1))
        })
        .await?;
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
    let blob = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let document = scope.thing(id)?;
            let current = scope.entry(document).ok_or(Refused::NotFound)?;
            let (remains, blob) = erased(document.stored()?, id);
            let plan = Plan::new(blob).about(id);
            Ok::<_, Problem>(plan.writing(vec![remains.replacing(current)]))
        })
        .await?;
    // The document is gone for everybody already; a file left by a failing disk is for the operator.
    if person.app.gate.drop_file(&blob).await.is_err() {
        tracing::error!("the file of a deleted document could not be removed");
    }
    let said = person.shell.t("documents-deleted-done");
    person.say(said).await?;
    Ok(Redirect::to("/documents"))
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
