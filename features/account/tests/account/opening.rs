//! Before a space opens: the notice, six weeks, the refusal and its way back.

use access::{Act, Channel, Purpose, Viewer, policy::Space, policy::SpaceState};
use account::Told;
use testing::{Page, Visitor};

use crate::house::{CARD, House, headers, number, plain, registry, tom, zoe};

const DAY: i64 = 86_400;

/// The space as its record holds it.
async fn space(house: &House, number: &str) -> Space {
    let row = house.app.store.insured(number, "").await.unwrap().unwrap();
    let viewer = Viewer::system(Purpose::Open, house.now());
    let record = row.record.unwrap();
    let clearance = house.app.gate.enter(&viewer, record, Act::OpenSpace).await;
    clearance.unwrap().policy().space.clone()
}

/// Types three factors and asks for a code by e-mail.
async fn ask(visitor: &Visitor, number: &str, card: &str, birth: &str) -> Page {
    visitor.get("/opposition").await.unwrap();
    let fields = [
        ("nir", number),
        ("serie", card),
        ("naissance", birth),
        ("moyen", "email"),
    ];
    let page = visitor.post("/opposition", &fields).await.unwrap();
    assert_eq!(page.path, "/opposition/code", "{}", page.words());
    page
}

/// Up to the choice.
async fn prove(house: &House, visitor: &Visitor, number: &str, birth: &str) -> Page {
    ask(visitor, number, CARD, birth).await;
    let (_, code) = house.code().await;
    let typed = [("code", code.as_str())];
    let page = visitor.post("/opposition/code", &typed).await.unwrap();
    assert_eq!(page.path, "/opposition/choix", "{}", page.words());
    page
}

/// Refuses the only space that the page shows.
async fn refuse(house: &House, visitor: &Visitor, number: &str, birth: &str) -> Page {
    let page = prove(house, visitor, number, birth).await;
    let which = page.between("name=\"espace\" value=\"", "\"").unwrap();
    let chosen = [("espace", which.as_str())];
    let page = visitor.post("/opposition/choix", &chosen).await.unwrap();
    assert_eq!(page.path, "/opposition/attestation", "{}", page.words());
    page
}

#[tokio::test]
async fn a_space_opens_six_weeks_after_its_notice() {
    let house = House::empty();
    let report = house.import(&registry(), Told::ByUs).await;
    assert_eq!((report.announced, report.opened), (3, 0), "{report:?}");
    assert_eq!(report.unreached, (0, vec![]));
    assert!(
        house.mail().await.is_empty(),
        "notices are work, not import"
    );
    house.work().await;
    let mut told: Vec<_> = house.mail().await;
    told.sort_by(|a, b| (&a.to, a.body.len()).cmp(&(&b.to, b.body.len())));
    let to: Vec<_> = told.iter().map(|m| (m.to.as_str(), m.channel)).collect();
    // Max has no address; Tom is told by his mother.
    let mail = ("zoe@example.org", Channel::Email);
    assert_eq!(to, [("0639980003", Channel::Sms), mail, mail]);
    for words in [
        "24\u{a0}juillet\u{a0}2026",
        "https://carnet.test/opposition",
        "fermeture",
    ] {
        assert!(told[1].body.contains(words), "{words}: {}", told[1].body);
    }
    for name in ["Zoé", "Tom", "ESSAI", "Essai"] {
        assert!(told.iter().all(|m| !m.body.contains(name)), "{name}");
    }
    house.later(42 * DAY - 60);
    house.work().await;
    for number in [zoe(), tom()] {
        assert_eq!(space(&house, &number).await.state, SpaceState::Notified);
    }
    house.later(61);
    house.work().await;
    for number in [zoe(), tom()] {
        assert_eq!(space(&house, &number).await.state, SpaceState::Opened);
    }
    assert!(house.mail().await.is_empty(), "told once");
    // A file that is taken in again announces nothing again.
    let report = house.import(&registry(), Told::ByUs).await;
    house.work().await;
    assert_eq!((report.known, report.announced), (3, 0));
    assert!(house.mail().await.is_empty());
}

#[tokio::test]
async fn who_was_told_by_letter_waits_from_that_day_and_who_was_not_waits() {
    let house = House::empty();
    let bare = registry().replace("zoe@example.org;0639980001", ";");
    let report = house.import(&bare, Told::ByUs).await;
    assert_eq!(
        report.unreached,
        (1, vec![3]),
        "Zoé; her child is reached by nobody else"
    );
    house.work().await;
    house.later(60 * DAY);
    house.work().await;
    let of_zoe = space(&house, &zoe()).await;
    assert_eq!((of_zoe.state, of_zoe.opens), (SpaceState::Notified, None));
    house.mail().await;
    // The letter left ten days ago.
    let then = house
        .now()
        .checked_sub(jiff::SignedDuration::from_hours(240))
        .unwrap();
    house.import(&bare, Told::At(then)).await;
    house.later(32 * DAY - 60);
    house.work().await;
    assert_eq!(space(&house, &zoe()).await.state, SpaceState::Notified);
    house.later(61);
    house.work().await;
    assert_eq!(space(&house, &zoe()).await.state, SpaceState::Opened);
    assert!(house.mail().await.is_empty());
}

