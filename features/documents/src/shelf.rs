//! The `clinical` volume in memory.

use std::collections::HashMap;

use access::{Item, Key, Shelf, kinds};
use ambient::Id;
use vault::{BadEntry, Entry, Kind, View, Volume};

use crate::{Document, folders::Folders};

/// A person's documents, in the order in which they arrived.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    all: Vec<Document>,
    places: HashMap<Id, usize>,
    folders: Folders,
    bytes: usize,
    /// Entries of a later version of the program.
    pub unreadable: usize,
}

impl View for Documents {
    const VOLUME: Volume = Volume::Clinical;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        let id = entry.id;
        match entry.kind {
            kinds::DOCUMENT => {
                let document = Document::of(entry)?;
                self.bytes += document.weight();
                match self.places.get(&id) {
                    Some(&place) => self.all[place] = document,
                    None => {
                        self.places.insert(id, self.all.len());
                        self.all.push(document);
                    }
                }
            }
            kinds::FOLDERS => self.folders = Folders::of(&entry.body()?)?,
            Kind::TOMBSTONE => {
                if let Some(place) = self.places.remove(&id) {
                    self.all.remove(place);
                    self.places
                        .values_mut()
                        .filter(|at| **at > place)
                        .for_each(|at| *at -= 1);
                }
            }
            _ => self.unreadable += 1,
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        self.unreadable += 1;
        Ok(())
    }

    fn weight(&self) -> usize {
        self.bytes + self.folders.weight()
    }
}

impl Shelf for Documents {
    type Thing = Document;
    type Beside = Folders;

    fn things(&self, _: &Key) -> impl Iterator<Item = &Document> {
        self.all.iter()
    }

    fn thing(&self, _: &Key, id: Id) -> Option<&Document> {
        self.places.get(&id).and_then(|place| self.all.get(*place))
    }

    fn beside(&self, _: &Key) -> &Folders {
        &self.folders
    }

    fn item(document: &Document) -> &Item {
        &document.item
    }
}
