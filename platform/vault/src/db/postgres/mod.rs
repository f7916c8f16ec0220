//! PostgreSQL: one writer that commits in groups, a few connections that read.
//!
//! Servers may share a database: the writer locks the heads that it goes on from,
//! and nothing that a decision rests on is held in memory. A thread of its own
//! drives every connection, so that opening and closing do not depend on the
//! caller's runtime.

mod group;
mod link;
mod readers;
mod value;
mod writer;

use std::{sync::mpsc, thread::JoinHandle};

use tokio_postgres::{Config, error::SqlState};

#[cfg(test)]
use super::Statements;
use super::{
    DbError, JournalRows, Row, Schema, StoredHead, StoredRow, StoredSegment, Value, VolumeRows,
    rows::{CURRENT, HEAD, HISTORY},
    task::Tasks,
};
use crate::record::{RecordId, Volume};
pub(super) use link::Link;
use readers::Readers;
use writer::Writer;

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const COMMIT: &str = "COMMIT";
const JOURNAL: &str = "SELECT seq, mac, header, hash, sealed, CAST(1 AS BIGINT) FROM tail \
    WHERE record_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
/// Packed lines among the newest ?3 before ?2; a segment begins at most 64 lines earlier.
const SEGMENTS: &str = "WITH low AS (\
    SELECT GREATEST(0, LEAST(CAST(?2 AS BIGINT) - 1, COALESCE(max(last_seq), 0)) - ?3) AS seq \
    FROM head WHERE record_id = ?1 AND volume = ?4) \
    SELECT first_seq, last_seq, header, sealed FROM segment, low \
    WHERE record_id = ?1 AND volume = ?4 AND first_seq < ?2 AND first_seq > low.seq - 64 \
    AND last_seq > low.seq ORDER BY first_seq DESC";

/// The pages of each table with its indexes, and those of its rows alone.
pub(super) const SIZES: &str = "SELECT relname::text, pg_total_relation_size(oid), \
    pg_relation_size(oid) FROM pg_class WHERE relkind = 'r' \
    AND relnamespace = current_schema()::regnamespace ORDER BY 1";

/// Asked on a connection of ours, which insists on its own `synchronous_commit`.
const RISKS: &str = "SELECT name || ' = ' || setting FROM pg_settings \
    WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') \
    AND setting IN ('off', 'local') ORDER BY name";

/// What only this engine runs.
#[cfg(test)]
pub(super) const STATEMENTS: [Statements; 2] = [
    &[SNAPSHOT, COMMIT, JOURNAL, SEGMENTS, SIZES, RISKS],
    group::STATEMENTS,
];

/// Migrates temporary tables and prepares statements on them.
#[cfg(test)]
pub(super) async fn prepare_all(
    url: &super::DatabaseUrl,
    schema: Schema,
    statements: impl Iterator<Item = &'static str>,
) -> Result<(), DbError> {
    let super::Place::Server(config) = &url.0 else {
        return Err(DbError::Closed);
    };
    let mut link = Link::open(config).await?;
    link.client
        .batch_execute("SET search_path TO pg_temp")
        .await?;
    schema.apply_postgres(&mut link.client).await?;
    for sql in statements {
        let prepared = link.client.prepare(&link::numbered(sql)).await;
        prepared.map_err(|error| DbError::Engine(format!("{sql}: {error:?}")))?;
    }
    Ok(())
}

#[derive(Debug)]
pub(super) struct Postgres {
    pub tasks: Tasks,
    thread: Option<JoinHandle<()>>,
    readers: Readers,
}

