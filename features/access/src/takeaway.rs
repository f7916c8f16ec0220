//! Everything that a person takes away: who asked for an archive, how far it is, where it lies.
//!
//! The archive itself is made by the feature that packs; here is what is kept of it, one for each
//! who may ask, in the person's `mail` volume. Its parts are sealed files like any other.

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{BlobRef, RecordId, Volume, With};

use crate::{
    Acting, Authenticated, Clearance, Gate, Level, Maker, Nothing, Plan, Refused, Scope, Viewer,
    journal::Notice,
    kinds,
    newest::{Listed, Newest},
    policy::draft,
};

/// After so long without an end, an archive is asked for again.
const STUCK: SignedDuration = SignedDuration::from_hours(2);

/// How far an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It is being made.
    Making,
    /// It can be taken.
    Ready,
    /// It could not be made.
    Failed,
    /// Its time is over, or another took its place.
    Over,
}

/// An archive that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeAway {
    /// Who asked.
    pub by: Maker,
    /// Their name, when they represent the person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// When.
    pub asked: Timestamp,
    /// How far it is.
    pub stage: Stage,
    /// Hundredths that are done.
    pub percent: u8,
    /// Documents in it.
    #[serde(default)]
    pub count: usize,
    /// Its bytes, in order.
    #[serde(default)]
    pub parts: Vec<BlobRef>,
    /// Until when it can be taken.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

/// What the work needs to know: for whom, in which record, and which request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Asked {
    /// The record.
    pub record: RecordId,
    /// Who asked.
    pub by: Maker,
    /// Their name, when they represent the person.
    pub name: String,
    /// When.
    pub asked: Timestamp,
}

impl Listed for TakeAway {
    const VOLUME: Volume = Volume::Mail;
    const KIND: vault::Kind = kinds::TAKE_AWAY;

    fn weight(&self) -> usize {
        200 + self.parts.len() * 60
    }
}

impl TakeAway {
    /// Its bytes in all.
    pub fn size(&self) -> u64 {
        self.parts.iter().map(|part| part.size).sum()
    }

    /// Whether it is being made, and not for too long.
    pub fn is_under_way(&self, now: Timestamp) -> bool {
        self.stage == Stage::Making && now.duration_since(self.asked) < STUCK
    }

    /// Whether it can be taken at `now`.
    pub fn is_there(&self, now: Timestamp) -> bool {
        self.stage == Stage::Ready && self.until.is_some_and(|until| now < until)
    }
}

impl Asked {
    /// Who asked, as the work looks at the record for them: by the rights that they have then.
    pub fn viewer(&self) -> Option<Viewer> {
        let acting = match &self.by {
            Maker::Holder => Acting::Holder(self.record),
            Maker::Representative { own } => Acting::Representative {
                own: *own,
                of: self.record,
                name: self.name.clone(),
            },
            Maker::Unknown => return None,
        };
        Some(Viewer {
            account: self.teller().0,
            acting,
            authenticated: Authenticated {
                level: Level::TwoFactor,
                at: self.asked,
            },
        })
    }

    /// The record of who asked: they are told.
    fn teller(&self) -> RecordId {
        match &self.by {
            Maker::Representative { own } => *own,
            _ => self.record,
        }
    }
}

/// One archive for each who may ask.
fn place(gate: &Gate, by: &Maker, record: RecordId) -> Id {
    let asker = match by {
        Maker::Representative { own } => *own,
        _ => record,
    };
    Id(gate.store().short("archive of", &asker.0.0))
}

