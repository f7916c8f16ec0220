//! Software that is registered here: its name, its keys, what it may do.

use oauth::{
    jwk::KeySet,
    provider::{RegisteredAuth, RegisteredClient},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vault::Store;

/// The scope of a deposit in one transaction (ITI-65).
pub(crate) const TRANSACTION: &str = "system/Bundle.c";
/// The scope of a deposit of one document (ITI-105).
pub(crate) const DOCUMENT: &str = "system/DocumentReference.c";

/// The scope of a change of one's own deposit (PDSm, « mise à jour »).
pub(crate) const UPDATE: &str = "system/DocumentReference.u";

/// What software may ask for (SMART 2, *system* scopes): creating, and changing what one created.
pub const SCOPES: [&str; 3] = [DOCUMENT, TRANSACTION, UPDATE];

/// Software of an organisation, as it is registered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Client {
    /// Organisation name, as people see it in their history.
    pub name: String,
    /// Its public keys, a JWK set: `{"keys": […]}`.
    pub jwks: Value,
    /// What it may ask for, among [`SCOPES`].
    pub scopes: Vec<String>,
    /// Refuse what does not meet every cardinality of its profile.
    #[serde(default)]
    pub strict: bool,
    /// Its people who may call documents back, two together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Signatory>,
}

/// Somebody of an organisation who signs with a key of their own (`carnet audit sign`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Their name.
    pub name: String,
    /// Their public key, in hexadecimal digits.
    pub key: String,
}

/// Why a client is not registered.
#[derive(Debug, thiserror::Error)]
pub enum BadClient {
    /// No name, or none that fits on a line.
    #[error("a client needs an identifier and a name of 1 to 200 characters, on one line")]
    Name,
    /// The keys are no JWK set, or none of them can verify a signature.
    #[error("the keys are not a JWK set with a public key in it")]
    Keys,
    /// A scope that software cannot have.
    #[error("not a scope of software: « {0} »")]
    Scope(String),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] vault::DbError),
}

impl Client {
    /// Registers the client, or changes it; the tokens it had end.
    ///
    /// # Errors
    /// See [`BadClient`].
    pub async fn register(&self, store: &Store, client_id: &str) -> Result<(), BadClient> {
        let line =
            |text: &str| (1..=200).contains(&text.len()) && !text.chars().any(char::is_control);
        if !line(client_id) || !line(&self.name) {
            return Err(BadClient::Name);
        }
        if self.keys().is_none() {
            return Err(BadClient::Keys);
        }
        if let Some(scope) = self.scopes.iter().find(|s| !SCOPES.contains(&s.as_str())) {
            return Err(BadClient::Scope(scope.clone()));
        }
        let json = serde_json::to_vec(self).expect("a client is JSON");
        store.put_client(client_id, &json).await?;
        Ok(store.revoke_tokens(client_id).await?)
    }

    /// The client of that name; what this version cannot read is no client.
    pub(crate) async fn of(store: &Store, client_id: &str) -> Result<Option<Self>, vault::DbError> {
        let json = store.client(client_id).await?;
        Ok(json.and_then(|json| serde_json::from_slice(&json).ok()))
    }

    /// As the token endpoint verifies it; with unreadable keys, nothing verifies.
    pub(crate) fn registered(&self, client_id: &str) -> RegisteredClient {
        RegisteredClient {
            id: client_id.to_owned(),
            redirect_uris: vec![],
            scopes: self.scopes.clone(),
            auth: RegisteredAuth::Keys(self.keys().unwrap_or_default()),
        }
    }

    fn keys(&self) -> Option<KeySet> {
        KeySet::parse(&self.jwks).filter(|keys| *keys != KeySet::default())
    }
}
