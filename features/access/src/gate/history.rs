//! Reading the journal: only lines about what the viewer may see.
//!
//! A line about something hidden from the reader is as absent as the thing
//! itself: from pages, counts and cursors. So a cursor is an instant, never a
//! sequence number, which would count what is hidden.

use std::{fmt, future::Future, pin::Pin, str::FromStr, sync::Arc};

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use vault::{OpenError, Opener, RecordId};

use super::{
    Clearance, Gate, Plan, Refused,
    recent::{CHUNK, Line},
};
use crate::{
    Act, Refusal, decide,
    item::Item,
    journal::{Trace, Who},
    shelf::{Key, Shelf},
};

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
        let mut page = HistoryPage::default();
        let mut same_instant = 0;
        let mut walk = self.walk();
        while let Some((_, trace)) = walk.next().await? {
            if let Some(after) = after {
                same_instant += usize::from(trace.at == after.at);
                if trace.at > after.at || trace.at == after.at && same_instant <= after.shown {
                    continue;
                }
            }
            if page.lines.len() == limit {
                page.next = page.lines.last().map(|last| {
                    let shown = page.lines.iter().filter(|line| line.at == last.at).count();
                    let before = after.filter(|after| after.at == last.at);
                    Cursor {
                        at: last.at,
                        shown: shown + before.map_or(0, |after| after.shown),
                    }
                });
                break;
            }
            page.lines.push(Arc::unwrap_or_clone(trace));
        }
        let count = page.lines.len();
        self.act::<_, Refused>(|_| Ok(Plan::new(()).counting(count)))
            .await?;
        Ok(page)
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
        let Some(subject) = trace.subject else {
            return Ok(true);
        };
        let Clearance {
            gate,
            record,
            viewer,
            policy,
            ..
        } = self.clearance;
        if self.items.is_none() {
            let Some(open) = &gate.items else {
                return Ok(false);
            };
            self.items = Some(open(&gate.opener, *record).await?);
        }
        // What was erased leaves its lines: the person deleted it themself, or saw it withdrawn.
        let Some(item) = self.items.as_ref().and_then(|items| items(subject)) else {
            return Ok(true);
        };
        let now = gate.clock.now();
        let decision = decide(
            viewer,
            &policy.view,
            Act::Read,
            Some(&item),
            &gate.rules(),
            now,
        );
        Ok(decision != Err(Refusal::Hidden))
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
