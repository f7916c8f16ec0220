//! A person's account from outside, page by page.

mod activation;
mod house;
mod keeping;
mod registry;
mod sign_in;
