//! The proof that a person takes home: lines as they were shown, under a signature, and the last
//! checkpoint with the way from the record to its root.
//!
//! A text file. Each of its lines is a digest and a JSON value; the digest is over the one before and
//! the value, so that what was altered, taken out or cut is found at its place. The last one holds
//! a signature over all. It holds no sequence number and no count of the journal: who is shown
//! some lines learns nothing of the others.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Checkpoint, Ends, Line,
    tree::{self, bucket_of, climb},
};
use crate::{
    DbError, RecordId, chain,
    chain::Hash,
    keys::{hex, unhex, unhex_any, verify},
    open::Opener,
    store::checkpoint as rows,
};

const TITLE: &str = "carnet proof 1";

/// The way from a record to the signed root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Way {
    leaf: String,
    bucket: u16,
    /// Leaves of the same bucket, before and after.
    before: Vec<String>,
    after: Vec<String>,
    up: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Opening {
    carnet: String,
    made: Timestamp,
    public_key: String,
    /// The signed line; none was signed yet without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    checkpoint: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    way: Option<Way>,
}

#[derive(Serialize, Deserialize)]
struct Ending {
    lines: usize,
    signature: String,
}

/// A line of the journal on its way into a proof.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What was shown of it.
    pub value: Value,
    /// Hash of its header and of its sealed bytes' hash: finds it in the journal's chain.
    pub print: Hash,
}

/// What a proof shows to who has the public key alone.
#[derive(Debug, Clone, Serialize)]
pub struct Proved {
    /// When it was made.
    pub made: Timestamp,
    /// The key that signed it, as hexadecimal digits.
    pub public_key: String,
    /// The checkpoint that its record is under.
    pub checkpoint: Option<Checkpoint>,
    /// The lines, oldest first.
    pub lines: Vec<ProvedLine>,
}

/// One line of a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvedLine {
    /// As it was shown.
    #[serde(rename = "line")]
    pub value: Value,
    /// Finds it in the journal's chain, for who may open that.
    pub print: String,
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadProof {
    /// It is not a proof of ours, or of another version.
    #[error("this is not a proof of this version")]
    Strange,
    /// A line was altered, taken out, added or moved: its place in the file.
    #[error("line {0} was altered, or one before it was taken out")]
    Altered(usize),
    /// The end is missing.
    #[error("the end of the file was cut")]
    Cut,
    /// It was not signed by who holds the key.
    #[error("the signature is not that of the key")]
    Unsigned,
    /// The checkpoint is not signed, or the record is not under it.
    #[error("the checkpoint does not fit")]
    Checkpoint,
}

impl Opener {
    /// Makes a proof of lines of a record's journal, in the order given.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prove(
        &self,
        record: RecordId,
        lines: &[Shown],
        made: Timestamp,
    ) -> Result<String, DbError> {
        let public = self.provider.public_key();
        let (checkpoint, way) = match self.way(record, &public).await? {
            Some((line, way)) => (Some(line.text), way),
            None => (None, None),
        };
        let opening = Opening {
            carnet: TITLE.to_owned(),
            made,
            public_key: hex(&public),
            checkpoint,
            way,
        };
        let mut text = String::new();
        let mut digest = [0; 32];
        push(&mut text, &mut digest, &json!(opening));
        for line in lines {
            let line = ProvedLine {
                value: line.value.clone(),
                print: hex(&line.print),
            };
            push(&mut text, &mut digest, &json!(line));
        }
        let signature = hex(&self.provider.sign(&message(lines.len(), &digest)));
        let ending = Ending {
            lines: lines.len(),
            signature,
        };
        push(&mut text, &mut digest, &json!(ending));
        Ok(text)
    }

    /// The last signed line, and the way from a record to its root; a record made since has none.
    async fn way(
        &self,
        record: RecordId,
        public: &[u8],
    ) -> Result<Option<(Line, Option<Way>)>, DbError> {
        let bucket = bucket_of(record);
        loop {
            let Some(line) = rows::last(&self.db, public).await? else {
                return Ok(None);
            };
            let buckets = rows::buckets(&self.db).await?;
            let stamps = rows::stamps(&self.db, bucket).await?;
            // A checkpoint that was taken meanwhile moves them.
            if rows::last(&self.db, public).await?.as_ref() != Some(&line) {
                continue;
            }
            let leaves = self.leaves();
            let leaf = |(record, ends): &(RecordId, Ends)| hex(&leaves.leaf(*record, ends));
            let Some(at) = stamps.iter().position(|(other, _)| *other == record) else {
                return Ok(Some((line, None)));
            };
            let way = Way {
                leaf: leaf(&stamps[at]),
                bucket,
                before: stamps[..at].iter().map(leaf).collect(),
                after: stamps[at + 1..].iter().map(leaf).collect(),
                up: tree::path(&buckets, bucket)
                    .1
                    .iter()
                    .map(|hash| hex(hash))
                    .collect(),
            };
            return Ok(Some((line, Some(way))));
        }
    }
}

