use std::sync::{Arc, RwLock};

use serde::Deserialize;

use super::{Provider, Registration};
use crate::{
    http::{AnswerError, Http, get_json},
    jwk::KeySet,
};

/// What we use of a provider's metadata (OpenID Connect Discovery §3, RFC 8414).
#[derive(Debug, Clone, Deserialize)]
pub struct Metadata {
    /// The provider's name; prefix of nothing, compared letter by letter.
    pub issuer: String,
    /// Where the browser goes to sign in.
    pub authorization_endpoint: String,
    /// Where a code becomes tokens.
    pub token_endpoint: String,
    /// Where the provider's keys are.
    pub jwks_uri: String,
    /// Where the person's claims are.
    pub userinfo_endpoint: Option<String>,
    /// Where an access token is asked about (RFC 7662).
    pub introspection_endpoint: Option<String>,
    /// Where the browser goes to sign out.
    pub end_session_endpoint: Option<String>,
    /// Where a sign-in on another device is asked for (CIBA).
    pub backchannel_authentication_endpoint: Option<String>,
    /// Whether answers always carry `iss` (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// Why a provider cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DiscoveryError {
    /// The metadata did not come.
    #[error("the provider's metadata: {0}")]
    Metadata(AnswerError),
    /// The metadata lacks an endpoint, or is not what the specification says.
    #[error("the provider's metadata is incomplete")]
    Incomplete,
    /// The metadata is another issuer's.
    #[error("the metadata is of another issuer: {0}")]
    Issuer(String),
    /// An endpoint without TLS, though the issuer has it, or no address at all.
    #[error("the endpoint {0} is not safe")]
    Endpoint(&'static str),
    /// The keys did not come.
    #[error("the provider's keys: {0}")]
    Keys(AnswerError),
}

impl Provider {
    /// Reads the provider's metadata and keys.
    ///
    /// Endpoints must be `https`; an issuer that is itself `http` (a provider on
    /// the same machine, for trials) may have `http` endpoints on its own host.
    ///
    /// # Errors
    /// [`DiscoveryError`]; nothing is kept of a provider that fails.
    pub async fn discover(
        registration: Registration,
        http: &impl Http,
    ) -> Result<Self, DiscoveryError> {
        let default = || {
            format!(
                "{}/.well-known/openid-configuration",
                registration.issuer.trim_end_matches('/')
            )
        };
        let url = registration.discovery_url.clone().unwrap_or_else(default);
        let document = get_json(http, &url)
            .await
            .map_err(DiscoveryError::Metadata)?;
        let metadata = Metadata::deserialize(&document).map_err(|_| DiscoveryError::Incomplete)?;
        if metadata.issuer != registration.issuer {
            return Err(DiscoveryError::Issuer(metadata.issuer));
        }
        metadata.check_endpoints()?;
        let keys = fetch_keys(&metadata, http)
            .await
            .map_err(DiscoveryError::Keys)?;
        Ok(Self {
            registration,
            metadata,
            keys: RwLock::new(Arc::new(keys)),
        })
    }
}

impl Metadata {
    fn check_endpoints(&self) -> Result<(), DiscoveryError> {
        let endpoints = [
            ("authorization_endpoint", Some(&self.authorization_endpoint)),
            ("token_endpoint", Some(&self.token_endpoint)),
            ("jwks_uri", Some(&self.jwks_uri)),
            ("userinfo_endpoint", self.userinfo_endpoint.as_ref()),
            (
                "backchannel_authentication_endpoint",
                self.backchannel_authentication_endpoint.as_ref(),
            ),
            (
                "introspection_endpoint",
                self.introspection_endpoint.as_ref(),
            ),
            ("end_session_endpoint", self.end_session_endpoint.as_ref()),
        ];
        let unsafe_one = endpoints
            .into_iter()
            .find(|(_, url)| url.is_some_and(|url| !is_safe(&self.issuer, url)));
        unsafe_one.map_or(Ok(()), |(name, _)| Err(DiscoveryError::Endpoint(name)))
    }
}

/// The provider's keys, fresh.
pub(super) async fn fetch_keys(
    metadata: &Metadata,
    http: &impl Http,
) -> Result<KeySet, AnswerError> {
    let document = get_json(http, &metadata.jwks_uri).await?;
    KeySet::parse(&document).ok_or(AnswerError::NotJson)
}

fn is_safe(issuer: &str, url: &str) -> bool {
    let (Ok(issuer), Ok(url)) = (issuer.parse::<::http::Uri>(), url.parse::<::http::Uri>()) else {
        return false;
    };
    let named = url
        .authority()
        .is_some_and(|authority| !authority.as_str().contains('@'));
    let sealed = match url.scheme_str() {
        Some("https") => true,
        Some("http") => issuer.scheme_str() == Some("http") && issuer.host() == url.host(),
        _ => false,
    };
    named && sealed
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn endpoints_keep_to_tls() {
        let issuer = "https://idp.example/realm";
        assert!(is_safe(issuer, "https://other-host.example/authorize"));
        for bad in [
            "http://idp.example/a",
            "/a",
            "",
            "javascript:alert(1)",
            "https://u@idp.example/",
            "é",
        ] {
            assert!(!is_safe(issuer, bad), "{bad}");
        }
        assert!(is_safe(
            "http://localhost:8080/demo",
            "http://localhost:8080/token"
        ));
        assert!(!is_safe(
            "http://localhost:8080/demo",
            "http://elsewhere.example/token"
        ));
    }
}
