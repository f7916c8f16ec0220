//! Things that count only once: an assertion, an authorisation code.

use jiff::Timestamp;

use super::Store;
use crate::db::{DbError, Statements, Step};

const ONCE: &str = "INSERT INTO seen (key, until) VALUES (?1, ?2) ON CONFLICT (key) \
    DO UPDATE SET until = excluded.until WHERE seen.until <= ?3";
const PURGE: &str = "DELETE FROM seen WHERE until <= ?1";

pub(super) const STATEMENTS: Statements = &[ONCE, PURGE];

impl Store {
    /// Remembers a thing until `until`; `false` when it was already seen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_seen(
        &self,
        what: &str,
        which: &[u8],
        until: Timestamp,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        let key = self.blind(what, which);
        let params = vec![(&key).into(), until.into(), now.into()];
        match self.db.write(vec![Step::expecting(ONCE, params, 1)]).await {
            Ok(_) => Ok(true),
            Err(DbError::Refused(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Forgets what no longer matters.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_seen(&self, now: Timestamp) -> Result<(), DbError> {
        self.db
            .write(vec![Step::new(PURGE, vec![now.into()])])
            .await
            .map(drop)
    }
}
