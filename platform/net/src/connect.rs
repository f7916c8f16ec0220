use std::{io, net::SocketAddr, sync::Arc};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, pki_types::ServerName},
};

use crate::{Allowed, NetError, allowed::Target};

/// A connection, with or without TLS.
pub(crate) type Stream = Box<dyn Duplex>;

pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// Connects to an address that was checked, not to a name that may change its mind.
pub(crate) async fn connect(
    allowed: &Allowed,
    target: &Target,
    tls: &Arc<ClientConfig>,
) -> Result<Stream, NetError> {
    let addresses = addresses(target).await?;
    // One address that may not be called condemns the name: somebody plays with it.
    for address in &addresses {
        allowed.admits(target, address.ip())?;
    }
    to(&addresses, target, tls).await
}

/// Connects to the first of these addresses that answers.
pub(crate) async fn to(
    addresses: &[SocketAddr],
    target: &Target,
    tls: &Arc<ClientConfig>,
) -> Result<Stream, NetError> {
    let failed = |error| NetError::Unreachable(target.name(), error);
    let stream = first_that_answers(addresses).await.map_err(failed)?;
    if !target.tls {
        return Ok(Box::new(stream));
    }
    let name = ServerName::try_from(target.host.clone()).map_err(|_| NetError::Address)?;
    let stream = TlsConnector::from(Arc::clone(tls))
        .connect(name, stream)
        .await
        .map_err(failed)?;
    Ok(Box::new(stream))
}

/// The addresses that a target's name has now.
pub(crate) async fn addresses(target: &Target) -> Result<Vec<SocketAddr>, NetError> {
    let found = lookup_host((target.host.as_str(), target.port)).await;
    let found = found.map_err(|error| NetError::Unreachable(target.name(), error))?;
    Ok(found.collect())
}

async fn first_that_answers(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}
