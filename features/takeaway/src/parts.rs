//! A ZIP written as it comes, cut into sealed parts of a few megabytes.

use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

use access::{Gate, Refused};
use vault::BlobRef;
use zip::{
    CompressionMethod, ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

/// Bytes of a part, about.
const PART: usize = 4 << 20;

/// What was written and not yet kept.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self, at_least: usize) -> Option<Vec<u8>> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (bytes.len() >= at_least && !bytes.is_empty()).then(|| std::mem::take(&mut *bytes))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// An archive under way.
pub(crate) struct Parts {
    written: Written,
    zip: ZipWriter<StreamWriter<Written>>,
    kept: Vec<BlobRef>,
}

impl Parts {
    pub fn new() -> Self {
        let written = Written::default();
        Self {
            zip: ZipWriter::new_stream(written.clone()),
            written,
            kept: vec![],
        }
    }

    /// Adds a file, and keeps what makes a whole part.
    pub async fn add(&mut self, gate: &Gate, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        // As they are: what is large is compressed already, and every reader can.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(name, stored)?;
        self.zip.write_all(bytes)?;
        match self.written.take(PART) {
            Some(part) => self.keep(gate, part).await,
            None => Ok(()),
        }
    }

    /// Ends the archive: its parts, in order.
    pub async fn end(mut self, gate: &Gate) -> anyhow::Result<Vec<BlobRef>> {
        let zip = std::mem::replace(&mut self.zip, ZipWriter::new_stream(Written::default()));
        zip.finish()?;
        if let Some(part) = self.written.take(1) {
            self.keep(gate, part).await?;
        }
        Ok(std::mem::take(&mut self.kept))
    }

    /// Destroys what was kept of an archive that is not wanted any more.
    pub async fn drop(self, gate: &Gate) {
        for part in &self.kept {
            // What stays is noise: nothing names it.
            let _ = gate.drop_file(part).await;
        }
    }

    async fn keep(&mut self, gate: &Gate, part: Vec<u8>) -> anyhow::Result<()> {
        let kept = gate.keep_part(part).await.map_err(failed)?;
        self.kept.push(kept);
        Ok(())
    }
}

/// A refusal as an error of the work.
pub(crate) fn failed(refused: Refused) -> anyhow::Error {
    match refused {
        Refused::Failed(error) => error,
        other => anyhow::anyhow!("refused: {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_taken_once_it_makes_a_part() {
        let mut written = Written::default();
        assert_eq!(written.take(0), None);
        written.write_all(b"abc").expect("written");
        assert_eq!(written.take(4), None);
        assert_eq!(written.take(3), Some(b"abc".to_vec()));
        assert_eq!(written.take(1), None);
    }
}
