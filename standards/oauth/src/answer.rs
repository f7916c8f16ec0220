//! What a token endpoint answers: tokens, or an error.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Error codes of OAuth (RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, RFC 7009 §2.2.1,
/// RFC 8693 §2.2.2)
/// and of OpenID Connect (Core §3.1.2.6, CIBA Core §11 and §13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the specification's own codes")]
pub enum ErrorCode {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnauthorizedClient,
    UnsupportedGrantType,
    InvalidScope,
    AccessDenied,
    UnsupportedResponseType,
    ServerError,
    TemporarilyUnavailable,
    LoginRequired,
    ConsentRequired,
    InvalidToken,
    InsufficientScope,
    InvalidTarget,
    AuthorizationPending,
    SlowDown,
    ExpiredToken,
    UnsupportedTokenType,
    UnknownUserId,
    InvalidBindingMessage,
}

impl ErrorCode {
    /// The code as it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::InvalidTarget => "invalid_target",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::ExpiredToken => "expired_token",
            Self::UnsupportedTokenType => "unsupported_token_type",
            Self::UnknownUserId => "unknown_user_id",
            Self::InvalidBindingMessage => "invalid_binding_message",
        }
    }

    /// The HTTP status that carries this code in a direct answer.
    pub fn status(self) -> u16 {
        match self {
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::InsufficientScope | Self::AccessDenied => 403,
            Self::ServerError => 500,
            Self::TemporarilyUnavailable => 503,
            _ => 400,
        }
    }
}

/// The JSON body of a refusal. The description is for the client's developer: English, no data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}: {description}", code.as_str())]
pub struct OAuthError {
    /// Which error.
    #[serde(rename = "error")]
    pub code: ErrorCode,
    /// What to mend.
    #[serde(rename = "error_description")]
    pub description: &'static str,
}

impl OAuthError {
    /// An error with its explanation.
    pub fn new(code: ErrorCode, description: &'static str) -> Self {
        Self { code, description }
    }
}

/// The JSON body of a success (RFC 6749 §5.1). To be sent with `Cache-Control: no-store`.
#[derive(Clone, Serialize)]
pub struct TokenResponse {
    /// What opens the API.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Lifetime of the access token, in seconds.
    pub expires_in: u32,
    /// What was granted, when it may differ from what was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// What gives the next access token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// Who signed in, when `openid` was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
    /// Further members, such as SMART's `patient`.
    #[serde(flatten)]
    pub context: Map<String, Value>,
}

impl TokenResponse {
    /// An answer that holds an access token alone.
    pub fn bearer(access_token: String, expires_in: u32) -> Self {
        Self {
            access_token,
            token_type: "Bearer",
            expires_in,
            scope: None,
            refresh_token: None,
            id_token: None,
            context: Map::new(),
        }
    }
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_written_as_the_rfc_says() {
        let error = OAuthError::new(ErrorCode::InvalidClient, "unknown client");
        assert_eq!(
            serde_json::to_string(&error).expect("JSON"),
            r#"{"error":"invalid_client","error_description":"unknown client"}"#
        );
        assert_eq!(error.code.status(), 401);
    }

    #[test]
    fn absent_members_are_not_written_and_tokens_not_printed() {
        let response = TokenResponse::bearer("secret".into(), 300);
        assert_eq!(
            serde_json::to_string(&response).expect("JSON"),
            r#"{"access_token":"secret","token_type":"Bearer","expires_in":300}"#
        );
        assert!(!format!("{response:?}").contains("secret"));
    }
}
