//! Keys in a file that only the server may read, outside the data folder.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::Write as _,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use ambient::{Random, Secret};
use aws_lc_rs::{
    hmac,
    signature::{Ed25519KeyPair, KeyPair},
};

use crate::cipher::{Cipher, Suite};

use super::{KeyProvider, Wrapped, WrongKey};

const TITLE: &str = "carnet keys 1";

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It cannot be read or written.
    #[error("key file {0}: {1}")]
    Io(PathBuf, std::io::Error),
    /// Others than its owner may read it.
    #[error("key file {0} can be read by others: give it mode 0600")]
    Open(PathBuf),
    /// It is not a key file of ours.
    #[error("{0} is not a key file of this version")]
    Malformed(PathBuf),
}

/// The keys of an installation, read from a file at start.
pub struct FileKeys {
    keks: BTreeMap<u32, Cipher>,
    index: hmac::Key,
    checkpoint: Ed25519KeyPair,
    random: Arc<dyn Random>,
}

impl std::fmt::Debug for FileKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKeys")
    }
}

impl FileKeys {
    /// Draws new keys and writes them to `path`, which must not exist yet.
    ///
    /// # Errors
    /// When the file exists or cannot be written and synced.
    pub fn create(path: &Path, random: Arc<dyn Random>) -> Result<Self, KeyFileError> {
        let text = Secret::new(format!(
            "{TITLE}\nkek 1 {}\nindex {}\ncheckpoint {}\n",
            hex(&random.key()),
            hex(&random.key()),
            hex(&random.key()),
        ));
        write_private(path, text.expose()).map_err(|error| KeyFileError::Io(path.into(), error))?;
        Self::read(path, random)
    }

    /// Reads the keys.
    ///
    /// # Errors
    /// When the file is missing, not ours, or readable by others than its owner.
    pub fn read(path: &Path, random: Arc<dyn Random>) -> Result<Self, KeyFileError> {
        let io = |error| KeyFileError::Io(path.into(), error);
        let mode = fs::metadata(path).map_err(io)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Open(path.into()));
        }
        let text = Secret::new(fs::read_to_string(path).map_err(io)?);
        Self::parse(text.expose(), random).ok_or_else(|| KeyFileError::Malformed(path.into()))
    }

    fn parse(text: &str, random: Arc<dyn Random>) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != TITLE {
            return None;
        }
        let (mut keks, mut index, mut checkpoint) = (BTreeMap::new(), None, None);
        for line in lines {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["kek", generation, key] => {
                    let key = Cipher::new(Suite::Aes256Gcm, &unhex(key)?);
                    keks.insert(generation.parse().ok()?, key);
                }
                ["index", key] => index = Some(hmac::Key::new(hmac::HMAC_SHA256, &unhex(key)?)),
                ["checkpoint", key] => {
                    checkpoint = Some(Ed25519KeyPair::from_seed_unchecked(&unhex(key)?).ok()?);
                }
                [] => {}
                _ => return None,
            }
        }
        if keks.is_empty() {
            return None;
        }
        Some(Self {
            keks,
            index: index?,
            checkpoint: checkpoint?,
            random,
        })
    }
}

impl KeyProvider for FileKeys {
    fn wrap(&self, context: &[u8], key: &Secret<[u8; 32]>) -> Wrapped {
        let (generation, kek) = self.keks.last_key_value().expect("a key file holds a key");
        let bytes = kek.seal(&*self.random, context, &[key.expose()]);
        Wrapped {
            kek: *generation,
            bytes,
        }
    }

    fn unwrap(&self, context: &[u8], wrapped: &Wrapped) -> Result<Secret<[u8; 32]>, WrongKey> {
        let kek = self.keks.get(&wrapped.kek).ok_or(WrongKey)?;
        let plain = Secret::new(kek.open(context, &wrapped.bytes).map_err(|_| WrongKey)?);
        let key = <[u8; 32]>::try_from(plain.expose().as_slice()).map_err(|_| WrongKey)?;
        Ok(Secret::new(key))
    }

    fn mac(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.index);
        context.update(&[u8::try_from(purpose.len()).unwrap_or(u8::MAX)]);
        context.update(purpose.as_bytes());
        context.update(data);
        context
            .sign()
            .as_ref()
            .try_into()
            .expect("HMAC-SHA256 is 32 bytes")
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.checkpoint.sign(message).as_ref().to_vec()
    }

    fn public_key(&self) -> Vec<u8> {
        self.checkpoint.public_key().as_ref().to_vec()
    }

    fn generation(&self) -> u32 {
        *self
            .keks
            .last_key_value()
            .expect("a key file holds a key")
            .0
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;

    use super::*;

    fn keys(text: &str) -> Option<FileKeys> {
        FileKeys::parse(text, Arc::new(SeededRandom::new(1)))
    }

    fn text(keks: &str) -> String {
        format!(
            "{TITLE}\n{keks}index {0}\ncheckpoint {0}\n",
            "11".repeat(32)
        )
    }

    #[test]
    fn a_key_opens_only_for_its_record_and_after_rotation() {
        let first = format!("kek 1 {}\n", "22".repeat(32));
        let before = keys(&text(&first)).expect("keys");
        let wrapped = before.wrap(b"a", &Secret::new([9; 32]));
        assert_eq!(
            before.unwrap(b"a", &wrapped).expect("opens").expose(),
            &[9; 32]
        );
        assert!(before.unwrap(b"b", &wrapped).is_err(), "another record");

        let second = format!("{first}kek 2 {}\n", "33".repeat(32));
        let after = keys(&text(&second)).expect("keys");
        assert_eq!(after.wrap(b"a", &Secret::new([9; 32])).kek, 2);
        assert!(
            after.unwrap(b"a", &wrapped).is_ok(),
            "the old generation is still held"
        );
    }

    #[test]
    fn a_broken_key_file_is_refused() {
        for bad in [
            "",
            TITLE,
            "carnet keys 2\n",
            &text(""),
            &text("kek 1 zz\n"),
            &text("kex 1 2\n"),
        ] {
            assert!(keys(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_key_file_that_others_may_read_is_refused() {
        let folder = std::env::temp_dir().join(format!("carnet-keys-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("keys");
        FileKeys::create(&path, Arc::new(SeededRandom::new(2))).expect("made");
        assert!(
            FileKeys::create(&path, Arc::new(SeededRandom::new(2))).is_err(),
            "never overwritten"
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("mode");
        let refused = FileKeys::read(&path, Arc::new(SeededRandom::new(2)));
        assert!(matches!(refused, Err(KeyFileError::Open(_))));
        fs::remove_dir_all(&folder).expect("removed");
    }
}
