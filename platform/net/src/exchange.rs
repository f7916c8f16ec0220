use std::pin::pin;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, Uri, Version, header, uri::PathAndQuery};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;

use crate::{MAX_ANSWER, NetError, allowed::Target, connect::Stream};

/// Longest head of an answer, in bytes.
const MAX_HEAD: usize = 64 * 1024;

/// One question and its answer, then the connection is closed.
pub(crate) async fn exchange(
    stream: Stream,
    target: &Target,
    request: Request<Vec<u8>>,
) -> Result<Response<Vec<u8>>, NetError> {
    let broken = |error| NetError::Broken(target.name(), error);
    let request = on_the_wire(request, target)?;
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MAX_HEAD)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    let asking = async {
        let (head, body) = sender
            .send_request(request)
            .await
            .map_err(broken)?
            .into_parts();
        let read = Limited::new(body, MAX_ANSWER).collect().await;
        let body = read.map_err(|error| {
            if error.is::<LengthLimitError>() {
                return NetError::TooLong(target.name());
            }
            // `Limited` wraps nothing but its own error and the body's.
            match error.downcast::<hyper::Error>() {
                Ok(error) => NetError::Broken(target.name(), *error),
                Err(_) => NetError::TooLong(target.name()),
            }
        })?;
        Ok(Response::from_parts(head, body.to_bytes().into()))
    };
    let (mut asking, mut connection) = (pin!(asking), pin!(connection));
    tokio::select! {
        answer = &mut asking => answer,
        // The other end closed: what it said before may still be waiting to be read.
        _ = &mut connection => asking.await,
    }
}

/// The request in origin form (RFC 9112 §3.2.1): path and query, and the host as a header.
fn on_the_wire(
    request: Request<Vec<u8>>,
    target: &Target,
) -> Result<Request<Full<Bytes>>, NetError> {
    let (mut head, body) = request.into_parts();
    let root = PathAndQuery::from_static("/");
    head.uri = Uri::from(head.uri.path_and_query().cloned().unwrap_or(root));
    head.version = Version::HTTP_11;
    let host = HeaderValue::from_str(&target.authority).map_err(|_| NetError::Address)?;
    head.headers.insert(header::HOST, host);
    head.headers
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    Ok(Request::from_parts(head, Full::from(body)))
}
