//! The watch over first openings: how many people the accounts of one organisation may open for the
//! first time, and what is unusual in how one account does it.
//!
//! All of it is pure: what counts is [`Seen`], what is decided is a [`Step`], and the numbers are
//! data (`reference/watch.json`, proposed by us). Only openings without a proof of consent count;
//! beside them, how many people an account goes to by whatever right ([`Met`]).

mod hours;
mod people;
mod score;
mod thresholds;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Entry, Volume, With};

pub use hours::{DAY, HOUR, windows};
pub use people::Met;
pub use score::{Score, score};
pub use thresholds::{BadWatch, Place, Watch};

use crate::{
    Gate, Policy, Refused, Situation, Suspension,
    gate::write_failed,
    kinds,
    openings::Named,
    policy::{GrantKind, Grantee, draft, own},
};

/// Between two first openings, for who is slowed.
pub const SPACING: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);
/// A consent that a professional declared is a care link once it is so old.
const OLD: jiff::SignedDuration = jiff::SignedDuration::from_hours(48);
/// How far back the watch looks.
const BACK: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);
/// Lines of a register that are looked at, at the most.
const LINES: usize = 2_000;
/// The last first openings of a place, whoever made them.
const OF_PLACE: usize = 64;

/// A first opening, as far as the watch needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When.
    pub at: Timestamp,
    /// Which account.
    pub by: String,
    /// Where the person stands in the order of national numbers, roughly: sex, year, month and
    /// department of birth, which many share.
    pub order: u32,
    /// Whether anything but the professional's word links them.
    pub linked: bool,
}

/// What is unusual, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "signal")]
pub enum Signal {
    /// More people in a day than is usual for one account in such a place.
    Volume {
        /// People.
        count: u32,
        /// What is usual.
        usual: u32,
    },
    /// Nearly nobody is linked by anything but the account's own word.
    Unlinked {
        /// People without another link.
        count: u32,
        /// Of so many.
        of: u32,
    },
    /// At hours when such a place is shut.
    Hours {
        /// People.
        count: u32,
    },
    /// People in the order of a register.
    Row {
        /// In order.
        count: u32,
        /// Of the last so many.
        of: u32,
    },
    /// The accounts of the organisation together opened more than it may.
    Organisation {
        /// So many.
        count: u32,
        /// Of so many.
        budget: u32,
    },
    /// The account opened more in an hour than any may.
    Hour {
        /// So many.
        budget: u32,
    },
    /// The account went to more people in an hour, by whatever right, than is usual in such a place.
    People {
        /// So many.
        count: u32,
        /// What is usual.
        budget: u32,
    },
}

impl Signal {
    /// The stem of its sentence, to a professional; that to the operator ends with `-operator`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Volume { .. } => "watch-volume",
            Self::Unlinked { .. } => "watch-unlinked",
            Self::Hours { .. } => "watch-hours",
            Self::Row { .. } => "watch-row",
            Self::Organisation { .. } => "watch-organisation",
            Self::Hour { .. } => "watch-hour",
            Self::People { .. } => "watch-people",
        }
    }

    /// Its two numbers, as the sentence names them: `count`, then `usual`.
    pub fn numbers(&self) -> (u32, u32) {
        match *self {
            Self::Volume { count, usual } => (count, usual),
            Self::Unlinked { count, of } | Self::Row { count, of } => (count, of),
            Self::Hours { count } => (count, 0),
            Self::Organisation { count, budget } | Self::People { count, budget } => {
                (count, budget)
            }
            Self::Hour { budget } => (budget, budget),
        }
    }
}

/// What a first opening takes; later ones are harder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing.
    Free,
    /// A minute between two.
    Slowed,
    /// A card shown a moment ago as well.
    Card,
    /// None: the account is suspended.
    Full,
}

/// What the next opening takes in an organisation that has used so much of its budget: freely up to
/// it, then slowly, then with the card, then never.
pub fn step(used: u32, budget: u32) -> Step {
    let quarter = budget.div_ceil(4);
    match used {
        used if used < budget => Step::Free,
        used if used < budget + quarter => Step::Slowed,
        used if used < most(budget) => Step::Card,
        _ => Step::Full,
    }
}

/// What is never passed.
pub fn most(budget: u32) -> u32 {
    budget + 2 * budget.div_ceil(4)
}

