//! The sealed record: everything Carnet keeps about one person, in one place.
//!
//! A *record* is an append-only list of *entries*. An entry is one version of
//! one thing (a FHIR resource, a setting, a trace), compressed and sealed under
//! the record's own key. The database sees only random identifiers, sequence
//! numbers, keyed digests and sealed bytes.
//!
//! Entries are kept by [`Volume`], so that a decision opens only the policy and
//! a trace touches only the journal. Each volume has a hash chain over its
//! whole history and a *head*: a keyed digest of what is current, sealed by a
//! MAC and checked at each opening. A missing, added, older or re-flagged row
//! does not open (see [`chain`]).
//!
//! [`start`] hands out one [`Opener`], which cannot be cloned. The server moves
//! it into the crate that decides who may read; nobody else can open a record:
//!
//! ```compile_fail
//! fn copy(opener: vault::Opener) -> (vault::Opener, vault::Opener) {
//!     (opener.clone(), opener)
//! }
//! ```
//!
//! Records lie in SQLite, for one server, or in PostgreSQL, which several may
//! share: see [`DatabaseUrl`]. One suite of tests holds for both.
//!
//! This crate itself knows nothing of health.

pub mod backup;
mod blobs;
mod cache;
pub mod chain;
mod checkpoint;
mod cipher;
mod codec;
mod db;
mod erase;
mod fresh;
mod journal;
pub mod keys;
mod later;
mod open;
mod record;
mod register;
mod seal;
mod segment;
pub mod store;
mod verify;

pub use blobs::{BlobError, BlobPlace, BlobRef, BucketAddress};
pub use checkpoint::{
    BadProof, Checkpoint, CheckpointError, CheckpointProblem, Checkpoints, Proved, ProvedLine,
    Shown, Standing, check_proof, exported_checkpoint,
};
pub use cipher::{Suite, Unsealable};
pub use codec::{DICTIONARIES, inflate};
pub use db::{BadDatabaseUrl, DatabaseUrl, DbError, baseline};
pub use erase::EraseError;
pub use journal::Packed;
pub use later::Later;
pub use open::{
    Appended, BadEntry, Config, Current, Draft, Entry, OpenError, Opened, Opener, View, WriteError,
    archive_message, start,
};
pub use record::{Header, Kind, RecordId, Volume};
pub use register::{End, Erasure, RegisterError};
pub use store::{
    KeyLook, MainLook, Store, With, look_at_keys, look_at_main, look_at_register, note_main_backup,
};
pub use verify::{Finding, Problem, Verdict};
