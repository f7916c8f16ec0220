//! The people whose records a professional may open now, the last one opened first: from the
//! professional's own register, each line decided again as it is shown.
//!
//! An address names a line by a word that means nothing in another session.

use access::{Plan, Professional, Refused, Visited, WORKLIST, policy::Policy};
use ambient::Id;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use documents::{Documents, arrived};
use jiff::{SignedDuration, Timestamp};
use web::{Problem, dates};

use crate::{
    handle,
    patient::{Patient, no_access},
    record::right,
    sign_in,
};

/// People on a page.
const PAGE: usize = 20;
/// Records that one page goes through at the most: of who said no there may be many.
const GONE_THROUGH: usize = 200;
/// A right that ends within that time is marked.
const SOON: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A part of the list.
#[derive(Debug, Default)]
pub(crate) struct List {
    pub lines: Vec<Line>,
    /// Where the next part is; empty when this is the last.
    pub next: String,
    /// Where the part before is; empty when this is the first.
    pub previous: String,
}

/// A person in the list.
#[derive(Debug)]
pub(crate) struct Line {
    pub href: String,
    pub name: String,
    /// « Femme, née le 12 mars 1974 (52 ans) ».
    pub who: String,
    /// By which right, in a sentence.
    pub right: String,
    /// « aujourd’hui à 10 h 05 »; empty when they never did.
    pub opened: String,
    /// How many documents came since.
    pub new: u32,
    /// Until when, when that is soon.
    pub until: String,
}

/// The part of the list that begins after so many records.
pub(crate) async fn list(who: &Professional, from: usize) -> Result<List, Problem> {
    let visited = who.app.gate.visited(&who.viewer).await?;
    let address = |from: usize| format!("/pro?suite={from}");
    let mut list = List {
        previous: match from {
            0 => String::new(),
            from => address(from.saturating_sub(PAGE)),
        },
        ..List::default()
    };
    let mut after = from;
    for visit in visited.iter().skip(from).take(GONE_THROUGH) {
        if list.lines.len() == PAGE {
            break;
        }
        list.lines.extend(line(who, visit).await?);
        after += 1;
    }
    if after < visited.len() {
        list.next = address(after);
    }
    Ok(list)
}

async fn line(who: &Professional, visit: &Visited) -> Result<Option<Line>, Problem> {
    let (gate, record) = (&who.app.gate, visit.record);
    let Some(clearance) = gate.at_hand(&who.viewer, record).await? else {
        return Ok(None);
    };
    let now = who.app.now();
    let policy = clearance.policy();
    let patient = Patient::of(policy, who, now);
    let right = right(clearance.right(), policy, who, now);
    let until = until(policy, who, now).filter(|until| until.duration_since(now) < SOON);
    let new = clearance
        .number_of::<Documents>(visit.since(), arrived)
        .await?;
    // What was shown before: nothing new where they looked last, nothing at all before a first look.
    let shown = visit.told.or(visit.last.map(|_| 0));
    if shown != Some(new) {
        // Another number than that is a look, and leaves its line.
        let told = clearance.act_on::<Documents, _, _>(|scope| {
            let new = arrived(scope, visit.since());
            let count = usize::try_from(new).unwrap_or(usize::MAX);
            Ok::<_, Refused>(Plan::new(()).counting(count).noting(WORKLIST))
        });
        match told.await {
            Ok(()) => gate.told_new(&who.viewer, visit, new).await?,
            // Blocked meanwhile.
            Err(Refused::No(_) | Refused::NotFound) => return Ok(None),
            Err(other) => return Err(other.into()),
        }
    }
    let lang = who.shell.lang;
    Ok(Some(Line {
        href: format!("/pro/liste/{}", word(who, visit)),
        who: match patient.born.as_str() {
            "" => patient.sex,
            born => format!("{}, {born}", patient.sex),
        },
        name: patient.name,
        right,
        opened: visit
            .last
            .map_or_else(String::new, |at| dates::moment(at, now, lang)),
        new,
        until: until.map_or_else(String::new, |until| dates::moment(until, now, lang)),
    }))
}

/// When the last of the rights in force ends; `None` when one has no end.
fn until(policy: &Policy, who: &Professional, now: Timestamp) -> Option<Timestamp> {
    let facility = who.situation.facility_id.as_deref();
    let grants = policy.grants_to(&who.situation.national_id, facility, now);
    let ends: Option<Vec<Timestamp>> = grants.map(|(_, grant)| grant.until).collect();
    ends?.into_iter().max()
}

/// The word of a line in this session.
fn word(who: &Professional, visit: &Visited) -> Id {
    let name = [&who.session.hash[..], &visit.record.0.0].concat();
    Id(who.app.store.short("line of a list", &name))
}

/// `GET /pro/liste/{mot}`: opens the record of a person of the list.
pub(crate) async fn open(who: Professional, Path(mot): Path<String>) -> Result<Response, Problem> {
    let visited = who.app.gate.visited(&who.viewer).await?;
    let asked = mot.parse::<Id>().ok();
    let mut visited = visited.iter();
    let Some(visit) = visited.find(|visit| Some(word(&who, visit)) == asked) else {
        return Ok(no_access(who));
    };
    let Some(handle) = handle::go_to(&who, visit.record).await? else {
        return Ok(sign_in::suspended(&who));
    };
    Ok(Redirect::to(&format!("/pro/patients/{handle}")).into_response())
}
