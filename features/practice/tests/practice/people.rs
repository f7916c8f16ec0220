//! How many people an account goes to in an hour, by whatever right.

use access::{Why, watch::Signal};
use jiff::SignedDuration;
use testing::Visitor;

use crate::world::World;

/// Where each line of the list of patients leads.
async fn list(visitor: &Visitor) -> Vec<String> {
    let (mut all, mut next) = (vec![], Some("/pro".to_owned()));
    while let Some(address) = next {
        let page = visitor.get(&address).await.expect("a page");
        let text = page.text();
        let parts = text.split("/pro/liste/").skip(1);
        let words = parts.filter_map(|part| part.split('"').next());
        all.extend(words.map(|word| format!("/pro/liste/{word}")));
        next = page.attribute("rel=\"next\" href=\"", "\"");
    }
    all
}

#[tokio::test]
async fn a_stolen_account_does_not_go_through_its_own_patients() {
    let world = World::new().await;
    let paul = world.visitor();
    world.sign_in(&paul, "paul").await;
    for n in 0..60 {
        world.patient(n, Some(None)).await;
    }
    // Where nothing is known of the place: twenty-five in an hour.
    world.clock.advance(SignedDuration::from_mins(6));
    let mut opened = 0;
    let lines = list(&paul).await;
    assert_eq!(lines.len(), 60);
    for line in &lines {
        let page = paul.get(line).await.expect("a page");
        if page.path == "/pro/verification" {
            assert!(page.has("25 personnes en une heure"), "{}", page.words());
            break;
        }
        assert_eq!(page.status, 200, "{}", page.words());
        opened += 1;
    }
    assert_eq!(opened, 25);
    // Whom they went to already they go on with.
    let again = paul.get(&lines[0]).await.expect("a page");
    assert!(again.path.starts_with("/pro/patients/"), "{}", again.path);

    // With the card some more, then no more.
    world.sign_in(&paul, "paul").await;
    for line in list(&paul).await.iter().skip(opened) {
        let page = paul.get(line).await.expect("a page");
        if !page.path.starts_with("/pro/patients/") {
            assert!(page.has("Votre accès est suspendu"), "{}", page.words());
            break;
        }
        opened += 1;
    }
    assert_eq!(opened, 39);
    let suspended = world.app.gate.suspensions().await.expect("read");
    assert_eq!((suspended.len(), suspended[0].why), (1, Why::People));
    let said = &suspended[0].signals[..];
    assert!(
        matches!(
            said,
            [Signal::People {
                count: 39,
                budget: 25
            }]
        ),
        "{said:?}"
    );
}
