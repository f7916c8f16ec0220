//! What a doctor looks at first: problems, allergies, treatments, vaccinations and the last
//! results, out of the documents that the viewer may see.
//!
//! As results are (`docs/decisions/0008-results-are-read-when-looked-at.md`), facts are read when
//! somebody looks and kept nowhere: what is hidden, replaced or deleted weighs nothing from that
//! moment on. [`Sources::of`] chooses in the step that leaves the line; [`Sources::read`] reads.

mod block;
mod papers;

use access::{Gate, Refused, Scope};
use cda::HealthFact;
use jiff::Timestamp;
use web::Lang;

pub use block::{Block, Group, Line, Source};
use papers::Paper;

use crate::{
    Document, Documents,
    reading::blocking,
    results::{Observed, Report, newest_reports},
};

/// Laboratory reports that are read for the last results, the newest.
const REPORTS: usize = 16;
/// Bytes that one look reads at the most: a summary is there at once, or it is not looked at.
const BYTES: u64 = 12_000_000;

/// The documents that a summary is read out of.
#[derive(Debug)]
pub struct Sources {
    papers: Vec<Paper>,
    reports: Vec<Report>,
}

/// What they say.
#[derive(Debug)]
pub struct Known {
    facts: Vec<(Source, Vec<HealthFact>)>,
    /// Results of the newest reports.
    pub observed: Vec<Observed>,
    /// Structured documents that were read.
    pub read: usize,
    /// Documents that could not be.
    pub unread: usize,
}

impl Sources {
    /// Chosen among `documents`, newest first: all in force that the viewer may see.
    ///
    /// # Errors
    /// Never on what was opened by this version.
    pub fn of(
        documents: &[&Document],
        scope: &Scope<'_, Documents>,
        gate: &Gate,
    ) -> Result<Self, Refused> {
        let mut bytes = 0;
        let mut papers = papers::among(documents, &gate.rules())?;
        papers.retain(|paper| {
            bytes += paper.blob.size;
            bytes <= BYTES
        });
        let mut reports = newest_reports(scope, gate, REPORTS)?;
        reports.retain(|report| {
            bytes += report.size();
            bytes <= BYTES
        });
        Ok(Self { papers, reports })
    }

    /// Reads them. A file that cannot be read does not keep the rest of a record shut: it counts.
    ///
    /// # Errors
    /// When the work was stopped.
    pub async fn read(self, gate: &Gate) -> Result<Known, Refused> {
        let (mut papers, mut reports, mut unread) = (vec![], vec![], 0);
        for paper in self.papers {
            match gate.read_file(&paper.blob, 0..paper.blob.size).await {
                Ok(bytes) => papers.push((paper.source, bytes)),
                Err(_) => unread += 1,
            }
        }
        for report in self.reports {
            match report.fetch(gate).await {
                Ok(bytes) => reports.push((report, bytes)),
                Err(_) => unread += 1,
            }
        }
        let read_facts = move || {
            let read = |(source, bytes): (Source, Vec<u8>)| (source, cda::read_facts(&bytes).ok());
            papers.into_iter().map(read).collect::<Vec<_>>()
        };
        let read_results = move || {
            let read = |(report, bytes): (Report, Vec<u8>)| report.read(&bytes);
            reports.into_iter().flat_map(read).collect::<Vec<_>>()
        };
        let (facts, observed) = tokio::join!(blocking(read_facts), blocking(read_results));
        let (facts, observed) = (facts?, observed?);
        let all = facts.len();
        let facts: Vec<_> = facts
            .into_iter()
            .filter_map(|(source, facts)| Some((source, facts?)))
            .collect();
        Ok(Known {
            unread: unread + all - facts.len(),
            read: facts.len(),
            facts,
            observed,
        })
    }
}

impl Known {
    /// The blocks of a summary, in the order in which they are looked at.
    pub fn blocks(&self, now: Timestamp, lang: Lang) -> Vec<Block> {
        Block::all(&self.facts, now, lang)
    }
}
