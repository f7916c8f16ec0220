//! What a quarantine holds, and how far it is.

use std::sync::Arc;

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{OpenError, Opened, RecordId, Volume, With};

use super::{Cause, Owner};
use crate::{
    Gate, Refused, kinds,
    newest::{Listed, Newest},
    policy::draft,
};

/// How far a document is that was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Still in the record where it stood, unseen: nobody is asked yet whose it is.
    Arriving,
    /// Nowhere else. Its depositor is to say whose it is.
    Waiting,
    /// Its depositor said whose: it is on its way into that record.
    Named {
        /// Which.
        record: RecordId,
    },
    /// It lies with the right person, and not here any more.
    Given,
    /// It was destroyed.
    Discarded,
}

/// A document that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Since when.
    pub since: Timestamp,
    /// When it last changed.
    pub at: Timestamp,
    /// Why.
    pub cause: Cause,
    /// Its `uniqueId`: what its depositor knows it by.
    pub unique_id: String,
    /// How far it is.
    pub stage: Stage,
    /// The document as it was stored, while it is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Whoever was named could not be given it: somebody is to be named again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refused: bool,
}

impl Listed for Held {
    const VOLUME: Volume = Volume::Agenda;
    const KIND: vault::Kind = kinds::HELD;

    fn weight(&self) -> usize {
        300 + self.body.as_ref().map_or(0, String::len)
    }
}

impl Held {
    /// The next stage; what leaves takes its bytes and its destination with it.
    #[must_use]
    pub fn then(&self, stage: Stage, at: Timestamp) -> Self {
        let body = self.body.clone();
        Self {
            at,
            stage,
            body: body.filter(|_| !matches!(stage, Stage::Given | Stage::Discarded)),
            refused: false,
            ..self.clone()
        }
    }
}

impl Gate {
    /// A quarantine's record, for names to be held by it.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn quarantine(&self, owner: &Owner) -> Result<RecordId, Refused> {
        self.register_of(&owner.register()).await
    }

    /// Takes a document into a quarantine, unless it is there already; `with` holds with it.
    ///
    /// # Errors
    /// [`Refused::Taken`] when a name is; when the engine fails.
    pub async fn hold(
        &self,
        owner: &Owner,
        id: Id,
        held: &Held,
        with: impl Fn() -> With,
    ) -> Result<(), Refused> {
        let record = self.quarantine(owner).await?;
        let entry = |all: &Newest<Held>| {
            let new = all.get(id).is_none();
            new.then(|| draft(Volume::Agenda, kinds::HELD, id, held))
        };
        self.register_with(record, entry, with).await.map(drop)
    }

    /// All that was ever set aside with somebody, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn all_held(&self, owner: &Owner) -> Result<Vec<(Id, Held)>, Refused> {
        let Some(record) = self.store().professional(&owner.register()).await? else {
            return Ok(vec![]);
        };
        let opened: Arc<Opened<Newest<Held>>> = match self.opener().open(record).await {
            Err(OpenError::Unknown) => return Ok(vec![]),
            other => other?,
        };
        let mut all = opened.view.all.clone();
        all.sort_by_key(|(id, one)| (std::cmp::Reverse(one.since), *id));
        Ok(all)
    }

    /// One of them.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn held_one(&self, owner: &Owner, id: Id) -> Result<Option<Held>, Refused> {
        let all = self.all_held(owner).await?;
        Ok(all
            .into_iter()
            .find_map(|(known, held)| (known == id).then_some(held)))
    }

    /// Writes what follows over what is held, and destroys what was: asked again when others wrote
    /// meanwhile. Whether something was written.
    ///
    /// # Errors
    /// [`Refused::Taken`] when a name in `with` is; when the engine fails.
    pub async fn change_held(
        &self,
        owner: &Owner,
        id: Id,
        next: impl Fn(&Held) -> Option<Held>,
        with: impl Fn() -> With,
    ) -> Result<bool, Refused> {
        let record = self.quarantine(owner).await?;
        let entry = |all: &Newest<Held>| {
            let next = next(all.get(id)?)?;
            let mut entry = draft(Volume::Agenda, kinds::HELD, id, &next);
            entry.destroy = true;
            Some(entry)
        };
        self.register_with(record, entry, with).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_takes_everything_with_it() {
        let held = Held {
            since: Timestamp::UNIX_EPOCH,
            at: Timestamp::UNIX_EPOCH,
            cause: Cause::Reported,
            unique_id: "urn:oid:1.2.3".to_owned(),
            stage: Stage::Waiting,
            body: Some("{}".to_owned()),
            refused: true,
        };
        let record = RecordId(Id([7; 16]));
        let now = Timestamp::MAX;
        let named = held.then(Stage::Named { record }, now);
        assert!(named.body.is_some() && !named.refused);
        for end in [Stage::Given, Stage::Discarded] {
            let over = named.then(end, now);
            assert_eq!((over.body.as_ref(), over.stage), (None, end));
            let kept = serde_json::to_string(&over).expect("JSON");
            assert!(!kept.contains(&record.0.to_string()), "{kept}");
        }
    }
}
