//! Files: chunked and sealed under a random key of their own, in a folder.
//!
//! A blob is written once and never changed. Its key lies in the entry that
//! names it, so that a blob without its entry is noise, and a range can be read
//! without reading the rest.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom, Write},
    ops::Range,
    path::{Path, PathBuf},
};

use ambient::{Id, Random};
use serde::{Deserialize, Serialize};

use crate::cipher::{Cipher, Suite, TAG};

const CHUNK: usize = 64 << 10;

/// Where a file lies and how it opens; keep it inside a sealed entry.
#[derive(Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct BlobRef {
    /// Random name.
    pub id: Id,
    #[serde(with = "halves")]
    key: [u8; 32],
    /// Bytes of the file itself.
    pub size: u64,
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
    /// The bytes are not those that were written.
    #[error("a stored file was altered or is missing")]
    Damaged,
    /// The work was stopped.
    #[error("the file store is closed")]
    Closed,
}

/// A folder of sealed files.
#[derive(Clone, Debug)]
pub(crate) struct Blobs {
    folder: PathBuf,
    suite: Suite,
}

impl Blobs {
    pub fn open(folder: &Path, suite: Suite) -> std::io::Result<Self> {
        // Made once and synced here, so that a write has one folder to sync.
        for n in 0..=u8::MAX {
            fs::create_dir_all(folder.join(format!("{n:02x}")))?;
        }
        File::open(folder)?.sync_all()?;
        Ok(Self {
            folder: folder.to_owned(),
            suite,
        })
    }

    /// Writes a file; durable (file and folder synced) when this returns.
    pub async fn put(&self, random: &dyn Random, bytes: Vec<u8>) -> Result<BlobRef, BlobError> {
        let blob = BlobRef {
            id: random.id(),
            key: random.key(),
            size: bytes.len() as u64,
        };
        let (path, named, suite) = (self.path(blob.id), blob.clone(), self.suite);
        blocking(move || {
            let sealed = seal(suite, &named, &bytes);
            let folder = path.parent().expect("a blob lies in a folder");
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)?;
            file.write_all(&sealed)?;
            file.sync_all()?;
            // The name is durable only once its folder is.
            File::open(folder)?.sync_all()?;
            Ok(())
        })
        .await?;
        Ok(blob)
    }

    /// Reads a range of a file (cut to its size).
    pub async fn read(&self, blob: &BlobRef, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
        let (path, blob, suite) = (self.path(blob.id), blob.clone(), self.suite);
        blocking(move || read(suite, &path, &blob, range)).await
    }

    /// Removes a file; absent already is fine.
    pub async fn delete(&self, id: Id) -> Result<(), BlobError> {
        let path = self.path(id);
        blocking(move || match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        })
        .await
    }

    fn path(&self, id: Id) -> PathBuf {
        let name = id.to_string();
        self.folder.join(&name[..2]).join(name)
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BlobError> + Send + 'static,
) -> Result<T, BlobError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| BlobError::Closed)?
}

/// What each chunk is bound to; with the size among it, a cut file does not open.
fn bound(blob: &BlobRef) -> [u8; 24] {
    let mut bytes = [0; 24];
    bytes[..16].copy_from_slice(&blob.id.0);
    bytes[16..].copy_from_slice(&blob.size.to_be_bytes());
    bytes
}

fn seal(suite: Suite, blob: &BlobRef, bytes: &[u8]) -> Vec<u8> {
    let (cipher, bound) = (Cipher::new(suite, &blob.key), bound(blob));
    let mut sealed = Vec::with_capacity(bytes.len() + (bytes.len() / CHUNK + 1) * TAG);
    for (place, chunk) in (0..).zip(bytes.chunks(CHUNK)) {
        cipher.seal_chunk(place, &bound, chunk, &mut sealed);
    }
    sealed
}

fn read(
    suite: Suite,
    path: &Path,
    blob: &BlobRef,
    range: Range<u64>,
) -> Result<Vec<u8>, BlobError> {
    let range = range.start.min(blob.size)..range.end.min(blob.size);
    if range.is_empty() {
        return Ok(Vec::new());
    }
    let missing = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::UnexpectedEof => BlobError::Damaged,
        _ => error.into(),
    };
    let mut file = File::open(path).map_err(missing)?;
    let (cipher, bound) = (Cipher::new(suite, &blob.key), bound(blob));
    let chunk_size = CHUNK as u64;
    let mut plain = Vec::new();
    let first = range.start / chunk_size;
    for n in first..=(range.end - 1) / chunk_size {
        let size = chunk_size.min(blob.size - n * chunk_size);
        let mut sealed = vec![0; usize::try_from(size).expect("at most a chunk") + TAG];
        file.seek(SeekFrom::Start(n * (chunk_size + TAG as u64)))?;
        file.read_exact(&mut sealed).map_err(missing)?;
        let chunk = cipher
            .open_chunk(n, &bound, sealed)
            .map_err(|_| BlobError::Damaged)?;
        plain.extend_from_slice(&chunk);
    }
    let skip = usize::try_from(range.start - first * chunk_size).expect("less than a chunk");
    let length = usize::try_from(range.end - range.start).map_err(|_| BlobError::Damaged)?;
    plain.drain(..skip);
    plain.truncate(length);
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;

    use super::*;

    #[tokio::test]
    async fn a_file_and_its_ranges_read_back_and_damage_is_seen() {
        let folder = std::env::temp_dir().join(format!("carnet-blobs-{}", std::process::id()));
        let blobs = Blobs::open(&folder, Suite::Aes256Gcm).expect("a folder");
        let random = SeededRandom::new(3);
        let mut bytes = vec![0; CHUNK * 2 + 77];
        random.fill(&mut bytes);
        let blob = blobs.put(&random, bytes.clone()).await.expect("written");
        let size = bytes.len();
        for range in [
            0..size,
            0..1,
            size - 1..size,
            CHUNK - 1..CHUNK + 1,
            10..CHUNK * 2 + 1,
            5..5,
        ] {
            let read = blobs
                .read(&blob, range.start as u64..range.end as u64)
                .await;
            assert_eq!(read.expect("reads"), bytes[range]);
        }
        let past = blobs
            .read(&blob, 0..u64::MAX)
            .await
            .expect("cut to the size");
        assert_eq!(past, bytes);

        let path = blobs.path(blob.id);
        let stored = fs::read(&path).expect("stored");
        fs::write(&path, &stored[..stored.len() - 1]).expect("cut");
        assert!(matches!(
            blobs.read(&blob, 0..u64::MAX).await,
            Err(BlobError::Damaged)
        ));
        let mut flipped = stored.clone();
        flipped[CHUNK + TAG + 3] ^= 1;
        fs::write(&path, &flipped).expect("flipped");
        assert!(matches!(
            blobs.read(&blob, 0..u64::MAX).await,
            Err(BlobError::Damaged)
        ));
        assert!(
            blobs.read(&blob, 0..10).await.is_ok(),
            "another chunk is untouched"
        );
        blobs.delete(blob.id).await.expect("deleted");
        blobs.delete(blob.id).await.expect("twice is fine");
        assert!(matches!(
            blobs.read(&blob, 0..1).await,
            Err(BlobError::Damaged)
        ));
        fs::remove_dir_all(&folder).expect("removed");
    }
}
