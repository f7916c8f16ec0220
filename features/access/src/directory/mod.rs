//! The public directory of professionals and facilities: taking in an extraction, and finding
//! somebody in it.

mod fold;
mod import;
mod layout;
mod said;
mod search;

pub use import::{DirectoryRefusal, DirectoryReport, import};
pub use search::{Candidate, candidates, listed, search};
