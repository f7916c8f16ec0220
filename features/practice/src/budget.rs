//! How many people a professional may open for the first time in an hour, so that nobody, and no
//! thief of an account, goes through people one by one.
//!
//! Up to a number, nothing is asked; beyond it, a card shown a moment ago; beyond a second one,
//! even that does not help: the account is suspended and the operator told. Consents that are
//! declared and broken glass count; what a person proved with a code does not, nor does the 15.

use access::{Professional, Why};
use jiff::SignedDuration;
use web::Problem;

/// Hours begin at each of these: whatever the instant, one of them is not far behind.
const BEGIN: i64 = 4;
const HOUR: i64 = 3_600;

/// Whether one more may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Budget {
    /// Yes.
    Within,
    /// Once the card was shown.
    ShowCard,
    /// No: the account is suspended.
    Suspended,
}

/// Counts one first opening.
///
/// # Errors
/// When the store fails.
pub(crate) async fn spend(who: &Professional) -> Result<Budget, Problem> {
    let (app, limits) = (&who.app, &who.app.limits);
    let now = app.now();
    let shown = now.duration_since(who.viewer.authenticated.at);
    let fresh = shown <= app.gate.rules().fresh_factor;
    let within = count(who, "first opening", limits.first_openings_an_hour).await?;
    if !within && !fresh {
        return Ok(Budget::ShowCard);
    }
    let most = limits.first_openings_at_most;
    if count(who, "first opening at most", most).await? {
        return Ok(Budget::Within);
    }
    let suspended = app
        .gate
        .suspend(&who.situation, who.own.0, Why::FirstOpenings, now);
    if suspended.await? {
        tracing::error!(
            "an account is suspended after too many first openings: « carnet suspensions » says whose"
        );
    }
    Ok(Budget::Suspended)
}

/// Counts in every hour that the instant belongs to; `false` when one of them is full.
async fn count(who: &Professional, what: &str, limit: u32) -> Result<bool, Problem> {
    let now = who.app.now();
    let mut within = true;
    for begin in 0..BEGIN {
        let hour = hour(now.as_second(), begin);
        let whom = [who.situation.national_id.as_bytes(), &hour].concat();
        let window = SignedDuration::from_secs(HOUR);
        let store = &who.app.store;
        within &= store.attempt(what, &whom, limit, window, now).await?;
    }
    Ok(within)
}

/// Names the hour of an instant among those that begin a part of an hour later than the clock's.
fn hour(second: i64, begin: i64) -> [u8; 9] {
    let number = (second + begin * HOUR / BEGIN).div_euclid(HOUR);
    let mut name = [0; 9];
    name[0] = begin.to_le_bytes()[0];
    name[1..].copy_from_slice(&number.to_le_bytes());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_quarters_of_an_hour_are_always_within_one_of_the_hours() {
        for start in (0..2 * HOUR).step_by(60) {
            let end = start + HOUR - HOUR / BEGIN;
            let whole = (0..BEGIN).any(|begin| hour(start, begin) == hour(end, begin));
            assert!(whole, "{start}");
        }
        let names = [hour(0, 0), hour(0, 1), hour(HOUR, 0), hour(-1, 0)];
        for (n, one) in names.iter().enumerate() {
            assert!(!names[n + 1..].contains(one), "{n}");
        }
    }
}
