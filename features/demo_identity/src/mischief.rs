use aws_lc_rs::hmac;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use oauth::{jwt, provider::Grant};
use serde_json::{Value, json};

use crate::Provider;

/// How the provider lies; each must be refused by whoever believes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mischief {
    /// Not at all.
    #[default]
    None,
    /// The ID token answers another question.
    WrongNonce,
    /// The ID token is in another provider's name.
    WrongIssuer,
    /// The ID token is for another client.
    WrongAudience,
    /// The ID token is signed with a key that nobody published.
    ForeignKey,
    /// The ID token is an hour old.
    Expired,
    /// The card was shown an hour ago, whatever was asked.
    OldFactor,
    /// The ID token bears no signature and says so.
    AlgNone,
    /// The ID token is « signed » with the public key, as if it were a shared secret.
    PublicKeyAsSecret,
    /// The userinfo comes without signature, where one was agreed.
    UnsignedUserinfo,
    /// The userinfo is about somebody else.
    OtherSubInUserinfo,
    /// Somebody else confirms on their phone.
    AnotherConfirms,
    /// A code serves again and again, whatever proof key comes with it, as at a provider
    /// that knows nothing of PKCE: an injected code then meets the client's own checks.
    CodeReplayAllowed,
}

impl Mischief {
    /// The ID token made of honest `claims`.
    pub(crate) fn id_token(self, mut claims: Value, provider: &Provider) -> String {
        match self {
            Self::WrongNonce => claims["nonce"] = json!("another-nonce"),
            Self::WrongIssuer => claims["iss"] = json!("https://another-issuer.example"),
            Self::WrongAudience => claims["aud"] = json!("another-client"),
            Self::Expired => {
                for name in ["iat", "exp", "auth_time"] {
                    claims[name] = json!(claims[name].as_i64().unwrap_or_default() - 3600);
                }
            }
            Self::OldFactor => {
                let at = claims["auth_time"].as_i64().unwrap_or_default();
                claims["auth_time"] = json!(at - 3600);
            }
            Self::ForeignKey => return jwt::sign(&provider.foreign_key, &claims),
            Self::AlgNone => {
                return format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims));
            }
            Self::PublicKeyAsSecret => {
                let header = json!({"alg": "HS256", "kid": provider.issuer.key.kid()});
                let text = format!("{}.{}", part(&header), part(&claims));
                let public = provider.issuer.jwks().to_string();
                let key = hmac::Key::new(hmac::HMAC_SHA256, public.as_bytes());
                let tag = hmac::sign(&key, text.as_bytes());
                return format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag));
            }
            Self::None
            | Self::OtherSubInUserinfo
            | Self::UnsignedUserinfo
            | Self::AnotherConfirms
            | Self::CodeReplayAllowed => {}
        }
        provider.issuer.sign(&claims)
    }

    /// When somebody showed who they are, as a token is asked about.
    pub(crate) fn shown(self, at: i64) -> i64 {
        match self {
            Self::OldFactor => at - 3600,
            _ => at,
        }
    }

    /// Whose confirmation on a phone is taken.
    pub(crate) fn confirmed(self, grant: &mut Grant, provider: &Provider) {
        let mut others = provider.identities.iter();
        let other = others.find(|one| one.subject != grant.subject);
        if let (Self::AnotherConfirms, Some(other)) = (self, other) {
            grant.subject.clone_from(&other.subject);
        }
    }

    /// Whether the userinfo is signed where that was agreed.
    pub(crate) fn signs_userinfo(self) -> bool {
        self != Self::UnsignedUserinfo
    }

    /// The `sub` of the userinfo about `subject`.
    pub(crate) fn userinfo_subject(self, subject: &str) -> String {
        match self {
            Self::OtherSubInUserinfo => "somebody-else".to_owned(),
            _ => subject.to_owned(),
        }
    }
}

fn part(value: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
}
