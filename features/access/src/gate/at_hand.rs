//! A professional's list of the people whose records they may open: decided line by line as it is
//! shown. Nobody tries anything, so a no leaves no line; and what came since their last visit is a
//! number, which leaves its line when it is another than the one shown before.

use jiff::Timestamp;
use vault::RecordId;

use super::{Clearance, Gate, Refused, Scope};
use crate::{Act, Shelf, Viewer, decide::decide, policy::Policy};

impl Gate {
    /// The right of a professional to list a record now; `None` where there is none, or no such
    /// record any more. To open it from there is an act of its own, decided again.
    ///
    /// # Errors
    /// When the record was altered, or the engine fails.
    pub async fn at_hand<'g>(
        &'g self,
        viewer: &'g Viewer,
        record: RecordId,
    ) -> Result<Option<Clearance<'g>>, Refused> {
        if viewer.professional().is_none() {
            return Ok(None);
        }
        let policy = match self.opener.open::<Policy>(record).await {
            Ok(policy) => policy,
            Err(vault::OpenError::Unknown) => return Ok(None),
            Err(other) => return Err(other.into()),
        };
        let (act, now) = (Act::List, self.clock.now());
        let decision = decide(viewer, &policy.view, act, None, &self.rules(), now);
        Ok(decision.ok().map(|right| Clearance {
            gate: self,
            viewer,
            record,
            act,
            right,
            // It is a professional's: nothing of it is kept from them.
            seen: None,
            policy,
        }))
    }
}

impl Clearance<'_> {
    /// A number of things that the viewer may see, and nothing else of them: `count` takes nothing
    /// in and gives nothing else out. Leaves no line; who shows another number than before leaves
    /// one with [`Clearance::act_on`].
    ///
    /// # Errors
    /// When the record was altered, or the engine fails.
    pub async fn number_of<S: Shelf>(
        &self,
        since: Timestamp,
        count: fn(&Scope<'_, S>, Timestamp) -> u32,
    ) -> Result<u32, Refused> {
        let shelf = self.gate.opener.open::<S>(self.record).await?;
        let rules = self.gate.rules();
        Ok(count(&self.scope(Some(&*shelf), &rules), since))
    }
}
