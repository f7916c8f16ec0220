//! The register of erasures: signed lines, only ever appended, in a file kept apart.
//!
//! It lies beside neither database nor key store, and belongs to no backup of theirs: what was
//! erased stays so when an older one is put back, because the lines that it does not know of are
//! followed again before anything is served. A line names a record and a thing by their random
//! identifiers, nothing else. Each is bound to the one before, so that none is taken out of the
//! middle; a checkpoint says how many there are.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
    sync::Arc,
};

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    RecordId, chain,
    keys::{KeyProvider, verify},
};

/// More than the longest line.
const LINE: u64 = 1024;

/// The register cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The disk failed.
    #[error("register of erasures {0}: {1}")]
    Io(PathBuf, std::io::Error),
    /// A line is not ours, or not where it was written.
    #[error("register of erasures {0}: line {1} was altered")]
    Altered(PathBuf, u64),
    /// Lines are missing that a store has followed.
    #[error(
        "register of erasures {0}: {1} lines, where {2} were followed; put the whole file back"
    )]
    Short(PathBuf, u64, u64),
}

/// One erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Its place in the register, from 1.
    pub n: u64,
    /// When.
    pub at: Timestamp,
    /// The record.
    pub record: RecordId,
    /// The thing in it; `None` when all of the record was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thing: Option<Id>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    erasure: Erasure,
    /// Of the line before; of nothing for the first.
    previous: String,
    signature: String,
}

/// How many lines a register has, and the hash of the last.
#[derive(Default, Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Lines.
    pub lines: u64,
    /// SHA-256 of the last line, as hexadecimal digits.
    pub hash: String,
}

/// The register of an installation; servers that share a database share the file.
pub(crate) struct Register {
    path: PathBuf,
    provider: Arc<dyn KeyProvider>,
}

impl Register {
    pub fn new(path: PathBuf, provider: Arc<dyn KeyProvider>) -> Self {
        Self { path, provider }
    }

    /// Appends a line; durable when this returns.
    pub fn append(
        &self,
        at: Timestamp,
        record: RecordId,
        thing: Option<Id>,
    ) -> Result<Erasure, RegisterError> {
        self.try_append(at, record, thing)
            .map_err(|error| self.io(error))?
            .ok_or_else(|| RegisterError::Altered(self.path.clone(), 0))
    }

    fn try_append(
        &self,
        at: Timestamp,
        record: RecordId,
        thing: Option<Id>,
    ) -> std::io::Result<Option<Erasure>> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let is_new = !self.path.exists();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&self.path)?;
        file.lock()?;
        let Some(end) = last(&mut file)? else {
            return Ok(None);
        };
        let erasure = Erasure {
            n: end.lines + 1,
            at,
            record,
            thing,
        };
        let signed = self.provider.sign(&message(&erasure, &end.hash));
        let line = Line {
            erasure,
            previous: end.hash,
            signature: hex(&signed),
        };
        let mut text = serde_json::to_vec(&line).expect("a line is JSON");
        text.push(b'\n');
        file.write_all(&text)?;
        file.sync_all()?;
        if is_new && let Some(folder) = self.path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(Some(erasure))
    }

    /// The lines after the first `after`; every line is checked.
    pub fn read(&self, after: u64) -> Result<Vec<Erasure>, RegisterError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(self.io(error)),
        };
        let public = self.provider.public_key();
        let mut previous = String::new();
        let mut erasures = Vec::new();
        // What follows the last line's end was being written when the machine stopped.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        for (n, text) in (1..).zip(whole.lines()) {
            let altered = || RegisterError::Altered(self.path.clone(), n);
            let line: Line = serde_json::from_str(text).map_err(|_| altered())?;
            let signature = unhex(&line.signature).ok_or_else(altered)?;
            if line.erasure.n != n
                || line.previous != previous
                || !verify(&public, &message(&line.erasure, &previous), &signature)
            {
                return Err(altered());
            }
            previous = hex(&chain::hash(text.as_bytes()));
            if n > after {
                erasures.push(line.erasure);
            }
        }
        Ok(erasures)
    }

    /// How many lines there are, and the last one's hash.
    pub fn end(&self) -> Result<End, RegisterError> {
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(End::default()),
            Err(error) => return Err(self.io(error)),
        };
        last(&mut file)
            .map_err(|error| self.io(error))?
            .ok_or_else(|| RegisterError::Altered(self.path.clone(), 0))
    }

    pub fn short(&self, lines: u64, followed: u64) -> RegisterError {
        RegisterError::Short(self.path.clone(), lines, followed)
    }

    fn io(&self, error: std::io::Error) -> RegisterError {
        RegisterError::Io(self.path.clone(), error)
    }
}

