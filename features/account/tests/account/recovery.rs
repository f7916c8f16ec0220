//! Login or password forgotten: to the confirmed contact alone, told on every channel, and a
//! stranger learns nothing.

use testing::{Page, Visitor};

use crate::house::{CARD, House, PASSWORD, headers, number, plain, zoe};

/// Types three factors and asks for a code.
async fn forgot(visitor: &Visitor, number: &str, card: &str, birth: &str, by: &str) -> Page {
    visitor.get("/connexion/oubli").await.unwrap();
    let fields = [
        ("nir", number),
        ("serie", card),
        ("naissance", birth),
        ("moyen", by),
    ];
    let page = visitor.post("/connexion/oubli", &fields).await.unwrap();
    assert_eq!(page.path, "/connexion/oubli/code", "{}", page.words());
    page
}

/// Puts a contact in the place of the old one.
async fn change(house: &House, visitor: &Visitor, by: &str, to: &str) {
    let path = format!("/parametres/contact/{by}");
    visitor.get(&path).await.unwrap();
    let fields = [("valeur", to), ("mot-de-passe", PASSWORD)];
    visitor.post(&path, &fields).await.unwrap();
    let (_, code) = house.code().await;
    let code_page = format!("{path}/code");
    let page = visitor.post(&code_page, &[("code", &code)]).await.unwrap();
    assert_eq!(page.path, "/parametres", "{}", page.words());
    house.mail().await;
    house.later(31);
}

#[tokio::test]
async fn the_code_goes_to_the_confirmed_contact_and_every_channel_is_told() {
    let house = House::new().await;
    let known = house.visitor();
    house.activate_zoe(&known).await;
    change(&house, &known, "email", "neuve@example.org").await;
    change(&house, &known, "sms", "06 39 98 00 99").await;
    // The registry still says zoe@example.org and 06 39 98 00 01.
    for (by, to) in [("email", "neuve@example.org"), ("sms", "0639980099")] {
        let visitor = house.visitor();
        forgot(&visitor, &zoe(), CARD, "1985-05-12", by).await;
        let (sent_to, code) = house.code().await;
        assert_eq!(sent_to, to);
        let code_page = "/connexion/oubli/code";
        let page = visitor.post(code_page, &[("code", &code)]).await.unwrap();
        assert!(page.has("petit.navire"), "{}", page.words());
        let new = format!("Deux hérissons & 3 mûres {by}");
        let fields = [("mot-de-passe", new.as_str()), ("confirmation", &new)];
        let new_page = "/connexion/oubli/mot-de-passe";
        let page = visitor.post(new_page, &fields).await.unwrap();
        assert_eq!(page.path, "/connexion", "{}", page.words());
        let mut told: Vec<String> = house.mail().await.into_iter().map(|m| m.to).collect();
        told.sort();
        assert_eq!(told, ["0639980099", "neuve@example.org"]);
        // The code counted once, and so did the journey.
        let page = visitor.post(code_page, &[("code", &code)]).await.unwrap();
        assert_ne!(page.path, new_page, "{}", page.words());
        house.later(31);
    }
}

#[tokio::test]
async fn a_stranger_learns_nothing_from_recovery() {
    let house = House::new().await;
    house.activate_zoe(&house.visitor()).await;
    let (max, nobody) = (number(1, "1950-12-01", 3), number(2, "1985-05-12", 9));
    let attempt = async |number: &str, card: &str, birth: &str, by: &str| {
        let visitor = house.visitor();
        let calls = house.app.store.calls();
        let page = forgot(&visitor, number, card, birth, by).await;
        let calls = house.app.store.calls() - calls;
        let code_page = "/connexion/oubli/code";
        let wrong = visitor.post(code_page, &[("code", "AAAAAAAA")]).await;
        let seen = [page, wrong.unwrap()]
            .map(|page| format!("{} {:?} {}", page.status, headers(&page), plain(&page)));
        let sent = house.mail().await.len();
        house.later(86_401);
        (seen, calls, sent)
    };
    let (seen, _, sent) = attempt(&zoe(), CARD, "1985-05-12", "email").await;
    assert_eq!(sent, 1);
    let unknown = attempt(&nobody, CARD, "1985-05-12", "email").await;
    assert_eq!((&unknown.0, unknown.2), (&seen, 0));
    for (number, card, birth) in [
        (&zoe(), "99000000009", "1985-05-12"),
        (&zoe(), CARD, "1985-05-13"),
    ] {
        assert!(
            attempt(number, card, birth, "email").await == unknown,
            "{card} {birth}"
        );
    }
    for (number, card, birth) in [
        // A contact that was never confirmed, whatever the registry knows.
        (&zoe(), CARD, "1985-05-12"),
        // Never activated.
        (&max, "99000000003", "1950-12-01"),
    ] {
        let other = attempt(number, card, birth, "sms").await;
        assert!(other.0 == seen && other.2 == 0, "{card} {birth}");
    }
}
