//! Keys in a file that only the server may read, outside the data folder.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use ambient::{Random, Secret};
use aws_lc_rs::{
    hmac,
    signature::{Ed25519KeyPair, KeyPair},
};

use crate::{
    chain,
    cipher::{Cipher, Suite},
};

use super::{KeyProvider, Wrapped, WrongKey, hex, unhex_any};

pub(super) const TITLE: &str = "carnet keys 1";

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

/// One key of a key file.
#[derive(Clone)]
pub struct KeyLine {
    /// What it is for: `kek 1`, `index`, `checkpoint`.
    pub name: String,
    /// Its bytes.
    pub key: Secret<[u8; 32]>,
}

/// A key file as text lines: what is written, printed and typed back.
#[derive(Clone)]
pub struct KeyFile(Vec<KeyLine>);

impl std::fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyFile")
    }
}

impl std::fmt::Debug for KeyLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyLine({})", self.name)
    }
}

impl KeyFile {
    /// New keys.
    pub fn draw(random: &dyn Random) -> Self {
        let line = |name: &str| KeyLine {
            name: name.to_owned(),
            key: Secret::new(random.key()),
        };
        Self(vec![line("kek 1"), line("index"), line("checkpoint")])
    }

    /// The keys of these lines; `None` when they are not those of an installation.
    pub fn of(lines: Vec<KeyLine>) -> Option<Self> {
        let file = Self(lines);
        let has = |name: &str| file.0.iter().filter(|line| line.name == name).count() == 1;
        let known = |line: &KeyLine| {
            generation(&line.name).is_some() || matches!(&*line.name, "index" | "checkpoint")
        };
        let whole = has("index")
            && has("checkpoint")
            && !file.generations().is_empty()
            && file.0.iter().all(known);
        whole.then_some(file)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// When it is missing, not ours, or readable by others than its owner.
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let io = |error| KeyFileError::Io(path.into(), error);
        let mode = fs::metadata(path).map_err(io)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Open(path.into()));
        }
        let text = Secret::new(fs::read_to_string(path).map_err(io)?);
        Self::parse(text.expose()).ok_or_else(|| KeyFileError::Malformed(path.into()))
    }

    /// Reads its text; `None` when it is not ours, or not whole.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != TITLE {
            return None;
        }
        let lines = lines.filter(|line| !line.trim().is_empty()).map(|line| {
            let (name, key) = line.rsplit_once(' ')?;
            Some(KeyLine {
                name: name.to_owned(),
                key: Secret::new(unhex(key)?),
            })
        });
        Self::of(lines.collect::<Option<_>>()?)
    }

    /// Writes it to `path`, which must not exist yet.
    ///
    /// # Errors
    /// When the file exists or cannot be written and synced.
    pub fn create(&self, path: &Path) -> Result<(), KeyFileError> {
        write_private(path, self.text().expose())
            .map_err(|error| KeyFileError::Io(path.into(), error))
    }

    /// Puts it in the place of the file at `path`: the old one stands until the new one is whole.
    ///
    /// # Errors
    /// When it cannot be written and synced.
    pub fn replace(&self, path: &Path) -> Result<(), KeyFileError> {
        let io = |error| KeyFileError::Io(path.into(), error);
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
        self.create(&beside)?;
        fs::rename(&beside, path).map_err(io)?;
        sync_folder(path).map_err(io)
    }

    /// Its keys.
    pub fn lines(&self) -> &[KeyLine] {
        &self.0
    }

    /// Generations of the key-encryption key that it holds, oldest first.
    pub fn generations(&self) -> Vec<u32> {
        let mut all: Vec<u32> = self
            .0
            .iter()
            .filter_map(|line| generation(&line.name))
            .collect();
        all.sort_unstable();
        all
    }

    /// Adds a generation of the key-encryption key.
    pub(super) fn grow(&mut self, random: &dyn Random) {
        let last = self.generations().last().copied().unwrap_or_default();
        let line = KeyLine {
            name: format!("kek {}", last + 1),
            key: Secret::new(random.key()),
        };
        self.0.insert(0, line);
    }

    /// Drops every generation but the last.
    pub(super) fn shrink(&mut self) {
        let last = self.generations().last().copied();
        self.0
            .retain(|line| generation(&line.name).is_none_or(|n| Some(n) == last));
    }

    /// Names these keys without telling them: another file, another name.
    pub fn fingerprint(&self) -> String {
        hex(&chain::hash(self.text().expose().as_bytes())[..8])
    }

    /// As it is in the file.
    pub fn text(&self) -> Secret<String> {
        let mut text = format!("{TITLE}\n");
        for line in &self.0 {
            text.push_str(&line.name);
            text.push(' ');
            text.push_str(&hex(line.key.expose()));
            text.push('\n');
        }
        Secret::new(text)
    }
}

