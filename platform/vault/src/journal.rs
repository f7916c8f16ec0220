//! The journal as one: its tail, written in order of arrival, and what was packed of it.

use std::collections::BTreeMap;

use crate::{
    chain,
    db::{
        DbError, JournalRows, Step, StoredRow, TailRow, delete_segment, delete_tail,
        insert_segment, put_head,
    },
    open::{Entry, OpenError, Opener, unseal, verified},
    record::{RecordId, Volume},
    seal::RecordKeys,
    segment,
};

/// What [`Opener::pack`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Packed {
    /// Lines that are packed now.
    pub lines: usize,
    /// Lines that stay in the tail: their key was destroyed, or they were altered from outside.
    pub left: usize,
}

impl Opener {
    /// Reads a page of the journal, newest first: entries older than sequence `before`.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn journal(
        &self,
        record: RecordId,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Entry>, OpenError> {
        let keys = self.keys.get(record).await?;
        let mark = self.db.mark(record, Volume::Journal);
        let page = self.db.journal(record, before, limit).await?;
        let rows = self.without_gap(&keys, &page, before, limit)?;
        if before == u64::MAX && limit > 0 {
            let last = rows.first().map_or(0, |row| row.seq);
            self.db.keep(mark, record, Volume::Journal, (0, last));
        }
        rows.iter().map(|row| unseal(&keys, row)).collect()
    }

    /// Sequence of the last line of a record's journal, where that is known without asking the
    /// database.
    pub fn journal_last(&self, record: RecordId) -> Option<u64> {
        self.db.journal_last(record)
    }

    /// The lines of a page: from the newest that there is to the oldest asked for, each at its place.
    fn without_gap(
        &self,
        keys: &RecordKeys,
        page: &JournalRows,
        before: u64,
        limit: usize,
    ) -> Result<Vec<StoredRow>, OpenError> {
        let head = verified(keys, Volume::Journal, page.head.as_ref())?;
        let closed = head.last.min(before.saturating_sub(1));
        let newest = match page.rows.first() {
            Some(row) if !self.db.journal_has_head() => row.seq,
            _ => closed,
        };
        let at_its_place = |row: &StoredRow| {
            let mac = chain::tail_mac(keys.head(), row.seq, &row.header, &row.hash);
            chain::same(&row.blind, &mac)
        };
        if !page.rows.iter().all(at_its_place) {
            return Err(OpenError::Tampered);
        }
        let mut rows = page.rows.clone();
        for packed in &page.segments {
            if packed.last > head.last {
                return Err(OpenError::Tampered);
            }
            let lines = segment::unpack(keys, packed).map_err(|_| OpenError::Tampered)?;
            rows.extend(lines.into_iter().rev().filter(|row| row.seq < before));
        }
        rows.truncate(limit);
        let places = (1..=newest).rev().take(limit);
        if !rows.iter().map(|row| row.seq).eq(places) {
            return Err(OpenError::Tampered);
        }
        Ok(rows)
    }

    /// Packs the tail when it holds more than `keep` lines: each record's lines go into sealed
    /// rows, and out of the tail in the same transaction.
    ///
    /// # Errors
    /// When the database fails. What cannot be packed stays where it is.
    pub async fn pack(&self, keep: usize) -> Result<Packed, DbError> {
        let mut packed = Packed::default();
        if self.db.tail_length().await? <= keep {
            return Ok(packed);
        }
        let mut after = 0;
        loop {
            let window = self.db.tail_after(after).await?;
            let Some(last) = window.last() else {
                return Ok(packed);
            };
            after = last.n;
            let mut by_record: BTreeMap<RecordId, Vec<TailRow>> = BTreeMap::new();
            for row in window {
                by_record.entry(row.record).or_default().push(row);
            }
            let (mut steps, mut lines) = (Vec::new(), 0);
            for (record, rows) in by_record {
                match self.packing(record, &rows).await {
                    Ok(own) => {
                        steps.extend(own);
                        lines += rows.len();
                    }
                    Err(OpenError::Db(error)) => return Err(error),
                    Err(_) => packed.left += rows.len(),
                }
            }
            match self.db.write(steps).await {
                Ok(()) => packed.lines += lines,
                // Another server packs the same lines.
                Err(DbError::Refused(_)) => return Ok(packed),
                Err(error) => return Err(error),
            }
        }
    }

    /// What packs lines of one record, the oldest of its tail.
    async fn packing(&self, record: RecordId, rows: &[TailRow]) -> Result<Vec<Step>, OpenError> {
        let keys = self.keys.get(record).await?;
        let key = keys.head();
        let (stored, last) = self.db.packed_end(record).await?;
        let mut head = verified(&keys, Volume::Journal, stored.as_ref())?;
        let mut end = last.as_ref().map_or(0, |last| last.last);
        // The head closes what is packed, or all of the journal.
        let closes = |end| self.db.journal_has_head() || head.last == end;
        if !closes(end) {
            return Err(OpenError::Tampered);
        }
        let mut steps: Vec<Step> = rows.iter().map(delete_tail).collect();
        let mut lines = Vec::with_capacity(rows.len() + segment::LINES);
        if let Some(last) = last.filter(|last| last.last + 1 - last.first < segment::LINES as u64) {
            lines = segment::unpack(&keys, &last).map_err(|_| OpenError::Tampered)?;
            steps.push(delete_segment(record, &last));
        }
        for TailRow { row, .. } in rows {
            unseal(&keys, row)?;
            let mac = chain::tail_mac(key, row.seq, &row.header, &row.hash);
            if row.seq != end + 1 || !chain::same(&row.blind, &mac) {
                return Err(OpenError::Tampered);
            }
            end = row.seq;
            head.push(key, Volume::Journal, &chain_row(row));
            lines.push(row.clone());
        }
        for lines in lines.chunks(segment::LINES) {
            let packed = segment::pack(&keys, &*self.random, lines);
            let packed = packed.map_err(|_| OpenError::Tampered)?;
            steps.push(insert_segment(record, packed));
        }
        if !self.db.journal_has_head() {
            steps.push(put_head(record, Volume::Journal, &head, key));
        }
        Ok(steps)
    }
}

fn chain_row(row: &StoredRow) -> chain::Row<'_> {
    chain::Row {
        seq: row.seq,
        blind: &row.blind,
        header: &row.header,
        hash: &row.hash,
    }
}
