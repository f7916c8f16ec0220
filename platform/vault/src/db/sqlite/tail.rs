//! The journal's tail in memory, and the count that guards it as a whole.
//!
//! Traces are written in arrival order, without an index and without touching a
//! head: a map from record to rows is rebuilt at each start. What was cut or
//! added while the server was stopped shows in the count of all rows.

use std::collections::{HashMap, HashSet};

use aws_lc_rs::hmac;
use rusqlite::{Connection, OptionalExtension};

use super::{
    super::{DbError, Value},
    stored_head,
};
use crate::{
    chain::{self, Hash, Head},
    checkpoint::VolumeEnd,
    record::{Header, RecordId, Volume},
};

pub(super) const TAIL_SCAN: &str =
    "SELECT n, record_id, seq, header, hash, mac FROM tail ORDER BY n";

pub(super) const TAIL_LINK: &str =
    "SELECT seq, header, hash FROM tail WHERE n = ?1 AND record_id = ?2";

/// The head row that counts the whole tail belongs to no record: no key has this id.
pub(super) const TAIL_GUARD: RecordId = RecordId(ambient::Id([0; 16]));

/// The unpacked journal of one record: where its rows are, oldest first, and its last sequence.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    pub last: u64,
    pub rows: Vec<i64>,
}

/// The unpacked journals.
#[derive(Debug, Default)]
pub(super) struct Tails {
    pub of: HashMap<RecordId, Tail>,
    /// Grows whenever rows were packed. Whoever packs holds the lock while it commits.
    pub packs: u64,
    /// Records with lines written since a checkpoint asked; at a start, all that are in the tail.
    pub traced: HashSet<RecordId>,
}

impl Tails {
    /// Where the lines of a record before `before` are, newest first, and what was packed until now.
    pub fn wanted(&self, record: RecordId, before: u64, limit: usize) -> (u64, Vec<i64>) {
        let Some(tail) = self.of.get(&record) else {
            return (self.packs, vec![]);
        };
        // Rows are in order, the last one being `last`.
        let newer = tail.last.saturating_add(1).saturating_sub(before);
        let skip = usize::try_from(newer).unwrap_or(usize::MAX);
        let rows = tail.rows.iter().rev().skip(skip).take(limit);
        (self.packs, rows.copied().collect())
    }

    /// Adds a line that was written.
    pub fn push(&mut self, record: RecordId, n: i64, last: u64) {
        self.traced.insert(record);
        let tail = self.of.entry(record).or_default();
        tail.rows.push(n);
        tail.last = last;
    }

    /// Takes lines out that were packed; `gone` is in order.
    pub fn packed(&mut self, record: RecordId, gone: &[i64]) {
        self.packs += 1;
        if let Some(tail) = self.of.get_mut(&record) {
            tail.rows.retain(|n| gone.binary_search(n).is_err());
            if tail.rows.is_empty() {
                self.of.remove(&record);
            }
        }
    }
}

/// What a pass over the tail found.
#[derive(Default)]
pub(super) struct Scanned {
    pub tails: Tails,
    pub counted: Head,
    pub intact: bool,
}

/// Rebuilds the map of the unpacked journals by one pass over the tail, and counts its rows.
pub(super) fn scan(connection: &Connection, guard: &hmac::Key) -> Result<Scanned, DbError> {
    let mut scanned = Scanned::default();
    let mut statement = connection.prepare(TAIL_SCAN)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (n, header, hash, mac) = (row.get(0)?, row.get(3)?, row.get(4)?, row.get(5)?);
        let record = RecordId(ambient::Id(row.get(1)?));
        scanned.tails.push(record, n, row.get(2)?);
        let columns = (&header, &hash, &mac);
        scanned
            .counted
            .count(guard, Volume::Journal, &counted_row(n, columns));
    }
    scanned.intact = match stored_head(connection, TAIL_GUARD, Volume::Journal)? {
        None => scanned.tails.of.is_empty(),
        Some(stored) => {
            stored.head.verify(guard, Volume::Journal, &stored.mac)
                && chain::same(&stored.head.digest, &scanned.counted.digest)
        }
    };
    Ok(scanned)
}

/// Where a journal ends with its lines in the tail, given newest first; `None` without any.
pub(super) fn end(
    snapshot: &Connection,
    record: RecordId,
    packed: Option<VolumeEnd>,
    wanted: &[i64],
) -> Result<Option<VolumeEnd>, DbError> {
    if wanted.is_empty() {
        return Ok(None);
    }
    let mut end = packed.unwrap_or(VolumeEnd {
        volume: Volume::Journal,
        last: 0,
        chain: Hash::default(),
    });
    let mut statement = snapshot.prepare_cached(TAIL_LINK)?;
    for n in wanted.iter().rev() {
        let params = [Value::from(*n), record.into()];
        let line = statement.query_row(rusqlite::params_from_iter(&params), |row| {
            Ok((row.get::<_, u64>(0)?, row.get(1)?, row.get(2)?))
        });
        if let Some((seq, header, hash)) = line.optional()? {
            end.last = seq;
            end.chain = chain::link(&end.chain, &header, &hash);
        }
    }
    Ok(Some(end))
}

/// Counts a journal row in, from the parameters of its insertion.
pub(super) fn count_tail(
    counted: &mut Head,
    guard: &hmac::Key,
    n: i64,
    params: &[Value],
) -> Result<(), DbError> {
    counted.count(guard, Volume::Journal, &counted_row(n, columns(params)?));
    Ok(())
}

/// Counts a journal row out, from the parameters of its deletion.
pub(super) fn retire_tail(
    counted: &mut Head,
    guard: &hmac::Key,
    params: &[Value],
) -> Result<(RecordId, i64), DbError> {
    let [Value::Int(n), Value::Bytes(record), ..] = params else {
        return Err(shape());
    };
    let record = record.as_slice().try_into().map_err(|_| shape())?;
    counted.retire(guard, Volume::Journal, &counted_row(*n, columns(params)?));
    Ok((RecordId(ambient::Id(record)), *n))
}

type Columns<'a> = (&'a [u8; Header::LEN], &'a Hash, &'a [u8; 16]);

/// Header, hash and MAC: at the same places of both statements.
fn columns(params: &[Value]) -> Result<Columns<'_>, DbError> {
    fn column<const N: usize>(params: &[Value], at: usize) -> Result<&[u8; N], DbError> {
        let bytes = match params.get(at) {
            Some(Value::Bytes(bytes)) => bytes.as_slice().try_into().ok(),
            _ => None,
        };
        bytes.ok_or_else(shape)
    }
    Ok((column(params, 2)?, column(params, 3)?, column(params, 4)?))
}

fn shape() -> DbError {
    DbError::Engine("a journal row without its columns".to_owned())
}

fn counted_row(n: i64, (header, hash, mac): Columns<'_>) -> chain::Row<'_> {
    chain::Row {
        seq: u64::try_from(n).unwrap_or_default(),
        blind: mac,
        header,
        hash,
    }
}
