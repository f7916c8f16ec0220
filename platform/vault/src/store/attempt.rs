//! Counted attempts, shared by all nodes: how often something happened in a window.

use jiff::{SignedDuration, Timestamp};

use super::Store;
use crate::db::{DbError, Statements, Step};

// Counts one more, unless the window is still open and already full.
const COUNT: &str = "INSERT INTO attempt (key, used, window_ends) VALUES (?1, 1, ?2) \
    ON CONFLICT (key) DO UPDATE SET \
    used = CASE WHEN attempt.window_ends <= ?3 THEN 1 ELSE attempt.used + 1 END, \
    window_ends = CASE WHEN attempt.window_ends <= ?3 THEN ?2 ELSE attempt.window_ends END \
    WHERE attempt.window_ends <= ?3 OR attempt.used < ?4";
const USED: &str = "SELECT used FROM attempt WHERE key = ?1 AND window_ends > ?2";
const FORGET: &str = "DELETE FROM attempt WHERE key = ?1";

pub(super) const STATEMENTS: Statements = &[COUNT, USED, FORGET];

impl Store {
    /// Counts one attempt; `false` when `limit` were already made in the window.
    ///
    /// `what` names the limit (« sign-in by source »), `whom` what it is counted for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attempt(
        &self,
        what: &str,
        whom: &[u8],
        limit: u32,
        window: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        if limit == 0 {
            return Ok(false);
        }
        let key = self.blind(what, whom);
        let ends = now.saturating_add(window).unwrap_or(Timestamp::MAX);
        let params = vec![
            (&key).into(),
            ends.into(),
            now.into(),
            i64::from(limit).into(),
        ];
        match self.db.write(vec![Step::expecting(COUNT, params, 1)]).await {
            Ok(_) => Ok(true),
            Err(DbError::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// How many attempts were counted in the window that is open.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn attempts(&self, what: &str, whom: &[u8], now: Timestamp) -> Result<u32, DbError> {
        let key = self.blind(what, whom);
        let params = vec![(&key).into(), now.into()];
        let rows = self.db.query(USED, params).await?;
        let used = rows.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(u32::try_from(used).unwrap_or(u32::MAX))
    }

    /// Starts the count again, after a success.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_attempts(&self, what: &str, whom: &[u8]) -> Result<(), DbError> {
        let key = self.blind(what, whom);
        self.db
            .write(vec![Step::new(FORGET, vec![(&key).into()])])
            .await
            .map(drop)
    }
}
