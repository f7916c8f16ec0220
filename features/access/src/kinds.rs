//! What entries hold. Numbers are stored: never changed, never reused.
//!
//! 1–999 are FHIR resources, 1000–1999 are our own, 2000– are derived and can be rebuilt.

use ambient::Id;
use vault::Kind;

/// FHIR `Patient`: the person's identity (volume `policy`).
pub const PATIENT: Kind = Kind(1);
/// FHIR `DocumentReference` with our corrections beside (volume `clinical`).
pub const DOCUMENT: Kind = Kind(2);

/// FHIR `Bundle`: what was measured in a month (volume `measures`).
pub const MEASURES: Kind = Kind(3);

/// State of the space.
pub const SPACE: Kind = Kind(1000);
/// The holder's settings and contacts.
pub const SETTINGS: Kind = Kind(1001);
/// An authorisation.
pub const GRANT: Kind = Kind(1002);
/// A blocked professional.
pub const BLOCK: Kind = Kind(1003);
/// A legal representative.
pub const REPRESENTATION: Kind = Kind(1004);
/// One line of the journal.
pub const TRACE: Kind = Kind(1005);
/// What the holder has already seen.
pub const DESK: Kind = Kind(1006);
/// A line of a professional's register: a record that they opened (volume `journal`).
pub const OPENING: Kind = Kind(1007);
/// When a professional last looked at a record, or that it was entrusted to them (their own record,
/// or that of a place, volume `agenda`).
pub const VISIT: Kind = Kind(1008);
/// An emergency that a professional, or the operator, was told of.
pub const EMERGENCY: Kind = Kind(1012);
/// The folders in which the holder keeps documents (volume `clinical`).
pub const FOLDERS: Kind = Kind(1020);
/// An access that the person contests, with what was said of it (volume `mail`), and the operator's
/// copy of it.
pub const CONTEST: Kind = Kind(1030);

/// Documents that a person shares once (volume `policy`).
pub const SHARE: Kind = Kind(1050);
/// A note that the reader of a share left (volume `mail`).
pub const NOTE: Kind = Kind(1051);
/// An archive of everything, for who asked for it (volume `mail`).
pub const TAKE_AWAY: Kind = Kind(1052);
/// Advance directives that are being written (volume `mail`).
pub const DIRECTIVES_DRAFT: Kind = Kind(1053);

/// A document that was set aside with its depositor (their quarantine, volume `agenda`).
pub const HELD: Kind = Kind(1080);
/// That a document which a professional had opened, or deposited, was removed (their own record).
pub const REMOVED: Kind = Kind(1081);
/// That a document was in the wrong record (the operator's list).
pub const MISFILED: Kind = Kind(1082);
/// A batch that a depositor calls back (their quarantine, volume `agenda`).
pub const RECALL: Kind = Kind(1083);
/// Something that is wrong with a document (volume `mail`).
pub const REPORT: Kind = Kind(1090);
/// The copy of that, with whoever deposited the document (their quarantine, volume `agenda`).
pub const FLAGGED: Kind = Kind(1091);
/// Files that another application handed over, until they are wanted (volume `mail`).
pub const RECEIVED: Kind = Kind(1092);

/// A professional whose account is suspended (the operator's list).
pub const SUSPENSION: Kind = Kind(1013);
/// Somebody who was at work in a place (the place's register).
pub const MEMBER: Kind = Kind(1040);
/// That a register is to be read: by whom, why, who approves, when it was (the operator's list).
pub const WARRANT: Kind = Kind(1041);
/// A first opening, where the watch looks (journal of an account's and of a place's register).
pub const SEEN: Kind = Kind(1042);
/// The words of a document (volume `text`).
pub const WORDS: Kind = Kind(2000);
/// The text that was drawn from a document (volume `text`).
pub const TEXT: Kind = Kind(2001);

/// Ids of things of which a record has one.
pub mod only {
    use super::Id;

    /// The identity.
    pub const PATIENT: Id = Id([1; 16]);
    /// The state of the space.
    pub const SPACE: Id = Id([2; 16]);
    /// The settings.
    pub const SETTINGS: Id = Id([3; 16]);
    /// What was seen.
    pub const DESK: Id = Id([4; 16]);
    /// The advance directives that are being written.
    pub const DIRECTIVES_DRAFT: Id = Id([53; 16]);
    /// The folders.
    pub const FOLDERS: Id = Id([20; 16]);
}
