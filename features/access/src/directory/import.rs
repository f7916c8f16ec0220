//! Taking in an extraction: streamed, a batch a transaction, resumed where it stopped.

use std::io::{BufRead, Read as _, Seek, SeekFrom};

use anyhow::Context;
use serde::Serialize;
use vault::store::{Building, Entered};

use super::layout::{Layout, Line};
use crate::Carnet;

/// Lines taken in one transaction.
const BATCH: usize = 2_000;
/// How many refused lines are named; the rest is only counted.
const NAMED: usize = 1_000;
/// The longest line that is read.
const LONGEST: usize = 64 * 1024;

/// What an import did.
#[derive(Debug, Default, Serialize)]
pub struct DirectoryReport {
    /// Lines read in this run, the first apart.
    pub read: u64,
    /// The line after which this run went on; 0 when it began at the beginning.
    pub resumed: u64,
    /// Activities or facilities taken in.
    pub taken: u64,
    /// Active before, and not in it any more: kept as inactive.
    pub lost: u64,
    /// Lines refused.
    pub refused: u64,
    /// The first of them.
    pub reasons: Vec<DirectoryRefusal>,
}

/// A line that was refused.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct DirectoryRefusal {
    /// Its number in the file, from 1.
    pub line: u64,
    /// Why, in French.
    pub reason: String,
}

/// An extraction that loses this part of those who were active, or more, was cut short: it is taken
/// in only by who says that it has fewer.
const CUT: i64 = 5;

/// Whether an extraction was cut short: a fifth of those who were active, or more, are not in it.
pub fn is_cut(lost: i64, active: i64) -> bool {
    lost > 0 && lost.saturating_mul(CUT) >= active
}

/// Takes in the RPPS or the FINESS extraction; `file` names the content, so that an import that
/// was stopped goes on when it is the same. Readers see the former version until the end, then
/// the new one; who is not in it any more stays, as inactive. `fewer` takes in one that lost many.
///
/// # Errors
/// When the file is neither, cannot be read, holds nobody, lost a fifth of those who were active, or
/// the store fails: then the former version stays.
pub async fn import(
    app: &Carnet,
    file: &[u8; 32],
    fewer: bool,
    mut reader: impl BufRead + Seek,
    mut progress: impl FnMut(u64),
) -> anyhow::Result<DirectoryReport> {
    let mut bytes = Vec::new();
    let (read, _) = line(&mut reader, &mut bytes).context("le fichier ne se lit pas")?;
    let layout = Layout::of(&text(&bytes)).map_err(anyhow::Error::msg)?;
    let mut building = app.store.begin_directory(layout.source(), file).await?;
    let mut report = DirectoryReport::default();
    if building.position > 0 {
        reader.seek(SeekFrom::Start(building.position))?;
        report.resumed = building.line;
    } else {
        building.position = read;
        building.line = 1;
    }
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let (read, whole) = line(&mut reader, &mut bytes).context("le fichier ne se lit pas")?;
        if read == 0 {
            break;
        }
        building.position += read;
        building.line += 1;
        report.read += 1;
        let entry = match whole {
            true => layout.read(&text(&bytes)),
            false => Err("la ligne est trop longue".to_owned()),
        };
        match entry {
            Ok(Line::Entry(entry)) => batch.push(*entry),
            Ok(Line::Other) => {}
            Err(reason) => report.refuse(building.line, reason),
        }
        if batch.len() == BATCH {
            put(app, &building, &mut batch, &mut report).await?;
            progress(building.position);
        }
    }
    put(app, &building, &mut batch, &mut report).await?;
    if report.taken == 0 && report.resumed == 0 {
        anyhow::bail!("le fichier ne contient personne : rien n’est changé");
    }
    let (lost, active) = app.store.directory_lost(&building).await?;
    if is_cut(lost, active) && !fewer {
        anyhow::bail!(
            "le fichier semble coupé : {lost} des {active} entrées actives n’y sont plus. Rien n’est \
             changé. Si c’est voulu, relancez avec --fewer"
        );
    }
    report.lost = lost.unsigned_abs();
    app.store.finish_directory(building).await?;
    Ok(report)
}

async fn put(
    app: &Carnet,
    building: &Building,
    batch: &mut Vec<Entered>,
    report: &mut DirectoryReport,
) -> anyhow::Result<()> {
    app.store.put_directory(building, batch).await?;
    report.taken += batch.len() as u64;
    batch.clear();
    Ok(())
}

impl DirectoryReport {
    fn refuse(&mut self, line: u64, reason: String) {
        self.refused += 1;
        if self.reasons.len() < NAMED {
            self.reasons.push(DirectoryRefusal { line, reason });
        }
    }
}

/// Reads a line: how many bytes it took, and whether it was kept whole.
fn line(reader: &mut impl BufRead, into: &mut Vec<u8>) -> std::io::Result<(u64, bool)> {
    into.clear();
    let mut read = reader.take(LONGEST as u64).read_until(b'\n', into)? as u64;
    let whole = read < LONGEST as u64 || into.ends_with(b"\n");
    let mut ended = whole;
    while !ended {
        into.clear();
        let more = reader.take(LONGEST as u64).read_until(b'\n', into)?;
        read += more as u64;
        ended = more == 0 || into.ends_with(b"\n");
    }
    Ok((read, whole))
}

/// UTF-8, else Latin-1: what FINESS was published in for long.
fn text(bytes: &[u8]) -> String {
    let bytes = bytes.trim_ascii_end();
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
