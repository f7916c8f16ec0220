//! OAuth 2.0 and OpenID Connect as pure functions.
//!
//! Nothing here opens a socket, reads a table or asks for the time: the HTTP
//! function, the random source and the instant are parameters, and what must be
//! remembered between two requests is a value for the caller to keep.
//!
//! | module | who plays it |
//! |---|---|
//! | [`client`] | Carnet signing people in with FranceConnect, Pro Santé Connect or a local provider |
//! | [`psc`] | what Pro Santé Connect says about a professional |
//! | [`provider`] | an authorization server: registered clients, codes, ID tokens, discovery |
//! | [`ciba`] | signing in on another device: what both sides say |
//! | [`exchange`] | a token exchanged for another (RFC 8693) |
//! | [`assertion`] | a client proving who it is with its key (RFC 7523) |
//! | [`token`] | opaque access tokens, refresh tokens, codes and client secrets |
//! | [`jwk`], [`jwt`] | keys and signatures, shared by all |
//!
//! Signatures are checked by `jsonwebtoken` (on aws-lc); the rules on claims are
//! ours, because there the time is a parameter. The crate `openidconnect` was
//! weighed and left out: it fixes the discovery path (Pro Santé Connect's is
//! another), has no `private_key_jwt` nor RFC 9207, hides the raw claims behind
//! typed ones (`SubjectRefPro` would need a second parse), and brings some 130
//! further packages, among them a second set of cryptographic primitives. What
//! it would have guarded is guarded by `tests/sign_in/hostile.rs`: one row per lie that
//! a provider or an attacker can tell, each refused by an error of its own.

pub mod answer;
pub mod assertion;
pub mod ciba;
pub mod client;
pub mod exchange;
pub mod http;
pub mod jwk;
pub mod jwt;
pub mod params;
pub mod pkce;
pub mod provider;
pub mod psc;
pub mod token;

use jiff::SignedDuration;

/// How far apart two machines' clocks may be before a time claim is refused.
pub const SKEW: SignedDuration = SignedDuration::from_secs(60);

/// Whether two secrets are equal, in a time that does not tell where they differ.
fn same_secret(a: &str, b: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a.as_bytes(), b.as_bytes()).is_ok()
}

/// SHA-256 of `bytes`.
fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref());
    hash
}

/// Base64url without padding, as every JOSE document writes bytes.
fn base64url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
