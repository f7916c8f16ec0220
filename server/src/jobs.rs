//! Background work: claims what is due and does it, once or again.

use std::time::Duration;

use access::{
    App, END_RECEIVED, END_TOLD, ERASED, FILE_EMERGENCY, FILE_ENTRUSTED, FORGET_EMERGENCY,
    contest::FILE_CONTEST,
    notices,
    openings::{END_REGISTER, FILE_OPENING},
    report::{END_REPORT, FILE_REPORT},
};
use anyhow::bail;
use jiff::SignedDuration;
use tokio::sync::watch;
use vault::store::{Job, Lane};

use crate::{erasures, reference::Followed};

/// Reading files is slow and other work is not: each has its lane.
const TEXTS: Lane<'_> = Lane::Of(documents::search::DRAW);
const ARCHIVES: Lane<'_> = Lane::Of(takeaway::PACK);
const OTHERS: Lane<'_> = Lane::AllBut([documents::search::DRAW, takeaway::PACK]);

const LEASE: SignedDuration = SignedDuration::from_mins(2);
const EVERY: Duration = Duration::from_secs(1);
const AT_ONCE: u32 = 50;
/// Files that are read in one round, and how long that may take.
const FILES: u32 = 8;
/// How long making one archive may take.
const PACKING: SignedDuration = SignedDuration::from_mins(60);
const READING: SignedDuration = SignedDuration::from_mins(15);
/// After this many tries a job waits a day between two.
const PATIENCE: i64 = 10;
/// After this many, ten days, it is set aside until somebody takes it up again.
const TRIES: i64 = 20;

/// Works until it is told to stop, between two rounds: a job that was begun is done or noted as
/// to be tried again.
pub async fn run(app: App, mut stopping: watch::Receiver<bool>) {
    let mut tables = Followed::default();
    while !*stopping.borrow() {
        // What another server erased is let go of here within a second.
        if app.gate.forget_erased().await.is_err() {
            tracing::error!("the register of erasures cannot be followed");
        }
        // And whom it, or the operator's command, suspended.
        if app.gate.follow_suspensions().await.is_err() {
            tracing::error!("the list of suspended accounts cannot be followed");
        }
        if let Err(error) = tables.follow(&app).await {
            tracing::error!(error = format!("{error:#}"), "reference data");
        }
        let pause = match work(&app).await {
            Ok(0) => EVERY,
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "background work");
                EVERY * 10
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            gone = stopping.changed() => if gone.is_err() { break },
        }
    }
}

