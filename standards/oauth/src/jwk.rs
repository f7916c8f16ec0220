//! Keys: one to sign with, and sets to verify by (RFC 7517, RFC 7638).

use std::fmt;

use ambient::Secret;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
pub use jsonwebtoken::{Algorithm, jwk::Jwk};
use jsonwebtoken::{
    EncodingKey, Header,
    jwk::{AlgorithmParameters, EllipticCurve, KeyAlgorithm, PublicKeyUse, ThumbprintHash},
};
use serde::Deserialize as _;
use serde_json::{Value, json};

/// A private key, its public half and their common name (`kid`, the RFC 7638 thumbprint).
#[derive(Clone)]
pub struct SigningKey {
    algorithm: Algorithm,
    private: EncodingKey,
    public: Jwk,
    kid: String,
}

/// The bytes are no private key that we can sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a usable private key (PKCS#8, P-256, P-384 or RSA)")]
pub struct BadKey;

impl SigningKey {
    /// A fresh ES256 key.
    ///
    /// The one place of this crate where randomness is not a parameter: the
    /// library draws keys from the operating system and from nowhere else.
    ///
    /// # Panics
    /// When the operating system gives no random bytes: nothing may go on then.
    pub fn generate() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .expect("the operating system gives random bytes");
        let der = pair.to_pkcs8v1().expect("a fresh key can be written");
        Self::from_pkcs8(der.as_ref()).expect("what was just written reads back")
    }

    /// An ES256 key from its PKCS#8 DER form.
    ///
    /// # Errors
    /// [`BadKey`] when the bytes are anything else.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, BadKey> {
        Self::new(EncodingKey::from_ec_der(der), Algorithm::ES256)
    }

    /// A key from a PEM file: P-256 (ES256) or P-384 (ES384) in PKCS#8, or RSA (RS256).
    ///
    /// # Errors
    /// [`BadKey`] when the text is anything else.
    pub fn from_pem(pem: &str) -> Result<Self, BadKey> {
        if let Ok(key) = EncodingKey::from_ec_pem(pem.as_bytes()) {
            return Self::new(key.clone(), Algorithm::ES256)
                .or_else(|_| Self::new(key, Algorithm::ES384));
        }
        let key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| BadKey)?;
        Self::new(key, Algorithm::RS256)
    }

    fn new(private: EncodingKey, algorithm: Algorithm) -> Result<Self, BadKey> {
        // One signature now, so that none fails later.
        let trial = jsonwebtoken::encode(&Header::new(algorithm), &json!({}), &private);
        trial.map_err(|_| BadKey)?;
        let mut public = Jwk::from_encoding_key(&private, algorithm).map_err(|_| BadKey)?;
        let kid = public
            .thumbprint(ThumbprintHash::SHA256)
            .map_err(|_| BadKey)?;
        public.common.key_id = Some(kid.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            algorithm,
            private,
            public,
            kid,
        })
    }

    /// The private key, to be stored sealed; [`Self::from_pkcs8`] reads an ES256 one back.
    pub fn to_der(&self) -> Secret<Vec<u8>> {
        Secret::new(self.private.as_bytes().to_vec())
    }

    /// The public half, to be published.
    pub fn public(&self) -> &Jwk {
        &self.public
    }

    /// The name by which signatures refer to the key.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The algorithm that the key signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(crate) fn private(&self) -> &EncodingKey {
        &self.private
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.kid)
    }
}

/// Public keys that somebody published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeySet(Vec<Jwk>);

/// Most keys that are kept of one set.
const MAX_KEYS: usize = 64;

impl KeySet {
    /// A set of these keys.
    pub fn new(keys: impl IntoIterator<Item = Jwk>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// Reads `{"keys": […]}`. A key that we do not understand is left out
    /// (RFC 7517 §5), so that a provider may add a new kind without locking us out.
    ///
    /// Returns `None` when there is no array of keys.
    pub fn parse(document: &Value) -> Option<Self> {
        let keys = document.get("keys")?.as_array()?;
        let read = keys
            .iter()
            .take(MAX_KEYS)
            .filter_map(|key| Jwk::deserialize(key).ok());
        Some(Self(read.collect()))
    }

    /// The set as a JSON document, for a `jwks_uri`.
    pub fn to_json(&self) -> Value {
        json!({ "keys": self.0 })
    }

    /// The keys that may have signed under `algorithm` and `kid`.
    ///
    /// Without a `kid` the choice must be evident: one fitting key, or none.
    pub(crate) fn candidates(&self, algorithm: Algorithm, kid: Option<&str>) -> Vec<&Jwk> {
        let fitting = self.0.iter().filter(|key| fits(key, algorithm));
        match kid {
            Some(kid) => fitting
                .filter(|key| key.common.key_id.as_deref() == Some(kid))
                .collect(),
            None => Some(fitting.collect::<Vec<_>>())
                .filter(|keys| keys.len() == 1)
                .unwrap_or_default(),
        }
    }
}

/// Whether a key is meant for signatures by `algorithm`: an encryption key, or a
/// key of another family, verifies nothing.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let meant = matches!(
        key.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    ) && key
        .common
        .key_algorithm
        .is_none_or(|alg| alg == KeyAlgorithm::from(algorithm));
    let family = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) => {
            key.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES384) => {
            key.curve == EllipticCurve::P384
        }
        (
            AlgorithmParameters::RSA(_),
            Algorithm::RS256 | Algorithm::RS384 | Algorithm::PS256 | Algorithm::PS384,
        ) => true,
        _ => false,
    };
    meant && family
}

