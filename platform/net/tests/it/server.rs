//! Servers to call, each on a port of its own.

use std::net::SocketAddr;

use axum::{
    Router,
    body::Bytes,
    http::HeaderMap,
    response::Redirect,
    routing::{get, post},
};
use net::MAX_ANSWER;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

pub fn routes() -> Router {
    Router::new()
        .route(
            "/echo",
            post(|headers: HeaderMap, body: Bytes| async move {
                assert_eq!(headers["connection"], "close");
                ([("x-host", headers["host"].clone())], body)
            }),
        )
        .route("/redirect", get(async || Redirect::to("/elsewhere")))
        .route("/elsewhere", get(async || "followed"))
        .route("/limit", get(async || vec![b'x'; MAX_ANSWER]))
        .route("/long", get(async || vec![b'x'; MAX_ANSWER + 1]))
}

/// A well-behaved server.
pub async fn start() -> SocketAddr {
    let (listener, address) = listen().await;
    tokio::spawn(async move { axum::serve(listener, routes()).await });
    address
}

/// A server that says these bytes to whoever asks, `after` again and again, and then hangs up or not.
pub async fn raw(first: &'static str, after: &'static [u8], hangs_up: bool) -> SocketAddr {
    let (listener, address) = listen().await;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(say(stream, first, after, hangs_up));
        }
    });
    address
}

async fn say(mut stream: TcpStream, first: &str, after: &[u8], hangs_up: bool) {
    let _ = stream.read(&mut [0; 4096]).await;
    let mut going = stream.write_all(first.as_bytes()).await.is_ok();
    while going && !after.is_empty() {
        going = stream.write_all(after).await.is_ok();
    }
    if going && !hangs_up {
        std::future::pending::<()>().await;
    }
}

pub async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}
