//! What checkpoints keep in the main database.

use crate::{
    chain::Hash,
    checkpoint::{Ends, Line, decode, encode},
    db::{DatabaseUrl, Db, DbError, Row, Statements, Step, beside},
    record::RecordId,
};

const STAMP: &str = "SELECT ends FROM stamp WHERE record_id = ?1";
const STAMPS_OF: &str = "SELECT record_id, ends FROM stamp \
    WHERE record_id >= ?1 AND record_id <= ?2 ORDER BY record_id";
const STAMPS_AFTER: &str =
    "SELECT record_id, ends FROM stamp WHERE record_id > ?1 ORDER BY record_id LIMIT ?2";
const PUT_STAMP: &str = "INSERT INTO stamp (record_id, ends) VALUES (?1, ?2) \
    ON CONFLICT (record_id) DO UPDATE SET ends = excluded.ends";
const BUCKETS: &str = "SELECT bucket, hash FROM bucket ORDER BY bucket";
const PUT_BUCKET: &str = "INSERT INTO bucket (bucket, hash) VALUES (?1, ?2) \
    ON CONFLICT (bucket) DO UPDATE SET hash = excluded.hash";
const LAST: &str = "SELECT line FROM checkpoint ORDER BY n DESC LIMIT 1";
const AFTER: &str = "SELECT line FROM checkpoint WHERE n > ?1 ORDER BY n";
const NUMBER: &str = "SELECT line FROM checkpoint WHERE n = ?1";
/// Of two servers that take the next one, one is refused.
const PUT_LINE: &str = "INSERT INTO checkpoint (n, line) VALUES (?1, ?2) ON CONFLICT DO NOTHING";

pub(super) const STATEMENTS: Statements = &[
    STAMP,
    STAMPS_OF,
    STAMPS_AFTER,
    PUT_STAMP,
    BUCKETS,
    PUT_BUCKET,
    LAST,
    AFTER,
    NUMBER,
    PUT_LINE,
];

fn strange() -> DbError {
    DbError::Engine("a checkpoint's row of a strange shape".to_owned())
}

fn ends(row: &Row, column: usize) -> Result<Ends, DbError> {
    decode(row.bytes(column)?).ok_or_else(strange)
}

fn stamped(row: &Row) -> Result<(RecordId, Ends), DbError> {
    Ok((row.record(0)?.ok_or_else(strange)?, ends(row, 1)?))
}

/// Where the volumes of a record ended at the last checkpoint.
pub(crate) async fn stamp(db: &Db, record: RecordId) -> Result<Option<Ends>, DbError> {
    let rows = db.query(STAMP, vec![record.into()]).await?;
    rows.first().map(|row| ends(row, 0)).transpose()
}

/// The stamps of a bucket, in order.
pub(crate) async fn stamps(db: &Db, bucket: u16) -> Result<Vec<(RecordId, Ends)>, DbError> {
    let (mut from, mut to) = ([0; 16], [0xff; 16]);
    from[..2].copy_from_slice(&bucket.to_be_bytes());
    to[..2].copy_from_slice(&bucket.to_be_bytes());
    let rows = db
        .query(STAMPS_OF, vec![(&from).into(), (&to).into()])
        .await?;
    rows.iter().map(stamped).collect()
}

/// The next stamps in the order of records.
pub(crate) async fn stamps_after(
    db: &Db,
    record: RecordId,
    limit: u64,
) -> Result<Vec<(RecordId, Ends)>, DbError> {
    let rows = db.query(STAMPS_AFTER, vec![record.into(), limit.into()]);
    rows.await?.iter().map(stamped).collect()
}

pub(crate) fn put_stamp(record: RecordId, ends: &Ends) -> Step {
    Step::new(PUT_STAMP, vec![record.into(), encode(ends).into()])
}

/// The buckets that are not empty, in order.
pub(crate) async fn buckets(db: &Db) -> Result<Vec<(u16, Hash)>, DbError> {
    let rows = db.query(BUCKETS, vec![]).await?;
    let read = |row: &Row| {
        let bucket = u16::try_from(row.int(0)?).map_err(|_| strange())?;
        Ok((bucket, row.array(1)?.ok_or_else(strange)?))
    };
    rows.iter().map(read).collect()
}

pub(crate) fn put_bucket(bucket: u16, hash: &Hash) -> Step {
    let params = vec![i64::from(bucket).into(), hash.into()];
    Step::new(PUT_BUCKET, params)
}

fn line(row: &Row, public: &[u8]) -> Result<Line, DbError> {
    let line = Line::read(row.text(0)?, public);
    line.ok_or_else(|| DbError::Engine("a checkpoint that was altered from outside".to_owned()))
}

/// The last line.
pub(crate) async fn last(db: &Db, public: &[u8]) -> Result<Option<Line>, DbError> {
    let rows = db.query(LAST, vec![]).await?;
    rows.first().map(|row| line(row, public)).transpose()
}

/// The last line, beside a server that may be running.
pub(crate) async fn last_beside(url: &DatabaseUrl, public: &[u8]) -> Result<Option<Line>, DbError> {
    let rows = beside(url, LAST, vec![]).await?;
    rows.first().map(|row| line(row, public)).transpose()
}

/// The lines after number `n`.
pub(crate) async fn after(db: &Db, n: u64, public: &[u8]) -> Result<Vec<Line>, DbError> {
    let rows = db.query(AFTER, vec![n.into()]).await?;
    rows.iter().map(|row| line(row, public)).collect()
}

/// The line of number `n`.
pub(crate) async fn number(db: &Db, n: u64, public: &[u8]) -> Result<Option<Line>, DbError> {
    let rows = db.query(NUMBER, vec![n.into()]).await?;
    rows.first().map(|row| line(row, public)).transpose()
}

pub(crate) fn put_line(line: &Line) -> Step {
    let params = vec![line.checkpoint.n.into(), line.text.as_str().into()];
    Step::expecting(PUT_LINE, params, 1)
}
