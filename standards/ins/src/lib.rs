//! National health identity: numbers, keys and traits.
//!
//! An *Identité nationale de santé* (INS) is a number ([`Matricule`]: a NIR or
//! a NIA) under the OID of the authority that assigned it ([`Identifier`]),
//! together with the strict [`Traits`] of civil status. A document is filed
//! only when the number *and* the traits agree ([`compare`]).
//!
//! Nothing here prints a number: `Debug` is masked and there is no `Display`.

mod birth_date;
mod fold;
mod identifier;
mod matricule;
mod redact;
mod traits;

pub use birth_date::{BadBirthDate, BirthDate};
pub use fold::fold;
pub use identifier::{BadIdentifier, Identifier, oid};
pub use matricule::{Matricule, MatriculeError};
pub use redact::redact;
pub use traits::{Match, Sex, Traits, Warning, compare};
