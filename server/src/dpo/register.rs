//! The register of processing: one table (`reference/processing.json`), with the times of the
//! settings.

use std::fmt::Write as _;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::settings::Settings;

const TABLE: &str = include_str!("../../../reference/processing.json");

/// One activity of processing.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    name: String,
    purposes: String,
    basis: String,
    people: String,
    data: String,
    recipients: String,
    kept: Vec<Kept>,
    security: String,
}

/// How long something is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    what: String,
    /// From when on.
    after: String,
    /// The setting that says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    setting: String,
    /// That setting is a number of days.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    days: bool,
    /// In words, where no setting does; from the setting otherwise.
    #[serde(default)]
    fixed: String,
}

/// The activities, with the times that these settings say.
///
/// # Errors
/// When a setting is not what the table takes it for.
pub(super) fn read(settings: &Settings) -> anyhow::Result<Vec<Activity>> {
    let mut all: Vec<Activity> =
        serde_json::from_str(TABLE).context("reference/processing.json")?;
    for kept in all.iter_mut().flat_map(|one| &mut one.kept) {
        if kept.setting.is_empty() {
            continue;
        }
        kept.fixed = match kept.days {
            true => format!("{} jours", settings.number::<u32>(&kept.setting)?),
            false => words(settings.duration(&kept.setting)?.as_secs()),
        };
    }
    Ok(all)
}

/// What is kept, how long, from when, as rows.
///
/// # Errors
/// As the register.
pub fn retention(settings: &Settings) -> anyhow::Result<Vec<[String; 3]>> {
    let all = read(settings)?.into_iter().flat_map(|one| one.kept);
    Ok(all.map(|one| [one.what, one.fixed, one.after]).collect())
}

/// « 3 ans », « 30 jours », « 12 heures »: in the largest unit that is whole, years nearly.
fn words(seconds: i64) -> String {
    const DAY: i64 = 86_400;
    let (count, unit) = match seconds {
        long if long >= 700 * DAY => ((long + 180 * DAY) / (365 * DAY), "ans"),
        days if days % DAY == 0 => (days / DAY, "jours"),
        hours if hours % 3_600 == 0 => (hours / 3_600, "heures"),
        minutes => (minutes / 60, "minutes"),
    };
    let unit = if count == 1 {
        unit.trim_end_matches('s')
    } else {
        unit
    };
    format!("{count} {unit}")
}

/// The register, to read and to print.
///
/// # Errors
/// When a setting is not what the table takes it for.
pub fn markdown(settings: &Settings) -> anyhow::Result<String> {
    let mut text = String::from(
        "# Registre des traitements (RGPD, article 30)\n\n\
         <!-- Écrit par `carnet dpo register` ; un test compare. -->\n\n\
         Modèle tiré de ce que fait le logiciel. Le responsable du traitement le relit, confirme les bases\n\
         légales et y ajoute ses sous-traitants. Les durées sont celles des réglages de cette installation.\n\n",
    );
    let or = |name: &str| match settings.get(name) {
        "" => format!("à dire (réglage `{name}`)"),
        told => told.to_owned(),
    };
    let _ = writeln!(
        text,
        "- Exploitant : {}\n- Délégué à la protection des données : {}\n- Hébergeur certifié : {}",
        or("legal.operator"),
        or("legal.dpo"),
        or("legal.host")
    );
    for (n, one) in (1..).zip(read(settings)?) {
        let _ = write!(text, "\n## {n}. {}\n\n", one.name);
        for (label, told) in [
            ("Finalités", &one.purposes),
            ("Base légale", &one.basis),
            ("Personnes", &one.people),
            ("Données", &one.data),
            ("Destinataires", &one.recipients),
            ("Sécurité", &one.security),
        ] {
            let _ = writeln!(text, "- {label} : {told}");
        }
    }
    text += "\n## Durées de conservation\n\n| quoi | combien de temps | depuis |\n|---|---|---|\n";
    for [what, long, since] in retention(settings)? {
        let _ = writeln!(text, "| {what} | {long} | {since} |");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_the_table() {
        let page = include_str!("../../../docs/dpo-register.md");
        let made = markdown(&Settings::default()).expect("made");
        assert!(
            page == made,
            "run: carnet dpo register > docs/dpo-register.md"
        );
    }

    #[test]
    fn times_are_in_words() {
        for (seconds, said) in [
            (600, "10 minutes"),
            (12 * 3_600, "12 heures"),
            (86_400, "1 jour"),
            (30 * 86_400, "30 jours"),
            (1_096 * 86_400, "3 ans"),
            (3_653 * 86_400, "10 ans"),
        ] {
            assert_eq!(words(seconds), said);
        }
    }

    #[test]
    fn retention_follows_the_settings() {
        let mut settings = Settings::default();
        settings.set("limits.registers", "400d");
        let rows = retention(&settings).expect("read");
        let row = rows.iter().find(|[what, ..]| what.starts_with("registres"));
        assert_eq!(row.expect("there")[1], "400 jours");
        assert!(
            rows.iter()
                .all(|row| row.iter().all(|cell| !cell.is_empty()))
        );
    }
}
