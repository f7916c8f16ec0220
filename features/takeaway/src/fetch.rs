//! `/parametres/emporter/carnet.zip`: the archive, part after part.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use access::{Act, Person, TakeAway};
use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderValue, header};
use http_body::{Frame, SizeHint};
use tokio::sync::mpsc;
use web::Problem;

/// Parts that wait for a slow reader.
const AHEAD: usize = 1;

/// Parts as they are read.
struct Parts {
    parts: mpsc::Receiver<anyhow::Result<Bytes>>,
    left: u64,
}

impl http_body::Body for Parts {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.parts.poll_recv(context).map(|part| {
            let part = part?.map_err(|error| axum::Error::new(error.into_boxed_dyn_error()));
            if let Ok(bytes) = &part {
                self.left = self.left.saturating_sub(bytes.len() as u64);
            }
            Some(part.map(Frame::data))
        })
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Sends it.
pub(crate) async fn fetch(person: Person) -> Result<Response, Problem> {
    let clearance = person.enter(Act::FetchArchive).await?;
    let TakeAway { parts, .. } = clearance.fetch_take_away().await?;
    let size = parts.iter().map(|part| part.size).sum();
    let (sender, receiver) = mpsc::channel(AHEAD);
    let app = person.app;
    tokio::spawn(async move {
        for part in parts {
            let read = app.gate.read_file(&part, 0..part.size).await;
            let read = read.map(Bytes::from).map_err(crate::parts::failed);
            let broken = read.is_err();
            // Who went away reads no more.
            if sender.send(read).await.is_err() || broken {
                break;
            }
        }
    });
    let body = Parts {
        parts: receiver,
        left: size,
    };
    let mut response = Response::new(Body::new(body));
    let set = [
        (header::CONTENT_TYPE, "application/zip"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"carnet.zip\"",
        ),
    ];
    for (name, value) in set {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
