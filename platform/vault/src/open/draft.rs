//! What is about to be appended, and why it was not.

use ambient::Id;

use super::{Current, OpenError};
use crate::{
    db::AppendRefused,
    record::{Kind, Volume},
};

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A replaced version is no longer current, or the volume has moved on: read again.
    #[error("the record has moved on")]
    Moved,
    /// A statement beside the entries was refused: its place among those given.
    #[error("the entry beside the record was refused")]
    Beside(usize),
    /// The record does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<AppendRefused> for WriteError {
    fn from(error: AppendRefused) -> Self {
        match error {
            AppendRefused::Moved => Self::Moved,
            AppendRefused::Step(at) => Self::Beside(at),
            AppendRefused::Erased => Self::Open(OpenError::Unknown),
            AppendRefused::Tampered => Self::Open(OpenError::Tampered),
            AppendRefused::Db(error) => Self::Open(OpenError::Db(error)),
        }
    }
}

/// One version of one thing, to be appended.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Where it goes.
    pub volume: Volume,
    /// What it holds.
    pub kind: Kind,
    /// The thing.
    pub id: Id,
    /// Its bytes, not yet compressed.
    pub body: Vec<u8>,
    /// The version that it replaces; `None` for a new thing.
    pub replaces: Option<Current>,
    /// Destroy the bytes of every earlier version of the thing.
    pub destroy: bool,
    /// Where the volume ended when there was no version yet, for a thing that others may begin too.
    pub(super) first: Option<u64>,
}

impl Draft {
    /// The first version of a thing.
    pub fn new(volume: Volume, kind: Kind, id: Id, body: Vec<u8>) -> Self {
        Self {
            volume,
            kind,
            id,
            body,
            replaces: None,
            destroy: false,
            first: None,
        }
    }

    /// The next version of a thing.
    pub fn replacing(mut self, current: Current) -> Self {
        self.replaces = Some(current);
        self
    }
}

/// Where entries went.
#[derive(Debug, Clone)]
pub struct Appended {
    /// The sequence of each draft, in the order given.
    pub seqs: Vec<u64>,
}
