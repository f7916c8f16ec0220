//! Signed checkpoints of all heads, so that a database rolled back whole is found out.
//!
//! A record's chains and heads show what was altered in it, not that all of it is older than it
//! was: an older database verifies. So from time to time the ends of all volumes are *stamped*, a
//! tree over the stamps is hashed, and its root is signed with the checkpoint key, in a line bound
//! to the line before. The line is kept in the database and exported to a folder apart. A database
//! whose last line is older than the exported one was rolled back; one whose stamps do not lead to
//! the signed root was altered; a record that ends before its stamp was.
//!
//! What a checkpoint costs goes with what was written since the last one: only heads marked as
//! moved are read, with the stamps that share their buckets of the tree.

mod check;
mod line;
mod proof;
mod stamp;
mod tree;

use std::{collections::BTreeMap, path::Path};

use jiff::Timestamp;

pub use check::{CheckpointProblem, Checkpoints};
pub use line::{Checkpoint, Line, LogError};
pub(crate) use proof::print_of;
pub use proof::{BadProof, Proved, ProvedLine, Shown, check_proof};
pub(crate) use stamp::{Ends, VolumeEnd, decode, encode};

use crate::{
    DbError, EraseError, RecordId,
    chain::Hash,
    db::Step,
    keys::{KeyProvider, hex},
    open::Opener,
    store::checkpoint as rows,
};
use line::Log;
use stamp::Leaves;

/// Records that one checkpoint stamps: more make several, so that no other writer waits for long.
const AT_ONCE: usize = 512;
/// Checkpoints in a row: 50 million records.
const IN_A_ROW: usize = 100_000;

/// Why no checkpoint was taken, or none could be compared.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The stored tree does not lead to the root of the last line.
    #[error(
        "the stamps of the last checkpoint were altered from outside: nothing is signed over them"
    )]
    Altered,
    /// Database and exported lines do not go on from each other.
    #[error("the exported checkpoints do not go on from those of the database")]
    Parted,
    /// The exported lines.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The register of erasures.
    #[error(transparent)]
    Register(#[from] EraseError),
    /// The engine failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The stored tree, and the line that signed it.
struct Tree {
    last: Option<Line>,
    buckets: BTreeMap<u16, Hash>,
}

impl Tree {
    fn root(&self) -> String {
        let buckets = self.buckets.iter();
        let buckets: Vec<_> = buckets.map(|(bucket, hash)| (*bucket, *hash)).collect();
        hex(&tree::root(&buckets))
    }
}

/// How the database stands beside the exported lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was ever signed.
    Nothing,
    /// Both end with the same line.
    Level(Checkpoint),
    /// The database goes on from the exported lines.
    Ahead(Checkpoint),
    /// The database is older than what was exported: it was rolled back, or restored.
    Older {
        /// Its last line.
        database: Option<Checkpoint>,
        /// The last exported one.
        exported: Checkpoint,
    },
    /// Each has lines that the other does not know.
    Parted(Checkpoint),
}

impl Opener {
    /// Stamps all that has moved since the last time; gives the last line when there is a new one.
    ///
    /// # Errors
    /// See [`CheckpointError`]; what moved is stamped the next time.
    pub async fn checkpoint(&self, now: Timestamp) -> Result<Option<Checkpoint>, CheckpointError> {
        let (mut newest, mut held) = (None, None);
        for _ in 0..IN_A_ROW {
            let records = self.db.moved(AT_ONCE).await?;
            let taken = self.stamp(&records, held, now).await;
            if !matches!(&taken, Ok(Some(_))) {
                self.db.still_moved(&records);
            }
            // Where another server took the same number, it goes on.
            let Some((tree, line)) = taken? else {
                break;
            };
            newest = line.or(newest);
            held = Some(tree);
            // Nearly all is stamped: what moves meanwhile waits for the next time.
            if records.len() < AT_ONCE / 2 {
                break;
            }
        }
        Ok(newest)
    }

