//! Words that both sides of a sign-in on another device use (OpenID CIBA Core 1.0).

use jiff::{SignedDuration, Timestamp};

/// The value of `grant_type` with which a client polls.
pub const GRANT: &str = "urn:openid:params:grant-type:ciba";

/// So many seconds after an instant.
pub(crate) fn later(at: Timestamp, seconds: u32) -> Timestamp {
    let by = SignedDuration::from_secs(seconds.into());
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}
