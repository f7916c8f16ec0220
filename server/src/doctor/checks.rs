//! Each thing that is looked at.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
    sync::Arc,
};

use ambient::SystemRandom;
use jiff::{SignedDuration, Timestamp};
use vault::{
    Config, Suite, exported_checkpoint, keys::FileKeys, look_at_keys, look_at_main,
    look_at_register,
};

use super::Report;
use crate::{
    checkpoints,
    install::{DEMO_MARK, place, places},
    settings::Settings,
};

/// A main backup older than that was forgotten.
const BACKUP_EVERY: SignedDuration = SignedDuration::from_hours(48);

/// How people reach it.
pub(super) fn reached(settings: &Settings, report: &mut Report) {
    let origin = settings.get("origin");
    let host = origin.split("://").nth(1).unwrap_or_default();
    let is_here = ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|here| host.starts_with(here));
    if origin.starts_with("https://") || is_here {
        report.ok("adresse", origin);
    } else {
        report.problem(
            "adresse",
            format!("{origin} n’est pas chiffrée : mots de passe et documents passent en clair"),
            "Mettez un serveur mandataire qui parle TLS devant, et « https://… » dans « origin ».",
        );
    }
    let issuer = settings.get("psc.issuer");
    let issuer = issuer.split('/').nth(2).unwrap_or_default();
    let host = issuer.split(':').next().unwrap_or_default();
    let hosts = settings.get("net.hosts");
    if host.is_empty() {
        report.warn(
            "psc",
            "les professionnels ne peuvent pas se connecter",
            "Donnez « psc.issuer » et les réglages qui le suivent, s’ils le doivent.",
        );
    } else if hosts.split(',').any(|allowed| allowed.trim() == host) {
        report.ok(
            "psc",
            format!("{host}, que le serveur a le droit d’appeler"),
        );
    } else {
        report.problem(
            "psc",
            format!("le serveur n’a pas le droit d’appeler {host}"),
            "Ajoutez cet hôte à « net.hosts ».",
        );
    }
}

/// The data folder, and where files go.
pub(super) fn data(settings: &Settings, report: &mut Report) {
    let data = settings.path("data");
    if data.join(DEMO_MARK).exists() {
        report.problem(
            "données",
            format!("{} est celui d’une démonstration", data.display()),
            "Choisissez un autre dossier : « serve » refuse celui-ci.",
        );
        return;
    }
    let mut folders = vec![("données", data.clone())];
    if settings.get("blobs.url").is_empty() {
        folders.push(("fichiers", data.join("blobs")));
    }
    folders.push(("effacements", above(&settings.path("erasures"))));
    folders.push(("points", settings.path("checkpoints.folder")));
    for (name, folder) in folders {
        writable(name, &folder, report);
    }
    for (name, setting) in [
        ("points", "checkpoints.folder"),
        ("effacements", "erasures"),
    ] {
        if place(&settings.path(setting)).starts_with(place(&data)) {
            report.problem(
                name,
                "sont sous le dossier des données",
                "Qui remettrait d’anciennes données les remettrait avec : mettez-les ailleurs.",
            );
        }
    }
}

fn above(path: &Path) -> std::path::PathBuf {
    path.parent().unwrap_or(Path::new(".")).to_owned()
}

/// Writes a file, syncs it and the folder, and removes it.
fn writable(name: &'static str, folder: &Path, report: &mut Report) {
    let shown = folder.display();
    let meta = match fs::metadata(folder) {
        Ok(meta) if meta.is_dir() => meta,
        Ok(_) => {
            return report.problem(
                name,
                format!("{shown} n’est pas un dossier"),
                "Déplacez ce fichier.",
            );
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return report.warn(
                name,
                format!("{shown} n’existe pas encore"),
                "Le premier démarrage le fait, s’il en a le droit.",
            );
        }
        Err(error) => {
            return report.problem(
                name,
                format!("{shown} : {error}"),
                "Donnez ce dossier au compte qui fait tourner Carnet.",
            );
        }
    };
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let tried = || {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&probe)?;
        file.write_all(&[0; 4096])?;
        file.sync_all()?;
        fs::remove_file(&probe)?;
        File::open(folder)?.sync_all()
    };
    if let Err(error) = tried() {
        // What could not be written whole is not left behind.
        let _ = fs::remove_file(&probe);
        return report.problem(
            name,
            format!("{shown} : rien ne s’y écrit ({error})"),
            "Libérez de la place, ou donnez ce dossier au compte qui fait tourner Carnet.",
        );
    }
    match meta.permissions().mode() & 0o007 {
        0 => report.ok(name, format!("{shown}, écrit et synchronisé")),
        _ if name == "points" => report.ok(name, format!("{shown}, écrit et synchronisé")),
        _ => report.warn(
            name,
            format!("{shown} est ouvert à tous les comptes de la machine"),
            &format!("chmod o-rwx {shown}"),
        ),
    }
}

