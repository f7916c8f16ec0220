//! Signed-in sessions, found by the hash of their token.

use std::sync::Arc;

use ambient::Id;
use jiff::Timestamp;

use super::Store;
use crate::{
    chain,
    db::{DbError, Row, Statements, Step},
};

const PUT: &str = "INSERT INTO session \
    (token_hash, account_id, created_at, seen_at, ends_at, sealed) VALUES (?1, ?2, ?3, ?3, ?4, ?5)";
const GET: &str = "SELECT account_id, created_at, seen_at, ends_at, sealed, token_hash FROM session \
    WHERE token_hash = ?1 AND ends_at > ?2";
const OF_ACCOUNT: &str = "SELECT account_id, created_at, seen_at, ends_at, sealed, token_hash \
    FROM session WHERE account_id = ?1 AND ends_at > ?2 ORDER BY seen_at DESC";
const SEEN: &str = "UPDATE session SET seen_at = ?2, ends_at = ?3 WHERE token_hash = ?1";
const UPDATE: &str = "UPDATE session SET sealed = ?2 WHERE token_hash = ?1";
const END: &str = "DELETE FROM session WHERE token_hash = ?1";
const END_ALL: &str = "DELETE FROM session WHERE account_id = ?1";
const PURGE: &str = "DELETE FROM session WHERE ends_at <= ?1";

pub(super) const STATEMENTS: Statements =
    &[PUT, GET, OF_ACCOUNT, SEEN, UPDATE, END, END_ALL, PURGE];

/// A session that has not ended.
#[derive(Debug, Clone)]
pub struct Session {
    /// SHA-256 of its token: names it without opening it.
    pub hash: [u8; 32],
    /// Whose it is.
    pub account: Id,
    /// When the person signed in.
    pub created: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// When it ends if it is not used.
    pub ends: Timestamp,
    /// What the layer above keeps in it.
    pub body: Vec<u8>,
}

impl Store {
    /// Starts a session under a secret token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn start_session(
        &self,
        token: &[u8],
        account: Id,
        now: Timestamp,
        ends: Timestamp,
        body: &[u8],
    ) -> Result<(), DbError> {
        let hash = chain::hash(token);
        let sealed = self.seal("session", &hash, body);
        let params = vec![
            (&hash).into(),
            account.into(),
            now.into(),
            ends.into(),
            sealed.into(),
        ];
        self.db.write(vec![Step::new(PUT, params)]).await.map(drop)
    }

    /// The session of a token, unless it has ended.
    ///
    /// # Errors
    /// When the database fails, or the row was altered.
    pub async fn session(&self, token: &[u8], now: Timestamp) -> Result<Option<Session>, DbError> {
        let hash = chain::hash(token);
        if let Some(session) = self.sessions.get(&hash)
            && session.ends > now
        {
            return Ok(Some(session));
        }
        let mark = self.sessions.mark(&hash);
        let rows = self.db.query(GET, vec![(&hash).into(), now.into()]).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let session = self.read_session(row)?;
        if self.db.is_alone() {
            self.sessions.keep(mark, hash, session.clone());
        }
        Ok(Some(session))
    }

    /// The sessions of an account, last used first.
    ///
    /// # Errors
    /// When the database fails, or a row was altered.
    pub async fn sessions_of(&self, account: Id, now: Timestamp) -> Result<Vec<Session>, DbError> {
        let rows = self
            .db
            .query(OF_ACCOUNT, vec![account.into(), now.into()])
            .await?;
        rows.iter().map(|row| self.read_session(row)).collect()
    }

    /// Notes that a session was used, and when it ends now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_session(
        &self,
        hash: &[u8; 32],
        now: Timestamp,
        ends: Timestamp,
    ) -> Result<(), DbError> {
        let params = vec![hash.into(), now.into(), ends.into()];
        self.change_session(hash, Step::new(SEEN, params)).await
    }

    /// Changes what a session holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_session(&self, hash: &[u8; 32], body: &[u8]) -> Result<(), DbError> {
        let sealed = self.seal("session", hash, body);
        let step = Step::new(UPDATE, vec![hash.into(), sealed.into()]);
        self.change_session(hash, step).await
    }

    /// Ends one session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, hash: &[u8; 32]) -> Result<(), DbError> {
        let step = Step::new(END, vec![hash.into()]);
        self.change_session(hash, step).await
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sessions(&self, account: Id) -> Result<(), DbError> {
        let sessions = Arc::clone(&self.sessions);
        let steps = vec![Step::new(END_ALL, vec![account.into()])];
        self.changing(steps, move || sessions.forget_all()).await
    }

    /// Forgets ended sessions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_sessions(&self, now: Timestamp) -> Result<(), DbError> {
        self.db
            .write(vec![Step::new(PURGE, vec![now.into()])])
            .await
            .map(drop)
    }

    async fn change_session(&self, hash: &[u8; 32], step: Step) -> Result<(), DbError> {
        let (sessions, hash) = (Arc::clone(&self.sessions), *hash);
        self.changing(vec![step], move || sessions.forget(&hash))
            .await
    }

    fn read_session(&self, row: &Row) -> Result<Session, DbError> {
        let missing = || DbError::Engine("a session without its account".to_owned());
        let hash: [u8; 32] = row.array(5)?.ok_or_else(missing)?;
        Ok(Session {
            hash,
            account: Id(row.array(0)?.ok_or_else(missing)?),
            created: row.instant(1)?,
            seen: row.instant(2)?,
            ends: row.instant(3)?,
            body: self.unseal("session", &hash, row.bytes(4)?)?,
        })
    }
}
