//! SQLite: one writer thread that commits in groups, and a pool of readers.
//!
//! WAL, `synchronous = FULL`, no memory map (a cold page through a map costs ten
//! times a read), checkpoints near 4,000 pages beside the writer.

mod checkpoint;
mod tail;
mod writer;

use std::{
    collections::HashMap,
    fs::File,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
};

use aws_lc_rs::hmac;
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, ToSql, TransactionBehavior, types::ToSqlOutput,
};

use super::{
    DbError, JournalRows, Row, Schema, Stand, StoredHead, StoredRow, StoredSegment, Value,
    VolumeRows,
    moved::{ENDS, StoredEnd},
    rows::{CURRENT, HEAD, HISTORY},
    task::Tasks,
};
use crate::{
    chain::Head,
    fresh::Fresh,
    record::{RecordId, Volume},
};
use checkpoint::Checkpoints;
use tail::{Scanned, Tails};
use writer::Writer;

const READERS: usize = 4;
/// Volumes of which it is known how far they are; about 100 bytes each.
const KNOWN: usize = 200_000;

pub(super) const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -16384; \
    PRAGMA wal_autocheckpoint = 4000; PRAGMA secure_delete = ON;";

const TAIL_ROW: &str =
    "SELECT seq, mac, header, hash, sealed, 1 FROM tail WHERE n = ?1 AND record_id = ?2";
/// Packed lines between ?3 and ?4; a segment begins at most 64 lines before ?3.
const SEGMENTS: &str = "SELECT first_seq, last_seq, header, sealed FROM segment \
    WHERE record_id = ?1 AND volume = ?2 AND first_seq > ?3 - 64 AND first_seq < ?4 \
    AND last_seq > ?3 ORDER BY first_seq DESC";

/// The pages of each table and of its indexes, read from all of the database.
pub(super) const SIZES: &str = "SELECT s.tbl_name, CAST(sum(d.pgsize) AS INTEGER), \
    CAST(sum(d.payload) AS INTEGER) \
    FROM dbstat d JOIN sqlite_schema s ON s.name = d.name GROUP BY s.tbl_name ORDER BY 1";

/// What only this engine runs.
#[cfg(test)]
pub(super) const STATEMENTS: super::Statements =
    &[TAIL_ROW, SEGMENTS, SIZES, tail::TAIL_SCAN, tail::TAIL_LINK];

/// Epoch and last sequence of volumes, as they are now.
type Volumes = Fresh<(RecordId, Volume), (u64, u64)>;

#[derive(Debug)]
pub(super) struct Sqlite {
    pub tasks: Tasks,
    writer: Option<JoinHandle<()>>,
    readers: Arc<Readers>,
    tails: Arc<Mutex<Tails>>,
    pub fresh: Arc<Volumes>,
    pub tail_intact: bool,
    /// Held as long as the database is open: the caches in memory rely on being alone.
    _lock: File,
}

