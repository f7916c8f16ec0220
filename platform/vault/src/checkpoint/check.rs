//! Comparing a whole database with its last checkpoint.

use std::{collections::HashSet, path::Path};

use serde::Serialize;

use super::{Checkpoint, CheckpointError, LogError, Standing, line::Log, tree};
use crate::{RecordId, chain::Hash, keys::hex, open::Opener, store::checkpoint as rows};

/// Stamps read at once.
const PAGE: u64 = 2_000;

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckpointProblem {
    /// An exported line was altered or taken out: its number.
    AlteredLine(u64),
    /// The database is older than the exported lines: the last number of each.
    Older(u64, u64),
    /// Database and exported lines went apart after this number.
    Parted(u64),
    /// The register of erasures lost lines: how many it has, of how many there were.
    ShortRegister(u64, u64),
    /// The stamps are not those whose root was signed.
    AlteredStamps,
    /// A record that was stamped is gone, and the register does not know of its erasure.
    MissingRecord(RecordId),
}

/// The result for the checkpoints.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Checkpoints {
    /// The last one, exported or not.
    pub last: Option<Checkpoint>,
    /// Exported lines read.
    pub lines: usize,
    /// Nothing, when all is well.
    pub problems: Vec<CheckpointProblem>,
}

impl Opener {
    /// Compares every stamp with the root that was signed, and the database with the lines that
    /// were exported to a folder. That no record ends before its stamp is for [`Opener::verify`].
    ///
    /// # Errors
    /// When the engine or the disk fails; what was altered is a finding, not an error.
    pub async fn verify_checkpoints(&self, folder: &Path) -> Result<Checkpoints, CheckpointError> {
        let mut found = Checkpoints::default();
        let public = self.provider.public_key();
        match Log::of(folder, &public).read() {
            Ok(lines) => found.lines = lines.len(),
            Err(LogError::Altered(_, n)) => {
                found.problems.push(CheckpointProblem::AlteredLine(n));
                return Ok(found);
            }
            Err(error) => return Err(error.into()),
        }
        found.last = match self.standing(folder).await? {
            Standing::Nothing => None,
            Standing::Level(last) | Standing::Ahead(last) => Some(last),
            Standing::Older { database, exported } => {
                let n = database.map_or(0, |last| last.n);
                found.problems.push(CheckpointProblem::Older(n, exported.n));
                Some(exported)
            }
            Standing::Parted(exported) => {
                found.problems.push(CheckpointProblem::Parted(exported.n));
                Some(exported)
            }
        };
        let register = self.end_of_register().await?;
        if let Some(last) = &found.last
            && last.erasures.lines > register.lines
        {
            let problem = CheckpointProblem::ShortRegister(register.lines, last.erasures.lines);
            found.problems.push(problem);
        }
        self.verify_stamps(&public, &mut found.problems).await?;
        Ok(found)
    }

    async fn verify_stamps(
        &self,
        public: &[u8],
        problems: &mut Vec<CheckpointProblem>,
    ) -> Result<(), CheckpointError> {
        loop {
            let Some(line) = rows::last(&self.db, public).await? else {
                return Ok(());
            };
            let (root, stamped) = self.root_of_stamps().await?;
            // A checkpoint that a server took meanwhile moves both.
            if rows::last(&self.db, public).await?.as_ref() != Some(&line) {
                continue;
            }
            if root != line.checkpoint.root {
                problems.push(CheckpointProblem::AlteredStamps);
            }
            let keyed: HashSet<RecordId> = self.keys.records().await?.into_iter().collect();
            let erased = self.erased_records().await?;
            let gone = stamped
                .into_iter()
                .filter(|record| !keyed.contains(record) && !erased.contains(record));
            problems.extend(gone.map(CheckpointProblem::MissingRecord));
            return Ok(());
        }
    }

    /// The root that the stored stamps lead to, and their records.
    async fn root_of_stamps(&self) -> Result<(String, Vec<RecordId>), CheckpointError> {
        let leaves = self.leaves();
        let mut buckets: Vec<(u16, Hash)> = Vec::new();
        let mut records = Vec::new();
        let mut open: (u16, Vec<Hash>) = (0, vec![]);
        let mut after = RecordId(ambient::Id([0; 16]));
        loop {
            let page = rows::stamps_after(&self.db, after, PAGE).await?;
            let Some((last, _)) = page.last() else {
                break;
            };
            after = *last;
            for (record, ends) in &page {
                let bucket = tree::bucket_of(*record);
                if bucket != open.0 && !open.1.is_empty() {
                    buckets.push((open.0, tree::bucket(&open.1)));
                    open.1.clear();
                }
                open.0 = bucket;
                open.1.push(leaves.leaf(*record, ends));
                records.push(*record);
            }
        }
        if !open.1.is_empty() {
            buckets.push((open.0, tree::bucket(&open.1)));
        }
        Ok((hex(&tree::root(&buckets)), records))
    }
}
