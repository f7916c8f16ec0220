//! Sharing once: chosen documents, for a time and a number of openings, with one professional or
//! with whoever shows the code.
//!
//! A share is an entry of the person's policy: its code, the secret part of its address and the key
//! of its files lie sealed under the person's own key, and each opening is decided like any other
//! look, on the policy as it is at that instant. What is hidden, deleted or withdrawn later is no
//! longer there; a professional who is blocked later opens nothing. Openings and wrong codes are
//! counted in the entry itself, so that of two at once each counts.

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Draft, RecordId, Volume};

use crate::{
    Act, Acting, Bearer, Carnet, Clearance, Plan, Refused, Scope, Shelf,
    decide::{Decision, Refusal, Right, Rules},
    item::Item,
    kinds,
    policy::{Policy, draft},
    room::is_of_the_day,
};

const SHARE: &str = "share";

/// Documents that a person shares once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The secret part of its address: 256 bits in base64url; empty once it has ended.
    pub token: String,
    /// The key of its files in a SMART Health Link, likewise.
    pub key: String,
    /// What is typed to open it.
    pub code: String,
    /// What is shared.
    pub items: Vec<Id>,
    /// What the person calls it.
    pub label: String,
    /// Whom it is for; `None` for whoever shows the code.
    pub to: Option<To>,
    /// Who made it.
    pub by: Maker,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// How often it may be opened.
    pub openings: u32,
    /// How often it was.
    #[serde(default)]
    pub opened: u32,
    /// Wrong codes that may be shown in a row.
    pub tries: u32,
    /// Wrong codes since the last right one.
    #[serde(default)]
    pub wrong: u32,
    /// Ended by the person: kept, so that history can be explained.
    #[serde(default)]
    pub ended: bool,
}

/// The one professional whom a share is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct To {
    /// National identifier.
    pub id: String,
    /// Their name when they were chosen.
    pub name: String,
}

/// Who made a share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "as")]
pub enum Maker {
    /// The person.
    Holder,
    /// Who represents them: it opens as long as they do, and never what is hidden from them.
    Representative {
        /// Their own record.
        own: RecordId,
    },
    /// Of a kind that this version does not know: it opens nothing.
    #[serde(other)]
    Unknown,
}

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Share")
    }
}

impl Share {
    /// Whether what it gives may be read at `now`, by whoever opened it.
    pub fn in_force(&self, now: Timestamp) -> bool {
        !self.ended && self.since <= now && now < self.until && self.wrong < self.tries
    }

    /// Whether it may be opened once more.
    pub fn may_open(&self, now: Timestamp) -> bool {
        self.in_force(now) && self.opened < self.openings
    }
}

/// What a person wants to share.
#[derive(Debug, Clone)]
pub struct NewShare {
    /// What.
    pub items: Vec<Id>,
    /// What they call it.
    pub label: String,
    /// Whom it is for; `None` for whoever shows the code.
    pub to: Option<To>,
    /// Until when.
    pub until: Timestamp,
    /// How often it may be opened.
    pub openings: u32,
}

/// What came of a code that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It is open.
    Opened,
    /// Another code; so many tries are left.
    Wrong {
        /// Tries left.
        left: u32,
    },
}

/// What whoever opened a share may do, in the order of every decision: block, way in, flags, matrix.
pub(crate) fn opens(
    bearer: &Bearer,
    policy: &Policy,
    act: Act,
    item: Option<&Item>,
    rules: &Rules,
    now: Timestamp,
) -> Decision {
    let known = bearer.situation.as_ref();
    if known.is_some_and(|one| policy.shuts_out(one)) {
        return Err(Refusal::Blocked);
    }
    let share = policy.share(bearer.share).ok_or(Refusal::NoWayIn)?;
    let open = match act {
        Act::OpenShare => share.may_open(now),
        Act::List | Act::Read | Act::Download | Act::LeaveNote => share.in_force(now),
        _ => false,
    };
    let made = match &share.by {
        Maker::Holder => true,
        Maker::Representative { own } => policy.represented_by(*own, now),
        Maker::Unknown => false,
    };
    let meant = match &share.to {
        Some(to) => known.is_some_and(|one| one.national_id == to.id),
        None => true,
    };
    if !(open && made && meant) {
        return Err(Refusal::NoWayIn);
    }
    let Some(item) = item else {
        return Ok(Right::Share);
    };
    if !share.items.contains(&item.id) {
        return Err(Refusal::NoWayIn);
    }
    if item.withdrawn {
        return Err(Refusal::Withdrawn);
    }
    let flags = item.flags;
    let kept_from_maker = flags.representatives && share.by != Maker::Holder;
    let shown = match known {
        Some(situation) => item.reach.includes(situation),
        None => item.reach.is_everyone(),
    };
    if flags.unknown || flags.patient || flags.professionals || kept_from_maker || !shown {
        return Err(Refusal::Hidden);
    }
    let class = rules.types.class_of(&item.type_code, item.class.as_deref());
    let readable = match known {
        Some(one) => rules.matrix.allows(&one.profession, class, &item.type_code),
        // Of no profession that we know: what no professional can read yet is not for them either.
        None => class.is_some(),
    };
    match readable {
        true => Ok(Right::Share),
        false => Err(Refusal::Matrix),
    }
}

impl Carnet {
    /// The record and the share of an address; `None` when it names none, or no longer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shared(&self, token: &str) -> Result<Option<(RecordId, Id)>, vault::DbError> {
        let body = self.store.pending(SHARE, token.as_bytes(), self.now());
        let body: Option<[u8; 32]> = body.await?.and_then(|body| body.try_into().ok());
        Ok(body.map(|body| {
            let (mut record, mut share) = ([0; 16], [0; 16]);
            record.copy_from_slice(&body[..16]);
            share.copy_from_slice(&body[16..]);
            (RecordId(Id(record)), Id(share))
        }))
    }
}

