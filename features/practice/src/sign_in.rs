//! Signing in with Pro Santé Connect.

use std::{sync::Arc, time::Duration};

use access::{Anyone, App, Authenticated, Level, SessionBody};
use askama::Template;
use axum::{
    Extension,
    extract::RawQuery,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use oauth::{
    client::{Ask, Callback, Pending, Provider, SignInError, SignedIn},
    psc,
};
use serde::{Deserialize, Serialize};
use web::{Audience, Cookie, Csrf, Errors, Fields, Flash, Html, Problem, Shell, Tone};

use crate::{Admitted, NotAdmitted, ProSanteConnect, admitted::admitted, verify};

/// Keeps sign-ins under way apart from other pending steps.
const WHAT: &str = "oidc";

/// The level that Pro Santé Connect vouches for.
pub(crate) const LEVEL: &[&str] = &["eidas1"];
pub(crate) const SCOPES: &[&str] = &["openid", "scope_all"];

#[derive(Template)]
#[template(path = "sign-in.html")]
struct Page {
    shell: Shell,
    form: Form,
    /// Whether one may confirm on one's phone.
    phone: bool,
}

/// What the page shows of the last try.
#[derive(Default)]
pub(crate) struct Form {
    /// Why it failed.
    pub failure: Option<Failure>,
    /// The identifier that was typed.
    pub typed: String,
    pub errors: Errors,
    /// When it is not the failure's.
    pub status: Option<StatusCode>,
}

impl From<Failure> for Form {
    fn from(failure: Failure) -> Self {
        Self {
            failure: Some(failure),
            ..Self::default()
        }
    }
}

/// Why nobody is signed in, as far as the person can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// They said no there.
    Cancelled,
    /// Too late, twice, or in another browser.
    Expired,
    /// The provider is silent.
    Unavailable,
    /// The means of authentication is too weak.
    Level,
    /// The provider names no professional, or none at work.
    NoSituation,
    /// The card shown again is another's.
    SomebodyElse,
    /// The directory says that they practise no more.
    Inactive,
    /// The account is suspended until the operator lifts it.
    Suspended,
    /// Asked on their phone too often.
    TooMany,
    /// Anything else; it is in the log.
    Refused,
}

impl From<NotAdmitted> for Failure {
    fn from(not: NotAdmitted) -> Self {
        match not {
            NotAdmitted::NoSituation => Self::NoSituation,
            NotAdmitted::Inactive => Self::Inactive,
            NotAdmitted::Suspended => Self::Suspended,
        }
    }
}

impl Failure {
    pub(crate) const ALL: [Self; 10] = [
        Self::Cancelled,
        Self::Expired,
        Self::Unavailable,
        Self::Level,
        Self::NoSituation,
        Self::SomebodyElse,
        Self::Inactive,
        Self::Suspended,
        Self::TooMany,
        Self::Refused,
    ];

    pub(crate) fn of(error: &SignInError) -> Self {
        use SignInError as E;
        match error {
            E::Refused(code) if code == "access_denied" => Self::Cancelled,
            E::Refused(code) if code == "temporarily_unavailable" || code == "server_error" => {
                Self::Unavailable
            }
            E::State | E::TooLate | E::OtherProvider | E::Expired | E::NotFresh => Self::Expired,
            E::TokenAnswer(_) | E::UserinfoAnswer(_) | E::Keys(_) => Self::Unavailable,
            E::Level => Self::Level,
            _ => Self::Refused,
        }
    }

    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Cancelled => StatusCode::OK,
            Self::Expired => StatusCode::BAD_REQUEST,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Level
            | Self::NoSituation
            | Self::SomebodyElse
            | Self::Inactive
            | Self::Suspended
            | Self::Refused => StatusCode::FORBIDDEN,
        }
    }

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Cancelled => "practice-sign-in-cancelled",
            Self::Expired => "practice-sign-in-expired",
            Self::Unavailable => "practice-sign-in-unavailable",
            Self::Level => "practice-sign-in-level",
            Self::NoSituation => "practice-sign-in-no-situation",
            Self::SomebodyElse => "practice-sign-in-somebody-else",
            Self::Inactive => "practice-sign-in-inactive",
            Self::Suspended => "practice-sign-in-suspended",
            Self::TooMany => "practice-phone-too-many",
            Self::Refused => "practice-sign-in-refused",
        }
    }
}

