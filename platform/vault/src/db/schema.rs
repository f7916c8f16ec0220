//! Migrations: immutable texts, applied in order, remembered with their checksum.
//!
//! One text serves both engines. Its comments mark where they differ:
//! `/*clustered*/` after a table that is kept in the order of its key where the
//! engine can, `/*serial*/` for a key in arrival order, and `/*postgres: … */`
//! for what SQLite does without.

use super::DbError;
use crate::chain;

const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum BYTEA NOT NULL)";

/// "carnet" as a number: the advisory lock of who migrates.
const MIGRATING: i64 = 0x6361_726e_6574;

/// The migrations of one database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema(&'static [Migration]);

#[derive(Debug)]
struct Migration {
    name: &'static str,
    text: &'static str,
}

macro_rules! migrations {
    ($($name:literal),+) => {
        &[$(Migration {
            name: $name,
            text: include_str!(concat!("../../migrations/", $name, ".sql")),
        }),+]
    };
}

impl Schema {
    /// Records and index tables.
    pub(crate) const MAIN: Self = Self(migrations![
        "0001_records",
        "0002_accounts",
        "0003_journal_by_record",
        "0004_segments",
        "0005_smaller_rows",
        "0006_directory",
        "0007_recovery",
        "0008_checkpoints",
        "0009_reference",
        "0010_digest",
        "0011_traits"
    ]);

    /// Wrapped keys.
    pub(crate) const KEYS: Self = Self(migrations!["keys_0001", "keys_0002"]);

    /// The names of all migrations, in order.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|migration| migration.name)
    }

    /// The migrations that a backup had seen, so that it is put back as it was.
    pub(super) fn only(self, names: &[String]) -> Result<Self, DbError> {
        let ours = self.0.get(..names.len()).unwrap_or_default();
        if ours.len() != names.len() || ours.iter().zip(names).any(|(our, name)| our.name != name) {
            return Err(DbError::Engine(
                "the backup was made by another version of the program".to_owned(),
            ));
        }
        Ok(Self(ours))
    }

    /// Brings a SQLite database up to date.
    pub(super) fn apply_sqlite(self, connection: &mut rusqlite::Connection) -> Result<(), DbError> {
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute_batch(TABLE)?;
        for migration in self.0 {
            let known = rusqlite::OptionalExtension::optional(transaction.query_row(
                "SELECT checksum FROM migration WHERE name = ?1",
                [migration.name],
                |row| row.get::<_, Vec<u8>>(0),
            ))?;
            if migration.is_done(known.as_deref())? {
                continue;
            }
            transaction.execute_batch(&migration.for_sqlite())?;
            transaction.execute(
                "INSERT INTO migration (name, checksum) VALUES (?1, ?2)",
                rusqlite::params![migration.name, migration.checksum()],
            )?;
        }
        Ok(transaction.commit()?)
    }

    /// Brings a PostgreSQL database up to date; of several servers that start, one does it.
    pub(super) async fn apply_postgres(
        self,
        client: &mut tokio_postgres::Client,
    ) -> Result<(), DbError> {
        let transaction = client.transaction().await?;
        transaction
            .execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATING])
            .await?;
        transaction.batch_execute(TABLE).await?;
        for migration in self.0 {
            let known = transaction
                .query_opt(
                    "SELECT checksum FROM migration WHERE name = $1",
                    &[&migration.name],
                )
                .await?;
            let known = known.map(|row| row.try_get::<_, Vec<u8>>(0)).transpose()?;
            if migration.is_done(known.as_deref())? {
                continue;
            }
            transaction.batch_execute(&migration.for_postgres()).await?;
            transaction
                .execute(
                    "INSERT INTO migration (name, checksum) VALUES ($1, $2)",
                    &[&migration.name, &&migration.checksum()[..]],
                )
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}

impl Migration {
    fn checksum(&self) -> chain::Hash {
        chain::hash(self.text.as_bytes())
    }

    fn is_done(&self, known: Option<&[u8]>) -> Result<bool, DbError> {
        match known {
            None => Ok(false),
            Some(known) if known == self.checksum() => Ok(true),
            Some(_) => Err(DbError::Engine(format!(
                "migration {} was changed after it ran",
                self.name
            ))),
        }
    }

    fn for_sqlite(&self) -> String {
        self.text
            .replace("/*clustered*/", "WITHOUT ROWID")
            .replace("/*serial*/", "INTEGER PRIMARY KEY")
    }

    fn for_postgres(&self) -> String {
        self.text
            .replace("/*clustered*/", "")
            .replace(
                "/*serial*/",
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            )
            .replace("/*postgres:", "")
            .replace("*/", "")
    }
}
