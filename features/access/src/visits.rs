//! When a professional last looked at a record, so that what came since is known.
//!
//! It says which record and when, and no more: no name, nothing of what was seen. It lies sealed in
//! the professional's own record. A page that shows a record is given once both the
//! line in the person's journal and this one are durable.

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Entry, RecordId, View, Volume};

use crate::{
    Gate, Refusal, Refused, Viewer, kinds,
    policy::{draft, own},
};

/// After so long without a look, the next look is another visit.
const APART: SignedDuration = SignedDuration::from_mins(30);
/// How exactly the end of a visit is known.
const GRAIN: SignedDuration = SignedDuration::from_mins(5);

/// A record that a professional looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Looked {
    /// Which.
    pub record: RecordId,
    /// The last look of the visit before; `None` when there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Timestamp>,
    /// The last look, give or take a few minutes.
    pub last: Timestamp,
}

#[derive(Debug, Clone, Default)]
struct Visits {
    all: Vec<(Id, Looked)>,
}

impl View for Visits {
    const VOLUME: Volume = Volume::Agenda;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.kind == kinds::VISIT {
            let opening: Looked = own(&entry.body()?)?;
            match self.all.iter_mut().find(|(id, _)| *id == entry.id) {
                Some((_, known)) => *known = opening,
                None => self.all.push((entry.id, opening)),
            }
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        64 + self.all.len() * 120
    }
}

/// The visit that goes on, or begins, with a look at `now`.
fn looking(known: Option<&Looked>, record: RecordId, now: Timestamp) -> Looked {
    let before = match known {
        None => None,
        Some(known) if now.duration_since(known.last) > APART => Some(known.last),
        Some(known) => known.before,
    };
    Looked {
        record,
        before,
        last: now,
    }
}

impl Gate {
    /// Notes that a professional looks at a record now, and says when they last did before this
    /// visit; `None` on the first one.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else.
    pub async fn opened(
        &self,
        viewer: &Viewer,
        record: RecordId,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, Refused> {
        let (register, id) = self.place(viewer, record)?;
        let entry = |openings: &Visits| {
            let known = openings.all.iter().find(|(known, _)| *known == id);
            let known = known.map(|(_, opening)| opening);
            let fresh = known.is_some_and(|known| now.duration_since(known.last) <= GRAIN);
            let opening = looking(known, record, now);
            (!fresh).then(|| draft(Volume::Agenda, kinds::VISIT, id, &opening))
        };
        self.register_over(register, entry).await?;
        let register = self.opener().open::<Visits>(register).await?;
        let mut all = register.view.all.iter();
        Ok(all
            .find(|(known, _)| *known == id)
            .and_then(|(_, opening)| opening.before))
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
        let (register, id) = self.place(viewer, record)?;
        let register = self.opener().open::<Visits>(register).await?;
        let known = register.view.all.iter().find(|(known, _)| *known == id);
        Ok(looking(known.map(|(_, opening)| opening), record, now).before)
    }

    /// A professional's register, and the name in it of a record: it means nothing elsewhere.
    fn place(&self, viewer: &Viewer, record: RecordId) -> Result<(RecordId, Id), Refused> {
        if viewer.professional().is_none() {
            return Err(Refusal::NoWayIn.into());
        }
        let whose = [viewer.account.0, record.0.0].concat();
        let mac = self.store().blind("visit", &whose);
        let mut id = [0; 16];
        id.copy_from_slice(&mac[..16]);
        Ok((RecordId(viewer.account), Id(id)))
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
        assert_eq!((first.before, first.last), (None, at(0)));
        let goes_on = looking(Some(&first), record, at(29));
        assert_eq!((goes_on.before, goes_on.last), (None, at(29)));
        let second = looking(Some(&goes_on), record, at(60));
        assert_eq!((second.before, second.last), (Some(at(29)), at(60)));
    }
}
