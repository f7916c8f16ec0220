//! The writer: commits whatever waits in one group.

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    sync::{Arc, Mutex},
};

use aws_lc_rs::hmac;
use rusqlite::Connection;
use tokio::sync::mpsc;

use super::{
    super::{
        AppendRefused, DbError, Step,
        append::{self, Heads, INSERT_TAIL},
        pack::DELETE_TAIL,
        task::{GROUP, Outcome, Reply, Task, Work},
    },
    KNOWN, Volumes,
    checkpoint::Checkpoints,
    lock, stored_head,
    tail::{self, TAIL_GUARD, Tails},
};
use crate::{
    chain::Head,
    record::{RecordId, Volume},
    seal::RecordKeys,
};

pub(super) struct Writer {
    /// Before the connection, which is closed last.
    pub checkpoints: Checkpoints,
    pub connection: Connection,
    pub tails: Arc<Mutex<Tails>>,
    pub guard: hmac::Key,
    /// Counts every row of the tail, under the guard key.
    pub counted: Head,
    /// Heads that were verified when they were read, or written by this writer. Nobody else
    /// writes, so they are what is stored.
    pub heads: Heads,
    /// How far readers know volumes to be.
    pub fresh: Arc<Volumes>,
}

/// How the transactions of a group are run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// As one: what undoes one undoes all.
    Together,
    /// Each can be undone by itself.
    Apart,
}

/// What one group of transactions shares.
#[derive(Default)]
struct Group {
    heads: Heads,
    /// Heads to store at the end, and the keys to make their MAC.
    dirty: HashMap<(RecordId, Volume), Arc<RecordKeys>>,
    /// Journal rows written in this group.
    traced: Vec<(RecordId, i64)>,
    /// Journal rows that were packed in this group, in order.
    packed: BTreeMap<RecordId, Vec<i64>>,
    /// Their count, on top of the writer's.
    counted: Head,
}

