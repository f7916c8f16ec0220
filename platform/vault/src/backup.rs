//! Backups: a folder of files with their sizes and hashes, under a signature.
//!
//! A *main* backup holds the database and the sealed files, and never a key. A *key* backup holds
//! the wrapped keys, belongs in another place, and has a date by which it must be destroyed. Both
//! are taken while servers write. The key file is in neither: it is copied apart.
//!
//! The database is read in one snapshot before the files: a file that an entry names is there,
//! one that no entry names is noise.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::{Component, Path, PathBuf},
};

use aws_lc_rs::digest;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Config, DatabaseUrl, DbError,
    db::{self, Schema},
    keys::{KeyProvider, hex, unhex_any, verify},
};

const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.signature";
/// `sha256sum --check` reads it too.
const LIST: &str = "files.sha256";
const DATABASE: &str = "database";
const BLOBS: &str = "blobs";

/// Why a backup was not made, or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder to write to holds something.
    #[error("{0} is not empty")]
    NotEmpty(PathBuf),
    /// The folder is no backup, or of the other kind.
    #[error("{0} is not a backup of this kind")]
    NotOne(PathBuf),
    /// It was made with other keys, or the manifest was altered.
    #[error("the manifest of {0} is not signed by this installation")]
    Unsigned(PathBuf),
    /// A file is not the one that was written.
    #[error("{0} of the backup was altered or is missing")]
    Altered(PathBuf),
    /// It was made on another database engine.
    #[error("the backup was made on {0}: restore it there")]
    Engine(String),
    /// The disk failed.
    #[error("{0}: {1}")]
    Io(PathBuf, std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What a backup is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Database and sealed files.
    Main,
    /// Wrapped keys.
    Keys,
}

/// What is said of a backup, under the signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// What it is of.
    pub what: What,
    /// When it was begun.
    pub made: Timestamp,
    /// When it must be destroyed: key backups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    engine: String,
    migrations: Vec<String>,
    /// Files in it.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// SHA-256 of the list of files.
    list: String,
}

/// Told what is being done, how many bytes of it are done, of about how many.
pub type Progress<'a> = &'a mut (dyn FnMut(Stage, u64, u64) + Send);

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading or writing the database.
    Database,
    /// Copying sealed files.
    Files,
    /// Reading everything again to hash it.
    Check,
}

/// Makes a backup in `folder`, which must be absent or empty. Servers may go on writing.
///
/// # Errors
/// See [`BackupError`].
pub async fn save(
    config: &Config,
    what: What,
    folder: &Path,
    made: (Timestamp, Option<Timestamp>),
    keys: &dyn KeyProvider,
    progress: Progress<'_>,
) -> Result<Manifest, BackupError> {
    if !is_empty(folder)? {
        return Err(BackupError::NotEmpty(folder.to_owned()));
    }
    let database = folder.join(DATABASE);
    fs::create_dir_all(&database).map_err(|error| io(&database, error))?;
    let url = config.url(what);
    let migrations = db::save(url, &database, &mut |done, all| {
        progress(Stage::Database, done, all);
    })
    .await?;
    // A bucket is copied by its own means: it keeps versions, and grows past any folder.
    if what == What::Main
        && let Some(blobs) = config.blobs.folder()
    {
        copy_all(blobs, &folder.join(BLOBS), progress)?;
    }
    let (files, bytes, list) = write_list(folder, progress)?;
    let manifest = Manifest {
        format: FORMAT,
        what,
        made: made.0,
        expires: made.1,
        engine: url.engine().to_owned(),
        migrations,
        files,
        bytes,
        list,
    };
    let text = serde_json::to_vec_pretty(&manifest).expect("a manifest is JSON");
    let signature = hex(&keys.sign(&signed(&text)));
    put(&folder.join(SIGNATURE), signature.as_bytes())?;
    put(&folder.join(MANIFEST), &text)?;
    sync(folder)?;
    Ok(manifest)
}

