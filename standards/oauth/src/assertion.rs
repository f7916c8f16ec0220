//! `private_key_jwt`: a client proves who it is by a short token signed with its
//! own key (RFC 7523 §2.2 and §3; OpenID Connect Core §9; SMART App Launch,
//! « asymmetric client authentication », which asks for RS384 and ES384).

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{
    SKEW,
    answer::{ErrorCode, OAuthError},
    jwk::{Algorithm, KeySet, SigningKey},
    jwt::{self, Accept, JwtError},
};

/// The value of `client_assertion_type`.
pub const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Longest time from now to `exp`.
pub const MAX_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

const ACCEPT: Accept = Accept {
    algorithms: &[
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::RS256,
        Algorithm::RS384,
        Algorithm::PS256,
    ],
    types: &["jwt", "client-authentication+jwt"],
};

/// A believed assertion. The caller refuses a `(client_id, jti)` seen before, and
/// may forget it once `exp` (and the skew) has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// The client that signed.
    pub client_id: String,
    /// The assertion's own name, 1 to 255 bytes.
    pub jti: String,
    /// When it expires.
    pub exp: Timestamp,
}

/// Why an assertion is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssertionError {
    /// Form, algorithm, key or signature.
    #[error("{0}")]
    Jwt(#[from] JwtError),
    /// `iss` or `sub` is not the client.
    #[error("iss and sub must both be the client_id")]
    Client,
    /// `aud` is not this server.
    #[error("aud is not this server")]
    Audience,
    /// `exp` has passed.
    #[error("expired")]
    Expired,
    /// `exp` is missing or no date.
    #[error("exp is missing")]
    NoExpiry,
    /// `exp` lies more than [`MAX_LIFETIME`] ahead.
    #[error("exp lies too far ahead")]
    TooLong,
    /// `iat` or `nbf` lies ahead.
    #[error("not valid yet")]
    NotYet,
    /// `jti` is missing, empty or too long.
    #[error("jti is missing")]
    NoJti,
}

impl From<AssertionError> for OAuthError {
    /// Every failed authentication is `invalid_client` (RFC 7521 §4.2.1).
    fn from(error: AssertionError) -> Self {
        let description = match error {
            AssertionError::Jwt(JwtError::Malformed) => "client_assertion is not a signed JWT",
            AssertionError::Jwt(JwtError::Algorithm) => "client_assertion algorithm not accepted",
            AssertionError::Jwt(_) => "client_assertion signature not verified",
            AssertionError::Client => "client_assertion iss and sub must be the client_id",
            AssertionError::Audience => "client_assertion aud is not this server",
            AssertionError::Expired => "client_assertion has expired",
            AssertionError::NoExpiry => "client_assertion has no exp",
            AssertionError::TooLong => "client_assertion lives longer than 5 minutes",
            AssertionError::NotYet => "client_assertion is not valid yet",
            AssertionError::NoJti => "client_assertion has no jti",
        };
        Self::new(ErrorCode::InvalidClient, description)
    }
}

/// Which client an assertion claims to come from: to look up its keys, for nothing else.
///
/// # Errors
/// When it is no token, or names no issuer.
pub fn claimed_client(assertion: &str) -> Result<String, AssertionError> {
    let claims = jwt::unverified(assertion)?;
    claims
        .text("iss")
        .map(str::to_owned)
        .ok_or(AssertionError::Client)
}

/// Believes an assertion of the client `client_id`, registered with `keys`.
///
/// `audiences` are this server's names: its token endpoint, and its issuer.
///
/// # Errors
/// [`AssertionError`]; each maps to an [`OAuthError`].
pub fn verify(
    assertion: &str,
    client_id: &str,
    keys: &KeySet,
    audiences: &[&str],
    now: Timestamp,
) -> Result<Assertion, AssertionError> {
    let claims = jwt::verify(assertion, keys, ACCEPT)?;
    if claims.text("iss") != Some(client_id) || claims.text("sub") != Some(client_id) {
        return Err(AssertionError::Client);
    }
    if !claims.audiences().iter().any(|aud| audiences.contains(aud)) {
        return Err(AssertionError::Audience);
    }
    let exp = claims
        .seconds("exp")
        .and_then(|exp| Timestamp::from_second(exp).ok())
        .ok_or(AssertionError::NoExpiry)?;
    if claims.unexpired(now) != Some(true) {
        return Err(AssertionError::Expired);
    }
    if exp.duration_since(now) > MAX_LIFETIME + SKEW {
        return Err(AssertionError::TooLong);
    }
    if claims.begun("iat", now) == Some(false) || claims.begun("nbf", now) == Some(false) {
        return Err(AssertionError::NotYet);
    }
    let jti = claims
        .text("jti")
        .filter(|jti| (1..=255).contains(&jti.len()))
        .ok_or(AssertionError::NoJti)?;
    Ok(Assertion {
        client_id: client_id.to_owned(),
        jti: jti.to_owned(),
        exp,
    })
}

