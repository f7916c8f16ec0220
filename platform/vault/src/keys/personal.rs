//! The key of one operator, by which they sign what they approve. It lies with them, not on the
//! server: a server that could sign for two people would make one of them.

use ambient::{Random, Secret};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

use super::{hex, unhex_any, verify};

/// What a file of such a key begins with.
const MARK: &str = "carnet operator key 1\n";

/// An operator's own key.
pub struct PersonalKey(Ed25519KeyPair);

impl std::fmt::Debug for PersonalKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalKey")
    }
}

impl PersonalKey {
    /// Draws a key: the text of its file.
    pub fn draw(random: &dyn Random) -> Secret<String> {
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        random.fill(&mut *seed);
        Secret::new(format!("{MARK}{}\n", hex(&*seed)))
    }

    /// Reads the text of such a file; `None` when it is none.
    pub fn read(text: &str) -> Option<Self> {
        let seed = unhex_any(text.strip_prefix(MARK)?.trim())?;
        Ed25519KeyPair::from_seed_unchecked(&seed).ok().map(Self)
    }

    /// The public key, in hexadecimal digits.
    pub fn public(&self) -> String {
        hex(self.0.public_key().as_ref())
    }

    /// Signs: hexadecimal digits.
    pub fn sign(&self, message: &[u8]) -> String {
        hex(self.0.sign(message).as_ref())
    }

    /// Whether the holder of that public key signed it.
    pub fn signed(public: &str, message: &[u8], signature: &str) -> bool {
        match (super::public_key(public), unhex_any(signature)) {
            (Some(public), Some(signature)) => verify(&public, message, &signature),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;

    use super::*;

    #[test]
    fn a_signature_is_of_one_key_and_one_text() {
        let [one, other] = [1, 2].map(|seed| {
            let text = PersonalKey::draw(&SeededRandom::new(seed));
            PersonalKey::read(text.expose()).expect("a key")
        });
        let signature = one.sign(b"text");
        assert!(PersonalKey::signed(&one.public(), b"text", &signature));
        assert!(!PersonalKey::signed(&other.public(), b"text", &signature));
        assert!(!PersonalKey::signed(&one.public(), b"texts", &signature));
        assert!(!PersonalKey::signed("", b"text", "zz"));
        assert!(PersonalKey::read("something else").is_none());
    }
}
