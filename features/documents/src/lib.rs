//! Medical documents: add, find, read, hide, delete.
//!
//! [`Documents`] is a person's documents in memory, seen only through a
//! clearance; [`Stored`] is what is kept of each. The person's pages are
//! `/documents` and below, one file for each thing that they can do: `list`,
//! `add`, `open`, `hide`, `delete`. [`Row`] and [`reading`] serve
//! whoever else shows documents.

mod add;
pub mod astray;
mod bring;
mod brought;
mod bulk;
mod can;
mod category;
mod copies;
mod delete;
mod describe;
mod directives;
mod disclose;
mod document;
mod everything;
mod facts;
mod file_away;
mod folder_pages;
mod folders;
mod gather;
mod gone;
mod hide;
mod imaging;
pub mod keep;
mod list;
pub mod measured;
mod named;
mod open;
mod paper;
mod papers;
mod readers;
pub mod reading;
mod received;
mod report;
pub mod reported;
pub mod results;
mod row;
pub mod search;
mod shelf;
mod sick_leave;
mod sniff;
pub mod summary;
mod text;
pub mod title;
pub mod uploads;
mod withdraw;

#[cfg(test)]
mod samples;

use access::App;
use axum::{
    Router,
    routing::{get, post},
};

pub use add::{already, is_full, read_date};
pub use bring::{Archived, Received, bring_archived, bring_text};
pub use brought::{Brought, By, Described, is_written_at_work, made, stored};
pub use can::Can;
pub use category::Categories;
pub use copies::{arrived, once};
pub use delete::{again as erase_again, belongings};
pub use describe::types as type_choices;
pub use directives::{REVIEW, remind};
pub use disclose::{DISCLOSE, disclosed, disclosing, perform as disclose};
pub use document::{Arranged, BY_UNIQUE_ID, Document, Own, Stored, Wishes};
pub use facts::{Fact, facts};
pub use folders::{Folder, Folders};
pub use paper::Paper;
pub use row::{Row, by_year, newest_first, position};
pub use shelf::{Documents, in_force, known, on_page};
pub use sniff::{FileKind, Unfit, pdf_is_encrypted, sniff};
pub use withdraw::{Correction, PURGE, Restated, Uncorrected, correct, purge, waits};

/// Sentences of this feature.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// The person's pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/documents", get(list::page))
        .route("/documents/ajouter", get(add::page).post(add::submit))
        .route("/documents/papiers", get(papers::page))
        .route("/application.webmanifest", get(received::application))
        .route(
            "/documents/recevoir",
            get(received::again).post(received::receive),
        )
        .route(
            "/documents/recus",
            get(received::page).post(received::submit),
        )
        .route("/documents/recus/abandonner", post(received::abandon))
        .route("/documents/analyses", get(results::list_page))
        .route(
            "/documents/analyses/ajouter",
            get(results::by_hand_page).post(results::by_hand_submit),
        )
        .route("/documents/analyses/{analyte}", get(results::one_page))
        .route("/documents/analyses/{analyte}/csv", get(results::one_csv))
        .route(
            "/documents/visibilite",
            get(everything::page).post(everything::topic),
        )
        .route(
            "/documents/visibilite/tout-masquer",
            get(everything::ask_hide).post(everything::hide),
        )
        .route(
            "/documents/visibilite/tout-afficher",
            get(everything::ask_show).post(everything::show),
        )
        .route("/documents/ensemble", post(bulk::submit))
        .route(
            "/documents/dossiers",
            get(folder_pages::page).post(folder_pages::create),
        )
        .route(
            "/documents/dossiers/{folder}",
            get(folder_pages::one).post(folder_pages::rename),
        )
        .route(
            "/documents/dossiers/{folder}/supprimer",
            get(folder_pages::ask).post(folder_pages::remove),
        )
        .route(
            "/documents/recherche",
            get(search::page).post(search::submit),
        )
        .route("/documents/directives", get(directives::page::page))
        .route(
            "/documents/directives/ajouter",
            get(directives::add::page).post(directives::add::submit),
        )
        .route(
            "/documents/directives/rediger",
            get(directives::form::choose).post(directives::form::chosen),
        )
        .route(
            "/documents/directives/rediger/relire",
            get(directives::review::page).post(directives::review::submit),
        )
        .route(
            "/documents/directives/rediger/{step}",
            get(directives::form::page).post(directives::form::submit),
        )
        .route(
            "/documents/directives/brouillon/supprimer",
            get(directives::form::ask_drop).post(directives::form::drop_typed),
        )
        .route(
            "/documents/directives/confirmer",
            post(directives::revoke::confirm),
        )
        .route(
            "/documents/directives/revoquer",
            get(directives::revoke::ask).post(directives::revoke::revoke),
        )
        .route("/documents/{id}", get(open::page))
        .route("/documents/{id}/contenu", get(open::content))
        .route("/documents/{id}/media/{number}", get(open::media))
        .route("/documents/{id}/vue/{look}/contenu", get(open::content))
        .route(
            "/documents/{id}/vue/{look}/media/{number}",
            get(open::media),
        )
        .route("/documents/{id}/original", get(open::original))
        .route("/documents/{id}/fichier", get(open::wrapped))
        .route("/documents/{id}/masquer", post(hide::hide))
        .route("/documents/{id}/afficher", post(hide::show))
        .route("/documents/{id}/ranger", post(file_away::submit))
        .route(
            "/documents/{id}/visibilite",
            get(readers::page).post(readers::submit),
        )
        .route(
            "/documents/{id}/modifier",
            get(describe::page).post(describe::submit),
        )
        .route(
            "/documents/{id}/supprimer",
            get(delete::ask).post(delete::delete),
        )
        .route(
            "/documents/{id}/signaler",
            get(report::page).post(report::submit),
        )
        .route("/documents/{id}/signalement", post(report::theirs))
}

/// The identifier in an address; anything else names no page.
fn id_of(text: &str) -> Result<ambient::Id, web::Problem> {
    text.parse().map_err(|_| web::Problem::NotFound)
}
