//! What of a history is asked for: by whom, what, by which right, when.

use jiff::Timestamp;
use serde::Deserialize;

use crate::{
    Act, Right, Viewer,
    journal::{Trace, Who},
};

/// By whom something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByWhom {
    /// Who is looking.
    Moi,
    /// Others who may act in this space: the holder, who represents them.
    Proches,
    /// Professionals, and whoever showed the code of a share.
    Professionnels,
    /// Software of organisations.
    Logiciels,
    /// The installation.
    Carnet,
}

/// What was done, in the groups that people think in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doing {
    /// Looking at documents and lists.
    Lectures,
    /// Adding, changing, hiding and removing documents.
    Documents,
    /// Letting in, shutting out, and looking for the person.
    Acces,
    /// Emergencies.
    Urgences,
    /// The account and its settings.
    Compte,
}

/// By which right, in the groups that people think in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByRight {
    /// One's own space, or that of somebody whom one represents.
    Soi,
    /// The person's agreement, whatever its shape.
    Accord,
    /// An emergency.
    Urgence,
    /// Having made the document, or the duty to feed the record.
    Auteur,
    /// A search before any agreement, or the installation's own work.
    Autre,
    /// None: it was refused.
    Refus,
}

/// What of a history is asked for; nothing asks for all of it.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// By whom.
    pub who: Option<ByWhom>,
    /// What.
    pub doing: Option<Doing>,
    /// By which right.
    pub right: Option<ByRight>,
    /// By one professional alone, as [`crate::Clearance`] names them in addresses.
    pub one: Option<String>,
    /// Not before this instant.
    pub since: Option<Timestamp>,
    /// Before this instant.
    pub before: Option<Timestamp>,
}

impl ByWhom {
    fn is(self, who: &Who, viewer: &Viewer) -> bool {
        match self {
            Self::Moi => *who == Who::of(viewer),
            Self::Proches => {
                let home = matches!(who, Who::Holder | Who::Representative { .. });
                home && *who != Who::of(viewer)
            }
            Self::Professionnels => {
                matches!(who, Who::Professional { .. } | Who::Bearer { .. })
            }
            Self::Logiciels => matches!(who, Who::Software { .. }),
            Self::Carnet => matches!(who, Who::System),
        }
    }
}

impl Doing {
    /// The group of an act: each is in one.
    pub fn of(act: Act) -> Self {
        match act {
            Act::List
            | Act::ListOwn
            | Act::Read
            | Act::ReadSummary
            | Act::ReadResults
            | Act::ReadMeasures
            | Act::TakeAway
            | Act::Gather
            | Act::FetchArchive
            | Act::Download => Self::Lectures,
            Act::Add
            | Act::WriteDirectives
            | Act::Remind
            | Act::Hide
            | Act::Show
            | Act::ChooseReaders
            | Act::HideAll
            | Act::ShowAll
            | Act::Disclose
            | Act::Arrange
            | Act::Describe
            | Act::Delete
            | Act::AddMeasure
            | Act::CorrectMeasure
            | Act::DeleteMeasure
            | Act::Disown
            | Act::Report
            | Act::AnswerReport
            | Act::Withdraw => Self::Documents,
            Act::Block
            | Act::Lift
            | Act::EndGrant
            | Act::DeclareConsent
            | Act::KeepSecret
            | Act::ConsentForColleague
            | Act::Authorise
            | Act::GiveCode
            | Act::UseCode
            | Act::Contest
            | Act::FindPerson
            | Act::Share
            | Act::EndShare
            | Act::OpenShare
            | Act::LeaveNote
            | Act::DropNote => Self::Acces,
            Act::BreakGlass | Act::Dispatch => Self::Urgences,
            Act::ReadHistory
            | Act::Prove
            | Act::ReadSettings
            | Act::ChangeSettings
            | Act::DropDevice
            | Act::ChangeContact
            | Act::Announce
            | Act::Oppose
            | Act::OpenSpace
            | Act::Close
            | Act::Reopen
            | Act::SignIn
            | Act::SignOut => Self::Compte,
        }
    }
}

impl ByRight {
    /// The group of a line: each is in one.
    pub fn of(line: &Trace) -> Self {
        match line.right {
            None => Self::Refus,
            Some(Right::Own | Right::Representation) => Self::Soi,
            Some(
                Right::DeclaredConsent
                | Right::ProvedConsent
                | Right::Establishment
                | Right::CareTeam
                | Right::TreatingDoctor
                | Right::Administrator
                | Right::Share,
            ) => Self::Accord,
            Some(Right::BreakGlass | Right::Dispatch) => Self::Urgence,
            Some(Right::Author | Right::Deposit) => Self::Auteur,
            Some(Right::Search | Right::System) => Self::Autre,
        }
    }
}

impl Sought {
    /// Whether a line is asked for, but for whose alone and when it was.
    pub fn keeps(&self, line: &Trace, viewer: &Viewer) -> bool {
        self.who.is_none_or(|who| who.is(&line.who, viewer))
            && self.doing.is_none_or(|doing| doing == Doing::of(line.act))
            && self.right.is_none_or(|right| right == ByRight::of(line))
    }
}

#[cfg(test)]
mod tests {
    use ambient::Id;
    use vault::RecordId;

    use super::*;
    use crate::{Acting, Authenticated, Level, Refusal};

    fn viewer(acting: Acting) -> Viewer {
        let at = Timestamp::UNIX_EPOCH;
        let level = Level::TwoFactor;
        Viewer {
            account: Id([1; 16]),
            acting,
            authenticated: Authenticated { level, at },
        }
    }

    fn line(who: Who, act: Act, decision: crate::Decision) -> Trace {
        let holder = viewer(Acting::Holder(RecordId(Id([1; 16]))));
        let at = Timestamp::UNIX_EPOCH;
        Trace {
            who,
            ..Trace::new(&holder, act, decision, at)
        }
    }

    #[test]
    fn each_filter_keeps_what_it_says() {
        let own = RecordId(Id([1; 16]));
        let of = RecordId(Id([2; 16]));
        let mother = |name: &str| Acting::Representative {
            own,
            of,
            name: name.to_owned(),
        };
        let anne = viewer(mother("Anne"));
        let represented = |name: &str| Who::Representative {
            name: name.to_owned(),
        };
        let reads = |who| line(who, Act::Read, Ok(Right::Own));
        let by = |who| Sought {
            who: Some(who),
            ..Sought::default()
        };
        assert!(by(ByWhom::Moi).keeps(&reads(represented("Anne")), &anne));
        assert!(!by(ByWhom::Moi).keeps(&reads(represented("Paul")), &anne));
        assert!(by(ByWhom::Proches).keeps(&reads(represented("Paul")), &anne));
        assert!(by(ByWhom::Proches).keeps(&reads(Who::Holder), &anne));
        assert!(!by(ByWhom::Proches).keeps(&reads(represented("Anne")), &anne));
        assert!(by(ByWhom::Carnet).keeps(&reads(Who::System), &anne));
        let blocked = line(Who::System, Act::BreakGlass, Err(Refusal::Blocked));
        let both = |doing, right| Sought {
            doing: Some(doing),
            right: Some(right),
            ..Sought::default()
        };
        assert!(both(Doing::Urgences, ByRight::Refus).keeps(&blocked, &anne));
        assert!(!both(Doing::Urgences, ByRight::Urgence).keeps(&blocked, &anne));
        assert!(!both(Doing::Lectures, ByRight::Refus).keeps(&blocked, &anne));
        assert!(Sought::default().keeps(&blocked, &anne));
    }
}
