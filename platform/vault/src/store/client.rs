//! Software that may call the API, and its access tokens.

use std::sync::Arc;

use jiff::Timestamp;

use super::Store;
use crate::{
    chain,
    db::{DbError, Statements, Step},
};

const PUT: &str = "INSERT INTO client (client_id, sealed) VALUES (?1, ?2) \
    ON CONFLICT (client_id) DO UPDATE SET sealed = excluded.sealed";
const GET: &str = "SELECT sealed FROM client WHERE client_id = ?1";
const ISSUE: &str =
    "INSERT INTO token (token_hash, client_id, ends_at, sealed) VALUES (?1, ?2, ?3, ?4)";
const TOKEN: &str = "SELECT sealed, ends_at FROM token WHERE token_hash = ?1 AND ends_at > ?2";
const REVOKE: &str = "DELETE FROM token WHERE client_id = ?1";
const PURGE: &str = "DELETE FROM token WHERE ends_at <= ?1";

pub(super) const STATEMENTS: Statements = &[PUT, GET, ISSUE, TOKEN, REVOKE, PURGE];

/// A token in use.
#[derive(Debug, Clone)]
pub(super) struct Token {
    ends: Timestamp,
    body: Vec<u8>,
}

impl Store {
    /// Registers a client, or changes it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_client(&self, client_id: &str, body: &[u8]) -> Result<(), DbError> {
        let sealed = self.seal("client", client_id.as_bytes(), body);
        self.db
            .write(vec![Step::new(PUT, vec![client_id.into(), sealed.into()])])
            .await
            .map(drop)
    }

    /// A registered client.
    ///
    /// # Errors
    /// When the database fails, or the row was altered.
    pub async fn client(&self, client_id: &str) -> Result<Option<Vec<u8>>, DbError> {
        let rows = self.db.query(GET, vec![client_id.into()]).await?;
        rows.first()
            .map(|row| self.unseal("client", client_id.as_bytes(), row.bytes(0)?))
            .transpose()
    }

    /// Keeps an access token (its hash) until it ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue_token(
        &self,
        token: &str,
        client_id: &str,
        ends: Timestamp,
        body: &[u8],
    ) -> Result<(), DbError> {
        let hash = chain::hash(token.as_bytes());
        let sealed = self.seal("token", &hash, body);
        let params = vec![(&hash).into(), client_id.into(), ends.into(), sealed.into()];
        self.db
            .write(vec![Step::new(ISSUE, params)])
            .await
            .map(drop)
    }

    /// What a token stands for, unless it has ended.
    ///
    /// # Errors
    /// When the database fails, or the row was altered.
    pub async fn token(&self, token: &str, now: Timestamp) -> Result<Option<Vec<u8>>, DbError> {
        let hash = chain::hash(token.as_bytes());
        if let Some(token) = self.tokens.get(&hash)
            && token.ends > now
        {
            return Ok(Some(token.body));
        }
        let mark = self.tokens.mark(&hash);
        let params = vec![(&hash).into(), now.into()];
        let rows = self.db.query(TOKEN, params).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let token = Token {
            body: self.unseal("token", &hash, row.bytes(0)?)?,
            ends: row.instant(1)?,
        };
        if self.db.is_alone() {
            self.tokens.keep(mark, hash, token.clone());
        }
        Ok(Some(token.body))
    }

    /// Ends every token of a client.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_tokens(&self, client_id: &str) -> Result<(), DbError> {
        let tokens = Arc::clone(&self.tokens);
        let steps = vec![Step::new(REVOKE, vec![client_id.into()])];
        self.changing(steps, move || tokens.forget_all()).await
    }

    /// Forgets ended tokens.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_tokens(&self, now: Timestamp) -> Result<(), DbError> {
        self.db
            .write(vec![Step::new(PURGE, vec![now.into()])])
            .await
            .map(drop)
    }
}
