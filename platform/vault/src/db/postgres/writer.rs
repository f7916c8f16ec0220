//! The writer: commits whatever waits in one group, with three round trips when all goes well.
//!
//! A group locks its records and reads their heads, sends every statement at
//! once, and commits. When one transaction of it is refused, the group is rolled
//! back and run again with a savepoint around each, so that the refusal undoes
//! only its own.

use tokio::sync::mpsc;
use tokio_postgres::Config;

use super::{
    super::{
        DbError, Schema, Value,
        task::{GROUP, Outcome, Task, Work},
    },
    group::{Failure, Group},
    is_passing,
    link::Link,
};
use crate::record::RecordId;

/// How often a group is run again because servers met or the link broke.
const TRIES: u32 = 5;

pub(super) struct Writer {
    config: Config,
    link: Option<Link>,
}

/// How the transactions of a group share theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    /// All stand or fall.
    Together,
    /// Each within a savepoint.
    Apart,
}

impl Writer {
    /// Connects, and brings the database up to date.
    pub async fn open(config: Config, schema: Schema) -> Result<Self, DbError> {
        let mut link = Link::open(&config).await?;
        schema.apply_postgres(&mut link.client).await?;
        let link = Some(link);
        Ok(Self { config, link })
    }

    pub async fn run(mut self, mut waiting: mpsc::Receiver<Task>) {
        let mut tasks = Vec::new();
        while waiting.recv_many(&mut tasks, GROUP).await > 0 {
            let mut split: Vec<_> = tasks.drain(..).map(Task::split).collect();
            // They are all under way at once, so any order is theirs; with one order for all
            // servers, two groups seldom wait for each other.
            split.sort_by(|(a, _), (b, _)| place(a).cmp(&place(b)));
            let (work, replies): (Vec<_>, Vec<_>) = split.into_iter().unzip();
            match self.group(&work).await {
                Ok(outcomes) => replies
                    .into_iter()
                    .zip(outcomes)
                    .for_each(|(reply, outcome)| reply.send(outcome)),
                Err(error) => replies.into_iter().for_each(|reply| reply.failed(&error)),
            }
        }
    }

    /// Runs a group until it is committed, or failed as a whole.
    async fn group(&mut self, work: &[Work]) -> Result<Vec<Outcome>, DbError> {
        let mut way = Way::Together;
        let mut tries = 0;
        loop {
            match self.attempt(work, way).await {
                Ok(outcomes) => return Ok(outcomes),
                Err(Failure::OneOfMany(_)) if way == Way::Together => way = Way::Apart,
                Err(Failure::Before(error)) if is_passing(&error) && tries < TRIES => tries += 1,
                Err(failure) => return Err(failure.into()),
            }
        }
    }

    async fn attempt(&mut self, work: &[Work], way: Way) -> Result<Vec<Outcome>, Failure> {
        let mut link = match self.link.take() {
            Some(link) if !link.client.is_closed() => link,
            _ => Link::open(&self.config).await?,
        };
        let done = commit(&mut link, work, way).await;
        // Nothing of a failed group was acknowledged, so nothing is lost.
        if done.is_ok() || link.client.batch_execute("ROLLBACK").await.is_ok() {
            self.link = Some(link);
        }
        done
    }
}

async fn commit(link: &mut Link, work: &[Work], way: Way) -> Result<Vec<Outcome>, Failure> {
    let mut group = Group::begin(link, work).await?;
    let outcomes = match way {
        Way::Together => group.together(work).await?,
        Way::Apart => group.apart(work).await?,
    };
    group.commit().await?;
    Ok(outcomes)
}

/// Where work stands in a group: index tables by statement and key, then records.
fn place(work: &Work) -> (Option<RecordId>, Option<(&'static str, Option<&Value>)>) {
    match work {
        Work::Steps(steps) => {
            let first = steps.first();
            (None, first.map(|step| (step.sql, step.params.first())))
        }
        Work::Append(append) => (Some(append.keys.record), None),
    }
}
