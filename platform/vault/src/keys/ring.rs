//! The store of wrapped keys, and the derived keys of records in use.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use ambient::{Random, Secret};
use jiff::Timestamp;

use super::{KeyProvider, Wrapped, WrongKey};
use crate::{
    Later,
    cipher::Suite,
    db::{DatabaseUrl, Db, DbError, Schema, Statements, Step},
    record::RecordId,
    seal::RecordKeys,
};

const GET: &str = "SELECT kek, generation, wrapped FROM record_key WHERE record_id = ?1";
const PUT: &str =
    "INSERT INTO record_key (record_id, kek, generation, wrapped) VALUES (?1, ?2, ?3, ?4)";
const ALL: &str = "SELECT record_id FROM record_key ORDER BY record_id";
const DESTROY: &str = "DELETE FROM record_key WHERE record_id = ?1";
/// Refused to who wraps with an older generation than the one being turned to; holds the row, so
/// that a rotation waits for who is writing.
const IS_CURRENT: &str = "UPDATE key_mark SET n = n WHERE name = 'kek' AND n <= ?1";
const FOLLOWED: &str = "SELECT n FROM key_mark WHERE name = 'erasures'";
const FOLLOW: &str = "UPDATE key_mark SET n = ?1 WHERE name = 'erasures' AND n < ?1";
const LAST_EXPIRY: &str =
    "SELECT COALESCE(max(expires_at), 0) FROM key_backup WHERE expires_at > ?1";

pub(crate) const STATEMENTS: &[Statements] = &[
    &[
        GET,
        PUT,
        ALL,
        DESTROY,
        IS_CURRENT,
        FOLLOWED,
        FOLLOW,
        LAST_EXPIRY,
    ],
    super::rotate::STATEMENTS,
    super::backups::STATEMENTS,
];

/// Keys derived and held in memory; beyond this many, all are dropped and derived again.
const HELD: usize = 50_000;

/// Why a record's keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyRingError {
    #[error("no key for this record: it was erased, or never existed")]
    Unknown,
    #[error(transparent)]
    Wrong(#[from] WrongKey),
    #[error(transparent)]
    Db(#[from] DbError),
}

/// All record keys of the installation.
pub(crate) struct KeyRing {
    db: Db,
    provider: Arc<dyn KeyProvider>,
    suite: Suite,
    held: Mutex<HashMap<RecordId, Arc<RecordKeys>>>,
}

impl KeyRing {
    pub fn open(
        url: &DatabaseUrl,
        provider: Arc<dyn KeyProvider>,
        suite: Suite,
    ) -> Result<Self, DbError> {
        Ok(Self {
            db: Db::open(url, Schema::KEYS, &[])?,
            provider,
            suite,
            held: Mutex::default(),
        })
    }

    /// Draws keys for new records; durable when this returns.
    pub async fn create(
        &self,
        random: &dyn Random,
        count: usize,
    ) -> Result<Vec<RecordId>, KeyRingError> {
        match self.try_create(random, count).await {
            // The keys were turned since they were read.
            Err(KeyRingError::Db(DbError::Refused(0))) => {
                self.provider.refresh();
                self.try_create(random, count).await
            }
            done => done,
        }
    }

    async fn try_create(
        &self,
        random: &dyn Random,
        count: usize,
    ) -> Result<Vec<RecordId>, KeyRingError> {
        let mut records = Vec::with_capacity(count);
        let mut steps = Vec::with_capacity(count + 1);
        let generation = i64::from(self.provider.generation());
        steps.push(Step::expecting(IS_CURRENT, vec![generation.into()], 1));
        for _ in 0..count {
            let record = RecordId(random.id());
            let wrapped = self.provider.wrap(&record.0.0, &Secret::new(random.key()));
            steps.push(Step::new(
                PUT,
                vec![
                    record.into(),
                    i64::from(wrapped.kek).into(),
                    1_i64.into(),
                    wrapped.bytes.into(),
                ],
            ));
            records.push(record);
        }
        self.db.write(steps).await?;
        Ok(records)
    }

    pub async fn get(&self, record: RecordId) -> Result<Arc<RecordKeys>, KeyRingError> {
        if let Some(keys) = self.held().get(&record) {
            return Ok(Arc::clone(keys));
        }
        self.fetch(record).await
    }

    fn fetch(&self, record: RecordId) -> Later<'_, Result<Arc<RecordKeys>, KeyRingError>> {
        Box::pin(async move {
            let rows = self.db.query(GET, vec![record.into()]).await?;
            let row = rows.first().ok_or(KeyRingError::Unknown)?;
            let wrapped = Wrapped {
                kek: u32::try_from(row.int(0)?).map_err(|_| WrongKey)?,
                bytes: row.bytes(2)?.to_vec(),
            };
            let generation = u16::try_from(row.int(1)?).map_err(|_| WrongKey)?;
            let master = self.provider.unwrap(&record.0.0, &wrapped)?;
            let keys = Arc::new(RecordKeys::derive(self.suite, record, generation, &master));
            let mut held = self.held();
            if held.len() >= HELD {
                held.clear();
            }
            held.insert(record, Arc::clone(&keys));
            Ok(keys)
        })
    }

    /// See [`Db::risks`].
    pub async fn risks(&self) -> Result<Vec<String>, DbError> {
        self.db.risks().await
    }

    /// Every record that has a key.
    pub async fn records(&self) -> Result<Vec<RecordId>, DbError> {
        let rows = self.db.query(ALL, vec![]).await?;
        rows.iter()
            .map(|row| row.record(0))
            .filter_map(Result::transpose)
            .collect()
    }

    /// Destroys the key of a record: what it sealed is noise from now on.
    pub async fn destroy(&self, record: RecordId) -> Result<(), DbError> {
        let done = self.db.write(vec![Step::new(DESTROY, vec![record.into()])]);
        done.await?;
        self.forget(record);
        Ok(())
    }

    /// Holds the keys of a record no longer.
    pub fn forget(&self, record: RecordId) {
        self.held().remove(&record);
    }

    /// How many lines of the register of erasures this store has followed.
    pub async fn followed(&self) -> Result<u64, DbError> {
        let rows = self.db.query(FOLLOWED, vec![]).await?;
        rows.first()
            .map_or(Ok(0), |row| Ok(row.int(0)?.unsigned_abs()))
    }

    /// Notes that it has followed so many.
    pub async fn follow(&self, lines: u64) -> Result<(), DbError> {
        self.db
            .write(vec![Step::new(FOLLOW, vec![lines.into()])])
            .await
    }

    /// When the last backup of this store that still exists at `now` must be destroyed.
    pub async fn last_expiry(&self, now: Timestamp) -> Result<Option<Timestamp>, DbError> {
        let rows = self.db.query(LAST_EXPIRY, vec![now.into()]).await?;
        let last = rows.first().map(|row| row.instant(0)).transpose()?;
        Ok(last.filter(|at| *at > now))
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<RecordId, Arc<RecordKeys>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
