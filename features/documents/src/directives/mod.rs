//! Advance directives (L.1111-11 CSP): `/documents/directives` and below.
//!
//! They are documents like any other, of a type of their own; one set holds at a time. New ones take
//! the place of those before, which stay in the history; the person may revoke them, or say once a
//! year that they still hold. Who may write them is [`access::directives::Standing`].

pub(crate) mod add;
pub(crate) mod form;
mod keep;
mod models;
pub(crate) mod page;
mod paper;
mod remind;
pub(crate) mod review;
pub(crate) mod revoke;

use access::{Scope, directives::DIRECTIVES};

use crate::{Document, Documents, shelf::is_in_force};

pub use remind::{REVIEW, remind};

/// The page of all of it.
const PATH: &str = "/documents/directives";

/// Whether a document is some.
pub(crate) fn are(document: &Document) -> bool {
    &*document.item.type_code == DIRECTIVES
}

/// Those that the viewer may see, the newest first.
fn all<'a>(scope: &Scope<'a, Documents>) -> Vec<&'a Document> {
    let mut all: Vec<&Document> = scope.things().filter(|one| are(one)).collect();
    all.sort_by_key(|one| std::cmp::Reverse((one.received, one.id())));
    all
}

/// The person's own that hold, of all of them: one at most is written by these pages.
fn holding<'a>(scope: &Scope<'_, Documents>, all: &[&'a Document]) -> Option<&'a Document> {
    let mut own = all.iter().filter(|one| one.item.by_holder);
    own.find(|one| is_in_force(scope, one)).copied()
}
