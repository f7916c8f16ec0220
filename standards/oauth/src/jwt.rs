//! Signed JSON Web Tokens (RFC 7515, RFC 7519), with the habits of RFC 8725:
//! the verifier chooses the algorithms, the key must fit, `crit` is refused.

use base64::Engine as _;
use jiff::Timestamp;
use jsonwebtoken::{DecodingKey, Header, Validation, errors::ErrorKind};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    SKEW,
    jwk::{Algorithm, KeySet, SigningKey},
};

/// Longest token that is looked at, in bytes.
const MAX_LENGTH: usize = 64 * 1024;

/// Why a signed token is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwtError {
    /// Not three base64url parts holding a header and a JSON object (an encrypted token is this, too).
    #[error("not a signed token")]
    Malformed,
    /// `none`, a symmetric algorithm, or one that is not accepted here.
    #[error("the algorithm is not accepted")]
    Algorithm,
    /// The header's `typ` is of another sort of token.
    #[error("a token of another sort")]
    Type,
    /// The header asks for an extension to be understood.
    #[error("a critical extension is asked for")]
    Critical,
    /// No published key bears this name and fits this algorithm.
    #[error("signed by an unknown key")]
    UnknownKey,
    /// The signature is not that key's.
    #[error("the signature is wrong")]
    Signature,
}

/// What a verifier accepts.
#[derive(Debug, Clone, Copy)]
pub struct Accept {
    /// Algorithms, all asymmetric.
    pub algorithms: &'static [Algorithm],
    /// Values of `typ`, lower case; an absent `typ` is always accepted.
    pub types: &'static [&'static str],
}

/// For ID tokens and signed userinfo.
pub const FROM_PROVIDER: Accept = Accept {
    algorithms: &[Algorithm::RS256, Algorithm::PS256, Algorithm::ES256],
    types: &["jwt"],
};

/// Claims whose signature was verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Claims(pub Map<String, Value>);

