//! Asking on the person's own device, and hearing of the answer by polling (OpenID Connect CIBA
//! Core 1.0, poll mode: the one that Pro Santé Connect has).

use std::fmt;

use ambient::Random;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Provider, SignInError, SignedIn,
    checks::Expected,
    finish::{Tokens, refusal},
    start::with_openid,
};
use crate::{
    ciba::{GRANT, later},
    http::{AnswerError, Http, HttpResponse, json},
};

/// Seconds between two polls where the provider does not say (§7.3).
const INTERVAL: u32 = 5;
/// By how much we slow down when told to, or when nobody answers (§11).
const SLOWER: u32 = 5;
/// Bounds of what a provider may say, in seconds.
const LONGEST_INTERVAL: u32 = 60;
const LONGEST_WAIT: u32 = 600;

/// Whom to ask, and for what.
#[derive(Debug, Clone, Copy)]
pub struct AskElsewhere<'a> {
    /// Scopes; `openid` is added when it is missing.
    pub scopes: &'a [&'a str],
    /// Acceptable levels of authentication, best first.
    pub acr_values: &'a [&'a str],
    /// Who it is, as the provider knows them (Pro Santé Connect: the national identifier).
    pub login_hint: &'a str,
    /// What both screens show, so that the person knows what they confirm.
    pub binding_message: &'a str,
}

/// A question that waits for its answer: kept in the session of the browser that asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    issuer: String,
    auth_req_id: String,
    acr_values: Vec<String>,
    /// Seconds.
    interval: u32,
    next_at: Timestamp,
    started_at: Timestamp,
    expires_at: Timestamp,
}

/// What a poll found.
#[derive(Debug, Clone)]
pub enum Polled {
    /// Nothing yet, or not yet asked again.
    NotYet,
    /// They confirmed, and everything was checked.
    SignedIn(Box<SignedIn>),
}

impl Waiting {
    /// When it was asked: who confirms it shows who they are after that.
    pub fn started_at(&self) -> Timestamp {
        self.started_at
    }

    /// When it is worthless.
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// Before this, a poll asks nothing.
    pub fn next_at(&self) -> Timestamp {
        self.next_at
    }

    fn slower(&mut self, now: Timestamp) {
        self.interval = self.interval.saturating_add(SLOWER).min(LONGEST_INTERVAL);
        self.next_at = later(now, self.interval);
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting")
            .field("issuer", &self.issuer)
            .field("interval", &self.interval)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Provider {
    /// Has the provider ask somebody on their own device.
    ///
    /// # Errors
    /// [`SignInError::NoBackchannel`] where it cannot, [`SignInError::Refused`] with its error code
    /// (`unknown_user_id`…), [`SignInError::TokenAnswer`] when it does not answer as it should.
    pub async fn ask_elsewhere(
        &self,
        ask: AskElsewhere<'_>,
        http: &impl Http,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<Waiting, SignInError> {
        #[derive(Deserialize)]
        struct Answer {
            auth_req_id: String,
            expires_in: u32,
            interval: Option<u32>,
        }
        let endpoint = self.metadata.backchannel_authentication_endpoint.as_deref();
        let endpoint = endpoint.ok_or(SignInError::NoBackchannel)?;
        let (scope, acr) = (with_openid(ask.scopes), ask.acr_values.join(" "));
        let mut form = vec![
            ("scope", scope.as_str()),
            ("login_hint", ask.login_hint),
            ("binding_message", ask.binding_message),
        ];
        if !acr.is_empty() {
            form.push(("acr_values", &acr));
        }
        let request = self.proved(endpoint, &form, random, now);
        let request = request.map_err(SignInError::TokenAnswer)?;
        let response = http.send(request).await;
        let response = response.map_err(|error| SignInError::TokenAnswer(error.into()))?;
        if response.status() != 200 {
            return Err(refused(&response));
        }
        let body = json(&response).map_err(SignInError::TokenAnswer)?;
        let answer = Answer::deserialize(body).map_err(|_| SignInError::Tokens)?;
        if answer.auth_req_id.is_empty() {
            return Err(SignInError::Tokens);
        }
        let interval = answer.interval.unwrap_or(INTERVAL);
        let interval = interval.clamp(1, LONGEST_INTERVAL);
        Ok(Waiting {
            issuer: self.metadata.issuer.clone(),
            auth_req_id: answer.auth_req_id,
            acr_values: ask.acr_values.iter().map(ToString::to_string).collect(),
            interval,
            next_at: later(now, interval),
            started_at: now,
            expires_at: later(now, answer.expires_in.min(LONGEST_WAIT)),
        })
    }

    /// Asks whether there is an answer, unless it is too soon to ask: then nothing is sent.
    ///
    /// The caller keeps `waiting` as it was left, and forgets it once this is an error or somebody.
    ///
    /// # Errors
    /// [`SignInError`]: nobody is signed in, and starting again is the only way on.
    pub async fn poll(
        &self,
        waiting: &mut Waiting,
        http: &impl Http,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<Polled, SignInError> {
        if waiting.issuer != self.metadata.issuer {
            return Err(SignInError::OtherProvider);
        }
        if now >= waiting.expires_at {
            return Err(SignInError::TooLate);
        }
        if now < waiting.next_at {
            return Ok(Polled::NotYet);
        }
        waiting.next_at = later(now, waiting.interval);
        let form = [
            ("grant_type", GRANT),
            ("auth_req_id", waiting.auth_req_id.as_str()),
        ];
        let endpoint = &self.metadata.token_endpoint;
        let request = self.proved(endpoint, &form, random, now);
        let request = request.map_err(SignInError::TokenAnswer)?;
        let Ok(response) = http.send(request).await else {
            // Silence is not a no: asked again, later.
            waiting.slower(now);
            return Ok(Polled::NotYet);
        };
        if response.status().is_server_error() {
            waiting.slower(now);
            return Ok(Polled::NotYet);
        }
        if response.status() != 200 {
            return match refusal(&response).as_deref() {
                Some("authorization_pending") => Ok(Polled::NotYet),
                Some("slow_down") => {
                    waiting.slower(now);
                    Ok(Polled::NotYet)
                }
                Some("expired_token") => Err(SignInError::TooLate),
                Some("access_denied") => Err(SignInError::Refused("access_denied".to_owned())),
                Some(code) => Err(SignInError::TokenRefused(code.to_owned())),
                None => Err(refused(&response)),
            };
        }
        let expected = Expected {
            issuer: &waiting.issuer,
            nonce: None,
            acr_values: &waiting.acr_values,
            max_age: None,
        };
        let tokens = Tokens::read(&response)?;
        let signed_in = self.believe(tokens, &expected, http, now).await?;
        Ok(Polled::SignedIn(Box::new(signed_in)))
    }
}

/// The error of an answer that is none.
fn refused(response: &HttpResponse) -> SignInError {
    let status = AnswerError::Status(response.status().as_u16());
    refusal(response).map_or(SignInError::TokenAnswer(status), SignInError::Refused)
}
