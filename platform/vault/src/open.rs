//! Opening a record, and appending to it.

mod draft;
mod view;

pub use draft::{Appended, Draft, WriteError};
pub use view::{BadEntry, Current, Entry, Opened, View};

use std::{
    any::Any,
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, atomic::AtomicU64},
};

use ambient::{Id, Random};

use crate::{
    Later,
    blobs::{BlobError, BlobPlace, BlobRef, Blobs},
    cache::Cache,
    chain::{self, Hash, Row},
    cipher::Suite,
    db::{
        Append, Condition, DatabaseUrl, Db, DbError, NewEntry, Schema, StoredHead, StoredRow,
        Superseded,
    },
    keys::{KeyProvider, KeyRing, KeyRingError, hex},
    record::{Header, RecordId, Volume},
    register::Register,
    seal::{RecordKeys, Unsealed},
    store::{Store, With},
};

/// Where a vault keeps what.
#[derive(Debug, Clone)]
pub struct Config {
    /// The main database.
    pub database: DatabaseUrl,
    /// The store of wrapped keys: another disk, another backup.
    pub key_store: DatabaseUrl,
    /// Where sealed files are kept.
    pub blobs: BlobPlace,
    /// The register of erasures: apart from all of these.
    pub register: PathBuf,
    /// Bytes of opened records held in memory.
    pub cache: usize,
    /// How bytes are sealed.
    pub suite: Suite,
}

/// Opens the stores and hands out the index tables and the one opener.
///
/// # Errors
/// When a store cannot be opened, was altered, or is in use by another process.
pub fn start(
    config: &Config,
    provider: Arc<dyn KeyProvider>,
    random: Arc<dyn Random>,
) -> Result<(Store, Opener), DbError> {
    let guard = provider.mac("tail guard", b"");
    let db = Arc::new(Db::open(&config.database, Schema::MAIN, &guard)?);
    let keys = KeyRing::open(&config.key_store, Arc::clone(&provider), config.suite)?;
    let blobs = Blobs::open(&config.blobs, config.suite)
        .map_err(|error| DbError::Engine(error.to_string()))?;
    let register = Register::new(config.register.clone(), Arc::clone(&provider));
    let store = Store::new(
        Arc::clone(&db),
        Arc::clone(&provider),
        Arc::clone(&random),
        config.suite,
    );
    let opener = Opener {
        db,
        keys,
        provider,
        register: Arc::new(register),
        seen: AtomicU64::new(0),
        blobs,
        random,
        cache: Cache::new(config.cache),
        texts: Cache::new(TEXTS),
    };
    Ok((store, opener))
}

/// Why a record does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It was erased, or never existed.
    #[error("no such record")]
    Unknown,
    /// Rows are missing, added, older or altered.
    #[error("the record was altered from outside")]
    Tampered,
    /// It holds what this version cannot read.
    #[error(transparent)]
    Unreadable(#[from] BadEntry),
    /// The engine failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<KeyRingError> for OpenError {
    fn from(error: KeyRingError) -> Self {
        match error {
            KeyRingError::Unknown => Self::Unknown,
            KeyRingError::Wrong(_) => Self::Tampered,
            KeyRingError::Db(error) => Self::Db(error),
        }
    }
}

/// The only thing that opens records. There is one, and it cannot be cloned.
pub struct Opener {
    pub(crate) db: Arc<Db>,
    pub(crate) keys: KeyRing,
    pub(crate) provider: Arc<dyn KeyProvider>,
    pub(crate) register: Arc<Register>,
    /// Lines of the register whose records are no longer held.
    pub(crate) seen: AtomicU64,
    blobs: Blobs,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) cache: Cache,
    /// Of volumes that only a search opens: it shall not push out what everybody uses.
    pub(crate) texts: Cache,
}

/// What is signed of an archive: told apart from everything else that the key signs.
pub fn archive_message(digest: &[u8; 32]) -> Vec<u8> {
    [&b"carnet archive 1\n"[..], digest].concat()
}

/// Bytes of texts held in memory, unless [`Opener::hold_texts`] says otherwise.
const TEXTS: usize = 64 << 20;

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opener")
    }
}

