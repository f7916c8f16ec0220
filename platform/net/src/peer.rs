use std::{
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, Uri, Version, header, uri::PathAndQuery};
use http_body_util::{BodyExt as _, Full};
use hyper::{body::Incoming, client::conn::http1};
use hyper_util::rt::TokioIo;
use tokio_rustls::rustls::ClientConfig;

use crate::{NetError, Timeouts, allowed::Target, connect, in_time, tls};

/// Connections kept open while nobody uses them.
const KEPT: usize = 32;

/// A machine of the installation's own, which a setting names: an object store.
///
/// It may be a private one, and without TLS, as the database may: that is the
/// operator's choice. Nothing that a visitor sends says where requests go, and
/// connections are kept.
#[derive(Debug)]
pub struct Peer {
    target: Target,
    tls: Arc<ClientConfig>,
    timeouts: Timeouts,
    idle: Mutex<Vec<Sender>>,
}

type Sender = http1::SendRequest<Full<Bytes>>;

impl Peer {
    /// The machine at `address` (`https://host…`), trusting the authorities that browsers trust.
    ///
    /// # Errors
    /// When it is no such address.
    pub fn new(address: &str) -> Result<Self, NetError> {
        let address: Uri = address.parse().map_err(|_| NetError::Address)?;
        Ok(Self {
            target: Target::of(&address)?,
            tls: tls::config(tls::public_roots()),
            timeouts: Timeouts {
                // Megabytes may be under way.
                total: Duration::from_secs(60),
                ..Timeouts::default()
            },
            idle: Mutex::default(),
        })
    }

    /// Sends one request to it and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`NetError`]: no complete answer came.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, NetError> {
        let (mut head, body) = request.into_parts();
        let root = PathAndQuery::from_static("/");
        head.uri = Uri::from(head.uri.path_and_query().cloned().unwrap_or(root));
        head.version = Version::HTTP_11;
        let host = HeaderValue::from_str(&self.target.authority).map_err(|_| NetError::Address)?;
        head.headers.insert(header::HOST, host);
        let mut request = Request::from_parts(head, Full::from(body));
        let whole = async {
            // A kept connection may have been closed at the other end: then nothing was sent.
            while let Some(mut sender) = self.kept() {
                if sender.ready().await.is_err() {
                    continue;
                }
                match sender.try_send_request(request).await {
                    Ok(answer) => return self.read(sender, answer).await,
                    Err(mut failed) => match failed.take_message() {
                        Some(unsent) => request = unsent,
                        None => return Err(self.broken(failed.into_error())),
                    },
                }
            }
            let mut sender = in_time(self.timeouts.connect, &self.target, self.connect()).await?;
            let answer = sender.send_request(request).await;
            self.read(sender, answer.map_err(|error| self.broken(error))?)
                .await
        };
        in_time(self.timeouts.total, &self.target, whole).await
    }

    async fn connect(&self) -> Result<Sender, NetError> {
        let addresses = connect::addresses(&self.target).await?;
        let stream = connect::to(&addresses, &self.target, &self.tls).await?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| self.broken(error))?;
        // It ends with its sender; what goes wrong is told to who waits for an answer.
        tokio::spawn(async move { drop(pin!(connection).await) });
        Ok(sender)
    }

    async fn read(
        &self,
        sender: Sender,
        answer: Response<Incoming>,
    ) -> Result<Response<Bytes>, NetError> {
        let (head, body) = answer.into_parts();
        let body = body.collect().await.map_err(|error| self.broken(error))?;
        let mut idle = self.idle();
        if idle.len() < KEPT {
            idle.push(sender);
        }
        drop(idle);
        Ok(Response::from_parts(head, body.to_bytes()))
    }

    fn kept(&self) -> Option<Sender> {
        self.idle().pop()
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Sender>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn broken(&self, error: hyper::Error) -> NetError {
        NetError::Broken(self.target.name(), error)
    }
}
