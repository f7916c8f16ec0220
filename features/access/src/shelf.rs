//! Views whose things are shown one by one, each on its own decision.

use ambient::Id;
use vault::{BadEntry, Entry, View, Volume};

use crate::item::Item;

/// A volume made of things that a viewer may or may not see.
pub trait Shelf: View {
    /// One of them.
    type Thing;

    /// What the person keeps beside them for themself: shown to nobody else.
    type Beside;

    /// All of them; only [`crate::Scope`] may go through them.
    fn things(&self, _: &Key) -> impl Iterator<Item = &Self::Thing>;

    /// One of them.
    fn thing(&self, _: &Key, id: Id) -> Option<&Self::Thing>;

    /// What lies beside them.
    fn beside(&self, _: &Key) -> &Self::Beside;

    /// What a decision needs of it.
    fn item(thing: &Self::Thing) -> &Item;
}

/// Opens a shelf. Only this crate has one, so that nothing is read around a decision:
///
/// ```compile_fail
/// use access::Shelf;
/// fn all<S: Shelf>(shelf: &S) -> usize {
///     shelf.things(&access::Key(())).count()
/// }
/// ```
pub struct Key(());

impl Key {
    pub(crate) const OURS: Self = Self(());
}

/// No volume at all: for acts that are about the record as a whole.
#[derive(Debug, Clone, Default)]
pub struct Nothing;

impl View for Nothing {
    const VOLUME: Volume = Volume::Text;

    fn put(&mut self, _: Entry) -> Result<(), BadEntry> {
        Err(BadEntry)
    }

    fn weight(&self) -> usize {
        0
    }
}
