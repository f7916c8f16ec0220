//! The work that takes a document out of a record, to who deposited it; and its end, when nobody
//! says whose it is.
//!
//! Each step is done once however often the work runs: those who had opened it are told, the
//! document is held, it is erased where it stood, and only then its depositor is asked.

use access::{
    Act, App, ErasedThing, Plan, Purpose, Refused, Scope, Viewer,
    aside::{Cause, Held, Misfiled, Owner, Removed, Stage},
};
use ambient::Id;
use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Draft, RecordId, With, store::NewJob};

use super::operation;
use crate::{BY_UNIQUE_ID, Documents, Stored, delete};

/// The name of the job that takes a document to its depositor's quarantine.
pub const SET_ASIDE: &str = "set aside";
/// The name of the job that destroys what nobody was named for.
pub const END_HELD: &str = "end held";

/// Which document, and whose it is to set right.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Setting {
    pub record: RecordId,
    pub document: Id,
    pub owner: Owner,
    pub cause: Cause,
    pub at: Timestamp,
}

#[derive(Debug, Serialize, Deserialize)]
struct Ending {
    owner: Owner,
    operation: Id,
}

/// Does the job [`SET_ASIDE`]; as often as it runs, it comes to the same.
///
/// # Errors
/// When a record does not open or a store fails.
pub async fn set_aside(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let setting: Setting = serde_json::from_slice(payload).context("a document")?;
    let (owner, operation) = (&setting.owner, operation(app, setting.document));
    if let Some(stored) = standing(app, &setting).await? {
        tell(app, &setting, operation, &stored).await?;
        hold(app, &setting, operation, stored).await?;
        erase(app, &setting).await?;
    }
    let now = app.now();
    let next =
        |held: &Held| (held.stage == Stage::Arriving).then(|| held.then(Stage::Waiting, now));
    let done = app
        .gate
        .change_held(owner, operation, next, With::nothing)
        .await;
    done.map(drop).map_err(failed)
}

/// The document where it stood; `None` when it is erased there.
async fn standing(app: &App, setting: &Setting) -> anyhow::Result<Option<Stored>> {
    let viewer = Viewer::system(Purpose::SetAside, app.now());
    let clearance = match app.gate.enter(&viewer, setting.record, Act::List).await {
        Ok(clearance) => clearance,
        Err(Refused::NotFound) => return Ok(None),
        Err(refused) => return Err(failed(refused)),
    };
    let found = clearance.recognise(|scope: &Scope<'_, Documents>| {
        let document = scope.thing(setting.document).ok()?;
        let here = document.item.withdrawn && document.digest != 0;
        here.then(|| document.stored())
    });
    let found = found.await.map_err(failed)?.transpose()?;
    Ok(found.filter(|stored| stored.own.astray.is_some()))
}

/// Tells the professionals who had opened it, the one who deposited it, and the operator.
async fn tell(app: &App, setting: &Setting, id: Id, stored: &Stored) -> anyhow::Result<()> {
    let (gate, at) = (&app.gate, setting.at);
    let viewer = Viewer::system(Purpose::SetAside, app.now());
    let clearance = gate.enter(&viewer, setting.record, Act::List).await;
    let clearance = clearance.map_err(failed)?;
    let readers = clearance.readers_of(setting.document, stored.own.received);
    let readers = readers.await.map_err(failed)?;
    let mut told: Vec<(String, Option<Timestamp>)> = readers
        .into_iter()
        .map(|(who, opened)| (who, Some(opened)))
        .collect();
    if let Owner::Professional(author) = &setting.owner {
        told.retain(|(who, _)| who != author);
        told.push((author.clone(), None));
    }
    for (who, opened) in told {
        let removed = Removed { at, opened };
        let done = gate.tell_removed(&who, id, &removed);
        done.await.map_err(failed)?;
    }
    let (cause, owner) = (setting.cause, setting.owner.clone());
    let misfiled = Misfiled { at, cause, owner };
    let done = gate.tell_misfiled(id, &misfiled);
    done.await.map_err(failed)
}