/// Reads the text of new documents, one after the other, until the task is dropped.
pub async fn run_reading(app: App) {
    loop {
        let pause = match read(&app).await {
            Ok(0) => EVERY,
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "reading documents");
                EVERY * 10
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Makes the archives that people asked for, one after the other, until the task is dropped.
pub async fn run_packing(app: App) {
    loop {
        let pause = match pack(&app).await {
            Ok(0) => EVERY,
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "making archives");
                EVERY * 10
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Does what is due now, but for reading documents; gives how many jobs were tried.
///
/// # Errors
/// When the database fails; a job that fails is tried again later, or set aside.
pub async fn work(app: &App) -> anyhow::Result<usize> {
    round(app, OTHERS, LEASE, AT_ONCE).await
}

/// Reads the text of documents that came; gives how many were tried.
///
/// # Errors
/// As [`work`].
pub async fn read(app: &App) -> anyhow::Result<usize> {
    round(app, TEXTS, READING, FILES).await
}

/// Makes an archive that is due; gives how many were tried.
///
/// # Errors
/// As [`work`].
pub async fn pack(app: &App) -> anyhow::Result<usize> {
    round(app, ARCHIVES, PACKING, 1).await
}

async fn round(
    app: &App,
    lane: Lane<'_>,
    lease: SignedDuration,
    limit: u32,
) -> anyhow::Result<usize> {
    let jobs = app.store.claim_in(lane, app.now(), lease, limit).await?;
    for job in &jobs {
        match perform(app, job).await {
            Ok(()) => app.store.job_done(job).await?,
            Err(error) if job.attempts + 1 >= TRIES => {
                tracing::error!(
                    job = job.name,
                    error = format!("{error:#}"),
                    "a job is set aside: « carnet jobs » shows it"
                );
                app.store.job_aside(job).await?;
            }
            Err(error) => {
                let wait = match job.attempts {
                    tries if tries < PATIENCE => SignedDuration::from_mins(1_i64 << tries.min(9)),
                    _ => SignedDuration::from_hours(24),
                };
                tracing::warn!(
                    job = job.name,
                    error = format!("{error:#}"),
                    "a job will be tried again"
                );
                app.store
                    .job_later(job, app.now().saturating_add(wait)?)
                    .await?;
            }
        }
    }
    Ok(jobs.len())
}

async fn perform(app: &App, job: &Job) -> anyhow::Result<()> {
    match job.name.as_str() {
        notices::NOTIFY => notices::tell(app, job).await,
        notices::SEND => notices::send(app, &job.payload).await,
        notices::DIGEST => notices::digest(app, job).await,
        FILE_EMERGENCY => {
            let filed = app.gate.file_emergency(&job.payload).await;
            filed.map_err(|refused| anyhow::anyhow!("an emergency is not filed: {refused:?}"))
        }
        FORGET_EMERGENCY => {
            let done = app.gate.forget_emergency(&job.payload).await;
            done.map_err(|refused| anyhow::anyhow!("a name is not forgotten: {refused:?}"))
        }
        FILE_OPENING => {
            let filed = app.gate.file_opening(&job.payload).await;
            filed.map_err(|refused| anyhow::anyhow!("an opening is not filed: {refused:?}"))
        }
        END_REGISTER => {
            let ended = app.gate.end_register(&job.payload).await;
            ended.map_err(|refused| anyhow::anyhow!("a register does not end: {refused:?}"))
        }
        FILE_ENTRUSTED => {
            let filed = app.gate.file_entrusted(&job.payload).await;
            filed.map_err(|refused| anyhow::anyhow!("a record is not entrusted: {refused:?}"))
        }
        FILE_CONTEST => {
            let filed = app.gate.file_contest(&job.payload).await;
            filed.map_err(|refused| anyhow::anyhow!("a thread is not filed: {refused:?}"))
        }
        END_TOLD => {
            let ended = app.gate.end_told(&job.payload).await;
            ended.map_err(|refused| anyhow::anyhow!("what was told does not end: {refused:?}"))
        }
        END_RECEIVED => {
            let ended = app.gate.end_received(&job.payload).await;
            ended.map_err(|refused| anyhow::anyhow!("files are not let go of: {refused:?}"))
        }
        FILE_REPORT => {
            let filed = app.gate.file_report(&job.payload).await;
            filed.map_err(|refused| anyhow::anyhow!("a report is not filed: {refused:?}"))
        }
        END_REPORT => {
            let ended = app.gate.end_report(&job.payload).await;
            ended.map_err(|refused| anyhow::anyhow!("a report does not end: {refused:?}"))
        }
        documents::search::DRAW => documents::search::draw(app, job).await,
        takeaway::PACK => takeaway::pack(app, &job.payload).await,
        takeaway::UNPACK => takeaway::unpack(app, &job.payload).await,
        documents::PURGE => documents::purge(app, &job.payload).await,
        documents::astray::SET_ASIDE => documents::astray::set_aside(app, &job.payload).await,
        documents::astray::END_HELD => documents::astray::end_held(app, &job.payload).await,
        exchange::RECALL => exchange::recall(app, &job.payload).await,
        exchange::GIVE => exchange::give(app, &job.payload).await,
        documents::REVIEW => documents::remind(app, job).await,
        documents::DISCLOSE => documents::disclose(app, &job.payload).await,
        ERASED => erasures::finish_thing(app, &job.payload).await,
        account::closing::work::END => erasures::end_space(app, &job.payload).await,
        unknown => match account::opening::perform(app, job).await {
            Some(done) => done,
            None => bail!("no job is named « {unknown} »"),
        },
    }
}
