//! What a person measures over time: weight, tension, glucose…
//!
//! Which measures there are is data ([`fhir::measure`]). What is added is kept as FHIR, a month in an
//! entry ([`Months`]), beside documents and shown to the person and who represents them alone
//! (`docs/decisions/0018-measures-by-month.md`). In an address a measure is a word that means nothing
//! outside its record.

mod add;
mod bmi;
mod bring;
mod change;
mod form;
mod from_documents;
mod list;
mod months;
mod one;
mod typed;
mod value;
mod words;

use access::{App, Person};
use ambient::Id;
use axum::{Router, routing::get};
use documents::measured;
use fhir::measure::{Measure, Measures};
use web::Problem;

pub use bring::{Brought, bring};
pub use months::Months;

/// Sentences of this feature.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// The person's pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/mesures", get(list::page))
        .route(
            "/mesures/documents",
            get(from_documents::page).post(from_documents::submit),
        )
        .route("/mesures/{mesure}", get(one::page))
        .route("/mesures/{mesure}/csv", get(one::csv))
        .route(
            "/mesures/{mesure}/ajouter",
            get(add::page).post(add::submit),
        )
        .route(
            "/mesures/{mesure}/{valeur}/corriger",
            get(change::page).post(change::submit),
        )
        .route(
            "/mesures/{mesure}/{valeur}/supprimer",
            get(change::ask).post(change::delete),
        )
}

/// The word that names a measure in addresses: keyed, and other in another record.
fn word(person: &Person, measure: &Measure) -> Id {
    measured::addresses(person).word(&measured::key(measure))
}

/// The address of a measure's page.
fn address(person: &Person, measure: &Measure) -> String {
    format!("/mesures/{}", word(person, measure))
}

/// The measure that a word of an address names.
fn named(person: &Person, text: &str) -> Result<&'static Measure, Problem> {
    let all = Measures::ours().all().iter();
    let found = text
        .parse::<Id>()
        .ok()
        .and_then(|id| { all }.find(|measure| word(person, measure) == id));
    found.ok_or(Problem::NotFound)
}

/// The same, of what a person may enter.
fn entered(person: &Person, text: &str) -> Result<&'static Measure, Problem> {
    let measure = named(person, text)?;
    match measure.computed {
        true => Err(Problem::NotFound),
        false => Ok(measure),
    }
}
