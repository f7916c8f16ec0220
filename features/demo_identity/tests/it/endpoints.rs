use http::Request;
use jiff::SignedDuration;
use oauth::{
    client::ClientAuth,
    http::{Http as _, HttpResponse},
    jwk::{KeySet, SigningKey},
    provider::RegisteredAuth,
};
use serde_json::Value;

use crate::stage::{CLIENT, ISSUER, Stage};

async fn get(stage: &Stage, path: &str, bearer: &str) -> HttpResponse {
    let request = Request::get(format!("{ISSUER}{path}"))
        .header("authorization", format!("Bearer {bearer}"))
        .body(Vec::new());
    stage.ask(request.expect("a request")).await
}

async fn post(stage: &Stage, form: &str) -> HttpResponse {
    let request = Request::post(format!("{ISSUER}/token"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.as_bytes().to_vec());
    stage.ask(request.expect("a request")).await
}

fn json(response: &HttpResponse) -> Value {
    serde_json::from_slice(response.body()).expect("JSON")
}

#[tokio::test]
async fn the_metadata_stand_under_both_names_and_lead_to_the_keys() {
    let stage = Stage::new(false);
    for name in ["openid-configuration", "wallet-openid-configuration"] {
        let document = json(&get(&stage, &format!("/.well-known/{name}"), "").await);
        assert_eq!(document["issuer"], ISSUER);
        assert_eq!(document["jwks_uri"], format!("{ISSUER}/certs"));
    }
    let keys = KeySet::parse(&json(&get(&stage, "/certs", "").await));
    assert_ne!(keys.expect("keys"), KeySet::default());
}

#[tokio::test]
async fn an_access_token_opens_the_userinfo_for_a_minute() {
    let stage = Stage::new(false);
    let signed_in = stage.sign_in().await.expect("signed in");
    let token = signed_in.access_token.expose();
    stage.clock.advance(SignedDuration::from_secs(59));
    let response = get(&stage, "/userinfo", token).await;
    assert_eq!(json(&response)["sub"], "f:demo:martin");
    stage.clock.advance(SignedDuration::from_secs(1));
    for bad in [token.as_str(), "", "x"] {
        let response = get(&stage, "/userinfo", bad).await;
        assert_eq!(response.status(), 401);
        let challenge = &response.headers()["www-authenticate"];
        assert_eq!(challenge, "Bearer error=\"invalid_token\"");
    }
}

#[tokio::test]
async fn a_token_request_that_makes_no_sense_is_refused_as_the_rfc_says() {
    let stage = Stage::new(false);
    for (form, status, error) in [
        ("", 401, "invalid_client"),
        (
            "client_id=autre&grant_type=authorization_code",
            401,
            "invalid_client",
        ),
        ("client_id=carnet&client_id=carnet", 400, "invalid_request"),
        (
            "client_id=carnet&grant_type=authorization_code",
            400,
            "invalid_request",
        ),
        (
            "client_id=carnet&grant_type=client_credentials",
            400,
            "unsupported_grant_type",
        ),
        (
            "client_id=carnet&grant_type=authorization_code&code=x&redirect_uri=x&code_verifier=x",
            400,
            "invalid_grant",
        ),
    ] {
        let response = post(&stage, form).await;
        assert_eq!(response.status(), status, "{form}");
        assert_eq!(json(&response)["error"], error, "{form}");
    }
}

#[tokio::test]
async fn an_assertion_serves_once() {
    let key = SigningKey::generate();
    let registered = RegisteredAuth::Keys(KeySet::new([key.public().clone()]));
    let stage = Stage::with(false, ClientAuth::Public, registered);
    let jti = ambient::Id([1; 16]);
    let audience = format!("{ISSUER}/token");
    let assertion = oauth::assertion::sign(&key, CLIENT, &audience, jti, stage.now());
    let kind = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
    let form = format!("grant_type=x&client_assertion_type={kind}&client_assertion={assertion}");
    let first = post(&stage, &form).await;
    assert_eq!(
        json(&first)["error"],
        "unsupported_grant_type",
        "the client is believed"
    );
    let again = post(&stage, &form).await;
    assert_eq!(json(&again)["error"], "invalid_client");
}

#[tokio::test]
async fn the_client_reaches_nothing_else_in_process() {
    let http = Stage::new(false).demo.http();
    for url in [
        "https://elsewhere.example/token",
        "https://carnet.example/demo/identitee/certs",
        "https://carnet.example/demo/identite",
        "/certs",
    ] {
        let request = Request::get(url).body(Vec::new()).expect("a request");
        assert!(http.send(request).await.is_err(), "{url}");
    }
    let unknown = Request::get(format!("{ISSUER}/nothing")).body(Vec::new());
    let response = http
        .send(unknown.expect("a request"))
        .await
        .expect("an answer");
    assert_eq!(response.status(), 404);
}
