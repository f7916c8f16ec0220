//! SMART Health Links (HL7 « SMART Health Cards and Links », links specification): what a link says,
//! what its manifest is asked and answers, and how its files are encrypted.
//!
//! Pure functions: time, keys and nonces are parameters.

mod jwe;
mod link;
mod manifest;

pub use jwe::{BadJwe, decrypt, encrypt};
pub use link::{BadLink, Link};
pub use manifest::{BadRequest, File, Manifest, Request, WrongPasscode};

/// The content type of a file that holds FHIR.
pub const FHIR: &str = "application/fhir+json";
/// The content type of an encrypted file that is fetched by itself.
pub const JOSE: &str = "application/jose";
