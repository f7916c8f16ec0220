//! Closing a space, and opening it again before it is erased.

use access::{Act, Channel, Purpose, Refused, Viewer, policy::Policy, policy::SpaceState};
use testing::{Page, Visitor};
use vault::RecordId;

use crate::house::{CARD, House, PASSWORD, tom, zoe};

const DAY: i64 = 86_400;
const CLOSE: &str = "/parametres/fermer";

async fn record(house: &House, number: &str) -> RecordId {
    let row = house.app.store.insured(number, "").await.unwrap();
    row.unwrap().record.unwrap()
}

/// What the installation's own work may see of a space, whatever its state.
async fn policy(house: &House, number: &str) -> Policy {
    let viewer = Viewer::system(Purpose::Erase, house.now());
    let record = record(house, number).await;
    let clearance = house.app.gate.enter(&viewer, record, Act::ReadSettings);
    clearance.await.unwrap().policy().clone()
}

async fn close(visitor: &Visitor, then: &str) -> Page {
    let page = visitor.get(CLOSE).await.unwrap();
    assert!(page.has("id=\"confirmer\""), "{}", page.words());
    visitor.post(CLOSE, &[("ensuite", then)]).await.unwrap()
}

#[tokio::test]
async fn a_closed_space_is_nobodys_until_it_is_activated_again() {
    let house = House::new().await;
    let (here, there) = (house.visitor(), house.visitor());
    house.activate_zoe(&here).await;
    house.sign_in_zoe(&there).await;
    let page = here.get("/parametres").await.unwrap();
    assert!(page.has("Fermer mon espace"), "{}", page.words());
    let page = here.get(CLOSE).await.unwrap();
    for words in [
        "12\u{a0}juin\u{a0}2036",
        "12\u{a0}juillet\u{a0}2026",
        "directives",
        "Les espaces de vos enfants restent ouverts",
    ] {
        assert!(page.has(words), "{words}: {}", page.words());
    }
    let page = here.post(CLOSE, &[]).await.unwrap();
    assert!(page.status == 422 && page.has("Choisissez ce que devient"));

    let page = close(&here, "archive").await;
    assert_eq!(page.path, "/fermeture", "{}", page.words());
    // Ten years and their leap days, then a month for the last backup of keys.
    for words in [
        "Zoé Essai",
        "12\u{a0}juin\u{a0}2036",
        "12\u{a0}juillet\u{a0}2036",
    ] {
        assert!(page.has(words), "{words}: {}", page.words());
    }
    for visitor in [&here, &there] {
        assert_eq!(visitor.get("/accueil").await.unwrap().path, "/connexion");
    }
    let visitor = house.visitor();
    assert_eq!(visitor.get("/fermeture").await.unwrap().path, "/");
    visitor.get("/connexion").await.unwrap();
    let fields = [("identifiant", "petit.navire"), ("mot-de-passe", PASSWORD)];
    let page = visitor.post("/connexion", &fields).await.unwrap();
    assert!(page.has("incorrect"), "no account: {}", page.words());
    house.work().await;
    let told = house.mail().await;
    let to: Vec<_> = told.iter().map(|m| (m.to.as_str(), m.channel)).collect();
    assert_eq!(to, [("zoe@example.org", Channel::Email)]);
    assert!(told[0].body.contains("12\u{a0}juin\u{a0}2036"));
    assert!(!told[0].body.contains("Zoé"), "{}", told[0].body);

    // Years later, the card and a code to the contact of the registry open it again.
    house.later(9 * 365 * DAY);
    let back = house.visitor();
    let birth = ["12", "05", "1985"];
    house.claim(&back, &zoe(), CARD, birth, "email").await;
    let (_, code) = house.code().await;
    let typed = [("code", code.as_str())];
    let page = back.post("/activation/code", &typed).await.unwrap();
    assert!(page.has("Vous aviez fermé cet espace"), "{}", page.words());
    let fields = [
        ("identifiant", "petit.navire"),
        ("mot-de-passe", PASSWORD),
        ("confirmation", PASSWORD),
    ];
    back.post("/activation/identifiants", &fields)
        .await
        .unwrap();
    let agreed = [("accord", "oui")];
    let page = back.post("/activation/conditions", &agreed).await.unwrap();
    assert_eq!(page.path, "/accueil", "{}", page.words());
    let space = policy(&house, &zoe()).await.space;
    assert_eq!((space.state, space.erases), (SpaceState::Activated, None));
    // What would have come to its end does not.
    house.later(2 * 365 * DAY);
    let lease = jiff::SignedDuration::from_mins(2);
    let jobs = house.app.store.claim_jobs(house.now(), lease, 50).await;
    let names: Vec<_> = jobs.unwrap().into_iter().map(|job| job.name).collect();
    assert!(names.is_empty(), "{names:?}");
}

