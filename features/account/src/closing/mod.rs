//! The end of a space: closed, kept for a time in which it can be opened again, then erased.
//!
//! Who closes a space chooses: ten years of archive (R.1111-36 and L.1111-18 CSP), or erasure after
//! a time to think again. Until the day that was named, to activate the space opens it again with
//! all that it held; a child's is opened again by who represents them.
//!
//! 1. [`ask`]: `/parametres/fermer`, what it means, and the step itself.
//! 2. [`proof`]: what was closed, and until when something of it may still be read.
//! 3. [`work`]: the jobs that tell, and that come to the end.

pub mod ask;
pub mod proof;
pub mod work;

use access::{
    App, Limits, Nothing, Plan, Refused, Scope,
    policy::{Space, SpaceState},
};
use jiff::{SignedDuration, Timestamp};
use vault::{RecordId, With};

use crate::opening;

/// What becomes of a closed space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Kept for as long as the law says, then erased.
    Archived,
    /// Erased, after a time to think again.
    Erased,
}

impl Fate {
    const ALL: [Self; 2] = [Self::Archived, Self::Erased];

    /// The value that the form posts.
    fn value(self) -> &'static str {
        match self {
            Self::Archived => "archive",
            Self::Erased => "effacement",
        }
    }

    fn of(value: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.value() == value)
    }

    /// How long the space can be opened again.
    fn lasts(self, limits: &Limits) -> SignedDuration {
        match self {
            Self::Archived => limits.archive,
            Self::Erased => limits.before_erasure,
        }
    }
}

/// Closes a space: nobody enters it from here on. Authorisations end, so that opening it again
/// gives nobody back what they had; its account goes, so that activating it is the way back.
pub(crate) fn close(
    scope: &Scope<'_, Nothing>,
    app: &App,
    record: RecordId,
    fate: Fate,
) -> Result<Plan<Timestamp>, Refused> {
    let policy = scope.policy();
    let erases = scope
        .now
        .checked_add(fate.lasts(&app.limits))
        .map_err(|error| Refused::Failed(error.into()))?;
    let space = Space {
        erases: Some(erases),
        ..Space::new(SpaceState::Closed, scope.now)
    };
    let mut drafts = vec![opening::over(scope, &space)];
    drafts.extend(scope.end_everything()?);
    drafts.extend(scope.end_shares());
    let with = work::ending(app, record, erases)
        .and(work::telling(app, record, policy, fate, erases))
        .and(app.store.remove_account(record));
    Ok(Plan::new(erases).writing(drafts).beside(with))
}

/// What opening a closed space again takes back: its end.
pub(crate) fn reopening(app: &App, record: RecordId) -> With {
    app.store.cancel(work::END, &record.0.0)
}
