//! What software says to Carnet: the FHIR front and the OAuth token endpoint.
//!
//! Software of a hospital, a laboratory or a practice has the duty to feed the
//! record (L.1111-15 CSP). It proves who it is with its key ([`Client`],
//! `private_key_jwt`), gets a token for five minutes, and deposits documents in
//! one of the two ways of PDSm: a transaction (ITI-65) or one document (ITI-105).
//! It writes and never reads: no answer says more of a person than it said itself. Software of a
//! professional reads in their name ([`connected`]).
//!
//! A deposit passes the same steps either way: `body` takes the bytes within
//! bounds, `intake` reads them off the request threads and finds out what each
//! file is (`paper`), `identity` confirms the person, `keep` recognises
//! what is there already and appends the rest, all or nothing. `import` takes a file of
//! another system through the same steps.

mod audit;
mod audit_query;
mod bearer;
mod body;
mod client;
mod connected;
mod deposit;
mod deposit_one;
mod file;
mod identity;
mod import;
mod intake;
mod keep;
mod metadata;
mod outcome;
mod paper;
mod project;
mod task;
mod token;
mod update;

use std::sync::Arc;

use access::App;
use axum::{
    Extension, Router,
    routing::{get, post},
};
use practice::ProSanteConnect;

pub use bearer::Software;
pub use client::{BadClient, Client, IN_A_NAME, SCOPES, Signatory};
pub use import::{Imported, Refusal, import};
pub use task::{GIVE, RECALL, give, recall};

/// The routes of this feature: for programs, not for browsers (`Site::machines`).
/// `identity` vouches for professionals who read with software of their own.
pub fn routes(identity: Arc<ProSanteConnect>) -> Router<App> {
    let closed = || get(metadata::closed).fallback(metadata::not_allowed);
    Router::new()
        .route(
            "/oauth/token",
            post(token::token).fallback(metadata::not_allowed),
        )
        .route(
            "/oauth/revoke",
            post(connected::revoke).fallback(metadata::not_allowed),
        )
        .route("/.well-known/smart-configuration", get(metadata::smart))
        .route(
            "/fhir/.well-known/smart-configuration",
            get(metadata::smart).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/metadata",
            get(metadata::capabilities).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir",
            post(deposit::deposit).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/",
            post(deposit::deposit).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/DocumentReference",
            get(connected::got)
                .fallback(metadata::not_allowed)
                .post(deposit_one::deposit_one)
                .patch(update::by_name),
        )
        .route(
            "/fhir/DocumentReference/_search",
            post(connected::posted).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/DocumentReference/{id}",
            get(connected::metadata)
                .fallback(metadata::not_allowed)
                .patch(update::by_id),
        )
        .route("/fhir/DocumentReference/{id}/_history/{version}", closed())
        .route(
            "/fhir/Binary/{id}",
            get(connected::bytes).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/AuditEvent",
            get(audit::search).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/AuditEvent/{line}",
            get(audit::read).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/Task",
            get(task::list)
                .post(task::ask)
                .fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/Task/{id}",
            get(task::read).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/Task/{id}/$reassign",
            post(task::reassign).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/Task/{id}/$discard",
            post(task::discard).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/Task/{id}/$approve",
            post(task::approve).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/Task/{id}/$receive",
            post(task::receive).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/Task/{id}/$complete",
            post(task::complete).fallback(metadata::not_allowed),
        )
        .route(
            "/fhir/Task/{id}/$reject",
            post(task::reject).fallback(metadata::not_allowed),
        )
        .route("/fhir/{*rest}", axum::routing::any(metadata::unknown))
        .layer(Extension(identity))
}
