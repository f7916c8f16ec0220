//! The files of a link: JSON Web Encryption, direct key, AES-256-GCM, compact (RFC 7516, RFC 7518).

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

const NONCE: usize = 12;
const TAG: usize = 16;

#[derive(Serialize, Deserialize)]
struct Head {
    alg: String,
    enc: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    cty: String,
}

/// It is no such file, or of another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no JWE of this key")]
pub struct BadJwe;

/// Encrypts a file of a content type. The nonce must be random, and serve once.
pub fn encrypt(
    key: &[u8; 32],
    nonce: [u8; NONCE],
    content_type: &str,
    mut bytes: Vec<u8>,
) -> String {
    let head = Head {
        alg: "dir".to_owned(),
        enc: "A256GCM".to_owned(),
        cty: content_type.to_owned(),
    };
    let head = serde_json::to_vec(&head).expect("a head is JSON");
    let mut text = BASE64_URL_SAFE_NO_PAD.encode(head);
    let tag = cipher(key)
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(text.as_bytes()),
            &mut bytes,
        )
        .expect("no file is longer than the cipher takes");
    // No encrypted key: it is the link's own.
    text.push_str("..");
    BASE64_URL_SAFE_NO_PAD.encode_string(nonce, &mut text);
    text.push('.');
    BASE64_URL_SAFE_NO_PAD.encode_string(&bytes, &mut text);
    text.push('.');
    BASE64_URL_SAFE_NO_PAD.encode_string(tag, &mut text);
    text
}

/// Decrypts a file: its content type and its bytes.
///
/// # Errors
/// [`BadJwe`].
pub fn decrypt(key: &[u8; 32], text: &str) -> Result<(String, Vec<u8>), BadJwe> {
    let parts: Vec<&str> = text.split('.').collect();
    let [head, "", nonce, bytes, tag] = parts[..] else {
        return Err(BadJwe);
    };
    let plain = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| BadJwe);
    let said: Head = serde_json::from_slice(&plain(head)?).map_err(|_| BadJwe)?;
    let nonce: [u8; NONCE] = plain(nonce)?.try_into().map_err(|_| BadJwe)?;
    let (mut bytes, tag) = (plain(bytes)?, plain(tag)?);
    if said.alg != "dir" || said.enc != "A256GCM" || tag.len() != TAG {
        return Err(BadJwe);
    }
    bytes.extend(tag);
    let nonce = Nonce::assume_unique_for_key(nonce);
    let opened = cipher(key).open_in_place(nonce, Aad::from(head.as_bytes()), &mut bytes);
    let length = opened.map_err(|_| BadJwe)?.len();
    bytes.truncate(length);
    Ok((said.cty, bytes))
}

fn cipher(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("a 256-bit key"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: [u8; 32] = [7; 32];

    #[test]
    fn a_file_has_the_shape_of_the_specification() {
        let text = encrypt(&KEY, [1; 12], crate::FHIR, b"{}".to_vec());
        let parts: Vec<&str> = text.split('.').collect();
        assert_eq!(parts.len(), 5);
        assert_eq!(parts[1], "", "no encrypted key");
        let head = BASE64_URL_SAFE_NO_PAD.decode(parts[0]).expect("base64url");
        let head = String::from_utf8(head).expect("JSON");
        assert_eq!(
            head,
            r#"{"alg":"dir","enc":"A256GCM","cty":"application/fhir+json"}"#
        );
        assert!(!text.contains('='));
    }

    proptest! {
        #[test]
        fn a_file_opens_with_its_key_alone(bytes: Vec<u8>, nonce: [u8; 12], at in 0_usize..400) {
            let text = encrypt(&KEY, nonce, crate::FHIR, bytes.clone());
            prop_assert_eq!(decrypt(&KEY, &text), Ok((crate::FHIR.to_owned(), bytes)));
            prop_assert_eq!(decrypt(&[8; 32], &text), Err(BadJwe));
            // One letter changed anywhere: the last of a part may carry bits that mean nothing, and
            // those are refused too.
            let mut letters: Vec<char> = text.chars().collect();
            let at = at % letters.len();
            letters[at] = if letters[at] == 'A' { 'B' } else { 'A' };
            let altered: String = letters.into_iter().collect();
            prop_assert_eq!(decrypt(&KEY, &altered), Err(BadJwe));
        }

        #[test]
        fn no_text_breaks_the_reading(text in ".{0,200}") {
            prop_assert!(decrypt(&KEY, &text).is_err());
        }
    }
}
