//! The copy of a report that whoever deposited the document has, in a record of theirs. It holds
//! what they need to set it right: which document by their own name for it, what is wrong, and
//! whether it comes from the person's home or of which profession, never who says so. Once it is
//! over, no more than that.

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{Draft, Kind, OpenError, RecordId, Volume, With, store::NewJob};

use super::{Came, Report, Wrong};
use crate::{
    Gate, Refused,
    aside::Owner,
    kinds,
    newest::{Listed, Newest},
    policy::draft,
};

/// The job that gives whoever deposited the document their copy.
pub const FILE_REPORT: &str = "file report";
/// The job that ends a report that nobody answered.
pub const END_REPORT: &str = "end report";

/// How long an answer is waited for.
const WAITS: SignedDuration = SignedDuration::from_hours(24 * 180);

/// A report, as whoever deposited the document reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flagged {
    /// In which record, while an answer is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// Its `uniqueId`: what its depositor knows it by.
    pub unique_id: String,
    /// What is wrong.
    pub wrong: Wrong,
    /// What is said of it, while an answer is to come.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Of which profession whoever says so is, while an answer is to come; empty for the person's home.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub profession: String,
    /// Since when.
    pub at: Timestamp,
    /// What came of it.
    pub came: Came,
    /// When that was.
    pub changed: Timestamp,
    /// How often the report was written.
    pub step: u32,
}

/// Where the copy of a report goes.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    /// The gate.
    pub gate: &'a Gate,
    /// The record that it comes from.
    pub record: RecordId,
    /// The `uniqueId` of the document.
    pub unique_id: &'a str,
}

#[derive(Debug, Serialize, Deserialize)]
struct Filing {
    id: Id,
    owner: Owner,
    flagged: Flagged,
}

#[derive(Debug, Serialize, Deserialize)]
struct Ending {
    record: RecordId,
    id: Id,
    at: Timestamp,
}

impl Listed for Flagged {
    const VOLUME: Volume = Volume::Agenda;
    const KIND: Kind = kinds::FLAGGED;

    fn weight(&self) -> usize {
        300 + self.words.len()
    }
}

impl Flagged {
    fn over(mut self) -> Self {
        if !self.came.is_open() {
            (self.record, self.words, self.profession) = (None, String::new(), String::new());
        }
        self
    }
}

impl Gate {
    /// The number of what one voice reports of a document: those at home are one, each professional
    /// is another.
    pub(super) fn report_id(&self, document: Id, voice: Option<&str>) -> Id {
        let voice = voice.unwrap_or_default();
        let name = [&document.0[..], voice.as_bytes()].concat();
        Id(self.store().short("report", &name))
    }

    pub(super) fn file_report_later(&self, to: &Way<'_>, id: Id, report: &Report) -> With {
        let flagged = Flagged {
            record: Some(to.record),
            unique_id: to.unique_id.to_owned(),
            wrong: report.wrong,
            words: report.words.clone(),
            profession: report.profession.clone(),
            at: report.at,
            came: report.came.clone(),
            changed: report.changed,
            step: report.step,
        };
        let filing = Filing {
            id,
            owner: report.owner.clone(),
            flagged: flagged.over(),
        };
        self.store().enqueue(NewJob {
            name: FILE_REPORT,
            dedup: None,
            due: report.changed,
            payload: serde_json::to_vec(&filing).expect("a filing is JSON"),
        })
    }

    pub(super) fn end_report_later(&self, to: &Way<'_>, id: Id, report: &Report) -> With {
        let ending = Ending {
            record: to.record,
            id,
            at: report.at,
        };
        self.store().enqueue(NewJob {
            name: END_REPORT,
            dedup: None,
            due: report.at.saturating_add(WAITS).unwrap_or(Timestamp::MAX),
            payload: serde_json::to_vec(&ending).expect("names are JSON"),
        })
    }

