//! The last lines of journals, read once.
//!
//! Every page of a person counts what is new among the last lines. A line never
//! changes once it is written, so only lines that came since need reading; what a
//! viewer may know of them is decided each time.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use vault::{BadEntry, Entry, RecordId};

use super::{Gate, Refused};
use crate::journal::Trace;

/// Lines kept of each journal, and read at once.
pub(super) const CHUNK: usize = 64;
/// Journals of which lines are kept; about 20 kB each. Beyond, all are dropped.
const MOST: usize = 2_000;

/// A line with its sequence.
pub(super) type Line = (u64, Arc<Trace>);

/// The last lines of journals, newest first, each list without a gap.
#[derive(Default)]
pub(super) struct Recent(Mutex<HashMap<RecordId, Arc<Vec<Line>>>>);

impl Recent {
    fn get(&self, record: RecordId) -> Option<Arc<Vec<Line>>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&record).cloned()
    }

    fn put(&self, record: RecordId, lines: &Arc<Vec<Line>>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST {
            held.clear();
        }
        held.insert(record, Arc::clone(lines));
    }
}

impl Gate {
    /// The last lines of a journal, [`CHUNK`] at the most, newest first.
    pub(super) async fn recent(&self, record: RecordId) -> Result<Arc<Vec<Line>>, Refused> {
        let held = self.recent.get(record).unwrap_or_default();
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
        self.recent.put(record, &lines);
        Ok(lines)
    }

    /// Lines older than sequence `before`, newest first.
    pub(super) async fn lines_before(
        &self,
        record: RecordId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Line>, Refused> {
        let entries = self.opener.journal(record, before, limit).await?;
        let read = |entry: &Entry| Ok((entry.seq, Arc::new(Trace::read(entry)?)));
        let lines: Result<_, BadEntry> = entries.iter().map(read).collect();
        lines.map_err(|error| Refused::Failed(error.into()))
    }
}