impl Opener {
    /// Makes empty records: their keys are durable when this returns.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn create(&self, count: usize) -> Result<Vec<RecordId>, OpenError> {
        Ok(self.keys.create(&*self.random, count).await?)
    }

    /// Whether the key store answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ready(&self) -> Result<(), OpenError> {
        // A record that cannot be: what counts is that the question was answered.
        match self.keys.get(RecordId(Id([0; 16]))).await {
            Ok(_) | Err(KeyRingError::Unknown) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Settings of the database servers under which what they acknowledge may be lost, as
    /// `name = value`; none with SQLite, whose settings are ours.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn risks(&self) -> Result<Vec<String>, DbError> {
        let mut risks = self.db.risks().await?;
        risks.extend(self.keys.risks().await?);
        Ok(risks)
    }

    /// Signs the digest of what an archive says of itself: the public key, and the signature, in
    /// hexadecimal digits.
    pub fn sign_archive(&self, digest: &[u8; 32]) -> (String, String) {
        let signature = self.provider.sign(&archive_message(digest));
        (hex(&self.provider.public_key()), hex(&signature))
    }

    /// Sets how many bytes of texts may be held in memory; drops those that are.
    pub fn hold_texts(&mut self, bytes: usize) {
        self.texts = Cache::new(bytes);
    }

    /// Drops the texts that nobody searched since the last time; to be called now and then.
    pub fn age_texts(&self) {
        self.texts.age();
    }

    /// Texts held in memory: of how many records, and the bytes that they take.
    pub fn held_texts(&self) -> (usize, usize) {
        self.texts.held()
    }

    fn cache_of(&self, volume: Volume) -> &Cache {
        match volume {
            Volume::Text => &self.texts,
            _ => &self.cache,
        }
    }

    /// Volumes held in memory, texts apart: how many, and the bytes that they take.
    pub fn held(&self) -> (usize, usize) {
        self.cache.held()
    }

    /// Opens a volume: verified against its head, and read again only where it has moved on.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open<V: View>(&self, record: RecordId) -> Result<Arc<Opened<V>>, OpenError> {
        let keys = self.keys.get(record).await?;
        let cache = self.cache_of(V::VOLUME);
        let held = cache.get(record, V::VOLUME);
        let held = held.and_then(|held| held.downcast::<Opened<V>>().ok());
        if let Some(held) = &held
            && self.db.known(record, V::VOLUME) == Some((held.epoch, held.last))
        {
            return Ok(Arc::clone(held));
        }
        let mark = self.db.mark(record, V::VOLUME);
        let after = held.as_ref().map_or(0, |held| held.last);
        let (mut head, mut rows) = self.read(&keys, V::VOLUME, after).await?;
        let base = match held {
            Some(held) if held.epoch == head.epoch && held.last == head.last => {
                let known = (head.epoch, head.last);
                self.db.keep(mark, record, V::VOLUME, known);
                return Ok(held);
            }
            Some(held) if held.epoch == head.epoch && held.last < head.last => Some(held),
            Some(_) => {
                // Erased or restored since: what is held is worth nothing.
                (head, rows) = self.read(&keys, V::VOLUME, 0).await?;
                None
            }
            None => None,
        };
        let opened = tokio::task::spawn_blocking(move || fold::<V>(&keys, base, &rows, &head))
            .await
            .map_err(|error| DbError::Engine(error.to_string()))??;
        let opened = Arc::new(opened);
        let weight = opened.view.weight() + opened.current.len() * 120 + 200;
        let any: Arc<dyn Any + Send + Sync> = opened.clone();
        cache.put(record, V::VOLUME, any, weight);
        let known = (opened.epoch, opened.last);
        self.db.keep(mark, record, V::VOLUME, known);
        Ok(opened)
    }

    /// The verified head of a volume and its current rows after `after`, from one snapshot.
    fn read<'a>(
        &'a self,
        keys: &'a RecordKeys,
        volume: Volume,
        after: u64,
    ) -> Later<'a, Result<(chain::Head, Vec<StoredRow>), OpenError>> {
        Box::pin(async move {
            let read = self.db.volume(keys.record, volume, after).await?;
            let head = verified(keys, volume, read.head.as_ref())?;
            if head.is_erased() {
                // By another server: this one still held the key.
                self.let_go(keys.record);
                return Err(OpenError::Unknown);
            }
            Ok((head, read.rows))
        })
    }

    /// Appends entries, all or none, while `volume` still ends at `last` when a condition is given.
    ///
    /// Durable when this returns. `with` holds what must happen beside, in the same transaction.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn append(
        &self,
        record: RecordId,
        drafts: Vec<Draft>,
        condition: Option<(Volume, u64)>,
        with: With,
    ) -> Later<'_, Result<Appended, WriteError>> {
        let conditions = condition.into_iter().collect();
        self.append_while(record, drafts, conditions, with)
    }

    /// As [`Opener::append`], while each of these volumes still ends there.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn append_while(
        &self,
        record: RecordId,
        drafts: Vec<Draft>,
        conditions: Vec<(Volume, u64)>,
        with: With,
    ) -> Later<'_, Result<Appended, WriteError>> {
        Box::pin(async move {
            let keys = self.keys.get(record).await.map_err(OpenError::from)?;
            let firsts = drafts.iter().filter_map(|draft| {
                let last = draft.first?;
                Some((draft.volume, last))
            });
            let conditions = conditions
                .into_iter()
                .chain(firsts)
                .map(|(volume, last)| Condition { volume, last })
                .collect();
            let entries = drafts
                .into_iter()
                .map(|draft| self.entry(&keys, draft))
                .collect();
            let append = Append {
                keys,
                entries,
                conditions,
                with: with.0,
                erase: false,
            };
            let written = self.db.append(append).await?;
            Ok(Appended {
                seqs: written.places.into_iter().map(|(_, seq)| seq).collect(),
            })
        })
    }

    /// Destroys the bytes of all that a record holds, and marks it for every server.
    pub(crate) async fn erase_entries(
        &self,
        record: RecordId,
        with: With,
    ) -> Result<(), WriteError> {
        let append = Append {
            keys: self.keys.get(record).await.map_err(OpenError::from)?,
            entries: vec![],
            conditions: vec![],
            with: with.0,
            erase: true,
        };
        self.db.append(append).await?;
        Ok(())
    }

    /// Keeps a file; durable when this returns. Name it in an entry, or it is noise.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn put_blob(&self, bytes: Vec<u8>) -> Later<'_, Result<BlobRef, BlobError>> {
        Box::pin(self.blobs.put(&*self.random, bytes))
    }

    /// Reads a range of a file.
    ///
    /// # Errors
    /// When the disk fails, or the file was altered.
    pub fn read_blob<'a>(
        &'a self,
        blob: &'a BlobRef,
        range: std::ops::Range<u64>,
    ) -> Later<'a, Result<Vec<u8>, BlobError>> {
        Box::pin(self.blobs.read(blob, range))
    }

    /// Destroys a file.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn delete_blob(&self, blob: &BlobRef) -> Result<(), BlobError> {
        self.blobs.delete(blob).await
    }

    /// A fresh identifier.
    pub fn id(&self) -> Id {
        self.random.id()
    }

    fn entry(&self, keys: &RecordKeys, draft: Draft) -> NewEntry {
        let version = draft.replaces.map_or(1, |old| old.version + 1);
        let sealed = keys.seal(&*self.random, draft.kind, draft.id, version, &draft.body);
        NewEntry {
            volume: draft.volume,
            blind: keys.blind(draft.volume, draft.id),
            header: sealed.header,
            sealed: sealed.bytes,
            supersedes: draft.replaces.map(|old| Superseded {
                seq: old.seq,
                header: old.header,
                hash: old.hash,
            }),
            destroy: draft.destroy,
        }
    }
}

