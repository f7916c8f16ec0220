use std::fmt;

use ambient::{Random, Secret};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{
    ClientAuth, Pending, Provider, SignInError,
    checks::{self, Expected},
    discovery::fetch_keys,
};
use crate::{
    assertion,
    http::{AnswerError, Http, HttpRequest, HttpResponse, json},
    jwt::{self, Claims, FROM_PROVIDER, JwtError},
    params::{self, Params, Repeated},
    same_secret,
};

/// What the browser brings back from the provider: the query of the redirect address.
#[derive(Clone, Default)]
pub struct Callback {
    /// The code to exchange.
    pub code: Option<String>,
    /// Must be the one sent.
    pub state: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

impl Callback {
    /// Reads the query string.
    ///
    /// # Errors
    /// [`Repeated`] when a parameter stands twice.
    pub fn parse(query: &str) -> Result<Self, Repeated> {
        let params = Params::parse(query)?;
        let get = |name| params.get(name).map(str::to_owned);
        Ok(Self {
            code: get("code"),
            state: get("state"),
            iss: get("iss"),
            error: get("error"),
        })
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("iss", &self.iss)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// Somebody signed in, and everything was checked.
#[derive(Clone)]
pub struct SignedIn {
    /// Who, for this provider and this client.
    pub subject: String,
    /// The claims of the ID token.
    pub id_claims: Value,
    /// The claims of the userinfo; `null` when the provider has no such endpoint.
    pub userinfo: Value,
    /// The ID token itself, for [`Provider::logout_url`].
    pub id_token: Secret<String>,
    /// The access token, where another service wants it exchanged (RFC 8693).
    pub access_token: Secret<String>,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[signed in]")
    }
}

/// What the token endpoint gave: not believed yet.
pub(super) struct Tokens {
    id_token: Secret<String>,
    access_token: Secret<String>,
}

impl Tokens {
    /// Reads an answer of status 200.
    pub(super) fn read(response: &HttpResponse) -> Result<Self, SignInError> {
        #[derive(Deserialize)]
        struct Answer {
            access_token: String,
            token_type: String,
            id_token: String,
        }
        let body = json(response).map_err(SignInError::TokenAnswer)?;
        let answer = Answer::deserialize(body).map_err(|_| SignInError::Tokens)?;
        let tokens = Self {
            id_token: Secret::new(answer.id_token),
            access_token: Secret::new(answer.access_token),
        };
        match answer.token_type.eq_ignore_ascii_case("bearer") {
            true => Ok(tokens),
            false => Err(SignInError::Tokens),
        }
    }
}

/// The error code of a refusal, when it has one.
pub(super) fn refusal(response: &HttpResponse) -> Option<String> {
    let body = json(response).ok()?;
    Some(shown(body.get("error")?.as_str()?))
}

impl Provider {
    /// Ends a sign-in: checks the answer, exchanges the code, checks every claim.
    ///
    /// `pending` must come out of the session of the browser that brings `callback`,
    /// and be gone from it.
    ///
    /// # Errors
    /// [`SignInError`]: nobody is signed in, and starting again is the only way on.
    pub async fn finish(
        &self,
        pending: Pending,
        callback: &Callback,
        http: &impl Http,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<SignedIn, SignInError> {
        let code = self.code(&pending, callback, now)?;
        let tokens = self.exchange(code, &pending, http, random, now).await?;
        let expected = Expected {
            issuer: &pending.issuer,
            nonce: Some(&pending.nonce),
            acr_values: &pending.acr_values,
            max_age: pending.max_age,
        };
        self.believe(tokens, &expected, http, now).await
    }

    /// Checks every claim of what the token endpoint gave, and reads who it is.
    pub(super) async fn believe(
        &self,
        tokens: Tokens,
        expected: &Expected<'_>,
        http: &impl Http,
        now: Timestamp,
    ) -> Result<SignedIn, SignInError> {
        let (id_token, access_token) = (tokens.id_token.expose(), tokens.access_token.expose());
        let id_claims = self
            .verified(id_token, http)
            .await?
            .map_err(SignInError::IdToken)?;
        let client_id = &self.registration.client_id;
        let subject =
            checks::id_token(&id_claims, expected, client_id, access_token, now)?.to_owned();
        let userinfo = match &self.metadata.userinfo_endpoint {
            Some(url) => {
                let about = (subject.as_str(), client_id.as_str());
                self.userinfo(url, access_token, about, http, now).await?
            }
            None => Value::Null,
        };
        Ok(SignedIn {
            subject,
            id_claims: Value::Object(id_claims.0),
            userinfo,
            id_token: tokens.id_token,
            access_token: tokens.access_token,
        })
    }

    /// The code of an answer that is ours. Until the state is known to be ours, nothing else is read.
    fn code<'a>(
        &self,
        pending: &Pending,
        callback: &'a Callback,
        now: Timestamp,
    ) -> Result<&'a str, SignInError> {
        if pending.issuer != self.metadata.issuer {
            return Err(SignInError::OtherProvider);
        }
        if !callback
            .state
            .as_deref()
            .is_some_and(|state| same_secret(state, &pending.state))
        {
            return Err(SignInError::State);
        }
        if now.duration_since(pending.started_at) > Pending::LIFETIME {
            return Err(SignInError::TooLate);
        }
        let promised = self.metadata.authorization_response_iss_parameter_supported;
        if callback
            .iss
            .as_deref()
            .map_or(promised, |iss| iss != pending.issuer)
        {
            return Err(SignInError::AnswerIssuer);
        }
        match (&callback.error, &callback.code) {
            (Some(error), _) => Err(SignInError::Refused(shown(error))),
            (None, Some(code)) => Ok(code),
            (None, None) => Err(SignInError::NoCode),
        }
    }

