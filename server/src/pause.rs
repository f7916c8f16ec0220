//! A request whose sender falls silent is not waited for.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::Request,
};
use http_body::Frame;
use tokio::time::{Instant, Sleep, sleep};

/// A body of which each piece must come within a time.
struct Paused {
    body: Body,
    within: Duration,
    until: Pin<Box<Sleep>>,
}

/// The request, whose body breaks off when its sender says nothing for `within`.
pub fn bounded(request: Request, within: Duration) -> Request {
    request.map(|body| match body.is_end_stream() {
        true => body,
        false => Body::new(Paused {
            body,
            within,
            until: Box::pin(sleep(within)),
        }),
    })
}

impl HttpBody for Paused {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            let until = Instant::now() + self.within;
            self.until.as_mut().reset(until);
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        ready!(self.until.as_mut().poll(cx));
        let silent = std::io::Error::from(std::io::ErrorKind::TimedOut);
        Poll::Ready(Some(Err(silent.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
