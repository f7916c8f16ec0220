//! Erasing a record, or a thing in it, so that no backup brings it back.
//!
//! Each erasure is a line in the register. Main database and key store remember how many lines
//! they have followed, so that a start knows at once whether an older one was put back: then what
//! it missed is done again before anything is served.

use std::{
    collections::HashSet,
    sync::{Arc, atomic::Ordering},
};

use ambient::Id;
use jiff::Timestamp;

use crate::{
    DbError, Opener, RecordId, With, WriteError,
    open::OpenError,
    register::{End, Erasure, Register, RegisterError},
    store::mark,
};

/// Why something was not erased: to be tried again.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// The register could not be written or read.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The record could not be changed.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A store failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Opener {
    /// Writes into the register that a thing, or all of a record, is erased; durable when this
    /// returns.
    ///
    /// # Errors
    /// When the register cannot be written.
    pub async fn register_erasure(
        &self,
        record: RecordId,
        thing: Option<Id>,
        at: Timestamp,
    ) -> Result<Erasure, EraseError> {
        let line = self
            .with_register(move |register| register.append(at, record, thing))
            .await?;
        Ok(line)
    }

    /// Erases all of a record: the bytes of its entries (together with `with`), then its key.
    /// Register it first. Done twice, it is done.
    ///
    /// # Errors
    /// See [`EraseError`]; to be tried again.
    pub async fn erase(&self, record: RecordId, with: With) -> Result<(), EraseError> {
        match self.erase_entries(record, with).await {
            // Erased before, but for the key.
            Ok(()) | Err(WriteError::Open(OpenError::Unknown)) => {}
            Err(error) => return Err(error.into()),
        }
        self.keys.destroy(record).await?;
        self.let_go(record);
        Ok(())
    }

    /// Both stores have followed the register up to this line, or hold the work that will.
    ///
    /// # Errors
    /// When a store fails.
    pub async fn followed(&self, lines: u64) -> Result<(), EraseError> {
        self.db.write(vec![mark::follow(lines)]).await?;
        self.keys.follow(lines).await?;
        Ok(())
    }

    /// The erasures that main database or key store do not know of: an older one was put back.
    ///
    /// # Errors
    /// When the register was altered, or has fewer lines than were followed.
    pub async fn missed_erasures(&self) -> Result<Vec<Erasure>, EraseError> {
        let (main, keys) = (mark::followed(&self.db).await?, self.keys.followed().await?);
        let end = self.end_of_register().await?;
        let most = main.max(keys);
        if end.lines < most {
            return Err(self.register.short(end.lines, most).into());
        }
        let least = main.min(keys);
        if end.lines == least {
            return Ok(vec![]);
        }
        self.with_register(move |register| register.read(least))
            .await
    }

    /// How many erasures there are, and the last line's hash.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub async fn end_of_register(&self) -> Result<End, EraseError> {
        self.with_register(|register| register.end()).await
    }

    /// Records that were erased whole, as the register has them.
    pub(crate) async fn erased_records(&self) -> Result<HashSet<RecordId>, EraseError> {
        let lines = self.with_register(|register| register.read(0)).await?;
        let whole = lines.iter().filter(|line| line.thing.is_none());
        Ok(whole.map(|line| line.record).collect())
    }

    /// Lets go of records that another server erased since the last time; to be called now and
    /// then.
    ///
    /// # Errors
    /// When a store or the register cannot be read.
    pub async fn forget_erased(&self) -> Result<(), EraseError> {
        let seen = self.seen.load(Ordering::Relaxed);
        let followed = mark::followed(&self.db).await?;
        if followed <= seen {
            return Ok(());
        }
        for erasure in self
            .with_register(move |register| register.read(seen))
            .await?
        {
            self.let_go(erasure.record);
        }
        self.seen.store(followed, Ordering::Relaxed);
        Ok(())
    }

    /// When the last backup of the key store that holds the keys of today must be destroyed.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn last_key_backup(&self, now: Timestamp) -> Result<Option<Timestamp>, DbError> {
        self.keys.last_expiry(now).await
    }

    /// Holds nothing of a record any more.
    pub(crate) fn let_go(&self, record: RecordId) {
        self.keys.forget(record);
        self.cache.forget(record);
        self.texts.forget(record);
    }

    async fn with_register<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Register) -> Result<T, RegisterError> + Send + 'static,
    ) -> Result<T, EraseError> {
        let register = Arc::clone(&self.register);
        let done = tokio::task::spawn_blocking(move || work(&register)).await;
        Ok(done.map_err(|error| DbError::Engine(error.to_string()))??)
    }
}
