//! How a step says what it shows, writes and was about.

use ambient::Id;
use vault::{Draft, With};

use super::{Plan, Rest};
use crate::Refusal;

impl<T> Plan<T> {
    /// Shows a value.
    pub fn new(value: T) -> Self {
        Self {
            value,
            rest: Rest::default(),
        }
    }

    /// Writes entries.
    #[must_use]
    pub fn writing(mut self, drafts: Vec<Draft>) -> Self {
        self.rest.drafts.extend(drafts);
        self
    }

    /// Changes index tables in the same transaction.
    #[must_use]
    pub fn beside(mut self, with: With) -> Self {
        self.rest.with = self.rest.with.and(with);
        self
    }

    /// Is about one thing.
    #[must_use]
    pub fn about(mut self, id: Id) -> Self {
        self.rest.subject = Some(id);
        self
    }

    /// Is about one more thing, which gets a line of its own; people are told once.
    #[must_use]
    pub fn and_about(mut self, id: Id) -> Self {
        self.rest.also.push(id);
        self
    }

    /// Is about something that the person may not know of yet: nobody is told.
    #[must_use]
    pub fn quietly_if(mut self, hidden: bool) -> Self {
        self.rest.quiet |= hidden;
        self
    }

    /// Came to a no: the step only notes that it was tried.
    #[must_use]
    pub fn refusing(mut self, why: Refusal) -> Self {
        self.rest.refused = Some(why);
        self
    }

    /// Is about a minor's secret: who represents them knows nothing of it.
    #[must_use]
    pub fn secretly_if(mut self, secret: bool) -> Self {
        self.rest.secret |= secret;
        self
    }

    /// Showed so many things: of those alone that the person and who represents them may know of,
    /// for they read the number.
    #[must_use]
    pub fn counting(mut self, count: usize) -> Self {
        self.rest.count = Some(u32::try_from(count).unwrap_or(u32::MAX));
        self
    }

    /// Says more in the journal: a filter, a professional's name.
    #[must_use]
    pub fn noting(mut self, detail: impl Into<String>) -> Self {
        self.rest.detail = Some(detail.into());
        self
    }
}
