//! Signing in at a desk without a card reader: one types one's national identifier here, and confirms
//! on one's own phone (Pro Santé Connect, CIBA in poll mode).
//!
//! Who types somebody else's identifier gets nowhere, learns nothing, and makes their phone ring a few
//! times an hour at most.

mod again;
mod question;
mod start;
mod wait;

pub(crate) use again::again;
pub(crate) use start::start;
pub(crate) use wait::wait;

/// Where one waits for the answer.
const PAGE: &str = "/pro/attente";