#[tokio::test]
async fn an_address_that_comes_later_is_told_then() {
    let house = House::empty();
    let bare = registry().replace("zoe@example.org;0639980001", ";");
    house.import(&bare, Told::ByUs).await;
    house.work().await;
    house.mail().await;
    house.later(100 * DAY);
    house.import(&registry(), Told::ByUs).await;
    house.work().await;
    let told = house.mail().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(space(&house, &zoe()).await.opens.is_some());
}

#[tokio::test]
async fn who_refuses_has_a_proof_and_the_space_never_opens() {
    let house = House::empty();
    house.import(&registry(), Told::ByUs).await;
    house.work().await;
    house.mail().await;
    let visitor = house.visitor();
    for path in ["/opposition/choix", "/opposition/attestation"] {
        assert_eq!(
            visitor.get(path).await.unwrap().path,
            "/opposition",
            "{path}"
        );
    }
    let page = prove(&house, &visitor, &zoe(), "1985-05-12").await;
    assert!(
        page.has("Zoé Essai") && page.has("24\u{a0}juillet\u{a0}2026"),
        "{}",
        page.words()
    );
    let wrong = [("espace", "00000000000000000000000000000000")];
    let page = visitor.post("/opposition/choix", &wrong).await.unwrap();
    assert_eq!(page.status, 422, "somebody else's space");
    let which = page.between("name=\"espace\" value=\"", "\"").unwrap();
    let chosen = [("espace", which.as_str())];
    let page = visitor.post("/opposition/choix", &chosen).await.unwrap();
    assert!(
        page.has("ouverture refusée le 12\u{a0}juin\u{a0}2026"),
        "{}",
        page.words()
    );
    let told = house.mail().await;
    assert!(
        told.len() == 1 && told[0].body.contains("enregistré"),
        "{told:?}"
    );
    // Once more: nothing is left to refuse, and the proof is there.
    let page = visitor.post("/opposition/choix", &chosen).await.unwrap();
    assert!(page.has("vous avez refusé l’ouverture"), "{}", page.words());
    house.later(50 * DAY);
    house.work().await;
    assert_eq!(space(&house, &zoe()).await.state, SpaceState::Opposed);
    house.import(&registry(), Told::ByUs).await;
    house.work().await;
    assert_eq!(space(&house, &zoe()).await.state, SpaceState::Opposed);
    assert!(house.mail().await.is_empty());
    // Changing one's mind: activating says what it does, and does it.
    let visitor = house.visitor();
    house
        .claim(&visitor, &zoe(), CARD, ["12", "05", "1985"], "email")
        .await;
    let (_, code) = house.code().await;
    let typed = [("code", code.as_str())];
    let page = visitor.post("/activation/code", &typed).await.unwrap();
    assert!(
        page.has("Vous aviez refusé l’ouverture"),
        "{}",
        page.words()
    );
    house.later(60);
    house.activate_zoe(&house.visitor()).await;
    assert_eq!(space(&house, &zoe()).await.state, SpaceState::Activated);
}

#[tokio::test]
async fn who_activates_before_the_day_does_not_wait() {
    let house = House::empty();
    house.import(&registry(), Told::ByUs).await;
    house.work().await;
    house.mail().await;
    house.activate_zoe(&house.visitor()).await;
    house.later(43 * DAY);
    house.work().await;
    assert_eq!(space(&house, &zoe()).await.state, SpaceState::Activated);
}

#[tokio::test]
async fn a_stranger_learns_nothing_from_the_refusal() {
    let house = House::empty();
    house.import(&registry(), Told::ByUs).await;
    house.work().await;
    house.mail().await;
    let nobody = number(2, "1985-05-12", 9);
    let attempt = async |number: &str, card: &str, birth: &str| {
        let visitor = house.visitor();
        let (runs, calls) = (house.passwords.runs(), house.app.store.calls());
        let page = ask(&visitor, number, card, birth).await;
        let wrong = visitor
            .post("/opposition/code", &[("code", "AAAAAAAA")])
            .await;
        let effort = (
            house.passwords.runs() - runs,
            house.app.store.calls() - calls,
        );
        let seen = [page, wrong.unwrap()]
            .map(|page| format!("{} {:?} {}", page.status, headers(&page), plain(&page)));
        let sent = house.mail().await.len();
        house.later(DAY + 1);
        (seen, effort, sent)
    };
    let right = attempt(&zoe(), CARD, "1985-05-12").await;
    assert_eq!(right.2, 1);
    let child = attempt(&zoe(), CARD, "2018-02-03").await;
    assert_eq!(child.2, 1, "the child's birth date, with one's own card");
    for (number, card, birth) in [
        (nobody.as_str(), CARD, "1985-05-12"),
        (&zoe(), "99000000009", "1985-05-12"),
        (&zoe(), "99000000009", "2018-02-03"),
        (&zoe(), CARD, "1985-05-13"),
    ] {
        let other = attempt(number, card, birth).await;
        assert!((&other.0, other.1) == (&right.0, right.1), "{card} {birth}");
        assert_eq!(other.2, 0, "{card} {birth}");
        assert!((&other.0, other.1) == (&child.0, child.1));
    }
    // Refused: a stranger sees no difference either.
    refuse(&house, &house.visitor(), &zoe(), "1985-05-12").await;
    house.mail().await;
    house.later(DAY + 1);
    let opposed = attempt(&zoe(), "99000000009", "1985-05-12").await;
    assert!((&opposed.0, opposed.1) == (&right.0, right.1));
}

