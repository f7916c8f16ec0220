//! Two people: what is asked, its text to sign, signatures.

use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use access::{
    App,
    warrant::{Asked, Operator, Whose},
};
use ambient::{Id, SystemRandom};
use anyhow::{Context, bail};
use jiff::Timestamp;
use serde_json::json;
use vault::keys::PersonalKey;

use super::failed;

/// The longest reason.
const LONGEST: usize = 500;

/// Draws a key into a file, and prints the public one.
pub(super) fn draw(file: &Path) -> anyhow::Result<()> {
    let text = PersonalKey::draw(&SystemRandom);
    let mut open = std::fs::OpenOptions::new();
    let opened = open.write(true).create_new(true).mode(0o600).open(file);
    let mut opened = opened.with_context(|| file.display().to_string())?;
    opened.write_all(text.expose().as_bytes())?;
    opened.sync_all()?;
    let key = PersonalKey::read(text.expose()).context("a key that was just drawn")?;
    println!("{}", key.public());
    eprintln!(
        "La clé est dans {}. Gardez-la sur vous, jamais sur le serveur. Ce qui précède est la clé \
         publique, à déclarer dans le réglage audit.operators après votre nom.",
        file.display()
    );
    Ok(())
}

/// Shows the text and prints its signature.
pub(super) fn sign(text: &Path, key: &Path) -> anyhow::Result<()> {
    let asked = std::fs::read_to_string(text).with_context(|| text.display().to_string())?;
    let held = std::fs::read_to_string(key).with_context(|| key.display().to_string())?;
    let held = PersonalKey::read(&held);
    let held = held.with_context(|| format!("{} n’est pas une clé d’exploitant", key.display()))?;
    let known = [
        "Carnet : lecture d’un registre",
        "Carnet : rappel de documents",
    ];
    if !known.iter().any(|known| asked.starts_with(known)) {
        bail!(
            "{} n’est ni une demande de lecture d’un registre, ni un rappel de documents",
            text.display()
        );
    }
    eprint!("Vous signez :\n\n{asked}\n");
    println!("{}", held.sign(asked.as_bytes()));
    Ok(())
}

/// Asks; prints the text to sign.
pub(super) async fn ask(
    app: &App,
    whose: Whose,
    (from, to): (Timestamp, Timestamp),
    reason: &str,
    letters: bool,
) -> anyhow::Result<()> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() || reason.chars().count() > LONGEST {
        bail!("--reason : dites pourquoi, en {LONGEST} signes au plus");
    }
    let asked = Asked {
        at: app.now(),
        whose,
        from,
        to,
        letters,
        reason,
        alert: false,
        approvals: vec![],
        readings: vec![],
    };
    let id = app.gate.ask_register(asked.clone()).await.map_err(failed)?;
    print!("{}", asked.text(id));
    eprintln!(
        "\nDeux exploitants signent ce texte, chacun chez soi : carnet audit sign FICHIER --key CLÉ. \
         Puis : carnet audit approve {id} SIGNATURE, et carnet audit who --asked {id}. Cela tient \
         sept jours."
    );
    Ok(())
}

/// Adds a signature.
pub(super) async fn approve(
    app: &App,
    operators: &[Operator],
    number: &str,
    signature: &str,
) -> anyhow::Result<()> {
    let id = read_number(number)?;
    let now = app.now();
    let approved = app
        .gate
        .approve_register(id, operators, signature.trim(), now);
    let by = approved.await.map_err(failed)??;
    println!("Accord de {by} noté.");
    Ok(())
}

/// Lists what was asked.
pub(super) async fn asked(app: &App, operators: &[Operator], json: bool) -> anyhow::Result<()> {
    let all = app.gate.asked_registers().await.map_err(failed)?;
    if json {
        let lines = all.iter().map(|(id, one)| json!({"id": id, "asked": one}));
        let lines: Vec<_> = lines.collect();
        println!("{}", serde_json::to_string_pretty(&lines)?);
        return Ok(());
    }
    for (id, one) in &all {
        let whose = match &one.whose {
            Whose::Professional(number) => format!("professionnel {number}"),
            Whose::Organisation(number) => format!("organisation {number}"),
        };
        println!(
            "{:.0}  {whose}, du {:.0} au {:.0}  n° {id}",
            one.at, one.from, one.to
        );
        println!("  {}", one.reason);
        let by = match one.approved_by(*id, operators).join(", ") {
            _ if one.alert => "un exploitant seul, sur alerte".to_owned(),
            nobody if nobody.is_empty() => "personne encore".to_owned(),
            names => names,
        };
        println!("  accord : {by}");
        for reading in &one.readings {
            println!(
                "  lu le {:.0} : {} lignes, {} noms",
                reading.at, reading.lines, reading.names
            );
        }
    }
    println!("{} demandes.", all.len());
    Ok(())
}

pub(super) fn read_number(number: &str) -> anyhow::Result<Id> {
    let id = number.parse().ok();
    id.with_context(|| format!("« {number} » n’est pas un numéro de demande (carnet audit asked)"))
}
