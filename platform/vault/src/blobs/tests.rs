//! One suite for both engines, then what is proper to each.

use std::{collections::BTreeSet, fs, path::Path};

use ambient::{Secret, SeededRandom};

use super::*;
use crate::cipher::TAG;

fn bytes(random: &SeededRandom, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    random.fill(&mut bytes);
    bytes
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("carnet-blobs-{}-{name}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn blobs(&self) -> Blobs {
        Blobs::open(&self.0.clone().into(), Suite::Aes256Gcm).expect("a folder")
    }

    fn segments(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(&self.0).expect("a folder");
        let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What every engine does.
async fn conforms(blobs: &Blobs) {
    let random = SeededRandom::new(3);
    let whole = bytes(&random, CHUNK * 2 + 77);
    let blob = blobs.put(&random, whole.clone()).await.expect("written");
    let size = whole.len();
    for range in [
        0..size,
        0..1,
        size - 1..size,
        CHUNK - 1..CHUNK + 1,
        CHUNK..CHUNK * 2,
        10..CHUNK * 2 + 1,
        5..5,
    ] {
        let read = blobs.read(&blob, range.start as u64..range.end as u64);
        assert_eq!(read.await.expect("reads"), whole[range]);
    }
    let past = blobs.read(&blob, 0..u64::MAX).await;
    assert_eq!(past.expect("cut to the size"), whole);
    let beyond = blobs.read(&blob, u64::MAX - 1..u64::MAX).await;
    assert_eq!(beyond.expect("nothing there"), b"");

    let written = serde_json::to_string(&blob).expect("JSON");
    assert_eq!(
        serde_json::from_str::<BlobRef>(&written).expect("read back"),
        blob
    );

    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1] {
        let small = bytes(&random, length);
        let put = blobs.put(&random, small.clone()).await.expect("written");
        assert_eq!(
            blobs.read(&put, 0..u64::MAX).await.expect("reads"),
            small,
            "{length}"
        );
    }

    let other = blobs
        .put(&random, b"another".to_vec())
        .await
        .expect("written");
    let cut = BlobRef {
        size: size as u64 - 1,
        ..blob.clone()
    };
    let wrong_key = BlobRef {
        key: other.key,
        ..blob.clone()
    };
    let moved = BlobRef {
        id: other.id,
        ..blob.clone()
    };
    let nowhere = BlobRef {
        id: Id([0xEE; 16]),
        ..blob.clone()
    };
    for wrong in [cut, wrong_key, moved, nowhere] {
        let read = blobs.read(&wrong, 0..u64::MAX).await;
        assert!(matches!(read, Err(BlobError::Damaged)), "{read:?}");
    }

    blobs.delete(&blob).await.expect("deleted");
    blobs.delete(&blob).await.expect("twice is fine");
    let read = blobs.read(&blob, 0..1).await;
    assert!(matches!(read, Err(BlobError::Damaged)), "{read:?}");
    let read = blobs.read(&other, 0..u64::MAX).await;
    assert_eq!(read.expect("untouched"), b"another");
}

#[tokio::test]
async fn a_folder_keeps_files() {
    let folder = Folder::new("suite");
    conforms(&folder.blobs()).await;
}

/// On an S3 whose address, `http://host:port/bucket`, is in `CARNET_TEST_S3`: see `tests/s3.sh`.
#[tokio::test]
async fn a_bucket_keeps_files() {
    #[expect(clippy::disallowed_methods, reason = "says where the tests' S3 is")]
    let Ok(url) = std::env::var("CARNET_TEST_S3") else {
        return println!("skipped: CARNET_TEST_S3 is not set");
    };
    let (endpoint, bucket) = url.rsplit_once('/').expect("an address and a bucket");
    let address = BucketAddress {
        endpoint: endpoint.to_owned(),
        region: "eu-west-3".to_owned(),
        bucket: bucket.to_owned(),
        prefix: "one/installation".to_owned(),
        key: "AKIATEST".to_owned(),
        secret: Secret::new("not a secret".to_owned()),
    };
    let open = |address| Blobs::open(&BlobPlace::Bucket(address), Suite::Aes256Gcm);
    let blobs = open(address.clone()).expect("a bucket");
    conforms(&blobs).await;

    // More at once than connections are kept.
    let random = SeededRandom::new(4);
    let all = (0..50_u8).map(|n| blobs.put(&random, vec![n; 100]));
    for (n, put) in (0..).zip(together(all).await) {
        let read = blobs.read(&put.expect("written"), 0..u64::MAX).await;
        assert_eq!(read.expect("reads"), vec![n; 100]);
    }

    let missing = BucketAddress {
        bucket: "no-such-bucket".to_owned(),
        ..address
    };
    let missing = open(missing).expect("an address");
    let put = missing.put(&random, vec![1]).await;
    assert!(matches!(put, Err(BlobError::Bucket(_))), "{put:?}");
}

async fn together<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<_> = all.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, done) in all.iter_mut().zip(&mut done) {
            if done.is_none()
                && let std::task::Poll::Ready(output) = future.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        match done.iter().all(Option::is_some) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn damage_on_the_disk_is_seen_in_the_chunk_where_it_is() {
    let folder = Folder::new("damage");
    let (blobs, random) = (folder.blobs(), SeededRandom::new(5));
    let blob = blobs.put(&random, bytes(&random, CHUNK * 2)).await;
    let blob = blob.expect("written");
    let segment = &folder.segments()[0];
    let stored = fs::read(segment).expect("stored");
    let mut flipped = stored.clone();
    flipped[CHUNK + TAG + 3] ^= 1;
    fs::write(segment, &flipped).expect("flipped");
    let read = |range| blobs.read(&blob, range);
    assert!(matches!(read(0..u64::MAX).await, Err(BlobError::Damaged)));
    assert!(read(0..10).await.is_ok(), "another chunk is untouched");
    fs::write(segment, &stored[..stored.len() - 1]).expect("cut");
    assert!(matches!(read(0..u64::MAX).await, Err(BlobError::Damaged)));
}

#[tokio::test]
async fn writers_share_a_segment_and_each_reads_its_own() {
    let folder = Folder::new("many");
    let (blobs, random) = (folder.blobs(), SeededRandom::new(6));
    let all = (0..200_u8).map(|n| blobs.put(&random, vec![n; usize::from(n) * 40]));
    let mut places = BTreeSet::new();
    for (n, put) in (0..).zip(together(all).await) {
        let put = put.expect("written");
        let read = blobs.read(&put, 0..u64::MAX).await.expect("reads");
        assert_eq!(read, vec![n; usize::from(n) * 40]);
        places.insert(put.id);
    }
    assert_eq!(folder.segments().len(), 1);
    assert!(places.len() >= 199, "an empty file takes no place");
}

#[tokio::test]
async fn a_segment_goes_on_after_a_restart_behind_what_a_crash_left() {
    let folder = Folder::new("restart");
    let random = SeededRandom::new(7);
    let first = folder.blobs().put(&random, b"first".to_vec()).await;
    let first = first.expect("written");
    let mut left = fs::read(&folder.segments()[0]).expect("stored");
    left.extend(b"half of a file");
    fs::write(&folder.segments()[0], &left).expect("left");

    let blobs = folder.blobs();
    let second = blobs.put(&random, b"second".to_vec()).await;
    let second = second.expect("written");
    assert_eq!(folder.segments().len(), 1);
    for (blob, text) in [(&first, "first"), (&second, "second")] {
        let read = blobs.read(blob, 0..u64::MAX).await.expect("reads");
        assert_eq!(read, text.as_bytes());
    }
}

#[tokio::test]
async fn servers_that_share_a_folder_write_to_segments_of_their_own() {
    let folder = Folder::new("shared");
    let (here, there) = (folder.blobs(), folder.blobs());
    let random = SeededRandom::new(8);
    let mut written = Vec::new();
    for n in 0..10_u8 {
        for blobs in [&here, &there] {
            written.push((n, blobs.put(&random, vec![n; 9]).await.expect("written")));
        }
    }
    assert_eq!(folder.segments().len(), 2);
    drop(here);
    for (n, blob) in written {
        let read = there.read(&blob, 0..u64::MAX).await.expect("reads");
        assert_eq!(read, vec![n; 9]);
    }
}

#[tokio::test]
async fn erased_bytes_are_no_longer_on_the_disk() {
    let folder = Folder::new("erased");
    let (blobs, random) = (folder.blobs(), SeededRandom::new(9));
    let mut all = Vec::new();
    for n in 0..3_u8 {
        all.push(blobs.put(&random, vec![n; 10_000]).await.expect("written"));
    }
    let before = fs::read(&folder.segments()[0]).expect("stored");
    blobs.delete(&all[1]).await.expect("erased");
    let after = fs::read(&folder.segments()[0]).expect("stored");
    let length = 10_000 + TAG;
    assert_eq!(after.len(), before.len());
    assert_eq!(after[length..2 * length], vec![0; length]);
    assert_eq!(after[..length], before[..length]);
    assert_eq!(after[2 * length..], before[2 * length..]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_says_so_and_heals() {
    let folder = Folder::new("lost");
    let (blobs, random) = (folder.blobs(), SeededRandom::new(10));
    fs::remove_dir_all(&folder.0).expect("the disk goes");
    let put = blobs.put(&random, b"lost".to_vec()).await;
    assert!(matches!(put, Err(BlobError::Io(_))), "{put:?}");
    fs::create_dir_all(Path::new(&folder.0)).expect("the disk is back");
    blobs
        .put(&random, b"kept".to_vec())
        .await
        .expect("written again");
}
