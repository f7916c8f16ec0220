//! Signs checkpoints from time to time, and compares them before anything is served.

use std::{path::PathBuf, time::Duration};

use access::App;
use anyhow::{Context, bail};
use jiff::Timestamp;
use vault::{Checkpoint, CheckpointProblem, Standing};

use crate::{install::place, settings::Settings};

/// Where checkpoints go, and how often.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The folder of the signed lines.
    pub folder: PathBuf,
    /// Time from one to the next.
    pub every: Duration,
}

impl Plan {
    /// As the settings have it.
    ///
    /// # Errors
    /// When a setting cannot be read, or the folder lies under the data.
    pub fn of(settings: &Settings) -> anyhow::Result<Self> {
        let folder = settings.path("checkpoints.folder");
        // Whoever puts back an older data folder would put older checkpoints back with it.
        if place(&folder).starts_with(place(&settings.path("data"))) {
            bail!(
                "the checkpoints' folder {} lies under the data folder: move it elsewhere",
                folder.display()
            );
        }
        Ok(Self {
            folder,
            every: settings.duration("checkpoints.every")?.unsigned_abs(),
        })
    }
}

/// Compares the database with the lines that were exported: two lines are read.
///
/// # Errors
/// When the database is older than they are, or another one: then nothing may be served.
pub async fn at_start(app: &App, plan: &Plan) -> anyhow::Result<()> {
    let folder = plan.folder.display();
    let standing = app.gate.standing(&plan.folder).await;
    match standing.context("les points de contrôle")? {
        Standing::Nothing | Standing::Level(_) | Standing::Ahead(_) => Ok(()),
        Standing::Older { database, exported } => {
            let ours = match &database {
                Some(last) => format!("son dernier point de contrôle est le {}", named(last)),
                None => "elle n’a aucun point de contrôle".to_owned(),
            };
            bail!(
                "la base est plus ancienne que ce qui a été signé : {ours}, et {folder} va \
                 jusqu’au {}. Une ancienne copie a pris sa place. Si personne ne l’a voulu, ne \
                 touchez à rien et cherchez qui l’a fait. Si c’est une restauration voulue, \
                 dites-le avec « carnet audit restored » : ce qui a été écrit entre les deux est \
                 perdu, et la suite des points de contrôle le dira",
                named(&exported)
            )
        }
        Standing::Parted(exported) => bail!(
            "la base ne continue pas les points de contrôle de {folder}, qui vont jusqu’au {} : \
             ce dossier est celui d’une autre installation, ou une ancienne copie de la base a \
             été mise à sa place et a continué. « carnet audit verify » dit ce qui diffère",
            named(&exported)
        ),
    }
}

/// « n° 12 du 05/06/2026 à 08:00 UTC ».
pub(crate) fn named(checkpoint: &Checkpoint) -> String {
    format!("n° {} du {}", checkpoint.n, when(checkpoint.at))
}

fn when(at: Timestamp) -> impl std::fmt::Display {
    at.strftime("%d/%m/%Y à %H:%M UTC")
}

/// What does not fit, as the operator reads it.
pub(crate) fn said(problem: &CheckpointProblem) -> String {
    match problem {
        CheckpointProblem::AlteredLine(n) => {
            format!("La ligne {n} des points de contrôle exportés a été altérée ou retirée.")
        }
        CheckpointProblem::Older(database, exported) => format!(
            "La base a été remplacée par une plus ancienne : elle s’arrête au point de contrôle \
             {database}, ceux qui ont été exportés vont jusqu’au {exported}."
        ),
        CheckpointProblem::Parted(n) => format!(
            "La base ne connaît pas le point de contrôle {n} qui a été exporté : une ancienne \
             copie a continué à sa place, ou ces points sont d’une autre installation."
        ),
        CheckpointProblem::ShortRegister(lines, signed) => format!(
            "Le registre des effacements a été remplacé par un plus ancien : {lines} lignes, \
             {signed} au dernier point de contrôle."
        ),
        CheckpointProblem::AlteredStamps => {
            "Ce qui a été signé au dernier point de contrôle a été altéré dans la base.".to_owned()
        }
        CheckpointProblem::MissingRecord(record) => {
            format!("{record} : ce dossier a disparu sans avoir été effacé.")
        }
    }
}

/// Signs until the task is dropped; the first time at once.
pub async fn run(app: App, plan: Plan) {
    loop {
        if let Err(error) = take(&app, &plan).await {
            tracing::error!(error = format!("{error:#}"), "no checkpoint was taken");
        }
        tokio::time::sleep(plan.every).await;
    }
}

/// Signs what has moved, and exports it.
///
/// # Errors
/// When a store or the folder fails, or what was signed before does not fit.
pub async fn take(app: &App, plan: &Plan) -> anyhow::Result<()> {
    // Never over a database that was put back while the server ran.
    at_start(app, plan).await?;
    if let Some(last) = app.gate.checkpoint().await? {
        tracing::info!(n = last.n, records = last.records, "checkpoint");
    }
    Ok(app.gate.export_checkpoints(&plan.folder).await?)
}
