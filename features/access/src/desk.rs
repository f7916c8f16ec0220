//! What the person has already seen: so that only what is new is counted.

use serde::{Deserialize, Serialize};
use vault::{BadEntry, Entry, View, Volume};

use crate::{
    gate::{Clearance, Refused},
    journal::Trace,
    kinds,
    policy::{draft, own},
};

/// How far back the bell looks.
const BELL: usize = 60;

/// The person's desk.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Desk {
    /// The last line of the journal when the notices were last read.
    #[serde(default)]
    pub notices_seen: u64,
}

impl View for Desk {
    const VOLUME: Volume = Volume::Agenda;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.kind == kinds::DESK {
            *self = own(&entry.body()?)?;
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        64
    }
}

/// A notice as the person finds it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The line it comes from.
    pub trace: Trace,
    /// Not seen yet.
    pub new: bool,
}

impl Clearance<'_> {
    /// The last notices, newest first, each with whether it is new.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn told(&self) -> Result<Vec<Told>, Refused> {
        let seen = self.desk::<Desk>().await?.view.notices_seen;
        let lines = self.notices(BELL).await?;
        Ok(lines
            .into_iter()
            .map(|(seq, trace)| Told {
                trace,
                new: seq > seen,
            })
            .collect())
    }

    /// Notes that the person has seen everything up to now.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn seen_all(&self) -> Result<(), Refused> {
        let Some((newest, _)) = self.notices(BELL).await?.into_iter().next() else {
            return Ok(());
        };
        let desk = self.desk::<Desk>().await?;
        if desk.view.notices_seen >= newest {
            return Ok(());
        }
        let entry = draft(
            Volume::Agenda,
            kinds::DESK,
            kinds::only::DESK,
            &Desk {
                notices_seen: newest,
            },
        );
        let entry = match desk.current(kinds::only::DESK) {
            Some(current) => entry.replacing(current),
            None => entry,
        };
        self.put_desk(entry).await
    }
}
