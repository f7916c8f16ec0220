//! A question on somebody's phone: asked, kept in the browser that asked it, and what became of it.

use std::time::Duration;

use access::App;
use http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use oauth::client::{AskElsewhere, Polled, SignInError, Waiting};
use serde::{Deserialize, Serialize};
use web::{Cookie, Problem};

use crate::{
    ProSanteConnect,
    sign_in::{self, Again, Failure, Found, LEVEL, SCOPES},
};

const WHAT: &str = "asked on a phone";
const POLL: &str = "poll for a phone";
const BY_WHOM: &str = "asked on a phone by identifier";
const BY_SOURCE: &str = "asked on a phone by source";
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// How long a page waits, whether anybody is asked or not.
const WAITS: SignedDuration = SignedDuration::from_secs(120);
/// Seconds between two looks, whether anybody is asked or not.
pub(super) const BETWEEN: i64 = 5;
/// What a provider refuses of us, and not of the person who was named.
const OURS: [&str; 5] = [
    "invalid_client",
    "unauthorized_client",
    "invalid_scope",
    "invalid_request",
    "invalid_binding_message",
];

/// A question on somebody's phone, as this browser keeps it.
#[derive(Serialize, Deserialize)]
pub(super) struct Question {
    /// The national identifier that was typed.
    pub who: String,
    pub word: String,
    /// Nothing when nobody is known by that identifier: the page is the same.
    waiting: Option<Waiting>,
    /// For whom confirms once more who they are.
    pub again: Option<Again>,
}

/// Why nobody was asked.
pub(super) enum Unasked {
    TooMany,
    Unavailable,
}

/// Has Pro Santé Connect ask somebody; the cookie that leads to the answer. The same for whoever is
/// named, known or not: what is counted, what is called, what is kept.
pub(super) async fn ask(
    app: &App,
    source: &str,
    identity: &ProSanteConnect,
    who: String,
    again: Option<Again>,
) -> Result<Result<HeaderValue, Unasked>, Problem> {
    let (limits, now) = (&app.limits, app.now());
    let counted = [
        (BY_WHOM, who.as_bytes(), limits.phone_asks_an_hour),
        (
            BY_SOURCE,
            source.as_bytes(),
            limits.phone_asks_by_source_an_hour,
        ),
    ];
    let mut within = true;
    for (what, whom, limit) in counted {
        within &= app.store.attempt(what, whom, limit, HOUR, now).await?;
    }
    if !within {
        return Ok(Err(Unasked::TooMany));
    }
    let Some(provider) = identity.provider().await else {
        return Ok(Err(Unasked::Unavailable));
    };
    let word = format!("{:04}", app.random().below(10_000));
    let question = AskElsewhere {
        scopes: SCOPES,
        acr_values: LEVEL,
        login_hint: &who,
        binding_message: &word,
    };
    let asked = provider.ask_elsewhere(question, identity.http(), app.random(), now);
    let waiting = match asked.await {
        Ok(waiting) => Some(waiting),
        Err(SignInError::Refused(code)) if !OURS.contains(&code.as_str()) => None,
        Err(error) => {
            tracing::warn!(%error, "nobody could be asked on a phone");
            return Ok(Err(Unasked::Unavailable));
        }
    };
    let question = Question {
        who,
        word,
        waiting,
        again,
    };
    let handle = sign_in::secret(app);
    let between = SignedDuration::from_secs(BETWEEN);
    app.store
        .attempt(POLL, handle.as_bytes(), 1, between, now)
        .await?;
    let until = now.saturating_add(WAITS).unwrap_or(Timestamp::MAX);
    let body = serde_json::to_vec(&question)?;
    app.store
        .put_pending(WHAT, handle.as_bytes(), until, &body)
        .await?;
    let lifetime = Duration::from_secs(WAITS.unsigned_abs().as_secs());
    Ok(Ok(cookie(app).set(&handle, Some(lifetime))))
}

/// The question that this browser asked, if it still waits.
pub(super) async fn kept(
    app: &App,
    headers: &HeaderMap,
) -> Result<Option<(String, Question)>, Problem> {
    let Some(handle) = cookie(app).read(headers) else {
        return Ok(None);
    };
    let body = app
        .store
        .pending(WHAT, handle.as_bytes(), app.now())
        .await?;
    let question = body.and_then(|body| serde_json::from_slice(&body).ok());
    Ok(question.map(|question| (handle, question)))
}

/// What became of a question: nothing while nobody answered. Pro Santé Connect is asked as often as it
/// allows, however many pages look, and on however many servers.
pub(super) async fn heard(
    app: &App,
    identity: &ProSanteConnect,
    handle: &str,
    question: &mut Question,
) -> Result<Option<Result<Found, Failure>>, Problem> {
    let (now, between) = (app.now(), SignedDuration::from_secs(BETWEEN));
    let looks = app.store.attempt(POLL, handle.as_bytes(), 1, between, now);
    if !looks.await? {
        return Ok(None);
    }
    let (Some(waiting), Some(provider)) = (&mut question.waiting, identity.provider().await) else {
        return Ok(None);
    };
    let polled = provider.poll(waiting, identity.http(), app.random(), now);
    match polled.await {
        Ok(Polled::NotYet) => {
            let body = serde_json::to_vec(question)?;
            app.store
                .update_pending(WHAT, handle.as_bytes(), &body)
                .await?;
            Ok(None)
        }
        Ok(Polled::SignedIn(signed_in)) => {
            // Who confirms shows who they are then: after they were asked.
            let since = waiting.started_at();
            Ok(Some(sign_in::found(&signed_in, since, now)))
        }
        Err(error) => {
            tracing::warn!(%error, "nobody confirmed on a phone");
            Ok(Some(Err(Failure::of(&error))))
        }
    }
}

/// Takes a question away: of two tabs, one does.
pub(super) async fn take(app: &App, handle: &str) -> Result<bool, Problem> {
    let taken = app.store.take_pending(WHAT, handle.as_bytes(), app.now());
    Ok(taken.await?.is_some())
}

pub(super) fn cookie(app: &App) -> Cookie {
    app.site.cookie("telephone")
}