/// The key file, which is read.
pub(super) fn key_file(settings: &Settings, report: &mut Report) -> Option<Arc<FileKeys>> {
    let path = settings.path("keys.file");
    let shown = path.display();
    if !path.exists() {
        let has_data = settings.path("data").join("carnet.db").exists();
        match has_data {
            true => report.problem(
                "clés",
                format!("{shown} manque : sans lui, rien ne s’ouvre"),
                "Remettez-en une copie, ou retapez-le depuis le papier : « carnet keys from-kit ».",
            ),
            false => report.warn(
                "clés",
                format!("{shown} n’existe pas encore"),
                "Le premier démarrage le fait. Copiez-le aussitôt, imprimez « carnet keys kit ».",
            ),
        }
        return None;
    }
    if place(&path).starts_with(place(&settings.path("data"))) {
        report.problem(
            "clés",
            format!("{shown} est sous le dossier des données, et dans leurs sauvegardes"),
            "Déplacez-le, et dites où dans « keys.file ».",
        );
    }
    match FileKeys::read(&path, Arc::new(SystemRandom)) {
        Ok(keys) => {
            let owner = fs::metadata(&path).map_or(0, |meta| meta.uid());
            report.ok(
                "clés",
                format!("{shown}, lisible par le compte {owner} seul"),
            );
            Some(Arc::new(keys))
        }
        Err(error) => {
            report.problem(
                "clés",
                error.to_string(),
                &format!("chmod 600 {shown} ; et que ce soit bien le fichier de clés."),
            );
            None
        }
    }
}

/// Databases, register, checkpoints, backups.
pub(super) async fn stores(
    settings: &Settings,
    provider: Option<Arc<FileKeys>>,
    now: Timestamp,
    report: &mut Report,
) {
    let (Some(provider), Ok(config)) = (provider, places(settings, Suite::default())) else {
        return;
    };
    let is_new =
        settings.get("store.url").is_empty() && !settings.path("data").join("carnet.db").exists();
    if is_new {
        return report.warn(
            "base",
            "il n’y en a pas encore",
            "Le premier démarrage la fait. Après une perte : « carnet restore ».",
        );
    }
    let lines = register(&config, &provider, report);
    let mut newest = None;
    match look_at_main(&config, &*provider).await {
        Ok(main) => {
            newest = main.checkpoint.clone();
            match (main.missing, main.unknown) {
                (0, 0) => report.ok("base", "répond, à jour"),
                (_, 0) => report.warn(
                    "base",
                    "répond ; sa structure est celle d’une version plus ancienne",
                    "Faites une sauvegarde : le prochain démarrage la met à jour.",
                ),
                _ => report.problem(
                    "base",
                    "sa structure est celle d’une version plus récente du programme",
                    "Installez la version qui l’a faite.",
                ),
            }
            if main.aside > 0 {
                report.warn(
                    "travaux",
                    format!("{} mis de côté après trop d’échecs", main.aside),
                    "« carnet jobs » les nomme, « carnet jobs --retry » les reprend.",
                );
            } else {
                report.ok("travaux", "aucun n’est mis de côté");
            }
            followed("base", main.followed, lines, report);
        }
        Err(error) => report.problem(
            "base",
            error.to_string(),
            "Vérifiez « store.url », et que le serveur de base de données réponde.",
        ),
    }
    match look_at_keys(&config, &*provider).await {
        Ok(keys) => {
            match keys.opens {
                Some(false) => report.problem(
                    "coffre",
                    "ses clés ne s’ouvrent pas avec ce fichier de clés",
                    "Remettez le fichier de clés de cette installation, ou le coffre qui va avec.",
                ),
                _ => report.ok("coffre", format!("{} clés, qui s’ouvrent", keys.keys)),
            }
            followed("coffre", keys.followed, lines, report);
            backups(
                keys.main_backup,
                keys.backups
                    .iter()
                    .map(|backup| (backup.made, backup.expires)),
                now,
                report,
            );
        }
        Err(error) => report.problem("coffre", error.to_string(), "Vérifiez « keys.store »."),
    }
    signed(settings, &provider, newest, now, report);
}

