//! `carnet keys …`: turning the key-encryption key.

use std::{ops::ControlFlow, sync::Arc};

use ambient::{Random, SystemRandom};
use indicatif::{ProgressBar, ProgressStyle};
use vault::{
    Suite,
    keys::{KeyProvider as _, Rotated},
};

use crate::{install::places, settings::Settings};

/// Turns the key-encryption key, or goes on with a rotation that was stopped.
///
/// # Errors
/// When the key file or the key store cannot be used; what was done stands.
pub async fn rotate(settings: &Settings) -> anyhow::Result<Rotated> {
    let store = places(settings, Suite::default())?.key_store;
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} clés  reste {eta}")?;
    let bar = ProgressBar::new(0).with_style(style);
    let progress = |done, all| {
        bar.set_length(all);
        bar.set_position(done);
        ControlFlow::Continue(())
    };
    let path = settings.path("keys.file");
    let rotated = vault::keys::rotate(&store, &path, Arc::new(SystemRandom), progress).await?;
    bar.finish_and_clear();
    Ok(rotated)
}

/// The public key, as hexadecimal digits.
///
/// # Errors
/// When the key file cannot be used.
pub fn public(settings: &Settings) -> anyhow::Result<String> {
    let keys = crate::backup::keys(settings)?;
    let digits = keys.public_key();
    Ok(digits.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A new key of Web Push, as the setting holds it.
pub fn push(random: &impl Random) -> String {
    loop {
        let mut secret = [0; 32];
        random.fill(&mut secret);
        if let Some(text) = push::Vapid::text(&secret) {
            return text;
        }
    }
}

/// Says it to the operator.
pub fn print(rotated: &Rotated) {
    println!(
        "{} clés emballées de nouveau, par la génération {}.",
        rotated.rewrapped, rotated.generation
    );
    println!(
        "Maintenant : mettez en lieu sûr une copie du nouveau fichier de clés, et sauvez les clés \
         (« carnet backup --keys DOSSIER »). Les sauvegardes de clés d’avant ne s’ouvrent qu’avec \
         l’ancien fichier : gardez-en la copie jusqu’à leur destruction."
    );
}
