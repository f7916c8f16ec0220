//! What was reported of a document of the caller's: it contains an error, cannot be read, or is
//! somebody else's, says a professional. The document stays where it is; its depositor says that they
//! have seen it (`$receive`), that they corrected or replaced it (`$complete`), or why it stays as it
//! is (`$reject`). Where they complete that it is somebody else's, it leaves as one called back.

use access::{
    App, Refused,
    report::{Came, Flagged, LONGEST, Wrong},
};
use ambient::Id;
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use fhir::{Issue, Problem, instant};
use http::StatusCode;
use serde_json::{Value, json};

use super::{CODES, no_longer, owner};
use crate::{
    bearer::Software,
    body,
    client::UPDATE,
    identity::not_received,
    outcome::{Outcome, resource},
};

/// Where the reason of a refusal stands.
const REASON: &str = "Parameters.parameter.where(name = 'reason').value";

/// `$receive`: it was seen.
pub(crate) async fn receive(
    State(app): State<App>,
    software: Software,
    Path(id): Path<String>,
) -> Result<Response, Outcome> {
    answer(&app, &software, &id, &Came::Seen).await
}

/// `$complete`: the document is corrected, or replaced; or is somebody else's indeed, and leaves.
pub(crate) async fn complete(
    State(app): State<App>,
    software: Software,
    Path(id): Path<String>,
) -> Result<Response, Outcome> {
    answer(&app, &software, &id, &Came::Corrected).await
}