fn register(config: &Config, provider: &Arc<FileKeys>, report: &mut Report) -> Option<u64> {
    match look_at_register(config, Arc::clone(provider) as _) {
        Ok(end) => {
            report.ok(
                "effacements",
                format!("{} lignes, signatures vérifiées", end.lines),
            );
            Some(end.lines)
        }
        Err(error) => {
            report.problem(
                "effacements",
                error.to_string(),
                "Remettez la copie la plus récente du registre.",
            );
            None
        }
    }
}

fn followed(name: &'static str, followed: u64, lines: Option<u64>, report: &mut Report) {
    match lines {
        Some(lines) if lines < followed => report.problem(
            name,
            format!("a suivi {followed} effacements, le registre n’en a que {lines}"),
            "Remettez la copie la plus récente du registre : le démarrage est refusé sans elle.",
        ),
        Some(lines) if lines > followed => report.warn(
            name,
            format!("a suivi {followed} effacements sur {lines} : une sauvegarde a été remise"),
            "Le prochain démarrage refait les autres.",
        ),
        _ => {}
    }
}

fn backups(
    main: Option<Timestamp>,
    keys: impl Iterator<Item = (Timestamp, Timestamp)>,
    now: Timestamp,
    report: &mut Report,
) {
    const EVERY_NIGHT: &str = "« carnet backup DOSSIER » chaque nuit, puis copiez-le ailleurs.";
    match main {
        None => report.warn("sauvegarde", "aucune n’a jamais été faite", EVERY_NIGHT),
        Some(made) if now.duration_since(made) > BACKUP_EVERY => report.warn(
            "sauvegarde",
            format!(
                "la dernière a {} jours",
                now.duration_since(made).as_hours() / 24
            ),
            EVERY_NIGHT,
        ),
        Some(made) => report.ok("sauvegarde", format!("la dernière est du {}", day(made))),
    }
    let (mut last, mut expired) = (None, 0);
    for (made, expires) in keys {
        last = last.max(Some(made));
        expired += usize::from(expires <= now);
    }
    match last {
        Some(made) if now.duration_since(made) <= BACKUP_EVERY => {
            report.ok("sauv. clés", format!("la dernière est du {}", day(made)));
        }
        _ => report.warn(
            "sauv. clés",
            "aucune depuis deux jours",
            "« carnet backup --keys DOSSIER » chaque nuit, vers un autre endroit.",
        ),
    }
    if expired > 0 {
        report.warn(
            "sauv. clés",
            format!("{expired} devaient être détruites"),
            "La prochaine « carnet backup --keys » détruit celles qu’elle trouve encore.",
        );
    }
}

/// Checkpoints, and the clock, which they date.
fn signed(
    settings: &Settings,
    provider: &Arc<FileKeys>,
    newest: Option<vault::Checkpoint>,
    now: Timestamp,
    report: &mut Report,
) {
    let folder = settings.path("checkpoints.folder");
    let exported = match exported_checkpoint(&folder, &**provider) {
        Ok(exported) => exported,
        Err(error) => {
            return report.problem(
                "points",
                error.to_string(),
                "Remettez la copie la plus récente de ce dossier.",
            );
        }
    };
    let numbers = [&newest, &exported].map(|last| last.as_ref().map_or(0, |last| last.n));
    let every = settings.duration("checkpoints.every").unwrap_or_default();
    match (&newest, numbers) {
        (_, [ours, theirs]) if ours < theirs => report.problem(
            "points",
            format!("la base s’arrête au point de contrôle {ours}, {theirs} ont été exportés"),
            "Une ancienne copie de la base a pris sa place. Si c’est voulu : « carnet audit restored ».",
        ),
        (None, _) => report.warn(
            "points",
            "aucun point de contrôle n’a encore été signé",
            "Le serveur en signe un dès qu’il démarre.",
        ),
        (Some(_), [ours, theirs]) if ours > theirs => report.warn(
            "points",
            format!("{} n’ont pas été exportés", ours - theirs),
            "Le serveur les exporte au prochain : vérifiez qu’il écrit dans ce dossier.",
        ),
        // Nothing is signed while nothing is written.
        (Some(last), _) => report.ok(
            "points",
            format!("le dernier est le {}, au plus un par {every:#}", checkpoints::named(last)),
        ),
    }
    match newest.map(|last| last.at).max(exported.map(|last| last.at)) {
        Some(last) if last > now => report.problem(
            "horloge",
            format!(
                "elle est en retard : le dernier point de contrôle est du {}",
                day(last)
            ),
            "Réglez l’heure de la machine (NTP) avant tout démarrage.",
        ),
        _ => report.ok("horloge", format!("{}", now.strftime("%d/%m/%Y %H:%M UTC"))),
    }
}

fn day(at: Timestamp) -> impl std::fmt::Display {
    at.strftime("%d/%m/%Y")
}
