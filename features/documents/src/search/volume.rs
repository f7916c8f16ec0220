//! The `text` volume in memory: of each document its words, and its text as it lies.

use std::{collections::HashMap, sync::Arc};

use access::{Derived, Key, drawn_names, kinds};
use ambient::Id;
use vault::{BadEntry, Draft, Entry, Kind, View, Volume, inflate};

use super::words;

/// How words are written down; another reading is as none.
const FORMAT: u8 = 1;

/// What was drawn from a document.
#[derive(Debug, Clone, Default)]
pub struct Text {
    words: Option<Arc<[u8]>>,
    text: Option<Arc<Compressed>>,
}

#[derive(Debug)]
struct Compressed {
    dictionary: u8,
    bytes: Box<[u8]>,
}

impl Text {
    /// Its words, folded and counted.
    pub(super) fn words(&self) -> &[u8] {
        self.words.as_deref().unwrap_or_default()
    }

    /// The text: inflated for who is shown a passage.
    pub(crate) fn text(&self) -> Option<String> {
        let text = self.text.as_ref()?;
        String::from_utf8(inflate(&text.bytes, text.dictionary).ok()?).ok()
    }

    fn weight(&self) -> usize {
        let words = self.words.as_ref().map_or(0, |words| words.len());
        let text = self.text.as_ref().map_or(0, |text| text.bytes.len() + 40);
        words + text + size_of::<Self>() + 80
    }
}

/// The texts of a record's documents.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    all: HashMap<Id, Text>,
    bytes: usize,
}

impl Texts {
    fn change(&mut self, id: Id, change: impl FnOnce(&mut Text)) {
        let text = self.all.entry(id).or_default();
        let before = text.weight();
        change(text);
        self.bytes = (self.bytes + text.weight()).saturating_sub(before);
    }
}

impl View for Texts {
    const VOLUME: Volume = Volume::Text;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        let [id, turned] = drawn_names(entry.id);
        match entry.kind {
            kinds::WORDS => {
                let body = entry.body()?;
                if let Some((&FORMAT, words)) = body.split_first() {
                    self.change(id, |text| text.words = Some(words.into()));
                }
            }
            kinds::TEXT => {
                let compressed = Compressed {
                    dictionary: entry.dictionary,
                    bytes: entry.compressed,
                };
                self.change(turned, |text| text.text = Some(Arc::new(compressed)));
            }
            Kind::TOMBSTONE => {
                self.all.remove(&id);
                self.all.remove(&turned);
            }
            _ => {}
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        self.bytes + self.all.len() * 100
    }
}

impl Derived for Texts {
    type Part = Text;

    fn part(&self, _: &Key, id: Id) -> Option<&Text> {
        self.all.get(&id).filter(|text| text.words.is_some())
    }
}

/// The entries of a document's text.
pub(super) fn drafts(id: Id, text: &str) -> Vec<Draft> {
    let [id, turned] = drawn_names(id);
    let mut body = vec![FORMAT];
    body.extend(words::of(text));
    let mut drafts = vec![Draft::new(Volume::Text, kinds::WORDS, id, body)];
    if !text.is_empty() {
        let text = text.as_bytes().to_vec();
        drafts.push(Draft::new(Volume::Text, kinds::TEXT, turned, text));
    }
    drafts
}
