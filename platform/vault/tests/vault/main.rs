//! The vault from outside: what it keeps, what it refuses, and what it notices.

mod index;
mod record;
mod tamper;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use ambient::{Id, SeededRandom};
use vault::{
    BadEntry, Config, Draft, Entry, Kind, Opener, RecordId, Store, Suite, View, Volume, With,
    keys::FileKeys, start,
};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A folder for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("carnet-vault-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        FileKeys::create(&path.join("keys"), Arc::new(SeededRandom::new(n.into()))).expect("keys");
        Self(path)
    }

    fn start(&self) -> (Store, Opener) {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let random = Arc::new(SeededRandom::new(1000 + u64::from(n)));
        let keys = FileKeys::read(&self.0.join("keys"), random.clone()).expect("keys");
        start(&config(&self.0), Arc::new(keys), random).expect("starts")
    }

    /// Changes the stopped database from outside.
    fn tamper(&self, sql: &str) -> usize {
        let connection = rusqlite::Connection::open(self.0.join("main.db")).expect("opens");
        connection.execute(sql, []).expect("a valid change")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn config(folder: &Path) -> Config {
    Config {
        database: folder.join("main.db"),
        key_store: folder.join("keys.db"),
        blobs: folder.join("blobs"),
        cache: 1 << 20,
        suite: Suite::default(),
    }
}

/// A view that keeps bodies as text.
#[derive(Clone, Default)]
struct Notes(Vec<(Id, u32, String)>);

impl View for Notes {
    const VOLUME: Volume = Volume::Clinical;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        let text = String::from_utf8(entry.body()?).map_err(|_| BadEntry)?;
        self.0.retain(|(id, ..)| *id != entry.id);
        self.0.push((entry.id, entry.version, text));
        Ok(())
    }

    fn weight(&self) -> usize {
        self.0.len() * 64
    }
}

fn note(id: u8, text: &str) -> Draft {
    Draft::new(Volume::Clinical, Kind(1), Id([id; 16]), text.into())
}

fn trace(id: u8) -> Draft {
    Draft::new(Volume::Journal, Kind(2), Id([id; 16]), b"looked".to_vec())
}

async fn append(opener: &Opener, record: RecordId, drafts: Vec<Draft>) {
    opener
        .append(record, drafts, None, With::nothing())
        .await
        .expect("appended");
}

async fn texts(opener: &Opener, record: RecordId) -> Vec<String> {
    let opened = opener.open::<Notes>(record).await.expect("opens");
    opened
        .view
        .0
        .iter()
        .map(|(_, _, text)| text.clone())
        .collect()
}
