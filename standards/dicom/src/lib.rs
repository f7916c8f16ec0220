//! DICOM Key Object Selections (PS3.3 A.35.4): documents that name images and say where they are;
//! the images themselves stay where they were made (IHE XDS-I).
//!
//! What is read is a file of PS3.10 in little endian, explicit or implicit. A file comes from a
//! stranger: lengths are checked before anything is taken, depth and counts are bounded, and no
//! input panics. [`write`] makes such files, for tests and the demonstration.

mod element;
mod kos;
pub mod modality;
pub mod write;

pub use element::{Unread, looks_like_dicom};
pub use kos::{KOS, Kos, Series, read};
