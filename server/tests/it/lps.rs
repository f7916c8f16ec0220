//! Software of professionals: it signs them in with Pro Santé Connect, on their phones, and reads here
//! in their name.

use ambient::Clock as _;
use axum::body::Body;
use carnet::demo::registration;
use exchange::{Client, IN_A_NAME};
use http::{Request, header};
use jiff::SignedDuration;
use oauth::{
    assertion,
    client::{AskElsewhere, Polled, Provider},
    exchange::{ACCESS_TOKEN, GRANT},
    jwk::{KeySet, SigningKey},
};
use testing::{Page, Visitor};

use super::bed::{Bed, ORIGIN};

pub const NAME: &str = "Tilleul Médical (fictif)";

pub struct Lps {
    pub id: String,
    pub party: &'static str,
    key: SigningKey,
    http: Visitor,
    provider: Provider,
}

/// A form as its body.
fn form(fields: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{}={}", encoded(name), encoded(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(plain).collect()
}

impl Lps {
    /// Registered here, and at the provider as `party`.
    pub async fn new(bed: &Bed, id: &str, party: &'static str) -> Self {
        let http = bed.demo.identity.http();
        let provider = Provider::discover(registration(ORIGIN, party), &http);
        let lps = Self {
            id: id.to_owned(),
            party,
            key: SigningKey::generate(),
            http: Visitor::new(bed.demo.router.clone(), ORIGIN),
            provider: provider.await.expect("discovered"),
        };
        lps.register(bed, |_| {}).await;
        lps
    }

    /// Registers it again, otherwise.
    pub async fn register(&self, bed: &Bed, change: impl FnOnce(&mut Client)) {
        let mut client = Client {
            name: NAME.to_owned(),
            jwks: KeySet::new([self.key.public().clone()]).to_json(),
            scopes: IN_A_NAME.map(ToOwned::to_owned).into(),
            strict: false,
            people: vec![],
            signs_in_as: vec![self.party.to_owned()],
        };
        change(&mut client);
        let registered = client.register(&bed.demo.app.store, &self.id).await;
        registered.expect("registered");
    }

    /// Has a professional confirm on their phone; the token of the provider.
    pub async fn sign_in(&self, bed: &Bed, name: &str) -> String {
        let (http, random) = (bed.demo.identity.http(), bed.demo.app.random());
        let staff = fiction::staff();
        let mut all = staff.all().into_iter();
        let who = all.find(|who| who.name().contains(name)).expect("somebody");
        let ask = AskElsewhere {
            scopes: &["openid", "scope_all"],
            acr_values: &["eidas1"],
            login_hint: &who.national_id(),
            binding_message: "4827",
        };
        let asked = self
            .provider
            .ask_elsewhere(ask, &http, random, bed.clock.now());
        let mut waiting = asked.await.expect("asked");
        let phone = bed.visitor();
        let page = phone.get("/demo/identite/telephone").await.expect("a page");
        let id = page.between("name=\"demande\" value=\"", "\"");
        let fields = [
            ("demande", id.as_deref().expect("asked")),
            ("confirmer", "oui"),
        ];
        let page = phone.post("/demo/identite/telephone", &fields).await;
        assert!(page.expect("a page").status.is_success());
        bed.advance(SignedDuration::from_secs(5));
        let polled = self
            .provider
            .poll(&mut waiting, &http, random, bed.clock.now());
        match polled.await.expect("confirmed") {
            Polled::SignedIn(signed_in) => signed_in.access_token.expose().clone(),
            Polled::NotYet => panic!("nobody confirmed"),
        }
    }

    /// Asks for a token in exchange for one of the provider.
    pub async fn exchange(&self, bed: &Bed, token: &str, more: &[(&str, &str)]) -> Page {
        let mut fields = vec![
            ("grant_type", GRANT),
            ("subject_token", token),
            ("subject_token_type", ACCESS_TOKEN),
        ];
        let names: Vec<&str> = more.iter().map(|(name, _)| *name).collect();
        fields.retain(|(name, _)| !names.contains(name));
        fields.extend(more.iter().filter(|(_, value)| !value.is_empty()));
        self.prove(bed, "/oauth/token", &fields).await
    }

    /// Sends a form, and proves who it is.
    pub async fn prove(&self, bed: &Bed, path: &str, fields: &[(&str, &str)]) -> Page {
        let audience = format!("{ORIGIN}/oauth/token");
        let (jti, now) = (bed.demo.app.random().id(), bed.clock.now());
        let proof = assertion::sign(&self.key, &self.id, &audience, jti, now);
        let mut fields = fields.to_vec();
        fields.push(("client_assertion_type", assertion::TYPE));
        fields.push(("client_assertion", &proof));
        self.post(None, path, &fields).await
    }

    /// Signs a professional in and gives a token of ours, in the first situation that they have.
    pub async fn token(&self, bed: &Bed, name: &str) -> String {
        let subject = self.sign_in(bed, name).await;
        let mut given = self.exchange(bed, &subject, &[]).await;
        if given.status == 400 {
            let first = json(&given)["situations"][0]["situation"].clone();
            let first = first.as_str().expect("named").to_owned();
            given = self.exchange(bed, &subject, &[("situation", &first)]).await;
        }
        assert_eq!(given.status, 200, "{}", given.text());
        let token = json(&given)["access_token"].as_str().map(str::to_owned);
        token.expect("a token")
    }

    /// Reads an address with a token.
    pub async fn get(&self, token: &str, path: &str) -> Page {
        let request = Request::get(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty());
        let page = self.http.send(request.expect("a request")).await;
        page.expect("an answer")
    }

    /// Posts a form, with a token or without.
    pub async fn post(&self, token: Option<&str>, path: &str, fields: &[(&str, &str)]) -> Page {
        let kind = "application/x-www-form-urlencoded";
        let mut request = Request::post(path).header(header::CONTENT_TYPE, kind);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Body::from(form(fields))).expect("a request");
        self.http.send(request).await.expect("an answer")
    }
}

pub fn json(page: &Page) -> serde_json::Value {
    serde_json::from_slice(&page.body).unwrap_or_else(|_| panic!("JSON: {}", page.text()))
}
