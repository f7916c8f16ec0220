//! The programs that the server calls.

use std::time::Duration;

use access::{Antivirus as _, Verdict};

use super::Report;
use crate::{
    antivirus::{Clamd, EICAR},
    mail::Relay,
    settings::Settings,
};

/// A relay that has not answered by then does not.
const PATIENCE: Duration = Duration::from_secs(10);

/// The mail relay.
pub(super) async fn relay(settings: &Settings, report: &mut Report) {
    let name = settings.get("mail.relay");
    if name.is_empty() {
        return report.warn(
            "courriel",
            "aucun relais : les codes et les avis ne partent pas",
            "Donnez « mail.relay » et « mail.from ».",
        );
    }
    let tried = match Relay::new(settings) {
        Ok(relay) => tokio::time::timeout(PATIENCE, relay.answers()).await,
        Err(error) => Ok(Err(error)),
    };
    match tried {
        Ok(Ok(())) => report.ok("courriel", format!("{name} répond")),
        Ok(Err(error)) => report.problem(
            "courriel",
            format!("{name} : {error:#}"),
            "Vérifiez l’adresse du relais et qu’il accepte cette machine.",
        ),
        Err(_) => report.problem(
            "courriel",
            format!("{name} ne répond pas"),
            "Vérifiez l’adresse du relais et qu’il accepte cette machine.",
        ),
    }
}

/// The antivirus, by the file that every antivirus is to find.
pub(super) async fn antivirus(settings: &Settings, report: &mut Report) {
    let Some(clamd) = Clamd::of(settings) else {
        return report.ok("antivirus", "aucun : les fichiers ne sont pas examinés");
    };
    const MEND: &str = "Vérifiez « antivirus.clamd » : sans réponse, aucun fichier n’est gardé.";
    match clamd.examine(EICAR.as_bytes()).await {
        Ok(Verdict::Infected) => report.ok("antivirus", "répond, et trouve le fichier d’essai"),
        Ok(Verdict::Clean) => report.problem(
            "antivirus",
            "répond, et ne trouve pas le fichier d’essai",
            "Mettez à jour ses signatures.",
        ),
        Err(error) => report.problem("antivirus", format!("{error:#}"), MEND),
    }
}