#[cfg(test)]
pub(crate) mod tests {
    use aws_lc_rs::encoding::AsDer as _;

    use super::*;

    /// An RSA key of 2048 bits, for the algorithms that hospitals still sign with.
    pub(crate) fn rsa(algorithm: Algorithm) -> SigningKey {
        let pair = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048)
            .expect("random bytes");
        let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> =
            pair.as_der().expect("a fresh key can be written");
        SigningKey::new(
            EncodingKey::from_rsa_pem(pem(der.as_ref()).as_bytes()).expect("PKCS#8"),
            algorithm,
        )
        .expect("an RSA key")
    }

    fn pem(der: &[u8]) -> String {
        use base64::Engine as _;
        let body = base64::engine::general_purpose::STANDARD.encode(der);
        format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n")
    }

    #[test]
    fn a_key_file_of_each_family_is_read() {
        use aws_lc_rs::signature::ECDSA_P384_SHA384_FIXED_SIGNING;
        let p384 = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).expect("random bytes");
        let p384 = pem(p384.to_pkcs8v1().expect("a document").as_ref());
        assert_eq!(
            SigningKey::from_pem(&p384).map(|key| key.algorithm()),
            Ok(Algorithm::ES384)
        );
        let p256 = pem(SigningKey::generate().to_der().expose());
        assert_eq!(
            SigningKey::from_pem(&p256).map(|key| key.algorithm()),
            Ok(Algorithm::ES256)
        );
        let pair = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048)
            .expect("random bytes");
        let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().expect("a document");
        let rsa = SigningKey::from_pem(&pem(der.as_ref()));
        assert_eq!(rsa.map(|key| key.algorithm()), Ok(Algorithm::RS256));
    }

    #[test]
    fn a_generated_key_reads_back_and_its_public_half_says_nothing_private() {
        let key = SigningKey::generate();
        let again = SigningKey::from_pkcs8(key.to_der().expose()).expect("our own key");
        assert_eq!(again.kid(), key.kid());
        let public = serde_json::to_value(key.public()).expect("JSON");
        let mut members: Vec<_> = public
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        members.sort();
        assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x", "y"]);
        assert_eq!(format!("{key:?}"), format!("SigningKey({})", key.kid()));
    }

    #[test]
    fn the_kid_is_the_thumbprint_of_rfc_7638() {
        // The example of RFC 7638 §3.1.
        let jwk: Jwk = serde_json::from_value(json!({
            "kty": "RSA", "e": "AQAB", "alg": "RS256",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        }))
        .expect("a key");
        assert_eq!(
            jwk.thumbprint(ThumbprintHash::SHA256)
                .expect("a thumbprint"),
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
        );
    }

    #[test]
    fn a_set_keeps_what_it_understands() {
        let good = serde_json::to_value(SigningKey::generate().public()).expect("JSON");
        let set = KeySet::parse(&json!({ "keys": [good, 3, {"kty": "novel"}, {"kty": "EC"}] }))
            .expect("a set");
        assert_eq!(set.candidates(Algorithm::ES256, None).len(), 1);
        assert!(KeySet::parse(&json!({ "keys": {} })).is_none());
        assert!(KeySet::parse(&json!([])).is_none());
    }

    #[test]
    fn keys_of_another_purpose_family_or_curve_are_no_candidates() {
        let key = SigningKey::generate();
        let set = KeySet::new([key.public().clone()]);
        assert_eq!(set.candidates(Algorithm::ES256, Some(key.kid())).len(), 1);
        assert!(set.candidates(Algorithm::ES256, Some("other")).is_empty());
        assert!(set.candidates(Algorithm::ES384, Some(key.kid())).is_empty());
        assert!(set.candidates(Algorithm::HS256, Some(key.kid())).is_empty());
        let mut encryption = key.public().clone();
        encryption.common.public_key_use = Some(PublicKeyUse::Encryption);
        assert!(
            KeySet::new([encryption])
                .candidates(Algorithm::ES256, Some(key.kid()))
                .is_empty()
        );
        let two = KeySet::new([
            key.public().clone(),
            SigningKey::generate().public().clone(),
        ]);
        assert!(
            two.candidates(Algorithm::ES256, None).is_empty(),
            "without a name, no guess"
        );
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert_eq!(SigningKey::from_pkcs8(b"nothing").err(), Some(BadKey));
        assert_eq!(
            SigningKey::from_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")
                .err(),
            Some(BadKey)
        );
    }
}
