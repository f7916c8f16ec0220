//! Who reads the text of files that strangers made: in a process of its own, within limits.

use std::{future::Future, pin::Pin};

/// What is read of a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// Its text; empty when it is all images.
    Text {
        /// How many pages it has.
        pages: u32,
        /// The text, or its beginning.
        text: String,
    },
    /// It opens with a password only.
    Protected,
}

/// What a PDF says of itself before anybody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    /// It opens.
    Open {
        /// How many pages it has.
        pages: u32,
        /// It has text, and is not all images.
        has_text: bool,
        /// Its title; may be empty.
        title: String,
        /// The day on which it says that it was made.
        created: Option<jiff::civil::Date>,
    },
    /// It opens with a password only.
    Protected,
}

/// Reads files beside the server.
pub trait Scribe: Send + Sync + 'static {
    /// Reads a PDF; an error (damaged, too slow, too large) means that it may be tried again.
    fn read_pdf(
        &self,
        bytes: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Read>> + Send + '_>>;

    /// Looks at the cover of a PDF, while somebody waits.
    fn look_at_pdf(
        &self,
        bytes: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Cover>> + Send + '_>>;

    /// Reads a scan or a photo; empty where nobody does ([`Scribe::reads_images`]).
    fn read_image(
        &self,
        bytes: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<String>> + Send + '_>>;

    /// Whether there is somebody who reads images.
    fn reads_images(&self) -> bool;
}

/// Reads nothing: for who never looks at PDFs.
#[derive(Debug, Clone, Copy)]
pub struct NoScribe;

impl Scribe for NoScribe {
    fn read_pdf(
        &self,
        _: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Read>> + Send + '_>> {
        Box::pin(std::future::ready(Err(anyhow::anyhow!(
            "nobody reads PDFs here"
        ))))
    }

    fn look_at_pdf(
        &self,
        _: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Cover>> + Send + '_>> {
        Box::pin(std::future::ready(Err(anyhow::anyhow!(
            "nobody looks at PDFs here"
        ))))
    }

    fn read_image(
        &self,
        _: Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<String>> + Send + '_>> {
        Box::pin(std::future::ready(Ok(String::new())))
    }

    fn reads_images(&self) -> bool {
        false
    }
}
