//! Opening and keeping one's space: activation, sign-in, sessions.
//!
//! The registry of insured persons comes by [`import()`], which opens a space for each. A person
//! activates theirs (`/activation`), signs in (`/connexion`), and keeps it (`/parametres`).

mod activate;
mod choices;
mod claim;
pub mod closing;
mod code;
mod device;
mod first_choices;
mod hashing;
mod home;
mod import;
pub mod insured;
mod journey;
mod landing;
mod letter;
mod login;
pub mod opening;
mod oppose;

mod password;
mod recover;
mod relatives;
mod settings;
mod sign_in;
mod sign_out;
mod terms;
mod verify;

use std::sync::Arc;

use access::App;
use axum::{
    Extension, Router,
    routing::{get, post},
};

pub use code::Means;
pub use hashing::{Cost, Passwords};
pub use import::{Filled, Refusal, Report, Told, fill_traits, import};

/// Sentences of this feature.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// The pages of this feature.
pub fn routes(passwords: Arc<Passwords>) -> Router<App> {
    use activate::{channel, code, contact, credentials, identity};
    Router::new()
        .route("/", get(landing::show))
        .route("/activation", get(identity::show).post(identity::post))
        .route("/activation/recommencer", get(identity::restart))
        .route(channel::PATH, get(channel::show).post(channel::post))
        .route(code::PATH, get(code::show).post(code::post))
        .route(
            credentials::PATH,
            get(credentials::show).post(credentials::post),
        )
        .route(
            activate::terms::PATH,
            get(activate::terms::show).post(activate::terms::post),
        )
        .route(contact::PATH, get(contact::show).post(contact::post))
        .route(
            contact::CODE,
            get(contact::show_code).post(contact::post_code),
        )
        .route(activate::children::PATH, get(activate::children::show))
        .route(
            "/opposition",
            get(oppose::identity::show).post(oppose::identity::post),
        )
        .route(
            "/opposition/code",
            get(oppose::code::show).post(oppose::code::post),
        )
        .route(
            "/opposition/choix",
            get(oppose::choice::show).post(oppose::choice::post),
        )
        .route("/opposition/attestation", get(oppose::proof::show))
        .route("/connexion", get(sign_in::show).post(sign_in::post))
        .route(
            "/connexion/code",
            get(sign_in::show_code).post(sign_in::post_code),
        )
        .route("/connexion/renvoyer", post(sign_in::resend))
        .route("/connexion/oubli", get(recover::show).post(recover::post))
        .route(
            "/connexion/oubli/code",
            get(recover::show_code).post(recover::post_code),
        )
        .route(
            "/connexion/oubli/mot-de-passe",
            get(recover::show_new).post(recover::post_new),
        )
        .route("/deconnexion", post(sign_out::post))
        .route("/verification", get(verify::show).post(verify::post))
        .route("/conditions", get(terms::show).post(terms::post))
        .route(
            "/premiers-choix",
            get(first_choices::show).post(first_choices::post),
        )
        .route("/accueil", get(home::show))
        .route("/proches", get(relatives::show).post(relatives::switch))
        .route("/proches/ouvrir", post(relatives::open))
        .route("/parametres", get(settings::page::show))
        .route(
            "/parametres/visibilite",
            post(settings::choices::visibility),
        )
        .route("/parametres/urgence", post(settings::choices::emergency))
        .route("/parametres/appareils", post(settings::sessions::end))
        .route(
            "/parametres/contact/{moyen}",
            get(settings::contact::show).post(settings::contact::post),
        )
        .route(
            "/parametres/contact/{moyen}/code",
            get(settings::contact::show_code).post(settings::contact::post_code),
        )
        .route(
            "/parametres/mot-de-passe",
            get(settings::password::show).post(settings::password::post),
        )
        .route(
            "/parametres/fermer",
            get(closing::ask::show).post(closing::ask::post),
        )
        .route("/fermeture", get(closing::proof::show))
        .layer(Extension(passwords))
}