/// `GET /pro/connexion`
pub(crate) async fn page(
    mut visitor: Anyone,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    headers: HeaderMap,
) -> Response {
    visitor.shell = visitor.shell.with_left_message(&headers);
    show(visitor, &identity, Form::default())
}

/// Out, when the account was suspended just now: its sessions have ended.
pub(crate) fn suspended(who: &access::Professional) -> Response {
    let left = Flash::leave(Tone::Warning, Failure::Suspended.key());
    let set = AppendHeaders([
        (header::SET_COOKIE, who.app.session_cookie().clear()),
        (header::SET_COOKIE, left),
    ]);
    (set, Redirect::to("/pro/connexion")).into_response()
}

/// `POST /pro/connexion`: off to the provider.
pub(crate) async fn start(
    visitor: Anyone,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Problem> {
    let app = &visitor.app;
    check(app, &headers, &fields)?;
    let Some(provider) = identity.provider().await else {
        return Ok(show(visitor, &identity, Failure::Unavailable.into()));
    };
    leave(app, provider, None).await
}

/// A form of our page, sent by the browser that was shown it.
pub(crate) fn check(app: &App, headers: &HeaderMap, fields: &Fields) -> Result<(), Problem> {
    let from_our_page = cookie(app).read(headers).ok_or(Problem::Expired)?;
    fields.check(&Csrf::of(from_our_page.as_bytes()))
}

/// Off to the provider; `again` when who is signed in shows their card once more.
pub(crate) async fn leave(
    app: &App,
    provider: &Provider,
    again: Option<Again>,
) -> Result<Response, Problem> {
    let back = format!("{}/pro/retour", app.site.origin);
    let ask = Ask {
        redirect_uri: &back,
        scopes: SCOPES,
        acr_values: LEVEL,
        prompt: again.as_ref().map(|_| "login"),
        max_age: again.as_ref().map(|_| 0),
    };
    let (address, pending) = provider.start(ask, app.random(), app.now());
    let handle = secret(app);
    let until = app.now().saturating_add(Pending::LIFETIME);
    let body = serde_json::to_vec(&Trip { pending, again })?;
    app.store
        .put_pending(WHAT, handle.as_bytes(), until?, &body)
        .await?;
    let set = [(header::SET_COOKIE, keep(app, &handle))];
    Ok((set, Redirect::to(&address)).into_response())
}

/// `GET /pro/retour`: back from the provider.
pub(crate) async fn back(
    visitor: Anyone,
    Extension(identity): Extension<Arc<ProSanteConnect>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let app = visitor.app.clone();
    let Some(Trip { pending, again }) = take_trip(&app, &headers).await? else {
        return Ok(show(visitor, &identity, Failure::Expired.into()));
    };
    let found = finish(&app, &identity, pending, query.as_deref()).await;
    if let Some(again) = again {
        return verify::back(visitor, again, found).await;
    }
    admit(visitor, &identity, found).await
}

/// Whom the provider named is signed in, or reads why not.
pub(crate) async fn admit(
    visitor: Anyone,
    identity: &ProSanteConnect,
    found: Result<Found, Failure>,
) -> Result<Response, Problem> {
    let app = visitor.app.clone();
    let Found { professional, at } = match found {
        Ok(found) => found,
        Err(failure) => return Ok(show(visitor, identity, failure.into())),
    };
    let Admitted { own, situations } = match admitted(&app, &professional).await? {
        Ok(admitted) => admitted,
        Err(not) => return Ok(show(visitor, identity, Failure::from(not).into())),
    };
    let chosen = (situations.len() == 1).then_some(0);
    let next = chosen.map_or("/pro/situation", |_| "/pro");
    let body = SessionBody {
        who: access::SignedIn::Professional {
            own,
            situations,
            chosen,
        },
        authenticated: Authenticated {
            level: Level::Substantial,
            at,
        },
        device: String::new(),
        flash: None,
    };
    let token = app
        .start_session(own.0, &body, visitor.session.as_ref())
        .await?;
    let set = AppendHeaders([
        (header::SET_COOKIE, cookie(&app).clear()),
        (header::SET_COOKIE, app.session_cookie().set(&token, None)),
    ]);
    Ok((set, Redirect::to(next)).into_response())
}

/// A trip to the provider, as it is kept meanwhile.
#[derive(Serialize, Deserialize)]
struct Trip {
    pending: Pending,
    again: Option<Again>,
}

/// Who shows their card once more, and for which step.
#[derive(Serialize, Deserialize)]
pub(crate) struct Again {
    /// The session, which must still be the browser's.
    pub session: [u8; 32],
    /// Where the step was asked for.
    pub back: String,
}

/// Whom the provider named.
pub(crate) struct Found {
    pub professional: psc::Professional,
    /// When they showed their card: long ago, where the provider does not say.
    pub at: Timestamp,
}

/// The trip that this browser began, if it did; whoever takes it, it is gone.
async fn take_trip(app: &App, headers: &HeaderMap) -> Result<Option<Trip>, Problem> {
    let Some(handle) = cookie(app).read(headers) else {
        return Ok(None);
    };
    let taken = app.store.take_pending(WHAT, handle.as_bytes(), app.now());
    Ok(taken
        .await?
        .and_then(|body| serde_json::from_slice(&body).ok()))
}

async fn finish(
    app: &App,
    identity: &ProSanteConnect,
    pending: Pending,
    query: Option<&str>,
) -> Result<Found, Failure> {
    let provider = identity.provider().await.ok_or(Failure::Unavailable)?;
    let callback = Callback::parse(query.unwrap_or_default()).map_err(|_| Failure::Refused)?;
    let signed_in = provider
        .finish(pending, &callback, identity.http(), app.random(), app.now())
        .await
        .map_err(|error| {
            tracing::warn!(%error, "a professional's sign-in failed");
            Failure::of(&error)
        })?;
    found(&signed_in, Timestamp::UNIX_EPOCH, app.now())
}

/// Whom a sign-in names; where the provider does not say when they showed who they are, it was then.
pub(crate) fn found(
    signed_in: &SignedIn,
    otherwise: Timestamp,
    now: Timestamp,
) -> Result<Found, Failure> {
    let professional = psc::Professional::from_userinfo(&signed_in.userinfo);
    let shown = signed_in.id_claims["auth_time"].as_i64();
    let shown = shown.and_then(|at| Timestamp::from_second(at).ok());
    Ok(Found {
        professional: professional.map_err(|_| Failure::NoSituation)?,
        at: shown.unwrap_or(otherwise).min(now),
    })
}

/// The page, with a fresh secret that ties its form to this browser.
pub(crate) fn show(visitor: Anyone, identity: &ProSanteConnect, form: Form) -> Response {
    let mut shell = visitor.shell;
    let secret = secret(&visitor.app);
    shell.audience = Audience::Public;
    shell.csrf = Csrf::of(secret.as_bytes()).token().to_owned();
    shell.title = shell.t("practice-sign-in-title");
    let set = [(header::SET_COOKIE, keep(&visitor.app, &secret))];
    let failed = form.failure.map_or(StatusCode::OK, Failure::status);
    let status = form.status.unwrap_or(failed);
    let page = Page {
        phone: identity.asks_on_phones(),
        shell,
        form,
    };
    (status, set, Html(page)).into_response()
}

pub(crate) fn secret(app: &App) -> String {
    format!("{}{}", app.random().id(), app.random().id())
}

/// Before the trip: ties the form to the browser. During the trip: names what is pending.
fn cookie(app: &App) -> Cookie {
    app.site.cookie("oidc")
}

fn keep(app: &App, secret: &str) -> http::HeaderValue {
    let lifetime = Pending::LIFETIME.unsigned_abs();
    cookie(app).set(secret, Some(Duration::from_secs(lifetime.as_secs())))
}

#[cfg(test)]
mod tests {
    use oauth::http::AnswerError;

    use super::*;

    #[test]
    fn what_went_wrong_is_told_as_far_as_it_helps() {
        use SignInError as E;
        let table = [
            (E::Refused("access_denied".into()), Failure::Cancelled),
            (E::Refused("server_error".into()), Failure::Unavailable),
            (E::Refused("invalid_scope".into()), Failure::Refused),
            (E::State, Failure::Expired),
            (E::TooLate, Failure::Expired),
            (
                E::TokenAnswer(AnswerError::Status(502)),
                Failure::Unavailable,
            ),
            (E::Level, Failure::Level),
            (E::Nonce, Failure::Refused),
            (E::UserinfoSubject, Failure::Refused),
        ];
        for (error, expected) in table {
            assert_eq!(Failure::of(&error), expected, "{error}");
        }
    }
}
