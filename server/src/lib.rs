//! The one program. Start with [`features`]: the table of contents.

pub mod antivirus;
pub mod audit;
pub mod backup;
pub mod bench;
pub mod checkpoints;
pub mod demo;
pub mod doctor;
pub mod erasures;
pub mod features;
pub mod import;
pub mod install;
pub mod jobs;
pub mod keys;
pub mod kit;
pub mod legal;
pub mod mail;
pub mod metrics;
mod packing;
mod pause;
pub mod proof;
pub mod reference;
pub mod registers;
pub mod restore;
pub mod scribe;
pub mod serve;
pub mod settings;
mod sms;
