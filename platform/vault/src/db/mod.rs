//! The database behind one small interface: rows, guarded steps, and the append of a record.
//!
//! A transaction is a list of [`Step`]s. Each step may say how many rows it must
//! touch; if it touches another number, the whole transaction is refused and
//! nothing of it remains. The writer commits whatever is waiting in one group,
//! so that a hundred callers share one sync.

mod append;
mod schema;
mod sqlite;

use std::path::Path;

pub(crate) use append::{Append, AppendRefused, Condition, NewEntry, Superseded, Written};
pub(crate) use schema::Schema;
pub(crate) use sqlite::{StoredRow, VolumeRows};

use crate::record::{RecordId, Volume};

/// A value on its way to or from a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// SQL NULL.
    Null,
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BYTEA.
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        // Sequences and counters stay far below 2^63.
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<jiff::Timestamp> for Value {
    fn from(value: jiff::Timestamp) -> Self {
        Self::Int(value.as_microsecond())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<RecordId> for Value {
    fn from(value: RecordId) -> Self {
        Self::Bytes(value.0.0.to_vec())
    }
}

impl From<ambient::Id> for Value {
    fn from(value: ambient::Id) -> Self {
        Self::Bytes(value.0.to_vec())
    }
}

impl From<Volume> for Value {
    fn from(value: Volume) -> Self {
        Self::Int(value.number().into())
    }
}

/// One row of an answer.
#[derive(Debug, Clone)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// A BIGINT column.
    ///
    /// # Errors
    /// When the column is missing or of another type: the schema and the code disagree.
    pub fn int(&self, column: usize) -> Result<i64, DbError> {
        match self.0.get(column) {
            Some(Value::Int(value)) => Ok(*value),
            other => Err(DbError::shape(column, other)),
        }
    }

    /// A TEXT column.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn text(&self, column: usize) -> Result<&str, DbError> {
        match self.0.get(column) {
            Some(Value::Text(value)) => Ok(value),
            other => Err(DbError::shape(column, other)),
        }
    }

    /// A BYTEA column.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn bytes(&self, column: usize) -> Result<&[u8], DbError> {
        match self.0.get(column) {
            Some(Value::Bytes(value)) => Ok(value),
            other => Err(DbError::shape(column, other)),
        }
    }

    /// A BYTEA column of a fixed length, or NULL.
    ///
    /// # Errors
    /// As [`Row::int`], and when the length differs.
    pub fn array<const N: usize>(&self, column: usize) -> Result<Option<[u8; N]>, DbError> {
        match self.0.get(column) {
            Some(Value::Null) => Ok(None),
            Some(Value::Bytes(bytes)) => bytes
                .as_slice()
                .try_into()
                .map(Some)
                .map_err(|_| DbError::shape(column, None)),
            other => Err(DbError::shape(column, other)),
        }
    }

    /// A record identifier, or NULL.
    ///
    /// # Errors
    /// As [`Row::array`].
    pub fn record(&self, column: usize) -> Result<Option<RecordId>, DbError> {
        Ok(self
            .array(column)?
            .map(|bytes| RecordId(ambient::Id(bytes))))
    }

    /// An instant kept as microseconds since 1970.
    ///
    /// # Errors
    /// As [`Row::int`], and when the number is no instant.
    pub fn instant(&self, column: usize) -> Result<jiff::Timestamp, DbError> {
        jiff::Timestamp::from_microsecond(self.int(column)?)
            .map_err(|_| DbError::shape(column, None))
    }
}

/// One statement of a transaction.
#[derive(Debug, Clone)]
pub struct Step {
    pub(crate) sql: &'static str,
    pub(crate) params: Vec<Value>,
    pub(crate) expect: Option<usize>,
}

impl Step {
    /// A statement that may touch any number of rows.
    pub fn new(sql: &'static str, params: Vec<Value>) -> Self {
        Self {
            sql,
            params,
            expect: None,
        }
    }

    /// A statement that must touch exactly `rows` rows, or the transaction is refused.
    pub fn expecting(sql: &'static str, params: Vec<Value>, rows: usize) -> Self {
        Self {
            sql,
            params,
            expect: Some(rows),
        }
    }
}

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The guarded step of that index touched another number of rows; nothing was written.
    #[error("step {0} of a transaction was refused")]
    Refused(usize),
    /// The engine failed.
    #[error("database: {0}")]
    Engine(String),
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
        Self::Engine(error.to_string())
    }
}

/// One database: SQLite in a file.
#[derive(Debug)]
pub struct Db(sqlite::Sqlite);

impl Db {
    /// Opens (and makes, and migrates) the database in the file `path`.
    ///
    /// `guard` is the key under which the journal's tail is counted.
    pub(crate) fn open(path: &Path, schema: Schema, guard: &[u8]) -> Result<Self, DbError> {
        sqlite::Sqlite::open(path, schema, guard).map(Self)
    }

    /// Whether the journal's tail was complete when the database was opened.
    pub(crate) fn tail_intact(&self) -> bool {
        self.0.tail_intact
    }

    /// Rows of one read-only statement.
    pub(crate) async fn query(
        &self,
        sql: &'static str,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, DbError> {
        self.0.query(sql, params).await
    }

    /// Runs a transaction; durable when this returns.
    ///
    /// Gives the number of rows that each step touched.
    pub(crate) async fn write(&self, steps: Vec<Step>) -> Result<Vec<usize>, DbError> {
        self.0.write(steps).await
    }

    /// Appends to a record; durable when this returns.
    pub(crate) async fn append(&self, append: Append) -> Result<Written, AppendRefused> {
        self.0.append(append).await
    }

    /// The head of a volume, and its rows after `after` (all current rows when 0).
    pub(crate) async fn volume(
        &self,
        record: RecordId,
        volume: Volume,
        after: u64,
    ) -> Result<VolumeRows, DbError> {
        self.0.volume(record, volume, after).await
    }

    /// The journal rows of a record older than `before`, newest first.
    pub(crate) async fn journal(
        &self,
        record: RecordId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<StoredRow>, DbError> {
        self.0.journal(record, before, limit).await
    }

    /// Every row of a volume in order, current or not: for verification.
    pub(crate) async fn history(
        &self,
        record: RecordId,
        volume: Volume,
    ) -> Result<VolumeRows, DbError> {
        self.0.history(record, volume).await
    }
}
