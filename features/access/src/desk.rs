//! What the person has already seen: so that only what is new is counted.

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Entry, Opened, RecordId, View, Volume};

use crate::{
    gate::{Clearance, Cursor, Refused, Span},
    journal::Trace,
    kinds,
    policy::{draft, own},
    unread::Unread,
};

/// Notices that are marked one by one, of each who reads them; the oldest are let go of.
const TURNED: usize = 200;
/// After so long without a look at the list, the next look is another visit.
const APART: SignedDuration = SignedDuration::from_mins(30);
/// How exactly the end of a visit is known.
const GRAIN: SignedDuration = SignedDuration::from_mins(5);

/// The person's desk.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Desk {
    /// The last line of the journal when the notices were last read, by whoever is not in `seen`.
    #[serde(default)]
    pub notices_seen: u64,
    /// What each who may act here has read of the notices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Seen>,
    /// When each who may act here last looked at the list.
    #[serde(default)]
    pub visits: Vec<Visit>,
}

/// What somebody has read of the notices: all up to a line, but for those marked one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Who, by their own record.
    pub by: RecordId,
    /// All up to this line of the journal, but for `turned`.
    pub upto: u64,
    /// Lines that are newer and read, or older and not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turned: Vec<Id>,
    /// What they have read up to this line they do not want to see any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared: Option<u64>,
}

impl Seen {
    /// All read up to a line, and nothing marked.
    pub(crate) fn up_to(by: RecordId, upto: u64) -> Self {
        Self {
            by,
            upto,
            turned: vec![],
            cleared: None,
        }
    }

    fn has(&self, seq: u64, line: Id) -> bool {
        (seq <= self.upto) != self.turned.contains(&line)
    }

    fn mark(&mut self, (seq, line): (u64, Id), read: bool) {
        if self.has(seq, line) == read {
            return;
        }
        match self.turned.iter().position(|known| *known == line) {
            Some(known) => drop(self.turned.remove(known)),
            None => self.turned.push(line),
        }
        let beyond = self.turned.len().saturating_sub(TURNED);
        self.turned.drain(..beyond);
    }
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
    /// Not read yet.
    pub new: bool,
}

/// A page of notices, newest first.
#[derive(Debug, Default)]
pub struct ToldPage {
    /// The notices.
    pub told: Vec<Told>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
}

impl Desk {
    fn seen_by(&self, by: Option<RecordId>) -> Option<&Seen> {
        self.seen.iter().find(|seen| Some(seen.by) == by)
    }

    fn is_new(&self, by: Option<RecordId>, seq: u64, line: &Trace) -> bool {
        match self.seen_by(by) {
            Some(seen) => !seen.has(seq, line.id),
            None => seq > self.notices_seen,
        }
    }
}

