//! A person's account from outside, page by page.

mod activation;
mod house;
mod keeping;
mod recovery;
mod registry;
mod sign_in;
