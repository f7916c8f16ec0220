//! Work to do, enqueued in the transaction that causes it.
//!
//! A job has a name and a sealed payload; one that must not come twice has a
//! deduplication key (keyed hash). It is claimed for a while, done or tried again
//! later; whoever runs it must bear that it runs twice. Who crashes lets its lease
//! end, and another claims the job. What fails too often is set aside: it stays, is
//! counted, and waits for somebody to take it up again. Rows lie in order of
//! arrival, so that those of a burst share their pages.

use jiff::{SignedDuration, Timestamp};

use super::{Store, With};
use crate::db::{DbError, Statements, Step, Value};

const ENQUEUE: &str = "INSERT INTO job (name, dedup, due_at, attempts, locked_until, sealed) \
    VALUES (?1, ?2, ?3, 0, 0, ?4) ON CONFLICT DO NOTHING";
const DUE_OF: &str = "SELECT n, name, attempts, sealed FROM job \
    WHERE due_at <= ?1 AND locked_until <= ?1 AND name = ?3 ORDER BY due_at LIMIT ?2";
const DUE_BUT: &str = "SELECT n, name, attempts, sealed FROM job \
    WHERE due_at <= ?1 AND locked_until <= ?1 AND name <> ?3 AND name <> ?4 ORDER BY due_at LIMIT ?2";
const CLAIM: &str = "UPDATE job SET locked_until = ?3, attempts = attempts + 1 \
    WHERE n = ?1 AND locked_until <= ?2";
/// A number may be another job's since, for one that ended is free again: that one was claimed
/// less often.
const DONE: &str = "DELETE FROM job WHERE n = ?1 AND name = ?2 AND attempts >= ?3";
const FINISH: &str = "DELETE FROM job WHERE n = ?1 AND attempts = ?2";
/// Whoever claimed it since has another number of attempts.
const LATER: &str = "UPDATE job SET due_at = ?2, locked_until = 0 WHERE n = ?1 AND attempts = ?3";
const CANCEL: &str = "DELETE FROM job WHERE name = ?1 AND dedup = ?2";
const COUNT: &str = "SELECT count(*) FROM job WHERE due_at <= ?1";
const FAILED: &str =
    "SELECT count(*) FROM job WHERE attempts > 0 AND locked_until = 0 AND due_at < ?1";
const ASIDE: &str = "SELECT name, count(*) FROM job WHERE due_at = ?1 GROUP BY name ORDER BY name";
const AGAIN: &str = "UPDATE job SET due_at = ?2, attempts = 0 WHERE due_at = ?1";

pub(super) const STATEMENTS: Statements = &[
    ENQUEUE, DUE_OF, DUE_BUT, CLAIM, DONE, FINISH, LATER, CANCEL, COUNT, FAILED, ASIDE, AGAIN,
];

/// When a job that was set aside is due.
pub(super) const NEVER: Timestamp = Timestamp::MAX;

/// A job to enqueue.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// What kind of work; names are stable.
    pub name: &'static str,
    /// Two jobs of one name and one key are one job.
    pub dedup: Option<&'a [u8]>,
    /// Not before this instant.
    pub due: Timestamp,
    /// What the work needs.
    pub payload: Vec<u8>,
}

