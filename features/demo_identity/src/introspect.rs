//! `POST /introspect`: a client asks about an access token (RFC 7662), its own or another client's: what
//! a service does to which software shows the token of its user.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use oauth::{
    answer::OAuthError,
    token::{Kind, Token},
};
use serde_json::{Value, json};

use crate::{
    Provider,
    back_channel::{believed, refusal},
};

/// Where it is asked, below the issuer.
pub(crate) const ENDPOINT: &str = "introspect";

/// Says what a token is good for, or that it is good for nothing.
pub(crate) async fn introspect(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    form: String,
) -> Response {
    match said(&provider, &headers, &form) {
        Ok(body) => ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response(),
        Err(error) => refusal(&error),
    }
}

fn said(provider: &Provider, headers: &HeaderMap, form: &str) -> Result<Value, OAuthError> {
    let (form, _) = believed(provider, headers, form)?;
    let token = Token::parse(Kind::Access, form.get("token").unwrap_or_default());
    let memory = provider.memory();
    let opened = token.ok();
    let opened = opened.and_then(|token| memory.opened(token.hash(), provider.now()));
    let Some(opened) = opened else {
        return Ok(json!({"active": false}));
    };
    let grant = &opened.grant;
    Ok(json!({
        "active": true,
        "iss": provider.issuer.name,
        "typ": "Bearer",
        "sub": grant.subject,
        "azp": grant.client_id,
        "client_id": grant.client_id,
        "scope": grant.scope.join(" "),
        "acr": grant.acr,
        "auth_time": memory.mischief.shown(grant.auth_time.as_second()),
        "iat": opened.since.as_second(),
        "exp": opened.expires_at.as_second(),
    }))
}
