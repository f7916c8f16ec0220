//! Turning the key-encryption key: every record's key is wrapped again, nothing is sealed again.
//!
//! The key file holds both generations until the last record's key is wrapped with the new one.
//! A rotation that was stopped goes on where it was: what is left to do is what the key store
//! still has of older generations.

use std::{ops::ControlFlow, path::Path, sync::Arc};

use ambient::Random;

use super::{FileKeys, KeyFile, KeyFileError, KeyProvider, Wrapped, WrongKey};
use crate::db::{DatabaseUrl, Db, DbError, Schema, Statements, Step};

const BATCH: usize = 500;

const REFUSE_OLDER: &str = "UPDATE key_mark SET n = ?1 WHERE name = 'kek' AND n < ?1";
const COUNT_OLDER: &str = "SELECT count(*) FROM record_key WHERE kek < ?1";
const OLDER: &str = "SELECT record_id, kek, wrapped FROM record_key WHERE kek < ?1 LIMIT ?2";
const REWRAP: &str = "UPDATE record_key SET kek = ?3, wrapped = ?4 \
    WHERE record_id = ?1 AND kek = ?2";

pub(super) const STATEMENTS: Statements = &[REFUSE_OLDER, COUNT_OLDER, OLDER, REWRAP];

/// Why keys were not turned; what was done stands, and the next run goes on.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// The key file cannot be used.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// A wrapped key is not of this installation.
    #[error(transparent)]
    Wrong(#[from] WrongKey),
    /// The key store failed; a SQLite one is in use while its server runs.
    #[error(transparent)]
    Db(#[from] DbError),
    /// It was stopped between two batches.
    #[error("stopped; run it again to go on")]
    Stopped,
}

/// What a rotation did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Rotated {
    /// The generation that wraps from now on.
    pub generation: u32,
    /// Keys wrapped again by this run.
    pub rewrapped: u64,
    /// An earlier run had begun it.
    pub resumed: bool,
}

/// Turns the key-encryption key; `progress` is told how many keys are done, of how many, after
/// each batch, and may stop.
///
/// # Errors
/// See [`RotateError`].
pub async fn rotate(
    store: &DatabaseUrl,
    path: &Path,
    random: Arc<dyn Random>,
    mut progress: impl FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Rotated, RotateError> {
    let db = Db::open(store, Schema::KEYS, &[])?;
    let mut file = KeyFile::read(path)?;
    let resumed = file.generations().len() > 1;
    if !resumed {
        file.grow(&*random);
        file.replace(path)?;
    }
    let keys = FileKeys::read(path, random)?;
    let generation = i64::from(keys.generation());
    db.write(vec![Step::new(REFUSE_OLDER, vec![generation.into()])])
        .await?;
    let all = count(&db, generation).await?;
    let mut done = 0;
    loop {
        if progress(done, all).is_break() {
            return Err(RotateError::Stopped);
        }
        let steps = batch(&db, &keys, generation).await?;
        if steps.is_empty() {
            break;
        }
        done += steps.len() as u64;
        db.write(steps).await?;
    }
    file.shrink();
    file.replace(path)?;
    Ok(Rotated {
        generation: keys.generation(),
        rewrapped: done,
        resumed,
    })
}

async fn count(db: &Db, generation: i64) -> Result<u64, DbError> {
    let rows = db.query(COUNT_OLDER, vec![generation.into()]).await?;
    rows.first()
        .map_or(Ok(0), |row| Ok(row.int(0)?.unsigned_abs()))
}

async fn batch(db: &Db, keys: &FileKeys, generation: i64) -> Result<Vec<Step>, RotateError> {
    let params = vec![generation.into(), (BATCH as u64).into()];
    let rows = db.query(OLDER, params).await?;
    rows.iter()
        .map(|row| {
            let record = row.record(0)?.ok_or(WrongKey)?;
            let old = row.int(1)?;
            let wrapped = Wrapped {
                kek: u32::try_from(old).map_err(|_| WrongKey)?,
                bytes: row.bytes(2)?.to_vec(),
            };
            let key = keys.unwrap(&record.0.0, &wrapped)?;
            let again = keys.wrap(&record.0.0, &key);
            let params = vec![
                record.into(),
                old.into(),
                i64::from(again.kek).into(),
                again.bytes.into(),
            ];
            Ok(Step::new(REWRAP, params))
        })
        .collect()
}
