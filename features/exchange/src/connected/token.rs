//! A token of Pro Santé Connect, exchanged for one of ours (RFC 8693).

use access::{App, Authenticated, Carried, Level};
use jiff::Timestamp;
use oauth::{
    answer::{ErrorCode, OAuthError, TokenResponse},
    exchange::{ACCESS_TOKEN, Exchange},
    token::{Kind, Token},
};
use practice::{NotAdmitted, ProSanteConnect, Unvouched, admitted, situation_key};

use super::situation;
use crate::token::{Believed, Refusal, failed, granted};

/// The one answer for a token that is not good, whatever it lacks (RFC 8693 §2.2.2).
const NOT_GOOD: OAuthError = OAuthError {
    code: ErrorCode::InvalidRequest,
    description: "the subject_token is not good",
};

/// Gives software that proved who it is a token in the name of whom another token names.
pub(crate) async fn exchange(
    app: &App,
    identity: &ProSanteConnect,
    software: Believed,
    asked: &Exchange,
    named: Option<&str>,
) -> Result<TokenResponse, Refusal> {
    let client = &software.client;
    if client.signs_in_as.is_empty() {
        let why = "token-exchange is not this client's";
        return Err(OAuthError::new(ErrorCode::UnauthorizedClient, why).into());
    }
    let base = format!("{}/fhir", app.site.origin);
    let ours = |target: &String| *target == app.site.origin || *target == base;
    if !asked.targets.iter().all(ours) {
        let why = "the only resource here is this server's FHIR service";
        return Err(OAuthError::new(ErrorCode::InvalidTarget, why).into());
    }
    let scopes = granted(asked.scope.clone(), &client.scopes_in_a_name())?;
    let (token, now) = (asked.subject_token.expose(), app.now());
    let vouched = identity.vouch(token, &client.signs_in_as, app.random(), now);
    let vouched = vouched.await.map_err(|why| match why {
        Unvouched::Refused => NOT_GOOD,
        Unvouched::Unavailable => OAuthError::new(
            ErrorCode::TemporarilyUnavailable,
            "the identity provider does not answer",
        ),
    })?;
    if !is_first_to_show(app, token, &software.id, vouched.ends).await? {
        return Err(NOT_GOOD.into());
    }
    let found = admitted(app, &vouched.professional).await;
    let found = found.map_err(|error| failed(format!("{error:?}")))?;
    let found = found.map_err(|why| {
        let why = match why {
            NotAdmitted::NoSituation => "the professional has no practice situation",
            NotAdmitted::Inactive => "the directory says that the professional practises no more",
            NotAdmitted::Suspended => "the professional's account is suspended",
        };
        OAuthError::new(ErrorCode::AccessDenied, why)
    })?;
    let mut situation = situation::choose(found.situations, named)?;
    let name = situation_key(&situation);
    situation.software = Some(client.name.clone());
    let ends = now.saturating_add(app.limits.professional_token);
    let ends = ends.map_err(failed)?.min(vouched.ends);
    let scope = scopes.join(" ");
    let carried = Carried {
        client_id: software.id,
        registration: software.registration,
        situation,
        authenticated: Authenticated {
            level: Level::Substantial,
            at: vouched.shown,
        },
        scopes,
    };
    let ours = Token::mint(Kind::Access, app.random());
    let kept = app.carry(ours.reveal(), found.own, ends, &carried);
    kept.await.map_err(failed)?;
    let seconds = ends.duration_since(now).as_secs();
    let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
    let mut answer = TokenResponse::bearer(ours.reveal().to_owned(), seconds);
    answer.scope = Some(scope);
    let context = &mut answer.context;
    context.insert("issued_token_type".to_owned(), ACCESS_TOKEN.into());
    context.insert("situation".to_owned(), name.into());
    Ok(answer)
}

/// Whether nobody else showed that token before: two registered clients may sign in as the same client
/// of the provider, and neither serves itself of what the other got.
async fn is_first_to_show(
    app: &App,
    token: &str,
    client_id: &str,
    until: Timestamp,
) -> Result<bool, OAuthError> {
    const SHOWN: &str = "subject token";
    const BY: &str = "subject token shown by";
    let (store, token, now) = (&app.store, token.as_bytes(), app.now());
    let first = store.first_seen(SHOWN, token, until, now).await;
    if first.map_err(failed)? {
        let kept = store.put_pending(BY, token, until, client_id.as_bytes());
        kept.await.map_err(failed)?;
        return Ok(true);
    }
    let by = store.pending(BY, token, now).await.map_err(failed)?;
    Ok(by.as_deref() == Some(client_id.as_bytes()))
}
