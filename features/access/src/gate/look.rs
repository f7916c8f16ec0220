//! One look, one line: a page and the files that it shows are the same look.
//!
//! Opening a thing leaves its line and gives a *look*: a short-lived proof of
//! that line, bound to who looked, at what. Whoever shows it with the next
//! request is decided on again, as always, but leaves no second line.

use ambient::Id;
use jiff::{SignedDuration, Timestamp};

use super::{Clearance, Derived, Drawn, Plan, Refused, Scope};
use crate::{Act, Refusal, Shelf};

/// How long after a line what follows still belongs to it: time for a slow network.
const LASTS: SignedDuration = SignedDuration::from_mins(2);

impl Clearance<'_> {
    /// Opens one thing for reading: leaves its line, and gives the look that goes on from it.
    ///
    /// # Errors
    /// See [`Refused`], and whatever `show` returns.
    pub async fn open<S: Shelf, T, E: From<Refused>>(
        self,
        id: Id,
        mut show: impl FnMut(&Scope<'_, S>, &S::Thing, &str) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.act != Act::Read {
            return Err(Refused::No(Refusal::NoWayIn).into());
        }
        let look = self.look(id, self.gate.clock.now());
        self.act_on(|scope: &Scope<'_, S>| {
            let thing = scope.thing(id)?;
            Ok(Plan::new(show(scope, thing, &look)?).about(id))
        })
        .await
    }

    /// Goes on with a look at a thing; without a look that holds, it is a new one with a line of its own.
    ///
    /// # Errors
    /// See [`Refused`], and whatever `show` returns.
    pub async fn go_on<S: Shelf, T, E: From<Refused>>(
        self,
        id: Id,
        look: &str,
        mut show: impl FnMut(&S::Thing) -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.holds(look, id) {
            return self.open::<S, T, E>(id, |_, thing, _| show(thing)).await;
        }
        let opened = self.gate.opener.open::<S>(self.record).await;
        let shelf = opened.map_err(Refused::from)?;
        let rules = self.gate.rules();
        show(self.scope(Some(&*shelf), &rules).thing(id)?)
    }

    /// Goes on with a look at a thing that has just been shown, with what was drawn from it.
    ///
    /// # Errors
    /// [`Refused::NotFound`] without a look that holds; see [`Refused`].
    pub async fn go_on_drawn<S: Shelf, D: Derived, T>(
        self,
        id: Id,
        look: &str,
        show: impl FnOnce(Option<&D::Part>) -> T,
    ) -> Result<T, Refused> {
        if !self.holds(look, id) {
            return Err(Refused::NotFound);
        }
        let shelf = self.gate.opener.open::<S>(self.record).await?;
        let rules = self.gate.rules();
        let scope = self.scope(Some(&*shelf), &rules);
        let thing = scope.thing(id)?;
        let drawn = self.gate.opener.open::<D>(self.record).await?;
        Ok(show(Drawn::over(&drawn).of::<S>(thing)))
    }

    /// Until when (seconds, hexadecimal), and a keyed hash of that with who and what.
    fn look(&self, id: Id, at: Timestamp) -> String {
        let until = at.as_second().saturating_add(LASTS.as_secs());
        format!("{until:x}-{}", self.proof(id, until))
    }

    fn holds(&self, look: &str, id: Id) -> bool {
        let Some((until, proof)) = look.split_once('-') else {
            return false;
        };
        let (Ok(until), Ok(proof)) = (i64::from_str_radix(until, 16), proof.parse::<Id>()) else {
            return false;
        };
        self.act == Act::Read
            && self.gate.clock.now().as_second() < until
            && vault::chain::same(&self.proof(id, until).0, &proof.0)
    }

    fn proof(&self, id: Id, until: i64) -> Id {
        let account = self.viewer.account.0;
        let what = [&account[..], &self.record.0.0, &id.0, &until.to_be_bytes()].concat();
        Id(self.gate.store.short("look", &what))
    }
}