impl Clearance<'_> {
    /// The last notices, newest first, each with whether it is new.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn told(&self) -> Result<Vec<Told>, Refused> {
        let desk = self.desk::<Desk>().await?;
        let by = self.viewer().at_home();
        let lines = self.last_notices().await?.into_iter();
        Ok(lines
            .map(|(seq, trace)| Told {
                new: desk.view.is_new(by, seq, &trace),
                trace,
            })
            .collect())
    }

    /// How many notices are new, as the bell says it.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn unread(&self) -> Result<Unread, Refused> {
        let desk = self.desk::<Desk>().await?;
        let by = self.viewer().at_home();
        let seen = desk.view.seen_by(by).cloned();
        let seen = seen.unwrap_or_else(|| {
            Seen::up_to(by.unwrap_or_else(|| self.record()), desk.view.notices_seen)
        });
        self.unread_of(&seen).await
    }

    /// A page of all notices, from `after` on; of those that are new alone when asked.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn told_page(
        &self,
        after: Option<Cursor>,
        limit: usize,
        only_new: bool,
    ) -> Result<ToldPage, Refused> {
        let span = Span {
            after,
            ..Span::default()
        };
        let desk = self.desk::<Desk>().await?;
        let viewer = self.viewer();
        let by = viewer.at_home();
        let new = |seq, line: &Trace| desk.view.is_new(by, seq, line);
        let cleared = desk.view.seen_by(by).and_then(|seen| seen.cleared);
        let shown = |seq, line: &Trace| new(seq, line) || (!only_new && Some(seq) > cleared);
        let told = |seq, line: &Trace| line.notice_to(viewer).is_some() && shown(seq, line);
        let page = self.lines_of(span, limit, told).await?;
        let told = page.lines.into_iter().map(|(seq, trace)| Told {
            new: new(seq, &trace),
            trace,
        });
        Ok(ToldPage {
            told: told.collect(),
            next: page.next,
        })
    }

    /// Notes that who is looking has read every notice up to now.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn seen_all(&self) -> Result<(), Refused> {
        let Some((newest, _)) = self.last_notices().await?.into_iter().next() else {
            return Ok(());
        };
        self.mark(move |seen| {
            seen.upto = seen.upto.max(newest);
            seen.turned.clear();
        })
        .await
    }

    /// Takes what they have read off the list of who is looking; the journal keeps it.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn clear_read(&self) -> Result<(), Refused> {
        let Some((newest, _)) = self.last_notices().await?.into_iter().next() else {
            return Ok(());
        };
        self.mark(move |seen| seen.cleared = seen.cleared.max(Some(newest)))
            .await
    }

    /// Notes that who is looking has read one notice, by the name of its line, or has not.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when they have no such notice.
    pub async fn mark_notice(&self, line: Id, read: bool) -> Result<(), Refused> {
        let viewer = self.viewer();
        let one = |_, one: &Trace| one.id == line && one.notice_to(viewer).is_some();
        let found = self.lines_of(Span::default(), 1, one).await?;
        let (seq, _) = found.lines.first().ok_or(Refused::NotFound)?;
        let seq = *seq;
        self.mark(move |seen| seen.mark((seq, line), read)).await
    }

    async fn mark(&self, change: impl Fn(&mut Seen)) -> Result<(), Refused> {
        let Some(by) = self.viewer().at_home() else {
            return Ok(());
        };
        let change = |desk: &Desk| {
            let mut next = desk.clone();
            let mut seen = match desk.seen_by(Some(by)) {
                Some(seen) => seen.clone(),
                // What was read before each reader had a mark of their own.
                None => Seen::up_to(by, desk.notices_seen),
            };
            change(&mut seen);
            if desk.seen_by(Some(by)) == Some(&seen) {
                return None;
            }
            next.seen.retain(|seen| seen.by != by);
            next.seen.push(seen);
            Some(draft(Volume::Agenda, kinds::DESK, kinds::only::DESK, &next))
        };
        let (gate, record) = (self.gate(), self.record());
        gate.register_over(record, change).await.map(drop)
    }

    /// When who is looking last looked at the list before this visit; `None` on the first one,
    /// and for whoever is not at home here.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn last_visit(&self) -> Result<Option<Timestamp>, Refused> {
        let desk = self.desk::<Desk>().await?;
        let visit = self
            .viewer()
            .at_home()
            .and_then(|by| desk.view.visit_of(by));
        Ok(visit.and_then(|visit| visit.before))
    }

    /// The same, noting that they look now.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn visit(&self, now: Timestamp) -> Result<Option<Timestamp>, Refused> {
        let Some(by) = self.viewer().at_home() else {
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

    async fn replace_desk(&self, desk: &Opened<Desk>, next: &Desk) -> Result<(), Refused> {
        let entry = draft(Volume::Agenda, kinds::DESK, kinds::only::DESK, next);
        self.put_desk(desk.over(entry)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_read_or_not_whatever_was_marked_before() {
        let line = |n: u64| (n, Id(u128::from(n).to_be_bytes()));
        let mut seen = Seen::up_to(RecordId(Id([1; 16])), 10);
        let has = |seen: &Seen, n| {
            let (seq, id) = line(n);
            seen.has(seq, id)
        };
        assert!(has(&seen, 10) && !has(&seen, 11));
        for read in [false, false, true, true, false] {
            seen.mark(line(5), read);
            seen.mark(line(20), read);
            assert_eq!((has(&seen, 5), has(&seen, 20)), (read, read));
            assert!(has(&seen, 6) && !has(&seen, 21), "others stay");
        }
        for n in 100..1_000 {
            seen.mark(line(n), true);
        }
        assert_eq!(seen.turned.len(), TURNED);
        assert!(has(&seen, 999));
    }

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
