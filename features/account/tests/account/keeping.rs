//! Settings, contacts, password, sessions, children.

use crate::house::{House, PASSWORD};

#[tokio::test]
async fn choices_contacts_and_password_change() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    let page = visitor.get("/parametres").await.unwrap();
    for words in [
        "ESSAI",
        "ZOE MARIE",
        "12\u{a0}mai\u{a0}1985",
        "petit.navire",
        "zoe@example.org",
        "Cet appareil",
    ] {
        assert!(page.has(words), "{words}: {}", page.words());
    }
    visitor
        .post("/parametres/visibilite", &[("visibilite", "masque")])
        .await
        .unwrap();
    let page = visitor
        .post("/parametres/urgence", &[("masques", "oui")])
        .await
        .unwrap();
    assert!(page.has("Vos choix sont enregistrés"));
    let checked = page.text().matches(" checked").count();
    assert_eq!(checked, 1, "hidden, and no emergency");

    visitor.get("/parametres/contact/sms").await.unwrap();
    let wrong = [("valeur", "0639980099"), ("mot-de-passe", "Autre-chose 1")];
    let page = visitor
        .post("/parametres/contact/sms", &wrong)
        .await
        .unwrap();
    assert!(page.status == 422 && page.has("pas votre mot de passe"));
    let right = [("valeur", "06 39 98 00 99"), ("mot-de-passe", PASSWORD)];
    let page = visitor
        .post("/parametres/contact/sms", &right)
        .await
        .unwrap();
    assert_eq!(
        page.path,
        "/parametres/contact/sms/code",
        "{}",
        page.words()
    );
    let (to, code) = house.code().await;
    assert_eq!(to, "0639980099");
    let page = visitor
        .post("/parametres/contact/sms/code", &[("code", &code)])
        .await
        .unwrap();
    assert!(
        page.has("06\u{a0}39\u{a0}98\u{a0}00\u{a0}99"),
        "{}",
        page.words()
    );
    let told = house.mail().await;
    assert_eq!(
        told.iter().map(|m| m.to.as_str()).collect::<Vec<_>>(),
        ["zoe@example.org"]
    );

    let new = "Deux hérissons & 3 mûres";
    visitor.get("/parametres/mot-de-passe").await.unwrap();
    for (current, typed, sentence) in [
        ("Autre-chose 1", new, "pas votre mot de passe"),
        (PASSWORD, PASSWORD, "le même que l’ancien"),
        (PASSWORD, "Zoé-Cerise-29", "contient votre nom"),
        (PASSWORD, new, "Votre mot de passe est changé"),
    ] {
        let fields = [
            ("actuel", current),
            ("mot-de-passe", typed),
            ("confirmation", typed),
        ];
        let page = visitor
            .post("/parametres/mot-de-passe", &fields)
            .await
            .unwrap();
        assert!(page.has(sentence), "{sentence}: {}", page.words());
    }
    assert_eq!(house.mail().await.len(), 2, "both contacts are told");
}

#[tokio::test]
async fn another_device_is_signed_out() {
    let house = House::new().await;
    let (here, there) = (house.visitor(), house.visitor());
    house.activate_zoe(&here).await;
    house.sign_in_zoe(&there).await;
    let page = here.get("/parametres").await.unwrap();
    let device = page.between("name=\"appareil\" value=\"", "\"").unwrap();
    let page = here
        .post("/parametres/appareils", &[("appareil", &device)])
        .await
        .unwrap();
    assert!(page.has("Un appareil a été déconnecté"), "{}", page.words());
    assert_eq!(there.get("/accueil").await.unwrap().path, "/connexion");
    assert_eq!(here.get("/accueil").await.unwrap().path, "/accueil");
}

#[tokio::test]
async fn a_parent_goes_into_the_space_of_their_child_and_back() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    let page = visitor.get("/proches").await.unwrap();
    assert!(
        page.has("Tom Essai") && page.has("8\u{a0}ans"),
        "{}",
        page.words()
    );
    let tom = page.between("name=\"profil\" value=\"", "\"").unwrap();
    let before = visitor.cookie("__Host-session");
    let page = visitor.post("/proches", &[("profil", &tom)]).await.unwrap();
    assert_ne!(visitor.cookie("__Host-session"), before, "a fresh session");
    assert!(
        page.path == "/premiers-choix" && page.has("Espace de Tom Essai"),
        "{}",
        page.words()
    );
    visitor
        .post("/premiers-choix", &[("visibilite", "visible")])
        .await
        .unwrap();
    let page = visitor.get("/parametres").await.unwrap();
    assert!(
        page.has("TOM") && !page.has("petit.navire"),
        "{}",
        page.words()
    );
    assert_eq!(
        visitor
            .get("/parametres/contact/email")
            .await
            .unwrap()
            .status,
        404
    );
    let page = visitor.post("/proches", &[("profil", "")]).await.unwrap();
    assert!(page.has("Bonjour Zoé"), "{}", page.words());
    // A record of nobody one represents might as well not exist.
    for other in ["00000000000000000000000000000000", "x"] {
        let page = visitor
            .post("/proches", &[("profil", other)])
            .await
            .unwrap();
        assert_eq!(page.status, 404);
    }
}

