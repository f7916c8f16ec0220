use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use oauth::{
    answer::{ErrorCode, OAuthError},
    assertion::Assertion,
    provider::Grant,
};

use crate::Mischief;

/// SHA-256 of a code or token.
type Hash = [u8; 32];

/// What the provider remembers, for a minute at most (an assertion: until it expires).
#[derive(Default)]
pub(crate) struct Memory {
    pub mischief: Mischief,
    codes: HashMap<Hash, Grant>,
    tokens: HashMap<Hash, Opened>,
    assertions: HashMap<String, Timestamp>,
}

/// What an access token opens.
struct Opened {
    subject: String,
    expires_at: Timestamp,
}

impl Memory {
    /// How long a code is good for, as at FranceConnect.
    const CODE: SignedDuration = SignedDuration::from_secs(30);
    /// How long an access token is good for, in seconds.
    pub const TOKEN_SECONDS: u32 = 60;

    pub fn keep_code(&mut self, code: Hash, grant: Grant, now: Timestamp) {
        self.forget_expired(now);
        let expires_at = later(now, Self::CODE);
        self.codes.insert(
            code,
            Grant {
                expires_at,
                ..grant
            },
        );
    }

    /// The grant of a code: once, unless it is told to err.
    pub fn take_code(&mut self, code: Hash) -> Option<Grant> {
        match self.mischief {
            Mischief::CodeReplayAllowed => self.codes.get(&code).cloned(),
            _ => self.codes.remove(&code),
        }
    }

    pub fn keep_token(&mut self, token: Hash, subject: &str, now: Timestamp) {
        self.forget_expired(now);
        let opened = Opened {
            subject: subject.to_owned(),
            expires_at: later(now, SignedDuration::from_secs(Self::TOKEN_SECONDS.into())),
        };
        self.tokens.insert(token, opened);
    }

    /// Whose userinfo a token opens.
    pub fn subject(&self, token: Hash, now: Timestamp) -> Option<&str> {
        let opened = self.tokens.get(&token);
        opened
            .filter(|opened| now < opened.expires_at)
            .map(|opened| opened.subject.as_str())
    }

    /// Refuses an assertion that was shown before (RFC 7523 §3, rule 7).
    pub fn spend(&mut self, assertion: Assertion, now: Timestamp) -> Result<(), OAuthError> {
        self.forget_expired(now);
        let until = later(assertion.exp, oauth::SKEW);
        match self.assertions.insert(assertion.jti, until) {
            None => Ok(()),
            Some(_) => Err(OAuthError::new(
                ErrorCode::InvalidClient,
                "client_assertion was shown before",
            )),
        }
    }

    fn forget_expired(&mut self, now: Timestamp) {
        self.codes.retain(|_, grant| now < grant.expires_at);
        self.tokens.retain(|_, opened| now < opened.expires_at);
        self.assertions.retain(|_, until| now <= *until);
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}
