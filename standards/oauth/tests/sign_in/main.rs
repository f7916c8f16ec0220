//! Client and provider against each other, in memory: what must work.

mod elsewhere;
mod hostile;
mod idp;

use ambient::{Secret, SeededRandom};
use idp::{ASK, BACK, CLIENT, ISSUER, Idp, Lie, PERSON, SignIn};
use jiff::SignedDuration;
use oauth::{
    client::{ClientAuth, Pending, SignInError},
    jwk::{KeySet, SigningKey},
    provider::RegisteredAuth,
    token::{Kind, Token},
};

/// Each way to prove who the client is, with what the provider registered for it.
fn ways() -> [(ClientAuth, RegisteredAuth); 4] {
    let secret = Token::mint(Kind::ClientSecret, &SeededRandom::new(9));
    let text = || Secret::new(secret.reveal().to_owned());
    let key = SigningKey::generate();
    let keys = KeySet::new([key.public().clone()]);
    [
        (
            ClientAuth::Basic(text()),
            RegisteredAuth::Secret(secret.hash()),
        ),
        (
            ClientAuth::Post(text()),
            RegisteredAuth::Secret(secret.hash()),
        ),
        (
            ClientAuth::PrivateKey(Box::new(key)),
            RegisteredAuth::Keys(keys),
        ),
        (ClientAuth::Public, RegisteredAuth::Public),
    ]
}

#[tokio::test]
async fn a_person_signs_in_whatever_the_proof_and_the_userinfo() {
    for (auth, registered) in ways() {
        for signed in [false, true] {
            let idp = Idp::new(registered.clone(), signed, Lie::Nothing);
            let signed_in = SignIn::begin(&idp, auth.clone())
                .await
                .end(&idp)
                .await
                .expect("signed in");
            assert_eq!(signed_in.subject, PERSON);
            assert_eq!(signed_in.userinfo["given_name"], "Zoé");
            assert_eq!(signed_in.id_claims["acr"], "eidas2");
            assert_eq!(format!("{signed_in:?}"), "[signed in]");
        }
    }
}

#[tokio::test]
async fn a_client_with_the_wrong_proof_gets_no_token() {
    let other = || SigningKey::generate();
    for (auth, _) in ways() {
        let keys = KeySet::new([other().public().clone()]);
        let idp = Idp::new(RegisteredAuth::Keys(keys), false, Lie::Nothing);
        let refusal = SignIn::begin(&idp, auth)
            .await
            .end(&idp)
            .await
            .expect_err("refused");
        assert!(matches!(refusal, SignInError::TokenRefused(code) if code == "invalid_client"));
    }
}

#[tokio::test]
async fn a_provider_may_change_its_key_and_is_asked_once() {
    let mut idp = Idp::new(RegisteredAuth::Public, true, Lie::Nothing);
    let sign_in = SignIn::begin(&idp, ClientAuth::Public).await;
    idp.issuer.key = SigningKey::generate();
    sign_in.end(&idp).await.expect("signed in with the new key");
    assert_eq!(
        *idp.key_reads.lock().expect("unpoisoned"),
        2,
        "at discovery, and for the new key"
    );
}

#[tokio::test]
async fn the_browser_is_sent_out_with_everything_and_can_be_signed_out() {
    let idp = Idp::new(RegisteredAuth::Public, false, Lie::Nothing);
    let sign_in = SignIn::begin(&idp, ClientAuth::Public).await;
    let (url, pending) = sign_in.provider.start(ASK, &SeededRandom::new(4), idp.now);
    for part in [
        "scope=openid+scope_all",
        "acr_values=eidas2",
        "max_age=300",
        "code_challenge_method=S256",
    ] {
        assert!(url.contains(part), "{part} in {url}");
    }
    let kept = serde_json::to_string(&pending).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Pending>(&kept).expect("ours"),
        pending
    );
    assert!(
        !format!("{pending:?}").contains("verifier"),
        "secrets are not printed"
    );
    let out = sign_in
        .provider
        .logout_url("a.b.c", BACK, "s")
        .expect("a page to sign out");
    assert_eq!(
        out,
        format!(
            "{ISSUER}/logout?id_token_hint=a.b.c&client_id={CLIENT}\
             &post_logout_redirect_uri=https%3A%2F%2Fcarnet.example%2Fretour&state=s"
        )
    );
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute() {
    let idp = Idp::new(RegisteredAuth::Public, false, Lie::Nothing);
    let behind = SignIn::begin(&idp, ClientAuth::Public).await;
    behind
        .end_after(&idp, SignedDuration::from_secs(-59))
        .await
        .expect("a slow clock");
    let ahead = SignIn::begin(&idp, ClientAuth::Public).await;
    ahead
        .end_after(&idp, SignedDuration::from_secs(359))
        .await
        .expect("a fast clock");
}

/// The server runs sign-ins on a pool of threads.
#[tokio::test]
async fn a_sign_in_may_move_between_threads() {
    fn movable<T: Send>(value: T) -> T {
        value
    }
    let idp = Idp::new(RegisteredAuth::Public, false, Lie::Nothing);
    let sign_in = movable(SignIn::begin(&idp, ClientAuth::Public)).await;
    movable(sign_in.end(&idp)).await.expect("signed in");
}
