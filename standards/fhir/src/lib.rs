//! FHIR R4 as Carnet speaks it: the door that checks, typed views, PDSm.
//!
//! Resources stay the JSON they came as ([`serde_json::Value`]). What comes in
//! passes one door, [`check`], which answers every [`Problem`] with its place;
//! rules and pages then read through borrowing views ([`DocumentReference`],
//! [`Patient`], [`Bundle`]…) that expose only what they use. [`pdsm`] is the
//! French profile for sharing documents: reading a deposit and writing one.

mod audit_event;
mod bundle;
mod capability;
mod check;
mod codes;
mod document_reference;
mod element;
pub mod measure;
mod outcome;
mod party;
mod path;
mod patient;
pub mod pdsm;
mod problem;
mod read;
mod searchset;
pub mod system;
mod time;

pub use audit_event::{Audit, AuditAction, AuditAgent, AuditOutcome, audit_event};
pub use bundle::{Bundle, Entry};
pub use capability::capability_statement;
pub use check::{STACK, check, this_thread_has_stack};
pub use document_reference::{Attachment, DocumentReference, SourcePatient};
pub use element::{Code, Coding, Identifier, Reference, is_id};
pub use outcome::operation_outcome;
pub use party::Party;
pub use patient::{Patient, patient};
pub use problem::{Issue, Problem, Severity, status};
pub use read::{MAX_DEPTH, read};
pub use searchset::{SearchEntry, Searchset, searchset};
pub use time::{date_time, instant};
