//! « API Pro Santé connectée »: software of a professional reads in their name.
//!
//! The professional signs in to their software with Pro Santé Connect, there or on their phone. The
//! software shows the token that it got, and is given one for us (`token`), for minutes. What it then
//! asks ([`Reader`]) is what the professional asks: the same decision, flags, blocks and matrix, the same
//! journal, the same budgets as on our pages, and the journal says which software it was.
//!
//! The software says no more than its professional could: it declares no consent, breaks no glass and
//! changes nothing. That is done on our pages.

mod enter;
mod project;
mod query;
mod read;
mod reader;
mod revoke;
mod search;
mod situation;
mod token;

pub(crate) use query::PARAMETERS;
pub(crate) use read::{bytes, metadata};
pub(crate) use reader::Reader;
pub(crate) use revoke::revoke;
pub(crate) use search::{got, posted};
pub(crate) use token::exchange;
