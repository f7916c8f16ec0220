//! Reading the journal: only lines about what the viewer may see.
//!
//! A line about something hidden from the reader is as absent as the thing
//! itself: from pages, counts and cursors. So a cursor is an instant, never a
//! sequence number, which would count what is hidden.

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    pin::Pin,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
};

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer};
use vault::{OpenError, Opener, RecordId};

use super::{
    Clearance, Gate, Plan, Refused,
    recent::{self, CHUNK, Line},
};
use crate::{
    Act, Acting, Decision, Refusal, Sought, decide,
    desk::Seen,
    item::Item,
    journal::{Trace, Who},
    secret,
    shelf::{Key, Shelf},
    unread::{Counting, Next, Unread},
};

/// How far from their order lines may stand that were written at the same time.
const APART: SignedDuration = SignedDuration::from_mins(5);

type Lookup = Box<dyn Fn(Id) -> Option<Item> + Send + Sync>;
type Opening<'a> = Pin<Box<dyn Future<Output = Result<Lookup, OpenError>> + Send + 'a>>;

/// Opens what lines are about.
pub(super) type OpenItems = Box<dyn for<'a> Fn(&'a Opener, RecordId) -> Opening<'a> + Send + Sync>;

/// Where a page of the journal ends: an instant, and how many lines of that instant were shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    at: Timestamp,
    shown: usize,
}

/// A page of the journal, newest first.
#[derive(Debug, Default)]
pub struct HistoryPage {
    /// The lines.
    pub lines: Vec<Trace>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
}

/// Which stretch of the journal is gone through.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// Where a page begins.
    pub after: Option<Cursor>,
    /// Before this instant.
    pub before: Option<Timestamp>,
    /// Not before this instant.
    pub since: Option<Timestamp>,
}

/// Lines with their sequence, which is for ourselves alone.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub lines: Vec<(u64, Trace)>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
}

impl Found {
    fn page(self) -> HistoryPage {
        HistoryPage {
            lines: self.lines.into_iter().map(|(_, line)| line).collect(),
            next: self.next,
        }
    }

    /// Where the page after these lines begins.
    fn cursor(&self, after: Option<Cursor>) -> Option<Cursor> {
        let (_, last) = self.lines.last()?;
        let shown = self.lines.iter().filter(|(_, line)| line.at == last.at);
        let before = after.filter(|after| after.at == last.at);
        Some(Cursor {
            at: last.at,
            shown: shown.count() + before.map_or(0, |after| after.shown),
        })
    }
}

impl Gate {
    /// Says what lines of the journal are about, so that those about hidden things are left out.
    ///
    /// Without it, no line about a thing is shown.
    #[must_use]
    pub fn over<S: Shelf>(mut self) -> Self {
        self.items = Some(Box::new(|opener, record| {
            Box::pin(async move {
                let shelf: Arc<vault::Opened<S>> = opener.open(record).await?;
                let lookup = move |id| {
                    shelf
                        .view
                        .thing(&Key::OURS, id)
                        .map(|thing| S::item(thing).clone())
                };
                Ok(Box::new(lookup) as Lookup)
            })
        }));
        self
    }
}

