use std::fmt;

use ambient::Secret;
use base64::Engine as _;
use jiff::Timestamp;

use crate::{
    answer::{ErrorCode, OAuthError},
    assertion::{self, Assertion},
    jwk::KeySet,
    params::Params,
    sha256,
};

/// A client that we know.
#[derive(Debug, Clone)]
pub struct RegisteredClient {
    /// Its name here.
    pub id: String,
    /// Where its users may be sent back: compared letter by letter (RFC 9700 §2.1).
    pub redirect_uris: Vec<String>,
    /// What it may ask for, at most.
    pub scopes: Vec<String>,
    /// How it proves who it is.
    pub auth: RegisteredAuth,
}

/// How a registered client proves who it is.
#[derive(Debug, Clone)]
pub enum RegisteredAuth {
    /// Not at all (an app on a phone); PKCE ties the code to it.
    Public,
    /// A secret ([`crate::token::Kind::ClientSecret`]), of which we keep the SHA-256.
    Secret([u8; 32]),
    /// A signature by one of its keys.
    Keys(KeySet),
}

/// Who a client says it is, and by which proof: not believed yet.
#[derive(Debug, Clone)]
pub struct Presented {
    /// Which client to look up.
    pub client_id: String,
    /// What it shows.
    pub proof: ClientProof,
}

/// What a client shows at the token endpoint.
#[derive(Clone)]
pub enum ClientProof {
    /// Nothing but its name.
    Nothing,
    /// A shared secret, from the header or the form.
    Secret(Secret<String>),
    /// A `client_assertion`.
    Assertion(String),
}

impl fmt::Debug for ClientProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Secret(_) => "Secret",
            Self::Assertion(_) => "Assertion",
        })
    }
}

const REFUSED: OAuthError = OAuthError {
    code: ErrorCode::InvalidClient,
    description: "client authentication failed",
};

impl Presented {
    /// Reads the `Authorization` header, if there is one, and the form.
    ///
    /// # Errors
    /// `invalid_request` for two proofs at once (RFC 6749 §2.3), `invalid_client`
    /// for none, or for one that names no client or two.
    pub fn from_request(authorization: Option<&str>, form: &Params) -> Result<Self, OAuthError> {
        let named = form.get("client_id");
        let header = authorization
            .map(|header| basic(header).ok_or(REFUSED))
            .transpose()?;
        let mut found = Vec::new();
        if let Some((client_id, secret)) = header {
            found.push(Self {
                client_id,
                proof: ClientProof::Secret(Secret::new(secret)),
            });
        }
        if let Some(secret) = form.get("client_secret") {
            let client_id = named.ok_or(REFUSED)?.to_owned();
            found.push(Self {
                client_id,
                proof: ClientProof::Secret(Secret::new(secret.to_owned())),
            });
        }
        if let Some(assertion) = form.get("client_assertion") {
            if form.get("client_assertion_type") != Some(assertion::TYPE) {
                return Err(OAuthError::new(
                    ErrorCode::InvalidRequest,
                    "unknown client_assertion_type",
                ));
            }
            let client_id = assertion::claimed_client(assertion)?;
            found.push(Self {
                client_id,
                proof: ClientProof::Assertion(assertion.to_owned()),
            });
        }
        if found.len() > 1 {
            return Err(OAuthError::new(
                ErrorCode::InvalidRequest,
                "several client authentications",
            ));
        }
        let presented = match found.pop() {
            Some(presented) => presented,
            None => Self {
                client_id: named.ok_or(REFUSED)?.to_owned(),
                proof: ClientProof::Nothing,
            },
        };
        if named.is_some_and(|named| named != presented.client_id) {
            Err(REFUSED)
        } else {
            Ok(presented)
        }
    }

