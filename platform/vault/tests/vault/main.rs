//! The vault from outside: what it keeps, what it refuses, and what it notices.

mod backup;
mod checkpoint;
mod child;
mod engine;
mod erase;
mod full;
mod index;
mod jobs;
mod kill;
mod pace;
mod pack;
mod proof;
mod record;
mod rotate;
mod servers;
mod syncs;
mod tamper;

use std::sync::Arc;

use ambient::{Id, SeededRandom};
use engine::Folder;
use vault::{
    BadEntry, Draft, Entry, Kind, Opener, RecordId, Store, Suite, View, Volume, With,
    keys::FileKeys, start,
};

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