#[tokio::test]
async fn a_sensitive_step_asks_for_the_password_again_after_five_minutes() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    visitor.get("/parametres/contact/sms").await.unwrap();
    let form = [("valeur", "06 39 98 00 99"), ("mot-de-passe", PASSWORD)];
    let code_page = "/parametres/contact/sms/code";
    let page = visitor
        .post("/parametres/contact/sms", &form)
        .await
        .unwrap();
    assert_eq!(page.path, code_page, "{}", page.words());
    let (_, code) = house.code().await;
    house.later(301);
    let page = visitor.post(code_page, &[("code", &code)]).await.unwrap();
    assert_eq!(page.path, "/verification", "{}", page.words());
    assert!(page.has("Vérifions que c’est bien vous"));
    let back = page.attribute("name=\"retour\" value=\"", "\"").unwrap();
    assert_eq!(back, code_page);
    let wrong = [("retour", back.as_str()), ("mot-de-passe", "Autre-chose 1")];
    let page = visitor.post("/verification", &wrong).await.unwrap();
    assert!(page.status == 422 && page.has("pas votre mot de passe"));
    // Still not fresh, and the way back was kept.
    assert_eq!(
        page.attribute("name=\"retour\" value=\"", "\"").unwrap(),
        back
    );
    let right = [("retour", back.as_str()), ("mot-de-passe", PASSWORD)];
    let page = visitor.post("/verification", &right).await.unwrap();
    assert_eq!(page.path, code_page, "{}", page.words());
    // The code was not used up by the detour.
    let page = visitor.post(code_page, &[("code", &code)]).await.unwrap();
    assert!(
        page.has("06\u{a0}39\u{a0}98\u{a0}00\u{a0}99"),
        "{}",
        page.words()
    );
    // Tries are counted, so that a screen left open is no place to guess.
    house.later(301);
    for _ in 0..house.app.limits.sign_ins_a_day {
        visitor.post("/verification", &wrong).await.unwrap();
    }
    let page = visitor.post("/verification", &right).await.unwrap();
    assert!(page.status == 422, "{}", page.words());
}

#[tokio::test]
async fn all_other_devices_are_signed_out_at_once() {
    let house = House::new().await;
    let here = house.visitor();
    house.activate_zoe(&here).await;
    let others = [house.visitor(), house.visitor()];
    for other in &others {
        house.sign_in_zoe(other).await;
    }
    here.get("/parametres").await.unwrap();
    let all = [("appareil", "")];
    let page = here.post("/parametres/appareils", &all).await.unwrap();
    assert!(
        page.has("2 appareils ont été déconnectés"),
        "{}",
        page.words()
    );
    for other in &others {
        assert_eq!(other.get("/accueil").await.unwrap().path, "/connexion");
    }
    assert_eq!(here.get("/accueil").await.unwrap().path, "/accueil");
}

#[tokio::test]
async fn a_form_left_open_in_another_space_changes_nothing() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    let mine = visitor.get("/parametres").await.unwrap();
    let left = mine.between("name=\"csrf\" value=\"", "\"").unwrap();
    let page = visitor.get("/proches").await.unwrap();
    let tom = page.between("name=\"profil\" value=\"", "\"").unwrap();
    visitor.post("/proches", &[("profil", &tom)]).await.unwrap();
    // The tab of before is sent: what it meant for Zoé must not be done to Tom.
    let request = http::Request::post("/parametres/visibilite")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from(format!(
            "csrf={left}&visibilite=masque"
        )));
    let page = visitor.send(request.unwrap()).await.unwrap();
    assert_eq!(page.status, 403, "{}", page.words());
    // And Tom's still asks for his first choices.
    assert_eq!(
        visitor.get("/accueil").await.unwrap().path,
        "/premiers-choix"
    );
}
