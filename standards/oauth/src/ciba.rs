//! Words that both sides of a sign-in on another device use (OpenID CIBA Core 1.0).

/// The value of `grant_type` with which a client polls.
pub const GRANT: &str = "urn:openid:params:grant-type:ciba";
