//! Reads what every report of a record says as data, as far as the viewer may see.

use access::{Clearance, Gate, Plan, Refused, Scope};
use jiff::Timestamp;
use vault::BlobRef;

use super::series::{Observed, Origin};
use crate::{
    Document, Documents, FileKind, brought, in_force, known, newest_first, reading::blocking,
};

/// Most reports that one look reads, the newest: years of a chronic illness.
const REPORTS: usize = 200;

/// The category of reports (`document-types.json`).
pub(crate) const LABORATORY: &str = "BIOLOGIE";

/// A report to read.
#[derive(Debug)]
pub(crate) struct Report {
    blob: BlobRef,
    date: Timestamp,
    origin: Origin,
}

/// All results of the record that this clearance leaves: one line, with the number of reports.
///
/// # Errors
/// See [`Refused`].
pub async fn gather(gate: &Gate, clearance: Clearance<'_>) -> Result<Vec<Observed>, Refused> {
    let reports = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let found = found(scope, gate);
            let told = known(found.iter().copied()).min(REPORTS);
            let newest = found.into_iter().take(REPORTS);
            let reports: Result<Vec<_>, _> = newest.map(Report::of).collect();
            Ok::<_, Refused>(Plan::new(reports?).counting(told))
        })
        .await?;
    let mut all = Vec::new();
    for report in reports {
        let bytes = report.fetch(gate).await?;
        all.extend(blocking(move || report.read(&bytes)).await?);
    }
    Ok(all)
}

/// So many of the reports in force, newest first.
pub(crate) fn newest(
    scope: &Scope<'_, Documents>,
    gate: &Gate,
    most: usize,
) -> Result<Vec<Report>, Refused> {
    let newest = found(scope, gate).into_iter().take(most);
    newest.map(Report::of).collect()
}

/// The reports in force, newest first.
fn found<'a>(scope: &Scope<'a, Documents>, gate: &Gate) -> Vec<&'a Document> {
    let rules = gate.rules();
    let is_report = |document: &&Document| {
        let category = rules.types.category_of(&document.item.type_code);
        FileKind::of_media_type(&document.media_type) == Some(FileKind::Cda)
            && category.is_some_and(|category| category.code == LABORATORY)
    };
    let mut found: Vec<&Document> = in_force(scope).filter(is_report).collect();
    newest_first(&mut found);
    found
}

impl Report {
    /// A document to read, of that day.
    pub(crate) fn new(blob: BlobRef, date: Timestamp, origin: Origin) -> Self {
        Self { blob, date, origin }
    }

    /// The document that it is.
    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Its day.
    pub(crate) fn date(&self) -> Timestamp {
        self.date
    }

    pub(crate) fn of(document: &Document) -> Result<Self, Refused> {
        let stored = document.stored();
        let stored = stored.map_err(|error| Refused::Failed(error.into()))?;
        Ok(Self::new(
            stored.own.blob,
            document.date,
            Origin::of(document),
        ))
    }

    /// Bytes of its file.
    pub(crate) fn size(&self) -> u64 {
        self.blob.size
    }

    /// Its file.
    pub(crate) async fn fetch(&self, gate: &Gate) -> Result<Vec<u8>, Refused> {
        gate.read_file(&self.blob, 0..self.blob.size).await
    }

    /// Its results, and those of earlier reports that it repeats; a file that
    /// cannot be read says nothing.
    pub(crate) fn read(&self, bytes: &[u8]) -> Vec<Observed> {
        let results = cda::read_results(bytes).unwrap_or_default();
        let mut all = Vec::with_capacity(results.len());
        for mut result in results {
            for earlier in std::mem::take(&mut result.earlier) {
                let time = earlier.time.as_ref().and_then(|time| self.plausible(time));
                // Without a day of its own, an older result has no place in time.
                if let Some(at) = time {
                    all.push(Observed {
                        result: cda::LabResult {
                            value: earlier.value,
                            interpretation: None,
                            range: None,
                            comment: None,
                            time: earlier.time,
                            ..result.clone()
                        },
                        at,
                        origin: self.origin.clone(),
                        repeated: true,
                    });
                }
            }
            let time = result.time.as_ref().and_then(|time| self.plausible(time));
            all.push(Observed {
                at: time.unwrap_or(self.date),
                origin: self.origin.clone(),
                repeated: false,
                result,
            });
        }
        all
    }

    /// A time that a result can have: not after its report, give or take a day.
    pub(crate) fn plausible(&self, time: &cda::PointInTime) -> Option<Timestamp> {
        let at = brought::instant(time)?;
        let latest = self
            .date
            .saturating_add(jiff::SignedDuration::from_hours(24))
            .ok()?;
        (at <= latest).then_some(at)
    }
}
