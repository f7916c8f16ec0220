//! The newest version of each entry of one kind: most of what is kept in a list is that.

use ambient::Id;
use serde::de::DeserializeOwned;
use vault::{BadEntry, Entry, Kind, View, Volume};

use crate::policy::own;

/// What is kept as entries of a kind of its own.
pub(crate) trait Listed: DeserializeOwned + Clone + Send + Sync + 'static {
    /// Where.
    const VOLUME: Volume;
    /// The kind.
    const KIND: Kind;

    /// About how many bytes of memory one holds.
    fn weight(&self) -> usize;
}

/// All of them, with the identifier of each; other kinds are passed over.
#[derive(Debug, Clone)]
pub(crate) struct Newest<T> {
    pub all: Vec<(Id, T)>,
}

impl<T> Newest<T> {
    /// One of them.
    pub fn get(&self, id: Id) -> Option<&T> {
        let found = self.all.iter().find(|(known, _)| *known == id);
        found.map(|(_, one)| one)
    }
}

impl<T> Default for Newest<T> {
    fn default() -> Self {
        Self { all: vec![] }
    }
}

impl<T: Listed> View for Newest<T> {
    const VOLUME: Volume = T::VOLUME;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.kind == T::KIND {
            let one = own(&entry.body()?)?;
            self.all.retain(|(id, _)| *id != entry.id);
            self.all.push((entry.id, one));
        } else if entry.kind == Kind::TOMBSTONE {
            self.all.retain(|(id, _)| *id != entry.id);
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        64 + self.all.iter().map(|(_, one)| one.weight()).sum::<usize>()
    }
}
