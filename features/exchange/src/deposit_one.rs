//! `POST /fhir/DocumentReference`: one document with its file inside (ITI-105).

use access::App;
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use fhir::operation_outcome;
use http::{HeaderMap, HeaderName, StatusCode, header};

use crate::{
    bearer::Software,
    body,
    client::DOCUMENT,
    intake::{self, Way},
    keep,
    outcome::{Outcome, resource},
    project,
};

const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Keeps the document: 201; or 200, when it was there already.
pub(crate) async fn deposit_one(
    State(app): State<App>,
    software: Software,
    request: Request,
) -> Result<Response, Outcome> {
    software.needs(DOCUMENT)?;
    let wanted = Return::of(request.headers());
    let bytes = body::read(&app, request).await?;
    let deposit = intake::read(&app, &software, bytes, Way::One).await?;
    let kept = keep::keep(&app, &software, &deposit).await?;
    let (Some(paper), Some(kept)) = (deposit.papers.first(), kept.first()) else {
        return Err(anyhow::anyhow!("a deposit without its document").into());
    };
    let origin = app.site.origin.as_str();
    let (status, made) = match kept.new {
        true => (StatusCode::CREATED, Some(app.now())),
        false => (StatusCode::OK, None),
    };
    let headers = [
        (header::LOCATION, project::location(origin, kept.id)),
        (header::ETAG, "W/\"1\"".to_owned()),
    ];
    let answer = match wanted {
        Return::Nothing => status.into_response(),
        Return::Resource => resource(status, &project::deposited(paper, kept.id, made, origin)),
        Return::Outcome => resource(status, &operation_outcome(&deposit.warnings)),
    };
    Ok((headers, answer).into_response())
}

/// What the sender wants back (FHIR R4, `Prefer: return=…`). Warnings come as an outcome.
enum Return {
    Nothing,
    Resource,
    Outcome,
}

impl Return {
    fn of(headers: &HeaderMap) -> Self {
        let all = headers.get_all(PREFER).iter();
        let mut words = all
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split([',', ';']))
            .filter_map(|word| word.trim().strip_prefix("return="));
        match words.next() {
            Some("minimal") => Self::Nothing,
            Some("OperationOutcome") => Self::Outcome,
            _ => Self::Resource,
        }
    }
}
