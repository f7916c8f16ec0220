//! One group of transactions: locked, planned, run and committed.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use tokio_postgres::{Error, types::ToSql};

use super::{
    super::{
        AppendRefused, DbError, Step,
        append::{self, Heads, Plan},
        rows::StoredHead,
        task::{Outcome, Work},
    },
    COMMIT, is_passing,
    link::{Link, Question},
    row,
};
use crate::{
    chain::Head,
    record::{RecordId, Volume},
    seal::RecordKeys,
};

const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// One lock per record, also where it has no head yet; given back with the transaction.
const LOCK: &str = "SELECT pg_advisory_xact_lock(key) FROM unnest(?1::BIGINT[]) AS key";
/// A statement of its own after the lock: it sees what the last holder committed.
const HEADS: &str = "SELECT record_id, volume, epoch, last_seq, chain, digest, mac FROM head \
    JOIN unnest(?1::BYTEA[], ?2::BIGINT[]) AS wanted (record, place) \
    ON record_id = record AND volume = place";
const SAVEPOINT: &str = "SAVEPOINT one";
const UNDO: &str = "ROLLBACK TO SAVEPOINT one";
const RELEASE: &str = "RELEASE SAVEPOINT one";

/// What only the writer of this engine runs.
#[cfg(test)]
pub(super) const STATEMENTS: super::super::Statements =
    &[BEGIN, LOCK, HEADS, SAVEPOINT, UNDO, RELEASE];

/// Why a group was not committed.
#[derive(Debug)]
pub(super) enum Failure {
    /// A transaction of it was refused: the others may go on without it.
    OneOfMany(DbError),
    /// The engine failed before the commit: nothing was written.
    Before(Error),
    /// The engine failed while it committed: nobody knows.
    Commit(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Before(error)
    }
}

impl From<Failure> for DbError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::OneOfMany(error) => error,
            Failure::Before(error) | Failure::Commit(error) => error.into(),
        }
    }
}

/// A transaction under way that serves many callers.
pub(super) struct Group<'a> {
    link: &'a mut Link,
    keys: HashMap<RecordId, Arc<RecordKeys>>,
    /// The heads as they were read and verified.
    stored: Heads,
    /// The heads as they will be.
    heads: Heads,
    /// Heads that were not made by who holds the record's key: nothing goes on from them.
    forged: HashSet<(RecordId, Volume)>,
}

impl<'a> Group<'a> {
    /// Locks the records of `work`, then reads and verifies their heads.
    pub async fn begin(link: &'a mut Link, work: &[Work]) -> Result<Self, Failure> {
        let mut keys = HashMap::new();
        let mut wanted = BTreeSet::new();
        for (of, volume) in work.iter().flat_map(Work::heads) {
            wanted.insert((of.record, volume));
            keys.insert(of.record, of);
        }
        // In one order for all servers, so that none waits in a circle.
        let locks: BTreeSet<i64> = keys.keys().map(lock_of).collect();
        let locks = Vec::from_iter(locks);
        let records: Vec<_> = wanted.iter().map(|(record, _)| &record.0.0[..]).collect();
        let volumes: Vec<_> = wanted
            .iter()
            .map(|(_, volume)| i64::from(volume.number()))
            .collect();
        let mut questions: Vec<Question<'_>> = vec![(BEGIN, vec![])];
        if !wanted.is_empty() {
            questions.push((LOCK, vec![&locks]));
            questions.push((HEADS, vec![&records, &volumes]));
        }
        let mut answers = link.rows(&questions).await?;
        let found = answers.pop().unwrap_or_default();

        let heads = wanted.iter().map(|key| (*key, Head::default())).collect();
        let mut group = Self {
            link,
            keys,
            stored: heads,
            heads: Heads::new(),
            forged: HashSet::new(),
        };
        for found in found {
            group.read(&row(&found)?).map_err(Failure::OneOfMany)?;
        }
        group.heads = group.stored.clone();
        Ok(group)
    }

    fn read(&mut self, row: &super::Row) -> Result<(), DbError> {
        let record = row.record(0)?;
        let keys = record.and_then(|record| self.keys.get(&record));
        let volume = Volume::from_number(row.int(1)?);
        let (Some(keys), Some(volume)) = (keys, volume) else {
            return Err(DbError::Engine("a head that was not asked for".to_owned()));
        };
        let key = (keys.record, volume);
        match StoredHead::read(row, 2) {
            Ok(stored) if stored.head.verify(keys.head(), volume, &stored.mac) => {
                self.stored.insert(key, stored.head);
            }
            // Also one of a strange shape: it must not stop the others.
            _ => {
                self.forged.insert(key);
            }
        }
        Ok(())
    }

