//! PDSm, the French profile (ANS, 3.1.1) of IHE MHD for sharing documents.
//!
//! Two ways in: [`read_transaction`] takes the `Bundle` of a submission set
//! (ITI-65), [`read_simplified`] one `DocumentReference` that carries its file
//! (ITI-105). Both answer a [`Submission`]: bytes apart from metadata, size and
//! hash recomputed, class derived from the type. The rest of the module writes:
//! answers, and the deposits of our own client and generator.

mod build;
mod content;
mod intake;
mod profile;
mod response;
mod simplified;
mod submission;
mod transaction;
mod update;

pub use build::{
    Author, NewDocument, NewSubmission, Organization, bundle, document_reference, restate,
    simplified,
};
pub use content::sha1;
pub use intake::{Class, Intake, Mode};
pub use response::{Answer, transaction_response};
pub use simplified::read_simplified;
pub use submission::{Incoming, Slot, Submission};
pub use transaction::read_transaction;
pub use update::{Change, read_update};
