//! The last lines of journals, read once.
//!
//! Every page of a person counts what is new among the last lines. A line never
//! changes once it is written, so only lines that came since need reading; what a
//! viewer may know of them is decided each time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use vault::{BadEntry, Entry, Later, RecordId};

use super::{Gate, Refused};
use crate::journal::Trace;

/// Lines kept of each journal, and read at once.
pub(super) const CHUNK: usize = 64;
/// Journals of which lines are kept; about 40 kB each. Beyond, all are dropped.
const MOST: usize = 2_000;
/// How many notices the first page shows.
pub(super) const BELL: usize = 60;
/// How many are held for it: those that one viewer may not know of must not take the place of those
/// that they may, and do not unless they are most of these.
const HELD: usize = 4 * BELL;
/// How many lines are read for them when none is known yet, and at once.
const DEPTH: usize = 2_048;
const BLOCK: usize = 256;

/// A line with its sequence.
pub(super) type Line = (u64, Arc<Trace>);

/// The last lines of journals, newest first, each list without a gap.
#[derive(Default)]
pub(super) struct Recent(Kept<Vec<Line>>);

/// The last lines that tell somebody of something.
#[derive(Default)]
pub(super) struct Notices(Kept<Telling>);

/// Lines that tell of something, newest first, of all up to a sequence.
#[derive(Default)]
pub(super) struct Telling {
    newest: u64,
    pub(super) lines: Vec<Line>,
    /// There is none before these.
    pub(super) whole: bool,
}

/// Something of each journal.
struct Kept<T>(Mutex<HashMap<RecordId, Arc<T>>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Kept<T> {
    fn get(&self, record: RecordId) -> Option<Arc<T>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&record).cloned()
    }

    fn put(&self, record: RecordId, lines: &Arc<T>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(record, Arc::clone(lines));
    }
}

impl Gate {
    /// The last lines of a journal, [`CHUNK`] at the most, newest first.
    pub(super) fn recent(&self, record: RecordId) -> Later<'_, Result<Arc<Vec<Line>>, Refused>> {
        Box::pin(async move {
            let held = self.recent.0.get(record).unwrap_or_default();
            let newest = held.first().map_or(0, |(seq, _)| *seq);
            let missing = match self.opener.journal_last(record) {
                Some(last) => usize::try_from(last.saturating_sub(newest)).unwrap_or(CHUNK),
                None => CHUNK,
            };
            if missing == 0 {
                return Ok(held);
            }
            let mut lines = self
                .lines_before(record, u64::MAX, missing.min(CHUNK))
                .await?;
            // Others may have come while these were read: then they do not reach what is held.
            if lines.last().is_some_and(|(seq, _)| *seq > newest + 1) && lines.len() < CHUNK {
                lines = self.lines_before(record, u64::MAX, CHUNK).await?;
            }
            if lines.last().is_some_and(|(seq, _)| *seq <= newest + 1) {
                lines.retain(|(seq, _)| *seq > newest);
                lines.extend(held.iter().cloned());
                lines.truncate(CHUNK);
            }
            let lines = Arc::new(lines);
            self.recent.0.put(record, &lines);
            Ok(lines)
        })
    }

    /// The last lines that tell of something, newest first: [`HELD`] at the most.
    pub(super) async fn telling(&self, record: RecordId) -> Result<Arc<Telling>, Refused> {
        let recent = self.recent(record).await?;
        let newest = recent.first().map_or(0, |(seq, _)| *seq);
        let held = self.notices.0.get(record);
        if let Some(held) = held.as_ref().filter(|held| held.newest == newest) {
            return Ok(Arc::clone(held));
        }
        let known = held.as_ref().map_or(0, |held| held.newest);
        let tells = |(_, line): &Line| line.notice().is_some();
        let fresh = recent.iter().filter(|(seq, _)| *seq > known);
        let mut telling: Vec<Line> = fresh.filter(|line| tells(line)).cloned().collect();
        let mut before = recent.last().map_or(0, |(seq, _)| *seq);
        match held {
            // What came since is among the last lines.
            Some(held) if before <= known + 1 => {
                telling.extend(held.lines.iter().cloned());
                // As far back as was known.
                before = if held.whole { 1 } else { before.max(2) };
            }
            _ => {
                telling = recent.iter().filter(|line| tells(line)).cloned().collect();
                for _ in 0..DEPTH / BLOCK {
                    if before <= 1 || telling.len() >= HELD {
                        break;
                    }
                    let lines = self.lines_before(record, before, BLOCK).await?;
                    before = lines.last().map_or(0, |(seq, _)| *seq);
                    telling.extend(lines.into_iter().filter(tells));
                }
            }
        }
        let whole = before <= 1 && telling.len() <= HELD;
        telling.truncate(HELD);
        let telling = Arc::new(Telling {
            newest,
            lines: telling,
            whole,
        });
        self.notices.0.put(record, &telling);
        Ok(telling)
    }

    /// Lines older than sequence `before`, newest first.
    pub(super) fn lines_before(
        &self,
        record: RecordId,
        before: u64,
        limit: usize,
    ) -> Later<'_, Result<Vec<Line>, Refused>> {
        Box::pin(async move {
            let entries = self.opener.journal(record, before, limit).await?;
            let read = |entry: &Entry| Ok((entry.seq, Arc::new(Trace::read(entry)?)));
            let lines: Result<_, BadEntry> = entries.iter().map(read).collect();
            lines.map_err(|error| Refused::Failed(error.into()))
        })
    }
}