#[derive(Debug)]
struct Readers {
    idle: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Readers {
    fn with<T>(&self, read: impl FnOnce(&mut Connection) -> T) -> T {
        let mut idle = lock(&self.idle);
        let mut connection = loop {
            match idle.pop() {
                Some(connection) => break connection,
                None => {
                    idle = self
                        .returned
                        .wait(idle)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        };
        drop(idle);
        let answer = read(&mut connection);
        lock(&self.idle).push(connection);
        self.returned.notify_one();
        answer
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sqlite {
    pub fn open(path: &Path, schema: Schema, guard: &[u8]) -> Result<Self, DbError> {
        let lock_file = take_lock(path)?;
        let mut connection = Connection::open(path)?;
        connection.execute_batch(PRAGMAS)?;
        connection.set_prepared_statement_cache_capacity(128);
        schema.apply_sqlite(&mut connection)?;
        let guard = hmac::Key::new(hmac::HMAC_SHA256, guard);
        let scanned = if connection.table_exists(None, "tail")? {
            tail::scan(&connection, &guard)?
        } else {
            Scanned {
                intact: true,
                ..Scanned::default()
            }
        };
        // The pass over the tail left its pages in memory.
        connection.execute_batch("PRAGMA shrink_memory")?;
        let tails = Arc::new(Mutex::new(scanned.tails));
        let readers = (0..READERS)
            .map(|_| reader(path))
            .collect::<Result<_, _>>()?;
        let fresh = Arc::new(Fresh::new(KNOWN));
        let (tasks, waiting) = Tasks::channel();
        let writer = Writer {
            checkpoints: Checkpoints::of(path, &mut connection)?,
            connection,
            tails: Arc::clone(&tails),
            guard,
            counted: scanned.counted,
            heads: HashMap::new(),
            fresh: Arc::clone(&fresh),
        };
        let writer = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || writer.run(waiting))
            .map_err(|error| DbError::Engine(error.to_string()))?;
        Ok(Self {
            tasks,
            writer: Some(writer),
            readers: Arc::new(Readers {
                idle: Mutex::new(readers),
                returned: Condvar::new(),
            }),
            tails,
            fresh,
            tail_intact: scanned.intact,
            _lock: lock_file,
        })
    }

    pub async fn query(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        self.read(move |connection| rows_of(connection, sql, &params))
            .await
    }

    pub async fn query_each(
        &self,
        sql: &'static str,
        all: Vec<Vec<Value>>,
    ) -> Result<Vec<Vec<Row>>, DbError> {
        self.read(move |connection| {
            all.iter()
                .map(|params| rows_of(connection, sql, params))
                .collect()
        })
        .await
    }

    /// The last sequence of a journal: from its tail, or, when all is packed, as it was last read.
    pub fn journal_last(&self, record: RecordId) -> Option<u64> {
        let in_tail = lock(&self.tails).of.get(&record).map(|tail| tail.last);
        let read = || self.fresh.get(&(record, Volume::Journal));
        in_tail.or_else(|| read().map(|(_, last)| last))
    }

    /// Takes out those of the records whose journal went on, and adds others of them up to a limit.
    pub fn traced(&self, records: &mut Vec<RecordId>, limit: usize) {
        let mut tails = lock(&self.tails);
        let gone = |tails: &mut Tails, records: &[RecordId]| {
            for record in records {
                tails.traced.remove(record);
            }
        };
        gone(&mut tails, records);
        let more = limit.saturating_sub(records.len());
        let more: Vec<_> = tails.traced.iter().take(more).copied().collect();
        gone(&mut tails, &more);
        records.extend(more);
    }

    /// Puts records back that [`Sqlite::traced`] took out.
    pub fn still_traced(&self, records: &[RecordId]) {
        lock(&self.tails).traced.extend(records);
    }

    /// Where a record stands: its heads, and the journal as far as it goes.
    pub async fn stand(&self, record: RecordId) -> Result<Stand, DbError> {
        let tails = Arc::clone(&self.tails);
        self.read(move |connection| {
            loop {
                let (packs, wanted) = lock(&tails).wanted(record, u64::MAX, usize::MAX);
                let snapshot =
                    connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
                let stored = stored_ends(&snapshot, record)?;
                if lock(&tails).packs == packs {
                    let packed = stored
                        .iter()
                        .map(|stored| stored.end)
                        .find(|end| end.volume == Volume::Journal);
                    let tail = tail::end(&snapshot, record, packed, &wanted)?;
                    return Ok(Stand::of(stored, tail));
                }
            }
        })
        .await
    }

    /// How many lines are not packed.
    pub fn tail_length(&self) -> usize {
        let tails = lock(&self.tails);
        tails.of.values().map(|tail| tail.rows.len()).sum()
    }

    pub async fn volume(
        &self,
        record: RecordId,
        volume: Volume,
        after: u64,
    ) -> Result<VolumeRows, DbError> {
        self.rows(record, volume, CURRENT, Some(after)).await
    }

    pub async fn history(&self, record: RecordId, volume: Volume) -> Result<VolumeRows, DbError> {
        self.rows(record, volume, HISTORY, None).await
    }

    pub async fn journal(
        &self,
        record: RecordId,
        before: u64,
        limit: usize,
    ) -> Result<JournalRows, DbError> {
        let tails = Arc::clone(&self.tails);
        self.read(move |connection| {
            loop {
                let (packs, wanted) = lock(&tails).wanted(record, before, limit);
                let snapshot =
                    connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
                let head = stored_head(&snapshot, record, Volume::Journal)?;
                // What was packed meanwhile is no longer where the map said.
                if lock(&tails).packs == packs {
                    return journal_rows(&snapshot, record, (before, limit), head, &wanted);
                }
            }
        })
        .await
    }

    async fn rows(
        &self,
        record: RecordId,
        volume: Volume,
        sql: &'static str,
        after: Option<u64>,
    ) -> Result<VolumeRows, DbError> {
        self.read(move |connection| {
            let snapshot = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
            let head = stored_head(&snapshot, record, volume)?;
            let mut params = vec![Value::from(record), volume.into()];
            params.extend(after.map(Value::from));
            let rows = snapshot
                .prepare_cached(sql)?
                .query_map(rusqlite::params_from_iter(params), stored_row)?
                .collect::<Result<_, _>>()?;
            Ok(VolumeRows { head, rows })
        })
        .await
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Connection) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        let readers = Arc::clone(&self.readers);
        tokio::task::spawn_blocking(move || readers.with(read))
            .await
            .map_err(|error| DbError::Engine(error.to_string()))?
    }
}

impl Drop for Sqlite {
    /// Waits for what was accepted to be written, then lets the file go.
    fn drop(&mut self) {
        self.tasks.close();
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has already refused its callers.
            let _ = writer.join();
        }
    }
}

/// Migrates a database in memory and prepares statements on it.
#[cfg(test)]
pub(super) fn prepare_all(
    schema: Schema,
    statements: impl Iterator<Item = &'static str>,
) -> Result<(), DbError> {
    let mut connection = Connection::open_in_memory()?;
    schema.apply_sqlite(&mut connection)?;
    for sql in statements {
        connection
            .prepare(sql)
            .map_err(|error| DbError::Engine(format!("{sql}: {error}")))?;
    }
    Ok(())
}

fn reader(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA mmap_size = 0; PRAGMA cache_size = -4096;")?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn take_lock(path: &Path) -> Result<File, DbError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file =
        File::create(PathBuf::from(name)).map_err(|error| DbError::Engine(error.to_string()))?;
    file.try_lock().map_err(|_| DbError::InUse)?;
    Ok(file)
}

pub(super) fn rows_of(
    connection: &Connection,
    sql: &'static str,
    params: &[Value],
) -> Result<Vec<Row>, DbError> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let rows = statement.query_map(rusqlite::params_from_iter(params), |row| {
        (0..columns)
            .map(|column| row.get(column))
            .collect::<Result<_, _>>()
            .map(Row)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn stored_head(
    connection: &Connection,
    record: RecordId,
    volume: Volume,
) -> Result<Option<StoredHead>, DbError> {
    let mut statement = connection.prepare_cached(HEAD)?;
    let params = [Value::from(record), volume.into()];
    let head = statement.query_row(rusqlite::params_from_iter(&params), |row| {
        Ok(StoredHead {
            head: Head {
                epoch: row.get(0)?,
                last: row.get(1)?,
                chain: row.get(2)?,
                digest: row.get(3)?,
            },
            mac: row.get(4)?,
        })
    });
    Ok(head.optional()?)
}

fn stored_ends(connection: &Connection, record: RecordId) -> Result<Vec<StoredEnd>, DbError> {
    let mut statement = connection.prepare_cached(ENDS)?;
    let rows = statement.query_map([Value::from(record)], |row| {
        let (volume, last, chain) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(StoredEnd::read(volume, last, chain, row.get(3)?))
    })?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// Lines of the tail and packed ones, from one snapshot.
fn journal_rows(
    snapshot: &Connection,
    record: RecordId,
    (before, limit): (u64, usize),
    head: Option<StoredHead>,
    wanted: &[i64],
) -> Result<JournalRows, DbError> {
    let mut rows = Vec::with_capacity(wanted.len());
    let mut tail_row = snapshot.prepare_cached(TAIL_ROW)?;
    for n in wanted {
        let params = [Value::from(*n), record.into()];
        let row = tail_row.query_row(rusqlite::params_from_iter(&params), stored_row);
        rows.extend(row.optional()?);
    }
    let packed = head.as_ref().map_or(0, |head| head.head.last);
    let newest = rows
        .first()
        .map_or(packed.min(before.saturating_sub(1)), |row| row.seq);
    let low = newest.saturating_sub(u64::try_from(limit).unwrap_or(u64::MAX));
    // Segments without a head are read too: they show that it is missing.
    if head.is_some() && low >= packed {
        return Ok(JournalRows {
            head,
            rows,
            segments: vec![],
        });
    }
    let params = [
        record.into(),
        Volume::Journal.into(),
        Value::from(low),
        before.into(),
    ];
    let segments = snapshot
        .prepare_cached(SEGMENTS)?
        .query_map(rusqlite::params_from_iter(&params), |row| {
            Ok(StoredSegment {
                first: row.get(0)?,
                last: row.get(1)?,
                header: row.get(2)?,
                sealed: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(JournalRows {
        head,
        rows,
        segments,
    })
}

fn stored_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredRow> {
    let sealed: Option<Vec<u8>> = row.get(4)?;
    Ok(StoredRow {
        seq: row.get(0)?,
        blind: row.get(1)?,
        header: row.get(2)?,
        hash: StoredRow::hash_of(row.get(3)?, sealed.as_deref()),
        sealed,
        current: row.get(5)?,
    })
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        use rusqlite::types::{Value as Owned, ValueRef};
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Owned::Null),
            Self::Int(value) => ToSqlOutput::Owned(Owned::Integer(*value)),
            Self::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Self::Bytes(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
        })
    }
}

impl rusqlite::types::FromSql for Value {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        use rusqlite::types::ValueRef;
        Ok(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(value) => Self::Int(value),
            ValueRef::Real(_) => return Err(rusqlite::types::FromSqlError::InvalidType),
            ValueRef::Text(_) => Self::Text(value.as_str()?.to_owned()),
            ValueRef::Blob(bytes) => Self::Bytes(bytes.to_vec()),
        })
    }
}
