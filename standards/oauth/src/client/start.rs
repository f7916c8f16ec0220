use std::fmt;

use ambient::Random;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Provider;
use crate::{base64url, params, pkce};

/// What to ask of the provider.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// Where the browser comes back, as registered.
    pub redirect_uri: &'a str,
    /// Scopes; `openid` is added when it is missing.
    pub scopes: &'a [&'a str],
    /// Acceptable levels of authentication, best first; none asks for no level
    /// (FranceConnect and Pro Santé Connect: `eidas1`).
    pub acr_values: &'a [&'a str],
    /// `login` to have the person authenticate again, `none` to show nothing.
    pub prompt: Option<&'a str>,
    /// Oldest authentication accepted, in seconds.
    pub max_age: Option<u32>,
}

/// A sign-in under way: kept in the browser's session, taken out of it to finish.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub(super) issuer: String,
    pub(super) redirect_uri: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) acr_values: Vec<String>,
    pub(super) max_age: Option<u32>,
    pub(super) started_at: Timestamp,
}

impl Pending {
    /// How long a person may take to sign in.
    pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

    /// Which provider was asked.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// When the sign-in started; worthless [`Self::LIFETIME`] later.
    pub fn started_at(&self) -> Timestamp {
        self.started_at
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("issuer", &self.issuer)
            .field("started_at", &self.started_at)
            .finish_non_exhaustive()
    }
}

/// Scopes as they are sent, with `openid` among them: without it there is no ID token.
pub(super) fn with_openid(scopes: &[&str]) -> String {
    let mut scopes = scopes.to_vec();
    if !scopes.contains(&"openid") {
        scopes.insert(0, "openid");
    }
    scopes.join(" ")
}

impl Provider {
    /// Begins a sign-in: the address to send the browser to, and what to keep meanwhile.
    pub fn start(&self, ask: Ask<'_>, random: &dyn Random, now: Timestamp) -> (String, Pending) {
        let secret = || base64url(&random.key());
        let pending = Pending {
            issuer: self.metadata.issuer.clone(),
            redirect_uri: ask.redirect_uri.to_owned(),
            state: secret(),
            nonce: secret(),
            verifier: secret(),
            acr_values: ask.acr_values.iter().map(ToString::to_string).collect(),
            max_age: ask.max_age,
            started_at: now,
        };
        let (scope, acr) = (with_openid(ask.scopes), ask.acr_values.join(" "));
        let challenge = pkce::challenge(&pending.verifier);
        let max_age = ask.max_age.map(|seconds| seconds.to_string());
        let mut query = vec![
            ("response_type", "code"),
            ("client_id", &self.registration.client_id),
            ("redirect_uri", ask.redirect_uri),
            ("scope", &scope),
            ("state", &pending.state),
            ("nonce", &pending.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let optional = [
            (
                "acr_values",
                Some(acr.as_str()).filter(|acr| !acr.is_empty()),
            ),
            ("prompt", ask.prompt),
            ("max_age", max_age.as_deref()),
        ];
        query.extend(
            optional
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        (
            params::with_query(&self.metadata.authorization_endpoint, &query),
            pending,
        )
    }
}