impl Postgres {
    pub fn open(config: &Config, schema: Schema) -> Result<Self, DbError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| DbError::Engine(error.to_string()))?;
        let readers = Readers::new(config.clone(), runtime.handle().clone());
        let (tasks, waiting) = Tasks::channel();
        let (opened, opening) = mpsc::sync_channel(1);
        let config = config.clone();
        let run = async move {
            let (writer, answer) = match Writer::open(config, schema).await {
                Ok(writer) => (Some(writer), Ok(())),
                Err(error) => (None, Err(error)),
            };
            // Who opens is waiting for it.
            let _ = opened.send(answer);
            if let Some(writer) = writer {
                writer.run(waiting).await;
            }
        };
        let thread = std::thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || runtime.block_on(run))
            .map_err(|error| DbError::Engine(error.to_string()))?;
        opening.recv().map_err(|_| DbError::Closed)??;
        Ok(Self {
            tasks,
            thread: Some(thread),
            readers,
        })
    }

    pub async fn query(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        let mut answers = self.readers.ask(&[(sql, &params)]).await?;
        Ok(answers.pop().unwrap_or_default())
    }

    pub async fn query_each(
        &self,
        sql: &'static str,
        all: &[Vec<Value>],
    ) -> Result<Vec<Vec<Row>>, DbError> {
        let questions: Vec<_> = all.iter().map(|params| (sql, params.as_slice())).collect();
        self.readers.ask(&questions).await
    }

    pub async fn risks(&self) -> Result<Vec<String>, DbError> {
        let rows = self.query(RISKS, vec![]).await?;
        rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
    }

    pub async fn volume(
        &self,
        record: RecordId,
        volume: Volume,
        after: u64,
    ) -> Result<VolumeRows, DbError> {
        let params = [record.into(), volume.into(), after.into()];
        self.snapshot(record, volume, CURRENT, &params).await
    }

    pub async fn history(&self, record: RecordId, volume: Volume) -> Result<VolumeRows, DbError> {
        let params = [record.into(), volume.into()];
        self.snapshot(record, volume, HISTORY, &params).await
    }

    pub async fn journal(
        &self,
        record: RecordId,
        before: u64,
        limit: usize,
    ) -> Result<JournalRows, DbError> {
        let volume = Volume::Journal;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        let named = [record.into(), volume.into()];
        let asked = [record.into(), before.into(), limit.into(), volume.into()];
        let answers = self
            .readers
            .ask(&[
                (SNAPSHOT, &[]),
                (HEAD, &named),
                (JOURNAL, &asked[..3]),
                (SEGMENTS, &asked),
                (COMMIT, &[]),
            ])
            .await?;
        let [_, head, rows, segments, _] = answers.as_slice() else {
            return Err(DbError::Engine("an answer is missing".to_owned()));
        };
        let segments = segments.iter().map(StoredSegment::read);
        Ok(JournalRows {
            head: head
                .first()
                .map(|row| StoredHead::read(row, 0))
                .transpose()?,
            rows: rows.iter().map(StoredRow::read).collect::<Result<_, _>>()?,
            segments: segments.collect::<Result<_, _>>()?,
        })
    }

    /// A head and rows that belong to it: no append falls between the two.
    async fn snapshot(
        &self,
        record: RecordId,
        volume: Volume,
        sql: &'static str,
        params: &[Value],
    ) -> Result<VolumeRows, DbError> {
        let named = [record.into(), volume.into()];
        let answers = self
            .readers
            .ask(&[
                (SNAPSHOT, &[]),
                (HEAD, &named),
                (sql, params),
                (COMMIT, &[]),
            ])
            .await?;
        let [_, head, rows, _] = answers.as_slice() else {
            return Err(DbError::Engine("an answer is missing".to_owned()));
        };
        Ok(VolumeRows {
            head: head
                .first()
                .map(|row| StoredHead::read(row, 0))
                .transpose()?,
            rows: rows.iter().map(StoredRow::read).collect::<Result<_, _>>()?,
        })
    }
}

impl Drop for Postgres {
    /// Waits for what was accepted to be written.
    fn drop(&mut self) {
        self.tasks.close();
        if let Some(thread) = self.thread.take() {
            // A writer that panicked has already refused its callers.
            let _ = thread.join();
        }
    }
}

pub(super) fn row(row: &tokio_postgres::Row) -> Result<Row, tokio_postgres::Error> {
    (0..row.len())
        .map(|column| row.try_get(column))
        .collect::<Result<_, _>>()
        .map(Row)
}

impl From<tokio_postgres::Error> for DbError {
    /// Keeps the message and leaves out the detail, which may hold values.
    fn from(error: tokio_postgres::Error) -> Self {
        if error.code() == Some(&SqlState::DISK_FULL) {
            return Self::Full(ambient::NoSpace);
        }
        Self::Engine(
            match (error.as_db_error(), std::error::Error::source(&error)) {
                (Some(db), _) => db.message().to_owned(),
                (None, Some(cause)) => format!("{error}: {cause}"),
                (None, None) => error.to_string(),
            },
        )
    }
}

/// Whether the same may well succeed when it is tried again: two servers met, or the link broke.
fn is_passing(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        Some(code) => [
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::ADMIN_SHUTDOWN,
        ]
        .contains(code),
        None => error.is_closed() || is_io(error),
    }
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>())
}
