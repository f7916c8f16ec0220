//! A browser without a screen, and what tests look for.
//!
//! [`Visitor`] walks through the whole application in process: cookies, redirects
//! and form tokens as a browser would. Tests use it, and so does the demo to set
//! itself up through the same pages as everyone.

#[cfg(feature = "camera")]
mod camera;
mod canary;
mod spoil;
mod stored;
mod visitor;

#[cfg(feature = "camera")]
pub use camera::scan;
pub use canary::Canary;
pub use spoil::spoil;
pub use stored::stored_bytes;
pub use visitor::{Page, Visitor};
