//! Fictional people, professionals and documents, made by our own generator.
//!
//! The demonstration, the tests, the benches and the compression dictionary all
//! need lives that look real and belong to nobody. Everything here is a pure
//! function of a [`Random`](ambient::Random) and a `now`: the same seed gives
//! the same bytes. Numbers are impossible on purpose (commune 999, department
//! 99, RPPS and FINESS in 99, telephones of the range kept for fiction, mail at
//! example.org), and every document says « fictif ».
//!
//! ```
//! let now = "2026-06-12T08:00:00Z".parse().unwrap();
//! let cast = fiction::cast(now);
//! let staff = fiction::staff();
//! let random = ambient::SeededRandom::new(1);
//! let life = fiction::documents(&cast.karim, &staff, &random, now);
//! let deposit = life[0].to_pdsm_bundle(&cast.karim);
//! assert_eq!(deposit["type"], "transaction");
//! ```

mod cast;
mod catalogue;
mod directory;
mod document;
mod insured;
mod lab;
mod life;
mod many;
mod names;
mod paris;
pub mod pdf;
mod person;
pub mod png;
mod professional;
mod psc;
#[cfg(test)]
mod reference_tests;
mod sheet;
mod stories;

pub use cast::{Cast, cast};
pub use directory::{finess_stock, rpps};
pub use document::{Author, Doc, Flag};
pub use insured::insured_csv;
pub use many::many;
pub use person::{Person, Story, people};
pub use professional::{Facility, Professional, Situation, Specialty, Staff, staff};
pub use psc::userinfo;
pub use stories::{documents, lately};

/// Where the images of fictional people would be kept.
pub const IMAGES_AT: &str = "images.example.org";
