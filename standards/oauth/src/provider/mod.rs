//! An authorization server and OpenID provider, as values: the demonstration
//! identity provider, the server that services and software talk to, and the
//! hostile provider of our own tests.
//!
//! A sign-in passes through four calls, with the caller's store between them:
//! [`AuthorizationRequest::parse`] when the browser comes; when the person
//! agrees, [`AuthorizationRequest::grant`], stored under the hash of a code
//! ([`crate::token::Kind::Code`]) that [`AuthorizationRequest::accepted`] sends
//! back; [`TokenRequest::parse`] when the client comes with the code; and
//! [`Grant::redeem`] on the grant, which the caller **removed** from the store.
//! A code presented again finds nothing; what it had given should then be revoked
//! (RFC 6749 §4.1.2).
//!
//! Without a browser (CIBA): [`BackchannelRequest::parse`], a [`Backchannel`] that the person
//! confirms elsewhere, and [`Backchannel::poll`] each time that the client comes for tokens.

mod authorize;
mod ciba;
mod client;
mod issuer;
mod tokens;

pub use authorize::{AuthorizationError, AuthorizationRequest, Grant};
pub use ciba::{Backchannel, BackchannelRequest};
pub use client::{ClientProof, Presented, RegisteredAuth, RegisteredClient};
pub use issuer::Issuer;
pub use tokens::TokenRequest;
