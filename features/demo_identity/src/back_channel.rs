//! What the client's server asks: metadata, keys, tokens, claims.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use oauth::{
    answer::{ErrorCode, OAuthError, TokenResponse},
    ciba,
    params::Params,
    pkce,
    provider::{Grant, Presented, RegisteredClient, TokenRequest},
    token::{Kind, Token},
};
use serde_json::{Value, json};

use crate::{
    Mischief, Provider, asked, introspect,
    memory::{Memory, NOT_ASKED},
};

/// `GET /.well-known/openid-configuration`, also under Pro Santé Connect's name for it.
pub(crate) async fn discovery(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let scopes = provider.clients.iter().flat_map(|client| &client.scopes);
    let scopes: BTreeSet<_> = scopes.map(String::as_str).collect();
    let scopes: Vec<_> = scopes.into_iter().collect();
    let levels = ["eidas1", "eidas2", "eidas3"];
    let mut document = provider.issuer.discovery(&scopes, &levels);
    document["jwks_uri"] = json!(provider.at("certs"));
    document["backchannel_authentication_endpoint"] = json!(provider.at(asked::ENDPOINT));
    document["introspection_endpoint"] = json!(provider.at(introspect::ENDPOINT));
    document["backchannel_token_delivery_modes_supported"] = json!(["poll"]);
    document["backchannel_user_code_parameter_supported"] = json!(false);
    document["grant_types_supported"] = json!(["authorization_code", ciba::GRANT]);
    Json(document)
}

/// `GET /certs`.
pub(crate) async fn certs(State(provider): State<Arc<Provider>>) -> Json<Value> {
    Json(provider.issuer.jwks())
}

/// `POST /token`: tokens for a code (RFC 6749 §4.1.3), or for who confirmed on their phone (CIBA §10).
pub(crate) async fn token(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    form: String,
) -> Response {
    match tokens(&provider, &headers, &form) {
        Ok(tokens) => ([(header::CACHE_CONTROL, "no-store")], Json(tokens)).into_response(),
        Err(error) => refusal(&error),
    }
}

/// The form of a client that proved who it is, and the client.
pub(crate) fn believed<'a>(
    provider: &'a Provider,
    headers: &HeaderMap,
    form: &str,
) -> Result<(Params, &'a RegisteredClient), OAuthError> {
    let now = provider.now();
    let form = Params::parse(form)
        .map_err(|_| OAuthError::new(ErrorCode::InvalidRequest, "a parameter stands twice"))?;
    let presented = Presented::from_request(authorization(headers), &form)?;
    let audiences = [provider.at("token"), provider.issuer.name.clone()];
    let audiences = audiences.each_ref().map(String::as_str);
    let unknown = || OAuthError::new(ErrorCode::InvalidClient, "unknown client");
    let client = provider.client(&presented.client_id).ok_or_else(unknown)?;
    if let Some(assertion) = presented.verify(client, &audiences, now)? {
        provider.memory().spend(assertion, now)?;
    }
    Ok((form, client))
}

fn tokens(
    provider: &Provider,
    headers: &HeaderMap,
    form: &str,
) -> Result<TokenResponse, OAuthError> {
    let now = provider.now();
    let (form, client) = believed(provider, headers, form)?;
    let client_id = client.id.as_str();
    let asked = TokenRequest::parse(&form)?;
    let mut memory = provider.memory();
    let grant = match asked {
        TokenRequest::Code {
            code,
            redirect_uri,
            verifier,
        } => {
            let mut grant = Token::parse(Kind::Code, code.expose())
                .ok()
                .and_then(|code| memory.take_code(code.hash()))
                .ok_or_else(|| OAuthError::new(ErrorCode::InvalidGrant, "the code is not good"))?;
            if memory.mischief == Mischief::CodeReplayAllowed {
                grant.code_challenge = pkce::challenge(verifier.expose());
            }
            grant.redeem(client_id, &redirect_uri, verifier.expose(), now)?;
            grant
        }
        TokenRequest::Backchannel { auth_req_id } => {
            let name = Token::parse(Kind::Asked, auth_req_id.expose());
            let name = name.map_err(|_| NOT_ASKED)?.hash();
            let mut grant = memory.poll(name, client_id, now)?;
            memory.mischief.confirmed(&mut grant, provider);
            grant
        }
        TokenRequest::Refresh { .. }
        | TokenRequest::Exchange(_)
        | TokenRequest::ClientCredentials { .. } => {
            let why = "codes and sign-ins on a phone only";
            return Err(OAuthError::new(ErrorCode::UnsupportedGrantType, why));
        }
    };
    let access = Token::mint(Kind::Access, &*provider.site.random);
    memory.keep_token(access.hash(), &grant, now);
    let mut answer = TokenResponse::bearer(access.reveal().to_owned(), Memory::TOKEN_SECONDS);
    answer.scope = Some(grant.scope.join(" "));
    answer.id_token = id_token(provider, memory.mischief, &grant, &access);
    Ok(answer)
}

/// Only for those who asked for `openid`.
fn id_token(
    provider: &Provider,
    mischief: Mischief,
    grant: &Grant,
    access: &Token,
) -> Option<String> {
    let asked = grant.scope.iter().any(|scope| scope == "openid");
    let claims = asked.then(|| {
        let issuer = &provider.issuer;
        issuer.id_claims(grant, access.reveal(), provider.now())
    })?;
    Some(mischief.id_token(claims, provider))
}

/// `GET` or `POST /userinfo` (OpenID Connect Core §5.3).
pub(crate) async fn userinfo(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
) -> Response {
    let token = authorization(&headers)
        .and_then(|header| header.strip_prefix("Bearer "))
        .and_then(|token| Token::parse(Kind::Access, token).ok());
    let now = provider.now();
    let memory = provider.memory();
    let mischief = memory.mischief;
    let opened = token.and_then(|token| memory.opened(token.hash(), now));
    let found = opened.and_then(|opened| {
        let mut identities = provider.identities.iter();
        let identity = identities.find(|identity| identity.subject == opened.grant.subject)?;
        Some((identity, opened))
    });
    let Some((identity, opened)) = found else {
        return refusal(&OAuthError::new(
            ErrorCode::InvalidToken,
            "the token is not good",
        ));
    };
    let mut claims = identity.userinfo.as_object().cloned().unwrap_or_default();
    let subject = mischief.userinfo_subject(&identity.subject);
    claims.insert("sub".to_owned(), Value::String(subject));
    if !provider.signed_userinfo || !mischief.signs_userinfo() {
        return Json(claims).into_response();
    }
    let claims = provider
        .issuer
        .userinfo_claims(&opened.grant.client_id, claims, now);
    let signed = provider.issuer.sign(&claims);
    ([(header::CONTENT_TYPE, "application/jwt")], signed).into_response()
}

fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()
}

pub(crate) fn refusal(error: &OAuthError) -> Response {
    let status = match error.code {
        // To a client that polls (CIBA §11).
        ErrorCode::AccessDenied => 400,
        code => code.status(),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = (status, Json(error)).into_response();
    if status == StatusCode::UNAUTHORIZED {
        // RFC 6749 §5.2 for the client, RFC 6750 §3 for the token.
        let scheme = match error.code {
            ErrorCode::InvalidToken => r#"Bearer error="invalid_token""#,
            _ => "Basic",
        };
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            http::HeaderValue::from_static(scheme),
        );
    }
    response
}