impl Clearance<'_> {
    fn asker(&self) -> (Maker, String) {
        match &self.viewer().acting {
            Acting::Representative { own, name, .. } => {
                (Maker::Representative { own: *own }, name.clone())
            }
            _ => (Maker::Holder, String::new()),
        }
    }

    /// The archive that the viewer asked for, when they did.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn take_away(&self) -> Result<Option<TakeAway>, Refused> {
        let id = place(self.gate(), &self.asker().0, self.record());
        let held = self.desk::<Newest<TakeAway>>().await?;
        Ok(held.view.get(id).cloned())
    }

    /// Asks for an archive, unless one is being made; `work` is enqueued with it. The parts of the
    /// one before are given back, to be destroyed.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn ask_take_away(
        self,
        work: impl Fn(&Asked) -> With,
    ) -> Result<Vec<BlobRef>, Refused> {
        let (now, record, gate) = (self.now(), self.record(), self.gate());
        let (by, name) = self.asker();
        let id = place(gate, &by, record);
        let held = self.desk::<Newest<TakeAway>>().await?;
        let before = held.view.get(id);
        if before.is_some_and(|one| one.is_under_way(now)) {
            return Ok(vec![]);
        }
        let asked = Asked {
            record,
            by: by.clone(),
            name: name.clone(),
            asked: now,
        };
        let next = TakeAway {
            by,
            name,
            asked: now,
            stage: Stage::Making,
            percent: 0,
            count: 0,
            parts: vec![],
            until: None,
        };
        let entry = held.over(draft(Volume::Mail, kinds::TAKE_AWAY, id, &next));
        let old = before.map(|one| one.parts.clone()).unwrap_or_default();
        self.act::<_, Refused>(|_: &Scope<'_, Nothing>| {
            Ok(Plan::new(())
                .writing(vec![entry.clone()])
                .beside(work(&asked)))
        })
        .await?;
        Ok(old)
    }

    /// Notes how far the archive is; `false` when another took its place meanwhile, or it is gone.
    /// Leaves no line: making it has its own.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn note_take_away(
        &self,
        asked: &Asked,
        change: impl FnOnce(&mut TakeAway),
    ) -> Result<bool, Refused> {
        let id = place(self.gate(), &asked.by, asked.record);
        let held = self.desk::<Newest<TakeAway>>().await?;
        let found = held.view.get(id);
        let Some(one) = found.filter(|one| one.asked == asked.asked) else {
            return Ok(false);
        };
        let mut next = one.clone();
        change(&mut next);
        let entry = draft(Volume::Mail, kinds::TAKE_AWAY, id, &next);
        self.put_desk(held.over(entry)).await?;
        Ok(true)
    }

    /// The parts of the archive that the viewer asked for: taking them leaves its line.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when none is ready; see [`Refused`].
    pub async fn fetch_take_away(self) -> Result<TakeAway, Refused> {
        let now = self.now();
        let found = self.take_away().await?.filter(|one| one.is_there(now));
        let found = found.ok_or(Refused::NotFound)?;
        let count = found.count;
        self.act::<_, Refused>(|_: &Scope<'_, Nothing>| Ok(Plan::new(()).counting(count)))
            .await?;
        Ok(found)
    }
}

impl Gate {
    /// Keeps a part of an archive: we made it, of files that were examined when they came.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn keep_part(&self, part: Vec<u8>) -> Result<BlobRef, Refused> {
        Ok(self.opener().put_blob(part).await?)
    }

    /// The work to tell who asked that their archive is ready.
    pub fn telling_take_away(&self, asked: &Asked, now: Timestamp) -> With {
        let line = (self.id(), None);
        crate::notices::job(self, asked.teller(), Notice::ArchiveReady, line, now)
    }

    /// Forgets the archive of a request whose time is over; nothing, where another took its place or
    /// the record is erased.
    ///
    /// # Errors
    /// When the record does not open or the engine fails.
    pub async fn end_take_away(&self, asked: &Asked) -> Result<(), Refused> {
        let id = place(self, &asked.by, asked.record);
        let held = match self.opener().open::<Newest<TakeAway>>(asked.record).await {
            Err(vault::OpenError::Unknown) => return Ok(()),
            other => other?,
        };
        let found = held.view.get(id);
        let Some(one) = found.filter(|one| one.asked == asked.asked) else {
            return Ok(());
        };
        let next = TakeAway {
            stage: Stage::Over,
            parts: vec![],
            ..one.clone()
        };
        let entry = held.over(draft(Volume::Mail, kinds::TAKE_AWAY, id, &next));
        let done = self
            .opener()
            .append(asked.record, vec![entry], None, With::nothing());
        done.await.map(drop).map_err(crate::gate::write_failed)
    }

    /// What an installation signs of an archive: the digest of its manifest. Gives the public key and
    /// the signature, in hexadecimal digits.
    pub fn sign_archive(&self, digest: &[u8; 32]) -> (String, String) {
        self.opener().sign_archive(digest)
    }
}
