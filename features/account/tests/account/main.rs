//! A person's account from outside, page by page.

mod activation;
mod house;
mod keeping;
mod opening;
mod recovery;
mod registry;
mod sign_in;
