//! The journal's tail in memory, and the count that guards it as a whole.
//!
//! Traces are written in arrival order, without an index and without touching a
//! head: a map from record to rows is rebuilt at each start. What was cut or
//! added while the server was stopped shows in the count of all rows.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use aws_lc_rs::hmac;
use rusqlite::Connection;

use super::{
    super::{DbError, Value},
    stored_head,
};
use crate::{
    chain::{self, Hash, Head},
    record::{Header, RecordId, Volume},
};

pub(super) const TAIL_SCAN: &str =
    "SELECT n, record_id, seq, header, hash, mac FROM tail ORDER BY n";

/// The head row that counts the whole tail belongs to no record: no key has this id.
pub(super) const TAIL_GUARD: RecordId = RecordId(ambient::Id([0; 16]));

/// The unpacked journal of one record: where its rows are and how its chain ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Tail {
    pub head: Head,
    pub rows: Vec<i64>,
}

pub(super) type Tails = Arc<Mutex<HashMap<RecordId, Tail>>>;

/// What a pass over the tail found.
#[derive(Default)]
pub(super) struct Scanned {
    pub tails: HashMap<RecordId, Tail>,
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
        let tail = scanned
            .tails
            .entry(RecordId(ambient::Id(row.get(1)?)))
            .or_default();
        tail.rows.push(n);
        tail.head.last = row.get(2)?;
        tail.head.chain = chain::link(&tail.head.chain, &header, &hash);
        count_row(&mut scanned.counted, guard, n, &mac, &header, &hash);
    }
    scanned.intact = match stored_head(connection, TAIL_GUARD, Volume::Journal)? {
        None => scanned.tails.is_empty(),
        Some(stored) => {
            stored.head.verify(guard, Volume::Journal, &stored.mac)
                && chain::same(&stored.head.digest, &scanned.counted.digest)
        }
    };
    Ok(scanned)
}

/// Counts a journal row from the parameters of its insertion.
pub(super) fn count_tail(
    counted: &mut Head,
    guard: &hmac::Key,
    n: i64,
    params: &[Value],
) -> Result<(), DbError> {
    fn column<const N: usize>(params: &[Value], at: usize) -> Result<&[u8; N], DbError> {
        let bytes = match params.get(at) {
            Some(Value::Bytes(bytes)) => bytes.as_slice().try_into().ok(),
            _ => None,
        };
        bytes.ok_or_else(|| DbError::Engine("a journal row without its columns".to_owned()))
    }
    let (header, hash, mac) = (column(params, 2)?, column(params, 3)?, column(params, 4)?);
    count_row(counted, guard, n, mac, header, hash);
    Ok(())
}

fn count_row(
    counted: &mut Head,
    guard: &hmac::Key,
    n: i64,
    mac: &[u8; 16],
    header: &[u8; Header::LEN],
    hash: &Hash,
) {
    let seq = u64::try_from(n).unwrap_or_default();
    counted.count(
        guard,
        Volume::Journal,
        &chain::Row {
            seq,
            blind: mac,
            header,
            hash,
        },
    );
}
