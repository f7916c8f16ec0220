//! Whoever opened a share: a cookie carries a random secret, what it gives is kept, sealed, under it.

use std::time::Duration;

use access::{Act, Anyone, App, Bearer, Clearance, Refused, Viewer};
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, request::Parts};
use serde::{Deserialize, Serialize};
use vault::RecordId;
use web::{Csrf, Fields, Problem, Shell};

use crate::door;

const COOKIE: &str = "partage";
const HELD: &str = "share opened";
/// Hexadecimal digits of a secret.
const SECRET: usize = 64;
/// How long the browser keeps the cookie: longer than what it opens.
const KEPT: Duration = Duration::from_secs(2 * 3_600);

/// What whoever opened a share may go on with.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Held {
    pub record: RecordId,
    pub bearer: Bearer,
    /// The address that they came by.
    pub token: String,
}

/// Whoever opened a share, a while ago.
pub(crate) struct Opener {
    pub shell: Shell,
    pub app: App,
    viewer: Viewer,
    record: RecordId,
    csrf: Csrf,
}

/// A fresh secret.
pub(crate) fn fresh(app: &App) -> String {
    format!("{}{}", app.random().id(), app.random().id())
}

/// The secret that the browser carries.
pub(crate) fn carried(app: &App, headers: &HeaderMap) -> Option<String> {
    let secret = app.site.cookie(COOKIE).read(headers)?;
    let ours = secret.len() == SECRET && secret.bytes().all(|b| b.is_ascii_hexdigit());
    ours.then_some(secret)
}

/// The header that makes the browser carry it.
pub(crate) fn carry(app: &App, secret: &str) -> HeaderValue {
    app.site.cookie(COOKIE).set(secret, Some(KEPT))
}

/// Keeps what was opened under a secret.
pub(crate) async fn keep(app: &App, secret: &str, held: &Held) -> Result<(), Problem> {
    let until = app.now().checked_add(app.limits.share_session)?;
    let body = serde_json::to_vec(held)?;
    let kept = app.store.put_pending(HELD, secret.as_bytes(), until, &body);
    Ok(kept.await?)
}

/// What was opened under a secret; `None` when it is too long ago.
pub(crate) async fn held(app: &App, secret: &str) -> Result<Option<Held>, vault::DbError> {
    let body = app
        .store
        .pending(HELD, secret.as_bytes(), app.now())
        .await?;
    Ok(body.and_then(|body| serde_json::from_slice(&body).ok()))
}

impl FromRequestParts<App> for Opener {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Anyone { mut shell, app, .. } = Anyone::from_request_parts(parts, app).await?;
        let secret = carried(&app, &parts.headers);
        let held = match &secret {
            Some(secret) => held(&app, secret)
                .await
                .map_err(|error| Problem::from(error).into_response())?,
            None => None,
        };
        let (Some(secret), Some(held)) = (secret, held) else {
            return Err(door::closed(shell));
        };
        let csrf = Csrf::of(secret.as_bytes());
        csrf.token().clone_into(&mut shell.csrf);
        shell.way_in = None;
        Ok(Self {
            viewer: Viewer::bearer(held.bearer, app.now()),
            record: held.record,
            shell,
            app,
            csrf,
        })
    }
}

impl Opener {
    /// Asks to do something with what was shared.
    pub async fn enter(&self, act: Act) -> Result<Clearance<'_>, Refused> {
        self.app.gate.enter(&self.viewer, self.record, act).await
    }

    /// Refuses a form that our own page did not make.
    pub fn check(&self, fields: &Fields) -> Result<(), Problem> {
        fields.check(&self.csrf)
    }

    /// Whose it is.
    pub fn record(&self) -> RecordId {
        self.record
    }
}
