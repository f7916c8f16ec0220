//! Who is told that a document was taken out of a record: those who had opened it and who wrote it,
//! that one was removed, and no more; the operator, that it happened with that depositor.

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{OpenError, RecordId, Volume};

use super::{Cause, Owner};
use crate::{
    Gate, Refusal, Refused, Viewer, kinds,
    newest::{Listed, Newest},
    policy::draft,
    register::OPERATOR,
};

/// That a document was removed, as a professional reads of it: nothing of what it was, nor in whose
/// record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// When it was taken out.
    pub at: Timestamp,
    /// When they had last opened it; `None` when they deposited it.
    pub opened: Option<Timestamp>,
}

/// That a document was in the wrong record, as the operator reads of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misfiled {
    /// When it was taken out.
    pub at: Timestamp,
    /// Why.
    pub cause: Cause,
    /// Who is to set it right.
    pub owner: Owner,
}

impl Listed for Removed {
    const VOLUME: Volume = Volume::Agenda;
    const KIND: vault::Kind = kinds::REMOVED;

    fn weight(&self) -> usize {
        80
    }
}

impl Listed for Misfiled {
    const VOLUME: Volume = Volume::Agenda;
    const KIND: vault::Kind = kinds::MISFILED;

    fn weight(&self) -> usize {
        160
    }
}

impl Gate {
    /// Tells a professional; twice is once.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn tell_removed(&self, to: &str, id: Id, told: &Removed) -> Result<(), Refused> {
        let record = self.register_of(to).await?;
        let entry = |all: &Newest<Removed>| {
            let new = all.get(id).is_none();
            new.then(|| draft(Volume::Agenda, kinds::REMOVED, id, told))
        };
        self.register_over(record, entry).await.map(drop)
    }

    /// What a professional was told of, the newest first.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else.
    pub async fn told_removed(&self, viewer: &Viewer) -> Result<Vec<Removed>, Refused> {
        if viewer.professional().is_none() {
            return Err(Refusal::NoWayIn.into());
        }
        let opened = self
            .opener()
            .open::<Newest<Removed>>(RecordId(viewer.account));
        let opened = opened.await?;
        let mut all: Vec<Removed> = opened.view.all.iter().map(|(_, one)| one.clone()).collect();
        all.sort_by_key(|one| std::cmp::Reverse((one.at, one.opened)));
        Ok(all)
    }

    /// Tells the operator; twice is once.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn tell_misfiled(&self, id: Id, told: &Misfiled) -> Result<(), Refused> {
        let record = self.register_of(OPERATOR).await?;
        let entry = |all: &Newest<Misfiled>| {
            let new = all.get(id).is_none();
            new.then(|| draft(Volume::Agenda, kinds::MISFILED, id, told))
        };
        if self.register_over(record, entry).await? {
            tracing::warn!(
                "a document was in the wrong record: « carnet audit misfiled » lists it"
            );
        }
        Ok(())
    }

    /// Every document that was in the wrong record, the newest first: for the operator.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn misfiled(&self) -> Result<Vec<(Id, Misfiled)>, Refused> {
        let record = self.register_of(OPERATOR).await?;
        let opened = match self.opener().open::<Newest<Misfiled>>(record).await {
            Err(OpenError::Unknown) => return Ok(vec![]),
            other => other?,
        };
        let mut all = opened.view.all.clone();
        all.sort_by_key(|(id, one)| (std::cmp::Reverse(one.at), *id));
        Ok(all)
    }
}