/// `$reject`: it stays as it is, and the person reads why.
pub(crate) async fn reject(
    State(app): State<App>,
    software: Software,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Outcome> {
    software.needs(UPDATE)?;
    let bytes = body::read(&app, request).await?;
    // Who may not know of a task learns nothing from how a request is refused.
    one(&app, &software, &id).await?;
    let reason = reason(&fhir::check(&bytes)?)?;
    answer(&app, &software, &id, &Came::Refused { reason }).await
}

fn reason(asked: &Value) -> Result<String, Problem> {
    let all = asked.get("parameter").and_then(Value::as_array);
    let named = |one: &&Value| one.get("name").and_then(Value::as_str) == Some("reason");
    let reason = all.and_then(|all| all.iter().find(named));
    let reason = reason.and_then(|one| one.get("valueString")?.as_str());
    let words = reason.unwrap_or_default().split_whitespace();
    let words = words.collect::<Vec<_>>().join(" ");
    match words.chars().count() {
        1..=LONGEST => Ok(words),
        _ => Err(Problem::error(
            Issue::Required,
            REASON,
            format!("Dites pourquoi, en {LONGEST} signes au plus\u{a0}: la personne le lira."),
        )),
    }
}

async fn answer(
    app: &App,
    software: &Software,
    id: &str,
    came: &Came,
) -> Result<Response, Outcome> {
    software.needs(UPDATE)?;
    let (id, flagged) = one(app, software, id).await?;
    let record = flagged.record.ok_or_else(no_longer)?;
    let said = documents::reported::answer(app, &software.viewer, (record, id), came).await;
    match said {
        Ok(()) => {}
        Err(Refused::Failed(error)) => return Err(error.into()),
        // Answered before, or the space takes nothing any more.
        Err(_) => return Err(no_longer().into()),
    }
    // Their copy follows by a job; here is what it will say.
    let mut now = flagged;
    (now.came, now.changed) = (came.clone(), app.now());
    Ok(resource(StatusCode::OK, &task(id, &now)))
}

async fn one(app: &App, software: &Software, id: &str) -> Result<(Id, Flagged), Outcome> {
    let id: Id = id.parse().map_err(|_| Problem::not_found())?;
    let found = find(app, software, id).await?;
    Ok((id, found.ok_or_else(Problem::not_found)?))
}

/// A report of the caller's documents.
pub(super) async fn find(
    app: &App,
    software: &Software,
    id: Id,
) -> Result<Option<Flagged>, Outcome> {
    let all = all(app, software).await?.into_iter();
    let found = |(known, one)| (known == id).then_some(one);
    Ok({ all }.find_map(found))
}

/// Every report of the caller's documents.
pub(super) async fn all(app: &App, software: &Software) -> Result<Vec<(Id, Flagged)>, Outcome> {
    let all = app.gate.flagged(&owner(software)).await;
    all.map_err(not_received)
}

/// A report as FHIR has it.
pub(super) fn task(id: Id, flagged: &Flagged) -> Value {
    let status = match flagged.came {
        Came::Sent => "requested",
        Came::Seen => "received",
        Came::Corrected => "completed",
        Came::Refused { .. } => "rejected",
        Came::Theirs | Came::Ended => "cancelled",
    };
    let (code, told) = match flagged.wrong {
        Wrong::Error => (
            "error",
            "Un document que vous avez déposé est signalé comme contenant une erreur.",
        ),
        Wrong::Unreadable => (
            "unreadable",
            "Un document que vous avez déposé est signalé comme illisible.",
        ),
        Wrong::OtherPerson => (
            "other-patient",
            "Un document que vous avez déposé est signalé comme n’étant pas à cette personne.",
        ),
    };
    let mut task = json!({
        "resourceType": "Task",
        "id": id,
        "status": status,
        "intent": "order",
        "code": {"coding": [{"system": CODES, "code": "review-document"}]},
        "description": told,
        "focus": {
            "type": "DocumentReference",
            "identifier": {"system": "urn:ietf:rfc:3986", "value": flagged.unique_id},
        },
        "authoredOn": instant(flagged.at),
        "lastModified": instant(flagged.changed),
        "reasonCode": {"coding": [{"system": CODES, "code": code}]},
    });
    if flagged.came.is_open() && !flagged.words.is_empty() {
        task["note"] = json!([{"text": flagged.words}]);
    }
    if !flagged.profession.is_empty() {
        task["requester"] = json!({"display": flagged.profession});
    }
    match &flagged.came {
        Came::Refused { reason } => task["statusReason"] = json!({"text": reason}),
        Came::Theirs => {
            let told = "La personne dit que ce document est bien à elle.";
            task["statusReason"] = json!({"text": told});
        }
        _ => {}
    }
    task
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use vault::RecordId;

    use super::*;

    #[test]
    fn a_report_is_fhir_and_names_nobody() {
        let record = RecordId(Id([9; 16]));
        let reason = "La date est la bonne.".to_owned();
        for (came, status) in [
            (Came::Sent, "requested"),
            (Came::Seen, "received"),
            (Came::Corrected, "completed"),
            (Came::Refused { reason }, "rejected"),
            (Came::Theirs, "cancelled"),
            (Came::Ended, "cancelled"),
        ] {
            let flagged = Flagged {
                record: Some(record),
                unique_id: "urn:oid:1.2.3".to_owned(),
                wrong: Wrong::Error,
                words: "La date".to_owned(),
                profession: "Médecin".to_owned(),
                at: Timestamp::UNIX_EPOCH,
                came,
                changed: Timestamp::UNIX_EPOCH,
                step: 0,
            };
            let task = task(Id([1; 16]), &flagged);
            let text = task.to_string();
            assert_eq!(task["status"], status);
            assert!(fhir::check(text.as_bytes()).is_ok(), "{text}");
            assert!(!text.contains(&record.0.to_string()));
        }
    }

    #[test]
    fn a_refusal_says_why_within_bounds() {
        let asked = |text: &str| {
            let one = json!({"name": "reason", "valueString": text});
            json!({"resourceType": "Parameters", "parameter": [one]})
        };
        assert_eq!(reason(&asked(" La\n date ")).expect("read"), "La date");
        for bad in [asked(" "), asked(&"x".repeat(501)), json!({})] {
            assert_eq!(reason(&bad).expect_err("refused").expression, REASON);
        }
    }
}
