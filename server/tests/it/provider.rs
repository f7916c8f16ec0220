//! A hostile identity provider against the whole server: a clear page in French, nobody signed in,
//! nothing of what was said in the logs.

use std::sync::Arc;

use account::{Cost, Passwords};
use carnet::{
    serve::{self, Front, pro_sante_connect},
    settings::Settings,
};
use demo_identity::Mischief;
use serde_json::{Value, json};
use testing::{Page, Visitor};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::{
    bed::{Bed, ORIGIN},
    logs::Logs,
};

const HOME: &str = "/pro/connexion";

/// Begins a sign-in, and gives the page of the provider.
async fn begin(visitor: &Visitor) -> Page {
    visitor.get(HOME).await.expect("a page");
    visitor.post(HOME, &[]).await.expect("a page")
}

/// Picks a professional there, and gives the address to which the browser is sent back.
async fn pick(visitor: &Visitor, page: &Page, who: &str) -> String {
    let action = page.attribute("action=\"", "\"").expect("a form");
    let csrf = page
        .between("name=\"csrf\" value=\"", "\"")
        .unwrap_or_default();
    let request = http::Request::post(&action)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(format!(
            "csrf={csrf}&identite={who}"
        )));
    let page = visitor
        .send(request.expect("a request"))
        .await
        .expect("an answer");
    let to = page.headers["location"].to_str().expect("an address");
    to.strip_prefix(ORIGIN).unwrap_or(to).to_owned()
}

/// Nobody is signed in here.
async fn nobody(why: &str, visitor: &Visitor) {
    assert_eq!(visitor.cookie("session"), None, "{why}");
    assert_eq!(
        visitor.get("/pro").await.expect("a page").path,
        HOME,
        "{why}"
    );
}

fn rpps() -> &'static str {
    fiction::staff().anne.rpps
}

#[tokio::test]
async fn no_lie_of_the_provider_signs_anybody_in() {
    let logs = Logs::start();
    let bed = Bed::new().await;
    let french = |key: &str| bed.demo.app.site.texts.get(web::Lang::Fr, key);
    let mut told = vec![];
    for (lie, status, key) in [
        (Mischief::WrongNonce, 403, "refused"),
        (Mischief::WrongIssuer, 403, "refused"),
        (Mischief::WrongAudience, 403, "refused"),
        (Mischief::ForeignKey, 403, "refused"),
        (Mischief::Expired, 400, "expired"),
        (Mischief::AlgNone, 403, "refused"),
        (Mischief::PublicKeyAsSecret, 403, "refused"),
        (Mischief::OtherSubInUserinfo, 403, "refused"),
        (Mischief::UnsignedUserinfo, 403, "refused"),
    ] {
        bed.demo.identity.set_mischief(lie);
        let visitor = bed.visitor();
        let there = begin(&visitor).await;
        let back = pick(&visitor, &there, rpps()).await;
        let page = visitor.get(&back).await.expect("a page");
        let why = format!("{lie:?}");
        assert_eq!(page.status, status, "{why}: {}", page.words());
        assert!(
            page.has(&french(&format!("practice-sign-in-{key}"))),
            "{why}: {}",
            page.words()
        );
        assert!(page.has("pro-sante-connect"), "{why}: no way on");
        nobody(&why, &visitor).await;
        // What was said there serves no second time either.
        let again = visitor.get(&back).await.expect("a page");
        assert_eq!(again.status, 400, "{why}");
        nobody(&why, &visitor).await;
        told.push(back);
    }
    bed.demo.identity.set_mischief(Mischief::None);
    bed.professional("Martin").await;
    let logs = logs.text();
    assert!(logs.contains("a professional's sign-in failed"), "{logs}");
    for back in told {
        let (_, query) = back.split_once('?').expect("a query");
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            assert!(
                name == "iss" || !logs.contains(value),
                "{name} is in the logs"
            );
        }
    }
    let anne = fiction::staff().anne.clone();
    for word in [
        anne.rpps,
        &anne.name(),
        "eyJ",
        "carnet_ac_",
        "carnet_at_",
        "client_secret",
    ] {
        assert!(!logs.contains(word), "{word} is in the logs");
    }
}

#[tokio::test]
async fn an_answer_serves_once_and_in_the_browser_that_asked() {
    let bed = Bed::new().await;
    // Even at a provider that lets a code serve again.
    for lie in [Mischief::None, Mischief::CodeReplayAllowed] {
        bed.demo.identity.set_mischief(lie);
        let (first, second) = (bed.visitor(), bed.visitor());
        let there = begin(&first).await;
        let back = pick(&first, &there, rpps()).await;
        // Login CSRF: the answer is carried into a browser that did not ask, or asked for itself.
        let page = bed.visitor().get(&back).await.expect("a page");
        assert_eq!(page.status, 400, "{}", page.words());
        begin(&second).await;
        let page = second.get(&back).await.expect("a page");
        assert_eq!(page.status, 400, "{}", page.words());
        nobody("login CSRF", &second).await;
        // The code of one in the answer of another.
        let own = begin(&second).await;
        let own = pick(&second, &own, rpps()).await;
        let code = |query: &str| {
            query
                .split(['?', '&'])
                .find(|part| part.starts_with("code="))
                .expect("a code")
                .to_owned()
        };
        let page = second
            .get(&own.replace(&code(&own), &code(&back)))
            .await
            .expect("a page");
        assert_eq!(page.status, 403, "{lie:?} {}", page.words());
        nobody("an injected code", &second).await;
        // In its own browser an answer signs in, once.
        let there = begin(&first).await;
        let back = pick(&first, &there, rpps()).await;
        let page = first.get(&back).await.expect("a page");
        assert!(
            matches!(page.path.as_str(), "/pro" | "/pro/situation"),
            "{} {}",
            page.path,
            page.words()
        );
        let session = first.cookie("session").expect("signed in");
        let page = first.get(&back).await.expect("a page");
        assert_eq!(page.status, 400);
        assert_eq!(
            first.cookie("session"),
            Some(session),
            "and changes nothing"
        );
    }
}

