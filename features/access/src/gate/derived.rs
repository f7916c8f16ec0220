//! What is drawn from things (their text, for a search): kept in a volume of its own, made by
//! the installation, and reached only by the thing that it was drawn from.

use ambient::Id;
use vault::{
    BadEntry, Draft, Entry, Kind, Opened, RecordId, View, Volume, With, WriteError, store::Job,
};

use super::{AGAIN, Clearance, Gate, Plan, Refused, Scope, write_failed};
use crate::{Acting, Key, Purpose, Refusal, Shelf};

/// A volume drawn from the things of a shelf.
pub trait Derived: View {
    /// What is drawn from one of them.
    type Part;

    /// What is drawn from a thing; only [`Drawn`] may ask.
    fn part(&self, _: &Key, id: Id) -> Option<&Self::Part>;
}

/// The names of the two entries that may be drawn from a thing: its own, and that with every
/// bit turned.
pub fn drawn_names(thing: Id) -> [Id; 2] {
    [thing, Id(thing.0.map(|byte| !byte))]
}

/// What was drawn from the things that a [`Scope`] shows: what the viewer may not see has no
/// text either.
pub struct Drawn<'a, D> {
    opened: &'a Opened<D>,
}

impl<'a, D: Derived> Drawn<'a, D> {
    pub(super) fn over(opened: &'a Opened<D>) -> Self {
        Self { opened }
    }

    /// What was drawn from a thing that the scope gave.
    pub fn of<S: Shelf>(&self, thing: &S::Thing) -> Option<&'a D::Part> {
        self.opened.view.part(&Key::OURS, S::item(thing).id)
    }
}

/// The names of a volume's entries, without what they hold.
#[derive(Debug, Clone, Default)]
struct Names {
    gone: Vec<Id>,
}

impl View for Names {
    const VOLUME: Volume = Volume::Text;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.kind == Kind::TOMBSTONE {
            self.gone.push(entry.id);
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        0
    }
}

impl Clearance<'_> {
    /// As [`Clearance::act_on`], with what was drawn from the things of the shelf.
    ///
    /// # Errors
    /// See [`Refused`], and whatever `plan` returns.
    pub async fn search<S: Shelf, D: Derived, T, E: From<Refused>>(
        self,
        mut plan: impl FnMut(&Scope<'_, S>, &Drawn<'_, D>) -> Result<Plan<T>, E>,
    ) -> Result<T, E> {
        self.run(true, true, |scope, opened| match opened {
            Some(opened) => plan(scope, &Drawn { opened }),
            None => Err(Refused::NotFound.into()),
        })
        .await
    }

    /// Writes what was drawn from a thing, once: together with the end of the job that drew it,
    /// and only while the thing is there. `afresh` also looks whether it was drawn before.
    ///
    /// Leaves no line: nothing was shown. For the installation's own work alone.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn draw<S: Shelf, D: Derived>(
        self,
        id: Id,
        drafts: &[Draft],
        job: &Job,
        afresh: bool,
    ) -> Result<(), Refused> {
        let ours = matches!(self.viewer.acting, Acting::System(Purpose::Extract));
        if !ours || drafts.iter().any(|draft| draft.volume != D::VOLUME) {
            return Err(Refusal::NoWayIn.into());
        }
        let gate = self.gate;
        for _ in 0..AGAIN {
            let shelf = gate.opener.open::<S>(self.record).await?;
            let there = shelf.view.thing(&Key::OURS, id).map(S::item);
            if there.is_none_or(|item| item.withdrawn) {
                return Ok(());
            }
            let mut while_at = vec![(S::VOLUME, shelf.last)];
            if afresh {
                let drawn = gate.opener.open::<D>(self.record).await?;
                if drawn_names(id)
                    .iter()
                    .any(|name| drawn.current(*name).is_some())
                {
                    return Ok(());
                }
                while_at.push((D::VOLUME, drawn.last));
            }
            let end = gate.store.finish(job);
            let done = gate
                .opener
                .append_while(self.record, drafts.to_vec(), while_at, end)
                .await;
            match done {
                // Somebody else has claimed the job meanwhile, and writes it.
                Ok(_) | Err(WriteError::Beside(_)) => return Ok(()),
                Err(WriteError::Moved) => {}
                Err(error) => return Err(write_failed(error)),
            }
        }
        Err(write_failed(WriteError::Moved))
    }
}

impl Gate {
    /// Destroys what was drawn from a thing that is gone.
    ///
    /// # Errors
    /// When the record does not open or a store fails.
    pub async fn undraw(&self, record: RecordId, thing: Id) -> Result<(), Refused> {
        for _ in 0..AGAIN {
            let names_held = match self.opener.open::<Names>(record).await {
                Err(vault::OpenError::Unknown) => return Ok(()),
                other => other?,
            };
            let gone: Vec<Draft> = drawn_names(thing)
                .iter()
                .filter_map(|name| {
                    let current = names_held.current(*name)?;
                    if names_held.view.gone.contains(name) {
                        return None;
                    }
                    let draft = Draft::new(Volume::Text, Kind::TOMBSTONE, *name, vec![]);
                    let mut draft = draft.replacing(current);
                    draft.destroy = true;
                    Some(draft)
                })
                .collect();
            if gone.is_empty() {
                return Ok(());
            }
            let on = Some((Volume::Text, names_held.last));
            match self.opener.append(record, gone, on, With::nothing()).await {
                Ok(_) => return Ok(()),
                Err(WriteError::Moved) => {}
                Err(error) => return Err(write_failed(error)),
            }
        }
        Err(write_failed(WriteError::Moved))
    }

    /// Drops the texts that nobody searched since the last time; to be called now and then.
    pub fn age_texts(&self) {
        self.opener.age_texts();
    }

    /// Texts held in memory: of how many records, and the bytes that they take.
    pub fn held_texts(&self) -> (usize, usize) {
        self.opener.held_texts()
    }
}
