//! Advance directives (L.1111-11 CSP): who writes them, and what is typed of them until it is a
//! document. They are a grown person's own: nobody writes them for a child, nor in the place of
//! somebody under protection.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Draft, Entry, Kind, View, Volume};

use crate::{
    Acting, Clearance, Policy, Refused, Viewer, kinds,
    policy::{draft, own},
};

/// The type of advance directives (TRE_A05).
pub const DIRECTIVES: &str = "EXPPAT_3";

/// Whether the one who looks may write them here, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They are theirs to write.
    Own,
    /// The same, of somebody under protection: with the leave of the judge or the family council.
    Protected,
    /// The person is under age.
    Minor,
    /// Whoever represents a grown person may read them.
    Represents,
}

impl Standing {
    /// Of somebody who looks at a space as theirs.
    pub fn of(viewer: &Viewer, policy: &Policy, now: Timestamp) -> Self {
        match &viewer.acting {
            _ if !policy.is_of_age(now) => Self::Minor,
            Acting::Holder(_) if policy.is_represented(now) => Self::Protected,
            Acting::Holder(_) => Self::Own,
            _ => Self::Represents,
        }
    }

    /// Whether they may write.
    pub fn writes(self) -> bool {
        matches!(self, Self::Own | Self::Protected)
    }
}

/// Directives that are being written: what was typed, page by page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Which of the models.
    pub model: String,
    /// Answers, by field.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// When something was typed last.
    pub at: Timestamp,
}

/// What is being written, when something is.
#[derive(Debug, Clone, Default)]
struct Desk(Option<Typed>);

impl View for Desk {
    const VOLUME: Volume = Volume::Mail;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.id != kinds::only::DIRECTIVES_DRAFT {
            return Ok(());
        }
        match entry.kind {
            kinds::DIRECTIVES_DRAFT => self.0 = Some(own(&entry.body()?)?),
            Kind::TOMBSTONE => self.0 = None,
            _ => {}
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        let typed = self.0.iter().flat_map(|typed| &typed.answers);
        64 + typed
            .map(|(field, text)| 64 + field.len() + text.len())
            .sum::<usize>()
    }
}

impl Clearance<'_> {
    /// What the person is writing: theirs alone, shown to nobody else, so that it leaves no line.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn typed_directives(&self) -> Result<Option<Typed>, Refused> {
        if !matches!(self.viewer().acting, Acting::Holder(_)) {
            return Ok(None);
        }
        Ok(self.desk::<Desk>().await?.view.0.clone())
    }

    /// Keeps what was typed: `change` is laid over what there is, so that two tabs lose nothing of
    /// each other.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn keep_typed_directives(
        &self,
        change: impl Fn(Option<&Typed>) -> Typed,
    ) -> Result<(), Refused> {
        let next = |desk: &Desk| {
            let typed = change(desk.0.as_ref());
            (desk.0.as_ref() != Some(&typed)).then(|| {
                let mut entry = draft(
                    Volume::Mail,
                    kinds::DIRECTIVES_DRAFT,
                    kinds::only::DIRECTIVES_DRAFT,
                    &typed,
                );
                // What was typed before is nobody's history.
                entry.destroy = true;
                entry
            })
        };
        let done = self.gate().register_over(self.record(), next).await;
        done.map(drop)
    }

    /// Destroys what was typed.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn drop_typed_directives(&self) -> Result<(), Refused> {
        let next = |desk: &Desk| {
            desk.0.as_ref()?;
            let id = kinds::only::DIRECTIVES_DRAFT;
            let mut gone = Draft::new(Volume::Mail, Kind::TOMBSTONE, id, vec![]);
            gone.destroy = true;
            Some(gone)
        };
        let done = self.gate().register_over(self.record(), next).await;
        done.map(drop)
    }
}
