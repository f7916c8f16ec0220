//! Pages that belong together before anybody is signed in.
//!
//! A cookie carries a random handle; what was done so far is kept, sealed, under that handle.

use std::time::Duration;

use access::{Anyone, App, Session};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use serde::{Serialize, de::DeserializeOwned};
use web::{Csrf, Fields, Flash, Problem, Shell, Tone};

use crate::code::{Answer, Sent};

/// Hexadecimal digits of a handle.
const HANDLE: usize = 64;
/// How long the cookie is kept: longer than any step, so that a late form says « expired ».
const COOKIE: Duration = Duration::from_secs(6 * 3_600);

/// Anyone who opens one of our public pages.
pub struct Guest {
    /// The page around.
    pub shell: Shell,
    /// Their session, if they have one.
    pub session: Option<Session>,
    /// The installation.
    pub app: App,
    /// Where the request comes from, for limits only.
    pub source: String,
    headers: HeaderMap,
}

impl FromRequestParts<App> for Guest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let anyone = Anyone::from_request_parts(parts, app).await?;
        Ok(Self {
            shell: anyone.shell.with_left_message(&parts.headers),
            session: anyone.session,
            app: anyone.app,
            source: anyone.source,
            headers: parts.headers.clone(),
        })
    }
}

impl Guest {
    /// The browser, in words, for the list of devices.
    pub fn device(&self) -> String {
        let agent = self.headers.get(header::USER_AGENT);
        crate::device::named(
            agent
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default(),
        )
    }

    /// Whether the browser still carries the cookie of a session that has ended.
    pub fn session_ended(&self) -> bool {
        self.session.is_none() && self.app.session_cookie().read(&self.headers).is_some()
    }

    /// The journey that the browser is on.
    pub fn journey(&self, name: &'static str) -> Option<Journey> {
        let handle = self.app.site.cookie(name).read(&self.headers)?;
        let ours = handle.len() == HANDLE && handle.bytes().all(|b| b.is_ascii_hexdigit());
        ours.then_some(Journey { name, handle })
    }

    /// A journey under a fresh handle.
    pub fn begin(&self, name: &'static str) -> Journey {
        Journey::begin(&self.app, name)
    }

    /// The journey whose form was posted.
    ///
    /// # Errors
    /// [`Problem::Expired`] when our page did not make the form for this browser.
    pub fn posted(&self, name: &'static str, fields: &Fields) -> Result<Journey, Problem> {
        let journey = self.journey(name).ok_or(Problem::Expired)?;
        fields.check(&journey.csrf())?;
        Ok(journey)
    }

    /// The page around, titled, whose forms belong to the journey.
    pub fn page(&self, journey: &Journey, title: &str) -> Shell {
        let mut shell = self.shell.clone().titled(self.shell.t(title));
        journey.csrf().token().clone_into(&mut shell.csrf);
        shell
    }
}

/// A journey, by its handle.
#[derive(Debug, Clone)]
pub struct Journey {
    name: &'static str,
    handle: String,
}

impl Journey {
    /// A journey under a fresh handle.
    pub fn begin(app: &App, name: &'static str) -> Self {
        let random = app.random();
        let handle = format!("{}{}", random.id(), random.id());
        Self { name, handle }
    }

    /// What somebody signed in has under way: it ends with the session.
    pub fn of_session(name: &'static str, session: &Session) -> Self {
        let handle = session
            .hash
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self { name, handle }
    }

    fn csrf(&self) -> Csrf {
        Csrf::of(self.handle.as_bytes())
    }

    /// What was done so far; `None` when it expired.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn load<T: DeserializeOwned>(&self, app: &App) -> Result<Option<T>, Problem> {
        let (store, handle) = (&app.store, self.handle.as_bytes());
        let body = store.pending(self.name, handle, app.now()).await?;
        // A layout of another version is a journey to begin again.
        Ok(body.and_then(|body| serde_json::from_slice(&body).ok()))
    }

    /// Keeps what was done, for `life` from now, with every try of a code left.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keep<T: Serialize>(
        &self,
        app: &App,
        state: &T,
        life: SignedDuration,
    ) -> Result<(), Problem> {
        let until = app.now().checked_add(life)?;
        let body = serde_json::to_vec(state)?;
        let handle = self.handle.as_bytes();
        Ok(app
            .store
            .put_pending(self.name, handle, until, &body)
            .await?)
    }

    /// Reads what was done and ends the journey: of two requests, one gets it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn take<T: DeserializeOwned>(&self, app: &App) -> Result<Option<T>, Problem> {
        let (store, handle) = (&app.store, self.handle.as_bytes());
        let body = store.take_pending(self.name, handle, app.now()).await?;
        Ok(body.and_then(|body| serde_json::from_slice(&body).ok()))
    }

    /// Uses up one try and judges a typed code.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn answer(
        &self,
        app: &App,
        sent: &Sent,
        typed: &str,
        life: SignedDuration,
    ) -> Result<Answer, Problem> {
        let (tries, now) = (app.limits.code_tries, app.now());
        let handle = self.handle.as_bytes();
        let counted = app.store.try_pending(self.name, handle, tries, now).await?;
        Ok(sent.judge(typed, counted, life, now))
    }

    /// The `Set-Cookie` header that puts the browser on this journey.
    pub fn cookie(&self, app: &App) -> HeaderValue {
        app.site.cookie(self.name).set(&self.handle, Some(COOKIE))
    }

    /// The `Set-Cookie` header that ends it in the browser.
    pub fn cleared(&self, app: &App) -> HeaderValue {
        app.site.cookie(self.name).clear()
    }
}

/// Back to the start of a journey that took too long.
pub fn expired(start: &str) -> Response {
    let left = Flash::leave(Tone::Warning, "account-expired");
    ([(header::SET_COOKIE, left)], Redirect::to(start)).into_response()
}

/// An answer with a cookie.
pub fn with_cookie(cookie: HeaderValue, answer: impl IntoResponse) -> Response {
    let mut answer = answer.into_response();
    answer.headers_mut().append(header::SET_COOKIE, cookie);
    answer
}
