use crate::{http::AnswerError, jwt::JwtError};

/// Why nobody is signed in. The texts are for the log; they hold nothing personal.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SignInError {
    /// The sign-in was started with another provider.
    #[error("the sign-in was started with another provider")]
    OtherProvider,
    /// `state` is not the one sent from this browser: a forged or replayed answer.
    #[error("state is not the one sent")]
    State,
    /// The sign-in took longer than [`super::Pending::LIFETIME`].
    #[error("the sign-in took too long")]
    TooLate,
    /// The answer's `iss` is missing or another's: a mix-up (RFC 9207).
    #[error("the answer comes from another issuer")]
    AnswerIssuer,
    /// The provider, or the person there, said no: `access_denied`, `login_required`…
    #[error("the provider refused: {0}")]
    Refused(String),
    /// The provider has no endpoint for a sign-in on another device.
    #[error("the provider asks nobody on another device")]
    NoBackchannel,
    /// Neither a code nor an error.
    #[error("the answer holds no code")]
    NoCode,
    /// The token endpoint refused the code (replayed, late) or us.
    #[error("the token endpoint refused: {0}")]
    TokenRefused(String),
    /// The token endpoint did not answer as it should.
    #[error("the token endpoint: {0}")]
    TokenAnswer(AnswerError),
    /// The tokens lack a member, or are not bearer tokens.
    #[error("the tokens are incomplete")]
    Tokens,
    /// The ID token's form, algorithm, key or signature.
    #[error("the ID token: {0}")]
    IdToken(JwtError),
    /// The provider's keys could not be read again.
    #[error("the provider's keys: {0}")]
    Keys(AnswerError),
    /// `iss` is another's.
    #[error("the ID token is of another issuer")]
    Issuer,
    /// `aud` is not us.
    #[error("the ID token is for another client")]
    Audience,
    /// `azp` is not us, or is missing where there are several audiences.
    #[error("the ID token was given to another client")]
    AuthorizedParty,
    /// `exp` has passed or is missing.
    #[error("the ID token has expired")]
    Expired,
    /// `iat` or `nbf` lies ahead, or `iat` is missing.
    #[error("the ID token is not valid yet")]
    NotYet,
    /// `nonce` is not the one sent.
    #[error("nonce is not the one sent")]
    Nonce,
    /// `acr` does not reach the level asked for.
    #[error("the level of authentication is too low")]
    Level,
    /// `auth_time` is older than asked, or missing.
    #[error("the authentication is too old")]
    NotFresh,
    /// `at_hash` is not that of the access token.
    #[error("the access token is not this ID token's")]
    AccessTokenHash,
    /// No `sub`.
    #[error("the ID token names nobody")]
    NoSubject,
    /// The provider cannot be asked about a token.
    #[error("the provider has no introspection endpoint")]
    NoIntrospection,
    /// The introspection endpoint did not answer as it should.
    #[error("the introspection endpoint: {0}")]
    Introspection(AnswerError),
    /// No access token that the provider knows, or no longer.
    #[error("the token is not active")]
    NotActive,
    /// The userinfo endpoint did not answer as it should.
    #[error("the userinfo endpoint: {0}")]
    UserinfoAnswer(AnswerError),
    /// Plain JSON where a signature was agreed.
    #[error("the userinfo is not signed")]
    UserinfoNotSigned,
    /// The signed userinfo's form, algorithm, key or signature.
    #[error("the userinfo: {0}")]
    Userinfo(JwtError),
    /// The signed userinfo's `iss` is another's.
    #[error("the userinfo is of another issuer")]
    UserinfoIssuer,
    /// The signed userinfo's `aud` is not us.
    #[error("the userinfo is for another client")]
    UserinfoAudience,
    /// The signed userinfo's `exp` has passed.
    #[error("the userinfo has expired")]
    UserinfoExpired,
    /// The userinfo is about somebody else.
    #[error("the userinfo is about another subject")]
    UserinfoSubject,
}
