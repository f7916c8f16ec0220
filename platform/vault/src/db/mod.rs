//! The database behind one small interface: rows, guarded steps, and the append of a record.
//!
//! A transaction is a list of [`Step`]s. Each step may say how many rows it must
//! touch; if it touches another number, the whole transaction is refused and
//! nothing of it remains. The writer commits whatever is waiting in one group,
//! so that a hundred callers share one sync.
//!
//! Two engines run the same statements: SQLite for one server, PostgreSQL for
//! several. They differ in one thing, the guard of the journal; see
//! [`Db::journal_has_head`].

mod append;
pub mod baseline;
mod moved;
mod pack;
mod place;
mod postgres;
mod rows;
mod schema;
mod snapshot;
mod sqlite;
mod statements;
mod task;
mod value;

pub(crate) use append::{
    Append, AppendRefused, Condition, NewEntry, Superseded, Written, put_head,
};
pub(crate) use moved::Stand;
pub(crate) use pack::{TailRow, delete_segment, delete_tail, insert_segment};
pub use place::{BadDatabaseUrl, DatabaseUrl};
pub(crate) use rows::{JournalRows, StoredHead, StoredRow, StoredSegment, VolumeRows};
pub(crate) use schema::Schema;
pub(crate) use snapshot::{beside, is_vacant, load, save};
pub(crate) use statements::Statements;
pub use value::{Row, Step, Value};

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{
    Later,
    fresh::Mark,
    record::{RecordId, Volume},
};
use place::Place;

/// Why the database did not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// The guarded step of that index touched another number of rows; nothing was written.
    #[error("step {0} of a transaction was refused")]
    Refused(usize),
    /// The engine failed.
    #[error("database: {0}")]
    Engine(String),
    /// The disk is full: nothing was written.
    #[error("database: {0}")]
    Full(#[source] ambient::NoSpace),
    /// Another process has this folder open.
    #[error("the data folder is in use by another process")]
    InUse,
    /// The writer has stopped.
    #[error("the database is closed")]
    Closed,
}

impl DbError {
    fn shape(column: usize, found: Option<&Value>) -> Self {
        let found = match found {
            None => "nothing fitting",
            Some(Value::Null) => "NULL",
            Some(Value::Int(_)) => "a number",
            Some(Value::Text(_)) => "text",
            Some(Value::Bytes(_)) => "bytes",
        };
        Self::Engine(format!("column {column} holds {found}"))
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full(ambient::NoSpace),
            _ => Self::Engine(error.to_string()),
        }
    }
}

impl From<AppendRefused> for DbError {
    fn from(error: AppendRefused) -> Self {
        match error {
            AppendRefused::Step(step) => Self::Refused(step),
            AppendRefused::Db(error) => error,
            other => Self::Engine(other.to_string()),
        }
    }
}

/// One database, on one of the engines, and how often it was asked for something.
#[derive(Debug)]
pub(crate) struct Db(Engine, AtomicU64);

#[derive(Debug)]
enum Engine {
    /// A file that one server has for itself.
    Sqlite(sqlite::Sqlite),
    /// A PostgreSQL database that servers may share.
    Postgres(Box<postgres::Postgres>),
}

impl Db {
    /// Opens (and makes the tables of, and migrates) a database.
    ///
    /// `guard` is the key under which the journal's tail is counted.
    pub(crate) fn open(url: &DatabaseUrl, schema: Schema, guard: &[u8]) -> Result<Self, DbError> {
        let engine = match &url.0 {
            Place::File(path) => Engine::Sqlite(sqlite::Sqlite::open(path, schema, guard)?),
            Place::Server(config) => {
                Engine::Postgres(Box::new(postgres::Postgres::open(config, schema)?))
            }
        };
        Ok(Self(engine, AtomicU64::new(0)))
    }

    /// Whether each record's journal has a head of its own.
    ///
    /// SQLite writes traces without touching anything else, and guards the tail as a whole when
    /// it starts; there the head closes what is packed. Servers that share a database need a row
    /// to agree on: with PostgreSQL the journal's head is kept like any other and closes all of
    /// it, and what was cut shows wherever it is read.
    pub(crate) fn journal_has_head(&self) -> bool {
        matches!(&self.0, Engine::Postgres(_))
    }

