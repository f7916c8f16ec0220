//! Outgoing HTTPS to the hosts that the settings name, and to no other.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use net::{Allowed, Outgoing, Timeouts};
//! let allowed = Allowed { hosts: vec!["idp.example".into()], loopback: false };
//! let outgoing = Outgoing::new(allowed, Timeouts::default());
//! let request = http::Request::get("https://idp.example/certs").body(Vec::new())?;
//! let response = outgoing.send(request).await?;
//! # Ok(()) }
//! ```
//! The relying party of the crate `oauth` takes it, `outgoing` being a reference, as
//! `move |request| async move { outgoing.send(request).await.map_err(|e| HttpError(e.to_string())) }`.
//!
//! # What is deliberately absent
//! No redirection is followed, no proxy and no environment variable is read, no
//! cookie is kept, nothing is decompressed, and no connection is kept: a sign-in
//! asks three questions, and an open connection would outlive the check of its address.
//!
//! # Why on hyper itself
//! The address that is checked must be the one that is called, or a name server
//! could change its mind in between: we resolve, check and connect ourselves, and
//! hyper speaks on the connection. Measured on top of what the server has anyway,
//! packages added and CPU seconds of a development build:
//!
//! | stack | packages | CPU |
//! |---|---|---|
//! | `hyper` + `tokio-rustls` (this) | 9 | 40 s |
//! | `hyper-util` client + `hyper-rustls` | 11 | 40 s |
//! | `reqwest` 0.13, rustls, no default features | 45 | 66 s |
//!
//! [`Peer`] is something else: a machine of the installation's own, such as an
//! object store, that one setting names and that is called all the time.

mod address;
mod allowed;
mod connect;
mod exchange;
mod peer;
mod tls;

use std::{sync::Arc, time::Duration};

pub use allowed::Allowed;
use allowed::Target;
pub use peer::Peer;
pub use tls::BadRoots;
use tokio_rustls::rustls::ClientConfig;

/// Longest answer that is read, in bytes.
pub const MAX_ANSWER: usize = 1 << 20;

/// How long to wait for another machine.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For the name, the connection and the TLS handshake together.
    pub connect: Duration,
    /// For everything, from the name to the last byte of the answer.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(15),
        }
    }
}

/// The way out. One for the whole server.
#[derive(Debug, Clone)]
pub struct Outgoing {
    allowed: Allowed,
    timeouts: Timeouts,
    tls: Arc<ClientConfig>,
}

/// Why no answer came. The texts are for the log: they hold a host, never a path or a query.
#[derive(Debug, thiserror::Error)]
pub enum NetError {
    /// The address is not `http(s)://host…`, or holds a user name.
    #[error("not an address that can be called")]
    Address,
    /// The settings do not name this host and port.
    #[error("{0} is not among the hosts allowed")]
    NotAllowed(String),
    /// A number in place of a name, or a name that stands for a machine that is not public.
    #[error("{0} is not a public host")]
    NotPublic(String),
    /// Without TLS, to another machine.
    #[error("{0} would be called without TLS")]
    Plain(String),
    /// The name, the connection or the TLS handshake failed.
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, #[source] std::io::Error),
    /// The other end hung up, or did not speak HTTP/1.1.
    #[error("{0} broke off: {1}")]
    Broken(String, #[source] hyper::Error),
    /// Longer than [`MAX_ANSWER`].
    #[error("{0} answered more than {MAX_ANSWER} bytes")]
    TooLong(String),
    /// See [`Timeouts`].
    #[error("{0} took too long")]
    TooSlow(String),
}

impl Outgoing {
    /// A way out to `allowed`, trusting the authorities that browsers trust.
    pub fn new(allowed: Allowed, timeouts: Timeouts) -> Self {
        Self {
            allowed,
            timeouts,
            tls: tls::config(tls::public_roots()),
        }
    }

    /// The same, which also trusts the authorities in `pem`: those of a trial's own PKI.
    ///
    /// # Errors
    /// [`BadRoots`] when `pem` holds no certificate, or one that cannot be an authority.
    pub fn trusting(self, pem: &[u8]) -> Result<Self, BadRoots> {
        let mut roots = tls::public_roots();
        tls::add(&mut roots, pem)?;
        Ok(Self {
            tls: tls::config(roots),
            ..self
        })
    }

    /// The same way out, to one host alone: one that its caller has checked by a list of their own.
    #[must_use]
    pub fn to_only(&self, host: String) -> Self {
        Self {
            allowed: Allowed {
                hosts: vec![host],
                loopback: self.allowed.loopback,
            },
            ..self.clone()
        }
    }

    /// Sends one request, whose address is absolute, and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`NetError`]: no complete answer came, or the address may not be called.
    pub async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, NetError> {
        let target = self.allowed.target(request.uri())?;
        let whole = async {
            let connecting = connect::connect(&self.allowed, &target, &self.tls);
            let stream = in_time(self.timeouts.connect, &target, connecting).await?;
            exchange::exchange(stream, &target, request).await
        };
        in_time(self.timeouts.total, &target, whole).await
    }
}

async fn in_time<T>(
    limit: Duration,
    target: &Target,
    work: impl Future<Output = Result<T, NetError>>,
) -> Result<T, NetError> {
    tokio::time::timeout(limit, work)
        .await
        .unwrap_or_else(|_| Err(NetError::TooSlow(target.name())))
}
