//! Web Push: a message that one browser reads, handed to its push service.

use std::{future::Future, pin::Pin, sync::Arc};

use access::{Gone, Message};
use ambient::{Clock, Random, SystemClock, SystemRandom};
use anyhow::{Context, bail, ensure};
use http::{Request, Response};
use push::{Subscription, Urgency, Vapid};

use crate::{serve, settings::Settings};

type Answer = Pin<Box<dyn Future<Output = anyhow::Result<Response<Vec<u8>>>> + Send>>;
/// How a push service is called, its host given.
type Call = Arc<dyn Fn(String, Request<Vec<u8>>) -> Answer + Send + Sync>;

/// What hands messages to push services, as the settings describe it.
pub struct Pusher {
    vapid: Vapid,
    /// Who may be written to about what we send.
    contact: String,
    hosts: Vec<String>,
    /// Without TLS, to this machine: trials and tests.
    plain: bool,
    call: Call,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Pusher {
    /// The one of the settings, which calls the hosts of push.hosts and no other; `None` without a key.
    ///
    /// # Errors
    /// When a setting cannot be read.
    pub fn new(settings: &Settings) -> anyhow::Result<Option<Self>> {
        let key = settings.secret("push.key");
        if key.expose().is_empty() {
            return Ok(None);
        }
        let outgoing = serve::outgoing(settings)?;
        let call: Call = Arc::new(move |host, request| {
            let outgoing = outgoing.to_only(host);
            Box::pin(async move { Ok(outgoing.send(request).await?) })
        });
        let hosts = settings.get("push.hosts").split(',').map(str::trim);
        let vapid = Vapid::read(key.expose());
        Ok(Some(Self {
            vapid: vapid.context("setting push.key is no key: « carnet keys push » makes one")?,
            contact: settings.get("origin").to_owned(),
            hosts: hosts.map(str::to_lowercase).collect(),
            plain: settings.is_on("net.loopback"),
            call,
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
        }))
    }

    /// What browsers subscribe with.
    pub fn key(&self) -> &str {
        self.vapid.public()
    }

    /// Whether its push service is one that may be called.
    pub fn reaches(&self, to: &Subscription) -> bool {
        let sealed = self.plain || to.endpoint.starts_with("https://");
        let host = to.host();
        let host = host.strip_suffix(":443").unwrap_or(&host);
        sealed && self.hosts.iter().any(|known| names(known, host))
    }

    /// Hands a message over.
    ///
    /// # Errors
    /// [`Gone`] when the subscription exists no more; otherwise it may be tried again. The error
    /// holds no endpoint and no text.
    pub async fn send(&self, message: &Message) -> anyhow::Result<()> {
        let to: Subscription = serde_json::from_str(&message.to).ok().context(Gone)?;
        // A service that the operator no longer admits.
        ensure!(self.reaches(&to), Gone);
        let text = serde_json::json!({"title": message.subject, "body": message.body});
        let (mut secret, mut salt) = ([0; 32], [0; 16]);
        self.random.fill(&mut secret);
        self.random.fill(&mut salt);
        let body = push::encrypt(&to, text.to_string().as_bytes(), &secret, salt)?;
        let now = self.clock.now();
        let says = self.vapid.authorization(&to.origin(), &self.contact, now);
        let request = push::request(&to, &says, Urgency::Normal, body)?;
        let answer = (self.call)(to.host(), request).await?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status if push::is_gone(status) => Err(Gone.into()),
            status => bail!("the push service answers {}", status.as_u16()),
        }
    }
}

