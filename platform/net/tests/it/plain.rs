use std::{net::SocketAddr, time::Duration};

use http::{Request, Response, StatusCode};
use net::{Allowed, MAX_ANSWER, NetError, Outgoing, Timeouts};

use crate::server;

/// Never reached by a server that answers, even on a busy machine.
const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(20),
    total: Duration::from_secs(20),
};

fn outgoing(server: SocketAddr, timeouts: Timeouts) -> Outgoing {
    let allowed = Allowed {
        hosts: vec![server.to_string(), format!("localhost:{}", server.port())],
        loopback: true,
    };
    Outgoing::new(allowed, timeouts)
}

async fn get(server: SocketAddr, path: &str) -> Result<Response<Vec<u8>>, NetError> {
    call(
        &outgoing(server, PATIENT),
        &format!("http://{server}{path}"),
    )
    .await
}

async fn call(outgoing: &Outgoing, url: &str) -> Result<Response<Vec<u8>>, NetError> {
    let request = Request::get(url).body(Vec::new()).expect("a request");
    outgoing.send(request).await
}

#[tokio::test]
async fn a_request_goes_out_whole_and_its_answer_comes_back() {
    let server = server::start().await;
    let url = format!("http://localhost:{}/echo?q=1", server.port());
    let request = Request::post(url).header("host", "forged.example");
    let request = request.body(b"code=1".to_vec()).expect("a request");
    let response = outgoing(server, PATIENT)
        .send(request)
        .await
        .expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.body(), b"code=1");
    let host = format!("localhost:{}", server.port());
    assert_eq!(response.headers()["x-host"], host.as_str());
}

#[tokio::test]
async fn any_status_is_an_answer_and_a_redirection_is_not_followed() {
    let server = server::start().await;
    let response = get(server, "/nowhere").await.expect("an answer");
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let response = get(server, "/redirect").await.expect("an answer");
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], "/elsewhere");
}

#[tokio::test]
async fn an_answer_is_read_up_to_the_limit() {
    let server = server::start().await;
    let response = get(server, "/limit").await.expect("an answer");
    assert_eq!(response.body().len(), MAX_ANSWER);
    let refusal = get(server, "/long").await.expect_err("one byte more");
    assert!(matches!(refusal, NetError::TooLong(_)), "{refusal}");
    let endless = server::raw("HTTP/1.1 200 OK\r\n\r\n", &[b'x'; 1024], false).await;
    let refusal = get(endless, "/").await.expect_err("no end");
    assert!(matches!(refusal, NetError::TooLong(_)), "{refusal}");
    let headers = server::raw("HTTP/1.1 200 OK\r\n", b"x-more: 1\r\n", false).await;
    let refusal = get(headers, "/").await.expect_err("no end");
    assert!(matches!(refusal, NetError::Broken(..)), "{refusal}");
}

#[tokio::test]
async fn who_keeps_us_waiting_is_left() {
    let hasty = Timeouts {
        total: Duration::from_millis(300),
        ..PATIENT
    };
    for begun in ["", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"] {
        let server = server::raw(begun, b"", false).await;
        let refusal = call(&outgoing(server, hasty), &format!("http://{server}/")).await;
        assert!(
            matches!(refusal, Err(NetError::TooSlow(_))),
            "{begun}: {refusal:?}"
        );
    }
    // No handshake comes back: the shorter time, for connecting, is the one that ends it.
    let hasty = Timeouts {
        connect: Duration::from_millis(300),
        ..PATIENT
    };
    let server = server::raw("", b"", false).await;
    let refusal = call(&outgoing(server, hasty), &format!("https://{server}/")).await;
    assert!(matches!(refusal, Err(NetError::TooSlow(_))), "{refusal:?}");
}

#[tokio::test]
async fn who_hangs_up_or_speaks_otherwise_is_an_error() {
    for said in [
        "",
        "220 mail ready\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf",
    ] {
        let server = server::raw(said, b"", true).await;
        let refusal = get(server, "/").await.expect_err("no answer");
        assert!(matches!(refusal, NetError::Broken(..)), "{said}: {refusal}");
    }
    let (listener, closed) = server::listen().await;
    drop(listener);
    let refusal = get(closed, "/").await.expect_err("nobody there");
    assert!(matches!(refusal, NetError::Unreachable(..)), "{refusal}");
}

#[tokio::test]
async fn without_the_setting_this_machine_is_not_reached() {
    let server = server::start().await;
    let port = server.port();
    let allowed = |loopback| Allowed {
        hosts: vec![format!("localhost:{port}"), server.to_string()],
        loopback,
    };
    let closed = Outgoing::new(allowed(false), PATIENT);
    let refused = async |url: String| call(&closed, &url).await.expect_err("refused");
    let refusal = refused(format!("http://localhost:{port}/")).await;
    assert!(matches!(refusal, NetError::Plain(_)), "{refusal}");
    let refusal = refused(format!("https://localhost:{port}/")).await;
    assert!(matches!(refusal, NetError::NotPublic(_)), "{refusal}");
    let refusal = refused(format!("https://{server}/")).await;
    assert!(matches!(refusal, NetError::NotPublic(_)), "{refusal}");
    let open = Outgoing::new(allowed(true), PATIENT);
    let refusal = call(&open, &format!("http://localhost:{}/", port ^ 1)).await;
    assert!(
        matches!(refusal, Err(NetError::NotAllowed(_))),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn an_error_names_the_host_and_nothing_private() {
    let (listener, closed) = server::listen().await;
    drop(listener);
    for url in [
        format!("http://{closed}/who?code=secret"),
        "https://x.example/?code=secret".into(),
    ] {
        let refusal = call(&outgoing(closed, PATIENT), &url)
            .await
            .expect_err("refused");
        assert!(!format!("{refusal} {refusal:?}").contains("secret"));
    }
}
