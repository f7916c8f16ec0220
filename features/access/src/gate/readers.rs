//! Which professionals had opened a thing: for the work of telling them that it is gone.

use std::collections::BTreeMap;

use ambient::Id;
use jiff::{SignedDuration, Timestamp};

use super::{Clearance, Refused};
use crate::{Act, Refusal, Right, journal::Who};

/// Lines read at once.
const BLOCK: usize = 256;
/// How far from their order lines may stand that were written at the same time.
const APART: SignedDuration = SignedDuration::from_mins(5);

impl Clearance<'_> {
    /// The professionals who opened or downloaded a thing since an instant, by national identifier,
    /// with the last time that each did. For the installation's own work alone.
    ///
    /// # Errors
    /// [`Refused::No`] to anybody else; when the journal cannot be read.
    pub async fn readers_of(
        &self,
        thing: Id,
        since: Timestamp,
    ) -> Result<Vec<(String, Timestamp)>, Refused> {
        if self.right != Right::System {
            return Err(Refusal::NoWayIn.into());
        }
        let since = since.saturating_sub(APART).unwrap_or(Timestamp::MIN);
        let mut readers: BTreeMap<String, Timestamp> = BTreeMap::new();
        let mut before = u64::MAX;
        loop {
            let lines = self.gate.lines_before(self.record, before, BLOCK).await?;
            for (_, line) in &lines {
                let looked = matches!(line.act, Act::Read | Act::Download) && line.right.is_some();
                if let (true, Who::Professional { id, .. }) = (looked, &line.who)
                    && line.subject == Some(thing)
                {
                    let last = readers.entry(id.clone()).or_insert(line.at);
                    *last = (*last).max(line.at);
                }
            }
            match lines.last() {
                Some((seq, line)) if *seq > 1 && line.at >= since => before = *seq,
                _ => return Ok(readers.into_iter().collect()),
            }
        }
    }
}
