//! What the process that reads a file does: it gives up its rights, then reads.

use std::{
    io::{Read as _, Write as _},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use rustix::process::{Resource, Rlimit, setrlimit};

/// The command by which this program reads a file.
pub const COMMAND: &str = "read-file";

/// The file opens with a password only.
pub(super) const PROTECTED: u8 = 3;
/// The file is damaged.
pub(super) const MALFORMED: u8 = 4;

/// Bytes of a file.
const FILE: u64 = 64 << 20;
/// Scanned pages that are read of a PDF.
const PAGES: usize = 20;
/// Pieces of a page smaller than this are logos and signatures.
const SMALL: usize = 8_000;

/// What there is to read of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Work {
    /// The text of a PDF, after a line with its number of pages.
    Text,
    /// What a PDF says of itself, a line each: its pages, whether it has text, its day, its title.
    Cover,
    /// The photographs of a PDF, each after its length.
    Images,
    /// The text of an image, by another program.
    Scan,
}

impl Work {
    /// As the command line has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Cover => "cover",
            Self::Images => "images",
            Self::Scan => "scan",
        }
    }
}

/// Does it: no more rights than it takes, then the file on the input.
pub fn read_input(work: Work, helper: Option<PathBuf>) -> ExitCode {
    match (work, helper) {
        (Work::Scan, Some(program)) => scan(&program),
        (Work::Scan, None) => ExitCode::FAILURE,
        (Work::Text, _) => of_pdf(|bytes| {
            let reading = pdf::read(bytes, super::TEXT)?;
            Ok(format!("{}\n{}", reading.pages, reading.text).into_bytes())
        }),
        (Work::Cover, _) => of_pdf(|bytes| {
            let cover = pdf::cover(bytes)?;
            let (pages, day) = (cover.pages, cover.created.unwrap_or_default());
            let said = format!("{pages}\n{}\n{day}\n{}", cover.has_text, cover.title);
            Ok(said.into_bytes())
        }),
        (Work::Images, _) => of_pdf(|bytes| {
            let mut said = Vec::new();
            let found = pdf::photographs(bytes, PAGES, SMALL)?;
            for image in found.iter().filter(|image| image.len() < super::IMAGES) {
                said.extend((image.len() as u32).to_be_bytes());
                said.extend(image);
            }
            Ok(said)
        }),
    }
}

/// Reads what [`Work::Images`] said.
pub(super) fn images(mut said: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = said.split_first_chunk()?;
        let (image, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        said = rest;
        Some(image)
    })
}

/// Reads a PDF without a right left: no file, no socket.
fn of_pdf(read: impl FnOnce(Vec<u8>) -> Result<Vec<u8>, pdf::Unread>) -> ExitCode {
    // Input, output and errors are open already; nothing else opens any more.
    let limited = limit(&[
        (Resource::Cpu, 10),
        (Resource::As, 1 << 30),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nofile, 3),
    ]);
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock();
    if limited.is_err() || input.take(FILE).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let said = match read(bytes) {
        Ok(said) => said,
        Err(pdf::Unread::Protected) => return ExitCode::from(PROTECTED),
        Err(pdf::Unread::Malformed) => return ExitCode::from(MALFORMED),
    };
    let mut output = std::io::stdout().lock();
    match output.write_all(&said).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Becomes Tesseract, which writes no file and has so much time and memory.
fn scan(program: &Path) -> ExitCode {
    let limited = limit(&[
        (Resource::Cpu, 60),
        (Resource::As, 3 << 30),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nofile, 64),
    ]);
    if limited.is_err() {
        return ExitCode::FAILURE;
    }
    let mut tesseract = Command::new(program);
    // One thread: pages are read for the night, not for somebody who waits.
    tesseract.env("OMP_THREAD_LIMIT", "1");
    tesseract.args(["stdin", "stdout", "-l", "fra", "--psm", "3"]);
    // It comes back only when it could not begin.
    let _ = tesseract.exec();
    ExitCode::FAILURE
}

fn limit(limits: &[(Resource, u64)]) -> rustix::io::Result<()> {
    for (resource, most) in limits {
        let most = Some(*most);
        setrlimit(
            *resource,
            Rlimit {
                current: most,
                maximum: most,
            },
        )?;
    }
    Ok(())
}