impl Clearance<'_> {
    /// The shares that the viewer may know of, newest first: who represents somebody knows of those
    /// that representatives made.
    pub fn shares(&self) -> Vec<(Id, Share)> {
        let known = |share: &Share| match self.viewer().acting {
            Acting::Holder(_) => true,
            Acting::Representative { .. } => share.by != Maker::Holder,
            _ => false,
        };
        let all = self.policy().shares.iter().filter(|(_, one)| known(one));
        let mut all: Vec<_> = all.cloned().collect();
        all.sort_by_key(|(id, one)| (std::cmp::Reverse(one.since), *id));
        all
    }

    /// Shares documents: each must be one that the viewer may share.
    ///
    /// # Errors
    /// [`Refused::Taken`] when that is one too many for a day; see [`Refused`].
    pub async fn share<S: Shelf>(self, app: &Carnet, wanted: &NewShare) -> Result<Id, Refused> {
        let (id, record) = (app.random().id(), self.record());
        let by = match &self.viewer().acting {
            Acting::Representative { own, .. } => Maker::Representative { own: *own },
            _ => Maker::Holder,
        };
        let share = Share {
            token: secret(app),
            key: secret(app),
            code: format!("{:06}", app.random().below(1_000_000)),
            items: wanted.items.clone(),
            label: wanted.label.clone(),
            to: wanted.to.clone(),
            by,
            since: self.now(),
            until: wanted.until,
            openings: wanted.openings,
            opened: 0,
            tries: app.limits.share_tries,
            wrong: 0,
            ended: false,
        };
        let whose = [record.0.0, id.0].concat();
        let most = app.limits.shares_a_day;
        self.act_on(|scope: &Scope<'_, S>| {
            let all = scope.policy().shares.iter();
            let of_the_day = all.filter(|(_, one)| is_of_the_day(one.since, scope.now));
            if of_the_day.count() >= most {
                return Err(Refused::Taken);
            }
            for item in &wanted.items {
                scope.thing(*item)?;
            }
            let found =
                app.store
                    .keeping_pending(SHARE, share.token.as_bytes(), share.until, &whose);
            let plan = Plan::new(id).writing(vec![draft(Volume::Policy, kinds::SHARE, id, &share)]);
            let plan = plan.beside(found).counting(wanted.items.len());
            Ok(secret_of(plan, scope, &wanted.items))
        })
        .await
    }

    /// Ends a share: nothing is read by it from then on.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when the viewer knows of none of that number; see [`Refused`].
    pub async fn end_share<S: Shelf>(self, id: Id) -> Result<(), Refused> {
        let known = self.shares().into_iter().find(|(known, _)| *known == id);
        let (_, known) = known.ok_or(Refused::NotFound)?;
        self.act_on(|scope: &Scope<'_, S>| {
            let share = scope.policy().share(id).ok_or(Refused::NotFound)?;
            let plan = Plan::new(()).writing(vec![scope.over(ended(id, share))]);
            Ok(secret_of(plan, scope, &known.items))
        })
        .await
    }

    /// Opens a share by the code that is shown, and uses one opening up.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn open_share<S: Shelf>(self, code: &str) -> Result<Opening, Refused> {
        let Acting::Bearer(bearer) = self.viewer().acting.clone() else {
            return Err(Refusal::NoWayIn.into());
        };
        let gate = self.gate();
        // Compared under a key, so that time says nothing of how near it was.
        let blind = |code: &str| gate.store().blind("share codes compared", code.as_bytes());
        self.act_on(|scope: &Scope<'_, S>| {
            let share = scope
                .policy()
                .share(bearer.share)
                .ok_or(Refused::NotFound)?;
            let mut next = share.clone();
            let right = blind(code) == blind(&share.code);
            match right {
                true => (next.opened, next.wrong) = (share.opened + 1, 0),
                false => next.wrong += 1,
            }
            let entry = draft(Volume::Policy, kinds::SHARE, bearer.share, &next);
            let write = vec![scope.over(entry)];
            let plan = match right {
                true => Plan::new(Opening::Opened).writing(write),
                false => {
                    let left = share.tries.saturating_sub(next.wrong);
                    let plan = Plan::new(Opening::Wrong { left }).writing(write);
                    plan.refusing(Refusal::WrongCode)
                }
            };
            Ok(secret_of(plan, scope, &share.items))
        })
        .await
    }
}

/// A line about a share of which something is kept from representatives is about that thing: who may
/// not know of it does not read of the share either.
fn secret_of<S: Shelf, T>(plan: Plan<T>, scope: &Scope<'_, S>, items: &[Id]) -> Plan<T> {
    let mut theirs = scope.things_to(Act::Read).map(S::item);
    let secret = theirs.find(|item| items.contains(&item.id) && item.flags.representatives);
    match secret {
        Some(item) => plan.about(item.id),
        None => plan,
    }
}

/// A share that has ended: its secrets are gone.
fn ended(id: Id, share: &Share) -> Draft {
    let over = Share {
        token: String::new(),
        key: String::new(),
        code: String::new(),
        ended: true,
        ..share.clone()
    };
    draft(Volume::Policy, kinds::SHARE, id, &over)
}

impl<S> Scope<'_, S> {
    /// The entries that end every share.
    pub fn end_shares(&self) -> Vec<Draft> {
        let open = self.policy().shares.iter().filter(|(_, one)| !one.ended);
        open.map(|(id, share)| self.over(ended(*id, share)))
            .collect()
    }
}

/// 256 random bits, in base64url.
fn secret(app: &Carnet) -> String {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(app.random().key())
}

#[cfg(test)]
#[path = "share_tests.rs"]
mod tests;
