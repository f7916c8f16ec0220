//! Files that another application of somebody's phone handed over: held for an hour, for who sent
//! them alone, until they say that they want them. Nothing of it is in the record before.

use std::sync::{Mutex, PoisonError};

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{BlobRef, Draft, Kind, RecordId, Volume, With, store::NewJob};

use crate::{
    Acting, Clearance, Gate, Refusal, Refused, kinds,
    newest::{Listed, Newest},
    policy::draft,
};

/// The job that destroys what nobody wanted.
pub const END_RECEIVED: &str = "end received";

/// How long they wait.
const WAITS: SignedDuration = SignedDuration::from_hours(1);

/// Files that wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// Since when.
    pub at: Timestamp,
    /// Which.
    pub files: Vec<ReceivedFile>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedFile {
    /// Its name, as it was handed over.
    pub name: String,
    /// Its bytes.
    pub blob: BlobRef,
}

#[derive(Debug, Serialize, Deserialize)]
struct Ending {
    record: RecordId,
    id: Id,
    at: Timestamp,
    /// Without their keys.
    files: Vec<BlobRef>,
}

impl Listed for Received {
    const VOLUME: Volume = Volume::Mail;
    const KIND: Kind = kinds::RECEIVED;

    fn weight(&self) -> usize {
        64 + self
            .files
            .iter()
            .map(|one| 200 + one.name.len())
            .sum::<usize>()
    }
}

impl Clearance<'_> {
    /// Names what waits for who is looking, and for nobody else at home.
    fn received_id(&self) -> Result<Id, Refused> {
        match self.viewer().acting {
            Acting::Holder(_) | Acting::Representative { .. } => {
                let account = self.viewer().account;
                Ok(Id(self.gate().store().short("received", &account.0)))
            }
            _ => Err(Refusal::NoWayIn.into()),
        }
    }

    /// What waits for who is looking. It is no part of the record, and leaves no line.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn received(&self) -> Result<Option<Received>, Refused> {
        let id = self.received_id()?;
        let held = self.desk::<Newest<Received>>().await?;
        Ok(held.view.get(id).cloned())
    }

    /// Holds files, in the place of those that waited, which are destroyed.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn hold_received(&self, files: Vec<ReceivedFile>) -> Result<(), Refused> {
        let (id, gate, record) = (self.received_id()?, self.gate(), self.record());
        let at = self.now();
        let next = Received { at, files };
        let ending = Ending {
            record,
            id,
            at,
            files: next
                .files
                .iter()
                .map(|one| one.blob.without_key())
                .collect(),
        };
        let payload = serde_json::to_vec(&ending).expect("names are JSON");
        let work = || {
            gate.store().enqueue(NewJob {
                name: END_RECEIVED,
                dedup: None,
                due: at.saturating_add(WAITS).unwrap_or(Timestamp::MAX),
                payload: payload.clone(),
            })
        };
        self.replace_received(id, Some(&next), work).await
    }

    /// Destroys what waits for who is looking: kept as documents, or not wanted.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn drop_received(&self) -> Result<(), Refused> {
        let id = self.received_id()?;
        self.replace_received(id, None, With::nothing).await
    }

    async fn replace_received(
        &self,
        id: Id,
        next: Option<&Received>,
        with: impl Fn() -> With,
    ) -> Result<(), Refused> {
        let (gate, record) = (self.gate(), self.record());
        let before = Mutex::new(None);
        let entry = |all: &Newest<Received>| {
            *before.lock().unwrap_or_else(PoisonError::into_inner) = all.get(id).cloned();
            let mut entry = match next {
                Some(next) => draft(Volume::Mail, kinds::RECEIVED, id, next),
                None => {
                    all.get(id)?;
                    Draft::new(Volume::Mail, Kind::TOMBSTONE, id, vec![])
                }
            };
            entry.destroy = true;
            Some(entry)
        };
        gate.register_with(record, entry, with).await?;
        let before = before.into_inner().unwrap_or_else(PoisonError::into_inner);
        for file in before.into_iter().flat_map(|one| one.files) {
            gate.drop_file(&file.blob).await?;
        }
        Ok(())
    }
}

impl Gate {
    /// Does the job [`END_RECEIVED`]: what nobody wanted in time is destroyed. Twice is once.
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn end_received(&self, payload: &[u8]) -> Result<(), Refused> {
        let ending: Ending =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        let gone = |all: &Newest<Received>| {
            all.get(ending.id).filter(|one| one.at == ending.at)?;
            let mut gone = Draft::new(Volume::Mail, Kind::TOMBSTONE, ending.id, vec![]);
            gone.destroy = true;
            Some(gone)
        };
        match self.register_over(ending.record, gone).await {
            // Erased meanwhile: the files alone are left.
            Ok(_) | Err(Refused::NotFound) => {}
            Err(refused) => return Err(refused),
        }
        for file in &ending.files {
            self.drop_file(file).await?;
        }
        Ok(())
    }
}
