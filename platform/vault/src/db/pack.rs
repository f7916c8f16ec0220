//! Moving lines of the journal from the tail to segments.

use super::{
    Db, DbError, Engine, Row, Statements, Step, StoredHead, StoredRow, StoredSegment,
    rows::{HEAD, unsigned},
};
use crate::record::{RecordId, Volume};

const COUNT: &str = "SELECT count(*) FROM tail";
const WINDOW: &str = "SELECT n, record_id, seq, mac, header, hash, sealed FROM tail \
    WHERE n > ?1 ORDER BY n LIMIT ?2";
const LAST_SEGMENT: &str = "SELECT first_seq, last_seq, header, sealed FROM segment \
    WHERE record_id = ?1 AND volume = ?2 ORDER BY first_seq DESC LIMIT 1";
/// Names the whole row, so that only what was packed goes.
pub(super) const DELETE_TAIL: &str = "DELETE FROM tail \
    WHERE n = ?1 AND record_id = ?2 AND header = ?3 AND hash = ?4 AND mac = ?5";
const INSERT_SEGMENT: &str = "INSERT INTO segment \
    (record_id, volume, first_seq, last_seq, header, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
    ON CONFLICT DO NOTHING";
const DELETE_SEGMENT: &str = "DELETE FROM segment \
    WHERE record_id = ?1 AND volume = ?2 AND first_seq = ?3 AND last_seq = ?4";

pub(super) const STATEMENTS: Statements = &[
    COUNT,
    WINDOW,
    LAST_SEGMENT,
    DELETE_TAIL,
    INSERT_SEGMENT,
    DELETE_SEGMENT,
];

/// Lines that are packed in one transaction: many share the pages that they leave.
const AT_ONCE: i64 = 32_768;
/// The same where each line is a message to the database.
const AT_ONCE_SHARED: i64 = 4_096;

/// A line of the tail, and whose it is.
#[derive(Debug)]
pub(crate) struct TailRow {
    pub n: i64,
    pub record: RecordId,
    pub row: StoredRow,
}

impl TailRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        let missing = || DbError::Engine("a journal row without its columns".to_owned());
        Ok(Self {
            n: row.int(0)?,
            record: row.record(1)?.ok_or_else(missing)?,
            row: StoredRow {
                seq: unsigned(row, 2)?,
                blind: row.array(3)?.ok_or_else(missing)?,
                header: row.array(4)?.ok_or_else(missing)?,
                hash: row.array(5)?.ok_or_else(missing)?,
                sealed: row.optional_bytes(6)?.map(<[u8]>::to_vec),
                current: true,
            },
        })
    }
}

impl Db {
    /// How many lines are not packed.
    pub(crate) async fn tail_length(&self) -> Result<usize, DbError> {
        if let Engine::Sqlite(sqlite) = &self.0 {
            return Ok(sqlite.tail_length());
        }
        let rows = self.query(COUNT, vec![]).await?;
        let count = rows.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// The next lines of the tail in order of arrival, as many as one transaction packs.
    pub(crate) async fn tail_after(&self, n: i64) -> Result<Vec<TailRow>, DbError> {
        let most = if self.is_alone() {
            AT_ONCE
        } else {
            AT_ONCE_SHARED
        };
        let rows = self.query(WINDOW, vec![n.into(), most.into()]).await?;
        rows.iter().map(TailRow::read).collect()
    }

    /// The end of what is packed of a journal: the stored head, and the last segment.
    pub(crate) async fn packed_end(
        &self,
        record: RecordId,
    ) -> Result<(Option<StoredHead>, Option<StoredSegment>), DbError> {
        let named = vec![record.into(), Volume::Journal.into()];
        let head = self.query(HEAD, named.clone()).await?;
        let last = self.query(LAST_SEGMENT, named).await?;
        let head = head.first().map(|row| StoredHead::read(row, 0));
        let last = last.first().map(StoredSegment::read);
        Ok((head.transpose()?, last.transpose()?))
    }
}

/// Takes a line out of the tail.
pub(crate) fn delete_tail(TailRow { n, record, row }: &TailRow) -> Step {
    let params = vec![
        (*n).into(),
        (*record).into(),
        (&row.header).into(),
        (&row.hash).into(),
        (&row.blind).into(),
    ];
    Step::expecting(DELETE_TAIL, params, 1)
}

/// Puts a segment in.
pub(crate) fn insert_segment(record: RecordId, segment: StoredSegment) -> Step {
    let params = vec![
        record.into(),
        Volume::Journal.into(),
        segment.first.into(),
        segment.last.into(),
        (&segment.header).into(),
        segment.sealed.into(),
    ];
    Step::expecting(INSERT_SEGMENT, params, 1)
}

/// Takes a segment out that another one replaces.
pub(crate) fn delete_segment(record: RecordId, segment: &StoredSegment) -> Step {
    let params = vec![
        record.into(),
        Volume::Journal.into(),
        segment.first.into(),
        segment.last.into(),
    ];
    Step::expecting(DELETE_SEGMENT, params, 1)
}
