//! SQLite: one writer thread that commits in groups, and a pool of readers.
//!
//! WAL, `synchronous = FULL`, no memory map (a cold page through a map costs ten
//! times a read), a checkpoint near 4,000 pages run by the writer itself.

use std::{
    collections::{HashMap, hash_map::Entry},
    fs::File,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
};

use aws_lc_rs::hmac;
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, ToSql, TransactionBehavior, types::ToSqlOutput,
};
use tokio::sync::{mpsc, oneshot};

use super::{
    Append, AppendRefused, DbError, Row, Schema, Step, Value, Written,
    append::{self, Heads, INSERT_TAIL, PUT_HEAD},
};
use crate::{
    chain::{self, Hash, Head},
    record::{Header, RecordId, Volume},
    seal::RecordKeys,
};

/// How many transactions share one sync at the most.
const GROUP: usize = 512;
/// How many may wait for the writer before callers wait too.
const QUEUE: usize = 4096;
const READERS: usize = 4;

const PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -65536; \
    PRAGMA wal_autocheckpoint = 4000; PRAGMA secure_delete = ON;";

const HEAD: &str = "SELECT epoch, last_seq, chain, digest, mac FROM head \
    WHERE record_id = ?1 AND volume = ?2";
const CURRENT: &str = "SELECT seq, blind, header, hash, sealed, is_current FROM entry \
    WHERE record_id = ?1 AND volume = ?2 AND seq > ?3 AND is_current = 1 ORDER BY seq";
const HISTORY: &str = "SELECT seq, blind, header, hash, sealed, is_current FROM entry \
    WHERE record_id = ?1 AND volume = ?2 ORDER BY seq";
const TAIL_ROW: &str = "SELECT seq, mac, header, hash, sealed, 1 FROM tail WHERE n = ?1";
const TAIL_SCAN: &str = "SELECT n, record_id, seq, header, hash, mac FROM tail ORDER BY n";

/// The head row that counts the whole tail belongs to no record: no key has this id.
const TAIL_GUARD: RecordId = RecordId(ambient::Id([0; 16]));

