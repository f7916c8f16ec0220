//! Signing in at a desk, confirmed on a phone.

use demo_identity::Mischief;
use http::StatusCode;
use jiff::SignedDuration;
use testing::{Page, Visitor};

use crate::world::{ANNE, PAUL, World};

const WAIT: &str = "/pro/attente";
const PHONE: &str = "/demo/identite/telephone";

async fn ask(visitor: &Visitor, whom: &str) -> Page {
    visitor.get("/pro/connexion").await.expect("a page");
    let fields = [("identifiant-national", whom)];
    let page = visitor.post("/pro/connexion/telephone", &fields).await;
    page.expect("a page")
}

/// The code on the page that waits.
fn code(page: &Page) -> String {
    let code = page.between("id=\"code-du-telephone\">", "<");
    code.unwrap_or_else(|| panic!("waits: {}", page.words()))
}

/// Answers on the phone the question that has that code.
async fn answer(world: &World, code: &str, how: &str) {
    let phone = world.visitor();
    let page = phone.get(PHONE).await.expect("a page");
    let text = page.text();
    let (_, after) = text.split_once(code).expect("the same code on the phone");
    let (_, after) = after
        .split_once("name=\"demande\" value=\"")
        .expect("a form");
    let (id, _) = after.split_once('"').expect("an id");
    let fields = [("demande", id), (how, "oui")];
    let page = phone.post(PHONE, &fields).await.expect("a page");
    assert!(!page.has(id), "{}", page.words());
}

async fn look(world: &World, visitor: &Visitor, after: i64) -> Page {
    world.clock.advance(SignedDuration::from_secs(after));
    visitor.get(WAIT).await.expect("a page")
}

#[tokio::test]
async fn who_confirms_on_their_phone_is_in_at_the_desk() {
    let world = World::new().await;
    let visitor = world.visitor();
    let page = ask(&visitor, &PAUL[1..]).await;
    assert_eq!((page.path.as_str(), page.status), (WAIT, StatusCode::OK));
    assert!(page.has("…0025") && !page.has(PAUL), "{}", page.words());
    assert_eq!(page.headers["refresh"], "5");
    let stopped = visitor
        .get(&format!("{WAIT}?arret=oui"))
        .await
        .expect("a page");
    assert_eq!(stopped.headers.get("refresh"), None);
    let code = code(&page);
    assert_eq!(code.len(), 4);
    let page = look(&world, &visitor, 5).await;
    assert_eq!(page.path, WAIT, "nobody answered");
    answer(&world, &code, "confirmer").await;
    // However often one looks, the provider is asked when it is time.
    for _ in 0..4 {
        assert_eq!(look(&world, &visitor, 1).await.path, WAIT);
    }
    let page = look(&world, &visitor, 1).await;
    assert_eq!(page.path, "/pro", "{}", page.words());
    assert!(
        page.has("Infirmier · Cabinet des Tilleuls"),
        "{}",
        page.words()
    );
    // Once, and in that browser alone.
    let again = visitor.get(WAIT).await.expect("a page");
    assert!(again.has("Recommencez") && again.status == StatusCode::BAD_REQUEST);
    let other = world.visitor().get(WAIT).await.expect("a page");
    assert_eq!(other.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn who_hurries_is_not_in_sooner() {
    let world = World::new().await;
    let visitor = world.visitor();
    let code = code(&ask(&visitor, PAUL).await);
    answer(&world, &code, "confirmer").await;
    for second in 0..5 {
        let page = look(&world, &visitor, i64::from(second > 0)).await;
        assert_eq!(page.path, WAIT, "after {second} seconds");
    }
    assert_eq!(look(&world, &visitor, 1).await.path, "/pro", "five seconds");
}

#[tokio::test]
async fn a_no_a_late_answer_and_somebody_else_s_let_nobody_in() {
    let world = World::new().await;
    let visitor = world.visitor();
    let said = code(&ask(&visitor, PAUL).await);
    answer(&world, &said, "refuser").await;
    let page = look(&world, &visitor, 5).await;
    assert!(page.has("interrompue"), "{}", page.words());
    waits_in_vain(&world, &visitor, PAUL).await;
    world.identity.set_mischief(Mischief::AnotherConfirms);
    let said = code(&ask(&visitor, PAUL).await);
    answer(&world, &said, "confirmer").await;
    let page = look(&world, &visitor, 5).await;
    assert!(page.has("quelqu’un d’autre"), "{}", page.words());
    assert_eq!(
        visitor.get("/pro").await.expect("a page").path,
        "/pro/connexion"
    );
    // A form that our page did not make.
    let fields = [("identifiant-national", PAUL)];
    let other = world.visitor();
    let forged = other.post("/pro/connexion/telephone", &fields).await;
    assert_eq!(forged.expect("a page").status, StatusCode::FORBIDDEN);
}

async fn waits_in_vain(world: &World, visitor: &Visitor, whom: &str) {
    code(&ask(visitor, whom).await);
    let page = look(world, visitor, 119).await;
    assert_eq!(page.path, WAIT);
    code(&page);
    let page = look(world, visitor, 1).await;
    assert!(page.has("trop de temps"), "{}", page.words());
}

/// What differs between two pages besides the code and the end of what was typed.
fn bare(page: &Page, whom: &str) -> String {
    let text = page.text().replace(&code(page), "CODE");
    let end = &whom[whom.len() - 4..];
    let token = page.between("name=\"csrf\" value=\"", "\"");
    text.replace(end, "END")
        .replace(&token.unwrap_or_else(|| "-".to_owned()), "CSRF")
}

#[tokio::test]
async fn a_stranger_learns_nothing_and_a_phone_rings_five_times_an_hour_at_most() {
    let world = World::new().await;
    let nobody = "899900009999";
    let (one, other) = (world.visitor(), world.visitor());
    let (known, unknown) = (ask(&one, ANNE).await, ask(&other, nobody).await);
    assert_eq!(bare(&known, ANNE), bare(&unknown, nobody));
    let (known, unknown) = (look(&world, &one, 5).await, look(&world, &other, 0).await);
    assert_eq!(bare(&known, ANNE), bare(&unknown, nobody));
    waits_in_vain(&world, &world.visitor(), nobody).await;
    let words = [("identifiant-national", "é & <b>")];
    let page = one.get("/pro/connexion").await.expect("a page");
    assert!(page.has("identifiant-national"));
    let page = one
        .post("/pro/connexion/telephone", &words)
        .await
        .expect("a page");
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("11 chiffres") && page.text().contains("é &#38; &#60;b&#62;"));
    // Nobody or somebody, the sixth within the hour is refused, from whatever browser.
    for (whom, asked) in [(ANNE, 1), (nobody, 2)] {
        for _ in asked..5 {
            code(&ask(&world.visitor(), whom).await);
        }
        let page = ask(&world.visitor(), whom).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(page.has("Trop de demandes") && page.text().contains(whom));
    }
    let phone = world.visitor().get(PHONE).await.expect("a page");
    assert_eq!(phone.text().matches("name=\"demande\"").count(), 4);
    world.clock.advance(SignedDuration::from_hours(1));
    code(&ask(&world.visitor(), ANNE).await);
}

#[tokio::test]
async fn a_card_that_is_asked_again_is_a_phone_too() {
    let world = World::new().await;
    world.emergencies(true, true, false).await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "paul").await;
    world.clock.advance(SignedDuration::from_secs(301));
    let back = [("retour", "/pro/traits")];
    let page = visitor.get("/pro/verification?retour=/pro/traits").await;
    assert!(page.expect("a page").has("demander-au-telephone"));
    let page = visitor.post("/pro/verification/telephone", &back).await;
    let said = code(&page.expect("a page"));
    answer(&world, &said, "confirmer").await;
    let page = look(&world, &visitor, 5).await;
    assert_eq!(page.path, "/pro/traits", "{}", page.words());
    // The same card again, for another: not this session's.
    world.identity.set_mischief(Mischief::AnotherConfirms);
    let page = visitor.post("/pro/verification/telephone", &back).await;
    let said = code(&page.expect("a page"));
    answer(&world, &said, "confirmer").await;
    let page = look(&world, &visitor, 5).await;
    assert_eq!(page.path, "/pro/verification", "{}", page.words());
    assert!(page.has("quelqu’un d’autre"), "{}", page.words());
}

