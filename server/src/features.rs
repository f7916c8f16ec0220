//! The table of contents: one line per feature, what people can do and where it lives.

use std::sync::Arc;

use access::App;
use account::Passwords;
use axum::Router;
use practice::ProSanteConnect;

use crate::legal::{self, Legal};

/// Every sentence of the product.
pub fn texts() -> Vec<(&'static str, &'static str)> {
    [
        web::OWN_TEXTS,
        access::TEXTS,
        account::TEXTS,
        documents::TEXTS,
        measures::TEXTS,
        practice::TEXTS,
        sharing::TEXTS,
        takeaway::TEXTS,
        demo_identity::TEXTS,
        legal::TEXTS,
    ]
    .concat()
}

/// The pages that people open.
pub fn pages(
    passwords: Arc<Passwords>,
    pro_sante_connect: Arc<ProSanteConnect>,
    legal: &Arc<Legal>,
) -> Router<App> {
    Router::new()
        // Opening and keeping one's space: activation, sign-in, home, settings.
        .merge(account::routes(passwords))
        // Documents: add, find, read, hide, delete.
        .merge(documents::routes())
        // What is measured over time: weight, tension, glucose…
        .merge(measures::routes())
        // Who may see, who did, blocks, notices.
        .merge(access::pages::routes())
        // Sharing chosen documents once: code, square, link.
        .merge(sharing::routes())
        // Taking everything away, as one archive.
        .merge(takeaway::routes())
        // The professional's side: sign-in, patient, consent, consultation.
        .merge(practice::routes(pro_sante_connect))
        // Legal pages, accessibility statement, help.
        .merge(legal::routes(legal))
}

/// What software calls: FHIR, OAuth.
pub fn machines(pro_sante_connect: Arc<ProSanteConnect>) -> Router<App> {
    // Deposit of documents (PDSm), tokens, reading with a professional's software, capability statement.
    exchange::routes(pro_sante_connect)
        // SMART Health Links of what people share.
        .merge(sharing::machines())
}
