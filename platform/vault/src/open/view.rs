//! What is made of a volume that was opened.

use std::collections::HashMap;

use ambient::Id;

use super::Draft;
use crate::{
    chain::Hash,
    codec,
    record::{Header, Kind, Volume},
};

/// A volume as the layer above wants it in memory.
///
/// Entries are folded in order; a later version of a thing replaces the earlier one.
pub trait View: Clone + Default + Send + Sync + 'static {
    /// The volume this is a view of.
    const VOLUME: Volume;

    /// Takes in the current version of one thing.
    ///
    /// # Errors
    /// [`BadEntry`] when nothing may be decided or shown on such a record.
    fn put(&mut self, entry: Entry) -> Result<(), BadEntry>;

    /// Meets an entry of a format that this version does not know.
    ///
    /// # Errors
    /// [`BadEntry`], unless the view can do without it.
    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Err(BadEntry)
    }

    /// About how many bytes of memory the view holds.
    fn weight(&self) -> usize;
}

/// An entry that the view above does not understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry of a format this version does not know")]
pub struct BadEntry;

/// One version of one thing, opened.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The thing.
    pub id: Id,
    /// 1 for its first version.
    pub version: u32,
    /// What it holds.
    pub kind: Kind,
    /// Its place in the volume.
    pub seq: u64,
    /// The dictionary of `compressed`.
    pub dictionary: u8,
    /// The body as it is kept in memory; see [`crate::inflate`].
    pub compressed: Box<[u8]>,
}

impl Entry {
    /// The body.
    ///
    /// # Errors
    /// When it was compressed with a dictionary that this version does not have.
    pub fn body(&self) -> Result<Vec<u8>, BadEntry> {
        codec::inflate(&self.compressed, self.dictionary).map_err(|_| BadEntry)
    }
}

/// Names the current version of a thing, so that a writer can replace exactly that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Current {
    pub(super) seq: u64,
    pub(super) header: [u8; Header::LEN],
    pub(super) hash: Hash,
    /// Version of the thing.
    pub version: u32,
}

/// An opened volume.
#[derive(Debug, Clone)]
pub struct Opened<V> {
    /// What the layer above made of it.
    pub view: V,
    /// Sequence of the last entry: the version of the volume as a whole.
    pub last: u64,
    pub(super) epoch: u64,
    pub(super) digest: Hash,
    pub(super) current: HashMap<Id, Current>,
}

impl<V> Opened<V> {
    /// The current version of a thing.
    pub fn current(&self, id: Id) -> Option<Current> {
        self.current.get(&id).copied()
    }

    /// The next version of a thing of this volume, or its first: that one is written only while the
    /// volume has not moved, for two first versions look like rows flagged from outside, and the
    /// volume would not open any more.
    pub fn over(&self, draft: Draft) -> Draft {
        match self.current(draft.id) {
            Some(current) => draft.replacing(current),
            None => Draft {
                first: Some(self.last),
                ..draft
            },
        }
    }
}
