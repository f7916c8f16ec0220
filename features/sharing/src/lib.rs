//! Sharing once: a person gives chosen documents to one professional, or to whoever shows a code.
//!
//! The person's pages are `/partages` and below; who opens a share needs no account and reads under
//! `/partage`. The same share is a SMART Health Link: `/partage/{jeton}/manifeste` answers programs.
//! What a share gives is decided by [`access::decide`] at each look ([`access::Acting::Bearer`]).

mod choices;
mod door;
mod end;
mod file;
mod leave;
mod list;
mod make;
mod manifest;
mod notes;
mod one;
mod opener;
mod read;

use access::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// Sentences of this feature.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// Bytes of what a program may ask of a manifest.
const ASKED: usize = 16_384;

/// The pages: of who shares, and of who reads.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/partages", get(list::page))
        .route("/partages/nouveau", get(make::page).post(make::submit))
        .route("/partages/notes/{note}", post(notes::answer))
        .route("/partages/{partage}", get(one::page))
        .route("/partages/{partage}/terminer", get(end::ask).post(end::end))
        .route("/partage/documents", get(read::list))
        .route("/partage/documents/{id}", get(read::page))
        .route(
            "/partage/documents/{id}/vue/{look}/contenu",
            get(read::content),
        )
        .route(
            "/partage/documents/{id}/vue/{look}/media/{number}",
            get(read::media),
        )
        .route("/partage/documents/{id}/original", get(read::original))
        .route("/partage/note", post(leave::submit))
        .route("/partage/{jeton}", get(door::page).post(door::submit))
}

/// What programs call: SMART Health Links.
pub fn machines() -> Router<App> {
    Router::new()
        .route(
            "/partage/{jeton}/manifeste",
            post(manifest::answer).options(manifest::preflight),
        )
        .route(
            "/partage/{jeton}/fichier/{vue}/{id}",
            get(manifest::file).options(manifest::preflight),
        )
        .layer(DefaultBodyLimit::max(ASKED))
}

/// The identifier in an address; anything else names no page.
fn id_of(text: &str) -> Result<ambient::Id, web::Problem> {
    text.parse().map_err(|_| web::Problem::NotFound)
}
