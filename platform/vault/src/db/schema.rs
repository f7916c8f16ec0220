//! Migrations: immutable texts, applied in order, remembered with their checksum.

use super::DbError;
use crate::chain;

/// The migrations of one database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema(&'static [(&'static str, &'static str)]);

/// Records and index tables.
pub(crate) const MAIN: Schema = Schema(&[
    (
        "0001_records",
        include_str!("../../migrations/0001_records.sql"),
    ),
    (
        "0002_accounts",
        include_str!("../../migrations/0002_accounts.sql"),
    ),
]);

/// Wrapped keys.
pub(crate) const KEYS: Schema =
    Schema(&[("keys_0001", include_str!("../../migrations/keys_0001.sql"))]);

impl Schema {
    pub(crate) const MAIN: Self = MAIN;
    pub(crate) const KEYS: Self = KEYS;

    /// Brings a SQLite database up to date.
    pub(super) fn apply_sqlite(self, connection: &mut rusqlite::Connection) -> Result<(), DbError> {
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute_batch(
            "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum BLOB NOT NULL)",
        )?;
        for (name, text) in self.0 {
            let checksum = chain::hash(text.as_bytes());
            let known: Option<Vec<u8>> =
                rusqlite::OptionalExtension::optional(transaction.query_row(
                    "SELECT checksum FROM migration WHERE name = ?1",
                    [name],
                    |row| row.get(0),
                ))?;
            match known {
                Some(known) if known == checksum => {}
                Some(_) => {
                    return Err(DbError::Engine(format!(
                        "migration {name} was changed after it ran"
                    )));
                }
                None => {
                    let text = text
                        .replace("/*clustered*/", "WITHOUT ROWID")
                        .replace("/*serial*/", "INTEGER PRIMARY KEY");
                    transaction.execute_batch(&text)?;
                    transaction.execute(
                        "INSERT INTO migration (name, checksum) VALUES (?1, ?2)",
                        rusqlite::params![name, checksum],
                    )?;
                }
            }
        }
        Ok(transaction.commit()?)
    }
}
