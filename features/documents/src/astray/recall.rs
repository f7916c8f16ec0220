//! A document that its depositor calls back: the same as when the person says that it is not theirs,
//! by the right of who deposited it.

use access::{
    Act, App, Plan, Refusal, Refused, Scope, Viewer,
    aside::{Cause, Outcome, Owner},
};

use super::{job::failed, leaving};
use crate::{BY_UNIQUE_ID, Document, Documents};

/// Takes a document of the depositor's out of the record that it is in, by its `uniqueId`; twice is
/// once.
///
/// # Errors
/// When the record does not open or a store fails.
pub async fn recall(
    app: &App,
    depositor: &Viewer,
    owner: &Owner,
    name: &str,
) -> anyhow::Result<Outcome> {
    let gate = &app.gate;
    let Some(record) = app.store.locate(BY_UNIQUE_ID, name).await? else {
        return Ok(Outcome::Unknown);
    };
    if record == gate.quarantine(owner).await.map_err(failed)? {
        let all = gate.all_held(owner).await.map_err(failed)?;
        let held = all.iter().find(|(_, one)| one.unique_id == name);
        // This very work may have taken it there before it was stopped.
        return Ok(match held.map(|(_, one)| one.cause) {
            Some(Cause::Recalled) => Outcome::Recalled,
            _ => Outcome::Gone,
        });
    }
    let clearance = match gate.enter(depositor, record, Act::Withdraw).await {
        Ok(clearance) => clearance,
        Err(Refused::No(_) | Refused::NotFound) => return Ok(Outcome::Unknown),
        Err(refused) => return Err(failed(refused)),
    };
    let done = clearance.act_on(|scope: &Scope<'_, Documents>| {
        let mut mine = scope.things_to(Act::Withdraw);
        let named = |one: &&Document| one.stored().is_ok_and(|one| one.own.unique_id == name);
        let document = mine.find(named).ok_or(Refused::NotFound)?;
        if document.item.withdrawn {
            let stored = document.stored();
            let stored = stored.map_err(|error| Refused::Failed(error.into()))?;
            return Err(match stored.own.astray {
                Some(Cause::Recalled) => Refused::Taken,
                _ => Refused::No(Refusal::Withdrawn),
            });
        }
        let quiet = document.item.flags.keeps_quiet();
        let (draft, work) = leaving(app, scope, record, document, Cause::Recalled)?;
        let plan = Plan::new(()).writing(vec![draft]).beside(work);
        Ok(plan.about(document.id()).quietly_if(quiet))
    });
    match done.await {
        Ok(()) | Err(Refused::Taken) => Ok(Outcome::Recalled),
        Err(Refused::No(Refusal::Withdrawn)) => Ok(Outcome::Gone),
        Err(Refused::No(_) | Refused::NotFound) => Ok(Outcome::Unknown),
        Err(refused) => Err(failed(refused)),
    }
}
