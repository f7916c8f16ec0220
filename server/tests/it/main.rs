//! The whole product in process: stories, and the tests that guard all of it.

mod access_table;
mod architecture;
mod bad_input;
mod banner;
mod bed;
mod bench;
mod closing;
mod corpus;
mod counter;
mod differential;
mod directory;
mod emergency;
mod headers;
mod hijack;
mod logs;
mod numbers;
mod operation;
mod proof;
mod provider;
mod recovery;
mod sealed;
mod search;
mod story;
mod tools;
mod two_servers;
mod ways;