/// The end of the file, which is left there; `None` when its last line is not one of ours.
fn last(file: &mut File) -> std::io::Result<Option<End>> {
    let size = file.metadata()?.len();
    let from = size.saturating_sub(2 * LINE);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let Some(end) = tail.iter().rposition(|byte| *byte == b'\n') else {
        file.seek(SeekFrom::Start(0))?;
        return Ok((from == 0).then(End::default));
    };
    // A line that was not finished is written over.
    file.seek(SeekFrom::Start(from + end as u64 + 1))?;
    let start = tail[..end]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |before| before + 1);
    let text = &tail[start..end];
    Ok(serde_json::from_slice::<Line>(text).ok().map(|line| End {
        lines: line.erasure.n,
        hash: hex(&chain::hash(text)),
    }))
}

fn message(erasure: &Erasure, previous: &str) -> Vec<u8> {
    let Erasure {
        n,
        at,
        record,
        thing,
    } = erasure;
    let thing = thing.map(|thing| thing.to_string()).unwrap_or_default();
    format!("carnet erasure 1\n{n}\n{at}\n{record}\n{thing}\n{previous}").into_bytes()
}

pub(crate) use crate::keys::{hex, unhex_any as unhex};

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;

    use super::*;
    use crate::keys::FileKeys;

    fn register(name: &str) -> (PathBuf, Register) {
        let folder = std::env::temp_dir().join(format!("carnet-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let keys = FileKeys::create(&folder.join("keys"), Arc::new(SeededRandom::new(5)));
        let register = Register::new(folder.join("apart/erasures"), Arc::new(keys.expect("keys")));
        (folder, register)
    }

    fn fill(register: &Register) {
        for n in 1..=3 {
            let thing = (n == 2).then_some(Id([7; 16]));
            let line = register.append(Timestamp::UNIX_EPOCH, RecordId(Id([n; 16])), thing);
            assert_eq!(line.expect("written").n, u64::from(n));
        }
    }

    #[test]
    fn lines_read_back_and_a_torn_one_is_written_over() {
        let (folder, register) = register("register");
        assert_eq!(register.read(0).expect("nothing yet"), []);
        assert_eq!(register.end().expect("nothing yet"), End::default());
        fill(&register);
        let lines = register.read(1).expect("reads");
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].n, lines[0].thing), (2, Some(Id([7; 16]))));
        let mut file = OpenOptions::new()
            .append(true)
            .open(&register.path)
            .expect("opens");
        file.write_all(b"{\"n\":4,\"at\"").expect("torn");
        assert_eq!(register.read(0).expect("reads").len(), 3);
        let next = register.append(Timestamp::UNIX_EPOCH, RecordId(Id([9; 16])), None);
        assert_eq!(next.expect("written").n, 4);
        assert_eq!(
            register.read(3).expect("reads")[0].record,
            RecordId(Id([9; 16]))
        );
        assert_eq!(register.end().expect("read").lines, 4);
        std::fs::remove_dir_all(folder).expect("removed");
    }

    #[test]
    fn a_line_changed_moved_or_taken_out_is_found() {
        let (folder, register) = register("register-altered");
        fill(&register);
        let text = std::fs::read_to_string(&register.path).expect("reads");
        let lines: Vec<&str> = text.lines().collect();
        let forgeries = [
            text.replace(&"02".repeat(16), &"05".repeat(16)),
            [lines[0], lines[2], ""].join("\n"),
            [lines[1], lines[0], lines[2], ""].join("\n"),
        ];
        for forged in forgeries {
            std::fs::write(&register.path, forged).expect("written");
            assert!(matches!(register.read(0), Err(RegisterError::Altered(..))));
        }
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
