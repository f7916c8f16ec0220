//! `carnet backup DIR`: database and sealed files; `carnet backup --keys DIR`: the wrapped keys.

use std::path::{Path, PathBuf};

use ambient::{Clock, SystemRandom};
use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::sync::Arc;
use vault::{
    DatabaseUrl, Suite,
    backup::{self, Manifest, Stage, What},
    keys::{FileKeys, KeyBackup, forget_backup, key_backups, note_backup},
    note_main_backup,
};

use crate::{install::places, settings::Settings};

/// What was done.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The backup.
    pub backup: Manifest,
    /// Key backups that had expired and were destroyed.
    pub destroyed: Vec<PathBuf>,
    /// Those that had expired and were not found where they were made.
    pub missing: Vec<PathBuf>,
}

/// Makes a backup, while servers may go on writing.
///
/// # Errors
/// When the folder is not empty, or something cannot be read or written.
pub async fn run(
    settings: &Settings,
    what: What,
    folder: &Path,
    clock: &dyn Clock,
) -> anyhow::Result<Report> {
    let (config, keys) = (places(settings, Suite::default())?, keys(settings)?);
    let now = clock.now();
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let folder = folder.canonicalize()?;
    for kept in [settings.path("data"), key_folder(settings)] {
        if kept
            .canonicalize()
            .is_ok_and(|kept| folder.starts_with(kept))
        {
            bail!(
                "{} : une sauvegarde va ailleurs que les données",
                folder.display()
            );
        }
    }
    let mut report = (vec![], vec![]);
    let mut expires = None;
    if what == What::Keys {
        let days: i64 = settings.number("keys.retention")?;
        let until = now.saturating_add(SignedDuration::from_hours(24 * days))?;
        expires = Some(until);
        report = destroy_expired(&config.key_store, now).await?;
        // Noted before it exists: a proof of erasure must not overlook it.
        let noted = KeyBackup {
            made: now,
            expires: until,
            place: folder.display().to_string(),
        };
        note_backup(&config.key_store, &noted).await?;
    }
    let bar = bar();
    let made = (now, expires);
    let mut progress = |stage, done, all| show(&bar, stage, done, all);
    let manifest = backup::save(&config, what, &folder, made, &keys, &mut progress).await?;
    bar.finish_and_clear();
    if what == What::Main {
        note_main_backup(&config.key_store, now).await?;
    }
    let (destroyed, missing) = report;
    Ok(Report {
        backup: manifest,
        destroyed,
        missing,
    })
}

impl Report {
    /// Says it to the operator.
    pub fn print(&self) {
        let Manifest { files, bytes, .. } = self.backup;
        println!("Sauvegarde faite : {files} fichiers, {}.", size(bytes));
        if let Some(expires) = self.backup.expires {
            println!(
                "Elle contient des clés : gardez-la loin de l’autre, détruisez-la le {} au plus tard.",
                expires.strftime("%d/%m/%Y")
            );
        } else {
            println!(
                "Elle ne contient aucune clé : « carnet backup --keys DOSSIER » les sauve à part."
            );
        }
        for place in &self.destroyed {
            println!("Ancienne sauvegarde de clés détruite : {}", place.display());
        }
        for place in &self.missing {
            println!(
                "Ancienne sauvegarde de clés introuvable : {}. Si elle a été déplacée, détruisez-la.",
                place.display()
            );
        }
    }
}

/// Destroys the key backups that have expired, where they are still in their place.
async fn destroy_expired(
    store: &DatabaseUrl,
    now: Timestamp,
) -> anyhow::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (mut destroyed, mut missing) = (vec![], vec![]);
    for old in key_backups(store).await? {
        if old.expires > now {
            continue;
        }
        let place = PathBuf::from(&old.place);
        if backup::is_of(&place, What::Keys, old.made) {
            std::fs::remove_dir_all(&place).with_context(|| old.place.clone())?;
            destroyed.push(place);
        } else {
            missing.push(place);
        }
        forget_backup(store, old.made).await?;
    }
    Ok((destroyed, missing))
}

/// The keys of the installation; none are made.
pub(crate) fn keys(settings: &Settings) -> anyhow::Result<FileKeys> {
    Ok(FileKeys::read(
        &settings.path("keys.file"),
        Arc::new(SystemRandom),
    )?)
}

fn key_folder(settings: &Settings) -> PathBuf {
    let store = settings.get("keys.store").trim_start_matches("sqlite:");
    match store.starts_with("postgres") {
        true => PathBuf::new(),
        false => Path::new(store)
            .parent()
            .map(Path::to_owned)
            .unwrap_or_default(),
    }
}

/// A progress bar over bytes; nothing is drawn where nobody watches.
pub(crate) fn bar() -> ProgressBar {
    let style = "{msg:24} {bar:30} {percent} %  {bytes}/{total_bytes}";
    let style =
        ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

pub(crate) fn show(bar: &ProgressBar, stage: Stage, done: u64, all: u64) {
    bar.set_message(match stage {
        Stage::Database => "Base de données",
        Stage::Files => "Fichiers scellés",
        Stage::Check => "Relecture et empreintes",
    });
    bar.set_length(all);
    bar.set_position(done);
}

fn size(bytes: u64) -> String {
    match bytes {
        ..1_000_000 => format!("{} ko", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} Mo", bytes / 1_000_000),
        _ => format!("{} Go", bytes / 1_000_000_000),
    }
}
