//! Values, rows and steps: all that passes between the code and an engine.

use super::DbError;
use crate::record::{RecordId, Volume};

/// A value on its way to or from a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

    /// A BYTEA column, or NULL.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn optional_bytes(&self, column: usize) -> Result<Option<&[u8]>, DbError> {
        match self.0.get(column) {
            Some(Value::Null) => Ok(None),
            _ => self.bytes(column).map(Some),
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