#[tokio::test]
async fn a_session_planted_before_sign_in_is_not_the_one_after() {
    let bed = Bed::new().await;
    let planted = bed.professional("Martin").await;
    let before = planted.cookie("session").expect("signed in");
    // The same browser signs in again: another session, and the old one is over.
    let there = begin(&planted).await;
    let back = pick(&planted, &there, rpps()).await;
    planted.get(&back).await.expect("a page");
    let after = planted.cookie("session").expect("signed in");
    assert_ne!(before, after);
    for (cookie, path) in [(before.as_str(), HOME), ("0123456789abcdef", HOME)] {
        let request = http::Request::get("/pro")
            .header("cookie", format!("session={cookie}"))
            .header("sec-fetch-site", "none")
            .body(axum::body::Body::empty());
        let page = bed
            .visitor()
            .send(request.expect("a request"))
            .await
            .expect("an answer");
        assert_eq!(page.headers["location"], path, "{cookie}");
    }
}

/// How a provider on the wire answers.
#[derive(Clone, Copy, Debug)]
enum Wire {
    Silent,
    HangsUp,
    Endless,
    NotJson,
    Fails,
    Elsewhere,
    OtherIssuer,
    EndpointElsewhere,
    NoKeys,
    BadKeys,
}

/// Answers every request on a port of its own.
async fn provider(wire: Wire) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    let name = issuer.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let issuer = name.clone();
            tokio::spawn(async move {
                let mut head = [0; 8_192];
                let read = stream.read(&mut head).await.unwrap_or_default();
                let asks = String::from_utf8_lossy(&head[..read]).into_owned();
                let answer = wire_answer(wire, &issuer, asks.contains("/certs"));
                match wire {
                    Wire::Silent => tokio::time::sleep(std::time::Duration::from_secs(60)).await,
                    Wire::HangsUp => {}
                    _ => drop(stream.write_all(answer.as_bytes()).await),
                }
            });
        }
    });
    issuer
}

fn wire_answer(wire: Wire, issuer: &str, keys: bool) -> String {
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/certs"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
    });
    let (status, body) = match wire {
        Wire::Endless => ("200 OK", format!("{{\"a\":\"{}\"}}", "a".repeat(3 << 20))),
        Wire::NotJson => ("200 OK", "<html>maintenance</html>".to_owned()),
        Wire::Fails => ("500 Internal Server Error", "{}".to_owned()),
        Wire::Elsewhere => ("302 Found\r\nLocation: http://127.0.0.1:1/", String::new()),
        Wire::OtherIssuer => {
            document["issuer"] = json!("https://other.example");
            ("200 OK", document.to_string())
        }
        Wire::EndpointElsewhere => {
            document["token_endpoint"] = json!("http://evil.example/token");
            ("200 OK", document.to_string())
        }
        Wire::NoKeys if keys => ("404 Not Found", String::new()),
        Wire::BadKeys if keys => ("200 OK", Value::Null.to_string()),
        _ => ("200 OK", document.to_string()),
    };
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

#[tokio::test]
async fn a_provider_that_is_down_slow_endless_or_lies_of_itself_is_a_page() {
    let logs = Logs::start();
    let bed = Bed::new().await;
    for wire in [
        Wire::Silent,
        Wire::HangsUp,
        Wire::Endless,
        Wire::NotJson,
        Wire::Fails,
        Wire::Elsewhere,
        Wire::OtherIssuer,
        Wire::EndpointElsewhere,
        Wire::NoKeys,
        Wire::BadKeys,
    ] {
        let issuer = provider(wire).await;
        let visitor = served(&bed, &issuer);
        let page = tokio::time::timeout(std::time::Duration::from_secs(20), begin(&visitor)).await;
        let page = page.expect("it does not wait for ever");
        assert_eq!(page.status, 503, "{wire:?}: {}", page.words());
        let words = bed
            .demo
            .app
            .site
            .texts
            .get(web::Lang::Fr, "practice-sign-in-unavailable");
        assert!(page.has(&words), "{wire:?}: {}", page.words());
        nobody(&format!("{wire:?}"), &visitor).await;
    }
    // Nothing listens there.
    let visitor = served(&bed, "http://127.0.0.1:1");
    assert_eq!(begin(&visitor).await.status, 503);
    let logs = logs.text();
    assert!(logs.contains("Pro Santé Connect cannot be used"), "{logs}");
    assert!(!logs.contains("secret-tournesol"), "{logs}");
}

/// The application whose provider is at `issuer`.
fn served(bed: &Bed, issuer: &str) -> Visitor {
    let mut settings = Settings::default();
    for (name, value) in [
        ("psc.issuer", issuer),
        ("psc.client", "carnet"),
        ("psc.secret", "secret-tournesol"),
        ("net.hosts", issuer.trim_start_matches("http://")),
        ("net.loopback", "yes"),
        ("net.answer_within", "1s"),
    ] {
        settings.set(name, value);
    }
    let app = &bed.demo.app;
    let passwords = Passwords::new(Cost::light(), app.random()).expect("passwords");
    let identity = Arc::new(pro_sante_connect(&settings).expect("settings"));
    let front = Front::new(&settings, passwords, identity).expect("settings");
    Visitor::new(serve::router(app, front), ORIGIN)
}
