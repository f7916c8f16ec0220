//! Time, randomness and identifiers as parameters.
//!
//! Nothing in Carnet asks the machine for the time or for random bytes behind
//! its caller's back: both come through these traits, so that a delay of six
//! weeks is tested in a millisecond and a failing test can be replayed.

mod clock;
mod id;
mod random;
mod secret;
mod space;

pub use clock::{Clock, HandClock, SystemClock};
pub use id::{BadId, Id};
pub use random::{Random, SeededRandom, SystemRandom};
pub use secret::Secret;
pub use space::NoSpace;
