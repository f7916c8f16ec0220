//! Who is looking, in which capacity, and how surely we know.

use std::sync::Arc;

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::RecordId;

use crate::Act;

/// Somebody or something that asks. Background work is a viewer too.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The account or session owner; names them in limits, never on screen.
    pub account: Id,
    /// In which capacity.
    pub acting: Acting,
    /// How surely we know who they are.
    pub authenticated: Authenticated,
}

/// In which capacity a viewer asks.
#[derive(Debug, Clone)]
pub enum Acting {
    /// The person, in their own space.
    Holder(RecordId),
    /// A legal representative in the space of the person they represent.
    Representative {
        /// The representative's own record.
        own: RecordId,
        /// The record they act on.
        of: RecordId,
        /// Their name, for the journal.
        name: String,
    },
    /// A chosen helper, by delegation. No right is given yet.
    Caregiver(RecordId),
    /// A professional at work, in one practice situation.
    Professional(Arc<Situation>),
    /// Software that feeds documents and reads nothing.
    Depositor(Arc<Depositor>),
    /// Helps a person with the service; sees nothing clinical.
    Adviser,
    /// A service of the catalogue. No right is given yet.
    Service,
    /// Whoever shows the code of a share.
    Bearer(Arc<Bearer>),
    /// The installation itself, for one of a closed list of purposes.
    System(Purpose),
}

/// Why the installation itself opens a record. The list is closed: unknown means no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Opening a space and writing its first settings.
    Open,
    /// Finding where to send a code, and whether sign-in is allowed.
    SignIn,
    /// Finding where to send a notice.
    Notify,
    /// Comparing identity at deposit, and recognising what is already there.
    Deposit,
    /// Answering a person who contests an access.
    Answer,
    /// Verifying chains.
    Audit,
    /// Drawing the text of documents, for searches.
    Extract,
    /// Showing a person what no longer waits.
    Disclose,
    /// Taking a document that stands in the wrong record to its depositor.
    SetAside,
    /// Saying that something is to be read again.
    Remind,
    /// Erasing what somebody with the right to decided to erase.
    Erase,
}

impl Purpose {
    /// Whether it is for that.
    pub(crate) fn allows(self, act: Act) -> bool {
        match self {
            Self::Open => matches!(act, Act::Announce | Act::OpenSpace | Act::Reopen),
            Self::SignIn => matches!(act, Act::SignIn | Act::ReadSettings),
            // A device that is gone is told by its push service, when there is something to tell.
            Self::Notify => matches!(act, Act::ReadSettings | Act::DropDevice),
            Self::Deposit => matches!(act, Act::ReadSettings | Act::List),
            Self::Answer => act == Act::Contest,
            Self::Audit => false,
            Self::Extract => act == Act::List,
            Self::Disclose => matches!(act, Act::Disclose | Act::ReadSettings),
            Self::Remind => act == Act::Remind,
            Self::SetAside => matches!(act, Act::List | Act::Delete),
            Self::Erase => matches!(act, Act::Delete | Act::List | Act::ReadSettings),
        }
    }
}

/// How surely, and since when, we know a viewer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Authenticated {
    /// How surely.
    pub level: Level,
    /// When a factor was last shown.
    pub at: Timestamp,
}

/// Levels of authentication, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// No person: software, or the installation.
    Machine,
    /// Password and one-time code.
    TwoFactor,
    /// An identity provider of substantial level (eIDAS).
    Substantial,
}

/// A professional in one practice situation, as the identity provider vouched for it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Situation {
    /// National identifier (`8` + RPPS…, interop §2.3).
    pub national_id: String,
    /// Name as written on screen.
    pub name: String,
    /// Profession (TRE_G15), such as `10` for a doctor.
    pub profession: String,
    /// Its French label.
    pub profession_label: String,
    /// Speciality label, when there is one.
    pub specialty: Option<String>,
    /// Its code (TRE_R38, TRE_R39…); what sets an occupational physician apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialty_code: Option<String>,
    /// Facility identifier with its scheme prefix.
    pub facility_id: Option<String>,
    /// Facility name.
    pub facility: String,
    /// Sector of activity of the facility (TRE_R02), such as `SA07`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// The software that they read with, when it is not our pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
}

/// Occupational medicine: speciality, competence, capacity (TRE_R38, R40, R43).
const OCCUPATIONAL: [&str; 3] = ["SM25", "C41", "CAPA11"];

impl Situation {
    /// Whether they see people for an employer: the record opens to them by express consent only
    /// (L.1111-17 IV CSP).
    pub fn is_occupational(&self) -> bool {
        let code = self.specialty_code.as_deref();
        code.is_some_and(|code| OCCUPATIONAL.contains(&code))
    }
}

/// Software that feeds documents.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Depositor {
    /// OAuth client identifier.
    pub client_id: String,
    /// Organisation name, as the person sees it.
    pub name: String,
    /// Refuse what does not meet every cardinality of its profile.
    #[serde(default)]
    pub strict: bool,
}

/// Whoever opened a share: what they say of themselves, which nobody checked, and what their
/// session vouches for, when they have one.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Bearer {
    /// Which share.
    pub share: Id,
    /// Who they say they are.
    pub name: String,
    /// The care purpose that they stated: a code of the list that the page offers.
    pub purpose: String,
    /// The professional who is signed in, when one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Situation>,
}

impl Viewer {
    /// Whoever shows the code of a share.
    pub fn bearer(bearer: Bearer, now: Timestamp) -> Self {
        Self {
            account: bearer.share,
            acting: Acting::Bearer(Arc::new(bearer)),
            authenticated: Authenticated {
                level: Level::Machine,
                at: now,
            },
        }
    }

    /// The installation itself.
    pub fn system(purpose: Purpose, now: Timestamp) -> Self {
        Self {
            account: Id([0; 16]),
            acting: Acting::System(purpose),
            authenticated: Authenticated {
                level: Level::Machine,
                at: now,
            },
        }
    }

    /// The professional, when this viewer is one.
    pub fn professional(&self) -> Option<&Situation> {
        match &self.acting {
            Acting::Professional(situation) => Some(situation),
            _ => None,
        }
    }

    /// The space that a holder or representative is in.
    pub fn space(&self) -> Option<RecordId> {
        match &self.acting {
            Acting::Holder(record) | Acting::Representative { of: record, .. } => Some(*record),
            _ => None,
        }
    }

    /// The own record of who reads a space as theirs: its holder, or a representative.
    pub fn at_home(&self) -> Option<RecordId> {
        match &self.acting {
            Acting::Holder(own) | Acting::Representative { own, .. } => Some(*own),
            _ => None,
        }
    }
}
