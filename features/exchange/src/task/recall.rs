//! `POST /fhir/Task`: a depositor calls a batch of its documents back. Two of its people sign the
//! list (`$approve`); a job takes the documents out one after the other, and the task says what
//! became of each.

use std::sync::Arc;

use access::{
    Acting, App, Authenticated, Depositor, Level, Viewer,
    aside::{NotApproved, Outcome as Came, Owner, Recall},
    warrant::Operator,
};
use ambient::Id;
use anyhow::Context;
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use fhir::{Identifier, Issue, Problem, instant};
use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::{With, store::NewJob};

use super::{CODES, owner};
use crate::{
    bearer::{Software, account},
    body,
    client::{Client, UPDATE},
    identity::not_received,
    outcome::{Outcome, resource},
};

/// The name of the job.
pub const RECALL: &str = "recall";
/// Documents of one batch.
const MOST: usize = 10_000;
/// Characters of the reason, and of a name.
const LINE: usize = 300;
/// Documents that one run of the job takes out.
const AT_ONCE: usize = 50;

#[derive(Debug, Serialize, Deserialize)]
struct Recalling {
    depositor: Depositor,
    recall: Id,
}

/// Asks for a batch; gives the text to sign.
pub(crate) async fn ask(
    State(app): State<App>,
    software: Software,
    request: Request,
) -> Result<Response, Outcome> {
    software.needs(UPDATE)?;
    let bytes = body::read(&app, request).await?;
    let asked = fhir::check(&bytes)?;
    let people = people(&app, &software).await?;
    if people.len() < 2 {
        return Err(Problem::forbidden(
            "Un rappel demande l’accord signé de deux personnes, et ce logiciel n’en a pas deux de déclarées.",
        )
        .into());
    }
    let recall = read(&asked, app.now())?;
    let (id, owner) = (app.gate.id(), owner(&software));
    let new = |_: Option<&Recall>| Some(recall.clone());
    let put = app.gate.put_recall(&owner, id, new, With::nothing).await;
    put.map_err(not_received)?;
    let task = task(id, &recall, &software.depositor.client_id, &people);
    Ok(resource(StatusCode::CREATED, &task))
}

/// What a `Task` asks for.
fn read(asked: &Value, now: Timestamp) -> Result<Recall, Problem> {
    let code = asked.pointer("/code/coding/0/code").and_then(Value::as_str);
    if asked["resourceType"] != "Task" || code != Some("recall") {
        let text = "Une tâche (Task) de code «\u{a0}recall\u{a0}» est attendue.";
        return Err(Problem::error(Issue::CodeInvalid, "Task.code", text));
    }
    let reason = asked.pointer("/reasonCode/text").and_then(Value::as_str);
    let reason = reason.unwrap_or_default().split_whitespace();
    let reason = reason.collect::<Vec<_>>().join(" ");
    if reason.is_empty() || reason.chars().count() > LINE {
        let text = format!("Dites pourquoi, en {LINE} signes au plus.");
        return Err(Problem::error(
            Issue::Required,
            "Task.reasonCode.text",
            text,
        ));
    }
    let inputs = asked.get("input").and_then(Value::as_array);
    let mut names: Vec<String> = vec![];
    for (at, input) in inputs.into_iter().flatten().enumerate() {
        let name = input.get("valueIdentifier").and_then(Identifier::of);
        let place = || format!("Task.input[{at}].valueIdentifier");
        let name = name.ok_or_else(|| {
            let text = "L’identifiant unique d’un document est attendu.";
            Problem::error(Issue::Required, place(), text)
        })?;
        let name = name.canonical();
        // It is signed as one line.
        if name.len() > LINE || name.chars().any(char::is_control) {
            let text = "Cet identifiant n’est celui d’aucun document.";
            return Err(Problem::error(Issue::Value, place(), text));
        }
        names.push(name);
    }
    names.sort_unstable();
    names.dedup();
    if names.is_empty() || names.len() > MOST {
        let text = format!("Un rappel porte sur 1 à {MOST} documents.");
        return Err(Problem::error(Issue::Required, "Task.input", text));
    }
    Ok(Recall {
        asked: now,
        at: now,
        reason,
        names,
        approvals: vec![],
        outcomes: vec![],
    })
}