impl Clearance<'_> {
    /// A page of the journal, newest first, from `after` on; leaves a line of its own.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn history(
        self,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<HistoryPage, Refused> {
        self.history_of(&Sought::default(), after, limit).await
    }

    /// A page of what is asked for, whole as long as there is more; leaves a line of its own.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn history_of(
        self,
        asked: &Sought,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<HistoryPage, Refused> {
        let found = self.asked(asked, after, limit).await?;
        self.showing(found.page(), None).await
    }

    /// All that is asked for, to take home; `None` when it is more than `most`. Leaves a line of
    /// its own, which is not in it.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn export(
        self,
        asked: &Sought,
        format: &str,
        most: usize,
    ) -> Result<Option<Vec<Trace>>, Refused> {
        let found = self.asked(asked, None, most).await?;
        if found.next.is_some() {
            return Ok(None);
        }
        let page = self.showing(found.page(), Some(format)).await?;
        Ok(Some(page.lines))
    }

    /// A page of the lines that `keep` keeps in a stretch of time, for software of the person's
    /// own; leaves a line of its own.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn audit(
        self,
        span: &Span,
        after: Option<Cursor>,
        limit: usize,
        keep: impl Fn(&Trace) -> bool,
    ) -> Result<HistoryPage, Refused> {
        let span = Span { after, ..*span };
        let found = self.lines_of(span, limit, |_, line| keep(line)).await?;
        self.showing(found.page(), Some("fhir")).await
    }

    /// One line by its name; leaves a line of its own.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when there is none of that name that the viewer may know of.
    pub async fn audit_one(self, id: Id) -> Result<Trace, Refused> {
        let found = self
            .lines_of(Span::default(), 1, |_, line| line.id == id)
            .await?;
        let mut page = self.showing(found.page(), Some("fhir")).await?;
        page.lines.pop().ok_or(Refused::NotFound)
    }

    async fn showing(
        self,
        page: HistoryPage,
        detail: Option<&str>,
    ) -> Result<HistoryPage, Refused> {
        let count = page.lines.len();
        self.act::<_, Refused>(|_| {
            let plan = Plan::new(()).counting(count);
            Ok(match detail {
                Some(detail) => plan.noting(detail),
                None => plan,
            })
        })
        .await?;
        Ok(page)
    }

    async fn asked(
        &self,
        asked: &Sought,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Found, Refused> {
        let span = Span {
            after,
            before: asked.before,
            since: asked.since,
        };
        // A professional's name in addresses costs a keyed hash: once for each.
        let named = Mutex::new(HashMap::new());
        let is_one = |line: &Trace| match (&asked.one, &line.who) {
            (None, _) => true,
            (Some(one), Who::Professional { id, .. }) => {
                let mut named = named.lock().unwrap_or_else(PoisonError::into_inner);
                let known = named.entry(id.clone());
                *known.or_insert_with(|| self.one_of(&line.who).as_ref() == Some(one))
            }
            (Some(_), _) => false,
        };
        let keep = |_, line: &Trace| asked.keeps(line, self.viewer) && is_one(line);
        self.lines_of(span, limit, keep).await
    }

    /// What stands for a professional in the addresses of this space: nobody else can tell whom.
    pub fn one_of(&self, who: &Who) -> Option<String> {
        let Who::Professional { id, .. } = who else {
            return None;
        };
        let name = [&self.record.0.0[..], id.as_bytes()].concat();
        Some(Id(self.gate.store.short("history of one", &name)).to_string())
    }

    /// The lines that are asked for, newest first: a whole page of them as long as there are any.
    /// Leaves no line.
    pub(crate) async fn lines_of(
        &self,
        span: Span,
        limit: usize,
        keep: impl Fn(u64, &Trace) -> bool,
    ) -> Result<Found, Refused> {
        let Span {
            after,
            before,
            since,
        } = span;
        let mut found = Found::default();
        let mut same_instant = 0;
        let mut walk = self.walk();
        let begin = after.map(|after| after.at).into_iter().chain(before).min();
        if let Some(begin) = begin {
            walk.begin_at(begin).await?;
        }
        while let Some((seq, trace)) = walk.next().await? {
            if since.is_some_and(|since| trace.at < since) {
                break;
            }
            if before.is_some_and(|before| trace.at >= before) || !keep(seq, &trace) {
                continue;
            }
            if let Some(after) = after {
                same_instant += usize::from(trace.at == after.at);
                if trace.at > after.at || trace.at == after.at && same_instant <= after.shown {
                    continue;
                }
            }
            if found.lines.len() == limit {
                found.next = found.cursor(after);
                break;
            }
            found.lines.push((seq, Arc::unwrap_or_clone(trace)));
        }
        Ok(found)
    }

    /// The last lines that the person is told of, newest first, with their sequence; `depth` lines are read.
    ///
    /// Leaves no line: it is part of being signed in to one's own space.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn notices(&self, depth: usize) -> Result<Vec<(u64, Trace)>, Refused> {
        let mut told = Vec::new();
        let mut walk = self.walk();
        for _ in 0..depth {
            match walk.next().await? {
                Some((seq, line)) if line.notice().is_some() => {
                    told.push((seq, Arc::unwrap_or_clone(line)));
                }
                Some(_) => {}
                None => break,
            }
        }
        Ok(told)
    }

    /// The last lines that who is looking is told of, however long ago; leaves no line.
    pub(crate) async fn last_notices(&self) -> Result<Vec<(u64, Trace)>, Refused> {
        let mut told = Vec::new();
        let mut walk = self.walk();
        for (seq, line) in &self.gate.telling(self.record).await?.lines {
            if told.len() == recent::BELL {
                break;
            }
            if line.notice_to(self.viewer).is_some() && walk.may_know(line).await? {
                told.push((*seq, Trace::clone(line)));
            }
        }
        Ok(told)
    }

    /// How many notices who is looking has not read; leaves no line. Counted no further than the
    /// bell says, and than what they read before.
    pub(crate) async fn unread_of(&self, seen: &Seen) -> Result<Unread, Refused> {
        let telling = self.gate.telling(self.record).await?;
        let mut walk = self.walk();
        let mut count = Counting::new(seen);
        for (seq, line) in &telling.lines {
            let open = match count.next(*seq, line.id) {
                Next::Over => return Ok(count.done(true)),
                Next::Read => false,
                Next::New => true,
            };
            if open && line.notice_to(self.viewer).is_some() && walk.may_know(line).await? {
                count.add();
            }
        }
        Ok(count.done(telling.whole))
    }

    /// What each line is about, when the viewer could open it now.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn lead_to(
        &self,
        lines: impl Iterator<Item = &Trace>,
    ) -> Result<Vec<Option<Id>>, Refused> {
        let mut walk = self.walk();
        let mut led = vec![];
        for line in lines {
            led.push(walk.leads_to(line).await?);
        }
        Ok(led)
    }

    /// Whether the viewer may know of what a line is about.
    pub(crate) async fn may_know(&self, line: &Trace) -> Result<bool, Refused> {
        self.walk().may_know(line).await
    }

    /// What a professional did at an instant, among the last `depth` lines that the viewer may see.
    pub(crate) async fn professional_line(
        &self,
        at: Timestamp,
        depth: usize,
    ) -> Result<Option<Trace>, Refused> {
        let mut walk = self.walk();
        for _ in 0..depth {
            match walk.next().await? {
                Some((_, line)) if line.at < at => break,
                Some((_, line)) => {
                    if line.at == at && matches!(line.who, Who::Professional { .. }) {
                        return Ok(Some(Arc::unwrap_or_clone(line)));
                    }
                }
                None => break,
            }
        }
        Ok(None)
    }

    pub(super) fn walk(&self) -> Walk<'_> {
        Walk {
            clearance: self,
            read: Vec::new().into_iter(),
            before: Some(u64::MAX),
            items: None,
        }
    }
}

