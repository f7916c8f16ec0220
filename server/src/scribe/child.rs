//! A process that gets a file and says something of it.

use std::{
    io::{Read as _, Write as _},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use super::worker::{COMMAND, Work};

/// How often one looks whether it has ended.
const LOOK: Duration = Duration::from_millis(2);

/// A process to be.
pub struct Child<'a> {
    /// This program.
    pub program: &'a Path,
    /// What it does.
    pub work: Work,
    /// The program that it becomes.
    pub helper: Option<&'a Path>,
    /// How long it may take.
    pub within: Duration,
    /// Bytes of what it says that are read.
    pub most: usize,
}

impl Child<'_> {
    /// Runs it on a file: how it ended, unless something ended it, and what it said.
    pub fn run(&self, bytes: &[u8]) -> anyhow::Result<(Option<u8>, Vec<u8>)> {
        let mut child = Command::new(self.program)
            .arg(COMMAND)
            .arg(self.work.name())
            .args(self.helper)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("a reader of files")?;
        let mut output = child.stdout.take().context("its output")?;
        let most = self.most as u64;
        let said = thread::spawn(move || {
            let mut said = Vec::new();
            let read = output.by_ref().take(most).read_to_end(&mut said);
            read.map(|_| said)
        });
        if let Some(mut input) = child.stdin.take() {
            // Who ended early says so by its status.
            let _ = input.write_all(bytes);
        }
        let until = Instant::now() + self.within;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if Instant::now() > until {
                child.kill()?;
                child.wait()?;
                bail!("a file takes too long to read");
            }
            thread::sleep(LOOK);
        };
        let said = said.join().ok().context("its output")??;
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        Ok((code, said))
    }
}