impl Writer {
    pub fn run(mut self, mut waiting: mpsc::Receiver<Task>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut tasks = vec![first];
            while tasks.len() < GROUP
                && let Ok(task) = waiting.try_recv()
            {
                tasks.push(task);
            }
            self.group(tasks);
            self.checkpoints.follow(&self.connection);
        }
    }

    fn group(&mut self, tasks: Vec<Task>) {
        let (work, replies): (Vec<Work>, Vec<Reply>) = tasks.into_iter().map(Task::split).unzip();
        // Keeping what pages were before each transaction costs as much as the transaction: in a
        // group it is done only when one of them is refused, which is rare.
        let together = match work.len() {
            1 => Err(DbError::Refused(0)),
            _ => self.attempt(work.iter().cloned(), Way::Together),
        };
        let done = match together {
            Err(DbError::Refused(_)) => self.attempt(work.into_iter(), Way::Apart),
            done => done,
        };
        match done {
            Ok(outcomes) => replies
                .into_iter()
                .zip(outcomes)
                .for_each(|(reply, outcome)| reply.send(outcome)),
            Err(error) => replies.into_iter().for_each(|reply| reply.failed(&error)),
        }
    }

    /// Runs and commits a group. [`DbError::Refused`] when it was to be run together and one of
    /// it was refused: then nothing was done.
    fn attempt(
        &mut self,
        all: impl Iterator<Item = Work>,
        way: Way,
    ) -> Result<Vec<Outcome>, DbError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut group = Group {
            counted: self.counted,
            ..Group::default()
        };
        let mut outcomes = Vec::with_capacity(all.size_hint().0);
        for work in all {
            match self.one(work, way, &mut group) {
                Ok(outcome) => outcomes.push(outcome),
                Err(error) => {
                    self.undo();
                    return Err(error);
                }
            }
        }
        let committed = self.commit(&mut group);
        self.note(group, committed.is_ok());
        if committed.is_err() {
            self.undo();
        }
        committed.map(|()| outcomes)
    }

    /// Nothing of the group was acknowledged, so nothing is lost.
    fn undo(&self) {
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    /// One transaction of a group: its outcome, or why the whole group must be undone.
    fn one(&self, work: Work, way: Way, group: &mut Group) -> Result<Outcome, DbError> {
        let keys = work.keys().cloned();
        for (keys, volume) in work.heads() {
            if let Entry::Vacant(vacant) = group.heads.entry((keys.record, volume)) {
                match self.head(&keys, volume) {
                    Ok(head) => vacant.insert(head),
                    Err(refused) => return Ok(Err(refused)),
                };
            }
        }
        let before = match (way, &keys) {
            (Way::Apart, Some(keys)) => append::heads_of(&group.heads, keys.record),
            _ => vec![],
        };
        let plan = match work.plan(&mut group.heads) {
            Ok(plan) => plan,
            Err(refused) => return Ok(Err(refused)),
        };
        let (steps, own) = (plan.steps.len(), plan.own);
        let (mut traced, mut packed) = (Vec::new(), Vec::new());
        let mut counted = group.counted;
        let mut run = || {
            for (at, step) in plan.steps.iter().enumerate() {
                self.step(at, step)?;
                if let Some(keys) = &keys
                    && step.sql == INSERT_TAIL
                {
                    let n = self.connection.last_insert_rowid();
                    tail::count_tail(&mut counted, &self.guard, n, &step.params)?;
                    traced.push((keys.record, n));
                } else if step.sql == DELETE_TAIL {
                    packed.push(tail::retire_tail(&mut counted, &self.guard, &step.params)?);
                }
            }
            Ok(())
        };
        let done = match (way, plan.steps.as_slice()) {
            (Way::Together, _) => run(),
            // A single insertion undoes itself.
            (Way::Apart, [only]) if only.expect.is_none() => run(),
            (Way::Apart, _) => self.guarded(run),
        };
        match (done, way) {
            (Ok(()), _) => {}
            // Whatever it was, the others may go on without it.
            (Err(_), Way::Together) => return Err(DbError::Refused(0)),
            (Err(error), Way::Apart) => {
                group.heads.extend(before);
                return Ok(Err(append::refusal(error, steps, own)));
            }
        }
        group.traced.extend(traced);
        for (record, n) in packed {
            group.packed.entry(record).or_default().push(n);
        }
        group.counted = counted;
        for (volume, ..) in &plan.written.heads {
            if let Some(keys) = &keys
                && *volume != Volume::Journal
            {
                group.dirty.insert((keys.record, *volume), Arc::clone(keys));
            }
        }
        Ok(Ok(plan.written))
    }

    /// The head to go on from: verified, so that a forged one is never signed again.
    fn head(&self, keys: &RecordKeys, volume: Volume) -> Result<Head, AppendRefused> {
        if volume == Volume::Journal
            && let Some(tail) = lock(&self.tails).of.get(&keys.record)
        {
            let last = tail.last;
            return Ok(Head {
                last,
                ..Head::default()
            });
        }
        if let Some(head) = self.heads.get(&(keys.record, volume)) {
            return Ok(*head);
        }
        match stored_head(&self.connection, keys.record, volume)? {
            None => Ok(Head::default()),
            Some(stored) if stored.head.verify(keys.head(), volume, &stored.mac) => Ok(stored.head),
            Some(_) => Err(AppendRefused::Tampered),
        }
    }

    fn commit(&mut self, group: &mut Group) -> Result<(), DbError> {
        for (&(record, volume), keys) in &group.dirty {
            let head = group.heads[&(record, volume)];
            self.step(0, &append::put_head(record, volume, &head, keys.head()))?;
        }
        if !group.traced.is_empty() || !group.packed.is_empty() {
            let counted = &group.counted;
            let put = append::put_head(TAIL_GUARD, Volume::Journal, counted, &self.guard);
            self.step(0, &put)?;
        }
        // Readers of the tail must see either what was there before or what is there after.
        let held = (!group.packed.is_empty()).then(|| lock(&self.tails));
        self.connection.execute_batch("COMMIT")?;
        self.counted = group.counted;
        let mut tails = held.unwrap_or_else(|| lock(&self.tails));
        for (record, n) in group.traced.drain(..) {
            let last = group.heads[&(record, Volume::Journal)].last;
            tails.push(record, n, last);
        }
        for (record, gone) in std::mem::take(&mut group.packed) {
            self.fresh.forget(&(record, Volume::Journal));
            tails.packed(record, &gone);
        }
        Ok(())
    }

    /// Remembers the heads of a group; readers must not take the old ones for current.
    fn note(&mut self, group: Group, committed: bool) {
        if !committed || self.heads.len() > KNOWN {
            self.heads.clear();
        }
        if committed {
            let heads = group.heads.into_iter();
            self.heads
                .extend(heads.filter(|((_, volume), _)| *volume != Volume::Journal));
        }
        // A commit that failed may have happened all the same.
        group.dirty.keys().for_each(|key| self.fresh.forget(key));
    }

    /// Runs `steps` so that a failure undoes them and leaves the rest of the group alone.
    fn guarded<T>(&self, steps: impl FnOnce() -> Result<T, DbError>) -> Result<T, DbError> {
        self.cached("SAVEPOINT one")?;
        let done = steps();
        if done.is_err() {
            self.cached("ROLLBACK TO one")?;
        }
        self.cached("RELEASE one")?;
        done
    }

    fn cached(&self, sql: &'static str) -> Result<(), DbError> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    fn step(&self, at: usize, step: &Step) -> Result<(), DbError> {
        let mut statement = self.connection.prepare_cached(step.sql)?;
        let rows = statement.execute(rusqlite::params_from_iter(&step.params))?;
        match step.expect {
            Some(expected) if expected != rows => Err(DbError::Refused(at)),
            _ => Ok(()),
        }
    }
}