/// `POST /fhir/Task/{id}/$approve`: adds the signature of one of the depositor's people.
pub(crate) async fn approve(
    State(app): State<App>,
    software: Software,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Outcome> {
    software.needs(UPDATE)?;
    let bytes = body::read(&app, request).await?;
    let id: Id = id.parse().map_err(|_| Problem::not_found())?;
    let (owner, client) = (owner(&software), software.depositor.client_id.as_str());
    let known = one(&app, &owner, id).await?;
    let known = known.ok_or_else(Problem::not_found)?;
    let asked = fhir::check(&bytes)?;
    let signature = asked.pointer("/parameter/0/valueString");
    let signature = signature.and_then(Value::as_str).unwrap_or_default().trim();
    let people = people(&app, &software).await?;
    let (now, text) = (app.now(), known.text(id, client));
    let next = known.approved(&text, &people, signature, now);
    let next = next.map_err(refusal)?;
    let enough = next.is_approved(&text, &people);
    let work = || match enough {
        true => recalling(&app, &software.depositor, id, now),
        false => With::nothing(),
    };
    // Another signature may have come meanwhile: then this one is to be sent again.
    let over = |held: Option<&Recall>| (held == Some(&known)).then(|| next.clone());
    let put = app.gate.put_recall(&owner, id, over, work).await;
    if !put.map_err(not_received)? {
        return Err(Outcome::busy());
    }
    let task = task(id, &next, client, &people);
    Ok(resource(StatusCode::OK, &task))
}

fn refusal(not: NotApproved) -> Problem {
    let (issue, text) = match not {
        NotApproved::Stranger => (
            Issue::BusinessRule,
            "Cette signature n’est celle d’aucune des personnes déclarées pour ce logiciel, ou porte sur un autre texte.",
        ),
        NotApproved::Ended => (
            Issue::Conflict,
            "Ce rappel a été demandé il y a plus d’un jour\u{a0}: demandez de nouveau.",
        ),
        NotApproved::Enough => (Issue::Conflict, "Deux personnes ont déjà signé."),
    };
    Problem::error(issue, "Parameters.parameter[0].value", text)
}

/// The people of the calling software who may call documents back.
pub(super) async fn people(app: &App, software: &Software) -> Result<Vec<Operator>, Outcome> {
    let client = Client::of(&app.store, &software.depositor.client_id).await?;
    let people = client.map(|client| client.people).unwrap_or_default();
    let people = people.into_iter().map(|one| Operator {
        name: one.name,
        key: one.key,
    });
    Ok(people.collect())
}

async fn one(app: &App, owner: &Owner, id: Id) -> Result<Option<Recall>, Outcome> {
    let all = app.gate.recalls(owner).await.map_err(not_received)?;
    let found = |(known, one)| (known == id).then_some(one);
    Ok(all.into_iter().find_map(found))
}

fn recalling(app: &App, depositor: &Depositor, recall: Id, now: Timestamp) -> With {
    let recalling = Recalling {
        depositor: depositor.clone(),
        recall,
    };
    app.store.enqueue(NewJob {
        name: RECALL,
        // Each run that leaves something enqueues the next one.
        dedup: None,
        due: now,
        payload: serde_json::to_vec(&recalling).expect("names are JSON"),
    })
}

/// Does the job [`RECALL`]: takes some documents out and notes what became of each. Run again, it
/// goes on.
///
/// # Errors
/// When a record does not open or a store fails.
pub async fn recall(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let Recalling {
        depositor,
        recall: id,
    } = serde_json::from_slice(payload).context("a recall")?;
    let owner = Owner::Software(depositor.client_id.clone());
    let viewer = Viewer {
        account: account(app, &depositor.client_id),
        acting: Acting::Depositor(Arc::new(depositor.clone())),
        authenticated: Authenticated {
            level: Level::Machine,
            at: app.now(),
        },
    };
    let failed = |refused| anyhow::anyhow!("a recall is not read: {refused:?}");
    let all = app.gate.recalls(&owner).await.map_err(failed)?;
    let Some((_, before)) = all.into_iter().find(|(known, _)| *known == id) else {
        return Ok(());
    };
    let mut outcomes = before.outcomes.clone();
    for name in before.names.iter().skip(outcomes.len()).take(AT_ONCE) {
        let came = documents::astray::recall(app, &viewer, &owner, name);
        outcomes.push(came.await?);
    }
    let (now, more) = (app.now(), outcomes.len() < before.names.len());
    // Another run of the same work may have been faster.
    let next = |known: Option<&Recall>| {
        let known = known.filter(|known| known.outcomes.len() < outcomes.len())?;
        Some(Recall {
            at: now,
            outcomes: outcomes.clone(),
            ..known.clone()
        })
    };
    let work = || match more {
        true => recalling(app, &depositor, id, now),
        false => With::nothing(),
    };
    let put = app.gate.put_recall(&owner, id, next, work).await;
    put.map(drop).map_err(failed)
}

/// A batch as FHIR has it: the text to sign while it waits, then what became of each document.
pub(super) fn task(id: Id, recall: &Recall, client: &str, people: &[Operator]) -> Value {
    let text = recall.text(id, client);
    let approved = recall.is_approved(&text, people) || !recall.outcomes.is_empty();
    let status = match (approved, recall.is_done()) {
        (false, _) => "requested",
        (true, false) => "in-progress",
        (true, true) => "completed",
    };
    let named = |name: &str| json!({"system": "urn:ietf:rfc:3986", "value": name});
    let inputs = recall.names.iter();
    let inputs =
        inputs.map(|name| json!({"type": {"text": "uniqueId"}, "valueIdentifier": named(name)}));
    let outputs = recall.names.iter().zip(&recall.outcomes);
    let outputs = outputs.map(|(name, came)| {
        let code = match came {
            Came::Recalled => "recalled",
            Came::Gone => "gone",
            Came::Unknown => "unknown",
        };
        json!({
            "type": {"coding": [{"system": CODES, "code": code}]},
            "valueIdentifier": named(name),
        })
    });
    let done = format!("{}/{}", recall.outcomes.len(), recall.names.len());
    let mut task = json!({
        "resourceType": "Task",
        "id": id,
        "status": status,
        "businessStatus": {"text": done},
        "intent": "order",
        "code": {"coding": [{"system": CODES, "code": "recall"}]},
        "authoredOn": instant(recall.asked),
        "lastModified": instant(recall.at),
        "reasonCode": {"text": recall.reason},
        "input": inputs.collect::<Vec<_>>(),
    });
    if !approved {
        task["description"] = text.into();
    }
    if !recall.outcomes.is_empty() {
        task["output"] = outputs.collect();
    }
    task
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_read_or_says_where_it_is_wrong() {
        let now = Timestamp::UNIX_EPOCH;
        let input = |name: &str| {
            let name = json!({"system": "urn:ietf:rfc:3986", "value": name});
            json!({"type": {"text": "uniqueId"}, "valueIdentifier": name})
        };
        let mut asked = json!({"resourceType": "Task", "status": "requested", "intent": "order",
            "code": {"coding": [{"system": CODES, "code": "recall"}]},
            "reasonCode": {"text": " Fusion\n d’identités "},
            "input": [input("urn:oid:1.2.4"), input("urn:oid:1.2.3"), input("urn:oid:1.2.4")]});
        let recall = read(&asked, now).expect("read");
        assert_eq!(recall.names, ["urn:oid:1.2.3", "urn:oid:1.2.4"]);
        assert_eq!(recall.reason, "Fusion d’identités");
        let shown = task(Id([1; 16]), &recall, "labo", &[]);
        assert_eq!(shown["status"], "requested");
        fhir::check(shown.to_string().as_bytes()).expect("valid FHIR");
        let place = |asked: &Value| read(asked, now).expect_err("refused").expression;
        asked["input"] = json!([]);
        assert_eq!(place(&asked), "Task.input");
        asked["input"] = json!([{"type": {"text": "x"}, "valueString": "x"}]);
        assert_eq!(place(&asked), "Task.input[0].valueIdentifier");
        asked["reasonCode"] = json!({"text": " "});
        assert_eq!(place(&asked), "Task.reasonCode.text");
        asked["code"] = json!({"text": "x"});
        assert_eq!(place(&asked), "Task.code");
    }
}
