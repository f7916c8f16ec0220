//! Tests of the crate as its users see it.

mod corpus;
mod deposit;
mod hostile;
mod sample;
