//! One row per lie: each is refused, by an error of its own.

use ambient::SeededRandom;
use jiff::SignedDuration;
use oauth::{
    client::{Callback, ClientAuth, DiscoveryError, Provider, SignInError as E},
    jwk::{Algorithm, SigningKey},
    jwt::{self, JwtError},
    provider::RegisteredAuth,
};
use serde_json::{Value, json};

use crate::idp::{ASK, CLIENT, ISSUER, Idp, Lie, SignIn, registration};

fn base64url(value: &Value) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string())
}

/// A token with this header and no good signature.
fn unsigned(header: &Value, claims: &Value, signature: &str) -> String {
    format!("{}.{}.{signature}", base64url(header), base64url(claims))
}

/// What an attacker signs with the *public* key as an HMAC secret.
fn hmac(idp: &Idp, claims: &Value) -> String {
    let mut header = jsonwebtoken::Header::new(Algorithm::HS256);
    header.kid = Some(idp.issuer.key.kid().to_owned());
    let secret = serde_json::to_vec(idp.issuer.key.public()).expect("JSON");
    jsonwebtoken::encode(
        &header,
        claims,
        &jsonwebtoken::EncodingKey::from_secret(&secret),
    )
    .expect("signed")
}

/// What an attacker signs with a key of their own, under the provider's key name.
fn usurped(idp: &Idp, claims: &Value) -> String {
    let own = SigningKey::generate();
    let mut header = jsonwebtoken::Header::new(Algorithm::ES256);
    header.kid = Some(idp.issuer.key.kid().to_owned());
    let key = jsonwebtoken::EncodingKey::from_ec_der(own.to_der().expose());
    jsonwebtoken::encode(&header, claims, &key).expect("signed")
}

