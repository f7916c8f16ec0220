//! Proof Key for Code Exchange (RFC 7636), method `S256` only: `plain` protects nothing.

use crate::{base64url, same_secret, sha256};

/// The challenge that belongs to a verifier: base64url(SHA-256(verifier)).
pub fn challenge(verifier: &str) -> String {
    base64url(&sha256(verifier.as_bytes()))
}

/// Whether `text` can be an `S256` challenge: 43 characters of base64url.
pub fn is_challenge(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// Whether `verifier` has the form of RFC 7636 §4.1 and answers `challenge`.
pub fn answers(verifier: &str, challenge: &str) -> bool {
    let formed = (43..=128).contains(&verifier.len())
        && verifier
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
    formed && same_secret(&self::challenge(verifier), challenge)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_rfc_example_holds() {
        assert_eq!(challenge(VERIFIER), CHALLENGE);
        assert!(is_challenge(CHALLENGE));
        assert!(answers(VERIFIER, CHALLENGE));
    }

    #[test]
    fn another_or_a_short_verifier_does_not_answer() {
        assert!(!answers(&VERIFIER.replace('d', "e"), CHALLENGE));
        assert!(!answers("short", &challenge("short")));
        assert!(!answers(CHALLENGE, CHALLENGE));
        assert!(!is_challenge(""));
    }
}