    /// Runs all work with one round trip; a refusal that leaves something to undo fails it all.
    pub async fn together(&mut self, work: &[Work]) -> Result<Vec<Outcome>, Failure> {
        let plans: Vec<_> = work.iter().map(|work| self.plan(work)).collect();
        let heads = self.changed_heads();
        let steps = plans.iter().flatten().flat_map(|plan| &plan.steps);
        let questions: Vec<_> = steps.chain(&heads).map(question).collect();
        let counts = self.link.run(&questions).await.map_err(one_of_many)?;
        let mut counts = counts.as_slice();
        plans
            .into_iter()
            .map(|plan| match plan {
                Err(refused) => Ok(Err(refused)),
                Ok(plan) => {
                    let (own, after) = counts.split_at(plan.steps.len());
                    counts = after;
                    match judge(&plan, own) {
                        Ok(()) => Ok(Ok(plan.written)),
                        // A lone statement that touched nothing has nothing to undo.
                        Err(refused) if own == [0] => Ok(Err(refused)),
                        Err(refused) => Err(Failure::OneOfMany(refused.into())),
                    }
                }
            })
            .collect()
    }

    /// Runs one after the other, each within a savepoint.
    pub async fn apart(&mut self, work: &[Work]) -> Result<Vec<Outcome>, Failure> {
        let mut outcomes = Vec::with_capacity(work.len());
        for work in work {
            let record = work.keys().map(|keys| keys.record);
            let before = record.map(|record| append::heads_of(&self.heads, record));
            let outcome = self.one(work).await?;
            if outcome.is_err() {
                self.heads.extend(before.into_iter().flatten());
            }
            outcomes.push(outcome);
        }
        let heads = self.changed_heads();
        let questions: Vec<_> = heads.iter().map(question).collect();
        self.link.run(&questions).await?;
        Ok(outcomes)
    }

    async fn one(&mut self, work: &Work) -> Result<Outcome, Failure> {
        let plan = match self.plan(work) {
            Ok(plan) => plan,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut questions: Vec<Question<'_>> = vec![(SAVEPOINT, vec![])];
        questions.extend(plan.steps.iter().map(question));
        let done = match self.link.run(&questions).await {
            Ok(counts) => judge(&plan, &counts[1..]),
            Err(error) if is_passing(&error) => return Err(error.into()),
            Err(error) => Err(DbError::from(error).into()),
        };
        let ends: &[Question<'_>] = match done {
            Ok(()) => &[(RELEASE, vec![])],
            Err(_) => &[(UNDO, vec![]), (RELEASE, vec![])],
        };
        self.link.run(ends).await?;
        Ok(done.map(|()| plan.written))
    }

    /// Makes what was run durable.
    pub async fn commit(self) -> Result<(), Failure> {
        let committed = self.link.run(&[(COMMIT, vec![])]).await;
        committed.map(drop).map_err(Failure::Commit)
    }

    fn plan(&mut self, work: &Work) -> Result<Plan, AppendRefused> {
        let needed = work.heads();
        let mut needed = needed.iter().map(|(keys, volume)| (keys.record, *volume));
        if needed.any(|key| self.forged.contains(&key)) {
            return Err(AppendRefused::Tampered);
        }
        work.clone().plan(&mut self.heads)
    }

    fn changed_heads(&self) -> Vec<Step> {
        let changed =
            |(key, head): &(&(RecordId, Volume), &Head)| self.stored.get(key) != Some(head);
        self.heads
            .iter()
            .filter(changed)
            .map(|((record, volume), head)| {
                append::put_head(*record, *volume, head, self.keys[record].head())
            })
            .collect()
    }
}

/// The lock of a record: its id is random, and two records that share one only wait.
fn lock_of(record: &RecordId) -> i64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&record.0.0[..8]);
    i64::from_be_bytes(bytes)
}

fn question(step: &Step) -> Question<'_> {
    let params = step.params.iter().map(|value| value as &(dyn ToSql + Sync));
    (step.sql, params.collect())
}

/// Whether each step touched as many rows as it must.
fn judge(plan: &Plan, counts: &[u64]) -> Result<(), AppendRefused> {
    let touched = |step: &Step, count: u64| {
        step.expect
            .is_none_or(|rows| u64::try_from(rows) == Ok(count))
    };
    let refused = plan
        .steps
        .iter()
        .zip(counts)
        .position(|(step, count)| !touched(step, *count));
    match refused {
        None => Ok(()),
        Some(at) => Err(append::refusal(
            DbError::Refused(at),
            plan.steps.len(),
            plan.own,
        )),
    }
}

/// A statement that fails among many: the others may do without it, unless it was bad luck.
fn one_of_many(error: Error) -> Failure {
    if is_passing(&error) {
        Failure::Before(error)
    } else {
        Failure::OneOfMany(error.into())
    }
}
