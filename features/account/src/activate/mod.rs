//! Activating one's space: `/activation`, page after page, without script.
//!
//! 1. [`identity`]: national number, card serial, birth date.
//! 2. [`channel`]: e-mail, SMS or letter, to the contact that the registry knows.
//! 3. [`code`]: the provisional code.
//! 4. [`credentials`]: login and password.
//! 5. [`terms`]: terms of use.
//! 6. [`contact`]: a confirmed e-mail address, and the space is active.
//!
//! Up to the right code, every page and every effort is the same for a number that is unknown,
//! wrong, opposed, locked or already active. What helps comes after it.

pub mod channel;
pub mod children;
pub mod code;
pub mod contact;
pub mod credentials;
pub mod identity;
pub mod terms;

use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use vault::RecordId;
use web::Shell;

use crate::{
    activate::channel::Way,
    claim::{Claim, Found},
    code::Sent,
    insured::Person,
    journey::{Guest, Journey, expired},
};

/// The cookie, and the kind of step in the store.
const NAME: &str = "activation";
/// Where it begins.
const START: &str = "/activation";
/// How long a page of the journey may take.
const LIFE: SignedDuration = SignedDuration::from_mins(60);

/// What was done so far.
#[derive(Serialize, Deserialize)]
struct Activation {
    claim: Claim,
    /// The provisional code on its way, whether or not it really left.
    sent: Option<Sent>,
    /// How that code comes.
    way: Way,
    /// The claim was right, and within its tries, when that code was asked for.
    open: bool,
    /// How the right code came: every factor matched.
    proven: Option<Way>,
    /// Login and password hash.
    credentials: Option<(String, String)>,
    /// Version of the terms that was accepted.
    terms: Option<String>,
    /// An address to confirm, and the code sent to it.
    address: Option<(String, Sent)>,
}

/// Somebody whose factors all matched, and their space, still to be activated.
struct Proven {
    journey: Journey,
    state: Activation,
    by: Way,
    person: Person,
    record: RecordId,
}

impl Proven {
    /// The state of a journey past its code.
    ///
    /// # Errors
    /// The answer to give instead: back to the start, or a problem.
    async fn of(guest: &Guest, journey: Journey) -> Result<Self, Response> {
        let state: Option<Activation> = journey
            .load(&guest.app)
            .await
            .map_err(IntoResponse::into_response)?;
        let Some(state) = state else {
            return Err(expired(START));
        };
        let Some(by) = state.proven else {
            return Err(Redirect::to(channel::PATH).into_response());
        };
        let found = state
            .claim
            .find(guest)
            .await
            .map_err(IntoResponse::into_response)?;
        match found {
            Some(found) if !found.matches && !found.children.is_empty() => {
                Err(Redirect::to(children::PATH).into_response())
            }
            Some(Found {
                person,
                record: Some(record),
                matches: true,
                ..
            }) => Ok(Self {
                journey,
                state,
                by,
                person,
                record,
            }),
            _ => Err(expired(START)),
        }
    }

    /// The journey of the browser, past its code.
    ///
    /// # Errors
    /// As [`Proven::of`].
    async fn here(guest: &Guest) -> Result<Self, Response> {
        match guest.journey(NAME) {
            Some(journey) => Self::of(guest, journey).await,
            None => Err(expired(START)),
        }
    }
}

/// The names of the steps, for the trail at the top.
fn steps(shell: &Shell) -> [String; 4] {
    ["identity", "code", "credentials", "terms"]
        .map(|step| shell.t(&format!("account-step-{step}")))
}
