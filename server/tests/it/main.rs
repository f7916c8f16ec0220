//! The whole product in process: stories, and the tests that guard all of it.

mod access_table;
mod architecture;
mod bed;
mod bench;
mod corpus;
mod differential;
mod sealed;
mod story;