/// The head as the record's key signed it; the empty one where nothing was written yet.
pub(crate) fn verified(
    keys: &RecordKeys,
    volume: Volume,
    head: Option<&StoredHead>,
) -> Result<chain::Head, OpenError> {
    match head {
        None => Ok(chain::Head::default()),
        Some(stored) if stored.head.verify(keys.head(), volume, &stored.mac) => Ok(stored.head),
        Some(_) => Err(OpenError::Tampered),
    }
}

/// Opens rows that belong after `base` and checks that what is current is what the head says.
fn fold<V: View>(
    keys: &RecordKeys,
    base: Option<Arc<Opened<V>>>,
    rows: &[StoredRow],
    head: &chain::Head,
) -> Result<Opened<V>, OpenError> {
    let held = base.as_ref().map_or(0, |base| base.last);
    let mut opened = base.map(Arc::unwrap_or_clone).unwrap_or_else(|| Opened {
        view: V::default(),
        last: 0,
        epoch: head.epoch,
        digest: Hash::default(),
        current: HashMap::new(),
    });
    let mut guarded = chain::Head {
        digest: opened.digest,
        ..chain::Head::default()
    };
    let key = keys.head();
    for stored in rows {
        let row = Row {
            seq: stored.seq,
            blind: &stored.blind,
            header: &stored.header,
            hash: &stored.hash,
        };
        guarded.count(key, V::VOLUME, &row);
        let known =
            Header::decode(&stored.header).is_some_and(|header| header.format == Header::FORMAT);
        if !known {
            opened.view.unreadable()?;
            continue;
        }
        let entry = unseal(keys, stored)?;
        if stored.blind != keys.blind(V::VOLUME, entry.id) {
            return Err(OpenError::Tampered);
        }
        let current = Current {
            seq: stored.seq,
            header: stored.header,
            hash: stored.hash,
            version: entry.version,
        };
        if let Some(old) = opened.current.insert(entry.id, current) {
            if old.seq > held {
                // Two current versions in the rows just read: one was flagged from outside.
                return Err(OpenError::Tampered);
            }
            let row = Row {
                seq: old.seq,
                blind: &stored.blind,
                header: &old.header,
                hash: &old.hash,
            };
            guarded.retire(key, V::VOLUME, &row);
        }
        opened.view.put(entry)?;
    }
    if !chain::same(&guarded.digest, &head.digest) {
        return Err(OpenError::Tampered);
    }
    opened.digest = guarded.digest;
    opened.last = head.last;
    Ok(opened)
}

/// Opens one row; its bytes must be those that its hash says.
pub(crate) fn unseal(keys: &RecordKeys, row: &StoredRow) -> Result<Entry, OpenError> {
    let header = Header::decode(&row.header).ok_or(OpenError::Tampered)?;
    if header.format != Header::FORMAT {
        return Err(BadEntry.into());
    }
    let sealed = row.sealed.as_deref().ok_or(OpenError::Tampered)?;
    if chain::hash(sealed) != row.hash {
        return Err(OpenError::Tampered);
    }
    let Unsealed {
        id,
        version,
        compressed,
    } = keys
        .unseal(&header, sealed)
        .map_err(|_| OpenError::Tampered)?;
    Ok(Entry {
        id,
        version,
        kind: header.kind,
        seq: row.seq,
        dictionary: header.dictionary,
        compressed: compressed.into_boxed_slice(),
    })
}