/// Makes an assertion for `client_id`, good for one minute at `audience` (the token endpoint).
/// `jti` must be new each time.
pub fn sign(key: &SigningKey, client_id: &str, audience: &str, jti: Id, now: Timestamp) -> String {
    let iat = now.as_second();
    jwt::sign(
        key,
        &json!({
            "iss": client_id, "sub": client_id, "aud": audience,
            "jti": jti.to_string(), "iat": iat, "exp": iat + 60,
        }),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::jwk::tests::rsa;

    const CLIENT: &str = "laboratoire";
    const AUDIENCE: &str = "https://carnet.example/oauth/token";
    const NOW: i64 = 1_800_000_000;

    fn now() -> Timestamp {
        Timestamp::from_second(NOW).expect("a date")
    }

    fn check(key: &SigningKey, claims: &Value) -> Result<Assertion, AssertionError> {
        let keys = KeySet::new([key.public().clone()]);
        verify(&jwt::sign(key, claims), CLIENT, &keys, &[AUDIENCE], now())
    }

    fn sound() -> Value {
        json!({"iss": CLIENT, "sub": CLIENT, "aud": AUDIENCE, "jti": "1", "exp": NOW + 300, "iat": NOW})
    }

    #[test]
    fn what_we_sign_is_believed() {
        let key = SigningKey::generate();
        let jwt = sign(&key, CLIENT, AUDIENCE, Id([7; 16]), now());
        assert_eq!(claimed_client(&jwt).as_deref(), Ok(CLIENT));
        let keys = KeySet::new([key.public().clone()]);
        let assertion = verify(&jwt, CLIENT, &keys, &[AUDIENCE], now()).expect("sound");
        assert_eq!(assertion.jti, Id([7; 16]).to_string());
        assert_eq!(assertion.exp.as_second(), NOW + 60);
    }

    #[test]
    fn hospital_algorithms_are_accepted() {
        for algorithm in [Algorithm::RS256, Algorithm::RS384, Algorithm::PS256] {
            assert!(check(&rsa(algorithm), &sound()).is_ok(), "{algorithm:?}");
        }
        assert_eq!(
            check(&rsa(Algorithm::RS512), &sound()),
            Err(JwtError::Algorithm.into())
        );
    }

    #[test]
    fn each_lie_has_its_own_refusal() {
        let key = SigningKey::generate();
        let cases: [(&str, Value, AssertionError); 12] = [
            ("iss", json!("other"), AssertionError::Client),
            ("sub", json!("other"), AssertionError::Client),
            ("sub", Value::Null, AssertionError::Client),
            (
                "aud",
                json!("https://other.example/token"),
                AssertionError::Audience,
            ),
            ("aud", json!([]), AssertionError::Audience),
            ("exp", json!(NOW - 61), AssertionError::Expired),
            ("exp", json!("soon"), AssertionError::NoExpiry),
            ("exp", json!(NOW + 361), AssertionError::TooLong),
            ("iat", json!(NOW + 61), AssertionError::NotYet),
            ("nbf", json!(NOW + 61), AssertionError::NotYet),
            ("jti", Value::Null, AssertionError::NoJti),
            ("jti", json!("x".repeat(256)), AssertionError::NoJti),
        ];
        for (name, value, expected) in cases {
            let mut claims = sound();
            claims[name] = value;
            let refusal = check(&key, &claims).expect_err(name);
            assert_eq!(refusal, expected, "{name}");
            assert_eq!(OAuthError::from(refusal).code, ErrorCode::InvalidClient);
        }
    }

    #[test]
    fn another_clients_key_does_not_sign_for_this_one() {
        let (ours, theirs) = (SigningKey::generate(), SigningKey::generate());
        let keys = KeySet::new([ours.public().clone()]);
        let jwt = sign(&theirs, CLIENT, AUDIENCE, Id([0; 16]), now());
        assert_eq!(
            verify(&jwt, CLIENT, &keys, &[AUDIENCE], now()),
            Err(JwtError::UnknownKey.into())
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[ -~]{0,60}", middle in ".{0,40}") {
            let _ = claimed_client(&text);
            let part = crate::base64url(middle.as_bytes());
            let _ = claimed_client(&format!("{part}.{part}.{part}"));
            let _ = verify(&format!("{part}.{part}.{part}"), CLIENT, &KeySet::default(), &[AUDIENCE], now());
        }
    }
}
