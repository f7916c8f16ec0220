//! Medical documents: add, find, read, hide, delete.
//!
//! [`Documents`] is a person's documents in memory, seen only through a
//! clearance; [`Stored`] is what is kept of each.

mod document;
mod shelf;

pub use document::{BY_ID, BY_UNIQUE_ID, Document, Own, Stored};
pub use shelf::Documents;
