//! Where a name from outside lives, without saying what it is. Our own names say it themselves:
//! see [`super::name`].

use super::{Store, With};
use crate::{
    db::{DbError, Row, Statements, Step},
    record::RecordId,
};

const FIND: &str = "SELECT record_id FROM locator WHERE key = ?1";
const RESERVE: &str =
    "INSERT INTO locator (key, record_id) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING";
const FREE: &str = "DELETE FROM locator WHERE key = ?1 AND record_id = ?2";

pub(super) const STATEMENTS: Statements = &[FIND, RESERVE, FREE];

impl Store {
    /// The record that holds a name (a document's `uniqueId`).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn locate(&self, what: &str, name: &str) -> Result<Option<RecordId>, DbError> {
        let key = self.short(what, name.as_bytes());
        let rows = self.db.query(FIND, vec![(&key).into()]).await?;
        Ok(rows.first().map(|row| row.record(0)).transpose()?.flatten())
    }

    /// The record that holds each of these names, asked for together.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn locate_each(
        &self,
        what: &str,
        names: impl Iterator<Item = &str>,
    ) -> Result<Vec<Option<RecordId>>, DbError> {
        let keys = names.map(|name| vec![(&self.short(what, name.as_bytes())).into()]);
        let found = self.db.query_each(FIND, keys.collect()).await?;
        let record = |rows: Vec<Row>| rows.first().map_or(Ok(None), |row| row.record(0));
        found.into_iter().map(record).collect()
    }

    /// Claims a name for a record, together with the entry it names; refused when it is taken.
    pub fn claim(&self, what: &str, name: &str, record: RecordId) -> With {
        let key = self.short(what, name.as_bytes());
        With(vec![Step::expecting(
            RESERVE,
            vec![(&key).into(), record.into()],
            1,
        )])
    }

    /// Frees a name, with the erasure of what it named.
    pub fn free(&self, what: &str, name: &str, record: RecordId) -> With {
        let key = self.short(what, name.as_bytes());
        With(vec![Step::new(FREE, vec![(&key).into(), record.into()])])
    }
}
