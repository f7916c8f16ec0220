//! Who sends (RFC 8292): a short-lived token, signed by a key that subscriptions name.

use aws_lc_rs::{
    agreement::{ECDH_P256, PrivateKey},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;

/// How long a token is good for, in seconds; the standard allows a day.
const LIFE: i64 = 12 * 3_600;

/// The key that an installation sends with.
#[derive(Debug)]
pub struct Vapid {
    pair: EcdsaKeyPair,
    public: String,
}

impl Vapid {
    /// The key of 32 secret bytes; `None` when they are none (one in 2³²).
    pub fn of(secret: &[u8; 32]) -> Option<Self> {
        let public = PrivateKey::from_private_key(&ECDH_P256, secret).ok()?;
        let public = public.compute_public_key().ok()?;
        let signs = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(signs, secret, public.as_ref());
        Some(Self {
            pair: pair.ok()?,
            public: BASE64_URL_SAFE_NO_PAD.encode(public.as_ref()),
        })
    }

    /// The same, of its base64url, as settings hold it.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        Self::of(&bytes.try_into().ok()?)
    }

    /// A key as settings hold it; `None` when the bytes are none.
    pub fn text(secret: &[u8; 32]) -> Option<String> {
        Self::of(secret).map(|_| BASE64_URL_SAFE_NO_PAD.encode(secret))
    }

    /// What browsers subscribe with (`applicationServerKey`), base64url.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The header that says who sends to a push service, and where its keepers may write.
    pub fn authorization(&self, service: &str, contact: &str, now: Timestamp) -> String {
        let until = now.as_second().saturating_add(LIFE);
        let head = serde_json::json!({"typ": "JWT", "alg": "ES256"});
        let says = serde_json::json!({"aud": service, "exp": until, "sub": contact});
        let part = |json: &serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        let token = format!("{}.{}", part(&head), part(&says));
        let signed = self.pair.sign(&SystemRandom::default(), token.as_bytes());
        let signed = signed.expect("a key signs");
        let signed = BASE64_URL_SAFE_NO_PAD.encode(signed.as_ref());
        format!("vapid t={token}.{signed}, k={}", self.public)
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_push_service_checks_who_sends() {
        let vapid = Vapid::of(&[7; 32]).expect("a key");
        let text = Vapid::text(&[7; 32]).expect("a key");
        let read = Vapid::read(&text).expect("a key");
        assert_eq!(read.public(), vapid.public());
        let now = "2026-06-12T08:00:00Z".parse().expect("an instant");
        let header = vapid.authorization("https://push.example", "https://carnet.example", now);
        let (token, key) = header
            .strip_prefix("vapid t=")
            .and_then(|rest| rest.split_once(", k="))
            .expect("the shape of the standard");
        assert_eq!(key, vapid.public());
        let plain = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).expect("base64url");
        let (said, signed) = token.rsplit_once('.').expect("a signature");
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, plain(key));
        key.verify(said.as_bytes(), &plain(signed)).expect("signed");
        let (_, claims) = said.split_once('.').expect("claims");
        let claims: serde_json::Value = serde_json::from_slice(&plain(claims)).expect("JSON");
        assert_eq!(claims["aud"], "https://push.example");
        assert_eq!(claims["sub"], "https://carnet.example");
        assert_eq!(claims["exp"], 1_781_294_400);
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in ["", "a b", "AAAA", &BASE64_URL_SAFE_NO_PAD.encode([0; 32])] {
            assert!(Vapid::read(text).is_none(), "{text}");
        }
    }
}
