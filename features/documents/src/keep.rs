//! New documents, whoever brings them — software, a professional, the person: what is written with
//! each, what the person decided beforehand that holds for it, and who is told.

use access::{Act, App, Plan, Policy, Reach, Refused, Scope};
use ambient::Id;
use serde_json::Value;
use vault::{Draft, RecordId, With};

use crate::{Arranged, Documents, Own, disclosing, search};

/// What the person had decided of a document that is replaced: it holds for its next version.
#[derive(Debug, Clone)]
pub struct Before {
    hidden: bool,
    representatives: bool,
    arranged: Arranged,
    reach: Reach,
}

/// Why a document is not replaced.
#[derive(Debug)]
pub enum NotReplaced {
    /// There is none, or somebody else deposited it: the same answer for both.
    NotYours,
    /// It was replaced or withdrawn already.
    NoLongerCurrent,
    /// It cannot be read.
    Failed(anyhow::Error),
}

/// Marks a document of the viewer's own as replaced by another one.
///
/// # Errors
/// See [`NotReplaced`].
pub fn replaced(
    scope: &Scope<'_, Documents>,
    old: Id,
    new: Id,
) -> Result<(Draft, Before), NotReplaced> {
    let document = match scope.thing_to(Act::Withdraw, old) {
        Ok(document) => document,
        Err(Refused::Failed(error)) => return Err(NotReplaced::Failed(error)),
        Err(_) => return Err(NotReplaced::NotYours),
    };
    let gone = document.item.withdrawn || document.replaced_by.is_some();
    let current = scope.entry(document).filter(|_| !gone);
    let current = current.ok_or(NotReplaced::NoLongerCurrent)?;
    let stored = document.stored();
    let mut stored = stored.map_err(|error| NotReplaced::Failed(error.into()))?;
    stored.own.replaced_by = Some(new);
    let before = Before {
        hidden: document.item.flags.professionals,
        representatives: document.item.flags.representatives,
        arranged: document.arranged,
        reach: document.item.reach.clone(),
    };
    Ok((stored.draft(old).replacing(current), before))
}

/// Lays over a new document what the person decided: of all new ones, and of the one that it replaces.
pub fn settle(own: &mut Own, policy: &Policy, app: &App, before: Option<&Before>) {
    let hides = policy
        .settings
        .hides(&app.gate.rules().topics, &own.type_code);
    let hidden = hides || before.is_some_and(|old| old.hidden);
    // Hidden from everybody, it would be of use to nobody: the pair is forbidden (interop §1.6).
    own.flags.professionals |= hidden && !own.flags.patient;
    if let Some(old) = before {
        // A minor's secret stays one.
        own.flags.representatives |= old.representatives;
        own.arranged = old.arranged;
        own.reach.clone_from(&old.reach);
    }
}

/// What is written beside a new document, in the same append: its name from outside, the reading of
/// its text, and the day on which it is shown when it waits.
pub fn beside(app: &App, record: RecordId, id: Id, own: &Own, now: jiff::Timestamp) -> With {
    let with = own.claims(&app.store, record);
    let with = with.and(search::drawing(&app.store, record, id, now));
    match disclosing(app, record, id, own) {
        Some(work) => with.and(work),
        None => with,
    }
}

/// New documents on their way into a record.
#[derive(Default)]
pub struct Keeping {
    drafts: Vec<Draft>,
    with: With,
    /// Those that the person and who represents them may know of.
    known: Vec<Id>,
    /// The others.
    secret: Vec<Id>,
}

impl Keeping {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// After a change of index tables: a name that is to be free first.
    #[must_use]
    pub fn after(mut self, with: With) -> Self {
        self.with = with.and(self.with);
        self
    }

    /// One more, as it is to be stored.
    #[must_use]
    pub fn with(
        mut self,
        (app, record, now): (&App, RecordId, jiff::Timestamp),
        id: Id,
        resource: &Value,
        own: &Own,
    ) -> Self {
        self.with = self.with.and(beside(app, record, id, own, now));
        self.drafts.push(own.draft_with(resource, id));
        match own.flags.keeps_quiet() {
            true => self.secret.push(id),
            false => self.known.push(id),
        }
        self
    }

    /// And the marks of what they replace.
    #[must_use]
    pub fn marking(mut self, marks: Vec<Draft>) -> Self {
        self.drafts.extend(marks);
        self
    }

    /// A line for each, so that a line about what is hidden hides with it; and one notice, unless
    /// all of it waits to be explained or is a minor's secret.
    pub fn plan(self) -> Plan<()> {
        let plan = Plan::new(()).writing(self.drafts).beside(self.with);
        let plan = plan.quietly_if(self.known.is_empty());
        about(plan, self.known.into_iter().chain(self.secret))
    }

    /// One line for all that everybody may know of, and nobody is told.
    pub fn plan_of_import(self) -> Plan<()> {
        let plan = Plan::new(()).writing(self.drafts).beside(self.with);
        let plan = plan.counting(self.known.len()).quietly_if(true);
        match self.known.is_empty() {
            true => about(plan, self.secret.into_iter()),
            false => self.secret.into_iter().fold(plan, Plan::and_about),
        }
    }
}

fn about(plan: Plan<()>, mut ids: impl Iterator<Item = Id>) -> Plan<()> {
    let plan = match ids.next() {
        Some(first) => plan.about(first),
        None => plan,
    };
    ids.fold(plan, Plan::and_about)
}
