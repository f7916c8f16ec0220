//! Search in everything that a viewer may see: titles, authors, places, kinds, days, and the text
//! of documents.
//!
//! It runs in memory, on the documents that [`access::Scope::things`] gives and on the text that
//! was drawn from each ([`Texts`]), which is sealed like everything else and opened by nothing but
//! a search and the page of a document that is an image. What is not shown is neither found nor counted. What was sought is posted, kept sealed
//! for as long as a session, and named by a word that means nothing
//! (`docs/decisions/0011-searches-are-posted.md`).

mod draw;
mod keep;
mod lines;
mod needle;
mod page;
mod passage;
mod rank;
mod synonyms;
mod volume;
mod words;

pub use draw::{DRAW, draw, drawing, write};
pub use keep::{Asked, Word, asked, keep};
pub use lines::{Found, Line, look};
pub use needle::Query;
pub use passage::{Part, Passage};
pub use rank::{Hit, Ranked, rank};
pub use volume::{Text, Texts};

pub(crate) use page::{page, submit};
