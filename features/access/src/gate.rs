//! The way in. [`Gate`] holds the one opener; [`Clearance`] is what a decision gives.

mod at_hand;
mod checkpoint;
mod derived;
mod erasure;
mod files;
mod history;
mod look;
mod plan;
mod proof;
mod readers;
mod recent;
mod scope;
mod spaces;
mod tally;

pub use derived::{Derived, Drawn, drawn_names};
pub use erasure::{ERASED, ErasedThing};
pub use history::{Cursor, HistoryPage, Span};

use std::sync::{Arc, PoisonError, RwLock};

use ambient::{Clock, Id};
use jiff::{SignedDuration, Timestamp};
use vault::{
    Draft, Later, OpenError, Opened, Opener, RecordId, Store, Verdict, Volume, With, WriteError,
};

use crate::{
    Acting, Antivirus, Viewer,
    decide::{Act, Refusal, Right, Rules, decide},
    journal::Trace,
    notices,
    openings::Looks,
    policy::Policy,
    secret,
    shelf::{Key, Nothing, Shelf},
};

/// How often a step is decided again when the record moves under it.
pub(crate) const AGAIN: usize = 16;

/// Holds the only means to open a record, and decides before using it.
pub struct Gate {
    opener: Opener,
    store: Arc<Store>,
    clock: Arc<dyn Clock>,
    rules: RwLock<Arc<Rules>>,
    items: Option<history::OpenItems>,
    recent: recent::Recent,
    notices: recent::Notices,
    tally: tally::Tally,
    looks: Looks,
    antivirus: Option<Arc<dyn Antivirus>>,
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gate")
    }
}

/// Why a record was not entered, or a step not done.
#[derive(Debug)]
pub enum Refused {
    /// The decision was no.
    No(Refusal),
    /// There is no such record, or no such thing that this viewer may know of.
    NotFound,
    /// A name given to this step is taken.
    Taken,
    /// The record was altered, or the engine failed.
    Failed(anyhow::Error),
}

impl From<OpenError> for Refused {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Unknown => Self::NotFound,
            other => Self::Failed(other.into()),
        }
    }
}

impl From<vault::DbError> for Refused {
    fn from(error: vault::DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<vault::BlobError> for Refused {
    fn from(error: vault::BlobError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::No(refusal)
    }
}

impl Gate {
    /// A gate with its rules. The opener moves in and never out.
    pub fn new(opener: Opener, store: Arc<Store>, clock: Arc<dyn Clock>, rules: Rules) -> Self {
        Self {
            opener,
            store,
            clock,
            rules: RwLock::new(Arc::new(rules)),
            items: None,
            recent: recent::Recent::default(),
            notices: recent::Notices::default(),
            tally: tally::Tally::default(),
            looks: Looks::default(),
            antivirus: None,
        }
    }

    /// Changes a part of the rules in force: two who each change a part do not undo each other.
    pub fn change_rules(&self, change: impl FnOnce(&mut Rules)) {
        let mut held = self.rules.write().unwrap_or_else(PoisonError::into_inner);
        let mut rules = Rules::clone(&held);
        change(&mut rules);
        *held = Arc::new(rules);
    }

    /// The rules in force.
    pub fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts other rules in force.
    pub fn set_rules(&self, rules: Rules) {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
    }

    /// Asks to do `act` on a record. What comes back is the right to, or why not.
    ///
    /// A professional who is refused leaves a line in the person's journal.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn enter<'g>(
        &'g self,
        viewer: &'g Viewer,
        record: RecordId,
        act: Act,
    ) -> Later<'g, Result<Clearance<'g>, Refused>> {
        Box::pin(async move {
            let policy = self.opener.open::<Policy>(record).await?;
            let now = self.clock.now();
            let decision = decide(viewer, &policy.view, act, None, &self.rules(), now);
            self.tally.count(decision);
            match decision {
                Ok(right) => Ok(Clearance {
                    gate: self,
                    viewer,
                    record,
                    act,
                    right,
                    seen: secret::seen(viewer, &policy.view),
                    policy,
                }),
                Err(refusal) => {
                    // Who must first show their card has tried nothing yet.
                    let silent = matches!(refusal, Refusal::State | Refusal::Stale);
                    let tried = match viewer.acting {
                        Acting::Professional(_) => true,
                        Acting::Bearer(_) => refusal == Refusal::Blocked,
                        _ => false,
                    };
                    if tried && !silent {
                        let mut trace = Trace::new(viewer, act, Err(refusal), now);
                        trace.secret = secret::keeps(viewer, &policy.view, act, true, now);
                        let (drafts, with) = self.lines(record, viewer, &trace, false);
                        self.opener
                            .append(record, drafts, None, with)
                            .await
                            .map_err(write_failed)?;
                    }
                    Err(Refused::No(refusal))
                }
            }
        })
    }

    /// Every record of the installation, for verification.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn records(&self) -> Result<Vec<RecordId>, Refused> {
        Ok(self.opener.records().await?)
    }