/// Where the glass is broken of the person of this world.
async fn glass(world: &World, visitor: &Visitor) -> String {
    visitor.get("/pro").await.expect("a page");
    let number = world.number.grouped();
    let page = visitor.post("/pro", &[("ins", &number)]).await;
    page.expect("a page").path.replace("/acces", "/urgence")
}

#[tokio::test]
async fn a_phone_that_was_confirmed_long_after_the_card_makes_nothing_fresh() {
    let world = World::new().await;
    world.emergencies(true, true, false).await;
    // Who comes in so is in, and no step that needs a fresh factor is open to them.
    world.identity.set_mischief(Mischief::OldFactor);
    let visitor = world.visitor();
    let said = code(&ask(&visitor, PAUL).await);
    answer(&world, &said, "confirmer").await;
    assert_eq!(look(&world, &visitor, 5).await.path, "/pro");
    let here = glass(&world, &visitor).await;
    let page = visitor.get(&here).await.expect("a page");
    assert_eq!(page.path, "/pro/verification", "{}", page.words());
    // Nor once they are asked again and it is the same old card.
    let back = [("retour", here.as_str())];
    let page = visitor.post("/pro/verification/telephone", &back).await;
    let said = code(&page.expect("a page"));
    answer(&world, &said, "confirmer").await;
    let page = look(&world, &visitor, 5).await;
    assert_eq!(page.path, "/pro/verification", "{}", page.words());
    // Shown now, it is.
    world.identity.set_mischief(Mischief::None);
    let page = visitor.post("/pro/verification/telephone", &back).await;
    let said = code(&page.expect("a page"));
    answer(&world, &said, "confirmer").await;
    let page = look(&world, &visitor, 5).await;
    assert_eq!(page.path, here, "{}", page.words());
}