    /// Does the job [`FILE_REPORT`]; twice is once, and an older copy does not replace a newer one.
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn file_report(&self, payload: &[u8]) -> Result<(), Refused> {
        let filing: Filing =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        self.put_flagged(&filing.owner, filing.id, |known| {
            let newer = known.is_none_or(|known| known.step < filing.flagged.step);
            newer.then(|| filing.flagged.clone())
        })
        .await
    }

    async fn put_flagged(
        &self,
        owner: &Owner,
        id: Id,
        next: impl Fn(Option<&Flagged>) -> Option<Flagged>,
    ) -> Result<(), Refused> {
        let there = self.quarantine(owner).await?;
        let entry = |all: &Newest<Flagged>| {
            let mut entry = draft(Volume::Agenda, kinds::FLAGGED, id, &next(all.get(id))?);
            entry.destroy = true;
            Some(entry)
        };
        self.register_over(there, entry).await.map(drop)
    }

    /// What was reported of somebody's documents, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn flagged(&self, owner: &Owner) -> Result<Vec<(Id, Flagged)>, Refused> {
        let Some(record) = self.store().professional(&owner.register()).await? else {
            return Ok(vec![]);
        };
        let opened = match self.opener().open::<Newest<Flagged>>(record).await {
            Err(OpenError::Unknown) => return Ok(vec![]),
            other => other?,
        };
        let mut all = opened.view.all.clone();
        all.sort_by_key(|(id, one)| (std::cmp::Reverse(one.at), *id));
        Ok(all)
    }

    /// Does the job [`END_REPORT`]: a report that nobody answered is over. Twice is once.
    ///
    /// # Errors
    /// When the payload is not one, or the engine fails.
    pub async fn end_report(&self, payload: &[u8]) -> Result<(), Refused> {
        let ending: Ending =
            serde_json::from_slice(payload).map_err(|error| Refused::Failed(error.into()))?;
        let (id, now) = (ending.id, self.now());
        let opened = match self.opener().open::<Newest<Report>>(ending.record).await {
            // Erased: its copies ended with it.
            Err(OpenError::Unknown) => return Ok(()),
            other => other?,
        };
        let Some(report) = opened.view.get(id).filter(|one| one.at == ending.at) else {
            return Ok(());
        };
        let owner = report.owner.clone();
        let entry = |all: &Newest<Report>| {
            let one = all.get(id).filter(|one| one.at == ending.at)?;
            let next = one.then(Came::Ended, now)?;
            Some(draft(Volume::Mail, kinds::REPORT, id, &next))
        };
        self.register_over(ending.record, entry).await?;
        self.end_flagged(&owner, id, ending.at).await
    }

    async fn end_flagged(&self, owner: &Owner, id: Id, at: Timestamp) -> Result<(), Refused> {
        let now = self.now();
        self.put_flagged(owner, id, |known| {
            let known = known.filter(|one| one.at == at && one.came.is_open())?;
            let ended = Flagged {
                came: Came::Ended,
                changed: now,
                step: known.step.saturating_add(1),
                ..known.clone()
            };
            Some(ended.over())
        })
        .await
    }

    /// Destroys what was reported of a thing that is erased, or of all of a record's: whose copies
    /// say no more than that it was. Twice is once.
    ///
    /// # Errors
    /// When the engine fails.
    pub(crate) async fn drop_reports(
        &self,
        record: RecordId,
        thing: Option<Id>,
    ) -> Result<(), Refused> {
        let opened = match self.opener().open::<Newest<Report>>(record).await {
            Err(OpenError::Unknown) => return Ok(()),
            other => other?,
        };
        for (id, report) in &opened.view.all {
            if thing.is_some_and(|thing| report.document != thing) {
                continue;
            }
            self.end_flagged(&report.owner, *id, report.at).await?;
            let gone = |all: &Newest<Report>| {
                all.get(*id)?;
                let mut gone = Draft::new(Volume::Mail, Kind::TOMBSTONE, *id, vec![]);
                gone.destroy = true;
                Some(gone)
            };
            self.register_over(record, gone).await?;
        }
        Ok(())
    }
}