fn push(text: &mut String, digest: &mut Hash, value: &Value) {
    let value = value.to_string();
    *digest = next(digest, &value);
    text.push_str(&hex(digest));
    text.push(' ');
    text.push_str(&value);
    text.push('\n');
}

fn next(digest: &Hash, value: &str) -> Hash {
    tree::digest("carnet proof line 1", [&digest[..], value.as_bytes()])
}

fn message(lines: usize, digest: &Hash) -> Vec<u8> {
    format!("{TITLE}\n{lines}\n{}", hex(digest)).into_bytes()
}

/// Checks a proof with the public key alone; with the one that it names when none is given.
///
/// # Errors
/// See [`BadProof`].
pub fn check_proof(text: &str, public: Option<&[u8]>) -> Result<Proved, BadProof> {
    let mut rows = text.lines();
    let mut digest = [0; 32];
    let first = rows.next().ok_or(BadProof::Strange)?;
    let (_, value) = first.split_once(' ').ok_or(BadProof::Strange)?;
    let opening: Opening = serde_json::from_str(value).map_err(|_| BadProof::Strange)?;
    if opening.carnet != TITLE {
        return Err(BadProof::Strange);
    }
    let own = unhex_any(&opening.public_key).ok_or(BadProof::Strange)?;
    let public = public.unwrap_or(&own);
    let (mut lines, mut ending) = (Vec::new(), None);
    for (n, row) in (1..).zip(text.lines()) {
        if ending.is_some() {
            return Err(BadProof::Altered(n));
        }
        let (hash, value) = row.split_once(' ').ok_or(BadProof::Altered(n))?;
        let before = digest;
        digest = next(&digest, value);
        if hash != hex(&digest) {
            return Err(BadProof::Altered(n));
        }
        if n == 1 {
            continue;
        }
        match serde_json::from_str::<Ending>(value) {
            Ok(end) => ending = Some((end, before)),
            Err(_) => lines.push(serde_json::from_str(value).map_err(|_| BadProof::Altered(n))?),
        }
    }
    let (end, digest) = ending.ok_or(BadProof::Cut)?;
    let signature = unhex_any(&end.signature).ok_or(BadProof::Unsigned)?;
    if end.lines != lines.len() || !verify(public, &message(end.lines, &digest), &signature) {
        return Err(BadProof::Unsigned);
    }
    Ok(Proved {
        made: opening.made,
        public_key: hex(public),
        checkpoint: under(&opening, public)?,
        lines,
    })
}

/// The checkpoint that a proof's record is under; none was signed yet when it names none.
fn under(opening: &Opening, public: &[u8]) -> Result<Option<Checkpoint>, BadProof> {
    let Some(line) = &opening.checkpoint else {
        return Ok(None);
    };
    let line = Line::read(line, public).ok_or(BadProof::Checkpoint)?;
    let Some(way) = &opening.way else {
        return Ok(None);
    };
    let hashes = |some: &[String]| {
        some.iter()
            .map(|hash| unhex(hash))
            .collect::<Option<Vec<_>>>()
    };
    let root = || {
        let mut leaves = hashes(&way.before)?;
        leaves.push(unhex(&way.leaf)?);
        leaves.extend(hashes(&way.after)?);
        let up = hashes(&way.up).filter(|up| up.len() == tree::DEPTH)?;
        Some(climb(way.bucket, tree::bucket(&leaves), &up))
    };
    match root().is_some_and(|root| hex(&root) == line.checkpoint.root) {
        true => Ok(Some(line.checkpoint)),
        false => Err(BadProof::Checkpoint),
    }
}

/// What a line of a journal is found by in its chain.
pub(crate) fn print_of(header: &[u8], sealed: &Hash) -> Hash {
    let mut bytes = header.to_vec();
    bytes.extend_from_slice(sealed);
    chain::hash(&bytes)
}
