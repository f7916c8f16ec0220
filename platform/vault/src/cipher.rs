//! Authenticated encryption, in one place: AES-256-GCM.

use ambient::Random;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

const NONCE: usize = 12;
/// What sealing adds to the bytes of a chunk, beside the nonce where it is stored.
pub(crate) const TAG: usize = 16;

/// How bytes are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Suite {
    /// AES-256-GCM.
    #[default]
    Aes256Gcm,
    /// Nothing at all: shows that the test which looks for clear text would find it.
    /// Only in builds with debug assertions, never in a release.
    #[cfg(debug_assertions)]
    Null,
}

/// The bytes do not open: another key's, altered, or bound to something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed bytes do not open")]
pub struct Unsealable;

/// A key in use.
pub(crate) struct Cipher {
    key: LessSafeKey,
    suite: Suite,
}

impl Cipher {
    pub fn new(suite: Suite, key: &[u8; 32]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, key).expect("a 256-bit key");
        Self {
            key: LessSafeKey::new(key),
            suite,
        }
    }

    /// Seals the concatenation of `parts` under a random nonce: `nonce ‖ ciphertext ‖ tag`.
    pub fn seal(&self, random: &dyn Random, bound: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let mut nonce = [0; NONCE];
        random.fill(&mut nonce);
        let mut bytes = Vec::with_capacity(NONCE + length + TAG);
        bytes.extend_from_slice(&nonce);
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        let tag = self.apply(
            Nonce::assume_unique_for_key(nonce),
            bound,
            &mut bytes[NONCE..],
        );
        bytes.extend_from_slice(&tag);
        bytes
    }

    /// Opens what [`Cipher::seal`] made.
    pub fn open(&self, bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(Unsealable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unsealable)?;
        self.undo(nonce, bound, sealed.to_vec())
    }

    /// Seals one chunk of a file at its place, appending it to `out`. The key must serve this file alone.
    pub fn seal_chunk(&self, place: u64, bound: &[u8], chunk: &[u8], out: &mut Vec<u8>) {
        let from = out.len();
        out.extend_from_slice(chunk);
        let tag = self.apply(nonce_of(place), bound, &mut out[from..]);
        out.extend_from_slice(&tag);
    }

    /// Opens one chunk.
    pub fn open_chunk(
        &self,
        place: u64,
        bound: &[u8],
        sealed: Vec<u8>,
    ) -> Result<Vec<u8>, Unsealable> {
        self.undo(nonce_of(place), bound, sealed)
    }

    fn apply(&self, nonce: Nonce, bound: &[u8], bytes: &mut [u8]) -> [u8; TAG] {
        match self.suite {
            Suite::Aes256Gcm => {
                let tag = self
                    .key
                    .seal_in_place_separate_tag(nonce, Aad::from(bound), bytes);
                let tag = tag.expect("what we seal is far below the cipher's limit");
                tag.as_ref().try_into().expect("a tag is 16 bytes")
            }
            #[cfg(debug_assertions)]
            Suite::Null => [0; TAG],
        }
    }

    fn undo(&self, nonce: Nonce, bound: &[u8], mut bytes: Vec<u8>) -> Result<Vec<u8>, Unsealable> {
        match self.suite {
            Suite::Aes256Gcm => {
                let opened = self.key.open_in_place(nonce, Aad::from(bound), &mut bytes);
                let length = opened.map_err(|_| Unsealable)?.len();
                bytes.truncate(length);
            }
            #[cfg(debug_assertions)]
            Suite::Null => bytes.truncate(bytes.len().checked_sub(TAG).ok_or(Unsealable)?),
        }
        Ok(bytes)
    }
}

fn nonce_of(place: u64) -> Nonce {
    let mut nonce = [0; NONCE];
    nonce[4..].copy_from_slice(&place.to_be_bytes());
    Nonce::assume_unique_for_key(nonce)
}
