//! Keeping a deposit: all of it or nothing, and each document once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use access::{Act, App, Clearance, NotKept, Policy, Purpose, Refused, Viewer};
use ambient::Id;
use documents::{
    BY_UNIQUE_ID, Documents, Unfit,
    keep::{self, Before, Keeping, NotReplaced},
};
use fhir::{Issue, Problem};
use jiff::Timestamp;
use tokio::task::JoinSet;
use vault::{BlobRef, Draft, RecordId};

use crate::{
    bearer::Software,
    file,
    identity::{self, not_received},
    intake::{Deposit, Way},
    outcome::Outcome,
    paper::Paper,
};

/// How often a deposit is tried when others with the same names are under way.
const TRIES: usize = 4;

/// Where a document's bytes stand in what software sends.
const ATTACHMENT: &str = "DocumentReference.content.attachment";

/// A document that is there now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    /// Its public identifier.
    pub id: Id,
    /// This deposit brought it.
    pub new: bool,
}

/// Keeps the documents of a deposit, in its order.
///
/// A document that is there already, by `uniqueId` and bytes, is not kept again:
/// no line, no notice.
pub(crate) async fn keep(
    app: &App,
    software: &Software,
    deposit: &Deposit,
) -> Result<Vec<Kept>, Outcome> {
    let record = identity::confirm(app, &deposit.person).await?;
    for _ in 0..TRIES {
        let known = known(app, record, &deposit.papers).await?;
        match add(app, software, record, known, deposit.way).await {
            Ok(kept) => return Ok(kept),
            // Another deposit was faster with one of these names: look again.
            Err(Stop::Taken) => {}
            Err(Stop::Told(outcome)) => return Err(outcome),
            Err(Stop::Failed(error)) => return Err(error.into()),
        }
    }
    Err(Outcome::busy())
}

/// A paper, with what is already here of it.
struct Known<'a> {
    paper: &'a Paper,
    /// The same document.
    same: Option<Id>,
    /// The one that it replaces.
    replaced: Option<Id>,
}

/// Recognises what is already here.
async fn known<'a>(
    app: &App,
    record: RecordId,
    papers: &'a [Paper],
) -> Result<Vec<Known<'a>>, Outcome> {
    let named = papers.iter().map(|paper| paper.unique_id.as_str());
    let held = app.store.locate_each(BY_UNIQUE_ID, named).await?;
    if held.iter().flatten().any(|holder| *holder != record) {
        return Err(taken());
    }
    let here: Vec<bool> = held.iter().map(Option::is_some).collect();
    let mut names = BTreeSet::new();
    for (paper, here) in papers.iter().zip(&here) {
        names.extend(here.then_some(paper.unique_id.as_str()));
        names.extend(paper.replaces.as_deref());
    }
    let found = find(app, record, &names).await?;
    let recognise = |(paper, here): (&'a Paper, bool)| {
        if here {
            let same = found.get(paper.unique_id.as_str());
            let same = same.filter(|(_, hash)| *hash == paper.hash);
            let (id, _) = same.ok_or_else(taken)?;
            return Ok(Known {
                paper,
                same: Some(*id),
                replaced: None,
            });
        }
        let replaced = paper.replaces.as_deref().map(|name| {
            let by_address = address(name, &app.site.origin);
            let by_name = || found.get(name).map(|(id, _)| *id);
            by_address.or_else(by_name).ok_or_else(not_yours)
        });
        Ok(Known {
            paper,
            same: None,
            replaced: replaced.transpose()?,
        })
    };
    papers.iter().zip(here).map(recognise).collect()
}

/// Which documents of a record bear these `uniqueId`s, with their hashes.
async fn find(
    app: &App,
    record: RecordId,
    names: &BTreeSet<&str>,
) -> Result<HashMap<String, (Id, String)>, Outcome> {
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let viewer = Viewer::system(Purpose::Deposit, app.now());
    let clearance = app.gate.enter(&viewer, record, Act::List).await;
    let clearance = clearance.map_err(not_received)?;
    let found = clearance.recognise::<Documents, _>(|scope| {
        let named = scope.things().filter_map(|document| {
            let own = document.stored().ok()?.own;
            let wanted = names.contains(own.unique_id.as_str());
            wanted.then(|| (own.unique_id, (document.id(), own.hash)))
        });
        named.collect()
    });
    found.await.map_err(not_received)
}

/// The id in an address of ours: `DocumentReference/…`, alone or absolute.
fn address(name: &str, origin: &str) -> Option<Id> {
    let relative = name
        .strip_prefix(origin)
        .and_then(|rest| rest.strip_prefix("/fhir/"))
        .unwrap_or(name);
    relative.strip_prefix("DocumentReference/")?.parse().ok()
}

/// Why nothing was added.
enum Stop {
    /// A name is taken by now.
    Taken,
    /// The sender is told.
    Told(Outcome),
    /// The engine failed.
    Failed(anyhow::Error),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Taken => Self::Taken,
            Refused::Failed(error) => Self::Failed(error),
            Refused::No(_) | Refused::NotFound => Self::Told(not_received(refused)),
        }
    }
}

impl From<Outcome> for Stop {
    fn from(outcome: Outcome) -> Self {
        Self::Told(outcome)
    }
}

/// A document on its way in.
struct Fresh<'a> {
    paper: &'a Paper,
    id: Id,
    blob: BlobRef,
    replaced: Option<Id>,
}

