//! Signing in on another device: asked by a client, confirmed on the person's phone (OpenID Connect
//! Client-Initiated Backchannel Authentication 1.0, poll mode).

use jiff::Timestamp;

use super::{Grant, RegisteredClient};
use crate::{
    answer::{ErrorCode, OAuthError},
    ciba::later,
    params::Params,
};

/// The longest binding message, in characters: it is read on two screens.
const MESSAGE: usize = 40;

/// What a client asks, checked against its registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackchannelRequest {
    /// Who asks.
    pub client_id: String,
    /// What is asked for: all within what the client may ask.
    pub scope: Vec<String>,
    /// Who is to confirm.
    pub login_hint: String,
    /// What both screens show.
    pub binding_message: String,
    /// Levels of authentication wished for.
    pub acr_values: Vec<String>,
    /// How long it may take, in seconds.
    pub lifetime: u32,
}

/// A request that waits for its answer: kept under the hash of its `auth_req_id`.
#[derive(Debug, Clone)]
pub struct Backchannel {
    /// What was asked.
    pub request: BackchannelRequest,
    /// Seconds between two polls; it grows when they come quicker.
    pub interval: u32,
    /// When it becomes worthless.
    pub expires_at: Timestamp,
    polled_at: Timestamp,
    answer: Option<Answer>,
}

#[derive(Debug, Clone)]
enum Answer {
    Yes(Box<Grant>),
    No,
}

fn refused<T>(code: ErrorCode, why: &'static str) -> Result<T, OAuthError> {
    Err(OAuthError::new(code, why))
}

impl BackchannelRequest {
    /// Checks the form that `client`, which has proved who it is, sent to the authentication endpoint.
    ///
    /// # Errors
    /// As §13 of the specification says.
    pub fn parse(form: &Params, client: &RegisteredClient) -> Result<Self, OAuthError> {
        if form.get("request").is_some() {
            return refused(ErrorCode::InvalidRequest, "request objects are not read");
        }
        let scope = form.words("scope");
        let openid = scope.iter().any(|scope| scope == "openid");
        if !openid || !scope.iter().all(|scope| client.scopes.contains(scope)) {
            let why = "openid is missing, or a scope is not this client's";
            return refused(ErrorCode::InvalidScope, why);
        }
        let others = ["login_hint_token", "id_token_hint"];
        if others.iter().any(|name| form.get(name).is_some()) {
            return refused(ErrorCode::InvalidRequest, "only login_hint is read");
        }
        let Some(login_hint) = form.get("login_hint").filter(|hint| !hint.is_empty()) else {
            return refused(ErrorCode::InvalidRequest, "login_hint is missing");
        };
        let binding_message = form.get("binding_message").unwrap_or_default();
        let plain = |c: char| !c.is_control();
        if binding_message.chars().count() > MESSAGE || !binding_message.chars().all(plain) {
            let why = "binding_message is too long, or not plain text";
            return refused(ErrorCode::InvalidBindingMessage, why);
        }
        let lifetime = match form.get("requested_expiry") {
            None => Backchannel::LIFETIME,
            Some(asked) => match asked.parse() {
                Ok(seconds @ 1..) => Backchannel::LIFETIME.min(seconds),
                _ => {
                    let why = "requested_expiry is not a number of seconds";
                    return refused(ErrorCode::InvalidRequest, why);
                }
            },
        };
        Ok(Self {
            client_id: client.id.clone(),
            scope,
            login_hint: login_hint.to_owned(),
            binding_message: binding_message.to_owned(),
            acr_values: form.words("acr_values"),
            lifetime,
        })
    }
}

impl Backchannel {
    /// How long a person may take, in seconds, as at Pro Santé Connect.
    pub const LIFETIME: u32 = 120;
    /// Seconds between two polls, as there.
    pub const INTERVAL: u32 = 5;
    /// By how much the interval grows when a poll comes sooner.
    pub const SLOWER: u32 = 5;

    /// A request that was accepted just now.
    pub fn begin(request: BackchannelRequest, now: Timestamp) -> Self {
        Self {
            interval: Self::INTERVAL,
            expires_at: later(now, request.lifetime),
            polled_at: now,
            answer: None,
            request,
        }
    }

    /// Whether somebody is still asked.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.answer.is_none() && now < self.expires_at
    }

    /// The person confirmed, at that level; once answered, an answer stays.
    pub fn confirm(&mut self, subject: &str, acr: Option<&str>, now: Timestamp) {
        if !self.is_open(now) {
            return;
        }
        self.answer = Some(Answer::Yes(Box::new(Grant {
            client_id: self.request.client_id.clone(),
            // No browser comes back, and no code is given: there is nothing to compare.
            redirect_uri: String::new(),
            code_challenge: String::new(),
            nonce: None,
            scope: self.request.scope.clone(),
            subject: subject.to_owned(),
            acr: acr.map(str::to_owned),
            auth_time: now,
            expires_at: self.expires_at,
        })));
    }

    /// The person said no.
    pub fn refuse(&mut self, now: Timestamp) {
        if self.is_open(now) {
            self.answer = Some(Answer::No);
        }
    }

    /// The client that proved to be `client_id` asks for tokens. What it gets them for is given once:
    /// the caller forgets the request then.
    ///
    /// # Errors
    /// `authorization_pending`, `slow_down`, `expired_token`, `access_denied` (§11), or `invalid_grant`
    /// to another client.
    pub fn poll(&mut self, client_id: &str, now: Timestamp) -> Result<Grant, OAuthError> {
        if client_id != self.request.client_id {
            return refused(ErrorCode::InvalidGrant, "not this client's request");
        }
        if now >= self.expires_at {
            return refused(ErrorCode::ExpiredToken, "the request has expired");
        }
        let early = now < later(self.polled_at, self.interval);
        self.polled_at = now;
        if early {
            // Even when the answer is there: who hurries is never served sooner.
            self.interval = self.interval.saturating_add(Self::SLOWER);
            return refused(ErrorCode::SlowDown, "polls come too quickly");
        }
        match &self.answer {
            None => refused(ErrorCode::AuthorizationPending, "nobody has answered yet"),
            Some(Answer::No) => refused(ErrorCode::AccessDenied, "the person said no"),
            Some(Answer::Yes(grant)) => Ok(Grant::clone(grant)),
        }
    }
}

#[cfg(test)]
#[path = "ciba_tests.rs"]
mod tests;
