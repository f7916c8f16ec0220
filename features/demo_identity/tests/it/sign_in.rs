use ambient::Secret;
use jiff::SignedDuration;
use oauth::{
    client::{ClientAuth, SignInError as E},
    jwk::{KeySet, SigningKey},
    provider::RegisteredAuth,
    psc::Professional,
    token::{Kind, Token},
};

use crate::stage::{ISSUER, Stage};

#[tokio::test]
async fn a_professional_signs_in_with_json_or_signed_claims() {
    for signed in [false, true] {
        let signed_in = Stage::new(signed).sign_in().await.expect("signed in");
        assert_eq!(signed_in.subject, "f:demo:martin");
        assert_eq!(signed_in.id_claims["acr"], "eidas1");
        let professional = Professional::from_userinfo(&signed_in.userinfo).expect("named");
        assert_eq!(professional.subject.as_deref(), Some("f:demo:martin"));
        assert_eq!(professional.rpps(), Some("99700000018"));
        let places: Vec<_> = professional
            .situations
            .iter()
            .filter_map(|situation| situation.facility_name.as_deref())
            .collect();
        assert_eq!(places, ["CABINET MARTIN", "CLINIQUE DU LAC"]);
    }
}

#[tokio::test]
async fn whoever_is_picked_is_signed_in() {
    let stage = Stage::new(false);
    let provider = stage.provider().await;
    let (path, pending) = stage.start(&provider);
    let callback = stage.choose(&path, ("identite", "camille")).await;
    let signed_in = stage.finish(&provider, pending, &callback).await;
    assert_eq!(signed_in.expect("signed in").subject, "camille-1");
}

#[tokio::test]
async fn going_back_without_signing_in_is_a_refusal() {
    let stage = Stage::new(false);
    let provider = stage.provider().await;
    let (path, pending) = stage.start(&provider);
    let callback = stage.choose(&path, ("refus", "oui")).await;
    let refusal = stage.finish(&provider, pending, &callback).await;
    assert!(matches!(refusal, Err(E::Refused(code)) if code == "access_denied"));
}

#[tokio::test]
async fn the_client_proves_itself_as_registered() {
    let secret = Token::mint(Kind::ClientSecret, &ambient::SeededRandom::new(9));
    let shared = ClientAuth::Basic(Secret::new(secret.reveal().to_owned()));
    let key = SigningKey::generate();
    let keys = KeySet::new([key.public().clone()]);
    let ways = [
        (shared.clone(), RegisteredAuth::Secret(secret.hash())),
        (
            ClientAuth::PrivateKey(Box::new(key)),
            RegisteredAuth::Keys(keys),
        ),
    ];
    for (auth, registered) in ways {
        let stage = Stage::with(false, auth, registered);
        assert!(stage.sign_in().await.is_ok());
    }
    let stage = Stage::with(
        false,
        ClientAuth::Public,
        RegisteredAuth::Secret(secret.hash()),
    );
    let refusal = stage.sign_in().await;
    assert!(matches!(refusal, Err(E::TokenRefused(code)) if code == "invalid_client"));
}

#[tokio::test]
async fn a_code_serves_once_and_for_half_a_minute() {
    let stage = Stage::new(false);
    let provider = stage.provider().await;
    let (path, pending) = stage.start(&provider);
    let callback = stage.choose(&path, ("identite", "dr-martin")).await;
    let first = stage.finish(&provider, pending.clone(), &callback).await;
    assert!(first.is_ok());
    let again = stage.finish(&provider, pending, &callback).await;
    assert!(matches!(again, Err(E::TokenRefused(code)) if code == "invalid_grant"));

    let (path, pending) = stage.start(&provider);
    let callback = stage.choose(&path, ("identite", "dr-martin")).await;
    stage.clock.advance(SignedDuration::from_secs(30));
    let late = stage.finish(&provider, pending, &callback).await;
    assert!(matches!(late, Err(E::TokenRefused(code)) if code == "invalid_grant"));
}

#[tokio::test]
async fn signing_out_leads_back_to_the_clients_site_and_nowhere_else() {
    let stage = Stage::new(false);
    let provider = stage.provider().await;
    let logout = async |back: &str| {
        let url = provider.logout_url("token", back, "a&b").expect("a page");
        let path = url.strip_prefix(ISSUER).expect("the provider's");
        stage.page(&format!("/demo/identite{path}")).await
    };
    let page = logout("https://carnet.example/retour?ici=1").await;
    assert_eq!(
        (page.path.as_str(), page.text().as_str()),
        ("/retour", "ici=1&state=a%26b")
    );
    for elsewhere in [
        "https://evil.example/",
        "https://carnet.example@evil.example/",
        "//evil.example/",
        "http://carnet.example/",
        "/retour",
    ] {
        let page = logout(elsewhere).await;
        assert_eq!(page.path, "/demo/identite/logout", "{elsewhere}");
        assert!(page.has("Vous êtes déconnecté"), "{elsewhere}");
    }
}
