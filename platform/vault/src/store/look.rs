//! What an operator's check looks at, beside a server that may be running: it takes no lock,
//! migrates nothing and makes nothing.

use jiff::Timestamp;
use serde::Serialize;

use super::mark;
use crate::{
    Checkpoint, Config, RegisterError,
    db::{DatabaseUrl, DbError, Row, Schema, Statements, beside},
    keys::{KeyBackup, KeyProvider, Wrapped, key_backups},
    register::{End, Register},
    store::checkpoint,
};

const MIGRATIONS: &str = "SELECT name FROM migration ORDER BY name";
const ASIDE: &str = "SELECT count(*) FROM job WHERE due_at = ?1";

pub(super) const STATEMENTS: Statements = &[ASIDE];

const KEYS: &str = "SELECT count(*) FROM record_key";
const ONE: &str = "SELECT record_id, kek, wrapped FROM record_key LIMIT 1";
const FOLLOWED: &str = "SELECT n FROM key_mark WHERE name = ?1";
const NOTE: &str = "INSERT INTO key_mark (name, n) VALUES ('backup', ?1) \
    ON CONFLICT (name) DO UPDATE SET n = excluded.n";

/// Those on the key store.
pub(crate) const KEY_STATEMENTS: Statements = &[MIGRATIONS, KEYS, ONE, FOLLOWED, NOTE];

/// What was found in the main database.
#[derive(Debug, Clone, Serialize)]
pub struct MainLook {
    /// Changes of the tables that it has not seen; the next start makes them.
    pub missing: usize,
    /// Changes that this version of the program does not know.
    pub unknown: usize,
    /// Jobs that failed too often.
    pub aside: u64,
    /// Lines of the register of erasures that it has followed.
    pub followed: u64,
    /// Its last checkpoint.
    pub checkpoint: Option<Checkpoint>,
}

/// What was found in the key store.
#[derive(Debug, Clone, Serialize)]
pub struct KeyLook {
    /// Keys of records.
    pub keys: u64,
    /// Whether one of them opens with the key file; `None` when there is none.
    pub opens: Option<bool>,
    /// Lines of the register of erasures that it has followed.
    pub followed: u64,
    /// When the last main backup was made.
    pub main_backup: Option<Timestamp>,
    /// Key backups that may still exist.
    pub backups: Vec<KeyBackup>,
}

/// Looks at the main database.
///
/// # Errors
/// When it does not answer, or is not ours.
pub async fn look_at_main(
    config: &Config,
    provider: &dyn KeyProvider,
) -> Result<MainLook, DbError> {
    let url = &config.database;
    let (missing, unknown) = migrations(url, Schema::MAIN).await?;
    let aside = beside(url, ASIDE, vec![super::job::NEVER.into()]).await?;
    let followed = beside(url, mark::FOLLOWED, vec![]).await?;
    let checkpoint = match missing {
        0 => checkpoint::last_beside(url, &provider.public_key()).await?,
        _ => None,
    };
    Ok(MainLook {
        missing,
        unknown,
        aside: number(&aside)?,
        followed: number(&followed)?,
        checkpoint: checkpoint.map(|line| line.checkpoint),
    })
}

/// Looks at the key store, and opens one key.
///
/// # Errors
/// When it does not answer, or is not ours.
pub async fn look_at_keys(config: &Config, provider: &dyn KeyProvider) -> Result<KeyLook, DbError> {
    let url = &config.key_store;
    let one = beside(url, ONE, vec![]).await?;
    let opens = |row: &Row| {
        let record = row.bytes(0)?;
        let wrapped = Wrapped {
            kek: u32::try_from(row.int(1)?).unwrap_or_default(),
            bytes: row.bytes(2)?.to_vec(),
        };
        Ok::<_, DbError>(provider.unwrap(record, &wrapped).is_ok())
    };
    let backup = beside(url, FOLLOWED, vec!["backup".into()]).await?;
    let backup = backup.first().map(|row| row.instant(0)).transpose()?;
    Ok(KeyLook {
        keys: number(&beside(url, KEYS, vec![]).await?)?,
        opens: one.first().map(opens).transpose()?,
        followed: number(&beside(url, FOLLOWED, vec!["erasures".into()]).await?)?,
        main_backup: backup,
        backups: key_backups(url).await?,
    })
}

/// Reads the whole register of erasures, each line with its signature.
///
/// # Errors
/// When it cannot be read, or a line was altered.
pub fn look_at_register(
    config: &Config,
    provider: std::sync::Arc<dyn KeyProvider>,
) -> Result<End, RegisterError> {
    let register = Register::new(config.register.clone(), provider);
    register.read(u64::MAX)?;
    register.end()
}

/// Notes that a main backup was made. May be done while a server runs.
///
/// # Errors
/// When the key store fails.
pub async fn note_main_backup(store: &DatabaseUrl, made: Timestamp) -> Result<(), DbError> {
    beside(store, NOTE, vec![made.into()]).await.map(drop)
}

async fn migrations(url: &DatabaseUrl, schema: Schema) -> Result<(usize, usize), DbError> {
    let rows = beside(url, MIGRATIONS, vec![]).await?;
    let seen = rows.iter().map(|row| row.text(0));
    let seen = seen.collect::<Result<Vec<_>, _>>()?;
    let known: Vec<_> = schema.names().collect();
    let missing = known.iter().filter(|name| !seen.contains(name)).count();
    let unknown = seen.iter().filter(|name| !known.contains(name)).count();
    Ok((missing, unknown))
}

fn number(rows: &[Row]) -> Result<u64, DbError> {
    rows.first()
        .map_or(Ok(0), |row| Ok(row.int(0)?.unsigned_abs()))
}
