//! The end of what the operator, or a treating doctor, was told: emergencies, contests, suspensions that
//! were lifted, readings of registers. Each line is destroyed when registers of its day are
//! (`limits.registers`).

use std::collections::HashSet;

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Draft, Entry, Kind, View, Volume, With, store::NewJob};

use crate::{Gate, Refused, kinds};

/// The job that destroys a line once its time is over.
pub const END_TOLD: &str = "end of what was told";

#[derive(Serialize, Deserialize)]
struct Ending {
    /// Whose register, by its name among those of professionals.
    to: String,
    id: Id,
    since: Timestamp,
}

/// The lines that end.
#[derive(Debug, Clone, Default)]
struct Lines(HashSet<Id>);

impl View for Lines {
    const VOLUME: Volume = Volume::Agenda;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        match entry.kind {
            kinds::EMERGENCY | kinds::CONTEST | kinds::SUSPENSION | kinds::WARRANT => {
                self.0.insert(entry.id);
            }
            Kind::TOMBSTONE => {
                self.0.remove(&entry.id);
            }
            _ => {}
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        64 + self.0.len() * 40
    }
}

impl Gate {
    /// The work that destroys a line of a register when its time is over; once for each.
    pub(crate) fn ending_told(&self, to: &str, id: Id, since: Timestamp) -> With {
        let due = since.saturating_add(self.registers_kept());
        let ending = Ending {
            to: to.to_owned(),
            id,
            since,
        };
        let when = since.as_microsecond().to_be_bytes();
        self.store().enqueue(NewJob {
            name: END_TOLD,
            dedup: Some(&[to.as_bytes(), &id.0, &when].concat()),
            due: due.unwrap_or(Timestamp::MAX),
            payload: serde_json::to_vec(&ending).expect("an ending is JSON"),
        })
    }

    /// Does the job [`END_TOLD`]. Twice is once; a suspension that is in force again stays.
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn end_told(&self, payload: &[u8]) -> Result<(), Refused> {
        let ending: Ending =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        let Some(record) = self.store().professional(&ending.to).await? else {
            return Ok(());
        };
        let suspensions = self.suspensions().await?;
        let mut theirs = suspensions
            .iter()
            .filter(|one| self.suspension_id(&one.who) == ending.id);
        if theirs.any(|one| one.lifted.is_none_or(|lifted| lifted > ending.since)) {
            return Ok(());
        }
        let gone = |lines: &Lines| {
            let mut gone = Draft::new(Volume::Agenda, Kind::TOMBSTONE, ending.id, vec![]);
            gone.destroy = true;
            lines.0.contains(&ending.id).then_some(gone)
        };
        self.register_over(record, gone).await.map(drop)
    }
}
