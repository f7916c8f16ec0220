//! Signing in, out, and back after forgetting.

use crate::house::{CARD, House, PASSWORD, headers, plain, zoe};

#[tokio::test]
async fn sign_in_takes_a_password_and_a_code_that_counts_once() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    let page = visitor.get("/").await.unwrap();
    assert_eq!(page.path, "/accueil");
    let page = visitor.post("/deconnexion", &[]).await.unwrap();
    assert!(
        page.path == "/" && page.has("Vous êtes déconnecté"),
        "{}",
        page.words()
    );
    let page = visitor.get("/accueil").await.unwrap();
    assert_eq!(page.path, "/connexion");

    let fields = [
        ("identifiant", " Petit.Navire "),
        ("mot-de-passe", PASSWORD),
    ];
    let page = visitor.post("/connexion", &fields).await.unwrap();
    assert_eq!(page.path, "/connexion/code", "{}", page.words());
    let (to, code) = house.code().await;
    assert!(to == "zoe@example.org" && page.has("z…e@example.org"));
    let page = visitor
        .post("/connexion/renvoyer", &[("moyen", "email")])
        .await
        .unwrap();
    assert!(page.has("Patientez 30 secondes"));
    house.later(31);
    visitor
        .post("/connexion/renvoyer", &[("moyen", "email")])
        .await
        .unwrap();
    let (_, again) = house.code().await;
    let page = visitor
        .post("/connexion/code", &[("code", &code)])
        .await
        .unwrap();
    assert!(
        code == again || page.has("pas le bon"),
        "the one before no longer counts"
    );
    house.later(601);
    let page = visitor
        .post("/connexion/code", &[("code", &again)])
        .await
        .unwrap();
    assert!(page.has("a expiré"), "{}", page.words());

    let page = house.sign_in_zoe(&visitor).await;
    assert!(
        page.path == "/accueil" && page.has("Bonjour Zoé"),
        "{}",
        page.words()
    );
    house.later(16 * 60);
    let page = visitor.get("/parametres").await.unwrap();
    assert!(
        page.path == "/connexion" && page.has("Votre session a expiré"),
        "{}",
        page.words()
    );
    let page = visitor.get("/connexion").await.unwrap();
    assert!(!page.has("Votre session a expiré"));
}

#[tokio::test]
async fn a_login_that_nobody_has_is_as_wrong_as_a_wrong_password() {
    let house = House::new().await;
    house.activate_zoe(&house.visitor()).await;
    let attempt = async |login: &str| {
        let visitor = house.visitor();
        visitor.get("/connexion").await.unwrap();
        let (runs, calls) = (house.passwords.runs(), house.app.store.calls());
        let fields = [("identifiant", login), ("mot-de-passe", "Autre-chose 1")];
        let page = visitor.post("/connexion", &fields).await.unwrap();
        let seen = plain(&page).replace(login, "…");
        (
            page.status,
            headers(&page),
            seen,
            (
                house.passwords.runs() - runs,
                house.app.store.calls() - calls,
            ),
        )
    };
    let known = attempt("petit.navire").await;
    assert_eq!(known.0, http::StatusCode::UNPROCESSABLE_ENTITY);
    assert!(known.3.0 == 1 && known.3.1 > 0, "{:?}", known.3);
    assert!(known == attempt("grand.navire").await);
    for _ in 0..18 {
        attempt("petit.navire").await;
    }
    let locked = attempt("petit.navire").await;
    assert_eq!(locked.0, 429);
    assert!(
        locked == attempt("grand.navire").await,
        "the source is locked out too"
    );
    assert!(house.mail().await.is_empty());
}

#[tokio::test]
async fn who_forgot_proves_who_they_are_and_every_session_ends() {
    let house = House::new().await;
    let (old, visitor) = (house.visitor(), house.visitor());
    house.activate_zoe(&old).await;
    house.later(60);
    visitor.get("/connexion/oubli").await.unwrap();
    let zoe = zoe();
    let claim = |card: &'static str| {
        [
            ("nir", zoe.clone()),
            ("serie", card.to_owned()),
            ("naissance", "1985-05-12".to_owned()),
            ("moyen", "email".to_owned()),
        ]
    };
    let borrowed = |fields: &[(&'static str, String); 4]| fields.clone();
    for (card, sent) in [("99000000009", 0), (CARD, 1)] {
        let fields = borrowed(&claim(card));
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        visitor.get("/connexion/oubli").await.unwrap();
        let page = visitor.post("/connexion/oubli", &fields).await.unwrap();
        assert_eq!(page.path, "/connexion/oubli/code", "{}", page.words());
        if sent == 0 {
            assert!(house.mail().await.is_empty());
        }
        house.later(31);
    }
    let (_, code) = house.code().await;
    let page = visitor.get("/connexion/oubli/mot-de-passe").await.unwrap();
    assert_eq!(page.path, "/connexion/oubli", "not before the code");
    visitor.get("/connexion/oubli/code").await.unwrap();
    let page = visitor
        .post("/connexion/oubli/code", &[("code", &code)])
        .await
        .unwrap();
    assert!(page.has("petit.navire"), "{}", page.words());
    let new = "Deux hérissons & 3 mûres";
    let fields = [("mot-de-passe", new), ("confirmation", new)];
    let page = visitor
        .post("/connexion/oubli/mot-de-passe", &fields)
        .await
        .unwrap();
    assert!(
        page.path == "/connexion" && page.has("Votre mot de passe est changé"),
        "{}",
        page.words()
    );
    let told = house.mail().await;
    assert!(
        told.len() == 1 && !told[0].body.contains("code"),
        "{told:?}"
    );
    assert_eq!(old.get("/accueil").await.unwrap().path, "/connexion");
    let page = visitor
        .post(
            "/connexion",
            &[("identifiant", "petit.navire"), ("mot-de-passe", new)],
        )
        .await
        .unwrap();
    assert_eq!(page.path, "/connexion/code");
}