    /// The stored tree, read and compared with the last line; the held one while it is the last.
    /// `None` when another server moves it.
    async fn tree(&self, held: Option<Tree>) -> Result<Option<Tree>, CheckpointError> {
        let public = self.provider.public_key();
        let last = rows::last(&self.db, &public).await?;
        if let Some(held) = held.filter(|held| held.last == last) {
            return Ok(Some(held));
        }
        let tree = Tree {
            buckets: rows::buckets(&self.db).await?.into_iter().collect(),
            last,
        };
        let signed = tree.last.as_ref().map(|line| &line.checkpoint.root);
        if signed.is_none_or(|signed| *signed == tree.root()) {
            return Ok(Some(tree));
        }
        match rows::last(&self.db, &public).await? == tree.last {
            true => Err(CheckpointError::Altered),
            false => Ok(None),
        }
    }

    /// Stamps records. `None` when another server was faster; no line when nothing had moved.
    async fn stamp(
        &self,
        records: &[RecordId],
        held: Option<Tree>,
        now: Timestamp,
    ) -> Result<Option<(Tree, Option<Checkpoint>)>, CheckpointError> {
        let Some(mut tree) = self.tree(held).await? else {
            return Ok(None);
        };
        let leaves = self.leaves();
        let mut by_bucket: BTreeMap<u16, Vec<RecordId>> = BTreeMap::new();
        for record in records {
            let bucket = by_bucket.entry(tree::bucket_of(*record)).or_default();
            bucket.push(*record);
        }
        let (mut stamps, mut settled) = (Vec::new(), Vec::new());
        let last = tree.last.as_ref();
        let mut known = last.map_or(0, |line| line.checkpoint.records);
        for (bucket, records) in by_bucket {
            let mut stamped = BTreeMap::from_iter(rows::stamps(&self.db, bucket).await?);
            let before = stamps.len();
            for record in records {
                let stand = self.db.stand(record).await?;
                settled.extend(stand.settle(record));
                if stamped.get(&record) == Some(&stand.ends) {
                    continue;
                }
                stamps.push(rows::put_stamp(record, &stand.ends));
                known += u64::from(stamped.insert(record, stand.ends).is_none());
            }
            if stamps.len() > before {
                let all: Vec<Hash> = stamped
                    .iter()
                    .map(|(record, ends)| leaves.leaf(*record, ends))
                    .collect();
                let hash = tree::bucket(&all);
                stamps.push(rows::put_bucket(bucket, &hash));
                tree.buckets.insert(bucket, hash);
            }
        }
        if stamps.is_empty() {
            self.db.write(settled).await?;
            return Ok(Some((tree, None)));
        }
        let line = self.next_line(last, known, tree.root(), now).await?;
        let mut steps: Vec<Step> = vec![rows::put_line(&line)];
        steps.extend(stamps);
        steps.extend(settled);
        match self.db.write(steps).await {
            Ok(()) => {}
            Err(DbError::Refused(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let taken = line.checkpoint.clone();
        tree.last = Some(line);
        Ok(Some((tree, Some(taken))))
    }

    async fn next_line(
        &self,
        last: Option<&Line>,
        records: u64,
        root: String,
        now: Timestamp,
    ) -> Result<Line, CheckpointError> {
        let checkpoint = Checkpoint {
            n: last.map_or(0, |line| line.checkpoint.n) + 1,
            at: now,
            records,
            root,
            erasures: self.end_of_register().await?,
            restored: None,
            previous: last.map(Line::hash).unwrap_or_default(),
        };
        Ok(Line::sign(checkpoint, &*self.provider))
    }

    /// How the database stands beside the lines exported to a folder: two lines are compared.
    ///
    /// # Errors
    /// When they cannot be read, or are not ours.
    pub async fn standing(&self, folder: &Path) -> Result<Standing, CheckpointError> {
        let public = self.provider.public_key();
        let database = rows::last(&self.db, &public).await?;
        let exported = Log::of(folder, &public).last()?;
        let (database, exported) = match (database, exported) {
            (None, None) => return Ok(Standing::Nothing),
            (Some(database), None) => return Ok(Standing::Ahead(database.checkpoint)),
            (None, Some(exported)) => {
                return Ok(Standing::Older {
                    database: None,
                    exported: exported.checkpoint,
                });
            }
            (Some(database), Some(exported)) => (database, exported),
        };
        let n = exported.checkpoint.n;
        Ok(match database.checkpoint.n.cmp(&n) {
            std::cmp::Ordering::Less => Standing::Older {
                database: Some(database.checkpoint),
                exported: exported.checkpoint,
            },
            std::cmp::Ordering::Equal if database == exported => {
                Standing::Level(database.checkpoint)
            }
            std::cmp::Ordering::Greater
                if rows::number(&self.db, n, &public).await?.as_ref() == Some(&exported) =>
            {
                Standing::Ahead(database.checkpoint)
            }
            _ => Standing::Parted(exported.checkpoint),
        })
    }

    /// Exports the lines that the folder does not have; durable when this returns.
    ///
    /// # Errors
    /// When the folder cannot be written, or its lines are not those of this database.
    pub async fn export_checkpoints(&self, folder: &Path) -> Result<(), CheckpointError> {
        match self.standing(folder).await? {
            Standing::Nothing | Standing::Level(_) => return Ok(()),
            Standing::Ahead(_) => {}
            Standing::Older { .. } | Standing::Parted(_) => return Err(CheckpointError::Parted),
        }
        let public = self.provider.public_key();
        let log = Log::of(folder, &public);
        let known = log.last()?.map_or(0, |line| line.checkpoint.n);
        let lines = rows::after(&self.db, known, &public).await?;
        Ok(log.append(&lines)?)
    }

    /// Signs that an older database was put back on purpose: the lines go on, and say so.
    ///
    /// # Errors
    /// [`CheckpointError::Parted`] when the database is not older than what was exported.
    pub async fn accept_restored(
        &self,
        folder: &Path,
        now: Timestamp,
    ) -> Result<Checkpoint, CheckpointError> {
        let Standing::Older { database, .. } = self.standing(folder).await? else {
            return Err(CheckpointError::Parted);
        };
        let public = self.provider.public_key();
        let log = Log::of(folder, &public);
        let exported = log.last()?.ok_or(CheckpointError::Parted)?;
        let (records, root) = match &database {
            Some(last) => (last.records, last.root.clone()),
            None => (0, hex(&tree::root(&[]))),
        };
        let checkpoint = Checkpoint {
            n: exported.checkpoint.n + 1,
            at: now,
            records,
            root,
            erasures: self.end_of_register().await?,
            restored: Some(database.map_or(0, |last| last.n)),
            previous: exported.hash(),
        };
        let line = Line::sign(checkpoint, &*self.provider);
        self.db.write(vec![rows::put_line(&line)]).await?;
        log.append(std::slice::from_ref(&line))?;
        Ok(line.checkpoint)
    }

    /// The key that verifies checkpoints and proofs, as hexadecimal digits.
    pub fn public_key(&self) -> String {
        hex(&self.provider.public_key())
    }

    fn leaves(&self) -> Leaves {
        Leaves::new(&self.provider.mac("checkpoint leaves", b""))
    }
}

/// The last line that was exported to a folder.
///
/// # Errors
/// When it cannot be read, or is not ours.
pub fn exported_checkpoint(
    folder: &Path,
    provider: &dyn KeyProvider,
) -> Result<Option<Checkpoint>, LogError> {
    let public = provider.public_key();
    let last = Log::of(folder, &public).last()?;
    Ok(last.map(|line| line.checkpoint))
}
