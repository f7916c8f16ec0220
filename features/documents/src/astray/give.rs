//! A document that was set aside goes to the person whom its depositor named: once, whatever stops
//! in between.
//!
//! The new document and the change of hands of its name are one append: where its name leads says
//! whether it was given.

use access::{
    Act, App, Plan, Refused, Scope, Viewer,
    aside::{Held, Owner, Stage},
};
use ambient::Id;
use vault::{RecordId, With};

use super::{afresh, job::failed};
use crate::{BY_UNIQUE_ID, Documents, Stored, keep};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It lies with the person who was named.
    Yes,
    /// Their space takes nothing: somebody is to be named again.
    Refused,
    /// It was not on its way to anybody.
    Nothing,
}

/// Puts what is held where its depositor said; twice is once.
///
/// # Errors
/// When a record does not open or a store fails: to be tried again.
pub async fn give(app: &App, depositor: &Viewer, owner: &Owner, id: Id) -> anyhow::Result<Given> {
    let gate = &app.gate;
    let held = gate.held_one(owner, id).await.map_err(failed)?;
    let Some((held, record)) = held.and_then(|held| match held.stage {
        Stage::Named { record } => Some((held, record)),
        _ => None,
    }) else {
        return Ok(Given::Nothing);
    };
    let holder = app.store.locate(BY_UNIQUE_ID, &held.unique_id).await?;
    if holder != Some(record) && !put(app, depositor, owner, &held, record).await? {
        end(app, owner, id, |held, now| Held {
            refused: true,
            ..held.then(Stage::Waiting, now)
        })
        .await?;
        return Ok(Given::Refused);
    }
    end(app, owner, id, |held, now| held.then(Stage::Given, now)).await?;
    Ok(Given::Yes)
}

/// Adds the document to the record; `false` when it takes none.
async fn put(
    app: &App,
    depositor: &Viewer,
    owner: &Owner,
    held: &Held,
    record: RecordId,
) -> anyhow::Result<bool> {
    let gate = &app.gate;
    let clearance = match gate.enter(depositor, record, Act::Add).await {
        Ok(clearance) => clearance,
        Err(Refused::No(_) | Refused::NotFound) => return Ok(false),
        Err(refused) => return Err(failed(refused)),
    };
    let body = held.body.as_deref().unwrap_or_default();
    let stored = Stored::read(body.as_bytes())?;
    let there = gate.quarantine(owner).await.map_err(failed)?;
    let new = app.store.name_in(record);
    let added = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let mut own = stored.own.clone();
        afresh(&mut own, &stored.resource, scope.now);
        keep::settle(&mut own, scope.policy(), app, None);
        let freed = app.store.free(BY_UNIQUE_ID, &own.unique_id, there);
        let here = (app, record, scope.now);
        let keeping = keep::Keeping::new().after(freed);
        let plan: Plan<()> = keeping.with(here, new, &stored.resource, &own).plan();
        Ok::<_, Refused>(plan)
    });
    match added.await {
        Ok(()) => Ok(true),
        Err(Refused::No(_)) => Ok(false),
        Err(refused) => Err(failed(refused)),
    }
}

async fn end(
    app: &App,
    owner: &Owner,
    id: Id,
    next: impl Fn(&Held, jiff::Timestamp) -> Held,
) -> anyhow::Result<()> {
    let now = app.now();
    let next = |held: &Held| matches!(held.stage, Stage::Named { .. }).then(|| next(held, now));
    let done = app.gate.change_held(owner, id, next, With::nothing).await;
    done.map(drop).map_err(failed)
}