type Row = (&'static str, Lie, fn(&E) -> bool);

async fn each_is_refused(rows: Vec<Row>, signed_userinfo: bool) {
    for (name, lie, expected) in rows {
        let idp = Idp::new(RegisteredAuth::Public, signed_userinfo, lie);
        let refusal = SignIn::begin(&idp, ClientAuth::Public)
            .await
            .end(&idp)
            .await
            .expect_err(name);
        assert!(expected(&refusal), "{name}: {refusal:?}");
    }
}

#[tokio::test]
async fn lies_in_the_browsers_answer() {
    let rows: Vec<Row> = vec![
        (
            "no state (login CSRF)",
            Lie::Callback(|q| q.replace("state=", "x=")),
            |e| matches!(e, E::State),
        ),
        (
            "another state",
            Lie::Callback(|q| q.replace("state=", "state=x")),
            |e| matches!(e, E::State),
        ),
        (
            "an error without state",
            Lie::Callback(|_| "error=access_denied".into()),
            |e| matches!(e, E::State),
        ),
        (
            "another iss (mix-up)",
            Lie::Callback(|q| q.replace("iss=https", "iss=http")),
            |e| matches!(e, E::AnswerIssuer),
        ),
        (
            "no iss though promised",
            Lie::Callback(|q| q.replace("iss=", "x=")),
            |e| matches!(e, E::AnswerIssuer),
        ),
        (
            "no code",
            Lie::Callback(|q| q.replace("code=", "x=")),
            |e| matches!(e, E::NoCode),
        ),
        (
            "the person refuses",
            Lie::Callback(|q| format!("{q}&error=access_denied%0Aforged")),
            |e| matches!(e, E::Refused(code) if code == "access_deniedforged"),
        ),
        (
            "a code never given",
            Lie::Callback(|q| q.replace("code=carnet_ac_", "code=carnet_ac_x")),
            |e| matches!(e, E::TokenRefused(code) if code == "invalid_grant"),
        ),
    ];
    each_is_refused(rows, false).await;
    assert!(Callback::parse("state=a&state=b").is_err());
}

#[tokio::test]
async fn lies_in_the_tokens() {
    let rows: Vec<Row> = vec![
        (
            "no ID token",
            Lie::Tokens(|t| t["id_token"] = Value::Null),
            |e| matches!(e, E::Tokens),
        ),
        (
            "another token type",
            Lie::Tokens(|t| t["token_type"] = json!("mac")),
            |e| matches!(e, E::Tokens),
        ),
        (
            "another access token",
            Lie::Tokens(|t| t["access_token"] = json!("x")),
            |e| matches!(e, E::AccessTokenHash),
        ),
        (
            "an encrypted token",
            Lie::Tokens(|t| t["id_token"] = json!("a.b.c.d.e")),
            |e| matches!(e, E::IdToken(JwtError::Malformed)),
        ),
        (
            "alg none",
            Lie::IdToken(|_, c| unsigned(&json!({"alg": "none"}), c, "")),
            |e| matches!(e, E::IdToken(JwtError::Algorithm)),
        ),
        ("HMAC with the public key", Lie::IdToken(hmac), |e| {
            matches!(e, E::IdToken(JwtError::Algorithm))
        }),
        (
            "a logout token",
            Lie::IdToken(|_, c| unsigned(&json!({"alg": "ES256", "typ": "logout+jwt"}), c, "AA")),
            |e| matches!(e, E::IdToken(JwtError::Type)),
        ),
        (
            "a key nobody published",
            Lie::IdToken(|_, c| jwt::sign(&SigningKey::generate(), c)),
            |e| matches!(e, E::IdToken(JwtError::UnknownKey)),
        ),
        (
            "another key under the same name",
            Lie::IdToken(usurped),
            |e| matches!(e, E::IdToken(JwtError::Signature)),
        ),
    ];
    each_is_refused(rows, false).await;
}

#[tokio::test]
async fn lies_in_the_id_token() {
    let rows: Vec<Row> = vec![
        (
            "issuer",
            Lie::IdClaims(|c| c["iss"] = json!(format!("{ISSUER}/"))),
            |e| matches!(e, E::Issuer),
        ),
        (
            "no issuer",
            Lie::IdClaims(|c| c["iss"] = Value::Null),
            |e| matches!(e, E::Issuer),
        ),
        (
            "audience",
            Lie::IdClaims(|c| c["aud"] = json!("other")),
            |e| matches!(e, E::Audience),
        ),
        (
            "no audience",
            Lie::IdClaims(|c| c["aud"] = json!([])),
            |e| matches!(e, E::Audience),
        ),
        (
            "several audiences, no azp",
            Lie::IdClaims(|c| c["aud"] = json!([CLIENT, "other"])),
            |e| matches!(e, E::AuthorizedParty),
        ),
        (
            "azp of another",
            Lie::IdClaims(|c| c["azp"] = json!("other")),
            |e| matches!(e, E::AuthorizedParty),
        ),
        (
            "expired",
            Lie::IdClaims(|c| c["exp"] = json!(1_800_000_000 - 60)),
            |e| matches!(e, E::Expired),
        ),
        (
            "no expiry",
            Lie::IdClaims(|c| c["exp"] = Value::Null),
            |e| matches!(e, E::Expired),
        ),
        (
            "issued ahead",
            Lie::IdClaims(|c| c["iat"] = json!(1_800_000_000 + 61)),
            |e| matches!(e, E::NotYet),
        ),
        (
            "never issued",
            Lie::IdClaims(|c| c["iat"] = Value::Null),
            |e| matches!(e, E::NotYet),
        ),
        (
            "not before",
            Lie::IdClaims(|c| c["nbf"] = json!(1_800_000_000 + 61)),
            |e| matches!(e, E::NotYet),
        ),
        (
            "nonce",
            Lie::IdClaims(|c| c["nonce"] = json!("other")),
            |e| matches!(e, E::Nonce),
        ),
        (
            "no nonce",
            Lie::IdClaims(|c| c["nonce"] = Value::Null),
            |e| matches!(e, E::Nonce),
        ),
        (
            "a lower level",
            Lie::IdClaims(|c| c["acr"] = json!("eidas1")),
            |e| matches!(e, E::Level),
        ),
        ("no level", Lie::IdClaims(|c| c["acr"] = Value::Null), |e| {
            matches!(e, E::Level)
        }),
        (
            "an old authentication",
            Lie::IdClaims(|c| c["auth_time"] = json!(1_800_000_000 - 361)),
            |e| matches!(e, E::NotFresh),
        ),
        (
            "no authentication time",
            Lie::IdClaims(|c| c["auth_time"] = Value::Null),
            |e| matches!(e, E::NotFresh),
        ),
        (
            "at_hash of another sort",
            Lie::IdClaims(|c| c["at_hash"] = json!(1)),
            |e| matches!(e, E::AccessTokenHash),
        ),
        ("nobody", Lie::IdClaims(|c| c["sub"] = json!("")), |e| {
            matches!(e, E::NoSubject)
        }),
    ];
    each_is_refused(rows, false).await;
}

#[tokio::test]
async fn lies_in_the_userinfo() {
    let plain: Vec<Row> = vec![
        (
            "another subject",
            Lie::Userinfo(|c| c["sub"] = json!("person-2")),
            |e| matches!(e, E::UserinfoSubject),
        ),
        (
            "no subject",
            Lie::Userinfo(|c| c["sub"] = Value::Null),
            |e| matches!(e, E::UserinfoSubject),
        ),
        (
            "not JSON",
            Lie::UserinfoBody(|_, _| ("application/json", "[".into())),
            |e| matches!(e, E::UserinfoAnswer(_)),
        ),
        (
            "nested without end",
            Lie::UserinfoBody(|_, _| ("application/json", "[".repeat(90_000))),
            |e| matches!(e, E::UserinfoAnswer(_)),
        ),
        (
            "endless",
            Lie::UserinfoBody(|_, _| ("application/json", " ".repeat(2 << 20))),
            |e| matches!(e, E::UserinfoAnswer(_)),
        ),
    ];
    each_is_refused(plain, false).await;
    let signed: Vec<Row> = vec![
        (
            "not signed",
            Lie::UserinfoBody(|_, c| ("application/json", c.to_string())),
            |e| matches!(e, E::UserinfoNotSigned),
        ),
        (
            "alg none",
            Lie::UserinfoBody(|_, c| ("application/jwt", unsigned(&json!({"alg": "none"}), c, ""))),
            |e| matches!(e, E::Userinfo(JwtError::Algorithm)),
        ),
        (
            "another key",
            Lie::UserinfoBody(|i, c| ("application/jwt", usurped(i, c))),
            |e| matches!(e, E::Userinfo(JwtError::Signature)),
        ),
        (
            "another subject",
            Lie::Userinfo(|c| c["sub"] = json!("person-2")),
            |e| matches!(e, E::UserinfoSubject),
        ),
        (
            "issuer",
            Lie::Userinfo(|c| c["iss"] = json!("https://other.example")),
            |e| matches!(e, E::UserinfoIssuer),
        ),
        (
            "audience",
            Lie::Userinfo(|c| c["aud"] = json!("other")),
            |e| matches!(e, E::UserinfoAudience),
        ),
        ("expired", Lie::Userinfo(|c| c["exp"] = json!(1)), |e| {
            matches!(e, E::UserinfoExpired)
        }),
    ];
    each_is_refused(signed, true).await;
}

#[tokio::test]
async fn an_answer_serves_once_in_its_own_browser_and_in_time() {
    let idp = Idp::new(RegisteredAuth::Public, false, Lie::Nothing);
    let sign_in = SignIn::begin(&idp, ClientAuth::Public).await;
    sign_in.end(&idp).await.expect("the first time");
    let again = sign_in.end(&idp).await.expect_err("a code replayed");
    assert!(matches!(again, E::TokenRefused(code) if code == "invalid_grant"));

    // An attacker's answer planted in a victim's browser, which has a sign-in of its own under way.
    let attacker = SignIn::begin(&idp, ClientAuth::Public).await;
    let (_, victim) = attacker
        .provider
        .start(ASK, &SeededRandom::new(77), idp.now);
    let planted = SignIn {
        pending: victim,
        ..attacker
    };
    assert!(matches!(planted.end(&idp).await, Err(E::State)));

    // A stolen code under the thief's own state: the verifier is not theirs.
    let stolen = SignIn::begin(&idp, ClientAuth::Public).await;
    let (_, thief) = stolen.provider.start(ASK, &SeededRandom::new(78), idp.now);
    let state = serde_json::to_value(&thief).expect("JSON")["state"]
        .as_str()
        .map(str::to_owned);
    let callback = Callback {
        state,
        ..stolen.callback.clone()
    };
    let injected = SignIn {
        pending: thief,
        callback,
        ..stolen
    };
    let refusal = injected.end(&idp).await.expect_err("an injected code");
    assert!(matches!(refusal, E::TokenRefused(code) if code == "invalid_grant"));

    let slow = SignIn::begin(&idp, ClientAuth::Public).await;
    assert!(matches!(
        slow.end_after(&idp, SignedDuration::from_secs(601)).await,
        Err(E::TooLate)
    ));
}

#[tokio::test]
async fn a_sign_in_started_elsewhere_does_not_end_here() {
    let idp = Idp::new(RegisteredAuth::Public, false, Lie::Nothing);
    let mut sign_in = SignIn::begin(&idp, ClientAuth::Public).await;
    let mut kept = serde_json::to_value(&sign_in.pending).expect("JSON");
    kept["issuer"] = json!("https://other.example");
    sign_in.pending = serde_json::from_value(kept).expect("a pending sign-in");
    assert!(matches!(sign_in.end(&idp).await, Err(E::OtherProvider)));
}

#[tokio::test]
async fn lies_in_the_metadata() {
    type Row = (&'static str, fn(&mut Value), fn(&DiscoveryError) -> bool);
    let rows: [Row; 5] = [
        (
            "issuer",
            |d| d["issuer"] = json!("https://other.example"),
            |e| matches!(e, DiscoveryError::Issuer(_)),
        ),
        (
            "no token endpoint",
            |d| d["token_endpoint"] = Value::Null,
            |e| matches!(e, DiscoveryError::Incomplete),
        ),
        (
            "no TLS",
            |d| d["token_endpoint"] = json!("http://idp.example/token"),
            |e| matches!(e, DiscoveryError::Endpoint("token_endpoint")),
        ),
        (
            "a script to go to",
            |d| d["end_session_endpoint"] = json!("javascript:alert(1)"),
            |e| matches!(e, DiscoveryError::Endpoint("end_session_endpoint")),
        ),
        (
            "no keys there",
            |d| d["jwks_uri"] = json!("https://idp.example/realm/none"),
            |e| matches!(e, DiscoveryError::Keys(_)),
        ),
    ];
    for (name, lie, expected) in rows {
        let idp = Idp::new(RegisteredAuth::Public, false, Lie::Discovery(lie));
        let asked = Provider::discover(registration(ClientAuth::Public, false), &idp.http()).await;
        assert!(expected(&asked.expect_err(name)), "{name}");
    }
}
