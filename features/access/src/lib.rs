//! Who may open a record, by which right, and the trace of it.
//!
//! [`decide`] is the one decision, pure. [`Gate`] holds the vault's opener and
//! decides before using it; a yes is a [`Clearance`], and an opened record is
//! read only through it: a step sees what the viewer may see, and its line in
//! the journal is durable before anything is shown.
//!
//! Pages: `/acces` (who may, blocks), `/historique`, `/notifications`.

mod act;
mod antivirus;
pub mod aside;
mod asked;
mod audit;
mod carnet;
mod carried;
pub mod contest;
mod counter;
pub mod decide;
mod desk;
pub mod directives;
pub mod directory;
mod disclosure;
mod ending;
mod gate;
mod imaging;
pub mod item;
pub mod journal;
pub mod kinds;
mod lasting;
mod limits;
mod matrix;
mod newest;
mod note;
pub mod notices;
pub mod openings;
pub mod pages;
pub mod policy;
mod post;
mod reach;
mod received;
mod register;
pub mod report;
mod room;
mod rules;
mod scribe;
mod secret;
mod session;
pub mod share;
mod shelf;
mod suspension;
mod takeaway;
mod told_ends;
mod topics;
mod types;
mod unread;
mod viewer;
mod visit;
mod visits;
pub mod warrant;
pub mod watch;
pub mod ways;

pub use antivirus::{Antivirus, NotKept, Verdict};
pub use asked::{ByRight, ByWhom, Doing, Sought};
pub use audit::{ACTS, Audited, action as audit_action, code as audit_code, patient_reference};
pub use carnet::{App, Carnet};
pub use carried::{Carried, Carrying};
pub use counter::{Shown, Used};
pub use decide::{Act, Decision, Refusal, Right, Rules, decide};
pub use desk::{Desk, Told, ToldPage};
pub use disclosure::{Disclosure, Release};
pub use gate::{
    Clearance, Cursor, Derived, Drawn, ERASED, ErasedThing, Gate, HistoryPage, Plan, Refused,
    Scope, Span, drawn_names,
};
pub use imaging::ImageViewers;
pub use item::{Flags, Item};
pub use lasting::Lasting;
pub use limits::Limits;
pub use matrix::{AccessMatrix, MatrixFault, Pairs};
pub use note::{Left, Note};
pub use notices::{Choice, Choices, NoticeKind, NoticeKinds, When};
pub use policy::Policy;
pub use post::{Channel, Gone, Message, Post, masked};
pub use reach::{Reach, Whom};
pub use received::{END_RECEIVED, Received, ReceivedFile};
pub use register::{Emergency, FILE_EMERGENCY, FORGET_EMERGENCY, TOLD_FOR};
pub use scribe::{Cover, NoScribe, Read, Scribe};
pub use session::{Session, SessionBody, SignedIn};
pub use share::{Maker, NewShare, Opening, Share, To};
pub use shelf::{Key, Nothing, Shelf};
pub use suspension::{Suspension, Why};
pub use takeaway::{Asked, Stage, TakeAway};
pub use told_ends::END_TOLD;
pub use topics::{Topic, Topics};
pub use types::{BadTypes, Category, DocumentType, DocumentTypes, TECHNICAL};
pub use unread::Unread;
pub use viewer::{Acting, Authenticated, Bearer, Depositor, Level, Purpose, Situation, Viewer};
pub use visit::{Anyone, Person, Professional, Source, VERIFY};
pub use visits::{FILE_ENTRUSTED, Visited, WORKLIST};

/// Sentences of this feature.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];