/// Takes it into the quarantine, with its name and a copy of its bytes.
async fn hold(app: &App, setting: &Setting, id: Id, stored: Stored) -> anyhow::Result<()> {
    let (gate, owner) = (&app.gate, &setting.owner);
    if gate.held_one(owner, id).await.map_err(failed)?.is_some() {
        return Ok(());
    }
    let mut stored = stored;
    let blob = &stored.own.blob;
    let bytes = gate.read_file(blob, 0..blob.size).await.map_err(failed)?;
    // Examined when it came. What the record names is destroyed there.
    stored.own.blob = gate.keep_part(bytes).await.map_err(failed)?;
    let held = Held {
        since: setting.at,
        at: setting.at,
        cause: setting.cause,
        unique_id: stored.own.unique_id.clone(),
        stage: Stage::Arriving,
        body: Some(serde_json::to_string(&stored)?),
        refused: false,
    };
    let there = gate.quarantine(owner).await.map_err(failed)?;
    let ending = Ending {
        owner: owner.clone(),
        operation: id,
    };
    let payload = serde_json::to_vec(&ending)?;
    let due = setting.at.saturating_add(app.limits.withdrawn_kept);
    let due = due.unwrap_or(Timestamp::MAX);
    let with = || {
        let name = &held.unique_id;
        let freed = app.store.free(BY_UNIQUE_ID, name, setting.record);
        let claimed = freed.and(app.store.claim(BY_UNIQUE_ID, name, there));
        claimed.and(app.store.enqueue(NewJob {
            name: END_HELD,
            dedup: Some(&id.0),
            due,
            payload: payload.clone(),
        }))
    };
    gate.hold(owner, id, &held, with).await.map_err(failed)
}

/// Erases it where it stood.
async fn erase(app: &App, setting: &Setting) -> anyhow::Result<()> {
    let viewer = Viewer::system(Purpose::SetAside, app.now());
    let clearance = app.gate.enter(&viewer, setting.record, Act::Delete).await;
    let clearance = clearance.map_err(failed)?;
    let (record, document) = (setting.record, setting.document);
    let step = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let (remains, erased): (Draft, ErasedThing) = delete::erase_one(scope, record, document)?;
        let work = app.gate.erasing(&erased);
        let plan = Plan::new(erased).about(document).beside(work);
        Ok::<_, Refused>(plan.writing(vec![remains]))
    });
    let erased = step.await.map_err(failed)?;
    app.gate.erased(&erased).await.map_err(failed)
}

/// Does the job [`END_HELD`]: what nobody was named for is destroyed. Twice is once.
///
/// # Errors
/// When a store fails, or it is on its way to somebody.
pub async fn end_held(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let Ending { owner, operation } = serde_json::from_slice(payload).context("a document")?;
    discard(app, &owner, operation).await.map(drop)
}

/// Destroys what is held; whether it was there to be.
///
/// # Errors
/// When a store fails, or it is on its way.
pub async fn discard(app: &App, owner: &Owner, id: Id) -> anyhow::Result<bool> {
    let Some(held) = app.gate.held_one(owner, id).await.map_err(failed)? else {
        return Ok(false);
    };
    match held.stage {
        Stage::Waiting => {}
        Stage::Given | Stage::Discarded => return Ok(false),
        Stage::Arriving | Stage::Named { .. } => bail!("a document is still on its way"),
    }
    let there = app.gate.quarantine(owner).await.map_err(failed)?;
    let now = app.now();
    let next =
        |held: &Held| (held.stage == Stage::Waiting).then(|| held.then(Stage::Discarded, now));
    let freed = || app.store.free(BY_UNIQUE_ID, &held.unique_id, there);
    let done = app.gate.change_held(owner, id, next, freed).await;
    if !done.map_err(failed)? {
        return Ok(false);
    }
    if let Some(body) = &held.body {
        // Its key went with the entry: what a stop leaves here is noise.
        let blob = Stored::read(body.as_bytes())?.own.blob;
        app.gate.drop_file(&blob).await.map_err(failed)?;
    }
    Ok(true)
}

pub(super) fn failed(refused: Refused) -> anyhow::Error {
    anyhow::anyhow!("a document is not set aside: {refused:?}")
}
