//! What an archive says of itself, for an installation that reads it again: signed, so that it can be
//! told from one that somebody made up.

use access::Gate;
use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where it lies in an archive.
pub(crate) const MANIFEST: &str = "CARNET/MANIFEST.JSON";
/// Its signature.
pub(crate) const SIGNATURE: &str = "CARNET/SIGNATURE.JSON";
/// The layout of both.
pub(crate) const FORMAT: &str = "carnet archive 1";

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The layout.
    pub format: String,
    /// The installation that made it.
    pub origin: String,
    /// When.
    pub made: Timestamp,
    /// Its documents.
    pub documents: Vec<Listed>,
}

/// A document of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its file.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// Its bytes.
    pub size: u64,
    /// Its title.
    pub title: String,
    /// When it was made.
    pub date: Timestamp,
    /// Its type.
    pub type_code: String,
    /// Its class, when it is known.
    pub class: Option<String>,
    /// Media type of the file.
    pub media_type: String,
    /// Who made it, as people read it.
    pub author: String,
    /// Where.
    pub organization: String,
    /// Brought by the person, not by its author.
    pub by_holder: bool,
    /// Hidden from professionals.
    pub hidden: bool,
    /// Its `uniqueId`.
    pub unique_id: String,
}

/// Who vouches for an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Ed25519 public key, in hexadecimal digits.
    pub key: String,
    /// Of the digest of the manifest's bytes.
    pub signature: String,
}

/// The digest of bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

/// A digest as it is written.
pub(crate) fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of bytes, as manifests write it.
pub fn digest_of(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

impl Signature {
    /// Whether who holds the key signed a manifest of these bytes.
    pub fn vouches_for(&self, manifest: &[u8]) -> bool {
        let message = vault::archive_message(&sha256(manifest));
        let key = vault::keys::public_key(&self.key);
        let signature = unhex(&self.signature);
        match (key, signature) {
            (Some(key), Some(signature)) => vault::keys::verify(&key, &message, &signature),
            _ => false,
        }
    }
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    let bytes = pairs.map(|pair| {
        let pair = std::str::from_utf8(pair)
            .ok()
            .filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    bytes.collect()
}

impl Manifest {
    /// Both files of it.
    pub fn written(&self, gate: &Gate) -> (Vec<u8>, Vec<u8>) {
        let manifest = serde_json::to_vec_pretty(self).expect("a manifest is JSON");
        let (key, signature) = gate.sign_archive(&sha256(&manifest));
        let signature = Signature { key, signature };
        let signature = serde_json::to_vec_pretty(&signature).expect("a signature is JSON");
        (manifest, signature)
    }
}