/// Which jobs: slow ones must not keep others waiting.
#[derive(Debug, Clone, Copy)]
pub enum Lane<'a> {
    /// Those of this name.
    Of(&'a str),
    /// Those of neither name.
    AllBut([&'a str; 2]),
}

/// A claimed job.
#[derive(Debug, Clone)]
pub struct Job {
    n: i64,
    /// What kind of work.
    pub name: String,
    /// How often it was tried before.
    pub attempts: i64,
    /// What the work needs.
    pub payload: Vec<u8>,
}

impl Store {
    /// Enqueues a job together with what causes it; a second one of the same key is dropped.
    pub fn enqueue(&self, job: NewJob<'_>) -> With {
        let dedup = job.dedup.map(|key| self.short(job.name, key));
        let sealed = self.seal("job", job.name.as_bytes(), &job.payload);
        let params = vec![
            job.name.into(),
            dedup.map_or(Value::Null, |key| (&key).into()),
            job.due.into(),
            sealed.into(),
        ];
        With(vec![Step::new(ENQUEUE, params)])
    }

    /// Takes back a job that was enqueued under this key, if it is still there.
    pub fn cancel(&self, name: &str, dedup: &[u8]) -> With {
        let dedup = self.short(name, dedup);
        With(vec![Step::new(CANCEL, vec![name.into(), (&dedup).into()])])
    }

    /// Claims jobs that are due, for `lease`: of two workers, one gets each.
    ///
    /// # Errors
    /// When the database fails. A job whose row was altered is set aside.
    pub async fn claim_jobs(
        &self,
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<Job>, DbError> {
        self.claim_in(Lane::AllBut([""; 2]), now, lease, limit)
            .await
    }

    /// The same, of one lane.
    ///
    /// # Errors
    /// As [`Store::claim_jobs`].
    pub async fn claim_in(
        &self,
        lane: Lane<'_>,
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<Job>, DbError> {
        let until = now.saturating_add(lease).unwrap_or(Timestamp::MAX);
        let mut params = vec![now.into(), i64::from(limit).into()];
        let sql = match lane {
            Lane::Of(name) => {
                params.push(name.into());
                DUE_OF
            }
            Lane::AllBut(names) => {
                params.extend(names.map(Into::into));
                DUE_BUT
            }
        };
        let rows = self.db.query(sql, params).await?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let (n, name) = (row.int(0)?, row.text(1)?);
            let params = vec![n.into(), now.into(), until.into()];
            match self.db.write(vec![Step::expecting(CLAIM, params, 1)]).await {
                Ok(_) => {
                    let mut job = Job {
                        n,
                        name: name.to_owned(),
                        attempts: row.int(2)?,
                        payload: Vec::new(),
                    };
                    match self.unseal("job", name.as_bytes(), row.bytes(3)?) {
                        Ok(payload) => job.payload = payload,
                        // It must not stop those behind it.
                        Err(_) => {
                            self.job_aside(&job).await?;
                            continue;
                        }
                    }
                    claimed.push(job);
                }
                // Another worker was faster.
                Err(DbError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(claimed)
    }

    /// The job is done, also when [`Store::finish`] ended it already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn job_done(&self, job: &Job) -> Result<(), DbError> {
        self.db
            .write(vec![Step::new(
                DONE,
                vec![
                    job.n.into(),
                    job.name.as_str().into(),
                    (job.attempts + 1).into(),
                ],
            )])
            .await
            .map(drop)
    }

    /// What the work wrote is written once: refused when another has claimed the job since.
    pub fn finish(&self, job: &Job) -> With {
        let params = vec![job.n.into(), (job.attempts + 1).into()];
        With(vec![Step::expecting(FINISH, params, 1)])
    }

    /// The job is to be tried again; not when another has claimed it since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn job_later(&self, job: &Job, due: Timestamp) -> Result<(), DbError> {
        self.db
            .write(vec![Step::new(
                LATER,
                vec![job.n.into(), due.into(), (job.attempts + 1).into()],
            )])
            .await
            .map(drop)
    }

    /// The job is not tried again until somebody says so; it stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn job_aside(&self, job: &Job) -> Result<(), DbError> {
        self.job_later(job, NEVER).await
    }

    /// How many jobs were set aside, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn jobs_aside(&self) -> Result<Vec<(String, i64)>, DbError> {
        let rows = self.db.query(ASIDE, vec![NEVER.into()]).await?;
        rows.iter()
            .map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?)))
            .collect()
    }

    /// Takes up again, at `now`, what was set aside.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retry_jobs(&self, now: Timestamp) -> Result<(), DbError> {
        let step = Step::new(AGAIN, vec![NEVER.into(), now.into()]);
        self.db.write(vec![step]).await
    }

    /// How many jobs are due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn jobs_due(&self, now: Timestamp) -> Result<i64, DbError> {
        let rows = self.db.query(COUNT, vec![now.into()]).await?;
        rows.first().map_or(Ok(0), |row| row.int(0))
    }

    /// How many jobs failed and wait to be tried again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn jobs_failed(&self) -> Result<i64, DbError> {
        let rows = self.db.query(FAILED, vec![NEVER.into()]).await?;
        rows.first().map_or(Ok(0), |row| row.int(0))
    }
}
