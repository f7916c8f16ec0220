//! `carnet audit verify FILE`: checks a person's proof with the public key alone.

use std::path::Path;

use anyhow::{Context, bail};
use serde::Serialize;
use vault::{Proved, ProvedLine, check_proof};

use crate::checkpoints::named;

/// What a proof shows, and beside an older one.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What it shows.
    pub proof: Proved,
    /// Whether the key was given; else the one in the file was taken.
    pub key_given: bool,
    /// Lines of an older proof that are not in this one, where one was given.
    pub lost: Option<Vec<ProvedLine>>,
}

impl Report {
    /// Whether nothing of the older proof is lost.
    pub fn is_clean(&self) -> bool {
        self.lost.as_ref().is_none_or(Vec::is_empty)
    }
}

/// Checks a proof; `key` is 64 hexadecimal digits, `older` another proof of the same history.
///
/// # Errors
/// In French, when a file proves nothing: it was altered, cut, or signed by another key.
pub fn check(file: &Path, key: Option<&str>, older: Option<&Path>) -> anyhow::Result<Report> {
    let key = key.map(read_key).transpose()?;
    let proof = read(file, key.as_deref())?;
    let lost = match older {
        None => None,
        Some(path) => {
            let older = read(path, key.as_deref())?;
            if older.public_key != proof.public_key {
                bail!("les deux preuves ne sont pas signées par la même clé");
            }
            Some(lost(&older.lines, &proof.lines))
        }
    };
    Ok(Report {
        key_given: key.is_some(),
        proof,
        lost,
    })
}

fn read(path: &Path, key: Option<&[u8]>) -> anyhow::Result<Proved> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| shown.to_string())?;
    check_proof(&text, key).map_err(|bad| {
        use vault::BadProof::{Altered, Checkpoint, Cut, Strange, Unsigned};
        let why = match bad {
            Strange => "ce n’est pas une preuve de cette version".to_owned(),
            Altered(n) => {
                format!("la ligne {n} du fichier a été changée, ou une ligne avant elle retirée")
            }
            Cut => "la fin du fichier a été coupée".to_owned(),
            Unsigned => "la signature n’est pas celle de cette clé".to_owned(),
            Checkpoint => "le point de contrôle ne va pas avec le reste".to_owned(),
        };
        anyhow::anyhow!("{shown} ne prouve rien : {why}")
    })
}

fn read_key(text: &str) -> anyhow::Result<Vec<u8>> {
    let digits: String = text.split_whitespace().collect();
    vault::keys::public_key(&digits).context("la clé publique a 64 chiffres de 0 à f")
}

/// The lines of `older` that `newer` does not have, in its order.
fn lost(older: &[ProvedLine], newer: &[ProvedLine]) -> Vec<ProvedLine> {
    let mut rest = newer.iter();
    let mut lost = Vec::new();
    for line in older {
        // Others may stand in between: what was hidden then may be shown now.
        let after = rest.clone().position(|other| other == line);
        match after {
            Some(at) => drop(rest.nth(at)),
            None => lost.push(line.clone()),
        }
    }
    lost
}

/// Says it to who checks.
pub fn print(report: &Report) {
    let proof = &report.proof;
    println!("Cette preuve montre :");
    println!(
        "- {} lignes d’historique, telles que l’installation les a montrées et signées le {} ;",
        proof.lines.len(),
        proof.made.strftime("%d/%m/%Y à %H:%M UTC")
    );
    println!("- que ce fichier n’a pas changé depuis : rien d’ajouté, de retiré ni de coupé ;");
    match &proof.checkpoint {
        Some(signed) => println!(
            "- que ce dossier est couvert par le point de contrôle {} : l’installation ne peut \
             plus en présenter un autre état à cette date ;",
            named(signed)
        ),
        None => println!("- (aucun point de contrôle ne couvrait encore ce dossier) ;"),
    }
    match &report.lost {
        None => {}
        Some(lost) if lost.is_empty() => {
            println!("- que chaque ligne de l’ancienne preuve y est encore, inchangée.");
        }
        Some(lost) => {
            println!(
                "MAIS {} lignes de l’ancienne preuve n’y sont plus :",
                lost.len()
            );
            for line in lost {
                println!("  {}", line.value);
            }
        }
    }
    println!("Elle ne montre pas :");
    println!("- que rien d’autre n’a été fait : ce que vous ne pouvez pas voir n’y est pas ;");
    println!("- que ce qui est écrit est vrai : c’est l’installation qui l’a écrit ;");
    if !report.key_given {
        println!("- que la clé est bien celle de votre installation : comparez-la avec sa page.");
    }
    if report.lost.is_none() {
        println!(
            "- que l’historique n’a pas été réécrit depuis une preuve plus ancienne : comparez les \
             deux avec --against."
        );
    }
    println!("Clé : {}", proof.public_key);
}