/// Whether something but this professional's own word links them to the person: what the person
/// gave themself, or a consent that was declared days ago.
pub fn linked(policy: &Policy, situation: &Situation, now: Timestamp) -> bool {
    policy.grants.iter().any(|(_, grant)| {
        let theirs = match &grant.to {
            Grantee::Professional(id) => *id == situation.national_id,
            Grantee::Facility(place)
            | Grantee::Team {
                facility: place, ..
            } => Some(place) == situation.facility_id.as_ref(),
        };
        let own_word = matches!(
            grant.kind,
            GrantKind::Declared | GrantKind::BreakGlass | GrantKind::Dispatch
        );
        theirs && (!own_word || now.duration_since(grant.since) >= OLD)
    })
}

/// Where a national number stands among others: its first seven digits. Corsica and letters count
/// as a nought.
pub fn order(number: &str) -> u32 {
    let digits = number.chars().take(7).map(|c| c.to_digit(10).unwrap_or(0));
    digits.fold(0, |order, digit| order * 10 + digit)
}

impl Seen {
    /// The opening of a person's record by a professional.
    pub fn of(policy: &Policy, situation: &Situation, at: Timestamp) -> Self {
        let number = policy.identity().and_then(|one| one.main_identifier());
        Self {
            at,
            by: situation.national_id.clone(),
            order: number.map_or(0, |number| order(&number.value)),
            linked: linked(policy, situation, at),
        }
    }
}

/// What was opened lately, oldest first: by the account, and by all of its place.
#[derive(Debug, Clone, Default)]
pub struct Lately {
    /// By the account.
    pub account: Vec<Seen>,
    /// In the place.
    pub place: Vec<Seen>,
}

impl Gate {
    /// What was opened for the first time lately, by an account and in the place where it is used.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn lately(&self, situation: &Situation, now: Timestamp) -> Result<Lately, Refused> {
        let account = Named::account(&situation.national_id, now);
        let place = situation.facility_id.as_ref();
        let mut lately = Lately {
            account: self.seen_in(&account, now, LINES).await?,
            place: match place {
                Some(place) => {
                    let named = Named::place(place, now);
                    self.seen_in(&named, now, OF_PLACE).await?
                }
                None => vec![],
            },
        };
        let judged = self.suspensions().await?;
        lately.account.retain(|one| !is_judged(one, &judged));
        lately.place.retain(|one| !is_judged(one, &judged));
        Ok(lately)
    }

    /// Writes a first opening down where the watch looks, before it is made: of two at once, one at
    /// least sees both when it looks again.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn note_first(&self, situation: &Situation, seen: &Seen) -> Result<(), Refused> {
        let account = Named::account(&situation.national_id, seen.at);
        let place = situation.facility_id.as_ref();
        let place = place.map(|place| Named::place(place, seen.at));
        for named in [Some(account), place].into_iter().flatten() {
            let Some(register) = self.register_for(&named).await? else {
                continue;
            };
            let entry = draft(Volume::Journal, kinds::SEEN, self.id(), seen);
            let done = self
                .opener()
                .append(register, vec![entry], None, With::nothing());
            done.await.map_err(write_failed)?;
        }
        Ok(())
    }

    /// Of the last day, in this quarter and the end of the one before; oldest first.
    async fn seen_in(
        &self,
        named: &Named,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<Seen>, Refused> {
        let since = now.saturating_sub(BACK).unwrap_or(Timestamp::MIN);
        let before = named.at(since);
        let mut all = vec![];
        for named in [Some(named), before.as_ref()].into_iter().flatten() {
            let Some(register) = self.register_there(named).await? else {
                continue;
            };
            let entries = self.opener().journal(register, u64::MAX, most).await?;
            for entry in &entries {
                if let Some(seen) = seen(entry)?
                    && seen.at >= since
                {
                    all.push(seen);
                }
            }
        }
        all.truncate(most);
        all.reverse();
        Ok(all)
    }
}

/// Whether the operator lifted a suspension of that account since: what was before it is judged.
fn is_judged(seen: &Seen, suspensions: &[Suspension]) -> bool {
    let mut theirs = suspensions.iter().filter(|one| one.who == seen.by);
    theirs.any(|one| one.lifted.is_some_and(|lifted| seen.at <= lifted))
}

fn seen(entry: &Entry) -> Result<Option<Seen>, Refused> {
    if entry.kind != kinds::SEEN {
        return Ok(None);
    }
    let read = entry.body().and_then(|body| own(&body));
    read.map(Some)
        .map_err(|error| Refused::Failed(error.into()))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
