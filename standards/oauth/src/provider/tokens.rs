use ambient::Secret;

use crate::{
    answer::{ErrorCode, OAuthError},
    ciba,
    exchange::{self, Exchange},
    params::Params,
};

/// What a client asks of the token endpoint.
#[derive(Debug, Clone)]
pub enum TokenRequest {
    /// Tokens for a code.
    Code {
        /// The code.
        code: Secret<String>,
        /// As in the authorization request.
        redirect_uri: String,
        /// The proof key.
        verifier: Secret<String>,
    },
    /// The next tokens.
    Refresh {
        /// The refresh token.
        token: Secret<String>,
        /// A narrower scope; none keeps the one granted.
        scope: Vec<String>,
    },
    /// Tokens for a sign-in that is confirmed on another device (CIBA).
    Backchannel {
        /// The request's name.
        auth_req_id: Secret<String>,
    },
    /// A token in the name of whom another token names (RFC 8693).
    Exchange(Exchange),
    /// A token for the client itself, no person present.
    ClientCredentials {
        /// What it asks for.
        scope: Vec<String>,
    },
}

impl TokenRequest {
    /// Reads the form of a request.
    ///
    /// # Errors
    /// `unsupported_grant_type`, or `invalid_request` when a parameter is missing.
    pub fn parse(form: &Params) -> Result<Self, OAuthError> {
        let needed = |name, why| {
            form.get(name)
                .map(str::to_owned)
                .ok_or_else(|| OAuthError::new(ErrorCode::InvalidRequest, why))
        };
        match needed("grant_type", "grant_type is missing")?.as_str() {
            "authorization_code" => Ok(Self::Code {
                code: Secret::new(needed("code", "code is missing")?),
                redirect_uri: needed("redirect_uri", "redirect_uri is missing")?,
                verifier: Secret::new(needed("code_verifier", "code_verifier is missing")?),
            }),
            "refresh_token" => Ok(Self::Refresh {
                token: Secret::new(needed("refresh_token", "refresh_token is missing")?),
                scope: form.words("scope"),
            }),
            ciba::GRANT => Ok(Self::Backchannel {
                auth_req_id: Secret::new(needed("auth_req_id", "auth_req_id is missing")?),
            }),
            exchange::GRANT => Ok(Self::Exchange(Exchange::parse(form)?)),
            "client_credentials" => Ok(Self::ClientCredentials {
                scope: form.words("scope"),
            }),
            _ => Err(OAuthError::new(
                ErrorCode::UnsupportedGrantType,
                "unknown grant_type",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(form: &str) -> Result<TokenRequest, ErrorCode> {
        TokenRequest::parse(&Params::parse(form).expect("no repetition"))
            .map_err(|error| error.code)
    }

    #[test]
    fn each_grant_is_read_and_nothing_else() {
        assert!(matches!(
            parse("grant_type=authorization_code&code=c&redirect_uri=r&code_verifier=v"),
            Ok(TokenRequest::Code { .. })
        ));
        assert!(matches!(
            parse("grant_type=refresh_token&refresh_token=r"),
            Ok(TokenRequest::Refresh { .. })
        ));
        let Ok(TokenRequest::ClientCredentials { scope }) =
            parse("grant_type=client_credentials&scope=a+b")
        else {
            panic!("client credentials")
        };
        assert_eq!(scope, ["a", "b"]);
        let ciba = "grant_type=urn%3Aopenid%3Aparams%3Agrant-type%3Aciba";
        assert!(matches!(
            parse(&format!("{ciba}&auth_req_id=a")),
            Ok(TokenRequest::Backchannel { .. })
        ));
        assert_eq!(parse(ciba).err(), Some(ErrorCode::InvalidRequest));
        assert_eq!(
            parse("grant_type=password").err(),
            Some(ErrorCode::UnsupportedGrantType)
        );
        assert_eq!(parse("code=c").err(), Some(ErrorCode::InvalidRequest));
        assert_eq!(
            parse("grant_type=authorization_code&code=c&redirect_uri=r").err(),
            Some(ErrorCode::InvalidRequest)
        );
    }
}
