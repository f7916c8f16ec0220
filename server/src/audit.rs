//! `carnet audit verify`: reads every record from its first entry to its last.

use std::collections::BTreeMap;

use access::Gate;
use serde::Serialize;
use vault::{Finding, OpenError, RecordId};

/// What a verification found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Records read.
    pub records: u64,
    /// Entries read.
    pub entries: u64,
    /// Whether the journal's tail is complete.
    pub tail_intact: bool,
    /// Records that do not verify, with what does not fit.
    pub findings: BTreeMap<String, Vec<Finding>>,
    /// Records that could not be read at all.
    pub unreadable: Vec<String>,
}

impl Report {
    /// Whether all is well.
    pub fn is_clean(&self) -> bool {
        self.tail_intact && self.findings.is_empty() && self.unreadable.is_empty()
    }
}

/// Verifies every record; `progress` is told how many are done, of how many.
///
/// # Errors
/// When the key store fails.
pub async fn verify(gate: &Gate, mut progress: impl FnMut(usize, usize)) -> anyhow::Result<Report> {
    let records: Vec<RecordId> = gate.records().await.map_err(failed)?;
    let mut report = Report {
        tail_intact: gate.tail_intact(),
        ..Report::default()
    };
    for (done, record) in records.iter().enumerate() {
        progress(done, records.len());
        report.records += 1;
        match gate.verify(*record).await {
            Ok(verdict) => {
                report.entries += verdict.entries;
                if !verdict.findings.is_empty() {
                    report.findings.insert(record.to_string(), verdict.findings);
                }
            }
            Err(access::Refused::Failed(error)) if !error.is::<OpenError>() => return Err(error),
            Err(_) => report.unreadable.push(record.to_string()),
        }
    }
    progress(records.len(), records.len());
    Ok(report)
}

fn failed(refused: access::Refused) -> anyhow::Error {
    anyhow::anyhow!("the key store: {refused:?}")
}
