//! The records of a professional: those that they opened, when they last did and what came since,
//! and those that were entrusted to them, or to where they work, and that they never opened.
//!
//! A register says which record and when, and no more: no name, nothing of what was seen. It lies
//! sealed in the professional's own record, or in the one that a facility has for it. A page that
//! shows a record is given once both the line in the person's journal and this one are durable;
//! what is entrusted is filed by a job of the append that entrusts it.

use std::collections::HashMap;

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Draft, Entry, RecordId, View, Volume, With, store::NewJob};

use crate::{
    Gate, Refusal, Refused, Viewer, kinds,
    policy::{Grant, Grantee, draft, own},
};

/// What the line of a list says when it was seen in the list of a professional's patients.
pub const WORKLIST: &str = "worklist";

/// The job that files a record with whom it was entrusted to.
pub const FILE_ENTRUSTED: &str = "file entrusted";

/// After so long without a look, the next look is another visit.
const APART: SignedDuration = SignedDuration::from_mins(30);
/// How exactly the end of a visit is known.
const GRAIN: SignedDuration = SignedDuration::from_mins(5);

/// A record in a professional's register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visited {
    /// Which.
    pub record: RecordId,
    /// The last look of the visit before; `None` when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Timestamp>,
    /// The last look, give or take a few minutes; `None` when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
    /// When it was entrusted to them, before any look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrusted: Option<Timestamp>,
    /// How many things their list said that came since; `None` when it said nothing yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<u32>,
}

impl Visited {
    /// Since when what comes is new.
    pub fn since(&self) -> Timestamp {
        self.last.or(self.entrusted).unwrap_or_default()
    }
}

/// A record on its way to a register.
#[derive(Debug, Serialize, Deserialize)]
struct Entrusted {
    to: String,
    record: RecordId,
    at: Timestamp,
}

#[derive(Debug, Clone, Default)]
struct Visits {
    all: HashMap<Id, Visited>,
}

impl Visits {
    fn of(&self, id: Id) -> Option<&Visited> {
        self.all.get(&id)
    }
}

impl View for Visits {
    const VOLUME: Volume = Volume::Agenda;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.kind == kinds::VISIT {
            self.all.insert(entry.id, own(&entry.body()?)?);
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        64 + self.all.len() * 140
    }
}

/// The visit that goes on, or begins, with a look at `now`.
fn looking(known: Option<&Visited>, record: RecordId, now: Timestamp) -> Visited {
    let last = known.and_then(|known| known.last);
    let before = match (known, last) {
        (_, Some(last)) if now.duration_since(last) > APART => Some(last),
        (Some(known), _) => known.before,
        (None, _) => None,
    };
    Visited {
        record,
        before,
        last: Some(now),
        entrusted: known.and_then(|known| known.entrusted),
        told: None,
    }
}

/// The register of a place, among those of professionals.
fn place(facility: &str) -> String {
    format!("carnet:entrusted:{facility}")
}

impl Gate {
    /// Notes that a professional looks at a record now.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else.
    pub async fn opened(
        &self,
        viewer: &Viewer,
        record: RecordId,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let register = register_of(viewer)?;
        let id = self.line_of(register, record);
        let entry = |visits: &Visits| {
            let known = visits.of(id);
            let last = known.and_then(|known| known.last.filter(|_| known.told.is_none()));
            let fresh = last.is_some_and(|last| now.duration_since(last) <= GRAIN);
            let visit = looking(known, record, now);
            (!fresh).then(|| draft(Volume::Agenda, kinds::VISIT, id, &visit))
        };
        self.register_over(register, entry).await.map(drop)
    }

