//! Software at the door: tokens, deposits, and everything that is refused.

mod deposit;
mod harness;
mod hostile;
mod identity;
mod import;
mod replace;
mod token;
