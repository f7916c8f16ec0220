//! Rows of a record as they are stored, and the statements that read them on both engines.

use super::{DbError, Row};
use crate::{
    chain::{self, Hash, Head},
    record::Header,
};

pub(super) const HEAD: &str = "SELECT epoch, last_seq, chain, digest, mac FROM head \
    WHERE record_id = ?1 AND volume = ?2";
pub(super) const CURRENT: &str = "SELECT seq, blind, header, hash, sealed, is_current FROM entry \
    WHERE record_id = ?1 AND volume = ?2 AND seq > ?3 AND is_current = 1 ORDER BY seq";
pub(super) const HISTORY: &str = "SELECT seq, blind, header, hash, sealed, is_current FROM entry \
    WHERE record_id = ?1 AND volume = ?2 ORDER BY seq";

pub(super) const STATEMENTS: &[&str] = &[HEAD, CURRENT, HISTORY];

/// A head as it is stored; to be verified by who holds the key.
#[derive(Clone, Debug)]
pub(crate) struct StoredHead {
    pub head: Head,
    pub mac: Hash,
}

impl StoredHead {
    /// Reads the columns of [`HEAD`], which begin at column `first`.
    pub(super) fn read(row: &Row, first: usize) -> Result<Self, DbError> {
        let missing = || DbError::Engine("a head without its columns".to_owned());
        Ok(Self {
            head: Head {
                epoch: unsigned(row, first)?,
                last: unsigned(row, first + 1)?,
                chain: row.array(first + 2)?.ok_or_else(missing)?,
                digest: row.array(first + 3)?.ok_or_else(missing)?,
            },
            mac: row.array(first + 4)?.ok_or_else(missing)?,
        })
    }
}

/// A row as it is stored; nothing of it is verified yet.
#[derive(Clone, Debug)]
pub(crate) struct StoredRow {
    pub seq: u64,
    /// Blind name, or the MAC of a journal row.
    pub blind: [u8; 16],
    pub header: [u8; Header::LEN],
    pub hash: Hash,
    pub sealed: Option<Vec<u8>>,
    pub current: bool,
}

impl StoredRow {
    /// Reads the columns of [`CURRENT`].
    pub(super) fn read(row: &Row) -> Result<Self, DbError> {
        let missing = || DbError::Engine("an entry without its columns".to_owned());
        let sealed = row.optional_bytes(4)?.map(<[u8]>::to_vec);
        Ok(Self {
            seq: unsigned(row, 0)?,
            blind: row.array(1)?.ok_or_else(missing)?,
            header: row.array(2)?.ok_or_else(missing)?,
            hash: Self::hash_of(row.array(3)?, sealed.as_deref()),
            sealed,
            current: row.int(5)? != 0,
        })
    }

    /// The hash of a row: the stored one, or that of its bytes, which is stored only once another
    /// version replaces it. A row with neither fits no head.
    pub(super) fn hash_of(stored: Option<Hash>, sealed: Option<&[u8]>) -> Hash {
        let own = || sealed.map(chain::hash);
        stored.or_else(own).unwrap_or_default()
    }
}

/// Packed lines of a journal as they are stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredSegment {
    /// Sequence of its first line.
    pub first: u64,
    /// Sequence of its last line.
    pub last: u64,
    /// Layout, and generation of the key.
    pub header: [u8; 3],
    pub sealed: Vec<u8>,
}

impl StoredSegment {
    /// Reads the columns `first_seq, last_seq, header, sealed`.
    pub(super) fn read(row: &Row) -> Result<Self, DbError> {
        let missing = || DbError::Engine("a segment without its columns".to_owned());
        Ok(Self {
            first: unsigned(row, 0)?,
            last: unsigned(row, 1)?,
            header: row.array(2)?.ok_or_else(missing)?,
            sealed: row.bytes(3)?.to_vec(),
        })
    }
}

/// What was read of a journal in one snapshot, newest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct JournalRows {
    /// Closes the whole journal, or what is packed of it: see [`super::Db::journal_has_head`].
    pub head: Option<StoredHead>,
    /// Lines of the tail.
    pub rows: Vec<StoredRow>,
    /// Packed lines that go before them: those asked for, and others of the same segments.
    pub segments: Vec<StoredSegment>,
}

/// What was read of a volume in one snapshot.
#[derive(Clone, Debug, Default)]
pub(crate) struct VolumeRows {
    pub head: Option<StoredHead>,
    pub rows: Vec<StoredRow>,
}

pub(super) fn unsigned(row: &Row, column: usize) -> Result<u64, DbError> {
    u64::try_from(row.int(column)?)
        .map_err(|_| DbError::Engine(format!("column {column} is negative")))
}
