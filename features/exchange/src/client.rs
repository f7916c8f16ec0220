//! Software that is registered here: its name, its keys, what it may do.

use ambient::Id;
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

/// The scope that lists documents, and reads what is said of one, in a professional's name.
pub(crate) const FIND: &str = "user/DocumentReference.rs";
/// The scope that reads the files of documents in a professional's name.
pub(crate) const BYTES: &str = "user/Binary.r";

/// What software may ask for in a professional's name (SMART 2, *user* scopes).
pub const IN_A_NAME: [&str; 2] = [FIND, BYTES];

/// Software of an organisation, as it is registered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Client {
    /// Organisation name, as people see it in their history.
    pub name: String,
    /// Its public keys, a JWK set: `{"keys": […]}`.
    pub jwks: Value,
    /// What it may ask for, among [`SCOPES`] and [`IN_A_NAME`].
    pub scopes: Vec<String>,
    /// Refuse what does not meet every cardinality of its profile.
    #[serde(default)]
    pub strict: bool,
    /// Its people who may call documents back, two together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Signatory>,
    /// The clients of Pro Santé Connect with which it signs its professionals in: their tokens, and no
    /// others, it may exchange (RFC 8693). Without one it reads in nobody's name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs_in_as: Vec<String>,
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
    /// Reading in a professional's name takes both the scopes and the clients of the provider.
    #[error(
        "to read in a professional's name takes a user/ scope and a client in « signs_in_as », both or neither"
    )]
    InAName,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] vault::DbError),
}

impl Client {
    /// Whether it can be registered.
    ///
    /// # Errors
    /// See [`BadClient`].
    pub fn check(&self, client_id: &str) -> Result<(), BadClient> {
        let line =
            |text: &str| (1..=200).contains(&text.len()) && !text.chars().any(char::is_control);
        if !line(client_id) || !line(&self.name) {
            return Err(BadClient::Name);
        }
        if self.keys().is_none() {
            return Err(BadClient::Keys);
        }
        let known = |scope: &&String| [&SCOPES[..], &IN_A_NAME].concat().contains(&scope.as_str());
        if let Some(scope) = self.scopes.iter().find(|scope| !known(scope)) {
            return Err(BadClient::Scope(scope.clone()));
        }
        if self.scopes_in_a_name().is_empty() != self.signs_in_as.is_empty() {
            return Err(BadClient::InAName);
        }
        if !self.signs_in_as.iter().all(|party| line(party)) {
            return Err(BadClient::Name);
        }
        Ok(())
    }

    /// Registers the client, or changes it; the tokens it had end.
    ///
    /// # Errors
    /// See [`BadClient`].
    pub async fn register(&self, store: &Store, client_id: &str) -> Result<(), BadClient> {
        self.check(client_id)?;
        let json = serde_json::to_vec(self).expect("a client is JSON");
        store.put_client(client_id, &json).await?;
        Ok(store.revoke_tokens(client_id).await?)
    }

    /// The client of that name; what this version cannot read is no client.
    pub(crate) async fn of(store: &Store, client_id: &str) -> Result<Option<Self>, vault::DbError> {
        let json = store.client(client_id).await?;
        Ok(json.and_then(|json| serde_json::from_slice(&json).ok()))
    }

    /// The registration of a client, and what names it: another one has another name.
    pub(crate) async fn registered_as(
        store: &Store,
        client_id: &str,
    ) -> Result<Option<(Self, Id)>, vault::DbError> {
        let json = store.client(client_id).await?;
        Ok(json.and_then(|json| {
            let name = [client_id.as_bytes(), &[0], &json].concat();
            let name = Id(store.short("registration", &name));
            Some((serde_json::from_slice(&json).ok()?, name))
        }))
    }

    /// What it may ask for itself.
    pub(crate) fn own_scopes(&self) -> Vec<String> {
        self.among(&SCOPES)
    }

    /// What it may ask for in a professional's name.
    pub(crate) fn scopes_in_a_name(&self) -> Vec<String> {
        self.among(&IN_A_NAME)
    }

    fn among(&self, known: &[&str]) -> Vec<String> {
        let own = self.scopes.iter().cloned();
        own.filter(|scope| known.contains(&scope.as_str()))
            .collect()
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
