//! The bytes of a deposit, within bounds.

use std::error::Error as _;

use access::App;
use axum::extract::Request;
use bytes::Bytes;
use fhir::{Issue, Problem};
use http::{HeaderMap, StatusCode, header};
use http_body_util::LengthLimitError;

use crate::outcome::Outcome;

/// The media type of a request, without its parameters, in small letters; empty when it has none.
pub(crate) fn media_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next());
    essence.unwrap_or_default().trim().to_ascii_lowercase()
}

/// Takes the body of a FHIR request: JSON, of `deposit_bytes` at most.
pub(crate) async fn read(app: &App, request: Request) -> Result<Bytes, Outcome> {
    let kind = media_type(request.headers());
    if !matches!(kind.as_str(), "application/fhir+json" | "application/json") {
        return Err(Outcome::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::error(
                Issue::NotSupported,
                "",
                "Le contenu attendu est du FHIR en JSON (application/fhir+json).",
            ),
        ));
    }
    let most = app.limits.deposit_bytes;
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return Err(too_long(most));
    }
    axum::body::to_bytes(request.into_body(), most)
        .await
        .map_err(|error| match is_limit(&error) {
            true => too_long(most),
            false => Problem::invalid("La demande a été interrompue.").into(),
        })
}

fn too_long(most: usize) -> Outcome {
    let text = format!("Une demande compte au plus {most} octets.");
    Problem::too_long(text).into()
}

/// Whether reading stopped at the limit, and not for a broken connection.
fn is_limit(error: &axum::Error) -> bool {
    error
        .source()
        .is_some_and(|cause| cause.is::<LengthLimitError>())
}
