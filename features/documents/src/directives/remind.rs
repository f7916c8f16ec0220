//! Once a year the person is told that something is to be read again: their directives have no end,
//! but wishes change. No word of what it is leaves the space.

use access::{Act, App, Plan, Purpose, Refused, Scope, Viewer};
use ambient::Id;
use anyhow::Context;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use vault::{
    RecordId, With,
    store::{Job, NewJob},
};
use web::dates;

use super::are;
use crate::{Documents, shelf::is_in_force};

/// The name of the job: it says nothing of what is to be read.
pub const REVIEW: &str = "review";

/// The hour in Paris at which it is told.
const HOUR: i8 = 9;

/// What is to be read again.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    record: RecordId,
    document: Id,
}

/// A year after `from`, in the morning.
pub fn next(from: Timestamp) -> Timestamp {
    let day = dates::today(from).checked_add(1.year()).ok();
    let at = day.and_then(|day| dates::at_hour(day, HOUR));
    at.unwrap_or(Timestamp::MAX)
}

/// The work of that day, in the place of what was to be done before.
pub fn later(app: &App, record: RecordId, document: Id, from: Timestamp) -> With {
    let payload = serde_json::to_vec(&Waiting { record, document }).expect("names are JSON");
    let job = app.store.enqueue(NewJob {
        name: REVIEW,
        dedup: Some(&document.0),
        due: next(from),
        payload,
    });
    app.store.cancel(REVIEW, &document.0).and(job)
}

/// Does that work, and puts it down for the year after; nothing, where they hold no longer.
///
/// # Errors
/// When the record does not open.
pub async fn remind(app: &App, job: &Job) -> anyhow::Result<()> {
    let Waiting { record, document } =
        serde_json::from_slice(&job.payload).context("a document")?;
    let viewer = Viewer::system(Purpose::Remind, app.now());
    let clearance = match app.gate.enter(&viewer, record, Act::Remind).await {
        Ok(clearance) => clearance,
        // A space that was closed or erased meanwhile is told nothing.
        Err(Refused::No(_) | Refused::NotFound) => return Ok(()),
        Err(refused) => anyhow::bail!("a record does not open: {refused:?}"),
    };
    let told = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let held = scope.thing(document)?;
            let holds = are(held) && !held.item.withdrawn && is_in_force(scope, held);
            if !holds {
                return Err(Refused::NotFound);
            }
            // This work ends with its line, and that of next year takes its place.
            let next = app.store.finish(job);
            let next = next.and(later(app, record, document, scope.now));
            Ok(Plan::new(()).about(document).beside(next))
        })
        .await;
    match told {
        // Somebody else has claimed the job since, and does it.
        Ok(()) | Err(Refused::NotFound | Refused::Taken) => Ok(()),
        Err(refused) => anyhow::bail!("nobody is reminded: {refused:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_year_later_in_the_morning_in_paris() {
        let next = |at: &str| next(at.parse().expect("an instant")).to_string();
        assert_eq!(next("2026-06-12T22:30:00Z"), "2027-06-13T07:00:00Z");
        assert_eq!(next("2028-02-29T10:00:00Z"), "2029-02-28T08:00:00Z");
    }
}
