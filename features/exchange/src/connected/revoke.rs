//! `POST /oauth/revoke`: the professional signs out of their software, which ends its token
//! (RFC 7009).

use access::App;
use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use oauth::answer::{ErrorCode, OAuthError};

use crate::token::{Refusal, believed, failed, form, presented, unkept};

/// Ends a token; one that is nobody's, or another client's, is as over as one that was just ended.
pub(crate) async fn revoke(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let ended = end(&app, &headers, body).await;
    unkept(ended.map(|()| StatusCode::OK).into_response())
}

async fn end(app: &App, headers: &HeaderMap, body: Body) -> Result<(), Refusal> {
    let form = form(headers, body).await?;
    let software = believed(app, &presented(headers, &form)?).await?;
    let token = form.get("token").ok_or_else(|| {
        let why = "token is missing";
        OAuthError::new(ErrorCode::InvalidRequest, why)
    })?;
    let carrying = app.carried(token).await.map_err(failed)?;
    if let Some(own) = carrying.filter(|one| one.carried.client_id == software.id) {
        let ended = app.store.end_session(&own.hash);
        ended.await.map_err(failed)?;
        return Ok(());
    }
    let other = app.store.token(token, app.now()).await.map_err(failed)?;
    match other {
        // A depositor's lasts five minutes, and nobody signed in to it.
        Some(_) => {
            let why = "a token of the client itself ends by itself";
            Err(OAuthError::new(ErrorCode::UnsupportedTokenType, why).into())
        }
        None => Ok(()),
    }
}
