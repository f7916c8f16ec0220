//! A hospital's software: gets a token with its key, and deposits over HTTP.

use ambient::Random;
use anyhow::{Context, bail};
use axum::{Router, body::Body};
use exchange::{Client, SCOPES};
use http::{Request, header};
use jiff::Timestamp;
use oauth::{
    assertion,
    jwk::{KeySet, SigningKey},
};
use serde_json::Value;
use testing::{Page, Visitor};
use vault::Store;

/// Software with its key pair.
pub struct Software {
    /// Its client identifier.
    pub id: String,
    key: SigningKey,
    http: Visitor,
    origin: String,
}

impl Software {
    /// Makes keys and registers them; `strict` refuses what misses a cardinality of its profile.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn register(
        store: &Store,
        router: &Router,
        origin: &str,
        id: &str,
        name: &str,
        strict: bool,
    ) -> anyhow::Result<Self> {
        let key = SigningKey::generate();
        let client = Client {
            name: name.to_owned(),
            jwks: KeySet::new([key.public().clone()]).to_json(),
            scopes: SCOPES.map(ToOwned::to_owned).into(),
            strict,
            people: vec![],
            signs_in_as: vec![],
        };
        client.register(store, id).await?;
        Ok(Self {
            id: id.to_owned(),
            key,
            http: Visitor::new(router.clone(), origin),
            origin: origin.to_owned(),
        })
    }

    /// Asks for a token.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn token(&self, random: &dyn Random, now: Timestamp) -> anyhow::Result<String> {
        let audience = format!("{}/oauth/token", self.origin);
        let assertion = assertion::sign(&self.key, &self.id, &audience, random.id(), now);
        let form = format!(
            "grant_type=client_credentials&scope={}&client_assertion_type={}&client_assertion={assertion}",
            SCOPES.join("%20"),
            "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
        );
        let request = Request::post("/oauth/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))?;
        let answer = self.http.send(request).await?;
        if !answer.status.is_success() {
            bail!("no token: {} {}", answer.status, answer.text());
        }
        let json: Value = serde_json::from_slice(&answer.body)?;
        Ok(json["access_token"]
            .as_str()
            .context("an answer without a token")?
            .to_owned())
    }

    /// Posts JSON to the FHIR API.
    ///
    /// # Errors
    /// When the application breaks off; a refusal is an answer.
    pub async fn post(&self, token: &str, path: &str, body: &Value) -> anyhow::Result<Page> {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/fhir+json")
            .body(Body::from(body.to_string()))?;
        self.http.send(request).await
    }

    /// Deposits a set of documents (ITI-65).
    ///
    /// # Errors
    /// When it is refused.
    pub async fn deposit(&self, token: &str, bundle: &Value) -> anyhow::Result<Value> {
        let answer = self.post(token, "/fhir", bundle).await?;
        if !answer.status.is_success() {
            bail!("a deposit was refused: {} {}", answer.status, answer.text());
        }
        Ok(serde_json::from_slice(&answer.body)?)
    }
}