    /// How many decisions on records came to what since the start.
    pub fn decisions(&self) -> Vec<(&'static str, u64)> {
        self.tally.all()
    }

    /// Alerts the operator that a document of a type that the table does not know was kept: the
    /// table is to be brought up to date. About nobody, so without the code.
    pub fn alert_unknown_type(&self) {
        self.tally.unknown_type();
        tracing::warn!("a document of an unknown type was kept: import a newer table of types");
    }

    /// How many such documents were kept since the start.
    pub fn unknown_types(&self) -> u64 {
        self.tally.unknown_types()
    }

    /// Opened volumes in memory: how many, and the bytes that they take.
    pub fn held(&self) -> (usize, usize) {
        self.opener.held()
    }

    /// Whether records could be opened now: the key store answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ready(&self) -> Result<(), Refused> {
        Ok(self.opener.ready().await?)
    }

    /// Settings of a database server under which what is acknowledged may be lost.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn risks(&self) -> Result<Vec<String>, vault::DbError> {
        self.opener.risks().await
    }

    /// Whether the journal's tail was complete at start.
    pub fn tail_intact(&self) -> bool {
        self.opener.tail_intact()
    }

    /// Packs journals when more than `keep` lines are not packed; shows nothing of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pack(&self, keep: usize) -> Result<vault::Packed, Refused> {
        Ok(self.opener.pack(keep).await?)
    }

    /// Verifies the chains of a record; shows nothing of it.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn verify(&self, record: RecordId) -> Result<Verdict, Refused> {
        Ok(self.opener.verify(record).await?)
    }

    pub(crate) fn opener(&self) -> &Opener {
        &self.opener
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn looks(&self) -> &Looks {
        &self.looks
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// How long registers of accounts are kept.
    pub(crate) fn registers_kept(&self) -> SignedDuration {
        self.rules().registers_kept
    }

    /// A fresh public identifier.
    pub fn id(&self) -> Id {
        self.opener.id()
    }

    /// The journal line, and the work to tell who reads the space of it.
    fn lines(
        &self,
        record: RecordId,
        viewer: &Viewer,
        trace: &Trace,
        quiet: bool,
    ) -> (Vec<Draft>, With) {
        let id = self.opener.id();
        let mut with = With::nothing();
        if let Some(notice) = trace.notice()
            // The address on file may be that of who represents a minor.
            && !(quiet || trace.secret)
        {
            let by = viewer.at_home();
            with = notices::job(self, record, notice, (id, by), trace.at);
        }
        (vec![trace.draft(id)], with)
    }
}

pub(crate) fn write_failed(error: WriteError) -> Refused {
    match error {
        WriteError::Beside(_) => Refused::Taken,
        WriteError::Open(error) => error.into(),
        WriteError::Moved => Refused::Failed(anyhow::anyhow!("the record keeps moving on")),
    }
}

/// A yes: this viewer may do this act on this record, by this right.
///
/// Nothing is read but through it, and each step leaves its line in the journal
/// before anything is shown.
#[derive(Debug)]
pub struct Clearance<'g> {
    gate: &'g Gate,
    viewer: &'g Viewer,
    record: RecordId,
    act: Act,
    right: Right,
    policy: Arc<Opened<Policy>>,
    /// What the viewer sees of it, where that is less.
    seen: Option<Arc<Policy>>,
}

/// What a step sees: the policy, and of a shelf only what the viewer may.
pub struct Scope<'a, S> {
    viewer: &'a Viewer,
    act: Act,
    rules: &'a Rules,
    policy: &'a Opened<Policy>,
    seen: Option<&'a Policy>,
    shelf: Option<&'a Opened<S>>,
    /// The instant of the decision.
    pub now: Timestamp,
    /// The right of the act as a whole.
    pub right: Right,
}