    /// When a professional last looked at a record before the visit that a look at `now` belongs
    /// to; `None` when they never did.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else.
    pub async fn last_opened(
        &self,
        viewer: &Viewer,
        record: RecordId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, Refused> {
        let register = register_of(viewer)?;
        let id = self.line_of(register, record);
        let register = self.opener().open::<Visits>(register).await?;
        Ok(looking(register.view.of(id), record, now).before)
    }

    /// Whether a professional ever looked at a record.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else.
    pub async fn has_opened(&self, viewer: &Viewer, record: RecordId) -> Result<bool, Refused> {
        let register = register_of(viewer)?;
        let id = self.line_of(register, record);
        let register = self.opener().open::<Visits>(register).await?;
        let known = register.view.of(id);
        Ok(known.is_some_and(|known| known.last.is_some()))
    }

    /// Notes what a professional's list says that came since.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else.
    pub async fn told_new(
        &self,
        viewer: &Viewer,
        visit: &Visited,
        told: u32,
    ) -> Result<(), Refused> {
        let register = register_of(viewer)?;
        let id = self.line_of(register, visit.record);
        let entry = |visits: &Visits| {
            let known = visits.of(id).unwrap_or(visit);
            // Looked at meanwhile: nothing came since.
            let same = known.last == visit.last && known.told != Some(told);
            let said = Visited {
                told: Some(told),
                ..known.clone()
            };
            same.then(|| draft(Volume::Agenda, kinds::VISIT, id, &said))
        };
        self.register_over(register, entry).await.map(drop)
    }

    /// The records in a professional's register and in that of the place where they are at work,
    /// the last one opened, or entrusted, first.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else.
    pub async fn visited(&self, viewer: &Viewer) -> Result<Vec<Visited>, Refused> {
        let register = register_of(viewer)?;
        let opened = self.opener().open::<Visits>(register).await?;
        let mut all: Vec<Visited> = opened.view.all.values().cloned().collect();
        let facility = viewer
            .professional()
            .and_then(|who| who.facility_id.as_deref());
        let there = match facility {
            Some(facility) => self.store().professional(&place(facility)).await?,
            None => None,
        };
        if let Some(there) = there {
            let entrusted = self.opener().open::<Visits>(there).await?;
            let own = |one: &&Visited| opened.view.of(self.line_of(register, one.record)).is_none();
            all.extend(entrusted.view.all.values().filter(own).cloned());
        }
        all.sort_by_key(|visit| std::cmp::Reverse((visit.since(), visit.record.0)));
        Ok(all)
    }

    /// The work, in the append that entrusts a record to somebody, to file it with them.
    pub(crate) fn entrusts(&self, record: RecordId, drafts: &[Draft], now: Timestamp) -> With {
        let grants = drafts.iter().filter(|draft| draft.kind == kinds::GRANT);
        let grants = grants.filter_map(|draft| own::<Grant>(&draft.body).ok());
        let held = grants.filter(|grant| grant.in_force(now));
        held.fold(With::nothing(), |with, grant| {
            let to = match grant.to {
                Grantee::Professional(to) => to,
                Grantee::Facility(facility) | Grantee::Team { facility, .. } => place(&facility),
            };
            let at = now;
            let filing = Entrusted { to, record, at };
            let payload = serde_json::to_vec(&filing).expect("a filing is JSON");
            with.and(self.store().enqueue(NewJob {
                name: FILE_ENTRUSTED,
                dedup: None,
                due: now,
                payload,
            }))
        })
    }

    /// Does the job [`FILE_ENTRUSTED`]; twice is once.
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn file_entrusted(&self, payload: &[u8]) -> Result<(), Refused> {
        let filing: Entrusted =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        let register = self.register_of(&filing.to).await?;
        let id = self.line_of(register, filing.record);
        let entry = |visits: &Visits| {
            let visit = Visited {
                record: filing.record,
                before: None,
                last: None,
                entrusted: Some(filing.at),
                told: None,
            };
            let known = visits.of(id).is_some();
            (!known).then(|| draft(Volume::Agenda, kinds::VISIT, id, &visit))
        };
        self.register_over(register, entry).await.map(drop)
    }

    /// The name of a record in a register: it means nothing elsewhere.
    fn line_of(&self, register: RecordId, record: RecordId) -> Id {
        Id(self
            .store()
            .short("visit", &[register.0.0, record.0.0].concat()))
    }
}

/// A professional's own record.
fn register_of(viewer: &Viewer) -> Result<RecordId, Refused> {
    match viewer.professional() {
        Some(_) => Ok(RecordId(viewer.account)),
        None => Err(Refusal::NoWayIn.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_goes_on_until_half_an_hour_without_a_look() {
        let at = |minute: i64| {
            let start: Timestamp = "2026-06-12T08:00:00Z".parse().expect("an instant");
            let later = start.saturating_add(SignedDuration::from_mins(minute));
            later.expect("near")
        };
        let record = RecordId(Id([1; 16]));
        let first = looking(None, record, at(0));
        assert_eq!((first.before, first.last), (None, Some(at(0))));
        let goes_on = looking(Some(&first), record, at(29));
        assert_eq!((goes_on.before, goes_on.last), (None, Some(at(29))));
        let second = looking(Some(&goes_on), record, at(60));
        assert_eq!((second.before, second.last), (Some(at(29)), Some(at(60))));
        let entrusted = Visited {
            last: None,
            entrusted: Some(at(0)),
            ..first
        };
        let looked = looking(Some(&entrusted), record, at(120));
        assert_eq!((looked.before, looked.entrusted), (None, Some(at(0))));
    }
}
