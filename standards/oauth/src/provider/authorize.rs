use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::RegisteredClient;
use crate::{
    answer::{ErrorCode, OAuthError},
    params::{self, Params, Repeated},
    pkce,
};

/// What a client asks for, checked against its registration. Kept while the person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Who asks.
    pub client_id: String,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// What is asked for: all within what the client may ask.
    pub scope: Vec<String>,
    /// Goes back untouched.
    pub state: String,
    /// Goes into the ID token untouched.
    pub nonce: Option<String>,
    /// Proof key, method `S256`.
    pub code_challenge: String,
    /// Levels of authentication wished for.
    pub acr_values: Vec<String>,
    /// `login`, `none`…: one word or several.
    pub prompt: Vec<String>,
    /// Oldest authentication accepted, in seconds.
    pub max_age: Option<u32>,
    /// Who will probably sign in.
    pub login_hint: Option<String>,
    /// The API meant (SMART App Launch, `aud`).
    pub audience: Option<String>,
    /// The launch it belongs to (SMART App Launch, `launch`).
    pub launch: Option<String>,
}

/// Why a request is not put before the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizationError {
    /// A parameter stands twice. To be shown, not sent back: which address would be meant?
    #[error(transparent)]
    Repeated(#[from] Repeated),
    /// No such client. To be shown.
    #[error("unknown client")]
    UnknownClient,
    /// Not an address of this client. To be shown: sending back there would be an open redirect.
    #[error("the redirect_uri is not registered")]
    RedirectUri,
    /// To be sent back to the client, whose address is known to be its own.
    #[error("{error}")]
    SendBack {
        /// What is wrong.
        error: OAuthError,
        /// Where the browser goes.
        location: String,
    },
}

/// A person's agreement to a request: kept under the hash of the code, removed to be redeemed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// To whom.
    pub client_id: String,
    /// As it was in the request: must be the same again.
    pub redirect_uri: String,
    /// What was granted.
    pub scope: Vec<String>,
    /// For the ID token.
    pub nonce: Option<String>,
    /// To be answered by the verifier.
    pub code_challenge: String,
    /// Who agreed, under the name this client knows them by.
    pub subject: String,
    /// The level they authenticated at.
    pub acr: Option<String>,
    /// When they authenticated.
    pub auth_time: Timestamp,
    /// When the code becomes worthless.
    pub expires_at: Timestamp,
}

impl AuthorizationRequest {
    /// Which client a request names: the one to look up for [`Self::parse`].
    pub fn client_id(query: &Params) -> Option<&str> {
        query.get("client_id")
    }

    /// Checks a request of `client` (what the caller found under its `client_id`), made to `issuer`.
    ///
    /// PKCE with `S256`, a state, and for `openid` a nonce are required of everybody.
    ///
    /// # Errors
    /// [`AuthorizationError`], which says whether it may be sent back.
    pub fn parse(
        query: &Params,
        client: Option<&RegisteredClient>,
        issuer: &str,
    ) -> Result<Self, AuthorizationError> {
        let client = client
            .filter(|client| query.get("client_id") == Some(&client.id))
            .ok_or(AuthorizationError::UnknownClient)?;
        let redirect_uri = query
            .get("redirect_uri")
            .filter(|uri| client.redirect_uris.iter().any(|known| known == uri))
            .ok_or(AuthorizationError::RedirectUri)?;
        let own = |name| query.get(name).map(str::to_owned);
        let state = own("state").unwrap_or_default();
        let request = Self {
            client_id: client.id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            scope: query.words("scope"),
            state,
            nonce: own("nonce"),
            code_challenge: own("code_challenge").unwrap_or_default(),
            acr_values: query.words("acr_values"),
            prompt: query.words("prompt"),
            max_age: query
                .get("max_age")
                .and_then(|seconds| seconds.parse().ok()),
            login_hint: own("login_hint"),
            audience: own("aud"),
            launch: own("launch"),
        };
        match request.fault(query, client) {
            None => Ok(request),
            Some((code, description)) => Err(AuthorizationError::SendBack {
                error: OAuthError::new(code, description),
                location: request.refused(code, issuer),
            }),
        }
    }

