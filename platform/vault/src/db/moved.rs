//! Which records have moved on since they were stamped, and where their volumes end now.

use super::{Db, DbError, Engine, Row, Statements, Step, Value, rows::unsigned};
use crate::{
    chain::Hash,
    checkpoint::{Ends, VolumeEnd},
    record::{RecordId, Volume},
};

const MOVED: &str = "SELECT DISTINCT record_id FROM head WHERE moved = 1 LIMIT ?1";
pub(super) const ENDS: &str = "SELECT volume, last_seq, chain, moved FROM head \
    WHERE record_id = ?1 ORDER BY volume";
/// Not when it was written again since it was read.
const SETTLE: &str = "UPDATE head SET moved = 0 \
    WHERE record_id = ?1 AND volume = ?2 AND last_seq = ?3 AND moved = 1";

pub(super) const STATEMENTS: Statements = &[MOVED, ENDS, SETTLE];

/// The stored end of a volume, and whether it has moved since it was stamped.
#[derive(Debug, Clone, Copy)]
pub(super) struct StoredEnd {
    pub end: VolumeEnd,
    pub moved: bool,
}

impl StoredEnd {
    /// Reads the columns of [`ENDS`]; `None` for a volume of another version.
    pub fn read(volume: i64, last: u64, chain: Hash, moved: i64) -> Option<Self> {
        let volume = Volume::from_number(volume)?;
        Some(Self {
            end: VolumeEnd {
                volume,
                last,
                chain,
            },
            moved: moved != 0,
        })
    }
}

/// Where a record stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stand {
    /// The ends of its volumes; that of the journal with what is not packed.
    pub ends: Ends,
    /// Stored ends that are to be settled.
    moved: Vec<(Volume, u64)>,
}

impl Stand {
    pub(super) fn of(stored: Vec<StoredEnd>, tail: Option<VolumeEnd>) -> Self {
        let moved = stored.iter().filter(|stored| stored.moved);
        let moved = moved.map(|stored| (stored.end.volume, stored.end.last));
        let moved = moved.collect();
        let mut ends: Ends = stored.iter().map(|stored| stored.end).collect();
        if let Some(tail) = tail {
            ends.retain(|end| end.volume != tail.volume);
            ends.push(tail);
            ends.sort_by_key(|end| end.volume.number());
        }
        ends.retain(|end| end.last > 0);
        Self { ends, moved }
    }

    /// The steps that say that these ends are stamped.
    pub fn settle(&self, record: RecordId) -> impl Iterator<Item = Step> {
        self.moved.iter().map(move |(volume, last)| {
            let params: Vec<Value> = vec![record.into(), (*volume).into(), (*last).into()];
            Step::new(SETTLE, params)
        })
    }
}

impl Db {
    /// Some of the records that moved on; asked again, others or the same. A record whose work
    /// was not done is to be given back with [`Db::still_moved`].
    pub(crate) async fn moved(&self, limit: usize) -> Result<Vec<RecordId>, DbError> {
        let most = u64::try_from(limit).unwrap_or(u64::MAX);
        let rows = self.query(MOVED, vec![most.into()]).await?;
        let mut moved: Vec<RecordId> = Vec::with_capacity(rows.len());
        for row in &rows {
            // What counts the whole journal is no record.
            moved.extend(row.record(0)?.filter(|record| record.0.0 != [0; 16]));
        }
        if let Engine::Sqlite(sqlite) = &self.0 {
            sqlite.traced(&mut moved, limit);
        }
        Ok(moved)
    }

    /// What [`Db::moved`] gave and was not stamped.
    pub(crate) fn still_moved(&self, records: &[RecordId]) {
        if let Engine::Sqlite(sqlite) = &self.0 {
            sqlite.still_traced(records);
        }
    }

    /// Where a record stands now.
    pub(crate) async fn stand(&self, record: RecordId) -> Result<Stand, DbError> {
        if let Engine::Sqlite(sqlite) = &self.0 {
            return sqlite.stand(record).await;
        }
        let rows = self.query(ENDS, vec![record.into()]).await?;
        let mut stored = Vec::with_capacity(rows.len());
        for row in &rows {
            stored.extend(StoredEnd::read(
                row.int(0)?,
                unsigned(row, 1)?,
                chain_of(row)?,
                row.int(3)?,
            ));
        }
        Ok(Stand::of(stored, None))
    }
}

fn chain_of(row: &Row) -> Result<Hash, DbError> {
    let missing = || DbError::Engine("a head without its chain".to_owned());
    row.array(2)?.ok_or_else(missing)
}
