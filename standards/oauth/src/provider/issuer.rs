use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::Grant;
use crate::{
    base64url,
    jwk::{KeySet, SigningKey},
    jwt, sha256,
};

/// The provider's own name and key, and the documents that it signs and publishes.
///
/// Its endpoints are `{name}/authorize`, `/token`, `/userinfo`, `/jwks` and `/logout`.
#[derive(Debug, Clone)]
pub struct Issuer {
    /// The issuer, an address without a slash at its end.
    pub name: String,
    /// What it signs with.
    pub key: SigningKey,
}

impl Issuer {
    /// How long an ID token is good for.
    pub const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

    /// The document at `{name}/.well-known/openid-configuration`.
    pub fn discovery(&self, scopes: &[&str], acr_values: &[&str]) -> Value {
        let at = |path: &str| format!("{}/{path}", self.name);
        let algorithm = format!("{:?}", self.key.algorithm());
        json!({
            "issuer": self.name,
            "authorization_endpoint": at("authorize"),
            "token_endpoint": at("token"),
            "userinfo_endpoint": at("userinfo"),
            "jwks_uri": at("jwks"),
            "end_session_endpoint": at("logout"),
            "scopes_supported": scopes,
            "acr_values_supported": acr_values,
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": [algorithm],
            "userinfo_signing_alg_values_supported": [algorithm],
            "token_endpoint_auth_methods_supported":
                ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
            "token_endpoint_auth_signing_alg_values_supported":
                ["ES256", "ES384", "RS256", "RS384", "PS256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
        })
    }

    /// The document at `{name}/jwks`.
    pub fn jwks(&self) -> Value {
        KeySet::new([self.key.public().clone()]).to_json()
    }

    /// The claims of an ID token for `grant`, tied to `access_token`; [`Self::sign`] makes it one.
    pub fn id_claims(&self, grant: &Grant, access_token: &str, now: Timestamp) -> Value {
        let mut claims = json!({
            "iss": self.name,
            "sub": grant.subject,
            "aud": grant.client_id,
            "iat": now.as_second(),
            "exp": now.as_second().saturating_add(Self::LIFETIME.as_secs()),
            "auth_time": grant.auth_time.as_second(),
            "at_hash": base64url(&sha256(access_token.as_bytes())[..16]),
        });
        if let Some(nonce) = &grant.nonce {
            claims["nonce"] = json!(nonce);
        }
        if let Some(acr) = &grant.acr {
            claims["acr"] = json!(acr);
        }
        claims
    }

    /// The claims of a userinfo that will be signed for `client_id`: the person's, and whose word it is.
    pub fn userinfo_claims(
        &self,
        client_id: &str,
        person: Map<String, Value>,
        now: Timestamp,
    ) -> Value {
        let mut claims = Value::Object(person);
        claims["iss"] = json!(self.name);
        claims["aud"] = json!(client_id);
        claims["iat"] = json!(now.as_second());
        claims["exp"] = json!(now.as_second().saturating_add(Self::LIFETIME.as_secs()));
        claims
    }

    /// Signs claims: an ID token, or a userinfo to send as `application/jwt`.
    pub fn sign(&self, claims: &Value) -> String {
        jwt::sign(&self.key, claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_name_the_issuer_and_hold_nothing_private() {
        let issuer = Issuer {
            name: "https://idp.example".into(),
            key: SigningKey::generate(),
        };
        let discovery = issuer.discovery(&["openid"], &["eidas1"]);
        assert_eq!(discovery["token_endpoint"], "https://idp.example/token");
        assert_eq!(
            discovery["id_token_signing_alg_values_supported"],
            json!(["ES256"])
        );
        let jwks = issuer.jwks();
        assert_eq!(jwks["keys"][0]["kid"], issuer.key.kid());
        assert_eq!(jwks["keys"][0].get("d"), None);
    }
}