/// A head as it is stored; to be verified by who holds the key.
#[derive(Clone, Debug)]
pub(crate) struct StoredHead {
    pub head: Head,
    pub mac: Hash,
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

/// What was read of a volume in one snapshot.
#[derive(Clone, Debug, Default)]
pub(crate) struct VolumeRows {
    pub head: Option<StoredHead>,
    pub rows: Vec<StoredRow>,
}

/// The unpacked journal of one record, in memory: where its rows are and how its chain ends.
#[derive(Clone, Debug, Default)]
struct Tail {
    head: Head,
    rows: Vec<i64>,
}

type Tails = Arc<Mutex<HashMap<RecordId, Tail>>>;

#[derive(Debug)]
enum Task {
    Steps(Vec<Step>, oneshot::Sender<Result<Vec<usize>, DbError>>),
    Append(Append, oneshot::Sender<Result<Written, AppendRefused>>),
}

#[derive(Debug)]
pub(super) struct Sqlite {
    tasks: Option<mpsc::Sender<Task>>,
    writer: Option<JoinHandle<()>>,
    readers: Arc<Readers>,
    tails: Tails,
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
            scan_tails(&connection, &guard)?
        } else {
            Scanned {
                intact: true,
                ..Scanned::default()
            }
        };
        let tails = Arc::new(Mutex::new(scanned.tails));
        let readers = (0..READERS)
            .map(|_| reader(path))
            .collect::<Result<_, _>>()?;
        let (tasks, waiting) = mpsc::channel(QUEUE);
        let writer = Writer {
            connection,
            tails: Arc::clone(&tails),
            guard,
            counted: scanned.counted,
        };
        let writer = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || writer.run(waiting))
            .map_err(|error| DbError::Engine(error.to_string()))?;
        Ok(Self {
            tasks: Some(tasks),
            writer: Some(writer),
            readers: Arc::new(Readers {
                idle: Mutex::new(readers),
                returned: Condvar::new(),
            }),
            tails,
            tail_intact: scanned.intact,
            _lock: lock_file,
        })
    }

    pub async fn query(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let columns = statement.column_count();
            let rows = statement.query_map(rusqlite::params_from_iter(params), |row| {
                (0..columns)
                    .map(|column| row.get(column))
                    .collect::<Result<_, _>>()
                    .map(Row)
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    pub async fn write(&self, steps: Vec<Step>) -> Result<Vec<usize>, DbError> {
        self.ask(|reply| Task::Steps(steps, reply)).await?
    }

    pub async fn append(&self, append: Append) -> Result<Written, AppendRefused> {
        self.ask(|reply| Task::Append(append, reply)).await?
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
        if volume == Volume::Journal {
            let mut rows = self.journal(record, u64::MAX, usize::MAX).await?;
            rows.reverse();
            return Ok(VolumeRows { head: None, rows });
        }
        self.rows(record, volume, HISTORY, None).await
    }

    pub async fn journal(
        &self,
        record: RecordId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<StoredRow>, DbError> {
        let Some(tail) = lock(&self.tails).get(&record).cloned() else {
            return Ok(Vec::new());
        };
        // Rows are in order, the last one being `head.last`.
        let newer = tail.head.last.saturating_add(1).saturating_sub(before);
        let skip = usize::try_from(newer).unwrap_or(usize::MAX);
        let wanted: Vec<i64> = tail.rows.into_iter().rev().skip(skip).take(limit).collect();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(TAIL_ROW)?;
            wanted
                .into_iter()
                .map(|n| Ok(statement.query_row([n], stored_row)?))
                .collect()
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

    async fn ask<T>(&self, task: impl FnOnce(oneshot::Sender<T>) -> Task) -> Result<T, DbError> {
        let (reply, answer) = oneshot::channel();
        let tasks = self.tasks.as_ref().ok_or(DbError::Closed)?;
        tasks.send(task(reply)).await.map_err(|_| DbError::Closed)?;
        answer.await.map_err(|_| DbError::Closed)
    }
}

impl Drop for Sqlite {
    /// Waits for what was accepted to be written, then lets the file go.
    fn drop(&mut self) {
        self.tasks = None;
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has already refused its callers.
            let _ = writer.join();
        }
    }
}

struct Writer {
    connection: Connection,
    tails: Tails,
    guard: hmac::Key,
    /// Counts every row of the tail, under the guard key.
    counted: Head,
}

/// What one group of transactions shares.
#[derive(Default)]
struct Group {
    heads: Heads,
    /// Heads to store at the end, and the keys to make their MAC.
    dirty: HashMap<(RecordId, Volume), Arc<RecordKeys>>,
    /// Journal rows written in this group.
    traced: Vec<(RecordId, i64)>,
    /// Their count, on top of the writer's.
    counted: Head,
}

/// Answers that wait for the commit.
enum Reply {
    Steps(oneshot::Sender<Result<Vec<usize>, DbError>>, Vec<usize>),
    Append(oneshot::Sender<Result<Written, AppendRefused>>, Written),
}

impl Writer {
    fn run(mut self, mut waiting: mpsc::Receiver<Task>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut tasks = vec![first];
            while tasks.len() < GROUP
                && let Ok(task) = waiting.try_recv()
            {
                tasks.push(task);
            }
            self.group(tasks);
        }
    }

    fn group(&mut self, tasks: Vec<Task>) {
        if let Err(error) = self.connection.execute_batch("BEGIN IMMEDIATE") {
            return refuse_all(tasks, &error);
        }
        let mut group = Group {
            counted: self.counted,
            ..Group::default()
        };
        let mut replies = Vec::with_capacity(tasks.len());
        for task in tasks {
            match task {
                // A caller that went away gets no answer; what it wrote stands.
                Task::Steps(steps, reply) => match self.steps(&steps) {
                    Ok(counts) => replies.push(Reply::Steps(reply, counts)),
                    Err(error) => drop(reply.send(Err(error))),
                },
                Task::Append(append, reply) => match self.append(append, &mut group) {
                    Ok(written) => replies.push(Reply::Append(reply, written)),
                    Err(error) => drop(reply.send(Err(error))),
                },
            }
        }
        match self.commit(&mut group) {
            Ok(()) => replies.into_iter().for_each(Reply::durable),
            Err(error) => {
                if !self.connection.is_autocommit() {
                    // Nothing of the group was acknowledged, so nothing is lost.
                    let _ = self.connection.execute_batch("ROLLBACK");
                }
                replies.into_iter().for_each(|reply| reply.failed(&error));
            }
        }
    }

    fn steps(&self, steps: &[Step]) -> Result<Vec<usize>, DbError> {
        self.guarded(|| {
            steps
                .iter()
                .enumerate()
                .map(|(at, step)| self.step(at, step))
                .collect()
        })
    }

    fn append(&self, append: Append, group: &mut Group) -> Result<Written, AppendRefused> {
        let keys = Arc::clone(&append.keys);
        let record = keys.record;
        for volume in append::volumes(&append) {
            if let Entry::Vacant(vacant) = group.heads.entry((record, volume)) {
                vacant.insert(self.head(&keys, volume)?);
            }
        }
        let before = group.heads.clone_of(record);
        let plan = append::plan(append, &mut group.heads)?;
        let (steps, own) = (plan.steps.len(), plan.own);
        let mut traced = Vec::new();
        let mut counted = group.counted;
        let done = self.guarded(|| {
            for (at, step) in plan.steps.iter().enumerate() {
                self.step(at, step)?;
                if step.sql == INSERT_TAIL {
                    let n = self.connection.last_insert_rowid();
                    count_tail(&mut counted, &self.guard, n, &step.params)?;
                    traced.push((record, n));
                }
            }
            Ok(())
        });
        if let Err(error) = done {
            group.heads.extend(before);
            return Err(append::refusal(error, steps, own));
        }
        group.traced.extend(traced);
        group.counted = counted;
        for (volume, ..) in &plan.written.heads {
            if *volume != Volume::Journal {
                group.dirty.insert((record, *volume), Arc::clone(&keys));
            }
        }
        Ok(plan.written)
    }

    /// The head to go on from: verified, so that a forged one is never signed again.
    fn head(&self, keys: &RecordKeys, volume: Volume) -> Result<Head, AppendRefused> {
        if volume == Volume::Journal
            && let Some(tail) = lock(&self.tails).get(&keys.record)
        {
            return Ok(tail.head);
        }
        match stored_head(&self.connection, keys.record, volume)? {
            None => Ok(Head::default()),
            Some(stored) if stored.head.verify(keys.head(), volume, &stored.mac) => Ok(stored.head),
            Some(_) => Err(AppendRefused::Tampered),
        }
    }

    fn commit(&mut self, group: &mut Group) -> Result<(), DbError> {
        for ((record, volume), keys) in group.dirty.drain() {
            let head = group.heads[&(record, volume)];
            let mac = head.mac(keys.head(), volume);
            self.step(
                0,
                &Step::new(PUT_HEAD, append::put_head(record, volume, &head, &mac)),
            )?;
        }
        if !group.traced.is_empty() {
            let mac = group.counted.mac(&self.guard, Volume::Journal);
            let params = append::put_head(TAIL_GUARD, Volume::Journal, &group.counted, &mac);
            self.step(0, &Step::new(PUT_HEAD, params))?;
        }
        self.connection.execute_batch("COMMIT")?;
        self.counted = group.counted;
        let mut tails = lock(&self.tails);
        for (record, n) in group.traced.drain(..) {
            let tail = tails.entry(record).or_default();
            tail.rows.push(n);
            tail.head = group.heads[&(record, Volume::Journal)];
        }
        Ok(())
    }

    /// Runs `steps` so that a failure undoes them and leaves the rest of the group alone.
    fn guarded<T>(&self, steps: impl FnOnce() -> Result<T, DbError>) -> Result<T, DbError> {
        self.cached("SAVEPOINT one")?;
        let done = steps();
        if done.is_err() {
            self.cached("ROLLBACK TO one")?;
        }
        self.cached("RELEASE one")?;
        done
    }

    fn cached(&self, sql: &'static str) -> Result<(), DbError> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    fn step(&self, at: usize, step: &Step) -> Result<usize, DbError> {
        let mut statement = self.connection.prepare_cached(step.sql)?;
        let rows = statement.execute(rusqlite::params_from_iter(&step.params))?;
        match step.expect {
            Some(expected) if expected != rows => Err(DbError::Refused(at)),
            _ => Ok(rows),
        }
    }
}

impl Reply {
    fn durable(self) {
        match self {
            Self::Steps(reply, counts) => drop(reply.send(Ok(counts))),
            Self::Append(reply, written) => drop(reply.send(Ok(written))),
        }
    }

    fn failed(self, error: &DbError) {
        let error = DbError::Engine(error.to_string());
        match self {
            Self::Steps(reply, _) => drop(reply.send(Err(error))),
            Self::Append(reply, _) => drop(reply.send(Err(error.into()))),
        }
    }
}

fn refuse_all(tasks: Vec<Task>, error: &rusqlite::Error) {
    for task in tasks {
        let error = DbError::Engine(error.to_string());
        match task {
            Task::Steps(_, reply) => drop(reply.send(Err(error))),
            Task::Append(_, reply) => drop(reply.send(Err(error.into()))),
        }
    }
}

trait CloneOf {
    /// The heads of one record, to put back when its append is refused.
    fn clone_of(&self, record: RecordId) -> Vec<((RecordId, Volume), Head)>;
}

impl CloneOf for Heads {
    fn clone_of(&self, record: RecordId) -> Vec<((RecordId, Volume), Head)> {
        let of_record = Volume::ALL.into_iter().map(|volume| (record, volume));
        of_record
            .filter_map(|key| self.get(&key).map(|head| (key, *head)))
            .collect()
    }
}

fn reader(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA mmap_size = 0; PRAGMA cache_size = -16384;")?;
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

#[derive(Default)]
struct Scanned {
    tails: HashMap<RecordId, Tail>,
    counted: Head,
    intact: bool,
}

/// Rebuilds the map of the unpacked journals by one pass over the tail, and counts its rows.
fn scan_tails(connection: &Connection, guard: &hmac::Key) -> Result<Scanned, DbError> {
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
fn count_tail(
    counted: &mut Head,
    guard: &hmac::Key,
    n: i64,
    params: &[Value],
) -> Result<(), DbError> {
    let row = Row(params.to_vec());
    let missing = || DbError::Engine("a journal row without its columns".to_owned());
    let header = row.array(2)?.ok_or_else(missing)?;
    let hash = row.array(3)?.ok_or_else(missing)?;
    let mac = row.array(4)?.ok_or_else(missing)?;
    count_row(counted, guard, n, &mac, &header, &hash);
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

fn stored_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredRow> {
    Ok(StoredRow {
        seq: row.get(0)?,
        blind: row.get(1)?,
        header: row.get(2)?,
        hash: row.get(3)?,
        sealed: row.get(4)?,
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
