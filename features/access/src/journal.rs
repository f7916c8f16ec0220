//! The journal: who did what, when, by which right. One line for each look.

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Draft, Entry, Volume};

use crate::{
    Acting, Situation, Viewer,
    decide::{Act, Decision, Refusal, Right},
    kinds,
    policy::{draft, own},
};

/// What the line of a list says when it was a search: that it was one, never for what.
pub const SEARCH: &str = "search";

/// One line of the journal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trace {
    /// Names the line on the wire; not stored, for its entry holds it.
    #[serde(skip, default = "nameless")]
    pub id: Id,
    /// When.
    pub at: Timestamp,
    /// What was done, or tried.
    pub act: Act,
    /// By which right; `None` when it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<Right>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
    /// Who.
    pub who: Who,
    /// The document, when it was about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Id>,
    /// How many things a list showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Which filter a list had, or which professional a decision was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// A minor's secret: who represents them may not know of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
}

/// Who did it, as they were known at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "as")]
pub enum Who {
    /// The person.
    Holder,
    /// A legal representative.
    Representative {
        /// Their name.
        name: String,
    },
    /// A professional.
    Professional {
        /// National identifier.
        id: String,
        /// Their name.
        name: String,
        /// Their profession, or speciality.
        role: String,
        /// Where they were at work.
        place: String,
        /// The software that they used, when it was not our pages.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        software: Option<String>,
    },
    /// Software of an organisation.
    Software {
        /// The organisation.
        name: String,
    },
    /// Whoever showed the code of a share: who they said they were, which nobody checked.
    Bearer {
        /// The name that they gave.
        name: String,
        /// The care purpose that they stated, by its code.
        purpose: String,
    },
    /// The installation.
    System,
}

impl Who {
    /// The viewer, as the journal names them.
    pub fn of(viewer: &Viewer) -> Self {
        match &viewer.acting {
            Acting::Holder(_) | Acting::Caregiver(_) => Self::Holder,
            Acting::Representative { name, .. } => Self::Representative { name: name.clone() },
            Acting::Professional(situation) => Self::professional(situation),
            Acting::Bearer(bearer) => match &bearer.situation {
                Some(situation) => Self::professional(situation),
                None => Self::Bearer {
                    name: bearer.name.clone(),
                    purpose: bearer.purpose.clone(),
                },
            },
            Acting::Depositor(depositor) => Self::Software {
                name: depositor.name.clone(),
            },
            Acting::Adviser | Acting::Service | Acting::System(_) => Self::System,
        }
    }

    fn professional(situation: &Situation) -> Self {
        Self::Professional {
            id: situation.national_id.clone(),
            name: situation.name.clone(),
            role: situation
                .specialty
                .clone()
                .unwrap_or_else(|| situation.profession_label.clone()),
            place: situation.facility.clone(),
            software: situation.software.clone(),
        }
    }
}

impl Trace {
    /// A line about what `viewer` did or tried.
    pub fn new(viewer: &Viewer, act: Act, decision: Decision, at: Timestamp) -> Self {
        Self {
            id: nameless(),
            at,
            act,
            right: decision.ok(),
            refused: decision.err(),
            who: Who::of(viewer),
            subject: None,
            count: None,
            detail: None,
            secret: false,
        }
    }

    /// What the person is told of it: nothing of their own acts, and nothing of the installation's.
    pub fn notice(&self) -> Option<Notice> {
        if (self.act, self.refused) == (Act::Disclose, None) {
            return Some(Notice::Disclosed);
        }
        if (self.act, &self.who, self.refused) == (Act::Contest, &Who::System, None) {
            return Some(Notice::Answered);
        }
        if (self.act, self.refused) == (Act::Remind, None) {
            return Some(Notice::ToReview);
        }
        if matches!(self.who, Who::Holder | Who::System) {
            return None;
        }
        match (self.act, self.refused) {
            (Act::AnswerReport, None) => Some(Notice::Reported),
            (Act::Report, None) if matches!(self.who, Who::Professional { .. }) => {
                Some(Notice::Reported)
            }
            (
                Act::DeclareConsent | Act::KeepSecret | Act::ConsentForColleague | Act::UseCode,
                None,
            ) => Some(Notice::Opened),
            (Act::BreakGlass | Act::Dispatch, None) => Some(Notice::Emergency),
            (Act::OpenShare, None) => Some(Notice::ShareOpened),
            (Act::LeaveNote, None) => Some(Notice::NoteLeft),
            (Act::Add, None) => Some(Notice::Added),
            (Act::Read | Act::ReadResults | Act::ReadSummary | Act::Download, None) => {
                Some(Notice::Consulted)
            }
            (Act::Withdraw | Act::Disown, None) => Some(Notice::Withdrawn),
            // Whoever is blocked gets no further than looking for the person.
            (
                Act::FindPerson
                | Act::List
                | Act::Read
                | Act::ReadResults
                | Act::ReadSummary
                | Act::Download
                | Act::Report
                | Act::DeclareConsent
                | Act::UseCode
                | Act::Block
                | Act::OpenShare
                | Act::BreakGlass
                | Act::Dispatch,
                Some(Refusal::Blocked),
            ) => Some(Notice::BlockedAttempt),
            (Act::ChangeContact | Act::ChangeSettings, None) => Some(Notice::Changed),
            (Act::Block, None) if matches!(self.who, Who::Professional { .. }) => {
                Some(Notice::Changed)
            }
            _ => None,
        }
    }