    fn fault(
        &self,
        query: &Params,
        client: &RegisteredClient,
    ) -> Option<(ErrorCode, &'static str)> {
        let openid = self.scope.iter().any(|scope| scope == "openid");
        let rules = [
            (
                query.get("response_type") != Some("code"),
                ErrorCode::UnsupportedResponseType,
                "only response_type=code",
            ),
            (
                query.get("request").is_some(),
                ErrorCode::InvalidRequest,
                "request objects are not read",
            ),
            (
                self.state.is_empty(),
                ErrorCode::InvalidRequest,
                "state is required",
            ),
            (
                query.get("code_challenge_method") != Some("S256")
                    || !pkce::is_challenge(&self.code_challenge),
                ErrorCode::InvalidRequest,
                "PKCE with S256 is required",
            ),
            (
                openid && self.nonce.is_none(),
                ErrorCode::InvalidRequest,
                "nonce is required",
            ),
            (
                query.get("max_age").is_some() && self.max_age.is_none(),
                ErrorCode::InvalidRequest,
                "max_age is not a number of seconds",
            ),
            (
                self.scope.is_empty()
                    || !self.scope.iter().all(|scope| client.scopes.contains(scope)),
                ErrorCode::InvalidScope,
                "a scope is missing or not this client's",
            ),
        ];
        rules
            .into_iter()
            .find(|(broken, ..)| *broken)
            .map(|(_, code, why)| (code, why))
    }

    /// Where to send the browser when the person agreed.
    pub fn accepted(&self, code: &str, issuer: &str) -> String {
        params::with_query(
            &self.redirect_uri,
            &[("code", code), ("state", &self.state), ("iss", issuer)],
        )
    }

    /// Where to send the browser when there will be no code.
    pub fn refused(&self, code: ErrorCode, issuer: &str) -> String {
        let mut query = vec![("error", code.as_str()), ("iss", issuer)];
        if !self.state.is_empty() {
            query.push(("state", &self.state));
        }
        params::with_query(&self.redirect_uri, &query)
    }

    /// What to keep under the hash of the code. `scope` may be narrowed afterwards.
    pub fn grant(
        &self,
        subject: &str,
        acr: Option<&str>,
        auth_time: Timestamp,
        now: Timestamp,
    ) -> Grant {
        Grant {
            client_id: self.client_id.clone(),
            redirect_uri: self.redirect_uri.clone(),
            scope: self.scope.clone(),
            nonce: self.nonce.clone(),
            code_challenge: self.code_challenge.clone(),
            subject: subject.to_owned(),
            acr: acr.map(str::to_owned),
            auth_time,
            expires_at: now
                .saturating_add(Grant::LIFETIME)
                .unwrap_or(Timestamp::MAX),
        }
    }
}

impl Grant {
    /// How long a code is good for (RFC 6749 §4.1.2 allows ten minutes; a redirect takes a second).
    pub const LIFETIME: SignedDuration = SignedDuration::from_secs(60);

