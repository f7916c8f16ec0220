//! `/parametres`: identity, login, contacts, choices, sessions.

pub(crate) mod again;
pub mod choices;
pub mod contact;
pub mod page;
pub mod password;
pub mod sessions;
