//! `PATCH /fhir/DocumentReference`: what the author of a document changes of it (PDSm, « mise à
//! jour »): withdraws it, archives it, says who may see it. Nothing else, and nobody else.

use access::{Act, App, Flags, Refused};
use ambient::Id;
use axum::{
    extract::{Path, Query, Request, State},
    response::Response,
};
use documents::{BY_UNIQUE_ID, Correction, Documents, Uncorrected};
use fhir::{
    Identifier, Issue, Problem,
    pdsm::{self, Change},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use vault::RecordId;

use crate::{
    bearer::Software,
    body,
    client::UPDATE,
    outcome::{Outcome, resource},
};

/// Which document.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    /// `system|value`, or the value alone.
    #[serde(default)]
    identifier: String,
}

/// By its `uniqueId`.
pub(crate) async fn by_name(
    State(app): State<App>,
    software: Software,
    Query(named): Query<Named>,
    request: Request,
) -> Result<Response, Outcome> {
    let correction = read(&app, &software, request).await?;
    let (system, value) = match named.identifier.split_once('|') {
        Some((system, value)) => (Some(system), value),
        None => (None, named.identifier.as_str()),
    };
    let system = system.filter(|system| !system.is_empty());
    let name = Identifier { system, value }.canonical();
    let record = app.store.locate(BY_UNIQUE_ID, &name).await?;
    let record = record.ok_or_else(unknown)?;
    let id = named_so(&app, &software, record, &name).await?;
    correct(&app, &software, record, id, &correction).await
}

/// By the address that we gave it.
pub(crate) async fn by_id(
    State(app): State<App>,
    software: Software,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Outcome> {
    let correction = read(&app, &software, request).await?;
    let id: Id = id.parse().map_err(|_| unknown())?;
    for record in app.store.records_of(id).await? {
        match correct(&app, &software, record, id, &correction).await {
            Err(outcome) if outcome.is_not_found() => {}
            other => return other,
        }
    }
    Err(unknown().into())
}

async fn read(app: &App, software: &Software, request: Request) -> Result<Correction, Outcome> {
    software.needs(UPDATE)?;
    let bytes = body::read(app, request).await?;
    let patch = fhir::check(&bytes)?;
    Ok(correction(&pdsm::read_update(&patch)?)?)
}

/// What a patch comes to.
fn correction(changes: &[Change]) -> Result<Correction, Problem> {
    let mut wanted = Correction::default();
    let mut labels = Vec::new();
    for change in changes {
        match change {
            // One page of the profile says the first, another the second.
            Change::Status(status) if matches!(&**status, "entered-in-error" | "superseded") => {
                wanted.withdrawn = true;
            }
            Change::Status(_) => {
                return Err(Problem::error(
                    Issue::BusinessRule,
                    "DocumentReference.status",
                    "Un document se retire (entered-in-error)\u{a0}; il ne redevient pas courant.",
                ));
            }
            Change::Label(code) => labels.push(code.as_str()),
            Change::Archived(archived) => wanted.archived = Some(*archived),
        }
    }
    if labels.is_empty() {
        return Ok(wanted);
    }
    let flags = Flags::of_codes(labels);
    if flags.unknown || (flags.professionals && flags.patient) {
        return Err(Problem::error(
            Issue::BusinessRule,
            "DocumentReference.securityLabel",
            "Code de confidentialité inconnu, ou combinaison interdite.",
        ));
    }
    wanted.flags = Some(flags);
    Ok(wanted)
}

/// Why nothing is corrected.
enum Stop {
    Not(Uncorrected),
    Unknown,
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Not(refused.into())
    }
}

/// The id of the sender's document of that name; the same answer for what is not theirs.
async fn named_so(
    app: &App,
    software: &Software,
    record: RecordId,
    name: &str,
) -> Result<Id, Outcome> {
    let clearance = enter(app, software, record, Act::Withdraw).await?;
    // A look for what to change is no look at it: nothing is shown, and the change has its line.
    let found = clearance.named(|scope: &access::Scope<'_, Documents>| {
        let mut mine = scope.things_to(Act::Withdraw);
        mine.find(|document| {
            let stored = document.stored();
            stored.is_ok_and(|stored| stored.own.unique_id == name)
        })
        .map(documents::Document::id)
    });
    let found = found.await.map_err(refused)?;
    Ok(found.ok_or_else(unknown)?)
}

async fn enter<'a>(
    app: &'a App,
    software: &'a Software,
    record: RecordId,
    act: Act,
) -> Result<access::Clearance<'a>, Outcome> {
    let entered = app.gate.enter(&software.viewer, record, act).await;
    entered.map_err(refused)
}

fn refused(refused: Refused) -> Outcome {
    match refused {
        Refused::Failed(error) => error.into(),
        _ => unknown().into(),
    }
}

async fn correct(
    app: &App,
    software: &Software,
    record: RecordId,
    id: Id,
    wanted: &Correction,
) -> Result<Response, Outcome> {
    let clearance = enter(app, software, record, Act::Withdraw).await?;
    let waits = clearance.named(|scope| documents::waits(scope, id).ok());
    let waits = waits.await.map_err(refused)?.ok_or_else(unknown)?;
    let shows = waits && wanted.flags.is_some_and(|flags| !flags.patient);
    let act = match shows && !wanted.withdrawn {
        true => Act::Disclose,
        false => Act::Withdraw,
    };
    let clearance = enter(app, software, record, act).await?;
    let done = clearance
        .act_on::<Documents, Value, Stop>(|scope| {
            documents::correct(app, scope, record, id, wanted).map_err(|why| match why {
                Uncorrected::Refused(Refused::No(_) | Refused::NotFound) => Stop::Unknown,
                other => Stop::Not(other),
            })
        })
        .await;
    match done {
        Ok(answer) => Ok(resource(StatusCode::OK, &answer)),
        Err(Stop::Unknown) => Err(unknown().into()),
        Err(Stop::Not(Uncorrected::Refused(why))) => Err(refused(why)),
        Err(Stop::Not(Uncorrected::Gone)) => Err(Problem::error(
            Issue::Conflict,
            "DocumentReference.status",
            "Ce document est déjà retiré.",
        )
        .into()),
        Err(Stop::Not(Uncorrected::Known)) => Err(Problem::error(
            Issue::BusinessRule,
            "DocumentReference.securityLabel",
            "La personne connaît déjà ce document\u{a0}: il ne peut plus attendre une consultation.",
        )
        .into()),
    }
}

/// There is no such document, or another software deposited it.
fn unknown() -> Problem {
    Problem::not_found()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patch_comes_to_a_correction_or_a_reason() {
        let label = |code: &str| Change::Label(code.to_owned());
        let status = |code: &str| correction(&[Change::Status(code.to_owned())]);
        for code in ["entered-in-error", "superseded"] {
            assert!(status(code).expect("read").withdrawn);
        }
        assert!(status("current").is_err());
        let shown = correction(&[label("N"), Change::Archived(true)]).expect("read");
        assert_eq!(shown.flags, Some(Flags::default()));
        assert_eq!((shown.archived, shown.withdrawn), (Some(true), false));
        assert!(correction(&[label("SECRET")]).is_err());
        assert!(correction(&[label("MASQUE_PS"), label("INVISIBLE_PATIENT")]).is_err());
    }
}
