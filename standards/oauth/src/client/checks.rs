//! The rules on claims: OpenID Connect Core §3.1.3.7 (ID token), §5.3.2 and §5.3.4 (userinfo).

use jiff::Timestamp;

use super::SignInError;
use crate::{SKEW, base64url, jwt::Claims, same_secret, sha256};

/// What an ID token must answer.
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    /// None where no browser took the question there: the token endpoint itself answers.
    pub nonce: Option<&'a str>,
    pub acr_values: &'a [String],
    pub max_age: Option<u32>,
}

/// Checks an ID token whose signature holds; returns its subject.
pub(super) fn id_token<'a>(
    claims: &'a Claims,
    expected: &Expected<'_>,
    client_id: &str,
    access_token: &str,
    now: Timestamp,
) -> Result<&'a str, SignInError> {
    if claims.text("iss") != Some(expected.issuer) {
        return Err(SignInError::Issuer);
    }
    audience(claims, client_id)?;
    if claims.unexpired(now) != Some(true) {
        return Err(SignInError::Expired);
    }
    if claims.begun("iat", now) != Some(true) || claims.begun("nbf", now) == Some(false) {
        return Err(SignInError::NotYet);
    }
    let answers = |sent: &str| {
        let nonce = claims.text("nonce");
        nonce.is_some_and(|nonce| same_secret(nonce, sent))
    };
    if !expected.nonce.is_none_or(answers) {
        return Err(SignInError::Nonce);
    }
    if !reaches(claims.text("acr"), expected.acr_values) {
        return Err(SignInError::Level);
    }
    if let Some(max_age) = expected.max_age {
        let oldest = now.as_second() - i64::from(max_age) - SKEW.as_secs();
        if claims.seconds("auth_time").is_none_or(|at| at < oldest) {
            return Err(SignInError::NotFresh);
        }
    }
    // Present only if the provider chose to; then it ties the access token to this answer.
    if let Some(hash) = claims.0.get("at_hash") {
        let half = &sha256(access_token.as_bytes())[..16];
        if hash.as_str() != Some(&base64url(half)) {
            return Err(SignInError::AccessTokenHash);
        }
    }
    claims
        .text("sub")
        .filter(|sub| !sub.is_empty())
        .ok_or(SignInError::NoSubject)
}

/// We must be among those meant; and where others are too, it must have been given to us.
fn audience(claims: &Claims, client_id: &str) -> Result<(), SignInError> {
    let audiences = claims.audiences();
    if !audiences.contains(&client_id) {
        return Err(SignInError::Audience);
    }
    match claims.0.get("azp") {
        Some(azp) if azp.as_str() != Some(client_id) => Err(SignInError::AuthorizedParty),
        None if audiences.len() > 1 => Err(SignInError::AuthorizedParty),
        _ => Ok(()),
    }
}

/// Whether the level reached is one of those asked for, or a higher one of the eIDAS ladder.
pub(super) fn reaches(reached: Option<&str>, asked: &[String]) -> bool {
    let Some(reached) = reached else {
        return asked.is_empty();
    };
    let ladder = |acr: &str| {
        ["eidas1", "eidas2", "eidas3"]
            .iter()
            .position(|step| *step == acr)
    };
    asked.is_empty()
        || asked.iter().any(|asked| {
            asked == reached || ladder(asked).is_some_and(|asked| ladder(reached) >= Some(asked))
        })
}

/// Checks the issuer, audience and dates of a userinfo that came signed.
pub(super) fn signed_userinfo(
    claims: &Claims,
    issuer: &str,
    client_id: &str,
    now: Timestamp,
) -> Result<(), SignInError> {
    if claims.text("iss") != Some(issuer) {
        return Err(SignInError::UserinfoIssuer);
    }
    if !claims.audiences().contains(&client_id) {
        return Err(SignInError::UserinfoAudience);
    }
    if claims.0.contains_key("exp") && claims.unexpired(now) != Some(true) {
        return Err(SignInError::UserinfoExpired);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::reaches;

    #[test]
    fn a_higher_level_serves_and_a_lower_one_does_not() {
        let asked = ["eidas2".to_owned()];
        assert!(reaches(Some("eidas2"), &asked));
        assert!(reaches(Some("eidas3"), &asked));
        assert!(!reaches(Some("eidas1"), &asked));
        assert!(!reaches(Some("anything"), &asked));
        assert!(!reaches(None, &asked));
        assert!(reaches(None, &[]));
        assert!(reaches(Some("urn:own:high"), &["urn:own:high".to_owned()]));
        assert!(!reaches(Some("eidas3"), &["urn:own:high".to_owned()]));
    }
}
