//! A site with the provider on it, and a client that signs people in.

use std::sync::Arc;

use ambient::{HandClock, SeededRandom};
use axum::{Router, extract::RawQuery, routing::get};
use demo_identity::{DemoIdentity, Identity, TEXTS};
use jiff::Timestamp;
use oauth::{
    client::{Ask, Callback, ClientAuth, Pending, Provider, Registration, SignInError, SignedIn},
    http::{Http as _, HttpRequest, HttpResponse},
    provider::{RegisteredAuth, RegisteredClient},
};
use serde_json::{Value, json};
use testing::{Page, Visitor};
use web::{OWN_TEXTS, Site, Texts};

pub const ORIGIN: &str = "https://carnet.example";
pub const ISSUER: &str = "https://carnet.example/demo/identite";
pub const BACK: &str = "https://carnet.example/retour";
pub const CLIENT: &str = "carnet";

pub struct Stage {
    pub demo: DemoIdentity,
    pub clock: Arc<HandClock>,
    pub random: Arc<SeededRandom>,
    pub browser: Visitor,
    pub signed_userinfo: bool,
    pub auth: ClientAuth,
}

impl Stage {
    pub fn new(signed_userinfo: bool) -> Self {
        Self::with(signed_userinfo, ClientAuth::Public, RegisteredAuth::Public)
    }

    pub fn with(signed_userinfo: bool, auth: ClientAuth, registered: RegisteredAuth) -> Self {
        let start = Timestamp::from_second(1_800_000_000).expect("a date");
        let clock = Arc::new(HandClock::at(start));
        let random = Arc::new(SeededRandom::new(1));
        let texts: Vec<_> = OWN_TEXTS.into_iter().chain(TEXTS).collect();
        let site = Arc::new(Site {
            texts: Arc::new(Texts::load(&texts).expect("sound texts")),
            clock: clock.clone(),
            random: random.clone(),
            origin: ORIGIN.to_owned(),
            form_origins: Vec::new(),
            demo: true,
        });
        let client = RegisteredClient {
            id: CLIENT.into(),
            redirect_uris: vec![BACK.into()],
            scopes: vec!["openid".into(), "scope_all".into()],
            auth: registered,
        };
        let people = vec![physician(), citizen()];
        let demo = DemoIdentity::new(ISSUER, people, vec![client], signed_userinfo, site.clone());
        let routes = Router::new()
            .nest("/demo/identite", demo.routes())
            .route("/retour", get(returned));
        let browser = Visitor::new(site.pages(routes), ORIGIN);
        Self {
            demo,
            clock,
            random,
            browser,
            signed_userinfo,
            auth,
        }
    }

    pub fn now(&self) -> Timestamp {
        ambient::Clock::now(&*self.clock)
    }

    /// The provider, discovered under Pro Santé Connect's name for its metadata.
    pub async fn provider(&self) -> Provider {
        let registration = Registration {
            issuer: ISSUER.into(),
            discovery_url: Some(format!("{ISSUER}/.well-known/wallet-openid-configuration")),
            client_id: CLIENT.into(),
            auth: self.auth.clone(),
            signed_userinfo: self.signed_userinfo,
        };
        let discovered = Provider::discover(registration, &self.demo.http()).await;
        discovered.expect("discovered")
    }

    /// The page's path, and what the client keeps meanwhile.
    pub fn start(&self, provider: &Provider) -> (String, Pending) {
        let ask = Ask {
            redirect_uri: BACK,
            scopes: &["openid", "scope_all"],
            acr_values: &["eidas1"],
            ..Ask::default()
        };
        let (url, pending) = provider.start(ask, &*self.random, self.now());
        let path = url.strip_prefix(ORIGIN).expect("on the site").to_owned();
        (path, pending)
    }

    /// Picks somebody on the page; what the browser brings back.
    pub async fn choose(&self, path: &str, field: (&str, &str)) -> Callback {
        let page = self.browser.post(path, &[field]).await.expect("an answer");
        assert_eq!(page.path, "/retour", "{}", page.words());
        Callback::parse(&page.text()).expect("no repetition")
    }

    pub async fn finish(
        &self,
        provider: &Provider,
        pending: Pending,
        callback: &Callback,
    ) -> Result<SignedIn, SignInError> {
        let (http, now) = (self.demo.http(), self.now());
        provider
            .finish(pending, callback, &http, &*self.random, now)
            .await
    }

    /// A whole sign-in of Dr Martin.
    pub async fn sign_in(&self) -> Result<SignedIn, SignInError> {
        let provider = self.provider().await;
        let (path, pending) = self.start(&provider);
        let callback = self.choose(&path, ("identite", "dr-martin")).await;
        self.finish(&provider, pending, &callback).await
    }

    /// A question on the back channel.
    pub async fn ask(&self, request: HttpRequest) -> HttpResponse {
        self.demo.http().send(request).await.expect("an answer")
    }

    pub async fn page(&self, path: &str) -> Page {
        self.browser.get(path).await.expect("an answer")
    }
}

/// What the client's own address shows: the query that came with the browser.
async fn returned(RawQuery(query): RawQuery) -> String {
    query.unwrap_or_default()
}

/// A physician with two places, as Pro Santé Connect describes them.
fn physician() -> Identity {
    let place = |name: &str, finess: &str| {
        json!({ "codeModeExercice": "L", "codeSecteurDactivite": "SA07",
                "numeroFinessSite": finess, "raisonSocialeSite": name })
    };
    Identity {
        key: "dr-martin".into(),
        label: "Dr Claire Martin".into(),
        description: "Médecin généraliste".into(),
        subject: "f:demo:martin".into(),
        userinfo: json!({
            "SubjectNameID": "899700000018", "preferred_username": "899700000018",
            "family_name": "MARTIN", "given_name": "Claire",
            "SubjectRole": ["10^1.2.250.1.213.1.1.5.5"],
            "Palier_Authentification": "APPPRIP3^1.2.250.1.213.1.5.1.1.1",
            "SubjectRefPro": { "codeCivilite": "MME", "exercices": [{
                "codeProfession": "10", "codeCategorieProfessionnelle": "C",
                "codeTypeSavoirFaire": "S", "codeSavoirFaire": "SM54",
                "activities": [place("CABINET MARTIN", "999900011"), place("CLINIQUE DU LAC", "999900029")],
            }] },
        }),
    }
}

fn citizen() -> Identity {
    Identity {
        key: "camille".into(),
        label: "Camille Fictive".into(),
        description: "Une patiente <de démonstration>".into(),
        subject: "camille-1".into(),
        userinfo: Value::Null,
    }
}