/// Goes through the journal from its end, leaving out what the viewer may not know of.
pub(super) struct Walk<'a> {
    clearance: &'a Clearance<'a>,
    read: std::vec::IntoIter<Line>,
    /// Where the next chunk begins; `None` at the beginning of the journal.
    before: Option<u64>,
    items: Option<Lookup>,
}

impl Walk<'_> {
    /// Passes over what is surely newer than an instant.
    pub(super) async fn begin_at(&mut self, at: Timestamp) -> Result<(), Refused> {
        let Clearance { gate, record, .. } = self.clearance;
        // Lines are in order but for those that were written at the same time.
        let late = at.saturating_add(APART).unwrap_or(Timestamp::MAX);
        let recent = gate.recent(*record).await?;
        let Some((oldest, _)) = recent.last().filter(|(_, line)| line.at > late) else {
            return Ok(());
        };
        // The oldest line that is known to be newer, and the newest that is not.
        let (mut newer, mut older) = (*oldest, 0);
        while newer - older > CHUNK as u64 {
            let middle = older + (newer - older) / 2;
            let line = gate.lines_before(*record, middle + 1, 1).await?;
            match line.first().is_some_and(|(_, line)| line.at > late) {
                true => newer = middle,
                false => older = middle,
            }
        }
        self.before = Some(newer);
        Ok(())
    }

    pub(super) async fn next(&mut self) -> Result<Option<Line>, Refused> {
        loop {
            match self.read.next() {
                Some((seq, trace)) => {
                    if self.may_know(&trace).await? {
                        return Ok(Some((seq, trace)));
                    }
                }
                None => match self.before {
                    Some(before) => self.read(before).await?,
                    None => return Ok(None),
                },
            }
        }
    }

    async fn read(&mut self, before: u64) -> Result<(), Refused> {
        let Clearance { gate, record, .. } = self.clearance;
        let lines = match before {
            u64::MAX => gate.recent(*record).await?.to_vec(),
            before => gate.lines_before(*record, before, CHUNK).await?,
        };
        self.before = lines.last().map(|(seq, _)| *seq).filter(|seq| *seq > 1);
        self.read = lines.into_iter();
        Ok(())
    }

    async fn may_know(&mut self, trace: &Trace) -> Result<bool, Refused> {
        let Clearance {
            gate,
            viewer,
            policy,
            ..
        } = self.clearance;
        let represents = matches!(viewer.acting, Acting::Representative { .. });
        if represents && secret::hides(trace, &policy.view, gate.clock.now()) {
            return Ok(false);
        }
        let Some(subject) = trace.subject else {
            return Ok(true);
        };
        if gate.items.is_none() {
            return Ok(false);
        }
        // What was erased leaves its lines: the person deleted it themself, or saw it withdrawn.
        let decision = self.decision(subject).await?;
        Ok(decision != Some(Err(Refusal::Hidden)))
    }

    async fn leads_to(&mut self, trace: &Trace) -> Result<Option<Id>, Refused> {
        let Some(subject) = trace.subject else {
            return Ok(None);
        };
        let decision = self.decision(subject).await?;
        Ok(matches!(decision, Some(Ok(_))).then_some(subject))
    }

    /// Whether the viewer may read a thing; `None` when there is none of that name.
    async fn decision(&mut self, subject: Id) -> Result<Option<Decision>, Refused> {
        let Clearance {
            gate,
            record,
            viewer,
            policy,
            ..
        } = self.clearance;
        if self.items.is_none() {
            let Some(open) = &gate.items else {
                return Ok(None);
            };
            self.items = Some(open(&gate.opener, *record).await?);
        }
        let Some(item) = self.items.as_ref().and_then(|items| items(subject)) else {
            return Ok(None);
        };
        let now = gate.clock.now();
        let rules = gate.rules();
        let act = Act::Read;
        Ok(Some(decide(
            viewer,
            &policy.view,
            act,
            Some(&item),
            &rules,
            now,
        )))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.as_microsecond(), self.shown)
    }
}

impl FromStr for Cursor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = "not a cursor";
        let (at, shown) = text.split_once('.').ok_or(bad)?;
        let at = at
            .parse()
            .ok()
            .and_then(|at| Timestamp::from_microsecond(at).ok());
        Ok(Self {
            at: at.ok_or(bad)?,
            shown: shown.parse().map_err(|_| bad)?,
        })
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
