//! `POST /oauth/token`: an access token for software that proves who it is.
//!
//! Client credentials (RFC 6749 §4.4) with a signed assertion (RFC 7523), as
//! SMART Backend Services has it. No person takes part.

use access::{App, Depositor};
use axum::{
    Json,
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

use crate::{
    bearer::{Granted, is_suspended},
    body,
    client::Client,
};

/// The longest request: an assertion with a long certificate chain in its header fits.
const MOST: usize = 64 * 1024;

const SERVER_ERROR: OAuthError = OAuthError {
    code: ErrorCode::ServerError,
    description: "internal error",
};

/// Gives a token.
pub(crate) async fn token(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let answer = match give(&app, &headers, body).await {
        Ok(token) => Json(token).into_response(),
        Err(error) => {
            let status = StatusCode::from_u16(error.code.status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(error)).into_response()
        }
    };
    let no_store = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    (no_store, answer).into_response()
}

async fn give(app: &App, headers: &HeaderMap, body: Body) -> Result<TokenResponse, OAuthError> {
    let form = form(headers, body).await?;
    let authorization = headers
        .get(header::AUTHORIZATION)
        .map(|value| value.to_str().unwrap_or_default());
    let presented = Presented::from_request(authorization, &form)?;
    let TokenRequest::ClientCredentials { scope } = TokenRequest::parse(&form)? else {
        return Err(OAuthError::new(
            ErrorCode::UnsupportedGrantType,
            "only client_credentials",
        ));
    };
    let id = presented.client_id.as_str();
    let client = Client::of(&app.store, id)
        .await
        .map_err(failed)?
        .filter(|_| !is_suspended(app, id))
        .ok_or_else(|| OAuthError::new(ErrorCode::InvalidClient, "client authentication failed"))?;
    authenticate(app, &presented, &client).await?;
    let scopes = granted(scope, &client)?;
    issue(app, id, client, scopes).await
}

async fn form(headers: &HeaderMap, body: Body) -> Result<Params, OAuthError> {
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
fn granted(asked: Vec<String>, client: &Client) -> Result<Vec<String>, OAuthError> {
    if asked.is_empty() && !client.scopes.is_empty() {
        return Ok(client.scopes.clone());
    }
    if asked.is_empty() || asked.iter().any(|scope| !client.scopes.contains(scope)) {
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

fn failed(error: impl std::fmt::Display) -> OAuthError {
    tracing::error!(error = error.to_string(), "no token could be given");
    SERVER_ERROR
}