    /// Trades the code for tokens (RFC 6749 §4.1.3).
    async fn exchange(
        &self,
        code: &str,
        pending: &Pending,
        http: &impl Http,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<Tokens, SignInError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &pending.redirect_uri),
            ("code_verifier", &pending.verifier),
        ];
        let endpoint = &self.metadata.token_endpoint;
        let request = self
            .proved(endpoint, &form, random, now)
            .map_err(SignInError::TokenAnswer)?;
        let response = http
            .send(request)
            .await
            .map_err(|error| SignInError::TokenAnswer(error.into()))?;
        if response.status() != 200 {
            let status = AnswerError::Status(response.status().as_u16());
            let refusal = refusal(&response);
            return Err(refusal.map_or(SignInError::TokenAnswer(status), SignInError::TokenRefused));
        }
        Tokens::read(&response)
    }

    /// A form for one of the provider's endpoints, with the proof of who we are.
    pub(super) fn proved(
        &self,
        endpoint: &str,
        form: &[(&str, &str)],
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<HttpRequest, AnswerError> {
        let client_id = &self.registration.client_id;
        let mut form = form.to_vec();
        form.push(("client_id", client_id));
        let mut request = ::http::Request::post(endpoint)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded");
        let proof;
        match &self.registration.auth {
            ClientAuth::Basic(secret) => {
                request = request.header("authorization", basic(client_id, secret.expose()));
            }
            ClientAuth::Post(secret) => form.push(("client_secret", secret.expose())),
            ClientAuth::PrivateKey(key) => {
                // The token endpoint's name is good at every endpoint (CIBA §7.1).
                let audience = &self.metadata.token_endpoint;
                proof = assertion::sign(key, client_id, audience, random.id(), now);
                form.push(("client_assertion_type", assertion::TYPE));
                form.push(("client_assertion", &proof));
            }
            ClientAuth::Public => {}
        }
        request
            .body(params::encode(&form).into_bytes())
            .map_err(|_| AnswerError::Address)
    }

    /// The person's claims: JSON or a signed token, and about the same person in either case; signed
    /// for the client that the access token was given to.
    pub(super) async fn userinfo(
        &self,
        url: &str,
        access_token: &str,
        (subject, client_id): (&str, &str),
        http: &impl Http,
        now: Timestamp,
    ) -> Result<Value, SignInError> {
        let request = ::http::Request::get(url)
            .header("accept", "application/jwt, application/json")
            .header("authorization", format!("Bearer {access_token}"))
            .body(Vec::new())
            .map_err(|_| SignInError::UserinfoAnswer(AnswerError::Address))?;
        let response = http
            .send(request)
            .await
            .map_err(|error| SignInError::UserinfoAnswer(error.into()))?;
        if response.status() != 200 {
            let status = AnswerError::Status(response.status().as_u16());
            return Err(SignInError::UserinfoAnswer(status));
        }
        let content_type = response
            .headers()
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        let media_type = content_type
            .unwrap_or_default()
            .split(';')
            .next()
            .unwrap_or_default()
            .trim();
        let claims = if media_type.eq_ignore_ascii_case("application/jwt") {
            let jwt = std::str::from_utf8(response.body())
                .map_err(|_| SignInError::Userinfo(JwtError::Malformed))?;
            let claims = self
                .verified(jwt.trim(), http)
                .await?
                .map_err(SignInError::Userinfo)?;
            checks::signed_userinfo(&claims, &self.metadata.issuer, client_id, now)?;
            Value::Object(claims.0)
        } else if self.registration.signed_userinfo {
            return Err(SignInError::UserinfoNotSigned);
        } else {
            json(&response).map_err(SignInError::UserinfoAnswer)?
        };
        if claims.get("sub").and_then(Value::as_str) != Some(subject) {
            return Err(SignInError::UserinfoSubject);
        }
        Ok(claims)
    }

    /// Verifies a token with the keys we have; for a key we do not know, asks once for new ones.
    async fn verified(
        &self,
        jwt: &str,
        http: &impl Http,
    ) -> Result<Result<Claims, JwtError>, SignInError> {
        match jwt::verify(jwt, &self.keys(), FROM_PROVIDER) {
            Err(JwtError::UnknownKey) => {
                self.replace_keys(
                    fetch_keys(&self.metadata, http)
                        .await
                        .map_err(SignInError::Keys)?,
                );
                Ok(jwt::verify(jwt, &self.keys(), FROM_PROVIDER))
            }
            decided => Ok(decided),
        }
    }
}

/// `client_secret_basic`: both halves form-encoded before they are joined (RFC 6749 §2.3.1).
fn basic(client_id: &str, secret: &str) -> String {
    use base64::Engine as _;
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(client_id), encoded(secret));
    format!(
        "Basic {}",
        base64::engine::general_purpose::STANDARD.encode(pair)
    )
}

/// An error code as it may go into a log: short, and of the characters that RFC 6749 allows.
fn shown(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric() || "_-.".contains(*c))
        .take(60)
        .collect()
}
