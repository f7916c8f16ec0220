//! What a professional, or the installation, is told of: emergencies.
//!
//! Each has a record of their own, fed by jobs that were enqueued with the person's append, so
//! that no transaction spans two records.

use std::sync::Arc;

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{
    BadEntry, Draft, Entry, Kind, Opened, RecordId, View, Volume, With, WriteError, store::NewJob,
};

use crate::{
    Gate, Refusal, Refused, Right, Viewer,
    contest::Filed,
    gate::{AGAIN, write_failed},
    kinds,
    policy::{GrantKind, Grantee, Policy, draft, own},
};

/// The job that files an emergency with who must know of it.
pub const FILE_EMERGENCY: &str = "file emergency";

/// The job that forgets the person's name in a treating doctor's copy of an emergency.
pub const FORGET_EMERGENCY: &str = "forget emergency";

/// How long a treating doctor reads of an emergency, and whose it was.
pub const TOLD_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Names the record that holds the installation's own list, among those of professionals.
pub(crate) const OPERATOR: &str = "carnet:operator";

/// A record opened in an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// When.
    pub at: Timestamp,
    /// Broken glass, or dispatch.
    pub right: Right,
    /// National identifier of the professional.
    pub by: String,
    /// Their name.
    pub name: String,
    /// Their role and place, in words.
    pub role: String,
    /// Why, as they wrote it.
    pub reason: String,
    /// The person's name, for their treating doctor alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub person: String,
    /// When the operator reviewed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Timestamp>,
    /// Who did, and what came of it, as they wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// An emergency on its way to who must know of it.
#[derive(Debug, Serialize, Deserialize)]
struct Filing {
    /// A professional's national identifier; `None` for the installation.
    to: Option<String>,
    id: Id,
    emergency: Emergency,
}

#[derive(Debug, Clone, Default)]
struct Register {
    emergencies: Vec<(Id, Emergency)>,
    contests: Vec<(Id, Filed)>,
}

impl View for Register {
    const VOLUME: Volume = Volume::Agenda;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.kind == kinds::EMERGENCY {
            let emergency: Emergency = own(&entry.body()?)?;
            self.emergencies.retain(|(id, _)| *id != entry.id);
            self.emergencies.push((entry.id, emergency));
        }
        if entry.kind == Kind::TOMBSTONE {
            self.emergencies.retain(|(id, _)| *id != entry.id);
            self.contests.retain(|(id, _)| *id != entry.id);
        }
        if entry.kind == kinds::CONTEST {
            let filed: Filed = own(&entry.body()?)?;
            self.contests.retain(|(id, _)| *id != entry.id);
            self.contests.push((entry.id, filed));
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        64 + self.emergencies.len() * 700 + self.contests.len() * 2_000
    }
}

impl Gate {
    /// The work, in the transaction that opens a record in an emergency, to tell everybody else:
    /// their treating doctor, and the operator. The person and who represents them are told by the
    /// line in their journal.
    pub fn tell_of(&self, policy: &Policy, emergency: &Emergency) -> With {
        let (id, now) = (self.id(), emergency.at);
        let mut with = With::nothing();
        let doctors = policy.grants.iter().filter_map(|(_, grant)| {
            let until = grant.until.is_none_or(|until| now < until);
            let named = grant.kind == GrantKind::TreatingDoctor && !grant.ended && until;
            match &grant.to {
                Grantee::Professional(to) if named && *to != emergency.by => Some(to.clone()),
                _ => None,
            }
        });
        let person = policy.name();
        for to in doctors.map(Some).chain([None]) {
            let mut emergency = emergency.clone();
            if to.is_some() {
                emergency.person.clone_from(&person);
            }
            let filing = Filing { to, id, emergency };
            let payload = serde_json::to_vec(&filing).expect("a filing is JSON");
            with = with.and(self.store().enqueue(NewJob {
                name: FILE_EMERGENCY,
                dedup: None,
                due: now,
                payload,
            }));
        }
        with
    }

    /// Does the job [`FILE_EMERGENCY`]; twice is once.
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn file_emergency(&self, payload: &[u8]) -> Result<(), Refused> {
        let filing: Filing =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        let to = filing.to.as_deref().unwrap_or(OPERATOR);
        let record = self.register_of(to).await?;
        self.file(record, filing.id, &filing.emergency).await?;
        let ends = self.ending_told(to, filing.id, filing.emergency.at);
        self.store().apply(ends).await?;
        if filing.emergency.person.is_empty() {
            return Ok(());
        }
        let until = filing.emergency.at.saturating_add(TOLD_FOR);
        let to = filing.to.as_deref().unwrap_or(OPERATOR).as_bytes();
        let forget = self.store().enqueue(NewJob {
            name: FORGET_EMERGENCY,
            dedup: Some(&[to, &filing.id.0].concat()),
            due: until.unwrap_or(Timestamp::MAX),
            payload: payload.to_vec(),
        });
        Ok(self.store().apply(forget).await?)
    }

    /// Does the job [`FORGET_EMERGENCY`]: the bytes that held the name are destroyed. Twice is once.
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn forget_emergency(&self, payload: &[u8]) -> Result<(), Refused> {
        let filing: Filing =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        let record = self.register_of(filing.to.as_deref().unwrap_or(OPERATOR));
        let nameless = |register: &Register| {
            let mut held = register.emergencies.iter();
            let (_, held) =
                held.find(|(known, one)| *known == filing.id && !one.person.is_empty())?;
            let next = Emergency {
                person: String::new(),
                ..held.clone()
            };
            let mut next = draft(Volume::Agenda, kinds::EMERGENCY, filing.id, &next);
            next.destroy = true;
            Some(next)
        };
        self.register_over(record.await?, nameless).await.map(drop)
    }

