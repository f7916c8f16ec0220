//! Reads the text of files in processes of their own: a file that is made to take all memory, or
//! never to end, takes that process and nothing else.
//!
//! The process is this program with a command that no help shows ([`COMMAND`], [`worker`]). It gets
//! the file on its input and an empty environment, gives up its rights before it looks at the file,
//! and says the text on its output. For scans and photos it becomes Tesseract, within limits, where
//! the settings name one.

mod child;
pub mod worker;

use std::{future::Future, path::PathBuf, pin::Pin, sync::Arc, time::Duration};

use access::{App, Cover, Read, Scribe};
use anyhow::{Context, bail};
use tokio::sync::Semaphore;

use crate::settings::Settings;
use child::Child;
use worker::{MALFORMED, PROTECTED, Work};

pub use worker::COMMAND;

/// Bytes of text that are read of a file.
const TEXT: usize = 400_000;
/// Bytes of the images of a file.
const IMAGES: usize = 64 << 20;
/// How long reading may take in all, on a machine that has other work.
const WITHIN: Duration = Duration::from_secs(30);
/// How long one may look at a cover, while somebody waits for the page.
const WITHIN_COVER: Duration = Duration::from_secs(4);
/// Covers that are looked at at once.
const COVERS: usize = 4;
/// How long the text of one image may take.
const WITHIN_IMAGE: Duration = Duration::from_secs(120);

/// Has programs read files.
#[derive(Debug, Clone)]
pub struct Readers {
    /// This program.
    program: PathBuf,
    /// Who reads images.
    tesseract: Option<PathBuf>,
    covers: Arc<Semaphore>,
}

impl Readers {
    /// By that program; nobody reads images.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            tesseract: None,
            covers: Arc::new(Semaphore::new(COVERS)),
        }
    }

    /// By this program.
    ///
    /// # Errors
    /// When the system does not say where it is.
    pub fn this() -> anyhow::Result<Self> {
        Ok(Self::new(std::env::current_exe().context("this program")?))
    }

    /// With the Tesseract of the settings, where they name one.
    #[must_use]
    pub fn of(self, settings: &Settings) -> Self {
        match settings.get("search.tesseract") {
            "" => self,
            path => self.with_tesseract(path),
        }
    }

    /// With that Tesseract.
    #[must_use]
    pub fn with_tesseract(self, path: impl Into<PathBuf>) -> Self {
        Self {
            tesseract: Some(path.into()),
            ..self
        }
    }

    fn child(&self, work: Work, within: Duration, most: usize) -> Child<'_> {
        Child {
            program: &self.program,
            work,
            helper: self.tesseract.as_deref().filter(|_| work == Work::Scan),
            within,
            most,
        }
    }

    fn pdf(&self, bytes: &[u8]) -> anyhow::Result<Read> {
        let (code, said) = self.child(Work::Text, WITHIN, TEXT + 1_000).run(bytes)?;
        let read = match code {
            Some(0) => text(&said)?,
            Some(PROTECTED) => return Ok(Read::Protected),
            Some(MALFORMED) => bail!("a PDF is damaged"),
            _ => bail!("a PDF broke its reader ({code:?})"),
        };
        match read {
            Read::Text { pages, text } if text.trim().is_empty() && self.tesseract.is_some() => {
                let text = self.scanned(bytes)?;
                Ok(Read::Text { pages, text })
            }
            read => Ok(read),
        }
    }

    fn cover(&self, bytes: &[u8]) -> anyhow::Result<Cover> {
        let (code, said) = self.child(Work::Cover, WITHIN_COVER, 8_000).run(bytes)?;
        match code {
            Some(0) => cover(&said),
            Some(PROTECTED) => Ok(Cover::Protected),
            _ => bail!("a PDF has no cover ({code:?})"),
        }
    }

    /// The text of a PDF that is all images.
    fn scanned(&self, bytes: &[u8]) -> anyhow::Result<String> {
        let (code, said) = self.child(Work::Images, WITHIN, IMAGES).run(bytes)?;
        if code != Some(0) {
            bail!("a PDF broke the reader of its images ({code:?})");
        }
        let mut texts = Vec::new();
        for image in worker::images(&said) {
            texts.push(self.image(image)?);
        }
        Ok(texts.join("\n"))
    }

    fn image(&self, bytes: &[u8]) -> anyhow::Result<String> {
        if self.tesseract.is_none() {
            return Ok(String::new());
        }
        let (code, said) = self.child(Work::Scan, WITHIN_IMAGE, TEXT).run(bytes)?;
        match code {
            Some(0) => Ok(String::from_utf8_lossy(&said).into_owned()),
            _ => bail!("an image broke its reader ({code:?})"),
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

/// Four lines; see [`Work::Cover`].
fn cover(said: &[u8]) -> anyhow::Result<Cover> {
    let said = std::str::from_utf8(said).context("what a reader said")?;
    let mut lines = said.splitn(4, '\n');
    let mut line = || lines.next().context("what a reader said");
    Ok(Cover::Open {
        pages: line()?.parse().context("a number of pages")?,
        has_text: line()? == "true",
        created: line()?.parse().ok(),
        title: line()?.to_owned(),
    })
}

/// Does slow work where it holds up nobody.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
) -> anyhow::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .context("a reader")?
}

impl Scribe for Readers {
    fn read_pdf(
        &self,
        bytes: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Read>> + Send + '_>> {
        let readers = self.clone();
        Box::pin(apart(move || readers.pdf(&bytes)))
    }

    fn look_at_pdf(
        &self,
        bytes: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Cover>> + Send + '_>> {
        let readers = self.clone();
        Box::pin(async move {
            // Who waits longer than this has a page without it.
            let turn = tokio::time::timeout(WITHIN_COVER, self.covers.acquire()).await;
            let _turn = turn.context("too many covers at once")??;
            apart(move || readers.cover(&bytes)).await
        })
    }

    fn read_image(
        &self,
        bytes: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<String>> + Send + '_>> {
        let readers = self.clone();
        Box::pin(apart(move || readers.image(&bytes)))
    }

    fn reads_images(&self) -> bool {
        self.tesseract.is_some()
    }
}

/// Lets go of the texts that nobody searched for a while.
pub async fn age(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(60)).await;
        app.gate.age_texts();
    }
}
