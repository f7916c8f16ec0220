//! Software of a professional, in their name: what it takes to be given a token, and what ends it.

use demo_identity::Mischief;
use exchange::{IN_A_NAME, SCOPES};
use http::header;
use jiff::SignedDuration;
use oauth::exchange::JWT;

use super::{
    bed::Bed,
    lps::{Lps, json},
};

const OURS: &str = carnet::demo::SOFTWARE[0];
const OTHERS: &str = carnet::demo::SOFTWARE[1];
/// At work in one place.
const ONE: &str = "Garcia";

/// What is asked otherwise, and the answer.
type Asked = (&'static [(&'static str, &'static str)], u16, &'static str);

/// Whether a token still opens the API.
async fn holds(lps: &Lps, token: &str) -> bool {
    let page = lps.get(token, "/fhir/DocumentReference").await;
    let challenge = page.headers.get(header::WWW_AUTHENTICATE);
    let invalid =
        challenge.is_some_and(|says| says.to_str().is_ok_and(|s| s.contains("invalid_token")));
    assert_eq!(
        invalid,
        page.status == 401,
        "{} {}",
        page.status,
        page.text()
    );
    !invalid
}

#[tokio::test]
async fn a_professional_s_token_is_exchanged_for_one_of_ours() {
    let bed = Bed::new().await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let subject = lps.sign_in(&bed, ONE).await;
    bed.advance(SignedDuration::from_secs(10));
    let given = lps.exchange(&bed, &subject, &[]).await;
    assert_eq!(given.status, 200, "{}", given.text());
    assert_eq!(given.headers[header::CACHE_CONTROL], "no-store");
    let answer = json(&given);
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["issued_token_type"], oauth::exchange::ACCESS_TOKEN);
    assert_eq!(answer["scope"], IN_A_NAME.join(" "));
    assert_eq!(
        answer["expires_in"], 50,
        "no longer than the token that was shown"
    );
    assert!(
        answer["situation"]
            .as_str()
            .is_some_and(|one| one.starts_with("60|"))
    );
    let token = answer["access_token"].as_str().expect("a token");
    assert!(holds(&lps, token).await);
    // A narrower one, of the same professional, while theirs holds.
    let narrow = lps
        .exchange(&bed, &subject, &[("scope", IN_A_NAME[1])])
        .await;
    assert_eq!(json(&narrow)["scope"], IN_A_NAME[1]);
    bed.advance(SignedDuration::from_secs(50));
    assert!(!holds(&lps, token).await, "it has ended");
    let late = lps.exchange(&bed, &subject, &[]).await;
    assert_eq!(
        (late.status.as_u16(), &json(&late)["error"]),
        (400, &"invalid_request".into())
    );
}

#[tokio::test]
async fn among_several_places_of_work_one_is_named() {
    let bed = Bed::new().await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let staff = fiction::staff();
    let mut several = staff.all().into_iter();
    let who = several
        .find(|who| who.situations.len() > 1)
        .expect("somebody")
        .name();
    let subject = lps.sign_in(&bed, &who).await;
    let asked = lps.exchange(&bed, &subject, &[]).await;
    let answer = json(&asked);
    assert_eq!(
        (asked.status.as_u16(), &answer["error"]),
        (400, &"invalid_request".into())
    );
    let told = answer["error_description"].as_str().unwrap_or_default();
    assert!(told.contains("« situation »"), "{told}");
    let all = answer["situations"]
        .as_array()
        .expect("those there are")
        .clone();
    assert!(all.len() > 1);
    for one in all {
        let name = one["situation"].as_str().expect("a name");
        let given = lps.exchange(&bed, &subject, &[("situation", name)]).await;
        assert_eq!(
            (given.status.as_u16(), &json(&given)["situation"]),
            (200, &name.into())
        );
    }
    let nowhere = lps
        .exchange(&bed, &subject, &[("situation", "10||1000000000")])
        .await;
    assert!(
        json(&nowhere)["situations"].is_array(),
        "{}",
        nowhere.text()
    );
}

