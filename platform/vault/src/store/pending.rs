//! Steps half done: an activation, a one-time code, a trip to an identity provider.

use jiff::Timestamp;

use super::{Store, With};
use crate::db::{DbError, Statements, Step};

const PUT: &str = "INSERT INTO pending (key, until, tries, sealed) VALUES (?1, ?2, 0, ?3) \
    ON CONFLICT (key) DO UPDATE SET until = excluded.until, tries = 0, sealed = excluded.sealed";
const UPDATE: &str = "UPDATE pending SET sealed = ?2 WHERE key = ?1";
const GET: &str = "SELECT sealed FROM pending WHERE key = ?1 AND until > ?2";
const TRY: &str =
    "UPDATE pending SET tries = tries + 1 WHERE key = ?1 AND until > ?2 AND tries < ?3";
const TAKE: &str = "DELETE FROM pending WHERE key = ?1";
const PURGE: &str = "DELETE FROM pending WHERE until <= ?1";

pub(super) const STATEMENTS: Statements = &[PUT, UPDATE, GET, TRY, TAKE, PURGE];

impl Store {
    /// Keeps `body` under a handle until an instant, with no try used yet.
    ///
    /// `what` keeps kinds of steps apart; `handle` is secret or known only to its owner.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_pending(
        &self,
        what: &str,
        handle: &[u8],
        until: Timestamp,
        body: &[u8],
    ) -> Result<(), DbError> {
        let key = self.blind(what, handle);
        let sealed = self.seal("pending", &key, body);
        let params = vec![(&key).into(), until.into(), sealed.into()];
        self.db.write(vec![Step::new(PUT, params)]).await.map(drop)
    }

    /// [`Store::put_pending`] as a change beside an append.
    pub fn keeping_pending(
        &self,
        what: &str,
        handle: &[u8],
        until: Timestamp,
        body: &[u8],
    ) -> With {
        let key = self.blind(what, handle);
        let sealed = self.seal("pending", &key, body);
        let params = vec![(&key).into(), until.into(), sealed.into()];
        With(vec![Step::new(PUT, params)])
    }

    /// Removes a step beside an append: of two who spend it, one succeeds.
    pub fn spending_pending(&self, what: &str, handle: &[u8]) -> With {
        let key = self.blind(what, handle);
        With(vec![Step::expecting(TAKE, vec![(&key).into()], 1)])
    }

    /// Changes the body, leaving time and tries as they are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_pending(
        &self,
        what: &str,
        handle: &[u8],
        body: &[u8],
    ) -> Result<(), DbError> {
        let key = self.blind(what, handle);
        let sealed = self.seal("pending", &key, body);
        self.db
            .write(vec![Step::new(UPDATE, vec![(&key).into(), sealed.into()])])
            .await
            .map(drop)
    }

    /// Reads a step that has not expired.
    ///
    /// # Errors
    /// When the database fails, or the row was altered.
    pub async fn pending(
        &self,
        what: &str,
        handle: &[u8],
        now: Timestamp,
    ) -> Result<Option<Vec<u8>>, DbError> {
        let key = self.blind(what, handle);
        let rows = self.db.query(GET, vec![(&key).into(), now.into()]).await?;
        rows.first()
            .map(|row| self.unseal("pending", &key, row.bytes(0)?))
            .transpose()
    }

    /// Uses up one try; `false` when none of `limit` is left, or the step has expired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_pending(
        &self,
        what: &str,
        handle: &[u8],
        limit: u32,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let key = self.blind(what, handle);
        let params = vec![(&key).into(), now.into(), i64::from(limit).into()];
        match self.db.write(vec![Step::expecting(TRY, params, 1)]).await {
            Ok(_) => Ok(true),
            Err(DbError::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reads a step and removes it: of two callers, one gets it.
    ///
    /// # Errors
    /// When the database fails, or the row was altered.
    pub async fn take_pending(
        &self,
        what: &str,
        handle: &[u8],
        now: Timestamp,
    ) -> Result<Option<Vec<u8>>, DbError> {
        let Some(body) = self.pending(what, handle, now).await? else {
            return Ok(None);
        };
        let key = self.blind(what, handle);
        match self
            .db
            .write(vec![Step::expecting(TAKE, vec![(&key).into()], 1)])
            .await
        {
            Ok(_) => Ok(Some(body)),
            Err(DbError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Forgets expired steps.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_pending(&self, now: Timestamp) -> Result<(), DbError> {
        self.db
            .write(vec![Step::new(PURGE, vec![now.into()])])
            .await
            .map(drop)
    }
}
