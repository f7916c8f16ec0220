//! The `clinical` volume in memory.

use std::collections::HashMap;

use access::{Item, Key, Scope, Shelf, kinds};
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

/// What a viewer may see, without what was replaced or revoked: a version whose next one they may not know of is
/// the last for them. Others are reached from what replaced them.
pub fn in_force<'a>(scope: &Scope<'a, Documents>) -> impl Iterator<Item = &'a Document> {
    scope.things().filter(|one| is_in_force(scope, one))
}

/// Whether a document that a viewer sees is the last version for them.
pub(crate) fn is_in_force(scope: &Scope<'_, Documents>, document: &Document) -> bool {
    !document.revoked && document.replaced_by.is_none_or(|next| scope.keeps(next))
}

/// How many of these the person and who represents them may know of: what a line of the journal
/// counts, since they read it.
pub fn known<'a>(documents: impl IntoIterator<Item = &'a Document>) -> usize {
    documents.into_iter().filter(is_known).count()
}

/// Whether the person and who represents them may know of a document.
pub(crate) fn is_known(document: &&Document) -> bool {
    !document.item.flags.keeps_quiet()
}

/// How many of `all` stand on a page, from 1.
pub fn on_page(all: usize, page: usize, size: usize) -> usize {
    let before = page.saturating_sub(1).saturating_mul(size);
    all.saturating_sub(before).min(size)
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
