//! A whole identity provider in memory, that tells one lie when it is asked to.

use std::{collections::HashMap, sync::Mutex};

use ambient::SeededRandom;
use http::Response;
use jiff::{SignedDuration, Timestamp};
use oauth::{
    answer::{ErrorCode, OAuthError, TokenResponse},
    client::{Ask, Callback, ClientAuth, Pending, Provider, Registration, SignInError, SignedIn},
    http::{HttpError, HttpRequest, HttpResponse},
    jwk::SigningKey,
    params::Params,
    provider::{
        AuthorizationRequest, Grant, Issuer, Presented, RegisteredAuth, RegisteredClient,
        TokenRequest,
    },
    token::{Kind, Token},
};
use serde_json::{Value, json};

pub const ISSUER: &str = "https://idp.example/realm";
pub const BACK: &str = "https://carnet.example/retour";
pub const CLIENT: &str = "carnet";
pub const PERSON: &str = "person-1";
const DISCOVERY: &str = "https://idp.example/realm/.well-known/wallet-openid-configuration";

/// Where in the conversation something is altered.
pub enum Lie {
    Nothing,
    Discovery(fn(&mut Value)),
    /// The query that the browser brings back.
    Callback(fn(&str) -> String),
    /// The token endpoint's answer.
    Tokens(fn(&mut Value)),
    /// The ID token's claims, then signed as usual.
    IdClaims(fn(&mut Value)),
    /// The ID token itself.
    IdToken(fn(&Idp, &Value) -> String),
    /// The userinfo's claims, then sent (and signed) as usual.
    Userinfo(fn(&mut Value)),
    /// The userinfo's type and body.
    UserinfoBody(fn(&Idp, &Value) -> (&'static str, String)),
}

pub struct Idp {
    pub issuer: Issuer,
    pub client: RegisteredClient,
    pub signed_userinfo: bool,
    pub lie: Lie,
    pub now: Timestamp,
    random: SeededRandom,
    grants: Mutex<HashMap<[u8; 32], Grant>>,
    sessions: Mutex<HashMap<[u8; 32], Grant>>,
    pub key_reads: Mutex<usize>,
}

impl Idp {
    pub fn new(auth: RegisteredAuth, signed_userinfo: bool, lie: Lie) -> Self {
        Self {
            issuer: Issuer {
                name: ISSUER.into(),
                key: SigningKey::generate(),
            },
            client: RegisteredClient {
                id: CLIENT.into(),
                redirect_uris: vec![BACK.into()],
                scopes: vec!["openid".into(), "scope_all".into()],
                auth,
            },
            signed_userinfo,
            lie,
            now: Timestamp::from_second(1_800_000_000).expect("a date"),
            random: SeededRandom::new(1),
            grants: Mutex::default(),
            sessions: Mutex::default(),
            key_reads: Mutex::default(),
        }
    }

    /// The HTTP function: every request of the client ends here.
    pub fn http(
        &self,
    ) -> impl Fn(HttpRequest) -> std::future::Ready<Result<HttpResponse, HttpError>> + Sync {
        |request| std::future::ready(Ok(self.answer(&request)))
    }

    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let path = request
            .uri()
            .path()
            .strip_prefix("/realm/")
            .unwrap_or_default();
        match (request.method().as_str(), path) {
            ("GET", ".well-known/wallet-openid-configuration") => {
                let mut document = self.issuer.discovery(&["openid", "scope_all"], &["eidas1"]);
                if let Lie::Discovery(lie) = self.lie {
                    lie(&mut document);
                }
                reply(200, "application/json", document.to_string())
            }
            ("GET", "jwks") => {
                *self.key_reads.lock().expect("unpoisoned") += 1;
                reply(200, "application/json", self.issuer.jwks().to_string())
            }
            ("POST", "token") => match self.tokens(request) {
                Ok(body) => reply(200, "application/json", body.to_string()),
                Err(error) => reply(
                    error.code.status(),
                    "application/json",
                    serde_json::to_string(&error).expect("JSON"),
                ),
            },
            ("GET", "userinfo") => self.userinfo(request),
            _ => reply(404, "text/plain", String::new()),
        }
    }

    /// The page where the person agrees, at once: the query that the browser brings back.
    pub fn agree(&self, url: &str) -> String {
        let (endpoint, query) = url.split_once('?').expect("a query");
        assert_eq!(endpoint, format!("{ISSUER}/authorize"));
        let query = Params::parse(query).expect("no repetition");
        let request =
            AuthorizationRequest::parse(&query, Some(&self.client), ISSUER).expect("sound");
        let acr = request.acr_values.first().map(String::as_str);
        let grant = request.grant(PERSON, acr, self.now, self.now);
        let code = Token::mint(Kind::Code, &self.random);
        self.grants
            .lock()
            .expect("unpoisoned")
            .insert(code.hash(), grant);
        let location = request.accepted(code.reveal(), ISSUER);
        let query = location
            .strip_prefix(&format!("{BACK}?"))
            .expect("the registered address");
        match self.lie {
            Lie::Callback(lie) => lie(query),
            _ => query.to_owned(),
        }
    }

    fn tokens(&self, request: &HttpRequest) -> Result<Value, OAuthError> {
        let form =
            Params::parse(std::str::from_utf8(request.body()).expect("a form")).expect("once");
        let authorization = request
            .headers()
            .get("authorization")
            .map(|h| h.to_str().expect("ASCII"));
        let presented = Presented::from_request(authorization, &form)?;
        presented.verify(&self.client, &[&format!("{ISSUER}/token")], self.now)?;
        let TokenRequest::Code {
            code,
            redirect_uri,
            verifier,
        } = TokenRequest::parse(&form)?
        else {
            return Err(OAuthError::new(
                ErrorCode::UnsupportedGrantType,
                "codes only",
            ));
        };
        let grant = Token::parse(Kind::Code, code.expose())
            .ok()
            .and_then(|code| self.grants.lock().expect("unpoisoned").remove(&code.hash()))
            .ok_or_else(|| OAuthError::new(ErrorCode::InvalidGrant, "unknown code"))?;
        grant.redeem(
            &presented.client_id,
            &redirect_uri,
            verifier.expose(),
            self.now,
        )?;

        let access = Token::mint(Kind::Access, &self.random);
        let mut claims = self.issuer.id_claims(&grant, access.reveal(), self.now);
        let id_token = match self.lie {
            Lie::IdClaims(lie) => {
                lie(&mut claims);
                self.issuer.sign(&claims)
            }
            Lie::IdToken(lie) => lie(self, &claims),
            _ => self.issuer.sign(&claims),
        };
        self.sessions
            .lock()
            .expect("unpoisoned")
            .insert(access.hash(), grant);
        let mut response = TokenResponse::bearer(access.reveal().to_owned(), 60);
        response.id_token = Some(id_token);
        let mut body = serde_json::to_value(response).expect("JSON");
        if let Lie::Tokens(lie) = self.lie {
            lie(&mut body);
        }
        Ok(body)
    }

    fn userinfo(&self, request: &HttpRequest) -> HttpResponse {
        let bearer = request
            .headers()
            .get("authorization")
            .and_then(|h| h.to_str().ok());
        let grant = bearer
            .and_then(|header| Token::parse(Kind::Access, header.strip_prefix("Bearer ")?).ok())
            .and_then(|token| {
                self.sessions
                    .lock()
                    .expect("unpoisoned")
                    .get(&token.hash())
                    .cloned()
            });
        let Some(grant) = grant else {
            return reply(401, "text/plain", String::new());
        };
        let person = json!({ "sub": grant.subject, "given_name": "Zoé" });
        let mut claims = match self.signed_userinfo {
            true => self.issuer.userinfo_claims(
                CLIENT,
                person.as_object().expect("an object").clone(),
                self.now,
            ),
            false => person,
        };
        if let Lie::Userinfo(lie) = self.lie {
            lie(&mut claims);
        }
        let (media_type, body) = match self.lie {
            Lie::UserinfoBody(lie) => lie(self, &claims),
            _ if self.signed_userinfo => {
                ("application/jwt; charset=utf-8", self.issuer.sign(&claims))
            }
            _ => ("application/json", claims.to_string()),
        };
        reply(200, media_type, body)
    }
}

fn reply(status: u16, media_type: &str, body: String) -> HttpResponse {
    Response::builder()
        .status(status)
        .header("content-type", media_type)
        .body(body.into_bytes())
        .expect("a response")
}

/// Carnet's side of the conversation.
pub fn registration(auth: ClientAuth, signed_userinfo: bool) -> Registration {
    Registration {
        issuer: ISSUER.into(),
        discovery_url: Some(DISCOVERY.into()),
        client_id: CLIENT.into(),
        auth,
        signed_userinfo,
    }
}

pub const ASK: Ask<'_> = Ask {
    redirect_uri: BACK,
    scopes: &["scope_all"],
    acr_values: &["eidas2"],
    prompt: None,
    max_age: Some(300),
};

/// A provider, one browser sent to it, and what that browser brings back.
pub struct SignIn {
    pub provider: Provider,
    pub pending: Pending,
    pub callback: Callback,
}

impl SignIn {
    pub async fn begin(idp: &Idp, auth: ClientAuth) -> Self {
        let registration = registration(auth, idp.signed_userinfo);
        let provider = Provider::discover(registration, &idp.http())
            .await
            .expect("a sound provider");
        let (url, pending) = provider.start(ASK, &SeededRandom::new(2), idp.now);
        let callback = Callback::parse(&idp.agree(&url)).expect("no repetition");
        Self {
            provider,
            pending,
            callback,
        }
    }

    pub async fn end(&self, idp: &Idp) -> Result<SignedIn, SignInError> {
        self.end_after(idp, SignedDuration::ZERO).await
    }

    pub async fn end_after(
        &self,
        idp: &Idp,
        wait: SignedDuration,
    ) -> Result<SignedIn, SignInError> {
        let (http, random) = (idp.http(), SeededRandom::new(3));
        let (pending, now) = (self.pending.clone(), idp.now + wait);
        self.provider
            .finish(pending, &self.callback, &http, &random, now)
            .await
    }
}
