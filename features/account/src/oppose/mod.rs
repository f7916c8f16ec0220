//! Refusing that a space opens, for oneself or for a child: `/opposition` (R.1111-28 CSP).
//!
//! 1. [`identity`]: national number, card serial, birth date (one's own, or the child's).
//! 2. [`code`]: the provisional code.
//! 3. [`choice`]: whose space, and the refusal itself.
//! 4. [`proof`]: what was refused, when.
//!
//! As at activation, what helps comes after the right code, and nothing before it.

pub mod choice;
pub mod code;
pub mod identity;
pub mod proof;

use access::{
    Act, Acting, Authenticated, Level, Purpose, Refused, Viewer,
    policy::{Space, SpaceState},
};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use vault::RecordId;
use web::Problem;

use crate::{
    activate::channel::Way,
    claim::Claim,
    code::Sent,
    insured::{Person, apart},
    journey::{Guest, Journey, expired},
    opening,
};

/// The cookie, and the kind of step in the store.
const NAME: &str = "opposition";
/// Where it begins.
const START: &str = "/opposition";
const CODE: &str = "/opposition/code";
const CHOICE: &str = "/opposition/choix";
const PROOF: &str = "/opposition/attestation";
/// How long a page may take.
const LIFE: SignedDuration = SignedDuration::from_mins(60);

/// What was done so far.
#[derive(Serialize, Deserialize)]
struct Opposition {
    claim: Claim,
    sent: Sent,
    /// How the code comes.
    way: Way,
    /// The claim was right, and within its tries.
    open: bool,
    /// The right code was given.
    proven: bool,
}

/// Somebody whose space it is about.
struct Subject {
    person: Person,
    /// The name, told apart from the others.
    label: String,
    record: RecordId,
    viewer: Viewer,
    space: Space,
}

/// The journey of the browser past its code, and whom it is about.
///
/// # Errors
/// The answer to give instead: back to the start, or a problem.
async fn proven(guest: &Guest, journey: &Journey) -> Result<Vec<Subject>, Response> {
    let state: Option<Opposition> = journey
        .load(&guest.app)
        .await
        .map_err(IntoResponse::into_response)?;
    match state {
        Some(state) if state.proven => subjects(guest, &state.claim)
            .await
            .map_err(IntoResponse::into_response),
        Some(_) => Err(Redirect::to(CODE).into_response()),
        None => Err(expired(START)),
    }
}

/// Oneself, or the children of the birth date that was typed: several when twins.
async fn subjects(guest: &Guest, claim: &Claim) -> Result<Vec<Subject>, Problem> {
    let app = &guest.app;
    let Some(found) = claim.find(guest).await? else {
        return Ok(vec![]);
    };
    let (me, Some(own)) = (found.person, found.record) else {
        return Ok(vec![]);
    };
    let mut subjects = vec![];
    if found.matches {
        let viewer = viewer(guest, own, Acting::Holder(own));
        subjects.extend(subject(guest, me.clone(), own, viewer).await?);
    }
    for number in found.children {
        let Some((child, Some(of))) = opening::find(app, &number).await? else {
            continue;
        };
        let name = me.name();
        let viewer = viewer(guest, own, Acting::Representative { own, of, name });
        subjects.extend(subject(guest, child, of, viewer).await?);
    }
    let people: Vec<Person> = subjects.iter().map(|one| one.person.clone()).collect();
    for (subject, label) in subjects.iter_mut().zip(apart(&people, guest.shell.lang)) {
        subject.label = label;
    }
    Ok(subjects)
}

fn viewer(guest: &Guest, own: RecordId, acting: Acting) -> Viewer {
    Viewer {
        account: own.0,
        acting,
        authenticated: Authenticated {
            level: Level::TwoFactor,
            at: guest.app.now(),
        },
    }
}

/// One of them with the state of their space; nobody when it is not the viewer's to speak for.
async fn subject(
    guest: &Guest,
    person: Person,
    record: RecordId,
    viewer: Viewer,
) -> Result<Option<Subject>, Problem> {
    let app = &guest.app;
    let open = Viewer::system(Purpose::Open, app.now());
    let space = match app.gate.enter(&open, record, Act::OpenSpace).await {
        Ok(clearance) => match &viewer.acting {
            Acting::Representative { own, .. }
                if !clearance.policy().represented_by(*own, app.now()) =>
            {
                return Ok(None);
            }
            _ => clearance.policy().space.clone(),
        },
        Err(Refused::No(_)) => Space {
            state: SpaceState::Closed,
            ..Space::default()
        },
        Err(other) => return Err(other.into()),
    };
    Ok(Some(Subject {
        label: String::new(),
        person,
        record,
        viewer,
        space,
    }))
}
