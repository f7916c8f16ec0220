//! How many people an account goes to in an hour, by whatever right: who has patients, or works where
//! patients agreed to everybody, has no first opening to declare, and neither has the doctor of the 15.
//! So a thief of their account goes through a list of patients no faster than through strangers.
//!
//! A person is counted when the account goes to them in a session that did not yet, before anything of
//! them is shown. Up to a number nothing is asked; then a card shown a moment ago; beyond, the
//! account is suspended and the operator told.

use super::{Signal, most};
use crate::{Carnet, Refused, Situation, Viewer, Why};

/// Whether an account may go to one more person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// Yes.
    Within,
    /// Once the card was shown, and why.
    ShowCard(Signal),
    /// No: the account is suspended.
    Suspended,
}

impl Carnet {
    /// Counts one more person that a professional goes to, before they are shown.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn meet(&self, viewer: &Viewer, situation: &Situation) -> Result<Met, Refused> {
        let (now, rules) = (self.now(), self.gate.rules());
        let budget = match rules.regulates(situation) {
            true => rules.watch.regulation_an_hour,
            false => {
                rules
                    .watch
                    .place(situation.sector.as_deref())
                    .people_an_hour
            }
        };
        let account = &situation.national_id;
        let shown = now.duration_since(viewer.authenticated.at);
        let fresh = shown <= rules.fresh_factor;
        let within = self.counts("people in an hour", account, budget).await?;
        if !within && !fresh {
            let count = budget;
            return Ok(Met::ShowCard(Signal::People { count, budget }));
        }
        let count = most(budget);
        if self.counts("people at most", account, count).await? {
            return Ok(Met::Within);
        }
        let why = (Why::People, vec![Signal::People { count, budget }]);
        let suspended = self.gate.suspend(situation, viewer.account, why, now);
        if suspended.await? {
            tracing::error!(
                "an account is suspended after going to unusually many people: « carnet suspensions » says whose"
            );
        }
        Ok(Met::Suspended)
    }
}
