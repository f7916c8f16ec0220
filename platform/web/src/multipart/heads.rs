//! The heads of the parts of a form, before they are read: a browser writes the name of a file into
//! one as it is, and some names hold what no head may. What a head may not hold becomes a space; what
//! the parts hold is passed on as it came.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{body::Body, extract::Request};
use bytes::Bytes;
use http::header;
use http_body::Frame;

/// A head longer than this is passed on as it is, to be refused.
const LONGEST: usize = 16 * 1024;

/// The request with the heads of its parts cleaned; as it came when it is no form of parts.
pub(super) fn cleaned(request: Request) -> Request {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let boundary = kind.and_then(|kind| boundary(kind.to_str().ok()?));
    match boundary.map(Heads::new) {
        Some(heads) => request.map(|inner| {
            let heads = Some(heads);
            Body::new(Cleaned { inner, heads })
        }),
        None => request,
    }
}

fn boundary(kind: &str) -> Option<&str> {
    let at = kind.to_ascii_lowercase().find("boundary=")? + "boundary=".len();
    let rest = &kind[at..];
    let boundary = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([';', ' ']).next(),
    };
    boundary.filter(|text| !text.is_empty())
}

struct Cleaned {
    inner: Body,
    /// `None` once the end was passed on.
    heads: Option<Heads>,
}

impl http_body::Body for Cleaned {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(context);
        let Some(heads) = &mut self.heads else {
            return polled;
        };
        match polled {
            Poll::Ready(Some(Ok(frame))) => {
                let frame = frame.map_data(|bytes| Bytes::from(heads.pass(&bytes)));
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(None) => {
                let rest = std::mem::take(&mut heads.head);
                self.heads = None;
                match rest.is_empty() {
                    true => Poll::Ready(None),
                    false => Poll::Ready(Some(Ok(Frame::data(rest.into())))),
                }
            }
            other => other,
        }
    }
}

/// Where in a form of parts one is.
struct Heads {
    /// What stands before each part.
    divider: Vec<u8>,
    /// How much of it was just read.
    matched: usize,
    /// Within a head: what of it was read and not yet passed on.
    within: bool,
    head: Vec<u8>,
}

impl Heads {
    fn new(boundary: &str) -> Self {
        Self {
            divider: format!("\r\n--{boundary}").into_bytes(),
            // The first one stands at the very beginning.
            matched: 2,
            within: false,
            head: vec![],
        }
    }

    fn pass(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() + self.head.len());
        for byte in bytes {
            if !self.within {
                out.push(*byte);
                self.matched = match self.divider.get(self.matched) == Some(byte) {
                    true => self.matched + 1,
                    // A divider has no other line end in it than its first.
                    false => usize::from(*byte == b'\r'),
                };
                if self.matched == self.divider.len() {
                    (self.within, self.matched) = (true, 0);
                }
                continue;
            }
            self.head.push(*byte);
            let whole = self.head.ends_with(b"\r\n\r\n");
            if whole || self.head.len() > LONGEST {
                let head = std::mem::take(&mut self.head);
                match whole {
                    true => out.extend(clean(&head)),
                    false => out.extend(head),
                }
                self.within = false;
            }
        }
        out
    }
}

/// Lines end as they did; within them a control character is a space, and what is no text is marked.
fn clean(head: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(head);
    let spaced = |c: char| if c.is_control() { ' ' } else { c };
    let lines = text.split("\r\n").map(|line| line.chars().map(spaced));
    let lines: Vec<String> = lines.map(Iterator::collect).collect();
    lines.join("\r\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: &[u8] = b"--X\r\nContent-Disposition: form-data; name=f\r\n\r\n";

    fn pass(body: &[u8], sizes: &[usize]) -> Vec<u8> {
        let mut heads = Heads::new("X");
        let (mut out, mut rest, mut n) = (vec![], body, 0);
        while !rest.is_empty() {
            let size = sizes
                .get(n)
                .copied()
                .unwrap_or(rest.len())
                .clamp(1, rest.len());
            out.extend(heads.pass(&rest[..size]));
            (rest, n) = (&rest[size..], n + 1);
        }
        out.extend(heads.head);
        out
    }

    #[test]
    fn a_boundary_is_found_as_browsers_write_it() {
        for (kind, found) in [
            ("multipart/form-data; boundary=X-1", Some("X-1")),
            (
                "multipart/form-data; Boundary=\"X 1\"; charset=utf-8",
                Some("X 1"),
            ),
            ("multipart/form-data; boundary=", None),
            ("text/plain", None),
        ] {
            assert_eq!(boundary(kind), found, "{kind}");
        }
    }

    proptest! {
        #[test]
        fn what_parts_hold_is_passed_on_however_it_comes(
            held in proptest::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'-'), any::<u8>()], 0..80),
            sizes in proptest::collection::vec(1..40_usize, 0..40),
        ) {
            prop_assume!(!held.windows(5).any(|part| part == b"\r\n--X"));
            let body = [HEAD, &held, b"\r\n", HEAD, &held, b"\r\n--X--\r\n"].concat();
            prop_assert_eq!(pass(&body, &sizes), body);
        }

        #[test]
        fn however_it_is_cut_it_comes_to_the_same(
            body in proptest::collection::vec(any::<u8>(), 0..200),
            sizes in proptest::collection::vec(1..40_usize, 0..40),
        ) {
            let body = [HEAD, &body].concat();
            prop_assert_eq!(pass(&body, &sizes), pass(&body, &[]));
        }
    }
}
