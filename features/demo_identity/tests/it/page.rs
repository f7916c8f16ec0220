use demo_identity::TEXTS;
use http::StatusCode;
use testing::Page;
use web::Texts;

use crate::stage::Stage;

#[tokio::test]
async fn the_page_names_fictional_people_each_with_a_button() {
    let stage = Stage::new(false);
    let (path, _) = stage.start(&stage.provider().await);
    let page = stage.page(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    let own = page.between("</header>", "<footer").expect("a page");
    let own = Page {
        body: own.into(),
        ..page.clone()
    };
    insta::assert_snapshot!(own.words(), @"Identité de démonstrationChoisissez qui vous êtes. Aucun mot de passe n’est demandé. Toutes ces personnes sont fictivesCette page remplace, pour la démonstration, le service d’identité officiel. N’y saisissez rien de personnel. Dr Claire Martin Médecin généraliste 2 lieux d’exercice Continuer en tant que Dr Claire Martin Camille Fictive Une patiente &#60;de démonstration&#62; Continuer en tant que Camille Fictive Revenir sans m’identifier");
    for id in ["identite-dr-martin", "identite-camille", "refuser"] {
        assert!(page.has(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(page.has("&#60;de démonstration&#62;"));
    let policy = page.headers["content-security-policy"].to_str();
    assert!(policy.expect("ASCII").contains("form-action 'self'"));
}

#[tokio::test]
async fn what_the_form_posts_to_is_the_same_request() {
    let stage = Stage::new(false);
    let (path, _) = stage.start(&stage.provider().await);
    let page = stage.page(&path).await;
    let action = page
        .between("method=\"post\" action=\"", "\"")
        .expect("a form");
    assert_eq!(action.replace("&#38;", "&"), path);
}

#[tokio::test]
async fn a_request_that_is_not_the_clients_is_shown_and_goes_nowhere() {
    let stage = Stage::new(false);
    let (path, _) = stage.start(&stage.provider().await);
    for (from, to, sentence) in [
        ("client_id=carnet", "client_id=autre", "pas connu"),
        ("%2Fretour", "%2Failleurs", "pas connu"),
        ("&nonce=", "&state=x&nonce=", "incomplète"),
    ] {
        let bad = path.replace(from, to);
        for page in [
            stage.page(&bad).await,
            stage
                .browser
                .post(&bad, &[("identite", "camille")])
                .await
                .expect("an answer"),
        ] {
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{to}");
            assert!(page.has(sentence), "{to}: {}", page.words());
        }
    }
    let page = stage
        .browser
        .post(&path, &[("identite", "inconnu")])
        .await
        .expect("an answer");
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn other_faults_go_back_to_the_client() {
    let stage = Stage::new(false);
    let (path, _) = stage.start(&stage.provider().await);
    for (from, to, error) in [
        ("scope=openid", "scope=admin", "invalid_scope"),
        ("S256", "plain", "invalid_request"),
        ("&nonce=", "&prompt=none&nonce=", "login_required"),
    ] {
        let page = stage.page(&path.replace(from, to)).await;
        assert_eq!(page.path, "/retour");
        assert!(page.has(&format!("error={error}")), "{}", page.text());
    }
}

#[test]
fn the_languages_are_in_parity() {
    let texts = Texts::load(&TEXTS).expect("sound texts");
    assert_eq!(texts.problems(), Vec::<String>::new());
}
