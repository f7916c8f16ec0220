//! Which backups of the key store may still exist, and until when.
//!
//! A key that was erased lives on in the backups made before: until the last of them is
//! destroyed, who holds one, the key file and an old main backup could still read.

use jiff::Timestamp;

use crate::db::{DatabaseUrl, DbError, Statements, beside};

const NOTE: &str = "INSERT INTO key_backup (made_at, expires_at, place) VALUES (?1, ?2, ?3)";
const ALL: &str = "SELECT made_at, expires_at, place FROM key_backup ORDER BY made_at";
const FORGET: &str = "DELETE FROM key_backup WHERE made_at = ?1";

pub(super) const STATEMENTS: Statements = &[NOTE, ALL, FORGET];

/// A backup of the key store.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct KeyBackup {
    /// When it was made.
    pub made: Timestamp,
    /// When it must be destroyed.
    pub expires: Timestamp,
    /// The folder.
    pub place: String,
}

/// Every backup that is not known to be destroyed. May be asked while a server runs.
///
/// # Errors
/// When the key store fails.
pub async fn key_backups(store: &DatabaseUrl) -> Result<Vec<KeyBackup>, DbError> {
    let rows = beside(store, ALL, vec![]).await?;
    rows.iter()
        .map(|row| {
            Ok(KeyBackup {
                made: row.instant(0)?,
                expires: row.instant(1)?,
                place: row.text(2)?.to_owned(),
            })
        })
        .collect()
}

/// Notes a backup, before it is made. May be done while a server runs.
///
/// # Errors
/// When the key store fails.
pub async fn note_backup(store: &DatabaseUrl, backup: &KeyBackup) -> Result<(), DbError> {
    let params = vec![
        backup.made.into(),
        backup.expires.into(),
        backup.place.as_str().into(),
    ];
    beside(store, NOTE, params).await.map(drop)
}

/// Notes that a backup is destroyed. May be done while a server runs.
///
/// # Errors
/// When the key store fails.
pub async fn forget_backup(store: &DatabaseUrl, made: Timestamp) -> Result<(), DbError> {
    beside(store, FORGET, vec![made.into()]).await.map(drop)
}
