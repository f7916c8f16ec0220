//! The provider in process, with the client code of production before it.

mod endpoints;
mod lies;
mod page;
mod phone;
mod sign_in;
mod stage;
