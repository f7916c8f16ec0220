//! Signed checkpoints of all heads: they show nothing of any record.

use std::path::Path;

use vault::{Checkpoint, CheckpointError, Checkpoints, Standing};

use super::Gate;

impl Gate {
    /// Stamps and signs what has moved since the last time.
    ///
    /// # Errors
    /// When a store fails, or what was stamped before was altered.
    pub async fn checkpoint(&self) -> Result<Option<Checkpoint>, CheckpointError> {
        self.opener.checkpoint(self.clock.now()).await
    }

    /// Exports the signed lines that the folder does not have.
    ///
    /// # Errors
    /// When the folder cannot be written, or its lines are not those of this database.
    pub async fn export_checkpoints(&self, folder: &Path) -> Result<(), CheckpointError> {
        self.opener.export_checkpoints(folder).await
    }

    /// How the database stands beside the exported lines.
    ///
    /// # Errors
    /// When they cannot be read, or are not ours.
    pub async fn standing(&self, folder: &Path) -> Result<Standing, CheckpointError> {
        self.opener.standing(folder).await
    }

    /// Signs that an older database was put back on purpose.
    ///
    /// # Errors
    /// When it is not older than what was exported.
    pub async fn accept_restored(&self, folder: &Path) -> Result<Checkpoint, CheckpointError> {
        self.opener.accept_restored(folder, self.clock.now()).await
    }

    /// The key that verifies checkpoints and proofs, as hexadecimal digits.
    pub fn public_key(&self) -> String {
        self.opener.public_key()
    }

    /// Compares the whole database with the last checkpoint.
    ///
    /// # Errors
    /// When a store fails; what was altered is a finding.
    pub async fn verify_checkpoints(&self, folder: &Path) -> Result<Checkpoints, CheckpointError> {
        self.opener.verify_checkpoints(folder).await
    }
}