    /// What a viewer is told of it: nothing of what they did themself.
    pub fn notice_to(&self, viewer: &Viewer) -> Option<Notice> {
        match &self.who {
            Who::Representative { .. } if self.who == Who::of(viewer) => None,
            _ => self.notice(),
        }
    }

    /// The line as an entry of the journal.
    pub(crate) fn draft(&self, id: Id) -> Draft {
        draft(Volume::Journal, kinds::TRACE, id, self)
    }

    /// Reads a line; another format is [`BadEntry`].
    pub(crate) fn read(entry: &Entry) -> Result<Self, BadEntry> {
        if entry.kind != kinds::TRACE {
            return Err(BadEntry);
        }
        let line: Self = own(&entry.body()?)?;
        Ok(Self {
            id: entry.id,
            ..line
        })
    }
}

/// The name of a line that is not written yet.
fn nameless() -> Id {
    Id([0; 16])
}

/// A kind of notice. Nothing on a channel outside says more than its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// A professional was given access.
    Opened,
    /// A document was added.
    Added,
    /// A document was consulted.
    Consulted,
    /// A document that waited is shown.
    Disclosed,
    /// A document was withdrawn by its author.
    Withdrawn,
    /// A blocked professional tried.
    BlockedAttempt,
    /// A professional opened the space in an emergency.
    Emergency,
    /// The same, of somebody whom one represents.
    EmergencyOfRelative,
    /// Somebody else changed settings or contacts.
    Changed,
    /// The operator answered about an access that the person contests.
    Answered,
    /// Somebody opened what the person shares.
    ShareOpened,
    /// The reader of a share left a note.
    NoteLeft,
    /// The archive that one asked for can be fetched.
    ArchiveReady,
    /// It is time to read something again.
    ToReview,
    /// Something happened to what was reported of a document.
    Reported,
}

impl Notice {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::Opened,
        Self::Added,
        Self::Consulted,
        Self::Disclosed,
        Self::Withdrawn,
        Self::BlockedAttempt,
        Self::Emergency,
        Self::EmergencyOfRelative,
        Self::Changed,
        Self::Answered,
        Self::ShareOpened,
        Self::NoteLeft,
        Self::ArchiveReady,
        Self::ToReview,
        Self::Reported,
    ];

    /// Whether it is also sent outside; the rest waits in the space.
    pub fn is_sent(self) -> bool {
        self != Self::Consulted
    }

    /// The stem of its texts: `notice-opened`…
    pub fn key(self) -> &'static str {
        match self {
            Self::Opened => "notice-opened",
            Self::Added => "notice-added",
            Self::Consulted => "notice-consulted",
            Self::Disclosed => "notice-disclosed",
            Self::Withdrawn => "notice-withdrawn",
            Self::BlockedAttempt => "notice-blocked-attempt",
            Self::Emergency => "notice-emergency",
            Self::EmergencyOfRelative => "notice-emergency-of-relative",
            Self::Changed => "notice-changed",
            Self::Answered => "notice-answered",
            Self::ShareOpened => "notice-share-opened",
            Self::NoteLeft => "notice-note-left",
            Self::ArchiveReady => "notice-archive-ready",
            Self::ToReview => "notice-to-review",
            Self::Reported => "notice-reported",
        }
    }
}
