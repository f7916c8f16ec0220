//! Shows the person what waited to be explained to them: when its type's time has come, or when
//! its author says so. They are told, with no word of what it is.

use access::{Act, App, Plan, Policy, Purpose, Refused, Release, Scope, Topics, Viewer};
use ambient::Id;
use anyhow::Context;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use vault::{Draft, RecordId, With, store::NewJob};

use crate::{Documents, Own, hide};

/// The name of the job.
pub const DISCLOSE: &str = "disclose";

/// Which document it is about.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    record: RecordId,
    document: Id,
}

/// The work that shows a document that waits when its time has come, to be enqueued with it;
/// nothing for one that does not wait, or waits for its author.
pub fn disclosing(app: &App, record: RecordId, document: Id, own: &Own) -> Option<With> {
    if !own.flags.patient {
        return None;
    }
    let Release::AfterDays(days) = app.gate.rules().disclosure.of(&own.type_code) else {
        return None;
    };
    let after = SignedDuration::from_hours(i64::from(days) * 24);
    let payload = serde_json::to_vec(&Waiting { record, document }).expect("names are JSON");
    Some(app.store.enqueue(NewJob {
        name: DISCLOSE,
        dedup: Some(&document.0),
        due: own.received.saturating_add(after).unwrap_or(own.received),
        payload,
    }))
}

/// Does that work. Nothing, where the document was shown or withdrawn meanwhile, or where its
/// type has to wait for its author by now.
///
/// # Errors
/// When the record does not open.
pub async fn perform(app: &App, payload: &[u8]) -> anyhow::Result<()> {
    let Waiting { record, document } = serde_json::from_slice(payload).context("a document")?;
    let viewer = Viewer::system(Purpose::Disclose, app.now());
    let clearance = match app.gate.enter(&viewer, record, Act::Disclose).await {
        Ok(clearance) => clearance,
        // A space that was closed meanwhile shows nothing.
        Err(Refused::No(_) | Refused::NotFound) => return Ok(()),
        Err(refused) => anyhow::bail!("a record does not open: {refused:?}"),
    };
    let disclosure = app.gate.rules();
    let shown = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let waiting = scope.thing(document)?;
            let kind = &waiting.item.type_code;
            if disclosure.disclosure.of(kind) == Release::AfterConsultation {
                return Err(Refused::NotFound);
            }
            disclosed(scope, document, &disclosure.topics)
        })
        .await;
    match shown {
        Ok(()) | Err(Refused::NotFound) => Ok(()),
        Err(refused) => anyhow::bail!("a document stays hidden: {refused:?}"),
    }
}

/// The step by which its author shows a document that waited: the person is told, unless it is a
/// minor's secret.
///
/// # Errors
/// As [`shown`].
pub fn disclosed(
    scope: &Scope<'_, Documents>,
    id: Id,
    topics: &Topics,
) -> Result<Plan<()>, Refused> {
    let secret = scope.thing(id)?.item.flags.representatives;
    let draft = shown(scope, id, topics)?;
    Ok(hide::of(vec![draft], id).quietly_if(secret))
}

/// The next version of a document that waited.
///
/// # Errors
/// [`Refused::NotFound`] when it does not wait any more, or was withdrawn.
fn shown(scope: &Scope<'_, Documents>, id: Id, topics: &Topics) -> Result<Draft, Refused> {
    let document = scope.thing(id)?;
    if !document.item.flags.patient || document.item.withdrawn {
        return Err(Refused::NotFound);
    }
    let current = scope.entry(document).ok_or(Refused::NotFound)?;
    let stored = document.stored();
    let mut stored = stored.map_err(|error| Refused::Failed(error.into()))?;
    show(&mut stored.own, scope.policy(), topics, scope.now);
    Ok(stored.draft(id).replacing(current))
}

/// From now on the person knows of it, and what they decided of new documents holds for it.
fn show(own: &mut Own, policy: &Policy, topics: &Topics, now: jiff::Timestamp) {
    own.flags.patient = false;
    own.disclosed = Some(now);
    own.flags.professionals |= policy.settings.hides(topics, &own.type_code);
}
