//! The bytes of files: examined, kept sealed, read, removed.

use std::{ops::Range, sync::Arc};

use vault::BlobRef;

use crate::{Antivirus, Gate, NotKept, Refused, Verdict};

impl Gate {
    /// Has every file examined before it is kept.
    #[must_use]
    pub fn examined_by(self, antivirus: Arc<dyn Antivirus>) -> Self {
        Self {
            antivirus: Some(antivirus),
            ..self
        }
    }

    /// Keeps a file before the entry that will name it; until then it is noise. There is no other
    /// way in for what comes from outside, so nothing is kept that was not examined where somebody
    /// examines.
    ///
    /// # Errors
    /// When it is harmful, could not be examined, or the disk fails.
    pub async fn keep_file(&self, bytes: Vec<u8>) -> Result<BlobRef, NotKept> {
        if let Some(antivirus) = &self.antivirus {
            match antivirus.examine(&bytes).await {
                Ok(Verdict::Clean) => {}
                Ok(Verdict::Infected) => {
                    tracing::warn!("a harmful file was refused");
                    return Err(NotKept::Infected);
                }
                Err(error) => return Err(NotKept::Unexamined(error)),
            }
        }
        Ok(self.opener.put_blob(bytes).await?)
    }

    /// Reads a range of a file. The reference is itself the key, and only an allowed thing names it.
    ///
    /// # Errors
    /// When the file is missing or altered.
    pub async fn read_file(&self, blob: &BlobRef, range: Range<u64>) -> Result<Vec<u8>, Refused> {
        Ok(self.opener.read_blob(blob, range).await?)
    }

    /// Removes a file that no entry names.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn drop_file(&self, blob: &BlobRef) -> Result<(), Refused> {
        Ok(self.opener.delete_blob(blob).await?)
    }
}