/// Reads a backup whole and compares it with its signed manifest.
///
/// # Errors
/// See [`BackupError`]; nothing was touched.
pub fn check(
    folder: &Path,
    what: What,
    keys: &dyn KeyProvider,
    progress: Progress<'_>,
) -> Result<Manifest, BackupError> {
    let not_one = || BackupError::NotOne(folder.to_owned());
    let text = fs::read(folder.join(MANIFEST)).map_err(|_| not_one())?;
    let signature = fs::read_to_string(folder.join(SIGNATURE)).map_err(|_| not_one())?;
    let signature = unhex_any(signature.trim()).ok_or_else(not_one)?;
    if !verify(&keys.public_key(), &signed(&text), &signature) {
        return Err(BackupError::Unsigned(folder.to_owned()));
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| not_one())?;
    if manifest.format != FORMAT || manifest.what != what {
        return Err(not_one());
    }
    let list = folder.join(LIST);
    let altered = |path: &Path| BackupError::Altered(path.to_owned());
    if hash(&list).map_err(|_| altered(&list))?.0 != manifest.list {
        return Err(altered(&list));
    }
    let mut done = 0;
    for line in BufReader::new(File::open(&list).map_err(|error| io(&list, error))?).lines() {
        let line = line.map_err(|error| io(&list, error))?;
        let (expected, path) = line.split_once("  ").ok_or_else(|| altered(&list))?;
        let path = Path::new(path);
        if !path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return Err(altered(path));
        }
        let (found, size) = hash(&folder.join(path)).map_err(|_| altered(path))?;
        if found != expected {
            return Err(altered(path));
        }
        done += size;
        progress(Stage::Check, done, manifest.bytes);
    }
    if done != manifest.bytes {
        return Err(altered(&list));
    }
    Ok(manifest)
}

/// Whether a folder is the backup that was made at that instant.
pub fn is_of(folder: &Path, what: What, made: Timestamp) -> bool {
    let manifest = fs::read(folder.join(MANIFEST)).unwrap_or_default();
    serde_json::from_slice::<Manifest>(&manifest)
        .is_ok_and(|manifest| manifest.what == what && manifest.made == made)
}

/// Whether there is nothing where this would be put back.
///
/// # Errors
/// When the database or the disk fails.
pub async fn is_vacant(config: &Config, what: What) -> Result<bool, BackupError> {
    let files = match config.blobs.folder() {
        Some(blobs) if what == What::Main => has_no_file(blobs)?,
        _ => true,
    };
    Ok(files && db::is_vacant(config.url(what)).await?)
}

/// Puts back a backup that was [`check`]ed, into a vacant place. No server may run.
///
/// # Errors
/// See [`BackupError`].
pub async fn restore(
    config: &Config,
    manifest: &Manifest,
    folder: &Path,
    progress: Progress<'_>,
) -> Result<(), BackupError> {
    let what = manifest.what;
    let url = config.url(what);
    if manifest.engine != url.engine() {
        return Err(BackupError::Engine(manifest.engine.clone()));
    }
    if what == What::Main
        && let Some(blobs) = config.blobs.folder()
    {
        // First the files: the database is what makes an installation of the folder.
        copy_all(&folder.join(BLOBS), blobs, progress)?;
    }
    progress(Stage::Database, 0, 0);
    let schema = match what {
        What::Main => Schema::MAIN,
        What::Keys => Schema::KEYS,
    };
    db::load(url, schema, &manifest.migrations, &folder.join(DATABASE)).await?;
    Ok(())
}

impl Config {
    fn url(&self, what: What) -> &DatabaseUrl {
        match what {
            What::Main => &self.database,
            What::Keys => &self.key_store,
        }
    }
}

fn signed(manifest: &[u8]) -> Vec<u8> {
    [b"carnet backup 1\n", manifest].concat()
}

fn is_empty(folder: &Path) -> Result<bool, BackupError> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(io(folder, error)),
    }
}

fn has_no_file(folder: &Path) -> Result<bool, BackupError> {
    if !folder.exists() {
        return Ok(true);
    }
    let mut some = false;
    walk(folder, Path::new(""), &mut |_, _| {
        some = true;
        Ok(())
    })?;
    Ok(!some)
}

