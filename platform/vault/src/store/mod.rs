//! Index tables: what must be found without opening a record.
//!
//! One file per table. Nothing here is clinical, and nothing joins a person to a
//! professional, a facility or a service in clear: names and numbers are keyed
//! hashes, bodies are sealed under a key of the installation and bound to their
//! row. SQL is written here and nowhere else.

mod account;
mod attempt;
pub(crate) mod checkpoint;
mod client;
mod digest;
mod directory;
mod insured;
mod insured_fill;
mod job;
mod locator;
mod look;
pub(crate) mod mark;
mod name;
mod pending;
mod professional;
mod reference;
mod seen;
mod session;
mod size;

use std::sync::Arc;

use ambient::Random;

pub use account::Account;
use client::Token;
pub use digest::Gathered;
pub use directory::{Building, Entered, Listed, Source};
pub use insured::{Insured, NewInsured};
pub use insured_fill::Unfilled;
pub use job::{Job, Lane, NewJob};
pub(crate) use look::KEY_STATEMENTS;
pub use look::{KeyLook, MainLook, look_at_keys, look_at_main, look_at_register, note_main_backup};
pub use session::Session;
pub use size::TableSize;

use crate::{
    cipher::{Cipher, Suite},
    db::{Db, DbError, Statements, Step},
    fresh::Fresh,
    keys::KeyProvider,
};

/// Every statement on the index tables.
pub(crate) const STATEMENTS: [Statements; 18] = [
    account::STATEMENTS,
    attempt::STATEMENTS,
    checkpoint::STATEMENTS,
    client::STATEMENTS,
    digest::STATEMENTS,
    directory::STATEMENTS,
    insured::STATEMENTS,
    insured_fill::STATEMENTS,
    job::STATEMENTS,
    locator::STATEMENTS,
    look::STATEMENTS,
    mark::STATEMENTS,
    name::STATEMENTS,
    pending::STATEMENTS,
    professional::STATEMENTS,
    reference::STATEMENTS,
    seen::STATEMENTS,
    session::STATEMENTS,
];

/// Sessions, and tokens, held in memory at the most; about 700 bytes each.
const IN_USE: usize = 20_000;

/// The index tables.
pub struct Store {
    db: Arc<Db>,
    provider: Arc<dyn KeyProvider>,
    random: Arc<dyn Random>,
    rows: Cipher,
    names: name::Names,
    /// Sessions and tokens in use, by the hash of their secret.
    sessions: Arc<Fresh<[u8; 32], Session>>,
    tokens: Arc<Fresh<[u8; 32], Token>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// Changes to index tables that belong to the same transaction as an append.
#[derive(Debug, Default)]
pub struct With(pub(crate) Vec<Step>);

impl With {
    /// Nothing beside the entries.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Both these and those.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl Store {
    pub(crate) fn new(
        db: Arc<Db>,
        provider: Arc<dyn KeyProvider>,
        random: Arc<dyn Random>,
        suite: Suite,
    ) -> Self {
        let key = provider.mac("index rows", b"");
        let rows = Cipher::new(suite, &key);
        let names = name::Names::new(&provider.mac("public names", b""));
        Self {
            db,
            provider,
            random,
            rows,
            names,
            sessions: Arc::new(Fresh::new(IN_USE)),
            tokens: Arc::new(Fresh::new(IN_USE)),
        }
    }

    /// Runs `steps`, and forgets what they changed before anybody is answered; to the end, even
    /// when the caller goes away.
    async fn changing(
        &self,
        steps: Vec<Step>,
        forget: impl FnOnce() + Send + 'static,
    ) -> Result<(), DbError> {
        let db = Arc::clone(&self.db);
        let change = async move {
            let done = db.write(steps).await;
            // A write that failed may have happened all the same.
            forget();
            done.map(drop)
        };
        tokio::spawn(change).await.map_err(|_| DbError::Closed)?
    }

    /// Runs changes to index tables alone; durable when this returns.
    ///
    /// # Errors
    /// [`DbError::Refused`] when a guarded change no longer applies.
    pub async fn apply(&self, changes: With) -> Result<(), DbError> {
        self.db.write(changes.0).await.map(drop)
    }

    /// How often index tables were asked or changed: a measure of effort.
    pub fn calls(&self) -> u64 {
        self.db.calls()
    }

    /// Keyed hash of a name, so that a table can be searched but not read.
    pub fn blind(&self, purpose: &str, name: &[u8]) -> [u8; 32] {
        self.provider.mac(purpose, name)
    }

    /// The first half of [`Store::blind`], for an identifier, or where every byte counts: 128 bits
    /// are enough to tell names apart.
    pub fn short(&self, purpose: &str, name: &[u8]) -> [u8; 16] {
        let mut half = [0; 16];
        half.copy_from_slice(&self.blind(purpose, name)[..16]);
        half
    }

    /// Seals the body of a row; it opens only in the same table and row.
    fn seal(&self, table: &str, key: &[u8], body: &[u8]) -> Vec<u8> {
        let bound = [table.as_bytes(), b"\0", key].concat();
        self.rows.seal(&*self.random, &bound, &[body])
    }

    /// Opens what [`Store::seal`] made.
    fn unseal(&self, table: &str, key: &[u8], sealed: &[u8]) -> Result<Vec<u8>, DbError> {
        let bound = [table.as_bytes(), b"\0", key].concat();
        let opened = self.rows.open(&bound, sealed);
        opened.map_err(|_| DbError::Engine(format!("a row of {table} was altered")))
    }
}
