//! A note that the reader of a share leaves: plain text, from somebody whom nobody identified. It
//! lies apart, and enters the record only if the person takes it in.

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Draft, Entry, Kind, View, Volume};

use crate::{
    Acting, Clearance, Maker, Nothing, Plan, Refusal, Refused, Scope,
    journal::Who,
    kinds,
    policy::{draft, own},
};

/// Characters of a note.
pub(crate) const LONGEST: usize = 4_000;
/// Notes of one share.
const OF_ONE: usize = 3;
/// Notes that wait in all.
const WAITING: usize = 50;

/// A note that waits for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The share that its author had opened.
    pub share: Id,
    /// Who they are, or say they are.
    pub who: Who,
    /// When it was left.
    pub at: Timestamp,
    /// Its text.
    pub text: String,
}

/// What became of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It waits for the person.
    Kept,
    /// Too many were left already.
    TooMany,
}

/// The notes that wait.
#[derive(Debug, Clone, Default)]
struct Notes {
    all: Vec<(Id, Note)>,
}

impl View for Notes {
    const VOLUME: Volume = Volume::Mail;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.kind == kinds::NOTE {
            let note: Note = own(&entry.body()?)?;
            self.all.push((entry.id, note));
        } else if entry.kind == Kind::TOMBSTONE {
            self.all.retain(|(id, _)| *id != entry.id);
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        let texts = self.all.iter().map(|(_, note)| 200 + note.text.len());
        64 + texts.sum::<usize>()
    }
}

impl Clearance<'_> {
    /// Leaves a note for the person.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn leave_note(self, text: &str) -> Result<Left, Refused> {
        let Acting::Bearer(bearer) = self.viewer().acting.clone() else {
            return Err(Refusal::NoWayIn.into());
        };
        let held = self.desk::<Notes>().await?;
        let all = &held.view.all;
        let of_this = all.iter().filter(|(_, note)| note.share == bearer.share);
        if of_this.count() >= OF_ONE || all.len() >= WAITING {
            return Ok(Left::TooMany);
        }
        let note = Note {
            share: bearer.share,
            who: Who::of(self.viewer()),
            at: self.now(),
            text: text.chars().take(LONGEST).collect(),
        };
        let entry = draft(Volume::Mail, kinds::NOTE, self.gate().id(), &note);
        self.act::<_, Refused>(|_: &Scope<'_, Nothing>| {
            Ok(Plan::new(Left::Kept).writing(vec![entry.clone()]))
        })
        .await
    }

    /// The notes that wait for the viewer, newest first: of the shares that they know of.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn left_notes(&self) -> Result<Vec<(Id, Note)>, Refused> {
        let known = |note: &Note| {
            let share = self.policy().share(note.share);
            match self.viewer().acting {
                Acting::Holder(_) => true,
                Acting::Representative { .. } => {
                    share.is_some_and(|share| share.by != Maker::Holder)
                }
                _ => false,
            }
        };
        let held = self.desk::<Notes>().await?;
        let all = held.view.all.iter().filter(|(_, note)| known(note));
        let mut all: Vec<_> = all.cloned().collect();
        all.sort_by_key(|(id, note)| (std::cmp::Reverse(note.at), *id));
        Ok(all)
    }

    /// Puts a note away: taken in as a document, or not wanted.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when none of that number waits for the viewer; see [`Refused`].
    pub async fn drop_note(self, id: Id) -> Result<(), Refused> {
        let known = self.left_notes().await?;
        if !known.iter().any(|(known, _)| *known == id) {
            return Err(Refused::NotFound);
        }
        let held = self.desk::<Notes>().await?;
        let current = held.current(id).ok_or(Refused::NotFound)?;
        let mut gone = Draft::new(Volume::Mail, Kind::TOMBSTONE, id, vec![]).replacing(current);
        gone.destroy = true;
        self.act::<_, Refused>(|_: &Scope<'_, Nothing>| {
            Ok(Plan::new(()).writing(vec![gone.clone()]))
        })
        .await
    }
}
