//! Erasing a person, and following the register of erasures where an older backup was put back.

use access::{App, ErasedThing, Refused};
use anyhow::{Context, anyhow};
use jiff::Timestamp;
use serde::Serialize;
use vault::RecordId;
use web::Problem;

/// What shows that a person was erased.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    /// The line of the register.
    pub line: u64,
    /// When.
    pub at: Timestamp,
    /// When the last backup that holds their key must be destroyed; `None` when there is none.
    pub last_key_backup: Option<Timestamp>,
}

/// Erases a person: their record, its key, its files, and everything that names it.
///
/// # Errors
/// When a store or the register fails. Once the register has the line, it is done again at each
/// start until it is done.
pub async fn erase(app: &App, record: RecordId) -> anyhow::Result<Proof> {
    let line = app.gate.register_erasure(record).await.map_err(failed)?;
    person(app, record).await?;
    app.gate.followed(line.n).await.map_err(failed)?;
    Ok(Proof {
        line: line.n,
        at: line.at,
        last_key_backup: app.gate.last_key_backup().await.map_err(failed)?,
    })
}

/// Does again what was erased since the stores were backed up; to be called before anything is
/// served. Gives how many erasures there were.
///
/// # Errors
/// When the register is not whole or a store fails: then nothing may be served.
pub async fn catch_up(app: &App) -> anyhow::Result<usize> {
    let missed = app.gate.missed_erasures().await.map_err(failed)?;
    for erasure in &missed {
        match erasure.thing {
            None => person(app, erasure.record).await?,
            Some(id) => documents::erase_again(app, erasure.record, id)
                .await
                .map_err(internal)?,
        }
        app.gate.followed(erasure.n).await.map_err(failed)?;
    }
    if !missed.is_empty() {
        tracing::warn!(
            erasures = missed.len(),
            "an older backup was put back: what was erased since is erased again"
        );
    }
    Ok(missed.len())
}

/// The job that comes to the end of a closed space: erases it, unless it was opened again.
pub(crate) async fn end_space(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    if let Some(record) = account::closing::work::begin_end(app, payload).await? {
        let proof = erase(app, record).await?;
        tracing::info!(line = proof.line, "a closed space is erased");
    }
    Ok(())
}

/// The job that finishes the erasure of a document.
pub(crate) async fn finish_thing(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let erased: ErasedThing = serde_json::from_slice(payload).context("an erasure")?;
    app.gate.erased(&erased).await.map_err(failed)
}

/// The files first: without the key nobody could say which they are.
async fn person(app: &App, record: RecordId) -> anyhow::Result<()> {
    let (names, files) = documents::belongings(app, record).await.map_err(internal)?;
    for file in &files {
        app.gate.drop_file(file).await.map_err(failed)?;
    }
    app.gate.erase(record, names).await.map_err(failed)
}

fn failed(refused: Refused) -> anyhow::Error {
    match refused {
        Refused::Failed(error) => error,
        other => anyhow!("{other:?}"),
    }
}

fn internal(problem: Problem) -> anyhow::Error {
    match problem {
        Problem::Internal(error) => error,
        other => anyhow!("{other:?}"),
    }
}
