//! `/fhir/Task`: what is asked of a depositor. A document that it deposited stood in the wrong
//! record and was set aside: it says whose it is (`$reassign`), or has it destroyed (`$discard`).
//!
//! Of another it reads what a person reported, and answers: see [`flagged`](self::flagged).
//!
//! And it calls a batch of its own back: see [`recall`](self::recall).
//!
//! A task names the document by the `uniqueId` that its depositor gave it, and never a person.

mod flagged;
mod give;
mod readdress;
mod reassign;
mod recall;

use access::{
    App,
    aside::{Cause, Held, Owner, Stage},
};
use ambient::Id;
use axum::{
    extract::{Path, State},
    response::Response,
};
use fhir::{Problem, SearchEntry, Searchset, instant, searchset};
use http::StatusCode;
use serde_json::{Value, json};

pub(crate) use flagged::{complete, receive, reject};
pub use give::{GIVE, give};
pub(crate) use reassign::reassign;
pub use recall::{RECALL, recall};
pub(crate) use recall::{approve, ask};

use crate::{
    bearer::Software,
    client::UPDATE,
    identity::not_received,
    outcome::{Outcome, resource},
};

/// Our own words for what is asked.
const CODES: &str = "urn:x-carnet:task";

/// Whose tasks a caller reads: those of the software itself.
fn owner(software: &Software) -> Owner {
    Owner::Software(software.depositor.client_id.clone())
}

/// What is asked of the caller now, and what came of it before; the newest first.
pub(crate) async fn list(State(app): State<App>, software: Software) -> Result<Response, Outcome> {
    software.needs(UPDATE)?;
    let all = app.gate.all_held(&owner(&software)).await;
    let all = all.map_err(not_received)?;
    let base = format!("{}/fhir/Task", app.site.origin);
    let asked = all.iter().filter(|(_, held)| held.stage != Stage::Arriving);
    let entries: Vec<SearchEntry> = asked
        .map(|(id, held)| SearchEntry::Match {
            full_url: format!("{base}/{id}"),
            resource: task(*id, held),
        })
        .collect();
    let flagged = flagged::all(&app, &software).await?;
    let flagged = flagged.iter().map(|(id, one)| SearchEntry::Match {
        full_url: format!("{base}/{id}"),
        resource: flagged::task(*id, one),
    });
    let entries: Vec<SearchEntry> = entries.into_iter().chain(flagged).collect();
    let people = recall::people(&app, &software).await?;
    let client = software.depositor.client_id.as_str();
    let recalls = app.gate.recalls(&owner(&software)).await;
    let recalls = recalls.map_err(not_received)?;
    let recalls = recalls.iter().map(|(id, recall)| SearchEntry::Match {
        full_url: format!("{base}/{id}"),
        resource: recall::task(*id, recall, client, &people),
    });
    let entries: Vec<SearchEntry> = entries.into_iter().chain(recalls).collect();
    let set = Searchset {
        total: Some(entries.len() as u64),
        self_link: base,
        next_link: None,
        entries,
    };
    Ok(resource(StatusCode::OK, &searchset(set)))
}

/// One task.
pub(crate) async fn read(
    State(app): State<App>,
    software: Software,
    Path(id): Path<String>,
) -> Result<Response, Outcome> {
    software.needs(UPDATE)?;
    let recalls = app.gate.recalls(&owner(&software)).await;
    let mut recalls = recalls.map_err(not_received)?.into_iter();
    if let Some((id, recall)) = recalls.find(|(known, _)| known.to_string() == id) {
        let people = recall::people(&app, &software).await?;
        let client = software.depositor.client_id.as_str();
        let task = recall::task(id, &recall, client, &people);
        return Ok(resource(StatusCode::OK, &task));
    }
    if let Ok(id) = id.parse::<Id>()
        && let Some(found) = flagged::find(&app, &software, id).await?
    {
        return Ok(resource(StatusCode::OK, &flagged::task(id, &found)));
    }
    let (id, held) = one(&app, &software, &id).await?;
    Ok(resource(StatusCode::OK, &task(id, &held)))
}

/// `POST /fhir/Task/{id}/$discard`: the document is nobody's here; it is destroyed.
pub(crate) async fn discard(
    State(app): State<App>,
    software: Software,
    Path(id): Path<String>,
) -> Result<Response, Outcome> {
    software.needs(UPDATE)?;
    let (id, held) = one(&app, &software, &id).await?;
    if held.stage != Stage::Waiting {
        return Err(no_longer().into());
    }
    documents::astray::discard(&app, &owner(&software), id).await?;
    let (id, held) = one(&app, &software, &id.to_string()).await?;
    Ok(resource(StatusCode::OK, &task(id, &held)))
}

/// A task of the caller's; the same answer for another's as for none.
async fn one(app: &App, software: &Software, id: &str) -> Result<(Id, Held), Outcome> {
    let id: Id = id.parse().map_err(|_| Problem::not_found())?;
    let held = app.gate.held_one(&owner(software), id).await;
    let held = held.map_err(not_received)?;
    let held = held.filter(|held| held.stage != Stage::Arriving);
    Ok((id, held.ok_or_else(Problem::not_found)?))
}

fn no_longer() -> Problem {
    Problem::conflict("Cette tâche n’attend plus rien de vous.")
}

/// A task as FHIR has it.
fn task(id: Id, held: &Held) -> Value {
    let status = match held.stage {
        Stage::Arriving | Stage::Waiting => "requested",
        Stage::Named { .. } => "in-progress",
        Stage::Given => "completed",
        Stage::Discarded => "cancelled",
    };
    let (reason, told) = match held.cause {
        Cause::Reported => (
            "reported",
            "Un document que vous avez déposé a été signalé comme n’étant pas à la personne. Dites à qui il est.",
        ),
        Cause::Recalled => (
            "recalled",
            "Un document que vous avez déposé a été rappelé. Dites à qui il est.",
        ),
    };
    let mut task = json!({
        "resourceType": "Task",
        "id": id,
        "status": status,
        "intent": "order",
        "code": {"coding": [{"system": CODES, "code": "name-patient"}]},
        "description": told,
        "focus": {
            "type": "DocumentReference",
            "identifier": {"system": "urn:ietf:rfc:3986", "value": held.unique_id},
        },
        "authoredOn": instant(held.since),
        "lastModified": instant(held.at),
        "reasonCode": {"coding": [{"system": CODES, "code": reason}]},
    });
    if held.refused {
        task["statusReason"] = json!({
            "text": "L’espace de la personne désignée ne reçoit pas de document. Désignez-en une autre.",
        });
    }
    task
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use vault::RecordId;

    use super::*;

    #[test]
    fn a_task_is_fhir_and_names_nobody() {
        let record = RecordId(Id([9; 16]));
        let mut held = Held {
            since: Timestamp::UNIX_EPOCH,
            at: Timestamp::UNIX_EPOCH,
            cause: Cause::Reported,
            unique_id: "urn:oid:1.2.3".to_owned(),
            stage: Stage::Named { record },
            body: Some("279035121518989".to_owned()),
            refused: true,
        };
        for (stage, status) in [
            (Stage::Waiting, "requested"),
            (Stage::Named { record }, "in-progress"),
            (Stage::Given, "completed"),
            (Stage::Discarded, "cancelled"),
        ] {
            held.stage = stage;
            let task = task(Id([1; 16]), &held);
            let text = task.to_string();
            assert_eq!(task["status"], status);
            assert!(fhir::check(text.as_bytes()).is_ok(), "{text}");
            assert!(!text.contains("279035121518989"));
            assert!(!text.contains(&record.0.to_string()));
        }
    }
}
