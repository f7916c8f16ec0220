//! What the service says of itself, and the answers to what it does not do.

use access::App;
use axum::{Json, extract::State, response::Response};
use fhir::{Problem, capability_statement};
use http::{Method, StatusCode};
use oauth::exchange::GRANT;
use serde_json::{Value, json};

use crate::{
    client::{FIND, IN_A_NAME, SCOPES},
    connected::{PARAMETERS, Reader},
    outcome::{Outcome, resource},
};

/// `GET /fhir/metadata`: what can be done here.
pub(crate) async fn capabilities(State(app): State<App>) -> Response {
    let base = format!("{}/fhir", app.site.origin);
    let version = env!("CARGO_PKG_VERSION");
    let mut statement = capability_statement(version, &base, app.now(), &PARAMETERS);
    // Software creates documents here and changes its own; in a professional's name it searches and reads.
    if let Some(rest) = statement.pointer_mut("/rest/0") {
        let mut document = rest["resource"][0].take();
        let binary = rest["resource"][1].take();
        let codes = ["create", "patch", "read", "search-type"].map(|code| json!({"code": code}));
        document["interaction"] = json!(codes);
        let parameters =
            crate::audit_query::PARAMETERS.map(|(name, kind)| json!({"name": name, "type": kind}));
        // A person reads their own history, by the session of their pages.
        let traces = json!({
            "type": "AuditEvent",
            "interaction": [{"code": "read"}, {"code": "search-type"}],
            "searchParam": parameters,
        });
        let operation = |name: &str| json!({"name": name, "definition": format!("{base}/OperationDefinition/{name}")});
        // What is asked of a depositor whose document stood in the wrong record.
        let tasks = json!({
            "type": "Task",
            "interaction": [{"code": "read"}, {"code": "search-type"}, {"code": "create"}],
            "operation": [operation("reassign"), operation("discard"), operation("approve")],
        });
        rest["resource"] = json!([document, binary, traces, tasks]);
    }
    resource(StatusCode::OK, &statement)
}

/// `GET /.well-known/smart-configuration`: where tokens come from (SMART App Launch 2.2).
pub(crate) async fn smart(State(app): State<App>) -> Json<Value> {
    let origin = &app.site.origin;
    let scopes = [&SCOPES[..], &IN_A_NAME].concat();
    Json(json!({
        "issuer": origin,
        "token_endpoint": format!("{origin}/oauth/token"),
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported":
            ["ES256", "ES384", "RS256", "RS384", "PS256"],
        "revocation_endpoint": format!("{origin}/oauth/revoke"),
        "grant_types_supported": ["client_credentials", GRANT],
        "scopes_supported": scopes,
        "code_challenge_methods_supported": ["S256"],
        "capabilities": ["client-confidential-asymmetric", "permission-v2"],
    }))
}

/// Reading and searching: software feeds documents and reads none of its own.
pub(crate) async fn closed(reader: Reader) -> Outcome {
    match reader.needs(FIND) {
        Ok(()) => Problem::forbidden("Cette lecture n’est pas prise en charge.").into(),
        Err(outcome) => outcome,
    }
}

/// A method that this address never takes.
pub(crate) async fn not_allowed(method: Method) -> Outcome {
    Problem::not_allowed(match method {
        Method::DELETE => "Un document ne s’efface pas\u{a0}: son auteur le remplace ou le retire.",
        _ => "Cette méthode n’est pas prise en charge à cette adresse.",
    })
    .into()
}

/// No such address.
pub(crate) async fn unknown(method: Method) -> Outcome {
    match method {
        Method::DELETE => not_allowed(method).await,
        _ => Problem::not_found().into(),
    }
}
