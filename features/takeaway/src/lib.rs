//! Taking everything away: one archive with the originals, pages to read, FHIR and IHE XDM.
//!
//! Who asks shows a factor again; a job packs what they may see, and nothing else, part by part into
//! sealed files; they are told, and fetch it within some days. Nothing of it is held in memory as a
//! whole: a document at a time, and parts of a few megabytes.

mod bring;
mod bundle;
mod fetch;
mod manifest;
mod pack;
mod page;
mod parts;
mod read;
mod site;

use access::App;
use axum::{Router, routing::get};

pub use manifest::{Listed, Manifest, Signature, digest_of};
pub use pack::{PACK, UNPACK, pack, unpack};

/// Sentences of this feature.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// The person's pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/parametres/emporter", get(page::page).post(page::ask))
        .route("/parametres/emporter/carnet.zip", get(fetch::fetch))
        .route(
            "/parametres/rapporter",
            get(bring::page).post(bring::submit),
        )
}