#[tokio::test]
async fn every_token_that_is_not_good_gets_one_answer() {
    let bed = Bed::new().await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    // Two pieces of software that sign in as the same client, and one that is another.
    let twin = Lps::new(&bed, "jumeau", OURS).await;
    let other = Lps::new(&bed, "autre", OTHERS).await;
    let subject = lps.sign_in(&bed, ONE).await;
    assert_eq!(lps.exchange(&bed, &subject, &[]).await.status, 200);
    let elsewhere = other.sign_in(&bed, ONE).await;
    let ours = lps.token(&bed, ONE).await;
    let refused = [
        (
            "shown by another before",
            twin.exchange(&bed, &subject, &[]).await,
        ),
        (
            "of another client",
            lps.exchange(&bed, &elsewhere, &[]).await,
        ),
        ("ours", lps.exchange(&bed, &ours, &[]).await),
        (
            "foreign",
            lps.exchange(&bed, "eyJhbGciOiJub25lIn0.e30.", &[]).await,
        ),
    ];
    let late = lps.sign_in(&bed, ONE).await;
    bed.advance(SignedDuration::from_secs(60));
    let late = [("late", lps.exchange(&bed, &late, &[]).await)];
    for (why, page) in refused.iter().chain(&late) {
        let told = json(page);
        assert_eq!(page.status, 400, "{why}");
        assert_eq!(told, json(&late[0].1), "{why}");
        assert_eq!(told["error"], "invalid_request", "{why}");
    }
    // It is the other's, and serves it.
    let elsewhere = other.sign_in(&bed, ONE).await;
    assert_eq!(other.exchange(&bed, &elsewhere, &[]).await.status, 200);
}

#[tokio::test]
async fn software_asks_as_it_is_registered_and_in_oauth_s_words() {
    let bed = Bed::new().await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let subject = lps.sign_in(&bed, ONE).await;
    let table: [Asked; 8] = [
        (
            &[("scope", "user/DocumentReference.rs system/Bundle.c")],
            400,
            "invalid_scope",
        ),
        (&[("scope", "user/*.cruds")], 400, "invalid_scope"),
        (
            &[("audience", "https://elsewhere.test")],
            400,
            "invalid_target",
        ),
        (&[("subject_token", "")], 400, "invalid_request"),
        (
            &[(
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:id_token",
            )],
            400,
            "invalid_request",
        ),
        (&[("requested_token_type", JWT)], 400, "invalid_request"),
        (&[("actor_token", "x")], 400, "invalid_request"),
        (&[("grant_type", "password")], 400, "unsupported_grant_type"),
    ];
    for (more, status, error) in table {
        let page = lps.exchange(&bed, &subject, more).await;
        assert_eq!(page.status, status, "{more:?} {}", page.text());
        assert_eq!(json(&page)["error"], error, "{more:?}");
    }
    // For itself it may ask nothing, and what deposits may not ask in anybody's name.
    let own = lps
        .prove(
            &bed,
            "/oauth/token",
            &[("grant_type", "client_credentials")],
        )
        .await;
    assert_eq!(json(&own)["error"], "invalid_scope");
    lps.register(&bed, |client| {
        client.scopes = SCOPES.map(ToOwned::to_owned).into();
        client.signs_in_as.clear();
    })
    .await;
    let page = lps.exchange(&bed, &subject, &[]).await;
    assert_eq!(
        (page.status.as_u16(), &json(&page)["error"]),
        (400, &"unauthorized_client".into())
    );
    let own = lps
        .prove(
            &bed,
            "/oauth/token",
            &[("grant_type", "client_credentials")],
        )
        .await;
    assert_eq!(json(&own)["scope"], SCOPES.join(" "));
    // Another's key.
    let mut forged = Lps::new(&bed, "inconnu", OURS).await;
    forged.id = "tilleul".to_owned();
    let page = forged.exchange(&bed, &subject, &[]).await;
    assert_eq!(
        (page.status.as_u16(), &json(&page)["error"]),
        (401, &"invalid_client".into())
    );
}

