//! Verifying a record from its first entry to its last.

use serde::Serialize;

use crate::{
    chain::{self, Head, Row},
    checkpoint::{VolumeEnd, print_of},
    db::{StoredRow, VolumeRows},
    open::{OpenError, Opener, unseal},
    record::{Header, RecordId, Volume},
    seal::RecordKeys,
    segment,
    store::checkpoint,
};

/// What is wrong with an entry or a volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// A sequence number is missing or comes twice.
    Gap,
    /// The sealed bytes are not those that were hashed, or do not open.
    Altered,
    /// It belongs to another thing than its row says, or to another record.
    Misplaced,
    /// The head is missing or was not made with the record's key.
    ForgedHead,
    /// The history is not the one that the head closes.
    BrokenChain,
    /// What is flagged current is not what the head says.
    ReFlagged,
    /// It ends before the end that was stamped for the last checkpoint.
    OlderThanCheckpoint,
    /// At the end that was stamped, its history was another one.
    Rewritten,
    /// Rows of the journal's tail were cut or added.
    TailCut,
}

/// One thing found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Number of the volume.
    pub volume: u8,
    /// The entry, when it is about one.
    pub seq: Option<u64>,
    /// What is wrong.
    pub problem: Problem,
}

/// The result for one record.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verdict {
    /// Entries read.
    pub entries: u64,
    /// Nothing, when all is well.
    pub findings: Vec<Finding>,
}

impl Opener {
    /// Every record of the installation.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn records(&self) -> Result<Vec<RecordId>, OpenError> {
        Ok(self.keys.records().await?)
    }

    /// Whether the journal's tail was complete when the store was opened.
    ///
    /// With PostgreSQL always yes: there each journal has a head, and [`Opener::verify`] tells.
    pub fn tail_intact(&self) -> bool {
        self.db.tail_intact()
    }

    /// Reads a record from its first entry to its last and says what does not fit.
    ///
    /// # Errors
    /// When the engine fails; what was altered is a finding, not an error.
    pub async fn verify(&self, record: RecordId) -> Result<Verdict, OpenError> {
        let keys = self.keys.get(record).await?;
        let mut verdict = Verdict::default();
        // Before the history is read, which only goes on.
        let stamped = checkpoint::stamp(&self.db, record)
            .await?
            .unwrap_or_default();
        for volume in Volume::ALL {
            let (history, end) = match volume {
                Volume::Journal => self.whole_journal(&keys, &mut verdict.findings).await?,
                _ => (self.db.history(record, volume).await?, u64::MAX),
            };
            verdict.entries += history.rows.len() as u64;
            let stamped = stamped.iter().find(|stamp| stamp.volume == volume);
            let bounds = (end, stamped);
            check(&keys, volume, &history, bounds, &mut verdict.findings);
        }
        Ok(verdict)
    }

    /// What each line of a journal is found by in its chain, by its sequence.
    ///
    /// # Errors
    /// When the engine fails, or the journal was altered.
    pub async fn prints(&self, record: RecordId) -> Result<Vec<(u64, chain::Hash)>, OpenError> {
        let keys = self.keys.get(record).await?;
        let mut findings = Vec::new();
        let (history, _) = self.whole_journal(&keys, &mut findings).await?;
        if !findings.is_empty() {
            return Err(OpenError::Tampered);
        }
        let print = |row: &StoredRow| (row.seq, print_of(&row.header, &row.hash));
        Ok(history.rows.iter().map(print).collect())
    }

    /// Every line of a journal in order, and the last one that its head closes. A segment that
    /// does not open leaves a gap.
    async fn whole_journal(
        &self,
        keys: &RecordKeys,
        findings: &mut Vec<Finding>,
    ) -> Result<(VolumeRows, u64), OpenError> {
        let read = self.db.journal(keys.record, u64::MAX, usize::MAX).await?;
        let mut rows = Vec::new();
        for packed in read.segments.iter().rev() {
            match segment::unpack(keys, packed) {
                Ok(lines) => rows.extend(lines),
                Err(_) => findings.push(Finding {
                    volume: Volume::Journal.number(),
                    seq: Some(packed.first),
                    problem: Problem::Altered,
                }),
            }
        }
        rows.extend(read.rows.into_iter().rev());
        let packed = read.segments.first().map_or(0, |newest| newest.last);
        let end = match self.db.journal_has_head() {
            true => u64::MAX,
            false => packed,
        };
        let head = read.head;
        Ok((VolumeRows { head, rows }, end))
    }
}

fn check(
    keys: &RecordKeys,
    volume: Volume,
    history: &VolumeRows,
    (end, stamped): (u64, Option<&VolumeEnd>),
    findings: &mut Vec<Finding>,
) {
    let mut found = |seq, problem| {
        findings.push(Finding {
            volume: volume.number(),
            seq,
            problem,
        })
    };
    let mut rebuilt = Head::default();
    // Where a head closes only what is packed, the history goes on after it.
    let mut closed = None;
    for stored in &history.rows {
        if stored.seq > end {
            closed.get_or_insert(rebuilt);
        }
        if stored.seq != rebuilt.last + 1 {
            found(Some(stored.seq), Problem::Gap);
        }
        let row = Row {
            seq: stored.seq,
            blind: &stored.blind,
            header: &stored.header,
            hash: &stored.hash,
        };
        rebuilt.last = stored.seq;
        rebuilt.chain = chain::link(&rebuilt.chain, &stored.header, &stored.hash);
        if stamped.is_some_and(|end| end.last == stored.seq && end.chain != rebuilt.chain) {
            found(Some(stored.seq), Problem::Rewritten);
        }
        if stored.current {
            rebuilt.count(keys.head(), volume, &row);
        }
        if let Some(problem) = check_row(keys, volume, stored) {
            found(Some(stored.seq), problem);
        }
    }
    if stamped.is_some_and(|end| end.last > rebuilt.last) {
        found(None, Problem::OlderThanCheckpoint);
    }
    let closed = closed.unwrap_or(rebuilt);
    match &history.head {
        None if closed.last == 0 => {}
        Some(stored) if stored.head.verify(keys.head(), volume, &stored.mac) => {
            if stored.head.last != closed.last || stored.head.chain != closed.chain {
                found(None, Problem::BrokenChain);
            }
            if stored.head.digest != closed.digest {
                found(None, Problem::ReFlagged);
            }
        }
        _ => found(None, Problem::ForgedHead),
    }
}

fn check_row(keys: &RecordKeys, volume: Volume, stored: &StoredRow) -> Option<Problem> {
    let header = Header::decode(&stored.header)?;
    if volume == Volume::Journal {
        let mac = chain::tail_mac(keys.head(), stored.seq, &stored.header, &stored.hash);
        if !chain::same(&stored.blind, &mac) {
            return Some(Problem::Misplaced);
        }
    }
    if stored.sealed.is_none() && !stored.current {
        // Erased: the chain still holds its hash.
        return None;
    }
    if header.format != Header::FORMAT {
        return None;
    }
    match unseal(keys, stored) {
        Err(_) => Some(Problem::Altered),
        Ok(entry) if volume == Volume::Journal || stored.blind == keys.blind(volume, entry.id) => {
            None
        }
        Ok(_) => Some(Problem::Misplaced),
    }
}
