//! Telling people what others did: at once or gathered, on the channels that they chose.
//!
//! An event is a line of the journal. In the space it is found among the notices ([`crate::Told`]);
//! outside it is told once to each who reads the space: the holder, and who represents them. The
//! job [`NOTIFY`] is written with the line; [`tell`] turns it into one [`SEND`] for each recipient
//! and channel, or a line of a [`DIGEST`], in the transaction that ends it: done twice is done once.
//! What leaves says that something happened and where to read it, never a word of health.

mod choices;
mod devices;
mod digest;
mod kinds;
mod recipients;
mod send;
mod tell;
mod words;

pub use choices::{Choice, Choices, When};
pub use digest::{DIGEST, digest};
pub use kinds::{NoticeKind, NoticeKinds};
pub(crate) use recipients::reached;
pub use send::{SEND, send};
pub(crate) use tell::job;
pub use tell::{NOTIFY, tell};

#[cfg(test)]
mod tests;