/// Whether a host is the one that a setting names, or below it: `*.push.example`.
fn names(known: &str, host: &str) -> bool {
    match known.strip_prefix('*') {
        Some(end) => host.len() > end.len() && host.ends_with(end) && end.starts_with('.'),
        None => known == host,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use access::Channel;
    use axum::{Router, extract::State, http::StatusCode, routing::post};

    use super::*;

    const POINT: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";

    type Seen = Arc<Mutex<Vec<(http::HeaderMap, Vec<u8>)>>>;

    /// A push service on this machine: what is posted to /gone is of nobody.
    async fn service() -> (String, Seen) {
        let seen = Seen::default();
        let took =
            async |State(seen): State<Seen>, head: http::HeaderMap, body: axum::body::Bytes| {
                seen.lock().expect("alone").push((head, body.to_vec()));
                StatusCode::CREATED
            };
        let router = Router::new()
            .route("/one", post(took))
            .route("/gone", post(async || StatusCode::GONE))
            .route("/busy", post(async || StatusCode::TOO_MANY_REQUESTS))
            .with_state(Arc::clone(&seen));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let at = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move { axum::serve(listener, router).await });
        (at, seen)
    }

    fn pusher(hosts: &str, loopback: &str) -> Pusher {
        let mut settings = Settings::default();
        settings.set("push.key", KEY);
        settings.set("push.hosts", hosts);
        settings.set("net.loopback", loopback);
        Pusher::new(&settings).expect("settings").expect("a key")
    }

    fn message(endpoint: &str) -> Message {
        let to = Subscription::read(endpoint, POINT, AUTH).expect("a subscription");
        Message {
            channel: Channel::Push,
            to: serde_json::to_string(&to).expect("JSON"),
            subject: "Carnet".to_owned(),
            body: "Du nouveau dans votre espace.".to_owned(),
        }
    }

    #[tokio::test]
    async fn a_service_gets_a_message_that_it_cannot_read_and_says_when_nobody_is_there() {
        let (at, seen) = service().await;
        let pusher = pusher(&at, "yes");
        let sent = pusher.send(&message(&format!("http://{at}/one"))).await;
        sent.expect("handed over");
        {
            let seen = seen.lock().expect("alone");
            let [(head, body)] = &seen[..] else {
                panic!("one message")
            };
            assert_eq!(head["content-encoding"], "aes128gcm");
            assert_eq!(head["urgency"], "normal");
            assert!(
                head["ttl"]
                    .to_str()
                    .is_ok_and(|ttl| ttl.parse::<u32>().is_ok())
            );
            let says = head["authorization"].to_str().expect("text");
            assert!(says.starts_with("vapid t=") && says.ends_with(pusher.key()));
            let read = String::from_utf8_lossy(body);
            assert!(!read.contains("nouveau") && body.len() > 100);
        }
        let sent = pusher.send(&message(&format!("http://{at}/gone"))).await;
        assert!(sent.expect_err("nobody").is::<Gone>());
        let sent = pusher.send(&message(&format!("http://{at}/busy"))).await;
        let error = sent.expect_err("tried again later");
        assert!(!error.is::<Gone>() && !format!("{error:#}").contains("/busy"));
    }

    #[tokio::test]
    async fn a_service_that_is_not_named_is_not_called() {
        let (at, seen) = service().await;
        let pusher = pusher("push.example, *.wide.example", "yes");
        let sent = pusher.send(&message(&format!("http://{at}/one"))).await;
        assert!(sent.is_err() && seen.lock().expect("alone").is_empty());
        let takes = |pusher: &Pusher, endpoint: &str| {
            let to = Subscription::read(endpoint, POINT, AUTH);
            to.is_ok_and(|to| pusher.reaches(&to))
        };
        let strict = super::tests::pusher("push.example, *.wide.example", "no");
        for good in [
            "https://push.example/a",
            "https://PUSH.example:443/a",
            "https://a.wide.example/",
        ] {
            assert!(takes(&strict, good), "{good}");
        }
        for bad in [
            "http://push.example/a",
            "https://push.example:8443/",
            "https://a.push.example/",
            "https://wide.example/",
            "https://evilwide.example/",
            "https://push.example.evil.example/",
            "https://127.0.0.1/",
        ] {
            assert!(!takes(&strict, bad), "{bad}");
        }
    }

    #[test]
    fn a_key_that_is_none_is_said_at_start() {
        let mut settings = Settings::default();
        assert!(Pusher::new(&settings).expect("settings").is_none());
        settings.set("push.key", "abc");
        assert!(Pusher::new(&settings).is_err());
    }
}
