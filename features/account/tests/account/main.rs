//! A person's account from outside, page by page.

mod activation;
mod closing;
mod house;
mod keeping;
mod opening;
mod recovery;
mod registry;
mod sign_in;