/// Tom's twin, a girl, and a brother who has his very name.
fn twins() -> String {
    let (zoe, lea) = (zoe(), number(2, "2018-02-03", 4));
    let other = number(1, "2018-02-03", 5);
    format!(
        "{}{lea};99000000004;ESSAI;LEA;Léa;;2018-02-03;F;99999;;;{zoe}\n\
         {other};99000000005;ESSAI;TOM;Tom;;2018-02-03;M;99999;;;{zoe}\n",
        registry()
    )
}

#[tokio::test]
async fn of_twins_the_one_that_was_chosen_is_refused_and_no_other() {
    let house = House::empty();
    house.import(&twins(), Told::ByUs).await;
    house.work().await;
    house.mail().await;
    let visitor = house.visitor();
    let page = prove(&house, &visitor, &zoe(), "2018-02-03").await;
    let (lea, other) = (number(2, "2018-02-03", 4), number(1, "2018-02-03", 5));
    for name in [
        "Tom Essai (3\u{a0}février\u{a0}2018, n°",
        "Léa Essai (3\u{a0}février\u{a0}2018)",
    ] {
        assert!(page.has(name), "{name}: {}", page.words());
    }
    // Nothing is chosen for them.
    let page = visitor.post("/opposition/choix", &[]).await.unwrap();
    assert!(
        page.status == 422 && page.has("Choisissez l’espace"),
        "{}",
        page.words()
    );
    let row = house.app.store.insured(&other, "").await.unwrap().unwrap();
    let record = row.record.unwrap().to_string();
    let chosen = [("espace", record.as_str())];
    let page = visitor.post("/opposition/choix", &chosen).await.unwrap();
    assert!(page.has("002") || page.has("005"), "{}", page.words());
    assert_eq!(space(&house, &other).await.state, SpaceState::Opposed);
    for number in [tom(), lea] {
        assert_eq!(space(&house, &number).await.state, SpaceState::Notified);
    }
    // In her own space she sees who is who, and opens the one whose opening she refused.
    house.later(60);
    house.mail().await;
    house.activate_zoe(&visitor).await;
    let page = visitor.get("/proches").await.unwrap();
    assert!(page.has("Vous avez refusé l’ouverture"), "{}", page.words());
    assert_eq!(
        page.text().matches("Tom Essai (3").count(),
        4,
        "each with its button"
    );
    let opened = visitor
        .post("/proches/ouvrir", &[("profil", &record)])
        .await
        .unwrap();
    assert!(opened.has("Son espace est ouvert"), "{}", opened.words());
    assert_eq!(space(&house, &other).await.state, SpaceState::Opened);
    assert_eq!(space(&house, &tom()).await.state, SpaceState::Notified);
    let page = visitor
        .post("/proches", &[("profil", &record)])
        .await
        .unwrap();
    assert_eq!(page.path, "/premiers-choix", "{}", page.words());
}

#[tokio::test]
async fn a_childs_birth_date_at_activation_leads_to_the_childs_place() {
    let house = House::empty();
    house.import_told(&twins()).await;
    let visitor = house.visitor();
    house
        .claim(&visitor, &zoe(), CARD, ["3", "2", "2018"], "email")
        .await;
    let (to, code) = house.code().await;
    assert_eq!(to, "zoe@example.org");
    let typed = [("code", code.as_str())];
    let page = visitor.post("/activation/code", &typed).await.unwrap();
    assert_eq!(page.path, "/activation/enfants", "{}", page.words());
    assert!(
        page.has("Léa Essai") && page.has("Mes proches"),
        "{}",
        page.words()
    );
    // It leads no further.
    for path in [
        "/activation/identifiants",
        "/activation/conditions",
        "/activation/contact",
    ] {
        let page = visitor.get(path).await.unwrap();
        assert_eq!(page.path, "/activation/enfants", "{path}");
    }
}
