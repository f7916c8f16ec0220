//! Reads the text of PDFs in a process of its own: a file that is made to take all memory, or
//! never to end, takes that process and nothing else.
//!
//! The process is this program with a command that no help shows ([`COMMAND`]). It gets the file on
//! its input and an empty environment, gives up its rights before it looks at the file
//! ([`read_input`]), and says the text on its output.

use std::{
    future::Future,
    io::{Read as _, Write as _},
    path::PathBuf,
    pin::Pin,
    process::{Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

use access::{App, Read, Scribe};
use anyhow::{Context, bail};
use rustix::process::{Resource, Rlimit, setrlimit};

/// The command by which this program reads a PDF.
pub const COMMAND: &str = "read-pdf";

/// Bytes of text that are read of a file.
const TEXT: usize = 400_000;
/// Bytes of a file.
const FILE: u64 = 64 << 20;
/// Seconds of the processor.
const SECONDS: u64 = 10;
/// Bytes of memory, addresses included.
const MEMORY: u64 = 1 << 30;
/// How long it may take in all, on a machine that has other work.
const WITHIN: Duration = Duration::from_secs(30);
/// How often one looks whether it has ended.
const LOOK: Duration = Duration::from_millis(2);

const PROTECTED: u8 = 3;
const MALFORMED: u8 = 4;

/// Has a program read files.
#[derive(Debug, Clone)]
pub struct Child {
    program: PathBuf,
}

impl Child {
    /// By that program.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
        }
    }

    /// By this program.
    ///
    /// # Errors
    /// When the system does not say where it is.
    pub fn this() -> anyhow::Result<Self> {
        Ok(Self::new(std::env::current_exe().context("this program")?))
    }

    fn read(&self, bytes: &[u8]) -> anyhow::Result<Read> {
        let mut child = Command::new(&self.program)
            .arg(COMMAND)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("a reader of PDFs")?;
        let mut output = child.stdout.take().context("its output")?;
        let said = thread::spawn(move || {
            let mut said = Vec::new();
            let most = TEXT as u64 + 1_000;
            output
                .by_ref()
                .take(most)
                .read_to_end(&mut said)
                .map(|_| said)
        });
        if let Some(mut input) = child.stdin.take() {
            // Who ended early says so by its status.
            let _ = input.write_all(bytes);
        }
        let until = Instant::now() + WITHIN;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if Instant::now() > until {
                child.kill()?;
                child.wait()?;
                bail!("a PDF takes too long to read");
            }
            thread::sleep(LOOK);
        };
        let said = said.join().ok().context("its output")??;
        match status.code().map(u8::try_from) {
            Some(Ok(0)) => text(&said),
            Some(Ok(PROTECTED)) => Ok(Read::Protected),
            Some(Ok(MALFORMED)) => bail!("a PDF is damaged"),
            _ => bail!("a PDF broke its reader ({status})"),
        }
    }
}

/// The first line is the number of pages.
fn text(said: &[u8]) -> anyhow::Result<Read> {
    let said = std::str::from_utf8(said).context("what a reader said")?;
    let (pages, text) = said.split_once('\n').context("what a reader said")?;
    Ok(Read::Text {
        pages: pages.parse().context("a number of pages")?,
        text: text.to_owned(),
    })
}

impl Scribe for Child {
    fn read_pdf(
        &self,
        bytes: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Read>> + Send + '_>> {
        let child = self.clone();
        Box::pin(async move {
            tokio::task::spawn_blocking(move || child.read(&bytes))
                .await
                .context("a reader of PDFs")?
        })
    }
}

/// What the process does: no file, no socket, so much memory and time; then the file.
pub fn read_input() -> ExitCode {
    if limit().is_err() {
        return ExitCode::FAILURE;
    }
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock();
    if input.take(FILE).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let reading = match pdf::read(bytes, TEXT) {
        Ok(reading) => reading,
        Err(pdf::Unread::Protected) => return ExitCode::from(PROTECTED),
        Err(pdf::Unread::Malformed) => return ExitCode::from(MALFORMED),
    };
    let mut output = std::io::stdout().lock();
    let said = output
        .write_all(format!("{}\n", reading.pages).as_bytes())
        .and_then(|()| output.write_all(reading.text.as_bytes()))
        .and_then(|()| output.flush());
    match said {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn limit() -> rustix::io::Result<()> {
    // Input, output and errors are open already; nothing else opens any more.
    let limits = [
        (Resource::Cpu, SECONDS),
        (Resource::As, MEMORY),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
        (Resource::Nofile, 3),
    ];
    for (resource, most) in limits {
        let most = Some(most);
        setrlimit(
            resource,
            Rlimit {
                current: most,
                maximum: most,
            },
        )?;
    }
    Ok(())
}

/// Lets go of the texts that nobody searched for a while.
pub async fn age(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        app.gate.age_texts();
    }
}
