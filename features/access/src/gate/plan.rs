//! How a step says what it shows, writes and was about.

use ambient::Id;
use vault::{Draft, With};

use super::Plan;
use crate::Refusal;

impl<T> Plan<T> {
    /// Shows a value.
    pub fn new(value: T) -> Self {
        Self {
            value,
            drafts: vec![],
            with: With::nothing(),
            subject: None,
            also: vec![],
            count: None,
            detail: None,
            refused: None,
            quiet: false,
            secret: false,
        }
    }

    /// The value, and all else.
    pub(super) fn split(self) -> (T, Plan<()>) {
        let Self {
            value,
            drafts,
            with,
            subject,
            also,
            count,
            detail,
            refused,
            quiet,
            secret,
        } = self;
        let rest = Plan {
            value: (),
            drafts,
            with,
            subject,
            also,
            count,
            detail,
            refused,
            quiet,
            secret,
        };
        (value, rest)
    }

    /// Writes entries.
    #[must_use]
    pub fn writing(mut self, drafts: Vec<Draft>) -> Self {
        self.drafts.extend(drafts);
        self
    }

    /// Changes index tables in the same transaction.
    #[must_use]
    pub fn beside(mut self, with: With) -> Self {
        self.with = self.with.and(with);
        self
    }

    /// Is about one thing.
    #[must_use]
    pub fn about(mut self, id: Id) -> Self {
        self.subject = Some(id);
        self
    }

    /// Is about one more thing, which gets a line of its own; people are told once.
    #[must_use]
    pub fn and_about(mut self, id: Id) -> Self {
        self.also.push(id);
        self
    }

    /// Is about something that the person may not know of yet: nobody is told.
    #[must_use]
    pub fn quietly_if(mut self, hidden: bool) -> Self {
        self.quiet |= hidden;
        self
    }

    /// Came to a no: the step only notes that it was tried.
    #[must_use]
    pub fn refusing(mut self, why: Refusal) -> Self {
        self.refused = Some(why);
        self
    }

    /// Is about a minor's secret: who represents them knows nothing of it.
    #[must_use]
    pub fn secretly_if(mut self, secret: bool) -> Self {
        self.secret |= secret;
        self
    }

    /// Showed so many things: of those alone that the person and who represents them may know of,
    /// for they read the number.
    #[must_use]
    pub fn counting(mut self, count: usize) -> Self {
        self.count = Some(u32::try_from(count).unwrap_or(u32::MAX));
        self
    }

    /// Says more in the journal: a filter, a professional's name.
    #[must_use]
    pub fn noting(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}