/// What a step comes to: a value to show, entries to write, a line in the journal.
pub struct Plan<T> {
    value: T,
    rest: Rest,
}

/// All of a plan but its value.
#[derive(Default)]
struct Rest {
    drafts: Vec<Draft>,
    with: With,
    subject: Option<Id>,
    also: Vec<Id>,
    count: Option<u32>,
    detail: Option<String>,
    refused: Option<Refusal>,
    quiet: bool,
    secret: bool,
}

/// What came of writing what a step leaves behind.
enum Left<'g> {
    /// It is durable.
    Written,
    /// The policy has moved on, and the decision is still yes: the step is to be done again.
    Again(Clearance<'g>),
}

impl<'g> Clearance<'g> {
    /// The record that was entered.
    pub fn record(&self) -> RecordId {
        self.record
    }

    pub(crate) fn gate(&self) -> &'g Gate {
        self.gate
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.gate.clock.now()
    }

    /// By which right.
    pub fn right(&self) -> Right {
        self.right
    }

    pub(crate) fn viewer(&self) -> &Viewer {
        self.viewer
    }

    /// What the person decided and set, as it was at the decision, as far as the viewer may know of
    /// it.
    pub fn policy(&self) -> &Policy {
        self.seen.as_deref().unwrap_or(&self.policy.view)
    }

    /// Does a step that needs no volume but the policy.
    ///
    /// # Errors
    /// See [`Refused`], and whatever `plan` returns.
    pub async fn act<T, E: From<Refused>>(
        self,
        mut plan: impl FnMut(&Scope<'_, Nothing>) -> Result<Plan<T>, E>,
    ) -> Result<T, E> {
        self.run::<Nothing, Nothing, _, _>(false, false, |scope, _| plan(scope))
            .await
    }

    /// Does a step on a shelf: `plan` sees what the viewer may, and says what to show and write.
    ///
    /// The line in the journal is durable before this returns, and holds only if
    /// the policy is still the one decided on; otherwise all is decided again. So
    /// once a block is acknowledged, no later look by that professional exists.
    ///
    /// # Errors
    /// See [`Refused`], and whatever `plan` returns.
    pub async fn act_on<S: Shelf, T, E: From<Refused>>(
        self,
        mut plan: impl FnMut(&Scope<'_, S>) -> Result<Plan<T>, E>,
    ) -> Result<T, E> {
        self.run::<S, Nothing, _, _>(true, false, |scope, _| plan(scope))
            .await
    }

    /// As [`Clearance::act_on`], with what the person keeps for themself in another volume: one
    /// look, one line. Nobody else is given it.
    ///
    /// # Errors
    /// As [`Clearance::act`].
    pub async fn act_on_both<S: Shelf, B: Shelf, T, E: From<Refused>>(
        self,
        mut plan: impl FnMut(&Scope<'_, S>, Option<&B::Beside>) -> Result<Plan<T>, E>,
    ) -> Result<T, E> {
        self.run::<S, B, _, _>(true, true, |scope, other| {
            let own = matches!(scope.right, Right::Own | Right::Representation);
            let other = other.filter(|_| own);
            plan(scope, other.map(|other| other.view.beside(&Key::OURS)))
        })
        .await
    }

    /// Recognises what is already there before something is added. Leaves no line: nothing is
    /// shown, and what is then added has its own. For the installation's own work alone.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn recognise<S: Shelf, T>(
        self,
        find: impl FnOnce(&Scope<'_, S>) -> T,
    ) -> Result<T, Refused> {
        if self.right != Right::System {
            return Err(Refusal::NoWayIn.into());
        }
        self.find(find).await
    }

    /// Names what an author is about to correct, for them alone and among what is theirs. Leaves no
    /// line: nothing is shown, and the correction has its own.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn named<S: Shelf, T>(
        self,
        find: impl FnOnce(&Scope<'_, S>) -> T,
    ) -> Result<T, Refused> {
        if self.right != Right::Author {
            return Err(Refusal::NoWayIn.into());
        }
        self.find(find).await
    }

    async fn find<S: Shelf, T>(self, find: impl FnOnce(&Scope<'_, S>) -> T) -> Result<T, Refused> {
        let shelf = self.gate.opener.open::<S>(self.record).await?;
        Ok(find(&self.scope(Some(&shelf), &self.gate.rules())))
    }

    /// What a step sees of the record, now and under these rules.
    fn scope<'s, S>(&'s self, shelf: Option<&'s Opened<S>>, rules: &'s Rules) -> Scope<'s, S> {
        Scope {
            viewer: self.viewer,
            act: self.act,
            rules,
            policy: &self.policy,
            seen: self.seen.as_deref(),
            shelf,
            now: self.gate.clock.now(),
            right: self.right,
        }
    }

    pub(crate) async fn run<S: vault::View, D: vault::View, T, E: From<Refused>>(
        mut self,
        on_shelf: bool,
        with_drawn: bool,
        mut plan: impl FnMut(&Scope<'_, S>, Option<&Opened<D>>) -> Result<Plan<T>, E>,
    ) -> Result<T, E> {
        let gate = self.gate;
        for _ in 0..AGAIN {
            let rules = gate.rules();
            let shelf = match on_shelf {
                true => Some(
                    gate.opener
                        .open::<S>(self.record)
                        .await
                        .map_err(Refused::from)?,
                ),
                false => None,
            };
            let drawn = match with_drawn {
                true => Some(
                    gate.opener
                        .open::<D>(self.record)
                        .await
                        .map_err(Refused::from)?,
                ),
                false => None,
            };
            let scope = self.scope(shelf.as_deref(), &rules);
            let planned = plan(&scope, drawn.as_deref())?;
            let now = scope.now;
            let Plan { value, rest } = planned;
            match self.leave(rest, now).await? {
                Left::Written => return Ok(value),
                Left::Again(entered) => self = entered,
            }
        }
        Err(write_failed(WriteError::Moved).into())
    }

    /// Writes what a step leaves behind, and its line; or enters again, when what it was decided on
    /// has changed meanwhile. The same for whatever the step showed.
    fn leave<'s>(&'s self, rest: Rest, now: Timestamp) -> Later<'s, Result<Left<'g>, Refused>> {
        Box::pin(async move {
            let gate = self.gate;
            let mut trace = Trace::new(self.viewer, self.act, Ok(self.right), now);
            (trace.subject, trace.count, trace.detail) = (rest.subject, rest.count, rest.detail);
            if rest.refused.is_some() {
                (trace.right, trace.refused) = (None, rest.refused);
            }
            let (policy, refused) = (&self.policy.view, trace.refused.is_some());
            trace.secret =
                rest.secret || secret::keeps(self.viewer, policy, self.act, refused, now);
            let (mut lines, tell) = gate.lines(self.record, self.viewer, &trace, rest.quiet);
            for id in rest.also {
                trace.subject = Some(id);
                lines.push(trace.draft(gate.opener.id()));
            }
            let entrusted = gate.entrusts(self.record, &rest.drafts, trace.at);
            let drafts = rest.drafts.into_iter().chain(lines).collect();
            let on = Some((Volume::Policy, self.policy.last));
            let register = gate.registering(self.viewer, self.record, &trace);
            let with = rest.with.and(tell).and(register).and(entrusted);
            match gate.opener.append(self.record, drafts, on, with).await {
                Ok(_) => {
                    gate.registered(self.viewer, self.record, &trace);
                    Ok(Left::Written)
                }
                Err(WriteError::Moved) => {
                    let entered = gate.enter(self.viewer, self.record, self.act).await?;
                    Ok(Left::Again(entered))
                }
                Err(error) => Err(write_failed(error)),
            }
        })
    }

    /// Appends to the person's desk (what they have seen); leaves no line.
    pub(crate) async fn put_desk(&self, draft: Draft) -> Result<(), Refused> {
        let done = self
            .gate
            .opener
            .append(self.record, vec![draft], None, With::nothing())
            .await;
        match done {
            // Two tabs said the same; either is right.
            Ok(_) | Err(WriteError::Moved) => Ok(()),
            Err(error) => Err(write_failed(error)),
        }
    }

    pub(crate) async fn desk<V: vault::View>(&self) -> Result<Arc<Opened<V>>, Refused> {
        Ok(self.gate.opener.open::<V>(self.record).await?)
    }
}
