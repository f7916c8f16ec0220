//! Exchanging a token for another (RFC 8693): software shows what its user's provider gave, and
//! gets a token for us in that user's name.

use ambient::Secret;

use crate::{
    answer::{ErrorCode, OAuthError},
    params::Params,
};

/// The value of `grant_type`.
pub const GRANT: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
/// Names an access token, whatever it is made of.
pub const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
/// Names an access token that is a JWT.
pub const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

/// What is exchanged, and for what.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// What the provider gave.
    pub subject_token: Secret<String>,
    /// For which services, as far as the client says: `resource` and `audience`.
    pub targets: Vec<String>,
    /// What it asks for.
    pub scope: Vec<String>,
}

impl Exchange {
    /// Reads the form of a request.
    ///
    /// # Errors
    /// `invalid_request` when a parameter is missing, or asks for what is not done: another kind of
    /// token, or acting for somebody beside the subject.
    pub fn parse(form: &Params) -> Result<Self, OAuthError> {
        let refused = |why| OAuthError::new(ErrorCode::InvalidRequest, why);
        let token = form.get("subject_token");
        let token = token.ok_or_else(|| refused("subject_token is missing"))?;
        if !matches!(form.get("subject_token_type"), Some(ACCESS_TOKEN | JWT)) {
            return Err(refused("subject_token_type must be access_token or jwt"));
        }
        let wanted = form.get("requested_token_type");
        if wanted.is_some_and(|wanted| wanted != ACCESS_TOKEN) {
            return Err(refused("only an access_token is given"));
        }
        if form.get("actor_token").is_some() || form.get("actor_token_type").is_some() {
            return Err(refused("actor_token is not read: the client is the actor"));
        }
        let targets = ["resource", "audience"].map(|name| form.get(name).map(str::to_owned));
        Ok(Self {
            subject_token: Secret::new(token.to_owned()),
            targets: targets.into_iter().flatten().collect(),
            scope: form.words("scope"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(form: &str) -> Result<Exchange, OAuthError> {
        Exchange::parse(&Params::parse(form).expect("no repetition"))
    }

    #[test]
    fn what_is_not_done_is_refused_and_the_rest_is_read() {
        let sound = format!("subject_token=t&subject_token_type={ACCESS_TOKEN}");
        let read = parse(&format!("{sound}&scope=a+b&audience=x")).expect("sound");
        assert_eq!(read.subject_token.expose(), "t");
        assert_eq!((read.scope.len(), read.targets), (2, vec!["x".to_owned()]));
        for wrong in [
            "subject_token_type=x".to_owned(),
            "subject_token=t".to_owned(),
            format!("subject_token=&subject_token_type={ACCESS_TOKEN}"),
            "subject_token=t&subject_token_type=urn:ietf:params:oauth:token-type:id_token".into(),
            format!("{sound}&requested_token_type={JWT}"),
            format!("{sound}&actor_token=a"),
        ] {
            let refusal = parse(&wrong).expect_err(&wrong);
            assert_eq!(refusal.code, ErrorCode::InvalidRequest, "{wrong}");
        }
    }
}
