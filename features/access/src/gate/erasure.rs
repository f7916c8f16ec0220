//! Erasing for good: so that neither another server nor an older backup brings it back.
//!
//! A thing is erased in its record by the step that says so; what follows (the register of
//! erasures, its file) is a job enqueued with that step and done before it is answered, so that a
//! stop in between loses nothing.

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{BlobRef, EraseError, Erasure, RecordId, With, store::NewJob};

use super::{Gate, Refused};

/// The name of the job that finishes the erasure of a thing.
pub const ERASED: &str = "erased";

/// A thing whose bytes are gone from its record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ErasedThing {
    /// The record.
    pub record: RecordId,
    /// The thing.
    pub thing: Id,
    /// The file that it named.
    pub file: BlobRef,
}

impl From<EraseError> for Refused {
    fn from(error: EraseError) -> Self {
        Self::Failed(error.into())
    }
}

impl Gate {
    /// The work that follows an erasure, to be enqueued with it.
    pub fn erasing(&self, erased: &ErasedThing) -> With {
        self.store.enqueue(NewJob {
            name: ERASED,
            dedup: Some(&erased.thing.0),
            due: self.clock.now(),
            payload: serde_json::to_vec(erased).expect("names are JSON"),
        })
    }

    /// Does that work: registers the erasure and removes the file.
    ///
    /// # Errors
    /// When a store or the register fails; the job tries again.
    pub async fn erased(&self, erased: &ErasedThing) -> Result<(), Refused> {
        let (record, thing) = (erased.record, erased.thing);
        let line = self
            .opener
            .register_erasure(record, Some(thing), self.clock.now())
            .await?;
        self.drop_file(&erased.file).await?;
        self.undraw(record, thing).await?;
        self.drop_reports(record, Some(thing)).await?;
        self.opener.followed(line.n).await?;
        self.store
            .apply(self.store.cancel(ERASED, &thing.0))
            .await?;
        Ok(())
    }

    /// Registers that all of a record is erased. From here on it will be, whatever happens.
    ///
    /// # Errors
    /// When the register cannot be written.
    pub async fn register_erasure(&self, record: RecordId) -> Result<Erasure, Refused> {
        let now = self.clock.now();
        Ok(self.opener.register_erasure(record, None, now).await?)
    }

    /// Destroys a record and its key, and what names it in index tables; register it first.
    ///
    /// # Errors
    /// When a store fails; to be tried again.
    pub async fn erase(&self, record: RecordId, beside: With) -> Result<(), Refused> {
        self.drop_reports(record, None).await?;
        let with = beside
            .and(self.store.remove_account(record))
            .and(self.store.remove_insured(record));
        self.opener.erase(record, with).await?;
        self.store.end_sessions(record.0).await?;
        Ok(())
    }

    /// The erasures that were made since the stores were backed up, when older ones were put back.
    ///
    /// # Errors
    /// When the register was altered or is not the whole one: then nothing may be served.
    pub async fn missed_erasures(&self) -> Result<Vec<Erasure>, Refused> {
        Ok(self.opener.missed_erasures().await?)
    }

    /// The stores have followed the register up to this line.
    ///
    /// # Errors
    /// When a store fails.
    pub async fn followed(&self, line: u64) -> Result<(), Refused> {
        Ok(self.opener.followed(line).await?)
    }

    /// Lets go of what other servers erased; to be called now and then.
    ///
    /// # Errors
    /// When a store or the register cannot be read.
    pub async fn forget_erased(&self) -> Result<(), Refused> {
        Ok(self.opener.forget_erased().await?)
    }

    /// When the last backup that still holds keys erased today must be destroyed.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn last_key_backup(&self) -> Result<Option<Timestamp>, Refused> {
        Ok(self.opener.last_key_backup(self.clock.now()).await?)
    }
}
