//! `carnet restore DIR [--keys DIR]`: puts a backup back on an empty machine, and verifies it.

use std::path::Path;

use access::App;
use anyhow::{Context, bail};
use serde::Serialize;
use vault::{
    Checkpoint, Standing, Suite,
    backup::{self, Manifest, What},
};

use crate::{
    audit,
    backup::{bar, keys, show},
    checkpoints, erasures,
    install::places,
    settings::Settings,
};

/// What was put back.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The backup.
    pub backup: Manifest,
    /// The backup of the keys, when one was given.
    pub keys: Option<Manifest>,
    /// The last checkpoint of what was lost: written after the backup was made.
    pub lost: Option<Checkpoint>,
    /// Erasures made since, and made again.
    pub erased_again: usize,
    /// What reading every record from end to end found.
    pub verified: audit::Report,
}

/// Puts a backup back where there is nothing; `open` starts the installation that is then there.
///
/// # Errors
/// When a backup is not whole, something is in its place, or what was put back does not open. Until
/// both backups were read and compared with their signatures, nothing is touched.
pub async fn run(
    settings: &Settings,
    folder: &Path,
    key_folder: Option<&Path>,
    open: impl FnOnce() -> anyhow::Result<App>,
) -> anyhow::Result<Report> {
    let (config, provider) = (places(settings, Suite::default())?, keys(settings)?);
    let bar = bar();
    let mut progress = |stage, done, all| show(&bar, stage, done, all);
    let main = backup::check(folder, What::Main, &provider, &mut progress)?;
    let mut with_keys = None;
    if let Some(folder) = key_folder {
        let manifest = backup::check(folder, What::Keys, &provider, &mut progress)?;
        with_keys = Some((manifest, folder));
    }
    let data = settings.path("data");
    let empty = std::fs::read_dir(&data).map_or(true, |mut all| all.next().is_none());
    if !empty || !backup::is_vacant(&config, What::Main).await? {
        bail!(
            "il y a déjà des données dans {} ou dans la base : on ne restaure que sur du vide",
            data.display()
        );
    }
    match (&with_keys, backup::is_vacant(&config, What::Keys).await?) {
        (None, true) => {
            bail!("il n’y a pas de clés ici : ajoutez --keys et le dossier de leur sauvegarde")
        }
        (Some(_), false) => {
            bail!("il y a déjà des clés dans « keys.store » : déplacez-les, ou retirez --keys")
        }
        _ => {}
    }
    if let Some((manifest, folder)) = &with_keys {
        backup::restore(&config, manifest, folder, &mut progress).await?;
    }
    backup::restore(&config, &main, folder, &mut progress).await?;
    bar.finish_and_clear();
    let app = open().context("ce qui a été restauré ne s’ouvre pas")?;
    let erased_again = erasures::catch_up(&app).await?;
    let signed = settings.path("checkpoints.folder");
    let mut lost = None;
    if let Standing::Older { exported, .. } = app.gate.standing(&signed).await? {
        app.gate.accept_restored(&signed).await?;
        lost = Some(exported);
    }
    let verified = audit::verify_all(&app.gate, &signed, |_, _| {}).await?;
    Ok(Report {
        lost,
        backup: main,
        keys: with_keys.map(|(manifest, _)| manifest),
        erased_again,
        verified,
    })
}

impl Report {
    /// Says it to the operator.
    pub fn print(&self) {
        println!(
            "Restauré : la sauvegarde du {}.",
            self.backup.made.strftime("%d/%m/%Y à %H:%M UTC")
        );
        if let Some(last) = &self.lost {
            println!(
                "Ce qui a été écrit après cette sauvegarde, au moins jusqu’au point de contrôle \
                 {}, n’y est pas. C’est noté dans la suite des points de contrôle.",
                checkpoints::named(last)
            );
        }
        if self.erased_again > 0 {
            println!(
                "Effacements faits depuis, et refaits : {}.",
                self.erased_again
            );
        }
        println!(
            "Vérifié : {} dossiers, {} entrées. {}",
            self.verified.records,
            self.verified.entries,
            match self.verified.is_clean() {
                true => "Tout est en ordre.",
                false => "Quelque chose ne va pas : « carnet audit verify » dit où.",
            }
        );
    }
}
