//! The professional's side: sign-in, patient, consent, consultation.
//!
//! A professional signs in with Pro Santé Connect, here or on their phone, says in which practice
//! situation they are at work, finds a person by their national number, and
//! declares that the person agreed; then they read what the matrix, the flags and
//! the person leave them. In addresses a person is a word that means nothing
//! outside the session.

mod admitted;
mod block;
pub mod budget;
mod by_traits;
mod code;
mod colleague;
mod consent;
mod correct;
mod deposit;
mod deposits;
mod emergency;
mod handle;
mod open;
mod patient;
mod patients;
mod peer;
mod phone;
mod pro_sante_connect;
mod record;
mod report;
mod reported;
mod results;
mod search;
mod secret;
mod sign_in;
mod situation;
mod summary;
mod timeline;
mod verify;
mod worklist;

use std::sync::Arc;

use access::App;
use axum::{
    Extension, Router,
    routing::{get, post},
};

pub use admitted::{Admitted, NotAdmitted, admitted};
pub use pro_sante_connect::{ProSanteConnect, Unvouched, Vouched};
pub use situation::{key as situation_key, line as situation_line};

/// Sentences of this feature.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// Every page of the professional's side.
pub fn routes(identity: Arc<ProSanteConnect>) -> Router<App> {
    Router::new()
        .route("/pro/connexion", get(sign_in::page).post(sign_in::start))
        .route("/pro/connexion/telephone", post(phone::start))
        .route("/pro/attente", get(phone::wait))
        .route("/pro/retour", get(sign_in::back))
        .route(
            "/pro/situation",
            get(situation::page).post(situation::choose),
        )
        .route("/pro/verification", get(verify::page).post(verify::start))
        .route("/pro/verification/telephone", post(phone::again))
        .route("/pro", get(patients::page).post(patients::find))
        .route("/pro/traits", get(by_traits::page).post(by_traits::find))
        .route("/pro/liste/{mot}", get(worklist::open))
        .route(
            "/pro/patients/{handle}/acces",
            get(consent::page).post(consent::declare),
        )
        .route(
            "/pro/patients/{handle}/code",
            get(code::page).post(code::open),
        )
        .route(
            "/pro/patients/{handle}/collegue",
            get(colleague::page).post(colleague::post),
        )
        .route(
            "/pro/patients/{handle}/bloquer",
            get(block::page).post(block::post),
        )
        .route(
            "/pro/patients/{handle}/secret",
            get(secret::page).post(secret::submit),
        )
        .route("/pro/code/{jeton}", get(code::scanned))
        .route(
            "/pro/patients/{handle}/urgence",
            get(emergency::glass).post(emergency::break_glass),
        )
        .route(
            "/pro/patients/{handle}/regulation",
            get(emergency::call).post(emergency::regulate),
        )
        .route("/pro/patients/{handle}", get(summary::page))
        .route("/pro/patients/{handle}/documents", get(record::page))
        .route(
            "/pro/patients/{handle}/recherche",
            get(search::page).post(search::submit),
        )
        .route(
            "/pro/patients/{handle}/deposer",
            get(deposit::page).post(deposit::submit),
        )
        .route("/pro/patients/{handle}/depots", get(deposits::page))
        .route(
            "/pro/patients/{handle}/depots/{id}",
            get(correct::page).post(correct::submit),
        )
        .route(
            "/pro/patients/{handle}/depots/{id}/retirer",
            get(correct::ask).post(correct::withdraw),
        )
        .route("/pro/signalements/{id}", get(reported::open))
        .route(
            "/pro/patients/{handle}/depots/{id}/signalement",
            post(reported::submit),
        )
        .route(
            "/pro/patients/{handle}/depots/{id}/reveler",
            post(correct::announce),
        )
        .route("/pro/patients/{handle}/analyses", get(results::page))
        .route(
            "/pro/patients/{handle}/analyses/{analyte}",
            get(results::one),
        )
        .route(
            "/pro/patients/{handle}/analyses/{analyte}/csv",
            get(results::csv),
        )
        .route("/pro/patients/{handle}/documents/{id}", get(open::page))
        .route(
            "/pro/patients/{handle}/documents/{id}/vue/{look}/contenu",
            get(open::content),
        )
        .route(
            "/pro/patients/{handle}/documents/{id}/vue/{look}/media/{number}",
            get(open::media),
        )
        .route(
            "/pro/patients/{handle}/documents/{id}/original",
            get(open::original),
        )
        .route(
            "/pro/patients/{handle}/documents/{id}/reveler",
            post(open::disclose),
        )
        .route(
            "/pro/patients/{handle}/documents/{id}/signaler",
            get(report::page).post(report::submit),
        )
        .layer(Extension(identity))
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_languages_say_the_same() {
        let all = web::OWN_TEXTS.into_iter().chain(super::TEXTS);
        let texts = web::Texts::load(&all.collect::<Vec<_>>()).expect("texts");
        assert_eq!(texts.problems(), Vec::<String>::new());
    }
}
