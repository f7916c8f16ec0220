//! The crate from outside: own fixtures, hostile files, writing and reading
//! back, and the national examples when they are there.

mod corpus;
mod facts;
mod fixture;
mod hostile;
mod lab;
mod narrative;
mod reading;
mod roundtrip;
mod safe;
