//! Professionals who signed in, and the record that holds their own things.

use super::{Store, With};
use crate::{
    db::{DbError, Statements, Step},
    record::RecordId,
};

const GET: &str = "SELECT record_id FROM professional WHERE national_key = ?1";
const PUT: &str =
    "INSERT INTO professional (national_key, record_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const REMOVE: &str = "DELETE FROM professional WHERE national_key = ?1";

pub(super) const STATEMENTS: Statements = &[GET, PUT, REMOVE];

impl Store {
    /// The record of a professional, by national identifier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn professional(&self, national_id: &str) -> Result<Option<RecordId>, DbError> {
        let key = self.blind("professional", national_id.as_bytes());
        let rows = self.db.query(GET, vec![(&key).into()]).await?;
        Ok(rows.first().map(|row| row.record(0)).transpose()?.flatten())
    }

    /// Gives a professional their record; refused when they have one.
    pub fn add_professional(&self, national_id: &str, record: RecordId) -> With {
        let key = self.blind("professional", national_id.as_bytes());
        With(vec![Step::expecting(
            PUT,
            vec![(&key).into(), record.into()],
            1,
        )])
    }

    /// Forgets which record that name has, when the record is erased.
    pub fn remove_professional(&self, national_id: &str) -> With {
        let key = self.blind("professional", national_id.as_bytes());
        With(vec![Step::new(REMOVE, vec![(&key).into()])])
    }
}
