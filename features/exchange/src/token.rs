//! `POST /oauth/token`: an access token for software that proves who it is.
//!
//! Client credentials (RFC 6749 §4.4) with a signed assertion (RFC 7523), as
//! SMART Backend Services has it: no person takes part. Or the token of a professional who signed in
//! to the software, exchanged (RFC 8693): see [`crate::connected`].

use std::sync::Arc;

use access::{App, Depositor};
use ambient::Id;
use axum::{
    Extension, Json,
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use oauth::{
    SKEW,
    answer::{ErrorCode, OAuthError, TokenResponse},
    params::Params,
    provider::{Presented, TokenRequest},
    token::{Kind, Token},
};
use practice::ProSanteConnect;
use serde_json::Value;

use crate::{
    bearer::{Granted, is_suspended},
    body,
    client::Client,
    connected,
};

/// The longest request: an assertion with a long certificate chain in its header fits.
const MOST: usize = 64 * 1024;

/// A refusal, and what helps to mend it.
#[derive(Debug)]
pub(crate) struct Refusal {
    error: OAuthError,
    more: Option<(&'static str, Value)>,
}

impl From<OAuthError> for Refusal {
    fn from(error: OAuthError) -> Self {
        Self { error, more: None }
    }
}

impl Refusal {
    /// With one more member.
    pub fn with(error: OAuthError, name: &'static str, value: Value) -> Self {
        let more = Some((name, value));
        Self { error, more }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.error.code.status();
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut body = serde_json::to_value(&self.error).expect("an error is JSON");
        if let Some((name, value)) = self.more {
            body[name] = value;
        }
        (status, Json(body)).into_response()
    }
}

const SERVER_ERROR: OAuthError = OAuthError {
    code: ErrorCode::ServerError,
    description: "internal error",
};

/// Gives a token.
pub(crate) async fn token(
    State(app): State<App>,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let given = give(&app, &identity, &headers, body).await;
    unkept(given.map(Json).into_response())
}

/// An answer that nobody keeps (RFC 6749 §5.1).
pub(crate) fn unkept(answer: Response) -> Response {
    let no_store = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    (no_store, answer).into_response()
}

async fn give(
    app: &App,
    identity: &ProSanteConnect,
    headers: &HeaderMap,
    body: Body,
) -> Result<TokenResponse, Refusal> {
    let form = form(headers, body).await?;
    let presented = presented(headers, &form)?;
    let asked = TokenRequest::parse(&form)?;
    let known = matches!(
        asked,
        TokenRequest::ClientCredentials { .. } | TokenRequest::Exchange(_)
    );
    if !known {
        let why = "only client_credentials and token-exchange";
        return Err(OAuthError::new(ErrorCode::UnsupportedGrantType, why).into());
    }
    let software = believed(app, &presented).await?;
    match asked {
        TokenRequest::Exchange(asked) => {
            let situation = form.get("situation");
            connected::exchange(app, identity, software, &asked, situation).await
        }
        TokenRequest::ClientCredentials { scope } => {
            let scopes = granted(scope, &software.client.own_scopes())?;
            Ok(issue(app, &software.id, software.client, scopes).await?)
        }
        _ => Err(SERVER_ERROR.into()),
    }
}

/// Software that proved who it is.
pub(crate) struct Believed {
    /// Its client identifier.
    pub id: String,
    /// As it is registered.
    pub client: Client,
    /// What names that registration.
    pub registration: Id,
}

/// Which software sends a form, as it says.
pub(crate) fn presented(headers: &HeaderMap, form: &Params) -> Result<Presented, OAuthError> {
    let authorization = headers
        .get(header::AUTHORIZATION)
        .map(|value| value.to_str().unwrap_or_default());
    Presented::from_request(authorization, form)
}

/// Believes that software.
pub(crate) async fn believed(app: &App, presented: &Presented) -> Result<Believed, OAuthError> {
    let id = presented.client_id.clone();
    let (client, registration) = Client::registered_as(&app.store, &id)
        .await
        .map_err(failed)?
        .filter(|_| !is_suspended(app, &id))
        .ok_or_else(|| OAuthError::new(ErrorCode::InvalidClient, "client authentication failed"))?;
    authenticate(app, presented, &client).await?;
    Ok(Believed {
        id,
        client,
        registration,
    })
}

pub(crate) async fn form(headers: &HeaderMap, body: Body) -> Result<Params, OAuthError> {
    let refused = |why| OAuthError::new(ErrorCode::InvalidRequest, why);
    if body::media_type(headers) != "application/x-www-form-urlencoded" {
        return Err(refused("a form is expected"));
    }
    let bytes = axum::body::to_bytes(body, MOST)
        .await
        .map_err(|_| refused("the form is too long or was cut"))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| refused("the form is not UTF-8"))?;
    Params::parse(text).map_err(|_| refused("a parameter stands twice"))
}

/// Believes the client, once per assertion.
async fn authenticate(app: &App, presented: &Presented, client: &Client) -> Result<(), OAuthError> {
    let origin = app.site.origin.as_str();
    let endpoint = format!("{origin}/oauth/token");
    let now = app.now();
    let registered = client.registered(&presented.client_id);
    let assertion = presented
        .verify(&registered, &[&endpoint, origin], now)?
        .ok_or_else(|| OAuthError::new(ErrorCode::InvalidClient, "an assertion is expected"))?;
    let name = format!("{}\0{}", assertion.client_id, assertion.jti);
    let until = assertion.exp.saturating_add(SKEW).unwrap_or(assertion.exp);
    let first = app
        .store
        .first_seen("client assertion", name.as_bytes(), until, now)
        .await
        .map_err(failed)?;
    if first {
        Ok(())
    } else {
        Err(OAuthError::new(
            ErrorCode::InvalidClient,
            "client_assertion was already used",
        ))
    }
}

/// What is granted: what was asked, all of it within the registration; everything when nothing was.
pub(crate) fn granted(asked: Vec<String>, own: &[String]) -> Result<Vec<String>, OAuthError> {
    if asked.is_empty() && !own.is_empty() {
        return Ok(own.to_vec());
    }
    if asked.is_empty() || asked.iter().any(|scope| !own.contains(scope)) {
        return Err(OAuthError::new(
            ErrorCode::InvalidScope,
            "a scope is not this client's",
        ));
    }
    Ok(asked)
}

async fn issue(
    app: &App,
    client_id: &str,
    client: Client,
    scopes: Vec<String>,
) -> Result<TokenResponse, OAuthError> {
    let token = Token::mint(Kind::Access, app.random());
    let life = app.limits.access_token;
    let ends = app.now().saturating_add(life).map_err(failed)?;
    let scope = scopes.join(" ");
    let granted = Granted {
        depositor: Depositor {
            client_id: client_id.to_owned(),
            name: client.name,
            strict: client.strict,
        },
        scopes,
    };
    let json = serde_json::to_vec(&granted).map_err(failed)?;
    app.store
        .issue_token(token.reveal(), client_id, ends, &json)
        .await
        .map_err(failed)?;
    let seconds = u32::try_from(life.as_secs()).unwrap_or(u32::MAX);
    Ok(TokenResponse {
        scope: Some(scope),
        ..TokenResponse::bearer(token.reveal().to_owned(), seconds)
    })
}

pub(crate) fn failed(error: impl std::fmt::Display) -> OAuthError {
    tracing::error!(error = error.to_string(), "no token could be given");
    SERVER_ERROR
}
