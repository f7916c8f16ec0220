//! `POST /bc-authorize`: a client asks somebody on their phone (OpenID CIBA Core 1.0, poll mode).

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};
use oauth::{
    answer::{ErrorCode, OAuthError},
    provider::{Backchannel, BackchannelRequest},
    psc::Professional,
    token::{Kind, Token},
};
use serde_json::{Value, json};

use crate::{
    Identity, Provider,
    back_channel::{believed, refusal},
};

/// Where it is asked, below the issuer.
pub(crate) const ENDPOINT: &str = "bc-authorize";

/// Names the request, and says how to wait for its answer.
pub(crate) async fn ask(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    form: String,
) -> Response {
    match asked(&provider, &headers, &form) {
        Ok(body) => ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response(),
        Err(error) => refusal(&error),
    }
}

fn asked(provider: &Provider, headers: &HeaderMap, form: &str) -> Result<Value, OAuthError> {
    let (form, client) = believed(provider, headers, form)?;
    let request = BackchannelRequest::parse(&form, client)?;
    if whose(provider, &request.login_hint).is_none() {
        let why = "nobody here has that identifier";
        return Err(OAuthError::new(ErrorCode::UnknownUserId, why));
    }
    let now = provider.now();
    let expires_in = request.lifetime;
    let asked = Backchannel::begin(request, now);
    let interval = asked.interval;
    let name = Token::mint(Kind::Asked, &*provider.site.random);
    provider.memory().keep_asked(name.hash(), asked, now);
    Ok(json!({
        "auth_req_id": name.reveal(),
        "expires_in": expires_in,
        "interval": interval,
    }))
}

/// Who has that national identifier.
pub(crate) fn whose<'a>(provider: &'a Provider, national_id: &str) -> Option<&'a Identity> {
    provider.identities.iter().find(|identity| {
        let professional = Professional::from_userinfo(&identity.userinfo);
        professional.is_ok_and(|professional| professional.national_id == national_id)
    })
}
