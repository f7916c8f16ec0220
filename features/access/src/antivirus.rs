//! Who examines the files of strangers before they are kept, where the installation has somebody.

use std::{future::Future, pin::Pin};

use crate::Refused;

/// What was found in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Clean,
    /// Something harmful; its finder keeps the name of it.
    Infected,
}

/// Examines files beside the server.
pub trait Antivirus: Send + Sync + 'static {
    /// Examines a file; an error (out of reach, too slow) means that nobody knows.
    fn examine<'a>(
        &'a self,
        bytes: &'a [u8],
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Verdict>> + Send + 'a>>;
}

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// It is harmful.
    #[error("a harmful file was refused")]
    Infected,
    /// Nobody could examine it: unknown means no, until somebody can.
    #[error("a file could not be examined")]
    Unexamined(#[source] anyhow::Error),
    /// The disk or the bucket failed.
    #[error(transparent)]
    Failed(#[from] vault::BlobError),
}

impl From<NotKept> for Refused {
    fn from(not: NotKept) -> Self {
        Self::Failed(not.into())
    }
}
