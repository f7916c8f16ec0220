//! « Identité de démonstration »: an OpenID provider without passwords, in process.
//!
//! It stands in for Pro Santé Connect (and FranceConnect) in the demonstration and
//! in tests, so that the client code that runs there is the one of production. It
//! knows a client or two and a handful of fictional people; whoever comes picks one. Where no browser comes, one
//! page stands for everybody's phone (CIBA).
//!
//! The server mounts [`DemoIdentity::routes`] under the issuer's path, among the
//! pages, and lends [`DemoIdentity::http`] to the client: its questions to the
//! provider are then answered without a socket.
//!
//! [`Mischief`] makes it lie, for the tests of those who believe it. Never mounted by `serve`.

mod asked;
mod authorize;
mod back_channel;
mod introspect;
mod logout;
mod memory;
mod mischief;
mod phone;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Body,
    routing::{get, post},
};
use http::Uri;
use http_body_util::BodyExt as _;
use jiff::Timestamp;
pub use mischief::Mischief;
use oauth::{
    http::{Http, HttpError, HttpRequest, HttpResponse},
    jwk::SigningKey,
    provider::{Issuer, RegisteredClient},
};
use serde_json::Value;
use tower::ServiceExt as _;
use web::Site;

use crate::memory::Memory;

/// Sentences of this feature.
pub const TEXTS: [(&str, &str); 2] = [
    ("fr", include_str!("../texts/fr.ftl")),
    ("en", include_str!("../texts/en.ftl")),
];

/// Somebody fictional who can be picked.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Names the button: `identite-{key}`. Lower-case letters, digits and hyphens.
    pub key: String,
    /// Their name on the page.
    pub label: String,
    /// Their profession, or what makes their story, on the page.
    pub description: String,
    /// Their `sub`.
    pub subject: String,
    /// The claims of their userinfo, an object; `sub` is added.
    pub userinfo: Value,
}

/// The provider. Clones are the same one.
#[derive(Clone)]
pub struct DemoIdentity(Arc<Provider>);

/// What the handlers share.
struct Provider {
    issuer: Issuer,
    /// The issuer's path on the site.
    path: String,
    identities: Vec<Identity>,
    clients: Vec<RegisteredClient>,
    signed_userinfo: bool,
    site: Arc<Site>,
    foreign_key: SigningKey,
    memory: Mutex<Memory>,
}

impl DemoIdentity {
    /// A provider named `issuer_url`, under which the server mounts [`Self::routes`]
    /// (`https://carnet.example/demo/identite`), with keys of its own, new each time.
    ///
    /// `signed_userinfo`: as a signed token, as FranceConnect does, instead of JSON as
    /// Pro Santé Connect does. Time and randomness are the site's. The first client is ours; others are
    /// software that signs its own users in.
    pub fn new(
        issuer_url: &str,
        identities: Vec<Identity>,
        clients: Vec<RegisteredClient>,
        signed_userinfo: bool,
        site: Arc<Site>,
    ) -> Self {
        let name = issuer_url.trim_end_matches('/').to_owned();
        let path = name.parse::<Uri>().map(|uri| uri.path().to_owned());
        Self(Arc::new(Provider {
            path: path.unwrap_or_default().trim_end_matches('/').to_owned(),
            issuer: Issuer {
                name,
                key: SigningKey::generate(),
            },
            identities,
            clients,
            signed_userinfo,
            site,
            foreign_key: SigningKey::generate(),
            memory: Mutex::default(),
        }))
    }

    /// Everything under the issuer's path; to be wrapped with the other pages.
    pub fn routes(&self) -> Router {
        let discovery = get(back_channel::discovery);
        Router::new()
            .route("/.well-known/openid-configuration", discovery.clone())
            .route("/.well-known/wallet-openid-configuration", discovery)
            .route("/certs", get(back_channel::certs))
            .route("/authorize", get(authorize::show).post(authorize::choose))
            .route("/token", post(back_channel::token))
            .route(
                "/userinfo",
                get(back_channel::userinfo).post(back_channel::userinfo),
            )
            .route("/introspect", post(introspect::introspect))
            .route("/bc-authorize", post(asked::ask))
            .route("/telephone", get(phone::show).post(phone::answer))
            .route("/logout", get(logout::logout))
            .with_state(Arc::clone(&self.0))
    }

    /// Answers a client's questions to the provider in process. Any other address is out of reach.
    pub fn http(&self) -> impl Http + Clone + use<> {
        let (routes, issuer) = (self.routes(), self.0.issuer.name.clone());
        move |request| answer(routes.clone(), issuer.clone(), request)
    }

    /// Makes it lie from now on, in one way; [`Mischief::None`] ends it.
    pub fn set_mischief(&self, mischief: Mischief) {
        self.0.memory().mischief = mischief;
    }
}

impl fmt::Debug for DemoIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DemoIdentity({})", self.0.issuer.name)
    }
}

impl Provider {
    fn now(&self) -> Timestamp {
        self.site.clock.now()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn client(&self, id: &str) -> Option<&RegisteredClient> {
        self.clients.iter().find(|client| client.id == id)
    }

    fn at(&self, endpoint: &str) -> String {
        format!("{}/{endpoint}", self.issuer.name)
    }
}

async fn answer(
    routes: Router,
    issuer: String,
    request: HttpRequest,
) -> Result<HttpResponse, HttpError> {
    let (mut head, body) = request.into_parts();
    let whole = head.uri.to_string();
    head.uri = whole
        .strip_prefix(&issuer)
        .filter(|rest| rest.starts_with('/'))
        .and_then(|rest| rest.parse().ok())
        .ok_or_else(|| HttpError("not an address of the demonstration identity".into()))?;
    let request = http::Request::from_parts(head, Body::from(body));
    let Ok(response) = routes.oneshot(request).await;
    let (head, body) = response.into_parts();
    let body = body.collect().await;
    let body = body.map_err(|error| HttpError(error.to_string()))?;
    Ok(http::Response::from_parts(head, body.to_bytes().into()))
}