async fn add(
    app: &App,
    software: &Software,
    record: RecordId,
    known: Vec<Known<'_>>,
    way: Way,
) -> Result<Vec<Kept>, Stop> {
    if known.iter().all(|known| known.same.is_some()) {
        let kept = known.iter().filter_map(|known| known.same);
        return Ok(kept.map(|id| Kept { id, new: false }).collect());
    }
    let clearance = app.gate.enter(&software.viewer, record, Act::Add).await?;
    let mut kept = Vec::with_capacity(known.len());
    let mut files = JoinSet::new();
    for (at, known) in known.iter().enumerate() {
        let new = known.same.is_none();
        let id = known.same.unwrap_or_else(|| app.store.name_in(record));
        kept.push(Kept { id, new });
        if new {
            let (app, bytes) = (App::clone(app), known.paper.bytes.clone());
            files.spawn(async move { (at, app.gate.keep_file(bytes).await) });
        }
    }
    let (mut fresh, mut failed) = (Vec::with_capacity(files.len()), None);
    while let Some(done) = files.join_next().await {
        match done.map_err(|error| Stop::Failed(error.into()))? {
            (at, Ok(blob)) => fresh.push((at, blob)),
            (_, Err(not)) => failed = Some(not_kept(not)),
        }
    }
    fresh.sort_by_key(|(at, _)| *at);
    let fresh: Vec<Fresh<'_>> = fresh
        .into_iter()
        .map(|(at, blob)| Fresh {
            paper: known[at].paper,
            id: kept[at].id,
            blob,
            replaced: known[at].replaced,
        })
        .collect();
    let done = match failed {
        None => append(app, software, clearance, &fresh, way).await,
        Some(stop) => {
            drop_files(app, &fresh).await;
            return Err(stop);
        }
    };
    // After a failure of the engine the entries may be there all the same: a file
    // without an entry is noise, an entry without its file is a loss.
    if matches!(done, Err(Stop::Taken | Stop::Told(_))) {
        drop_files(app, &fresh).await;
    }
    done.map(|()| {
        let unknown = fresh.iter().filter(|new| new.paper.is_of_unknown_type());
        unknown.for_each(|_| app.gate.alert_unknown_type());
        kept
    })
}

/// Writes all the documents and marks those replaced, in one append.
async fn append(
    app: &App,
    software: &Software,
    clearance: Clearance<'_>,
    fresh: &[Fresh<'_>],
    way: Way,
) -> Result<(), Stop> {
    let record = clearance.record();
    let client = software.depositor.client_id.as_str();
    let plan = |policy: &Policy, marks: Marks, now: Timestamp| {
        let mut keeping = Keeping::new().marking(marks.drafts);
        for Fresh {
            paper, id, blob, ..
        } in fresh
        {
            let mut own = paper.own(blob.clone(), client, now);
            keep::settle(&mut own, policy, app, marks.before.get(id));
            keeping = keeping.with((app, record, now), *id, &paper.resource, &own);
        }
        match way {
            Way::Import => keeping.plan_of_import(),
            Way::Transaction | Way::One => keeping.plan(),
        }
    };
    if fresh.iter().all(|fresh| fresh.replaced.is_none()) {
        return clearance
            .act::<_, Stop>(|scope| Ok(plan(scope.policy(), Marks::default(), scope.now)))
            .await;
    }
    clearance
        .act_on::<Documents, _, Stop>(|scope| {
            let mut marks = Marks::default();
            let mut seen = BTreeSet::new();
            for (new, old) in fresh.iter().filter_map(|new| Some((new.id, new.replaced?))) {
                if !seen.insert(old) {
                    return Err(no_longer_current().into());
                }
                let (draft, before) = keep::replaced(scope, old, new)?;
                marks.drafts.push(draft);
                marks.before.insert(new, before);
            }
            Ok(plan(scope.policy(), marks, scope.now))
        })
        .await
}

/// What is replaced, and what the person had decided of it, by what replaces it.
#[derive(Default)]
struct Marks {
    drafts: Vec<Draft>,
    before: BTreeMap<Id, Before>,
}

impl From<NotReplaced> for Stop {
    fn from(why: NotReplaced) -> Self {
        match why {
            NotReplaced::NotYours => not_yours().into(),
            NotReplaced::NoLongerCurrent => no_longer_current().into(),
            NotReplaced::Failed(error) => Self::Failed(error),
        }
    }
}

/// Why the store did not keep a file, as its sender is told.
fn not_kept(not: NotKept) -> Stop {
    match Unfit::of(not) {
        Ok(unfit) => Stop::Told(file::refusal(unfit, 0, ATTACHMENT).into()),
        Err(refused) => refused.into(),
    }
}

async fn drop_files(app: &App, fresh: &[Fresh<'_>]) {
    for Fresh { blob, .. } in fresh {
        if let Err(error) = app.gate.drop_file(blob).await {
            tracing::warn!(?error, "a file that no entry names was left");
        }
    }
}

/// The `uniqueId` names other bytes, or another person's document: the same answer for both.
fn taken() -> Outcome {
    Problem::error(
        Issue::Duplicate,
        "DocumentReference.masterIdentifier",
        "Cet identifiant unique est déjà celui d’un autre document.",
    )
    .into()
}

/// The document to replace does not exist, or another software deposited it.
fn not_yours() -> Outcome {
    Problem::error(
        Issue::BusinessRule,
        "DocumentReference.relatesTo",
        "Le document à remplacer n’est pas parmi ceux que vous avez déposés pour cette personne.",
    )
    .into()
}

/// The document to replace was replaced or withdrawn already.
fn no_longer_current() -> Outcome {
    Problem::error(
        Issue::Conflict,
        "DocumentReference.relatesTo",
        "Le document à remplacer n’est plus en vigueur.",
    )
    .into()
}