/// Copies every file below `from`, as long as it was when it was met, until no new one appears:
/// files are only added or removed, and grow only at their end.
fn copy_all(from: &Path, to: &Path, progress: Progress<'_>) -> Result<(), BackupError> {
    make(to)?;
    let mut all = 0;
    walk(from, Path::new(""), &mut |_, size| {
        all += size;
        Ok(())
    })?;
    let mut done = 0;
    loop {
        let mut copied = false;
        walk(from, Path::new(""), &mut |path, size| {
            let target = to.join(path);
            if target.exists() {
                return Ok(());
            }
            copied |= copy(&from.join(path), &target, size)?;
            done += size;
            progress(Stage::Files, done, all.max(done));
            Ok(())
        })?;
        if !copied {
            break;
        }
    }
    sync_all(to)
}

/// Copies the first `size` bytes of a file, synced; `false` when it is gone.
fn copy(from: &Path, to: &Path, size: u64) -> Result<bool, BackupError> {
    let file = match File::open(from) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(io(from, error)),
    };
    if let Some(folder) = to.parent() {
        make(folder)?;
    }
    let write = || {
        let mut target = File::create_new(to)?;
        std::io::copy(&mut file.take(size), &mut target)?;
        target.sync_all()
    };
    write().map_err(|error| io(to, error))?;
    Ok(true)
}

/// Lists every file of a backup with its hash; gives how many, their bytes, the list's own hash.
fn write_list(folder: &Path, progress: Progress<'_>) -> Result<(u64, u64, String), BackupError> {
    let mut files = Vec::new();
    let mut all = 0;
    walk(folder, Path::new(""), &mut |path, size| {
        all += size;
        files.push(path.to_owned());
        Ok(())
    })?;
    files.sort();
    let path = folder.join(LIST);
    let mut list = BufWriter::new(File::create(&path).map_err(|error| io(&path, error))?);
    let mut bytes = 0;
    for file in &files {
        let from = folder.join(file);
        let (hash, size) = hash(&from).map_err(|error| io(&from, error))?;
        bytes += size;
        progress(Stage::Check, bytes, all);
        writeln!(list, "{hash}  {}", file.display()).map_err(|error| io(&path, error))?;
    }
    let list = list
        .into_inner()
        .map_err(|error| io(&path, error.into_error()))?;
    list.sync_all().map_err(|error| io(&path, error))?;
    let (hash, _) = hash(&path).map_err(|error| io(&path, error))?;
    Ok((files.len() as u64, bytes, hash))
}

/// Visits every regular file below a folder with its size; what goes away meanwhile is left out.
fn walk(
    root: &Path,
    below: &Path,
    visit: &mut dyn FnMut(&Path, u64) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let here = root.join(below);
    for entry in fs::read_dir(&here).map_err(|error| io(&here, error))? {
        let entry = entry.map_err(|error| io(&here, error))?;
        let Ok(meta) = entry.metadata() else { continue };
        let path = below.join(entry.file_name());
        if meta.is_dir() {
            walk(root, &path, visit)?;
        } else if meta.is_file() {
            visit(&path, meta.len())?;
        }
    }
    Ok(())
}

fn hash(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let mut context = digest::Context::new(&digest::SHA256);
    let mut buffer = vec![0; 128 << 10];
    let mut size = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        size += read as u64;
        context.update(&buffer[..read]);
    }
    Ok((hex(context.finish().as_ref()), size))
}

fn make(folder: &Path) -> Result<(), BackupError> {
    fs::create_dir_all(folder).map_err(|error| io(folder, error))
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| io(path, error))
}

fn sync(folder: &Path) -> Result<(), BackupError> {
    File::open(folder)
        .and_then(|file| file.sync_all())
        .map_err(|error| io(folder, error))
}

fn sync_all(folder: &Path) -> Result<(), BackupError> {
    for entry in fs::read_dir(folder).map_err(|error| io(folder, error))? {
        let path = entry.map_err(|error| io(folder, error))?.path();
        if path.is_dir() {
            sync_all(&path)?;
        }
    }
    sync(folder)
}

fn io(path: &Path, error: std::io::Error) -> BackupError {
    BackupError::Io(path.to_owned(), error)
}
