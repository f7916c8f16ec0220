//! The token endpoint, and what a token opens.

use axum::body::Body;
use http::{Request, header};
use jiff::SignedDuration;
use oauth::assertion;

use crate::harness::{CLIENT, House, ORIGIN, bundle, document};

#[tokio::test]
async fn a_key_gives_a_token_for_five_minutes() {
    let house = House::new().await;
    let answer = house.ask_token(&house.assertion(CLIENT), "").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let json = answer.json();
    assert_eq!(json["token_type"], "Bearer");
    assert_eq!(json["expires_in"], 300);
    assert_eq!(
        json["scope"],
        "system/DocumentReference.c system/Bundle.c system/DocumentReference.u"
    );

    let token = json["access_token"].as_str().expect("a token");
    house.clock.advance(SignedDuration::from_secs(301));
    let late = house.post("/fhir", token, "{}").await;
    late.refused(401);
    let challenge = late.headers[header::WWW_AUTHENTICATE]
        .to_str()
        .expect("text");
    assert!(challenge.contains("invalid_token"));
}

#[tokio::test]
async fn every_false_client_is_refused_in_oauths_words() {
    let house = House::new().await;
    let random = house.app.random();
    let other_key = oauth::jwk::SigningKey::generate();
    let endpoint = format!("{ORIGIN}/oauth/token");
    let now = house.app.now();
    let assertions = [
        house.assertion("nobody"),
        assertion::sign(&other_key, CLIENT, &endpoint, random.id(), now),
        assertion::sign(
            &house.key,
            CLIENT,
            "https://elsewhere.test",
            random.id(),
            now,
        ),
        assertion::sign(
            &house.key,
            CLIENT,
            &endpoint,
            random.id(),
            now - SignedDuration::from_hours(1),
        ),
        "x.y.z".to_owned(),
    ];
    for assertion in assertions {
        let answer = house.ask_token(&assertion, "").await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.json()["error"], "invalid_client");
    }
    let once = house.assertion(CLIENT);
    assert_eq!(house.ask_token(&once, "").await.status, 200);
    assert_eq!(house.ask_token(&once, "").await.status, 401, "a replay");

    for (more, error) in [
        ("&scope=system%2FDocumentReference.rs", "invalid_scope"),
        (
            "&scope=system%2FDocumentReference.c+patient%2F*.rs",
            "invalid_scope",
        ),
        ("&grant_type=password", "invalid_request"),
        ("&client_id=other", "invalid_client"),
        ("&client_secret=x&client_id=embruns", "invalid_request"),
    ] {
        let answer = house.ask_token(&house.assertion(CLIENT), more).await;
        assert_eq!(answer.json()["error"], error, "{more}");
    }
    let not_a_form = Request::post("/oauth/token").body(Body::from("{}"));
    let answer = house.send(not_a_form.expect("a request")).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["error"]),
        (400, &"invalid_request".into())
    );
}

#[tokio::test]
async fn a_token_opens_what_it_was_given_for() {
    let house = House::new().await;
    let one = exchange::SCOPES[0];
    house.register("narrow", "Laboratoire", &[one], false).await;
    let token = house.token_of("narrow").await;
    let document = document(1, b"%PDF-1.4");
    let answer = house
        .post("/fhir", &token, bundle(&[document]).to_string())
        .await;
    answer.refused(403);
    let challenge = answer.headers[header::WWW_AUTHENTICATE]
        .to_str()
        .expect("text");
    assert!(challenge.contains("insufficient_scope"));

    // Registering again ends the tokens given before.
    house.register("narrow", "Laboratoire", &[one], false).await;
    house
        .post("/fhir/DocumentReference", &token, "{}")
        .await
        .refused(401);
}

#[tokio::test]
async fn suspended_software_gets_nothing() {
    let house = House::new().await;
    let token = house.token_of(CLIENT).await;
    let mut rules = (*house.app.gate.rules()).clone();
    rules.suspended.push(CLIENT.to_owned());
    house.app.gate.set_rules(rules);
    house.post("/fhir", &token, "{}").await.refused(403);
    let answer = house.ask_token(&house.assertion(CLIENT), "").await;
    assert_eq!(answer.json()["error"], "invalid_client");
}

#[tokio::test]
async fn software_writes_and_reads_nothing() {
    let house = House::new().await;
    let token = house.token_of(CLIENT).await;
    let ask = async |method: &str, path: &str, token: Option<&str>| {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        house
            .send(request.body(Body::empty()).expect("a request"))
            .await
    };
    for (method, path, status) in [
        ("GET", "/fhir/DocumentReference", 403),
        ("GET", "/fhir/DocumentReference?patient.identifier=x", 403),
        ("POST", "/fhir/DocumentReference/_search", 403),
        ("GET", "/fhir/DocumentReference/a5", 403),
        ("GET", "/fhir/Binary/a5", 403),
        ("DELETE", "/fhir/DocumentReference/a5", 405),
        ("PATCH", "/fhir/DocumentReference/a5", 415),
        ("DELETE", "/fhir/Patient/1", 405),
        ("GET", "/fhir/Patient/1", 404),
        ("GET", "/fhir/../../etc/passwd", 404),
        ("PUT", "/fhir", 405),
    ] {
        let answer = ask(method, path, Some(&token)).await;
        answer.refused(status);
    }
    let anonymous = ask("GET", "/fhir/DocumentReference", None).await;
    anonymous.refused(401);
    assert_eq!(
        anonymous.headers[header::WWW_AUTHENTICATE],
        "Bearer realm=\"fhir\""
    );
    for token in ["", "x", "carnet_at_x"] {
        ask("GET", "/fhir/Binary/1", Some(token)).await.refused(401);
    }
}

#[tokio::test]
async fn the_service_says_what_it_does() {
    let house = House::new().await;
    let get = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        house.send(request).await
    };
    let statement = get("/fhir/metadata").await;
    fhir::check(&statement.bytes).expect("valid FHIR");
    let text = statement.json().to_string();
    assert!(text.contains("create") && text.contains("transaction"));
    // A depositor writes; documents are searched in a professional's name, traces by the person they
    // are about, and by software what is asked of itself.
    let resources = &statement.json()["rest"][0]["resource"];
    for resource in resources.as_array().expect("resources") {
        let searched = resource.to_string().contains("search");
        let kind = resource["type"].as_str().expect("a type");
        let read = ["AuditEvent", "Task", "DocumentReference"].contains(&kind);
        assert_eq!(searched, read, "{resource}");
    }
    for path in [
        "/.well-known/smart-configuration",
        "/fhir/.well-known/smart-configuration",
    ] {
        let smart = get(path).await.json();
        assert_eq!(smart["token_endpoint"], format!("{ORIGIN}/oauth/token"));
        assert_eq!(smart["scopes_supported"][0], "system/DocumentReference.c");
    }
}
