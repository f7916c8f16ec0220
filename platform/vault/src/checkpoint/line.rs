//! A checkpoint as a signed line, and the file that lines are exported to.
//!
//! The file lies apart from databases, keys and register, and is worth copying to where the
//! installation itself cannot write: it is what an older database is found out by.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    chain,
    keys::{KeyProvider, hex, unhex_any, verify},
    register::End,
};

/// The file in the folder.
const FILE: &str = "checkpoints";
/// More than the longest line.
const LONGEST: u64 = 2048;

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Its number, from 1.
    pub n: u64,
    /// When it was taken.
    pub at: Timestamp,
    /// Records under it.
    pub records: u64,
    /// Root of the tree over all of them, as hexadecimal digits.
    pub root: String,
    /// Where the register of erasures ended.
    pub erasures: End,
    /// An older database was put back, which had this checkpoint last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored: Option<u64>,
    /// Hash of the line before; empty for the first.
    pub previous: String,
}

#[derive(Serialize, Deserialize)]
struct Signed {
    #[serde(flatten)]
    checkpoint: Checkpoint,
    signature: String,
}

/// A line: what it says, and its text to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// JSON, without the line's end.
    pub text: String,
}

impl Line {
    /// Signs a checkpoint.
    pub(super) fn sign(checkpoint: Checkpoint, provider: &dyn KeyProvider) -> Self {
        let signature = hex(&provider.sign(&message(&checkpoint)));
        let signed = Signed {
            checkpoint,
            signature,
        };
        let text = serde_json::to_string(&signed).expect("a checkpoint is JSON");
        Self {
            checkpoint: signed.checkpoint,
            text,
        }
    }

    /// Reads a line; `None` when it was not signed by who holds the key of `public`.
    pub fn read(text: &str, public: &[u8]) -> Option<Self> {
        let signed: Signed = serde_json::from_str(text).ok()?;
        let signature = unhex_any(&signed.signature)?;
        verify(public, &message(&signed.checkpoint), &signature).then(|| Self {
            checkpoint: signed.checkpoint,
            text: text.to_owned(),
        })
    }

    /// Names this line in the one after.
    pub fn hash(&self) -> String {
        hex(&chain::hash(self.text.as_bytes()))
    }
}

fn message(checkpoint: &Checkpoint) -> Vec<u8> {
    let Checkpoint {
        n,
        at,
        records,
        root,
        erasures,
        restored,
        previous,
    } = checkpoint;
    let restored = restored.map(|n| n.to_string()).unwrap_or_default();
    let End { lines, hash } = erasures;
    format!(
        "carnet checkpoint 1\n{n}\n{at}\n{records}\n{root}\n{lines}\n{hash}\n{restored}\n{previous}"
    )
    .into_bytes()
}

/// The exported lines cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The disk failed.
    #[error("checkpoints {0}: {1}")]
    Io(PathBuf, std::io::Error),
    /// A line is not ours, or not where it was written.
    #[error("checkpoints {0}: line {1} was altered")]
    Altered(PathBuf, u64),
}

/// The exported lines.
pub(super) struct Log<'a> {
    path: PathBuf,
    public: &'a [u8],
}

impl<'a> Log<'a> {
    pub fn of(folder: &Path, public: &'a [u8]) -> Self {
        Self {
            path: folder.join(FILE),
            public,
        }
    }

    /// The last line.
    pub fn last(&self) -> Result<Option<Line>, LogError> {
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.io(error)),
        };
        self.end(&mut file)
    }

    /// Adds lines; those that another server added meanwhile are not added twice. Durable when
    /// this returns.
    pub fn append(&self, lines: &[Line]) -> Result<(), LogError> {
        let is_new = !self.path.exists();
        let mut file = self.open().map_err(|error| self.io(error))?;
        let known = self.end(&mut file)?.map_or(0, |line| line.checkpoint.n);
        let mut text = String::new();
        for line in lines.iter().filter(|line| line.checkpoint.n > known) {
            text.push_str(&line.text);
            text.push('\n');
        }
        // In one closure, so that each failure names the file.
        let mut written = || {
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            match self.path.parent() {
                Some(folder) if is_new => File::open(folder)?.sync_all(),
                _ => Ok(()),
            }
        };
        written().map_err(|error| self.io(error))
    }

    fn open(&self) -> std::io::Result<File> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o644)
            .open(&self.path)?;
        file.lock()?;
        Ok(file)
    }

    /// Every line, each checked with the one before.
    pub fn read(&self) -> Result<Vec<Line>, LogError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(self.io(error)),
        };
        let mut lines: Vec<Line> = Vec::new();
        // What follows the last line's end was being written when the machine stopped.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        for (n, text) in (1..).zip(whole.lines()) {
            let altered = || LogError::Altered(self.path.clone(), n);
            let line = Line::read(text, self.public).ok_or_else(altered)?;
            let previous = lines.last().map(Line::hash).unwrap_or_default();
            if line.checkpoint.n != n || line.checkpoint.previous != previous {
                return Err(altered());
            }
            lines.push(line);
        }
        Ok(lines)
    }

    /// The last whole line; the file is left at its end.
    fn end(&self, file: &mut File) -> Result<Option<Line>, LogError> {
        let (from, tail) = tail(file).map_err(|error| self.io(error))?;
        let Some(end) = tail.iter().rposition(|byte| *byte == b'\n') else {
            let start = file.seek(SeekFrom::Start(0));
            start.map_err(|error| self.io(error))?;
            return Ok(None);
        };
        // A line that was not finished is written over.
        let next = file.seek(SeekFrom::Start(from + end as u64 + 1));
        next.map_err(|error| self.io(error))?;
        let before = tail[..end].iter().rposition(|byte| *byte == b'\n');
        let text = std::str::from_utf8(&tail[before.map_or(0, |at| at + 1)..end]).ok();
        let line = text.and_then(|text| Line::read(text, self.public));
        line.map(Some)
            .ok_or_else(|| LogError::Altered(self.path.clone(), 0))
    }

    fn io(&self, error: std::io::Error) -> LogError {
        LogError::Io(self.path.clone(), error)
    }
}

fn tail(file: &mut File) -> std::io::Result<(u64, Vec<u8>)> {
    let from = file.metadata()?.len().saturating_sub(2 * LONGEST);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    Ok((from, tail))
}
