//! What callers ask of a writer, whichever the engine.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::{
    Append, AppendRefused, DbError, Step, Written,
    append::{self, Heads, Plan},
};
use crate::{record::Volume, seal::RecordKeys};

/// How many transactions share one commit at the most.
pub(super) const GROUP: usize = 512;
/// How many may wait for the writer before callers wait too.
const QUEUE: usize = 4096;

/// One transaction to run.
#[derive(Clone, Debug)]
pub(super) enum Work {
    /// Statements on index tables.
    Steps(Vec<Step>),
    /// Entries for one record.
    Append(Append),
}

impl Work {
    /// The keys of the record it is for, if it is for one.
    pub fn keys(&self) -> Option<&Arc<RecordKeys>> {
        match self {
            Self::Steps(_) => None,
            Self::Append(append) => Some(&append.keys),
        }
    }

    /// The heads that [`Work::plan`] needs, and the keys that verify them.
    pub fn heads(&self) -> Vec<(Arc<RecordKeys>, Volume)> {
        match self {
            Self::Steps(_) => Vec::new(),
            Self::Append(append) => append::volumes(append)
                .map(|volume| (Arc::clone(&append.keys), volume))
                .collect(),
        }
    }

    /// The statements to run, on heads that were read and verified.
    pub fn plan(self, heads: &mut Heads) -> Result<Plan, AppendRefused> {
        match self {
            Self::Steps(steps) => Ok(Plan {
                own: steps.len(),
                steps,
                written: Written::default(),
            }),
            Self::Append(append) => append::plan(append, heads),
        }
    }

    fn assert_listed(&self) {
        let (Self::Steps(steps) | Self::Append(Append { with: steps, .. })) = self;
        for step in steps {
            super::statements::assert_listed(step.sql);
        }
    }
}

pub(super) type Outcome = Result<Written, AppendRefused>;

/// Work, and who waits for its outcome.
#[derive(Debug)]
pub(super) struct Task {
    pub work: Work,
    reply: oneshot::Sender<Outcome>,
}

impl Task {
    pub fn split(self) -> (Work, Reply) {
        (self.work, Reply(self.reply))
    }
}

/// Who waits for an outcome.
#[derive(Debug)]
pub(super) struct Reply(oneshot::Sender<Outcome>);

impl Reply {
    /// A caller that went away gets no answer; what it wrote stands.
    pub fn send(self, outcome: Outcome) {
        drop(self.0.send(outcome));
    }

    pub fn failed(self, error: &DbError) {
        self.send(Err(error.clone().into()));
    }
}

/// The way to a writer.
#[derive(Debug)]
pub(super) struct Tasks(Option<mpsc::Sender<Task>>);

impl Tasks {
    /// A way to a writer, and the writer's end of it.
    pub fn channel() -> (Self, mpsc::Receiver<Task>) {
        let (tasks, waiting) = mpsc::channel(QUEUE);
        (Self(Some(tasks)), waiting)
    }

    /// Hands over work and waits until it is durable or refused.
    pub async fn ask(&self, work: Work) -> Outcome {
        work.assert_listed();
        let (reply, answer) = oneshot::channel();
        let tasks = self.0.as_ref().ok_or(DbError::Closed)?;
        let sent = tasks.send(Task { work, reply }).await;
        sent.map_err(|_| DbError::Closed)?;
        answer.await.map_err(|_| DbError::Closed)?
    }

    /// No more work will come: the writer stops once it has done what was accepted.
    pub fn close(&mut self) {
        self.0 = None;
    }
}
