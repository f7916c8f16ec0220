//! Reference data that an operator put in place of what is compiled in: tables of codes and rules.

use super::Store;
use crate::db::{DbError, Statements, Step};

const PUT: &str = "INSERT INTO reference (name, version, body) \
    VALUES (?1, (SELECT COALESCE(MAX(version), 0) + 1 FROM reference), ?2) \
    ON CONFLICT (name) DO UPDATE SET version = excluded.version, body = excluded.body";
const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM reference";
const ALL: &str = "SELECT name, body FROM reference ORDER BY name";

pub(super) const STATEMENTS: Statements = &[PUT, VERSION, ALL];

impl Store {
    /// Puts a table in place; servers that share the database take it within seconds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_reference(&self, name: &str, body: &[u8]) -> Result<(), DbError> {
        let step = Step::new(PUT, vec![name.into(), body.into()]);
        self.db.write(vec![step]).await.map(drop)
    }

    /// Grows with each table that is put in place; 0 before the first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reference_version(&self) -> Result<i64, DbError> {
        let rows = self.db.query(VERSION, vec![]).await?;
        rows.first().map_or(Ok(0), |row| row.int(0))
    }

    /// The tables that were put in place, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn references(&self) -> Result<Vec<(String, Vec<u8>)>, DbError> {
        let rows = self.db.query(ALL, vec![]).await?;
        let read = |row: &crate::db::Row| Ok((row.text(0)?.to_owned(), row.bytes(1)?.to_owned()));
        rows.iter().map(read).collect()
    }
}
