//! Signing in, and every way in which it fails.

use demo_identity::Mischief;
use http::StatusCode;

use crate::world::{ANNE, PAUL, World};

#[tokio::test]
async fn one_situation_leads_straight_to_work() {
    let world = World::new().await;
    let visitor = world.visitor();
    let page = world.sign_in(&visitor, "paul").await;
    assert_eq!((page.path.as_str(), page.status), ("/pro", StatusCode::OK));
    assert!(
        page.has("Infirmier · Cabinet des Tilleuls"),
        "{}",
        page.words()
    );
    let record = world.app.store.professional(PAUL).await.expect("read");
    assert!(record.is_some());
    // Again, in another browser: the same professional, the same record.
    world.sign_in(&world.visitor(), "paul").await;
    assert_eq!(
        world.app.store.professional(PAUL).await.expect("read"),
        record
    );
}

#[tokio::test]
async fn several_situations_are_chosen_among_and_the_session_takes_another_name() {
    let world = World::new().await;
    let visitor = world.visitor();
    let page = world.sign_in(&visitor, "anne").await;
    assert_eq!(page.path, "/pro/situation");
    assert_eq!(
        visitor.get("/pro").await.expect("a page").path,
        "/pro/situation"
    );
    let before = visitor.cookie("session");
    let page = visitor.post("/pro/situation", &[("situation", "9")]).await;
    assert_eq!(
        page.expect("a page").status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let page = visitor.post("/pro/situation", &[("situation", "1")]).await;
    let page = page.expect("a page");
    assert_eq!(page.path, "/pro");
    assert!(page.has("Hôpital de Valbrume"), "{}", page.words());
    let after = visitor.cookie("session");
    assert!(after.is_some() && before != after);
    assert!(
        world
            .app
            .store
            .professional(ANNE)
            .await
            .expect("read")
            .is_some()
    );
}

#[tokio::test]
async fn what_fails_is_told_and_can_be_tried_again() {
    let table = [
        (Mischief::WrongNonce, "practice-sign-in-refused"),
        (Mischief::Expired, "practice-sign-in-expired"),
        (Mischief::OtherSubInUserinfo, "practice-sign-in-refused"),
    ];
    let world = World::new().await;
    let french = |key: &str| world.app.site.texts.get(web::Lang::Fr, key);
    for (mischief, key) in table {
        world.identity.set_mischief(mischief);
        let page = world.sign_in(&world.visitor(), "paul").await;
        assert!(page.has(&french(key)), "{mischief:?}: {}", page.words());
        assert!(page.has("pro-sante-connect"));
    }
    world.identity.set_mischief(Mischief::None);
    let page = world.sign_in_by(&world.visitor(), ("refus", "oui")).await;
    assert!(
        page.has(&french("practice-sign-in-cancelled")),
        "{}",
        page.words()
    );
    let page = world.sign_in(&world.visitor(), "nul").await;
    assert!(page.has("aucune situation"), "{}", page.words());
    assert_eq!(
        world.visitor().get("/pro").await.expect("a page").path,
        "/pro/connexion"
    );
}

#[tokio::test]
async fn an_answer_serves_once_and_in_its_own_browser() {
    let world = World::new().await;
    // Nothing was begun in this browser: somebody else's answer (login CSRF).
    let page = world.visitor().get("/pro/retour?code=x&state=y").await;
    let page = page.expect("a page");
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.has("pro-sante-connect"));
    // Begun here, answered with another's state; then the true answer is too late.
    let visitor = world.visitor();
    visitor.get("/pro/connexion").await.expect("a page");
    visitor.post("/pro/connexion", &[]).await.expect("a page");
    let forged = visitor.get("/pro/retour?code=x&state=y").await;
    assert_eq!(forged.expect("a page").status, StatusCode::BAD_REQUEST);
    assert_eq!(visitor.cookie("session"), None);
    // A form that our page did not make.
    let other = world.visitor();
    let refused = other.post("/pro/connexion", &[]).await;
    assert_eq!(refused.expect("a page").status, StatusCode::FORBIDDEN);
}
