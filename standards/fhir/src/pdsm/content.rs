//! The bytes of a document, and what its metadata says of them.

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::read::any;

/// SHA-1 of a file in base64: `attachment.hash`. A fingerprint that FHIR and XDS
/// fixed long ago, not a protection.
pub fn sha1(bytes: &[u8]) -> String {
    STANDARD.encode(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes))
}

/// Decodes base64, blanks allowed (FHIR R4, *base64Binary*).
pub(super) fn decode(data: &str) -> Option<Vec<u8>> {
    if any(data.as_bytes(), u8::is_ascii_whitespace) {
        let compact: Vec<u8> = data.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        return STANDARD.decode(compact).ok();
    }
    STANDARD.decode(data).ok()
}

pub(super) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_fingerprints() {
        assert_eq!(sha1(b""), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
        assert_eq!(decode("QUJD\r\n REVG").unwrap(), b"ABCDEF");
        assert_eq!(decode(&encode(&[0, 255, 7])).unwrap(), [0, 255, 7]);
        assert!(decode("QUJ").is_none() && decode("QU*D").is_none());
    }
}