    /// Believes the client, or not. `audiences`: see [`assertion::verify`].
    ///
    /// An [`Assertion`] comes back when one was shown: the caller refuses its `jti` a second time.
    ///
    /// # Errors
    /// `invalid_client`, also when the proof is of another sort than the one registered.
    pub fn verify(
        &self,
        client: &RegisteredClient,
        audiences: &[&str],
        now: Timestamp,
    ) -> Result<Option<Assertion>, OAuthError> {
        if self.client_id != client.id {
            return Err(REFUSED);
        }
        match (&client.auth, &self.proof) {
            (RegisteredAuth::Public, ClientProof::Nothing) => Ok(None),
            // Hashes are compared: how long that takes says nothing of the secret.
            (RegisteredAuth::Secret(hash), ClientProof::Secret(secret))
                if sha256(secret.expose().as_bytes()) == *hash =>
            {
                Ok(None)
            }
            (RegisteredAuth::Keys(keys), ClientProof::Assertion(jwt)) => Ok(Some(
                assertion::verify(jwt, &client.id, keys, audiences, now)?,
            )),
            _ => Err(REFUSED),
        }
    }
}

/// `Basic` credentials, both halves form-encoded (RFC 6749 §2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, value) = header.split_once(' ')?;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(value.trim())
        .ok()?;
    let text = String::from_utf8(bytes)
        .ok()
        .filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let (id, secret) = text.split_once(':')?;
    let plain = |half: &str| {
        // A name with no value: the parser decodes it, and `&` or `=` cannot stand in it encoded.
        let mut pairs = form_urlencoded::parse(half.as_bytes());
        pairs.next().map(|(name, _)| name.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presented(authorization: Option<&str>, form: &str) -> Result<Presented, ErrorCode> {
        Presented::from_request(authorization, &Params::parse(form).expect("no repetition"))
            .map_err(|error| error.code)
    }

    fn header(pair: &str) -> String {
        format!(
            "Basic {}",
            base64::engine::general_purpose::STANDARD.encode(pair)
        )
    }

    fn client(auth: RegisteredAuth) -> RegisteredClient {
        RegisteredClient {
            id: "a b".into(),
            redirect_uris: vec![],
            scopes: vec![],
            auth,
        }
    }

    #[test]
    fn a_secret_is_read_from_header_or_form() {
        let client = client(RegisteredAuth::Secret(sha256("é:1".as_bytes())));
        for shown in [
            presented(Some(&header("a+b:%C3%A9%3A1")), ""),
            presented(None, "client_id=a+b&client_secret=%C3%A9%3A1"),
        ] {
            let shown = shown.expect("one proof");
            assert_eq!(shown.verify(&client, &[], Timestamp::UNIX_EPOCH), Ok(None));
        }
        let wrong = presented(None, "client_id=a+b&client_secret=x").expect("one proof");
        assert_eq!(
            wrong.verify(&client, &[], Timestamp::UNIX_EPOCH),
            Err(REFUSED)
        );
        let none = presented(None, "client_id=a+b").expect("a name");
        assert_eq!(
            none.verify(&client, &[], Timestamp::UNIX_EPOCH),
            Err(REFUSED)
        );
    }

    #[test]
    fn two_proofs_two_names_or_none_are_refused() {
        let basic = header("a:s");
        assert_eq!(
            presented(Some(&basic), "client_id=a&client_secret=s").err(),
            Some(ErrorCode::InvalidRequest)
        );
        assert_eq!(
            presented(Some(&basic), "client_id=b").err(),
            Some(ErrorCode::InvalidClient)
        );
        assert_eq!(
            presented(Some("Bearer x"), "client_id=b").err(),
            Some(ErrorCode::InvalidClient)
        );
        assert_eq!(presented(None, "").err(), Some(ErrorCode::InvalidClient));
        assert_eq!(
            presented(None, "client_assertion=x.y.z").err(),
            Some(ErrorCode::InvalidRequest)
        );
    }

    #[test]
    fn a_proof_of_another_sort_than_registered_is_refused() {
        let shown = presented(None, "client_id=a+b&client_secret=s").expect("one proof");
        for auth in [
            RegisteredAuth::Public,
            RegisteredAuth::Keys(KeySet::default()),
        ] {
            assert_eq!(
                shown.verify(&client(auth), &[], Timestamp::UNIX_EPOCH),
                Err(REFUSED)
            );
        }
    }
}