#[tokio::test]
async fn it_ends_with_the_account_the_registration_and_whoever_signs_out() {
    let bed = Bed::new().await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let other = Lps::new(&bed, "autre", OTHERS).await;
    // The professional signs out of their software; nobody else ends it for them.
    let token = lps.token(&bed, ONE).await;
    other
        .prove(&bed, "/oauth/revoke", &[("token", &token)])
        .await;
    assert!(holds(&lps, &token).await, "another's to end");
    let ended = lps.prove(&bed, "/oauth/revoke", &[("token", &token)]).await;
    assert_eq!(ended.status, 200);
    assert!(!holds(&lps, &token).await);
    let again = lps.prove(&bed, "/oauth/revoke", &[("token", &token)]).await;
    assert_eq!(again.status, 200, "over is over");
    // They sign out of our pages.
    let token = lps.token(&bed, ONE).await;
    let pages = bed.professional(ONE).await;
    assert!(holds(&lps, &token).await);
    pages.get("/pro").await.expect("a page");
    pages.post("/deconnexion", &[]).await.expect("a page");
    assert!(!holds(&lps, &token).await);
    // The registration changes.
    let token = lps.token(&bed, ONE).await;
    lps.register(&bed, |client| client.name = "Autre nom".to_owned())
        .await;
    assert!(!holds(&lps, &token).await);
    // The software is suspended, then the account.
    let token = lps.token(&bed, ONE).await;
    let gate = &bed.demo.app.gate;
    gate.change_rules(|rules| rules.suspended.push("tilleul".to_owned()));
    assert_eq!(lps.get(&token, "/fhir/DocumentReference").await.status, 403);
    gate.change_rules(|rules| rules.suspended.clear());
    let found = bed
        .demo
        .app
        .carried(&token)
        .await
        .expect("read")
        .expect("there");
    let (who, own) = (found.carried.situation.clone(), found.own);
    assert_eq!(who.software.as_deref(), Some("Autre nom"));
    let why = (access::Why::FirstOpenings, vec![]);
    gate.suspend(&who, own.0, why, bed.demo.app.now())
        .await
        .expect("suspended");
    assert!(!holds(&lps, &token).await);
    let subject = lps.sign_in(&bed, ONE).await;
    let page = lps.exchange(&bed, &subject, &[]).await;
    assert_eq!(
        (page.status.as_u16(), &json(&page)["error"]),
        (403, &"access_denied".into())
    );
}

#[tokio::test]
async fn a_token_opens_no_page_and_a_page_is_no_token() {
    let bed = Bed::new().await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let token = lps.token(&bed, ONE).await;
    let request = http::Request::get("/pro")
        .header("cookie", format!("session={token}"))
        .header("sec-fetch-site", "none")
        .body(axum::body::Body::empty());
    let page = bed.visitor().send(request.expect("a request")).await;
    assert_eq!(
        page.expect("an answer").headers["location"],
        "/pro/connexion"
    );
    let pages = bed.professional(ONE).await;
    let session = pages.cookie("session").expect("signed in");
    assert!(!holds(&lps, &session).await);
    // A depositor's token reads nothing, and a professional's deposits nothing.
    let (depositor, own) = bed.software("demo-labo", "Laboratoire (fictif)").await;
    let page = lps.get(&own, "/fhir/DocumentReference").await;
    assert_eq!(page.status, 403, "{}", page.text());
    let bundle = bed.deposit_for("Karim", 1, |_| {});
    let page = depositor
        .post(&token, "/fhir", &bundle)
        .await
        .expect("an answer");
    assert_eq!(page.status, 403, "{}", page.text());
    let page = lps.get(&token, "/fhir/AuditEvent").await;
    assert_eq!(page.status, 403, "{}", page.text());
    // The provider does not say when the card was shown, or that it was long ago: so it is.
    bed.demo.identity.set_mischief(Mischief::OldFactor);
    let token = lps.token(&bed, ONE).await;
    let found = bed
        .demo
        .app
        .carried(&token)
        .await
        .expect("read")
        .expect("there");
    let shown = bed
        .demo
        .app
        .now()
        .duration_since(found.carried.authenticated.at);
    assert!(shown >= SignedDuration::from_hours(1), "{shown}");
}
