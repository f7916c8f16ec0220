//! An answer that is written piece by piece, so that a long one is never whole in memory.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;

struct Pieces<I>(I);

/// The body made of these pieces, each made when it is sent.
pub fn streamed(pieces: impl Iterator<Item = String> + Send + Unpin + 'static) -> Body {
    Body::new(Pieces(pieces))
}

impl<I: Iterator<Item = String> + Unpin> HttpBody for Pieces<I> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.0.next();
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece.into()))))
    }
}