impl Claims {
    /// A claim that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A claim that is a NumericDate, whole seconds (fractions are dropped).
    pub fn seconds(&self, name: &str) -> Option<i64> {
        let value = self.0.get(name)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the cast saturates; such dates are refused as dates"
        )]
        value
            .as_i64()
            .or_else(|| value.as_f64().map(|seconds| seconds as i64))
    }

    /// Who the token is for: `aud` is one text or an array of them (RFC 7519 §4.1.3).
    pub fn audiences(&self) -> Vec<&str> {
        match self.0.get("aud") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether `exp` lies ahead (the skew granted); `None` without a readable `exp`.
    pub(crate) fn unexpired(&self, now: Timestamp) -> Option<bool> {
        let exp = self.seconds("exp")?;
        Some(now.as_second() < exp.saturating_add(SKEW.as_secs()))
    }

    /// Whether the date `name` is not later than now (the skew granted); `None` when absent.
    pub(crate) fn begun(&self, name: &str, now: Timestamp) -> Option<bool> {
        Some(self.seconds(name)? <= now.as_second().saturating_add(SKEW.as_secs()))
    }
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

/// Believes a token's claims, or says why not. Dates and audience are the caller's to check.
///
/// # Errors
/// [`JwtError`], the first that applies in the order of its variants.
pub fn verify(jwt: &str, keys: &KeySet, accept: Accept) -> Result<Claims, JwtError> {
    let head: Head = part(jwt, 0)?;
    let algorithm = head
        .alg
        .parse()
        .ok()
        .filter(|algorithm| accept.algorithms.contains(algorithm))
        .ok_or(JwtError::Algorithm)?;
    if head
        .typ
        .is_some_and(|typ| !accept.types.contains(&typ.to_ascii_lowercase().as_str()))
    {
        return Err(JwtError::Type);
    }
    if head.crit.is_some() {
        return Err(JwtError::Critical);
    }
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    // The library would ask the machine for the time; dates are checked by our callers.
    validation.validate_exp = false;
    validation.validate_aud = false;

    let mut refusal = JwtError::UnknownKey;
    for key in keys.candidates(algorithm, head.kid.as_deref()) {
        let Ok(key) = DecodingKey::from_jwk(key) else {
            continue;
        };
        match jsonwebtoken::decode(jwt, &key, &validation) {
            Ok(token) => return Ok(Claims(token.claims)),
            Err(error) if *error.kind() == ErrorKind::InvalidSignature => {
                refusal = JwtError::Signature
            }
            Err(_) => return Err(JwtError::Malformed),
        }
    }
    Err(refusal)
}

/// Signs `claims` with `key`, naming it.
///
/// # Panics
/// Never for a [`SigningKey`]: it was tried when it was read.
pub fn sign(key: &SigningKey, claims: &Value) -> String {
    let header = Header {
        kid: Some(key.kid().to_owned()),
        ..Header::new(key.algorithm())
    };
    jsonwebtoken::encode(&header, claims, key.private()).expect("a key that was read can sign")
}

/// Claims whose signature nobody checked: only to find out whom to ask for the key.
pub(crate) fn unverified(jwt: &str) -> Result<Claims, JwtError> {
    part(jwt, 1).map(Claims)
}

/// The JSON in the `index`th of a token's three parts.
fn part<T: serde::de::DeserializeOwned>(jwt: &str, index: usize) -> Result<T, JwtError> {
    if jwt.len() > MAX_LENGTH || jwt.split('.').count() != 3 {
        return Err(JwtError::Malformed);
    }
    let part = jwt.split('.').nth(index).ok_or(JwtError::Malformed)?;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| JwtError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| JwtError::Malformed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{base64url, jwk::tests::rsa};

    fn forge(header: &Value, claims: &Value) -> String {
        format!(
            "{}.{}.{}",
            base64url(header.to_string().as_bytes()),
            base64url(claims.to_string().as_bytes()),
            base64url(b"no signature")
        )
    }

    #[test]
    fn what_is_signed_is_believed_for_each_accepted_algorithm() {
        for key in [
            SigningKey::generate(),
            rsa(Algorithm::RS256),
            rsa(Algorithm::PS256),
        ] {
            let keys = KeySet::new([key.public().clone()]);
            let claims =
                verify(&sign(&key, &json!({"sub": "a"})), &keys, FROM_PROVIDER).expect("sound");
            assert_eq!(claims.text("sub"), Some("a"));
        }
        let key = rsa(Algorithm::RS384);
        let keys = KeySet::new([key.public().clone()]);
        assert_eq!(
            verify(&sign(&key, &json!({})), &keys, FROM_PROVIDER),
            Err(JwtError::Algorithm)
        );
    }

    #[test]
    fn a_forged_header_is_refused_by_its_own_error() {
        let key = SigningKey::generate();
        let keys = KeySet::new([key.public().clone()]);
        let refused = |header: Value| {
            verify(&forge(&header, &json!({})), &keys, FROM_PROVIDER).expect_err("forged")
        };
        assert_eq!(refused(json!({"alg": "none"})), JwtError::Algorithm);
        assert_eq!(refused(json!({"alg": "None"})), JwtError::Algorithm);
        assert_eq!(
            refused(json!({"alg": "HS256", "kid": key.kid()})),
            JwtError::Algorithm
        );
        assert_eq!(
            refused(json!({"alg": "ES256", "typ": "at+jwt"})),
            JwtError::Type
        );
        assert_eq!(
            refused(json!({"alg": "ES256", "crit": ["b64"], "b64": false})),
            JwtError::Critical
        );
        assert_eq!(
            refused(json!({"alg": "ES256", "kid": "other"})),
            JwtError::UnknownKey
        );
        assert_eq!(
            refused(json!({"alg": "RS256", "kid": key.kid()})),
            JwtError::UnknownKey
        );
        assert_eq!(
            refused(json!({"alg": "ES256", "kid": key.kid()})),
            JwtError::Signature
        );
        assert_eq!(refused(json!({"kid": "no algorithm"})), JwtError::Malformed);
    }

    #[test]
    fn a_key_that_the_token_brings_along_is_not_used() {
        let (ours, theirs) = (SigningKey::generate(), SigningKey::generate());
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(ours.kid().to_owned());
        header.jwk = Some(theirs.public().clone());
        let jwt =
            jsonwebtoken::encode(&header, &json!({"sub": "a"}), theirs.private()).expect("signed");
        let keys = KeySet::new([ours.public().clone()]);
        assert_eq!(verify(&jwt, &keys, FROM_PROVIDER), Err(JwtError::Signature));
    }

    #[test]
    fn claims_that_are_no_object_and_altered_claims_are_refused() {
        let key = SigningKey::generate();
        let keys = KeySet::new([key.public().clone()]);
        assert_eq!(
            verify(&sign(&key, &json!([1])), &keys, FROM_PROVIDER),
            Err(JwtError::Malformed)
        );
        let jwt = sign(&key, &json!({"sub": "a"}));
        let altered = jwt.replacen(
            &base64url(br#"{"sub":"a"}"#),
            &base64url(br#"{"sub":"b"}"#),
            1,
        );
        assert_ne!(altered, jwt);
        assert_eq!(
            verify(&altered, &keys, FROM_PROVIDER),
            Err(JwtError::Signature)
        );
        assert_eq!(
            verify(&format!("{jwt}.x.y"), &keys, FROM_PROVIDER),
            Err(JwtError::Malformed)
        );
    }

    #[test]
    fn dates_may_be_fractions_and_audiences_one_or_several() {
        let claims = |value: Value| Claims(value.as_object().expect("an object").clone());
        assert_eq!(claims(json!({"exp": 12.9})).seconds("exp"), Some(12));
        assert_eq!(claims(json!({"exp": 1e300})).seconds("exp"), Some(i64::MAX));
        assert_eq!(claims(json!({"exp": "12"})).seconds("exp"), None);
        assert_eq!(claims(json!({"aud": "a"})).audiences(), ["a"]);
        assert_eq!(
            claims(json!({"aud": ["a", 1, "b"]})).audiences(),
            ["a", "b"]
        );
    }

    proptest::proptest! {
        #[test]
        fn never_panics(jwt in ".{0,80}", parts in proptest::collection::vec("[A-Za-z0-9_-]{0,20}", 3)) {
            let keys = KeySet::new([]);
            let _ = verify(&jwt, &keys, FROM_PROVIDER);
            let _ = verify(&parts.join("."), &keys, FROM_PROVIDER);
        }
    }
}
