//! What a professional reads with software of their own: what its access token stands for.
//!
//! Such a token is kept among the sessions of the account, by its hash alone, so that whatever ends
//! those ends it too: a suspension, wherever it was decided. It opens no page, and a page's session is no
//! token: neither reads as the other.

use std::sync::Arc;

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{DbError, RecordId};

use crate::{Acting, Authenticated, Carnet, Situation, Viewer};

/// A professional's reading, carried by software.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Carried {
    /// OAuth client identifier of the software.
    pub client_id: String,
    /// The registration under which it was given; another one, and it is worth nothing.
    pub registration: Id,
    /// Who, where, and with which software.
    pub situation: Situation,
    /// How surely, and when they last showed who they are.
    pub authenticated: Authenticated,
    /// What it opens.
    pub scopes: Vec<String>,
}

/// A token in use.
#[derive(Debug, Clone)]
pub struct Carrying {
    /// SHA-256 of the token, which names it.
    pub hash: [u8; 32],
    /// The professional's own record.
    pub own: RecordId,
    /// What it stands for.
    pub carried: Carried,
}

impl Carrying {
    /// Who asks: the professional, and nobody else; what they may is decided as on our pages.
    pub fn viewer(&self) -> Viewer {
        Viewer {
            account: self.own.0,
            acting: Acting::Professional(Arc::new(self.carried.situation.clone())),
            authenticated: self.carried.authenticated,
        }
    }
}

impl Carnet {
    /// Keeps what a token stands for until it ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn carry(
        &self,
        token: &str,
        own: RecordId,
        ends: Timestamp,
        carried: &Carried,
    ) -> Result<(), DbError> {
        let json = serde_json::to_vec(carried).expect("it is JSON");
        let (token, now) = (token.as_bytes(), self.now());
        self.store
            .start_session(token, own.0, now, ends, &json)
            .await
    }

    /// What a token stands for, while it does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn carried(&self, token: &str) -> Result<Option<Carrying>, DbError> {
        let found = self.store.session(token.as_bytes(), self.now()).await?;
        Ok(found.and_then(|found| {
            Some(Carrying {
                carried: serde_json::from_slice(&found.body).ok()?,
                hash: found.hash,
                own: RecordId(found.account),
            })
        }))
    }

    /// Ends every token of software in a professional's name: they signed out here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_carried(&self, own: RecordId) -> Result<(), DbError> {
        for session in self.store.sessions_of(own.0, self.now()).await? {
            if serde_json::from_slice::<Carried>(&session.body).is_ok() {
                self.store.end_session(&session.hash).await?;
            }
        }
        Ok(())
    }
}
