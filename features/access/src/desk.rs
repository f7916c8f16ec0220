//! What the person has already seen: so that only what is new is counted.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Entry, Opened, RecordId, View, Volume};

use crate::{
    Acting,
    gate::{Clearance, Refused},
    journal::Trace,
    kinds,
    policy::{draft, own},
};

/// How far back the bell looks.
const BELL: usize = 60;
/// After so long without a look at the list, the next look is another visit.
const APART: SignedDuration = SignedDuration::from_mins(30);
/// How exactly the end of a visit is known.
const GRAIN: SignedDuration = SignedDuration::from_mins(5);

/// The person's desk.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Desk {
    /// The last line of the journal when the notices were last read.
    #[serde(default)]
    pub notices_seen: u64,
    /// When each who may act here last looked at the list.
    #[serde(default)]
    pub visits: Vec<Visit>,
}

/// When somebody looked at the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Visit {
    /// Who, by their own record.
    pub by: RecordId,
    /// The last look of the visit before; `None` when this one is the first.
    pub before: Option<Timestamp>,
    /// The last look, give or take a few minutes.
    pub last: Timestamp,
}

impl Desk {
    fn visit_of(&self, by: RecordId) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.by == by)
    }
}

/// The visit that goes on, or begins, with a look at `now`.
fn looking(known: Option<&Visit>, by: RecordId, now: Timestamp) -> Visit {
    match known {
        None => Visit {
            by,
            before: None,
            last: now,
        },
        Some(visit) if now.duration_since(visit.last) > APART => Visit {
            by,
            before: Some(visit.last),
            last: now,
        },
        Some(visit) => Visit {
            last: now,
            ..visit.clone()
        },
    }
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
        let next = Desk {
            notices_seen: newest,
            ..desk.view.clone()
        };
        self.replace_desk(&desk, &next).await
    }

    /// When who is looking last looked at the list before this visit; `None` on the first one,
    /// and for whoever is not at home here.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn last_visit(&self) -> Result<Option<Timestamp>, Refused> {
        let desk = self.desk::<Desk>().await?;
        let visit = self.visitor().and_then(|by| desk.view.visit_of(by));
        Ok(visit.and_then(|visit| visit.before))
    }

    /// The same, noting that they look now.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn visit(&self, now: Timestamp) -> Result<Option<Timestamp>, Refused> {
        let Some(by) = self.visitor() else {
            return Ok(None);
        };
        let desk = self.desk::<Desk>().await?;
        let known = desk.view.visit_of(by);
        let visit = looking(known, by, now);
        let before = visit.before;
        if known.is_none_or(|known| now.duration_since(known.last) > GRAIN) {
            let mut next = desk.view.clone();
            next.visits.retain(|visit| visit.by != by);
            next.visits.push(visit);
            self.replace_desk(&desk, &next).await?;
        }
        Ok(before)
    }

    fn visitor(&self) -> Option<RecordId> {
        match &self.viewer().acting {
            Acting::Holder(own) | Acting::Representative { own, .. } => Some(*own),
            _ => None,
        }
    }

    async fn replace_desk(&self, desk: &Opened<Desk>, next: &Desk) -> Result<(), Refused> {
        let entry = draft(Volume::Agenda, kinds::DESK, kinds::only::DESK, next);
        self.put_desk(desk.over(entry)).await
    }
}

#[cfg(test)]
mod tests {
    use ambient::Id;

    use super::*;

    #[test]
    fn a_visit_goes_on_until_half_an_hour_without_a_look() {
        let at = |minute: i64| {
            let start: Timestamp = "2026-06-12T08:00:00Z".parse().expect("an instant");
            start
                .saturating_add(SignedDuration::from_mins(minute))
                .expect("near")
        };
        let by = RecordId(Id([1; 16]));
        let first = looking(None, by, at(0));
        assert_eq!(first.before, None);
        let goes_on = looking(Some(&first), by, at(29));
        assert_eq!((goes_on.before, goes_on.last), (None, at(29)));
        let second = looking(Some(&goes_on), by, at(60));
        assert_eq!((second.before, second.last), (Some(at(29)), at(60)));
    }
}