fn generation(name: &str) -> Option<u32> {
    name.strip_prefix("kek ")?.parse().ok()
}

/// The keys of an installation, read from a file at start.
pub struct FileKeys {
    path: PathBuf,
    keks: RwLock<Arc<Keks>>,
    index: hmac::Key,
    checkpoint: Ed25519KeyPair,
    random: Arc<dyn Random>,
}

type Keks = BTreeMap<u32, Cipher>;

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
        KeyFile::draw(&*random).create(path)?;
        Self::read(path, random)
    }

    /// Reads the keys.
    ///
    /// # Errors
    /// When the file is missing, not ours, or readable by others than its owner.
    pub fn read(path: &Path, random: Arc<dyn Random>) -> Result<Self, KeyFileError> {
        let file = KeyFile::read(path)?;
        Self::of(&file, path, random).ok_or_else(|| KeyFileError::Malformed(path.into()))
    }

    fn of(file: &KeyFile, path: &Path, random: Arc<dyn Random>) -> Option<Self> {
        let key = |name: &str| file.0.iter().find(|line| line.name == name);
        Some(Self {
            path: path.to_owned(),
            keks: RwLock::new(Arc::new(keks(file))),
            index: hmac::Key::new(hmac::HMAC_SHA256, key("index")?.key.expose()),
            checkpoint: Ed25519KeyPair::from_seed_unchecked(key("checkpoint")?.key.expose())
                .ok()?,
            random,
        })
    }

    fn keks(&self) -> Arc<Keks> {
        Arc::clone(&self.keks.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn keks(file: &KeyFile) -> Keks {
    let key = |line: &KeyLine| {
        let key = Cipher::new(Suite::Aes256Gcm, line.key.expose());
        generation(&line.name).map(|n| (n, key))
    };
    file.0.iter().filter_map(key).collect()
}

impl KeyProvider for FileKeys {
    fn wrap(&self, context: &[u8], key: &Secret<[u8; 32]>) -> Wrapped {
        let keks = self.keks();
        let (generation, kek) = keks.last_key_value().expect("a key file holds a key");
        let bytes = kek.seal(&*self.random, context, &[key.expose()]);
        Wrapped {
            kek: *generation,
            bytes,
        }
    }

    fn unwrap(&self, context: &[u8], wrapped: &Wrapped) -> Result<Secret<[u8; 32]>, WrongKey> {
        if !self.keks().contains_key(&wrapped.kek) {
            // Another process has turned the keys.
            self.refresh();
        }
        let keks = self.keks();
        let kek = keks.get(&wrapped.kek).ok_or(WrongKey)?;
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
            .keks()
            .last_key_value()
            .expect("a key file holds a key")
            .0
    }

    fn refresh(&self) {
        if let Ok(file) = KeyFile::read(&self.path) {
            *self.keks.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keks(&file));
        }
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
    sync_folder(path)
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// 64 hexadecimal digits as a key.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    unhex_any(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;

    use super::*;

    fn keys(text: &str) -> Option<FileKeys> {
        let random = Arc::new(SeededRandom::new(1));
        FileKeys::of(&KeyFile::parse(text)?, Path::new("nowhere"), random)
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
