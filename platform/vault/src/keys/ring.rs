//! The store of wrapped keys, and the derived keys of records in use.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use ambient::{Random, Secret};

use super::{KeyProvider, Wrapped, WrongKey};
use crate::{
    cipher::Suite,
    db::{DatabaseUrl, Db, DbError, Schema, Statements, Step},
    record::RecordId,
    seal::RecordKeys,
};

const GET: &str = "SELECT kek, generation, wrapped FROM record_key WHERE record_id = ?1";
const PUT: &str =
    "INSERT INTO record_key (record_id, kek, generation, wrapped) VALUES (?1, ?2, ?3, ?4)";
const ALL: &str = "SELECT record_id FROM record_key ORDER BY record_id";

pub(crate) const STATEMENTS: Statements = &[GET, PUT, ALL];

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
        let mut records = Vec::with_capacity(count);
        let mut steps = Vec::with_capacity(count);
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

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<RecordId, Arc<RecordKeys>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
