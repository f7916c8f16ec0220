//! New records: spaces of persons, registers of professionals.

use vault::{Draft, RecordId, With};

use super::{Gate, Plan, Refused};
use crate::{Act, Viewer};

impl Gate {
    /// Opens spaces for persons, each with its first policy entries, and links what names them.
    ///
    /// # Errors
    /// [`Refused::Taken`] when a person already has a space.
    pub async fn open_space(
        &self,
        drafts: Vec<Draft>,
        with: impl FnOnce(RecordId) -> With,
    ) -> Result<RecordId, Refused> {
        self.make_space(Act::OpenSpace, drafts, with).await
    }

    /// Keeps spaces that are to open: as [`Gate::open_space`], but nothing opens yet.
    ///
    /// # Errors
    /// As [`Gate::open_space`].
    pub async fn announce_space(
        &self,
        drafts: Vec<Draft>,
        with: impl FnOnce(RecordId) -> With,
    ) -> Result<RecordId, Refused> {
        self.make_space(Act::Announce, drafts, with).await
    }

    async fn make_space(
        &self,
        act: Act,
        drafts: Vec<Draft>,
        with: impl FnOnce(RecordId) -> With,
    ) -> Result<RecordId, Refused> {
        let record = self.opener.create(1).await?[0];
        let viewer = Viewer::system(crate::Purpose::Open, self.clock.now());
        let clearance = self.enter(&viewer, record, act).await?;
        let mut parts = Some((drafts, with(record)));
        clearance
            .act::<_, Refused>(|_| {
                let (drafts, with) = parts.take().ok_or(Refused::Taken)?;
                Ok(Plan::new(()).writing(drafts).beside(with))
            })
            .await?;
        Ok(record)
    }

    /// Gives a professional a record of their own. It has no policy, so nobody enters it yet.
    ///
    /// # Errors
    /// [`Refused::Taken`] when they already have one.
    pub async fn open_register(&self, national_id: &str) -> Result<RecordId, Refused> {
        let record = self.opener.create(1).await?[0];
        let given = self.store.add_professional(national_id, record);
        match self.store.apply(given).await {
            Ok(()) => Ok(record),
            Err(vault::DbError::Refused(_)) => Err(Refused::Taken),
            Err(error) => Err(error.into()),
        }
    }
}
