use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use oauth::{
    answer::{ErrorCode, OAuthError},
    assertion::Assertion,
    provider::{Backchannel, BackchannelRequest, Grant},
};

use crate::Mischief;

/// SHA-256 of a code or token.
type Hash = [u8; 32];

/// What a client hears that polls for what nobody was asked.
pub(crate) const NOT_ASKED: OAuthError = OAuthError {
    code: ErrorCode::InvalidGrant,
    description: "no such request",
};

/// What the provider remembers, for a minute at most (an assertion: until it expires).
#[derive(Default)]
pub(crate) struct Memory {
    pub mischief: Mischief,
    codes: HashMap<Hash, Grant>,
    asked: HashMap<Hash, Backchannel>,
    tokens: HashMap<Hash, Opened>,
    assertions: HashMap<String, Timestamp>,
}

/// What an access token opens.
pub(crate) struct Opened {
    /// Whose userinfo, for whom, and how they showed who they are.
    pub grant: Grant,
    pub since: Timestamp,
    pub expires_at: Timestamp,
}

impl Memory {
    /// How long a code is good for, as at FranceConnect.
    const CODE: SignedDuration = SignedDuration::from_secs(30);
    /// How long a client that comes too late for an answer is told so.
    const TOLD: SignedDuration = SignedDuration::from_mins(10);
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

    pub fn keep_asked(&mut self, name: Hash, asked: Backchannel, now: Timestamp) {
        self.forget_expired(now);
        self.asked.insert(name, asked);
    }

    /// What somebody is asked now, oldest first, each with its name on the phone.
    pub fn open(&self, now: Timestamp) -> Vec<(String, BackchannelRequest)> {
        let open = self.asked.iter().filter(|(_, asked)| asked.is_open(now));
        let mut open: Vec<_> = open.collect();
        open.sort_by_key(|(name, asked)| (asked.expires_at, **name));
        let shown = |(name, asked): (&Hash, &Backchannel)| (short(name), asked.request.clone());
        open.into_iter().map(shown).collect()
    }

    /// What has that name on the phone.
    pub fn asked(&mut self, name: &str) -> Option<&mut Backchannel> {
        let mut all = self.asked.iter_mut();
        let found = all.find(|(hash, _)| short(hash) == name);
        found.map(|(_, asked)| asked)
    }

    /// A client asks whether somebody confirmed; what they did is given once.
    pub fn poll(&mut self, name: Hash, client: &str, now: Timestamp) -> Result<Grant, OAuthError> {
        let asked = self.asked.get_mut(&name).ok_or(NOT_ASKED)?;
        let polled = asked.poll(client, now);
        if polled.is_ok() {
            self.asked.remove(&name);
        }
        polled
    }

    pub fn keep_token(&mut self, token: Hash, grant: &Grant, now: Timestamp) {
        self.forget_expired(now);
        let opened = Opened {
            grant: grant.clone(),
            since: now,
            expires_at: later(now, SignedDuration::from_secs(Self::TOKEN_SECONDS.into())),
        };
        self.tokens.insert(token, opened);
    }

    /// What a token opens, while it does.
    pub fn opened(&self, token: Hash, now: Timestamp) -> Option<&Opened> {
        let opened = self.tokens.get(&token);
        opened.filter(|opened| now < opened.expires_at)
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
        // A client that comes late is told so for a while.
        let told = |asked: &Backchannel| now < later(asked.expires_at, Self::TOLD);
        self.asked.retain(|_, asked| told(asked));
        self.codes.retain(|_, grant| now < grant.expires_at);
        self.tokens.retain(|_, opened| now < opened.expires_at);
        self.assertions.retain(|_, until| now <= *until);
    }
}

/// What stands in the phone's form: says nothing of what the client polls with.
fn short(name: &Hash) -> String {
    name[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}
