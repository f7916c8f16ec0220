//! Who looks at PDFs in tests: one that has « couverture » in it says something of itself.

use std::{future::Future, pin::Pin};

use access::{Cover, Read, Scribe};

pub struct Covers;

type Said<'a, T> = Pin<Box<dyn Future<Output = anyhow::Result<T>> + Send + 'a>>;

impl Scribe for Covers {
    fn read_pdf(&self, bytes: Vec<u8>) -> Said<'_, Read> {
        drop(bytes);
        Box::pin(std::future::ready(Err(anyhow::anyhow!("nobody reads"))))
    }

    fn look_at_pdf(&self, bytes: Vec<u8>) -> Said<'_, Cover> {
        let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        let said = match (has(b"couverture"), has(b"secret")) {
            (true, _) => Ok(Cover::Open {
                pages: 3,
                has_text: false,
                title: "Lettre de sortie".to_owned(),
                created: "2026-03-12".parse().ok(),
            }),
            (_, true) => Ok(Cover::Protected),
            _ => Err(anyhow::anyhow!("no cover")),
        };
        Box::pin(std::future::ready(said))
    }

    fn read_image(&self, _: Vec<u8>) -> Said<'_, String> {
        Box::pin(std::future::ready(Ok(String::new())))
    }

    fn reads_images(&self) -> bool {
        false
    }
}