    /// Whether the journal's tail was complete when the database was opened, where it is guarded
    /// as a whole.
    pub(crate) fn tail_intact(&self) -> bool {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.tail_intact,
            Engine::Postgres(_) => true,
        }
    }

    /// Rows of one read-only statement.
    pub(crate) fn query(
        &self,
        sql: &'static str,
        params: Vec<Value>,
    ) -> Later<'_, Result<Vec<Row>, DbError>> {
        Box::pin(async move {
            statements::assert_listed(sql);
            self.1.fetch_add(1, Ordering::Relaxed);
            match &self.0 {
                Engine::Sqlite(sqlite) => sqlite.query(sql, params).await,
                Engine::Postgres(postgres) => postgres.query(sql, params).await,
            }
        })
    }

    /// The rows of one read-only statement for each of `all` parameters, asked for together.
    pub(crate) fn query_each(
        &self,
        sql: &'static str,
        all: Vec<Vec<Value>>,
    ) -> Later<'_, Result<Vec<Vec<Row>>, DbError>> {
        Box::pin(async move {
            statements::assert_listed(sql);
            self.1.fetch_add(1, Ordering::Relaxed);
            match &self.0 {
                Engine::Sqlite(sqlite) => sqlite.query_each(sql, all).await,
                Engine::Postgres(postgres) => postgres.query_each(sql, &all).await,
            }
        })
    }

    /// Runs a transaction; durable when this returns.
    pub(crate) fn write(&self, steps: Vec<Step>) -> Later<'_, Result<(), DbError>> {
        Box::pin(async move {
            self.1.fetch_add(1, Ordering::Relaxed);
            let written = self.tasks().ask(task::Work::Steps(steps)).await;
            Ok(written.map(drop)?)
        })
    }

    /// How often rows were asked for or changed: a measure of effort.
    pub(crate) fn calls(&self) -> u64 {
        self.1.load(Ordering::Relaxed)
    }

    /// Appends to a record; durable when this returns.
    pub(crate) fn append(&self, append: Append) -> Later<'_, Result<Written, AppendRefused>> {
        Box::pin(self.tasks().ask(task::Work::Append(append)))
    }

    /// The head of a volume, and its rows after `after` (all current rows when 0).
    pub(crate) fn volume(
        &self,
        record: RecordId,
        volume: Volume,
        after: u64,
    ) -> Later<'_, Result<VolumeRows, DbError>> {
        Box::pin(async move {
            match &self.0 {
                Engine::Sqlite(sqlite) => sqlite.volume(record, volume, after).await,
                Engine::Postgres(postgres) => postgres.volume(record, volume, after).await,
            }
        })
    }

    /// Whether nobody else writes to this database: then what was read and not written since
    /// is still so.
    pub(crate) fn is_alone(&self) -> bool {
        matches!(&self.0, Engine::Sqlite(_))
    }

    /// Epoch and last sequence of a volume as they are now, where that is known without asking.
    pub(crate) fn known(&self, record: RecordId, volume: Volume) -> Option<(u64, u64)> {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.fresh.get(&(record, volume)),
            Engine::Postgres(_) => None,
        }
    }

    /// To be taken before a volume is read.
    pub(crate) fn mark(&self, record: RecordId, volume: Volume) -> Option<Mark> {
        match &self.0 {
            Engine::Sqlite(sqlite) => Some(sqlite.fresh.mark(&(record, volume))),
            Engine::Postgres(_) => None,
        }
    }

    /// Keeps what a verified head said, read since `mark`.
    pub(crate) fn keep(
        &self,
        mark: Option<Mark>,
        record: RecordId,
        volume: Volume,
        head: (u64, u64),
    ) {
        if let (Engine::Sqlite(sqlite), Some(mark)) = (&self.0, mark) {
            sqlite.fresh.keep(mark, (record, volume), head);
        }
    }

    /// Last sequence of a record's journal, where that is known without asking.
    pub(crate) fn journal_last(&self, record: RecordId) -> Option<u64> {
        match &self.0 {
            Engine::Sqlite(sqlite) => sqlite.journal_last(record),
            Engine::Postgres(_) => None,
        }
    }

    /// Settings of the server under which what it acknowledges may be lost.
    pub(crate) fn risks(&self) -> Later<'_, Result<Vec<String>, DbError>> {
        Box::pin(async move {
            match &self.0 {
                Engine::Sqlite(_) => Ok(Vec::new()),
                Engine::Postgres(postgres) => postgres.risks().await,
            }
        })
    }

    /// What each table takes: its name, the bytes of its pages with its indexes, those of its rows.
    pub(crate) fn sizes(&self) -> Later<'_, Result<Vec<Row>, DbError>> {
        Box::pin(async move {
            match &self.0 {
                Engine::Sqlite(sqlite) => sqlite.query(sqlite::SIZES, vec![]).await,
                Engine::Postgres(postgres) => postgres.query(postgres::SIZES, vec![]).await,
            }
        })
    }

    /// The journal rows of a record older than `before`, newest first.
    pub(crate) fn journal(
        &self,
        record: RecordId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<JournalRows, DbError>> {
        Box::pin(async move {
            match &self.0 {
                Engine::Sqlite(sqlite) => sqlite.journal(record, before, limit).await,
                Engine::Postgres(postgres) => postgres.journal(record, before, limit).await,
            }
        })
    }

    /// Every row of a volume but the journal in order, current or not: for verification.
    pub(crate) fn history(
        &self,
        record: RecordId,
        volume: Volume,
    ) -> Later<'_, Result<VolumeRows, DbError>> {
        Box::pin(async move {
            match &self.0 {
                Engine::Sqlite(sqlite) => sqlite.history(record, volume).await,
                Engine::Postgres(postgres) => postgres.history(record, volume).await,
            }
        })
    }

    fn tasks(&self) -> &task::Tasks {
        match &self.0 {
            Engine::Sqlite(sqlite) => &sqlite.tasks,
            Engine::Postgres(postgres) => &postgres.tasks,
        }
    }
}
