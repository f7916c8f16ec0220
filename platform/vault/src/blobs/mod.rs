//! Files: chunked and sealed under a random key of their own, in a folder or in a bucket.
//!
//! A blob is written once and never changed. Its key lies in the entry that
//! names it, so that a blob without its entry is noise, and a range can be read
//! without reading the rest. It is durable before [`Blobs::put`] returns.
//!
//! Two engines keep sealed bytes: [`segments`] in a folder of this machine, and
//! [`bucket`] in any S3. One suite of tests holds for both.

mod bucket;
mod seal;
mod segments;
#[cfg(test)]
mod tests;

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use ambient::{Id, Random};
use serde::{Deserialize, Serialize};

use crate::cipher::Suite;
use bucket::Bucket;
pub use bucket::BucketAddress;
use seal::CHUNK;
use segments::Segments;

/// Where a file lies and how it opens; keep it inside a sealed entry.
#[derive(Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct BlobRef {
    /// Where its engine finds it: a place in a segment, or the name of an object.
    pub id: Id,
    #[serde(with = "halves")]
    key: [u8; 32],
    /// Bytes of the file itself.
    pub size: u64,
}

impl BlobRef {
    /// The same place without the key: to remove the file, never to read it.
    #[must_use]
    pub fn without_key(&self) -> Self {
        Self {
            key: [0; 32],
            ..self.clone()
        }
    }
}

impl std::fmt::Debug for BlobRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BlobRef({}, {} bytes)", self.id, self.size)
    }
}

/// A key in JSON as two identifiers: half as many bytes, compressed, as a list of numbers.
mod halves {
    use ambient::Id;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(key: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        let (mut first, mut second) = ([0; 16], [0; 16]);
        first.copy_from_slice(&key[..16]);
        second.copy_from_slice(&key[16..]);
        [Id(first), Id(second)].serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let [first, second] = <[Id; 2]>::deserialize(from)?;
        let mut key = [0; 32];
        key[..16].copy_from_slice(&first.0);
        key[16..].copy_from_slice(&second.0);
        Ok(key)
    }
}

/// A file could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The disk failed.
    #[error("file store: {0}")]
    Io(#[from] std::io::Error),
    /// The S3 failed.
    #[error("object store: {0}")]
    Bucket(String),
    /// The bytes are not those that were written.
    #[error("a stored file was altered or is missing")]
    Damaged,
    /// The work was stopped.
    #[error("the file store is closed")]
    Closed,
}

/// Where sealed files are kept.
#[derive(Debug, Clone)]
pub enum BlobPlace {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket of an S3.
    Bucket(BucketAddress),
}

impl BlobPlace {
    /// The folder, when files are kept in one.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::Bucket(_) => None,
        }
    }
}

impl From<PathBuf> for BlobPlace {
    fn from(folder: PathBuf) -> Self {
        Self::Folder(folder)
    }
}

/// Sealed files.
#[derive(Debug)]
pub(crate) struct Blobs {
    engine: Engine,
    suite: Suite,
}

#[derive(Debug)]
enum Engine {
    Folder(Arc<Segments>),
    Bucket(Bucket),
}

impl Blobs {
    pub fn open(place: &BlobPlace, suite: Suite) -> Result<Self, BlobError> {
        let engine = match place {
            BlobPlace::Folder(folder) => Engine::Folder(Arc::new(Segments::open(folder)?)),
            BlobPlace::Bucket(address) => Engine::Bucket(Bucket::open(address)?),
        };
        Ok(Self { engine, suite })
    }

    /// Writes a file; durable when this returns.
    pub async fn put(&self, random: &dyn Random, bytes: Vec<u8>) -> Result<BlobRef, BlobError> {
        let (key, suite) = (random.key(), self.suite);
        let size = bytes.len() as u64;
        let sealed = match bytes.len() {
            // Some microseconds: another thread would cost more.
            ..=CHUNK => seal::seal(suite, &key, &bytes),
            _ => blocking(move || Ok(seal::seal(suite, &key, &bytes))).await?,
        };
        let id = match &self.engine {
            Engine::Folder(segments) => segments.put(sealed).await?,
            Engine::Bucket(bucket) => bucket.put(random.id(), sealed).await?,
        };
        Ok(BlobRef { id, key, size })
    }

    /// Reads a range of a file (cut to its size).
    pub async fn read(&self, blob: &BlobRef, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
        let range = range.start.min(blob.size)..range.end.min(blob.size);
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let (id, sealed) = (blob.id, seal::around(&range, blob.size));
        let (suite, key, size) = (self.suite, blob.key, blob.size);
        match &self.engine {
            Engine::Folder(segments) => {
                let segments = Arc::clone(segments);
                let read = move || {
                    let read = segments.read(id, sealed)?;
                    seal::open(suite, &key, size, range, &read)
                };
                blocking(read).await
            }
            Engine::Bucket(bucket) => {
                let read = bucket.read(id, sealed).await?;
                blocking(move || seal::open(suite, &key, size, range, &read)).await
            }
        }
    }

    /// Destroys the bytes of a file; destroyed already is fine.
    pub async fn delete(&self, blob: &BlobRef) -> Result<(), BlobError> {
        let (id, length) = (blob.id, seal::length(blob.size));
        match &self.engine {
            Engine::Folder(segments) => {
                let segments = Arc::clone(segments);
                blocking(move || segments.erase(id, length)).await
            }
            Engine::Bucket(bucket) => bucket.delete(id).await,
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BlobError> + Send + 'static,
) -> Result<T, BlobError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| BlobError::Closed)?
}
