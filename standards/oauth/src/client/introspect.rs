//! Whether an access token that other software shows is the provider's, for whom it was given, and
//! who it names (RFC 7662, then the userinfo).
//!
//! The provider is asked: what a token says of itself would still say so after its user signed out.

use ambient::Random;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{Provider, SignInError, checks};
use crate::{
    http::{AnswerError, Http, json},
    jwt::Claims,
};

/// Somebody whom a token names, and the provider vouches for.
#[derive(Debug, Clone)]
pub struct Vouched {
    /// The claims of the userinfo.
    pub userinfo: Value,
    /// The client that the token was given to.
    pub party: String,
    /// When they showed who they are; `None` where the provider does not say.
    pub shown: Option<Timestamp>,
    /// When the token ends.
    pub ends: Timestamp,
}

impl Provider {
    /// Asks the provider about an access token that was given to one of `parties`, its clients, at
    /// one of these levels or a higher one, and reads who it names.
    ///
    /// # Errors
    /// [`SignInError::NotActive`] for a token that the provider does not know or no more,
    /// [`SignInError::AuthorizedParty`] for another client's, [`SignInError::Level`]; others where
    /// the provider does not answer as it should.
    pub async fn vouch(
        &self,
        token: &str,
        parties: &[String],
        acr_values: &[&str],
        http: &impl Http,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<Vouched, SignInError> {
        let said = self.introspect(token, http, random, now).await?;
        let believed = believe(&said, &self.metadata.issuer, parties, acr_values, now)?;
        let url = self.metadata.userinfo_endpoint.as_deref();
        let url = url.ok_or(SignInError::UserinfoAnswer(AnswerError::Address))?;
        let about = (believed.subject, believed.party);
        let userinfo = self.userinfo(url, token, about, http, now).await?;
        Ok(Vouched {
            userinfo,
            party: believed.party.to_owned(),
            shown: believed.shown,
            ends: believed.ends,
        })
    }

    async fn introspect(
        &self,
        token: &str,
        http: &impl Http,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<Claims, SignInError> {
        let endpoint = self.metadata.introspection_endpoint.as_deref();
        let endpoint = endpoint.ok_or(SignInError::NoIntrospection)?;
        let form = [("token", token), ("token_type_hint", "access_token")];
        let request = self.proved(endpoint, &form, random, now);
        let request = request.map_err(SignInError::Introspection)?;
        let response = http.send(request).await;
        let response = response.map_err(|error| SignInError::Introspection(error.into()))?;
        if response.status() != 200 {
            let status = AnswerError::Status(response.status().as_u16());
            return Err(SignInError::Introspection(status));
        }
        let Value::Object(said) = json(&response).map_err(SignInError::Introspection)? else {
            return Err(SignInError::Introspection(AnswerError::NotJson));
        };
        Ok(Claims(said))
    }
}

/// What is believed of an answer.
struct Believed<'a> {
    subject: &'a str,
    party: &'a str,
    shown: Option<Timestamp>,
    ends: Timestamp,
}

fn believe<'a>(
    said: &'a Claims,
    issuer: &str,
    parties: &[String],
    acr_values: &[&str],
    now: Timestamp,
) -> Result<Believed<'a>, SignInError> {
    let is_true = |said: &Map<String, Value>| said.get("active") == Some(&Value::Bool(true));
    if !is_true(&said.0) {
        return Err(SignInError::NotActive);
    }
    if said.0.contains_key("iss") && said.text("iss") != Some(issuer) {
        return Err(SignInError::Issuer);
    }
    // An ID token, or a refresh token, is no access token though the provider knows it.
    for name in ["typ", "token_type"] {
        let bearer = said
            .text(name)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"));
        if said.0.contains_key(name) && !bearer {
            return Err(SignInError::NotActive);
        }
    }
    let instant = |name| Timestamp::from_second(said.seconds(name)?).ok();
    let ends = instant("exp").filter(|ends| now < *ends);
    let ends = ends.ok_or(SignInError::Expired)?;
    if said.begun("iat", now) == Some(false) || said.begun("nbf", now) == Some(false) {
        return Err(SignInError::NotYet);
    }
    // Whom it was given to: two names, which must not disagree.
    let names = ["azp", "client_id"]
        .into_iter()
        .filter(|name| said.0.contains_key(*name));
    let mut names = names.map(|name| said.text(name));
    let party = names.next().flatten().ok_or(SignInError::AuthorizedParty)?;
    if names.any(|other| other != Some(party)) || !parties.iter().any(|one| one == party) {
        return Err(SignInError::AuthorizedParty);
    }
    let asked: Vec<String> = acr_values.iter().map(ToString::to_string).collect();
    if !checks::reaches(said.text("acr"), &asked) {
        return Err(SignInError::Level);
    }
    let subject = said.text("sub").filter(|sub| !sub.is_empty());
    Ok(Believed {
        subject: subject.ok_or(SignInError::NoSubject)?,
        party,
        shown: instant("auth_time").map(|at| at.min(now)),
        ends,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;
    const ISSUER: &str = "https://idp.example";

    fn check(change: impl FnOnce(&mut Value)) -> Result<(String, Option<i64>, i64), SignInError> {
        let mut said = json!({
            "active": true, "iss": ISSUER, "typ": "Bearer", "sub": "s", "azp": "lps",
            "client_id": "lps", "acr": "eidas1", "iat": NOW, "exp": NOW + 60, "auth_time": NOW - 9,
        });
        change(&mut said);
        let Value::Object(said) = said else {
            panic!("an object")
        };
        let (parties, now) = (["other".into(), "lps".into()], Timestamp::from_second(NOW));
        let now = now.expect("a date");
        let said = Claims(said);
        let believed = believe(&said, ISSUER, &parties, &["eidas1"], now)?;
        let shown = believed.shown.map(Timestamp::as_second);
        Ok((believed.party.to_owned(), shown, believed.ends.as_second()))
    }

    #[test]
    fn what_the_provider_says_is_believed_and_what_it_does_not_say_is_not_made_up() {
        assert_eq!(
            check(|_| {}).expect("sound"),
            ("lps".into(), Some(NOW - 9), NOW + 60)
        );
        let unsaid = check(|said| said["auth_time"] = json!("lately")).expect("sound");
        assert_eq!(unsaid.1, None);
        let ahead = check(|said| said["auth_time"] = json!(NOW + 600)).expect("sound");
        assert_eq!(ahead.1, Some(NOW), "nobody shows a card in the future");
        for only in ["azp", "client_id"] {
            let remove = |said: &mut Value| said.as_object_mut().map(|all| all.remove(only));
            assert!(check(|said| drop(remove(said))).is_ok(), "{only}");
        }
    }

    #[test]
    fn each_token_that_is_not_good_is_refused() {
        for (name, value, why) in [
            ("active", json!(false), "NotActive"),
            ("active", json!("true"), "NotActive"),
            ("active", Value::Null, "NotActive"),
            ("iss", json!("https://other.example"), "Issuer"),
            ("typ", json!("ID"), "NotActive"),
            ("typ", json!("Refresh"), "NotActive"),
            ("token_type", json!("N_A"), "NotActive"),
            ("exp", json!(NOW), "Expired"),
            ("exp", Value::Null, "Expired"),
            ("iat", json!(NOW + 61), "NotYet"),
            ("nbf", json!(NOW + 61), "NotYet"),
            ("azp", json!("third"), "AuthorizedParty"),
            ("azp", json!(["lps"]), "AuthorizedParty"),
            ("client_id", json!("other"), "AuthorizedParty"),
            ("acr", json!("eidas0"), "Level"),
            ("acr", Value::Null, "Level"),
            ("sub", json!(""), "NoSubject"),
        ] {
            let refusal = check(|said| said[name] = value.clone()).expect_err(name);
            assert_eq!(format!("{refusal:?}"), why, "{name} {value}");
        }
    }
}
