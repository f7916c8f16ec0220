//! Breaking the glass: a card shown again, a reason, and what the person decided before.

use access::Act;
use demo_identity::Mischief;
use http::StatusCode;
use jiff::SignedDuration;
use testing::{Page, Visitor};

use crate::world::{PAUL, World};

const WRITTEN: &str = "Chute dans la rue, ne répond plus aux questions.";

const FORM: [(&str, &str); 3] = [
    ("danger", "oui"),
    ("motif", "inconscience"),
    ("precision", WRITTEN),
];

async fn found(world: &World, visitor: &Visitor) -> String {
    visitor.get("/pro").await.expect("a page");
    let number = world.number.grouped();
    let page = visitor.post("/pro", &[("ins", &number)]).await;
    let page = page.expect("a page");
    page.path.trim_end_matches("/acces").to_owned()
}

/// Shows a card again, somebody's.
async fn shows_card(visitor: &Visitor, back: &str, key: &str) -> Page {
    let choose = visitor.post("/pro/verification", &[("retour", back)]).await;
    let choose = choose.expect("a page");
    let action = choose.between("action=\"/demo/identite", "\"");
    let action = action.unwrap_or_else(|| panic!("who is it? {}", choose.words()));
    let action = format!(
        "/demo/identite{}",
        action.replace("&amp;", "&").replace("&#38;", "&")
    );
    let page = visitor.post(&action, &[("identite", key)]).await;
    page.expect("a page")
}

#[tokio::test]
async fn the_card_is_shown_again_and_nothing_typed_is_lost() {
    let world = World::new().await;
    world.emergencies(true, true, false).await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "paul").await;
    let record = found(&world, &visitor).await;
    let here = format!("{record}/urgence");
    let form = visitor.get(&here).await.expect("a page");
    assert!(
        form.has("Fictive") && form.has("danger immédiat"),
        "{}",
        form.words()
    );
    world.clock.advance(SignedDuration::from_secs(301));
    let page = visitor.post(&here, &FORM).await.expect("a page");
    assert_eq!(page.path, "/pro/verification", "{}", page.words());
    assert_eq!(world.lines(Act::BreakGlass).await, 0);
    // A card shown an hour ago at the provider, or somebody else's: not this one.
    world.identity.set_mischief(Mischief::OldFactor);
    let page = shows_card(&visitor, &here, "paul").await;
    assert_eq!(page.path, "/pro/verification", "{}", page.words());
    assert!(page.has("pas été reconnu"), "{}", page.words());
    world.identity.set_mischief(Mischief::None);
    let page = shows_card(&visitor, &here, "anne").await;
    assert!(page.has("quelqu’un d’autre"), "{}", page.words());
    let page = visitor.get(&here).await.expect("a page");
    assert_eq!(page.path, "/pro/verification", "still to be shown");
    let page = shows_card(&visitor, &here, "paul").await;
    assert_eq!(page.path, here, "{}", page.words());
    assert!(page.has(WRITTEN), "{}", page.words());
    let page = visitor.post(&here, &FORM).await.expect("a page");
    assert_eq!(page.path, record, "{}", page.words());
    assert!(page.has("encore 12 h 0 min"), "{}", page.words());
    assert!(page.has("Compte rendu de consultation"), "{}", page.words());
    assert!(!page.has("Échographie"), "hidden stays hidden");
    assert!(!page.has("Bilan psychologique"), "the matrix is not lifted");
    // Pressed twice is once.
    visitor.post(&here, &FORM).await.expect("a page");
    assert_eq!(world.grants().await.len(), 1);
    // The person opposes meanwhile: over at once.
    world.emergencies(true, false, false).await;
    let page = visitor.get(&record).await.expect("a page");
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn twelve_hours_later_it_is_over() {
    let world = World::new().await;
    world.emergencies(false, true, false).await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "paul").await;
    let record = found(&world, &visitor).await;
    let page = visitor.get(&format!("{record}/urgence")).await;
    let here = page.expect("a page").path;
    visitor.post(&here, &FORM).await.expect("a page");
    let [grant] = world.grants().await.try_into().expect("one");
    let until = grant.until.expect("an end");
    assert_eq!(
        until.duration_since(grant.since),
        SignedDuration::from_hours(12)
    );
    assert!(grant.reason.is_some_and(|reason| reason.contains(WRITTEN)));
    world.clock.advance(SignedDuration::from_hours(12));
    world.sign_in(&visitor, "paul").await;
    let record = found(&world, &visitor).await;
    let page = visitor.get(&record).await.expect("a page");
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn all_eight_settings() {
    for bits in 0..8_u8 {
        let on = |bit: u8| bits & bit != 0;
        let world = World::new().await;
        world.emergencies(on(1), on(2), on(4)).await;
        let visitor = world.visitor();
        world.sign_in(&visitor, "paul").await;
        let record = found(&world, &visitor).await;
        visitor.get("/pro").await.expect("a page");
        let page = visitor.post(&format!("{record}/urgence"), &FORM).await;
        let page = page.expect("a page");
        assert_eq!(page.status == StatusCode::OK, on(2), "{bits}");
        assert_eq!(page.has("Échographie"), on(2) && on(4), "{bits}");
    }
}

#[tokio::test]
async fn a_reason_is_chosen_and_written_and_a_block_wins() {
    let world = World::new().await;
    world.emergencies(true, true, true).await;
    let visitor = world.visitor();
    world.sign_in(&visitor, "paul").await;
    let here = format!("{}/urgence", found(&world, &visitor).await);
    visitor.get(&here).await.expect("a page");
    let (short, long) = ("x".repeat(19), "x".repeat(501));
    for (danger, reason, written) in [
        ("", "inconscience", WRITTEN),
        ("oui", "", WRITTEN),
        ("oui", "curiosite", WRITTEN),
        ("oui", "inconscience", ""),
        ("oui", "inconscience", &short),
        ("oui", "inconscience", &long),
    ] {
        let fields = [
            ("danger", danger),
            ("motif", reason),
            ("precision", written),
        ];
        let page = visitor.post(&here, &fields).await.expect("a page");
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
    }
    assert!(world.grants().await.is_empty());
    // No centre 15 is named in the settings, and a nurse does not regulate.
    let call = here.replace("/urgence", "/regulation");
    let page = visitor.post(&call, &FORM).await.expect("a page");
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    world.block(PAUL).await;
    let page = visitor.post(&here, &FORM).await.expect("a page");
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(world.grants().await.is_empty());
}
