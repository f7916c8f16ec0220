//! What a step sees of a record: what this viewer may, and nothing else.

use ambient::Id;
use vault::{Current, Draft};

use super::{Refused, Scope};
use crate::{Act, Item, Key, Policy, Refusal, Right, Shelf, Viewer, decide::decide};

impl<'a, S> Scope<'a, S> {
    /// What the person decided and set, as far as the viewer may know of it.
    pub fn policy(&self) -> &'a Policy {
        self.seen.unwrap_or(&self.policy.view)
    }

    /// All of it: for what ends authorisations, and shows nothing.
    pub(crate) fn whole_policy(&self) -> &'a Policy {
        &self.policy.view
    }

    pub(crate) fn viewer(&self) -> &'a Viewer {
        self.viewer
    }

    /// What is to be done.
    pub fn act(&self) -> Act {
        self.act
    }

    /// A policy entry as it is to be from now on, over the one that holds.
    pub fn over(&self, draft: Draft) -> Draft {
        self.policy.over(draft)
    }

    /// The current version of a policy entry, to replace it.
    pub fn policy_entry(&self, id: Id) -> Option<Current> {
        self.policy.current(id)
    }
}

impl<'a, S: Shelf> Scope<'a, S> {
    /// The things that this viewer may see.
    pub fn things(&self) -> impl Iterator<Item = &'a S::Thing> {
        let all = self
            .shelf
            .into_iter()
            .flat_map(|shelf| shelf.view.things(&Key::OURS));
        all.filter(|thing| self.allows(Act::List, S::item(thing)))
    }

    /// One thing, when this act on it is allowed.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when the viewer may not know of it, the refusal when they may.
    pub fn thing(&self, id: Id) -> Result<&'a S::Thing, Refused> {
        self.thing_to(self.act, id)
    }

    /// One thing, when another act on it is allowed: who adds a document may replace one of theirs.
    ///
    /// # Errors
    /// As [`Scope::thing`].
    pub fn thing_to(&self, act: Act, id: Id) -> Result<&'a S::Thing, Refused> {
        let shelf = self.shelf.ok_or(Refused::NotFound)?;
        let thing = shelf.view.thing(&Key::OURS, id).ok_or(Refused::NotFound)?;
        let item = S::item(thing);
        match self.decide(act, item) {
            Ok(_) => Ok(thing),
            Err(refusal) if self.allows(Act::Read, item) => Err(Refused::No(refusal)),
            Err(_) => Err(Refused::NotFound),
        }
    }

    /// A thing that its author withdrew, or that was deleted, for the person who knew of it; never
    /// for anybody else, nor what was hidden from them.
    pub fn gone(&self, id: Id) -> Option<&'a S::Thing> {
        self.beside()?;
        let thing = self.shelf?.view.thing(&Key::OURS, id)?;
        let decision = self.decide(Act::Read, S::item(thing));
        (decision == Err(Refusal::Withdrawn)).then_some(thing)
    }

    /// Whether there is such a thing and this viewer may not know of it.
    pub fn keeps(&self, id: Id) -> bool {
        let thing = self
            .shelf
            .and_then(|shelf| shelf.view.thing(&Key::OURS, id));
        let decision = thing.map(|thing| self.decide(Act::Read, S::item(thing)));
        matches!(decision, Some(Err(refusal)) if refusal != Refusal::Withdrawn)
    }

    /// Whether this viewer could also do another act on a thing they see: what a page offers.
    pub fn may(&self, act: Act, thing: &S::Thing) -> bool {
        self.allows(act, S::item(thing))
    }

    /// The things on which another act is allowed: those that an author may correct.
    pub fn things_to(&self, act: Act) -> impl Iterator<Item = &'a S::Thing> {
        let all = self
            .shelf
            .into_iter()
            .flat_map(|shelf| shelf.view.things(&Key::OURS));
        all.filter(move |thing| self.allows(act, S::item(thing)))
    }

    /// What the person keeps beside the things; nothing for anybody else.
    pub fn beside(&self) -> Option<&'a S::Beside> {
        let own = matches!(self.right, Right::Own | Right::Representation);
        let shelf = self.shelf.filter(|_| own)?;
        Some(shelf.view.beside(&Key::OURS))
    }

    /// What is to lie beside, over what does; `None` where nothing may.
    pub fn over_beside(&self, draft: Draft) -> Option<Draft> {
        self.beside()?;
        Some(self.shelf?.over(draft))
    }

    /// The current version of a thing that [`Scope::thing`] gave, to replace it.
    pub fn entry(&self, thing: &S::Thing) -> Option<Current> {
        self.shelf?.current(S::item(thing).id)
    }

    pub(super) fn allows(&self, act: Act, item: &Item) -> bool {
        self.decide(act, item).is_ok()
    }

    pub(super) fn decide(&self, act: Act, item: &Item) -> crate::Decision {
        decide(
            self.viewer,
            &self.policy.view,
            act,
            Some(item),
            self.rules,
            self.now,
        )
    }
}