    /// Whether the client that proved to be `client_id` may have tokens for the code.
    ///
    /// # Errors
    /// `invalid_grant` for another client, another address, a wrong verifier, or too late.
    pub fn redeem(
        &self,
        client_id: &str,
        redirect_uri: &str,
        verifier: &str,
        now: Timestamp,
    ) -> Result<(), OAuthError> {
        let sound = self.client_id == client_id
            && self.redirect_uri == redirect_uri
            && now < self.expires_at
            && pkce::answers(verifier, &self.code_challenge);
        if sound {
            Ok(())
        } else {
            Err(OAuthError::new(
                ErrorCode::InvalidGrant,
                "the code is not good",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::RegisteredAuth;

    const ISSUER: &str = "https://idp.example";
    const SOUND: &str = "response_type=code&client_id=app&redirect_uri=https%3A%2F%2Fapp.example%2Fback%3Fx%3D1\
        &scope=openid+profile&state=s&nonce=n&code_challenge_method=S256\
        &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const BACK: &str = "https://app.example/back?x=1";

    fn parse(query: &str) -> Result<AuthorizationRequest, AuthorizationError> {
        let client = RegisteredClient {
            id: "app".into(),
            redirect_uris: vec![BACK.into()],
            scopes: vec!["openid".into(), "profile".into()],
            auth: RegisteredAuth::Public,
        };
        AuthorizationRequest::parse(&Params::parse(query)?, Some(&client), ISSUER)
    }

    #[test]
    fn a_sound_request_is_answered_to_the_registered_address() {
        let request = parse(SOUND).expect("sound");
        assert_eq!(
            request.accepted("c&d", ISSUER),
            format!("{BACK}&code=c%26d&state=s&iss=https%3A%2F%2Fidp.example")
        );
    }

    #[test]
    fn what_is_not_the_clients_own_is_shown_and_not_sent_back() {
        let cases = [
            (
                SOUND.replace("client_id=app", "client_id=other"),
                AuthorizationError::UnknownClient,
            ),
            (
                SOUND.replace("back%3Fx%3D1", "back"),
                AuthorizationError::RedirectUri,
            ),
            (
                SOUND.replace("back%3Fx%3D1", "back%3Fx%3D1%26y%3D2"),
                AuthorizationError::RedirectUri,
            ),
            (
                SOUND.replace("app.example", "app.example.evil.example"),
                AuthorizationError::RedirectUri,
            ),
            (
                format!("{SOUND}&redirect_uri=x"),
                AuthorizationError::Repeated(Repeated("redirect_uri".into())),
            ),
        ];
        for (query, expected) in cases {
            assert_eq!(parse(&query), Err(expected), "{query}");
        }
    }

    #[test]
    fn every_other_fault_goes_back_to_the_client() {
        let cases = [
            (
                "response_type=code",
                "response_type=token",
                "unsupported_response_type",
            ),
            ("&state=s", "", "invalid_request"),
            ("&nonce=n", "", "invalid_request"),
            ("S256", "plain", "invalid_request"),
            ("-cM", "", "invalid_request"),
            ("&state=s", "&state=s&max_age=-1", "invalid_request"),
            ("&state=s", "&state=s&request=x.y.z", "invalid_request"),
            ("scope=openid", "scope=admin", "invalid_scope"),
            ("scope=openid+profile", "scope=", "invalid_scope"),
        ];
        for (from, to, code) in cases {
            let Err(AuthorizationError::SendBack { error, location }) =
                parse(&SOUND.replace(from, to))
            else {
                panic!("{from} → {to}")
            };
            assert_eq!(error.code.as_str(), code, "{from} → {to}");
            assert!(
                location.starts_with(&format!("{BACK}&error={code}")),
                "{location}"
            );
        }
    }

    #[test]
    fn a_code_is_good_for_one_client_address_verifier_and_minute() {
        let now = Timestamp::from_second(1_800_000_000).expect("a date");
        let grant = parse(SOUND).expect("sound").grant("p", None, now, now);
        assert_eq!(grant.redeem("app", BACK, VERIFIER, now), Ok(()));
        let late = grant.expires_at;
        for (client, back, verifier, at) in [
            ("other", BACK, VERIFIER, now),
            ("app", "https://app.example/", VERIFIER, now),
            ("app", BACK, &VERIFIER.replace('d', "x"), now),
            ("app", BACK, "", now),
            ("app", BACK, VERIFIER, late),
        ] {
            let refusal = grant
                .redeem(client, back, verifier, at)
                .expect_err("refused");
            assert_eq!(refusal.code, ErrorCode::InvalidGrant);
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(query in ".{0,120}", max_age in ".{0,12}") {
            let _ = parse(&query);
            let _ = parse(&format!("{SOUND}&max_age={max_age}"));
        }
    }
}