#[tokio::test]
async fn closing_takes_a_password_shown_within_5_minutes() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    visitor.get(CLOSE).await.unwrap();
    house.later(301);
    let then = [("ensuite", "effacement")];
    let page = visitor.post(CLOSE, &then).await.unwrap();
    assert_eq!(page.path, "/verification", "{}", page.words());
    let page = visitor.get(CLOSE).await.unwrap();
    assert_eq!(page.path, "/verification", "{}", page.words());
    let state = policy(&house, &zoe()).await.space.state;
    assert_eq!(state, SpaceState::Activated);
    let right = [("retour", CLOSE), ("mot-de-passe", PASSWORD)];
    let page = visitor.post("/verification", &right).await.unwrap();
    assert_eq!(page.path, CLOSE, "{}", page.words());
    house.later(300);
    let page = visitor.post(CLOSE, &then).await.unwrap();
    assert_eq!(page.path, "/fermeture", "{}", page.words());
    assert!(page.has("12\u{a0}juillet\u{a0}2026"), "{}", page.words());
}

#[tokio::test]
async fn a_childs_space_is_closed_and_opened_again_by_who_represents_them() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    let page = visitor.get("/proches").await.unwrap();
    let child = page.between("name=\"profil\" value=\"", "\"").unwrap();
    let profile = [("profil", child.as_str())];
    visitor.post("/proches", &profile).await.unwrap();
    let first = [("visibilite", "visible")];
    visitor.post("/premiers-choix", &first).await.unwrap();
    let page = close(&visitor, "effacement").await;
    assert!(
        page.path == "/fermeture" && page.has("Tom Essai"),
        "{}",
        page.words()
    );
    // Back in her own space, still signed in.
    let page = visitor.get("/accueil").await.unwrap();
    assert!(page.has("Bonjour Zoé"), "{}", page.words());
    let page = visitor.get("/proches").await.unwrap();
    assert!(page.has("Cet espace est fermé"), "{}", page.words());
    assert_eq!(
        visitor.post("/proches", &profile).await.unwrap().status,
        404
    );
    house.work().await;
    let told = house.mail().await;
    assert_eq!(told.len(), 1, "who represents Tom: {told:?}");
    assert_eq!(told[0].to, "zoe@example.org");
    visitor.post("/proches/ouvrir", &profile).await.unwrap();
    let space = policy(&house, &tom()).await.space;
    assert_eq!(space.state, SpaceState::Opened);
    let page = visitor.post("/proches", &profile).await.unwrap();
    assert!(page.has("Espace de Tom"), "{}", page.words());
}

#[tokio::test]
async fn an_end_that_has_begun_is_not_taken_back() {
    let house = House::new().await;
    let visitor = house.visitor();
    house.activate_zoe(&visitor).await;
    let record = record(&house, &zoe()).await;
    close(&visitor, "effacement").await;
    let payload = serde_json::json!({ "record": record }).to_string();
    let begin = async || {
        let begun = account::closing::work::begin_end(&house.app, payload.as_bytes());
        begun.await.unwrap()
    };
    house.later(30 * DAY - 1);
    assert_eq!(begin().await, None, "not a second before");
    house.later(1);
    assert_eq!(begin().await, Some(record));
    assert_eq!(begin().await, Some(record), "stopped before it was erased");
    let open = Viewer::system(Purpose::Open, house.now());
    let again = house.app.gate.enter(&open, record, Act::Reopen).await;
    assert!(matches!(again, Err(Refused::No(_))), "too late");
}
