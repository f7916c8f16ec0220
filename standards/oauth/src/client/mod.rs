//! Signing people in with an OpenID provider, as its client (« relying party »).
//!
//! [`Provider::discover`] once, then for each sign-in [`Provider::start`], which
//! gives the address to send the browser to and a [`Pending`] to keep in **that
//! browser's** session, and [`Provider::finish`] when it comes back. The caller
//! removes the `Pending` before it calls `finish`, so that an answer serves once,
//! and gives the session a new name afterwards (fixation).
//!
//! Where no browser goes to the provider, [`Provider::ask_elsewhere`] asks on the person's own device
//! and [`Provider::poll`], again and again, hears of the answer.
//!
//! Where other software signed somebody in and shows their access token, [`Provider::vouch`] asks the
//! provider about it.

mod checks;
mod ciba;
mod discovery;
mod finish;
mod introspect;
mod refusal;
mod start;

use std::{
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use ambient::Secret;
pub use ciba::{AskElsewhere, Polled, Waiting};
pub use discovery::{DiscoveryError, Metadata};
pub use finish::{Callback, SignedIn};
pub use introspect::Vouched;
pub use refusal::SignInError;
pub use start::{Ask, Pending};

use crate::{
    jwk::{KeySet, SigningKey},
    params,
};

/// How we are registered with a provider.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The provider's issuer, exactly as its metadata and tokens write it.
    pub issuer: String,
    /// Where its metadata is, when not at `{issuer}/.well-known/openid-configuration`
    /// (Pro Santé Connect: `…/.well-known/wallet-openid-configuration`).
    pub discovery_url: Option<String>,
    /// Our `client_id` there.
    pub client_id: String,
    /// How we prove who we are at its token endpoint.
    pub auth: ClientAuth,
    /// Whether the userinfo must come signed (FranceConnect does).
    pub signed_userinfo: bool,
}

/// How a client proves who it is (OpenID Connect Core §9).
#[derive(Debug, Clone)]
pub enum ClientAuth {
    /// `client_secret_basic`: the secret in the `Authorization` header.
    Basic(Secret<String>),
    /// `client_secret_post`: the secret in the form.
    Post(Secret<String>),
    /// `private_key_jwt`: a signed assertion (RFC 7523); nothing secret is shared.
    PrivateKey(Box<SigningKey>),
    /// `none`: PKCE alone.
    Public,
}

/// A provider that was discovered. Share it; its keys are refreshed when it signs with a new one.
pub struct Provider {
    registration: Registration,
    metadata: Metadata,
    keys: RwLock<Arc<KeySet>>,
}

impl Provider {
    /// How we are registered there.
    pub fn registration(&self) -> &Registration {
        &self.registration
    }

    /// What the provider says of itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Where to send the browser to sign out there too (OpenID Connect RP-Initiated
    /// Logout 1.0); `None` when the provider has no such page.
    ///
    /// `id_token` is [`SignedIn::id_token`]; `back_to` must be registered there;
    /// `state` comes back with the browser.
    pub fn logout_url(&self, id_token: &str, back_to: &str, state: &str) -> Option<String> {
        let endpoint = self.metadata.end_session_endpoint.as_deref()?;
        Some(params::with_query(
            endpoint,
            &[
                ("id_token_hint", id_token),
                ("client_id", &self.registration.client_id),
                ("post_logout_redirect_uri", back_to),
                ("state", state),
            ],
        ))
    }

    fn keys(&self) -> Arc<KeySet> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace_keys(&self, keys: KeySet) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({})", self.registration.issuer)
    }
}
