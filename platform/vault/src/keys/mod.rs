//! Keys: what wraps them, and where the wrapped ones lie.
//!
//! A record's key is wrapped by the *key-encryption key*, which lives behind a
//! [`KeyProvider`] together with the index key and the checkpoint key. The
//! wrapped keys lie in a store of their own, never beside the records: whoever
//! has only the database, or only its backup, has nothing readable.

mod backups;
mod file;
pub mod kit;
mod personal;
mod ring;
mod rotate;

pub use backups::{KeyBackup, forget_backup, key_backups, note_backup};
pub(crate) use file::unhex;
pub use file::{FileKeys, KeyFile, KeyFileError, KeyLine};
pub use personal::PersonalKey;
pub(crate) use ring::{KeyRing, KeyRingError, STATEMENTS};
pub use rotate::{RotateError, Rotated, rotate};

use std::fmt::Write as _;

use ambient::Secret;
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};

/// A record's master key, wrapped.
#[derive(Debug, Clone)]
pub struct Wrapped {
    /// Which generation of the key-encryption key wrapped it.
    pub kek: u32,
    /// `nonce ‖ ciphertext ‖ tag`, bound to the record's id.
    pub bytes: Vec<u8>,
}

/// The keys do not fit: another installation's, or altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a wrapped key does not open with the keys of this installation")]
pub struct WrongKey;

/// Where the keys of the installation live: a file, an HSM, a KMS.
pub trait KeyProvider: Send + Sync + 'static {
    /// Wraps a record's master key; `context` is bound to it.
    fn wrap(&self, context: &[u8], key: &Secret<[u8; 32]>) -> Wrapped;

    /// Opens what [`KeyProvider::wrap`] made, with any generation still held.
    ///
    /// # Errors
    /// [`WrongKey`] when it was wrapped elsewhere, for another context, or altered.
    fn unwrap(&self, context: &[u8], wrapped: &Wrapped) -> Result<Secret<[u8; 32]>, WrongKey>;

    /// Keyed hash for indexes; `purpose` keeps the uses apart.
    fn mac(&self, purpose: &str, data: &[u8]) -> [u8; 32];

    /// Ed25519 signature of a checkpoint.
    fn sign(&self, message: &[u8]) -> Vec<u8>;

    /// The Ed25519 public key that verifies checkpoints.
    fn public_key(&self) -> Vec<u8>;

    /// The generation that wraps today.
    fn generation(&self) -> u32;

    /// Reads the keys again, where another process may have changed them.
    fn refresh(&self) {}
}

/// Whether `signature` of `message` was made by who holds the key of `public`.
pub fn verify(public: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, public)
        .verify(message, signature)
        .is_ok()
}

/// Reads a public key written as 64 hexadecimal digits.
pub fn public_key(digits: &str) -> Option<Vec<u8>> {
    unhex_any(digits).filter(|key| key.len() == 32)
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads [`hex`] back.
pub(crate) fn unhex_any(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}