    /// The emergencies that a professional was told of, newest first: those of people they are
    /// the treating doctor of.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else.
    pub async fn told_of(&self, viewer: &Viewer) -> Result<Vec<Emergency>, Refused> {
        if viewer.professional().is_none() {
            return Err(Refusal::NoWayIn.into());
        }
        let register = self.register(RecordId(viewer.account)).await?;
        let told = register.view.emergencies.iter().rev();
        Ok(told.map(|(_, emergency)| emergency.clone()).collect())
    }

    /// Every emergency of the installation, newest first: for the operator's review.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn emergencies(&self) -> Result<Vec<(Id, Emergency)>, Refused> {
        let record = self.register_of(OPERATOR).await?;
        let register = self.register(record).await?;
        Ok(register.view.emergencies.iter().rev().cloned().collect())
    }

    /// Notes that the operator reviewed an emergency.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when there is none of that number.
    pub async fn review(&self, id: Id, note: &str, at: Timestamp) -> Result<(), Refused> {
        let record = self.register_of(OPERATOR).await?;
        let register = self.register(record).await?;
        let found = register
            .view
            .emergencies
            .iter()
            .find(|(known, _)| *known == id);
        let (_, emergency) = found.ok_or(Refused::NotFound)?;
        let reviewed = Emergency {
            reviewed: Some(at),
            note: note.to_owned(),
            ..emergency.clone()
        };
        self.file(record, id, &reviewed).await
    }

    /// Every access that somebody contests, for the operator.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn contested(&self) -> Result<Vec<(Id, Filed)>, Refused> {
        let record = self.register_of(OPERATOR).await?;
        let register = self.register(record).await?;
        Ok(register.view.contests.clone())
    }

    /// How many emergencies wait for the operator's review, and how many contests for an answer;
    /// nothing is made when there never was any.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn waits_for_the_operator(&self) -> Result<(usize, usize), Refused> {
        let Some(record) = self.store().professional(OPERATOR).await? else {
            return Ok((0, 0));
        };
        let register = self.register(record).await?;
        let all = register.view.emergencies.iter();
        let emergencies = all.filter(|(_, one)| one.reviewed.is_none()).count();
        let all = register.view.contests.iter();
        let contests = all.filter(|(_, one)| one.contest.waits()).count();
        Ok((emergencies, contests))
    }

    /// Keeps the operator's copy of a thread, in the place of an older one.
    pub(crate) async fn keep_contest(&self, id: Id, filed: &Filed) -> Result<(), Refused> {
        let record = self.register_of(OPERATOR).await?;
        let entry = |_: &Register| Some(draft(Volume::Agenda, kinds::CONTEST, id, filed));
        let ends = || self.ending_told(OPERATOR, id, filed.contest.since);
        self.register_with(record, entry, ends).await.map(drop)
    }

    async fn register(&self, record: RecordId) -> Result<Arc<Opened<Register>>, Refused> {
        Ok(self.opener().open::<Register>(record).await?)
    }

    /// The record of a professional, or of the installation; made when it is first needed.
    pub(crate) async fn register_of(&self, name: &str) -> Result<RecordId, Refused> {
        if let Some(record) = self.store().professional(name).await? {
            return Ok(record);
        }
        match self.open_register(name).await {
            Ok(record) => Ok(record),
            // Somebody else was first.
            Err(Refused::Taken) => {
                let made = self.store().professional(name).await?;
                made.ok_or(Refused::NotFound)
            }
            Err(other) => Err(other),
        }
    }

    async fn file(&self, to: RecordId, id: Id, emergency: &Emergency) -> Result<(), Refused> {
        let entry = |register: &Register| {
            let mut held = register
                .emergencies
                .iter()
                .filter(|(known, _)| *known == id);
            let known = held.any(|(_, one)| one == emergency || one.reviewed.is_some());
            (!known).then(|| draft(Volume::Agenda, kinds::EMERGENCY, id, emergency))
        };
        self.register_over(to, entry).await.map(drop)
    }

    /// Writes an entry of a register over the one before, as what the register says asks for;
    /// asked again when others wrote meanwhile. Whether something was written.
    pub(crate) async fn register_over<V: View>(
        &self,
        record: RecordId,
        entry: impl Fn(&V) -> Option<Draft>,
    ) -> Result<bool, Refused> {
        self.register_with(record, entry, With::nothing).await
    }

    /// The same, with changes of index tables in the same transaction.
    pub(crate) async fn register_with<V: View>(
        &self,
        record: RecordId,
        entry: impl Fn(&V) -> Option<Draft>,
        with: impl Fn() -> With,
    ) -> Result<bool, Refused> {
        for _ in 0..AGAIN {
            let register = self.opener().open::<V>(record).await?;
            let Some(entry) = entry(&register.view) else {
                return Ok(false);
            };
            let entry = register.over(entry);
            let done = self.opener().append(record, vec![entry], None, with());
            match done.await {
                Ok(_) => return Ok(true),
                Err(WriteError::Moved) => {}
                Err(error) => return Err(write_failed(error)),
            }
        }
        Err(write_failed(WriteError::Moved))
    }
}
