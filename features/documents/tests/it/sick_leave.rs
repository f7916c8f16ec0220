//! Sick-leave notices: to whom they go while there is time, and where they are kept.

use crate::house::House;

async fn deposit(house: &House, code: &str, days: i64) -> String {
    let made = house.app.now() - jiff::SignedDuration::from_hours(24 * days);
    let words = format!("{code} {days}");
    let id = house
        .deposit(words.as_bytes(), "text/plain", |own| {
            own.type_code = code.to_owned();
            own.date = made;
        })
        .await;
    format!("/documents/{id}")
}

#[tokio::test]
async fn a_notice_says_to_whom_it_goes_while_there_is_time() {
    let house = House::new().await;
    let title = "Votre arrêt de travail est à envoyer";
    for (code, days, said) in [
        ("PRESC-AAT", 0, Some("2\u{a0}jours")),
        ("PRESC-AAT", 1, Some("1\u{a0}jour")),
        ("PRESC-AAT", 2, Some("le dernier jour")),
        ("PRESC-AAT", 3, Some("sans attendre")),
        ("PRESC-AAT", 5, Some("sans attendre")),
        ("PRESC-AAT", 6, None),
        ("PRESC-BIO", 0, None),
    ] {
        let page = house.get(&deposit(&house, code, days).await).await;
        assert_eq!(page.has(title), said.is_some(), "{code} {days}");
        assert!(
            said.is_none_or(|said| page.has(said)),
            "{code} {days}: {}",
            page.words()
        );
        assert_eq!(page.has("employeur"), said.is_some());
    }
}

#[tokio::test]
async fn notices_are_put_together_in_one_folder() {
    let house = House::new().await;
    let (old, new) = (
        deposit(&house, "PRESC-AAT", 40).await,
        deposit(&house, "PRESC-AAT", 0).await,
    );
    let other = deposit(&house, "PRESC-BIO", 0).await;
    let file = async |address: &str| {
        house.get(address).await;
        let to = format!("{address}/ranger");
        let sent = house.visitor.post(&to, &[("action", "arrets")]).await;
        sent.expect("an answer")
    };
    let page = file(&new).await;
    assert!(page.has("rangés ensemble"), "{}", page.words());
    assert!(!page.has("ranger-les-arrets"), "it is in its folder");
    let folders = async || {
        let page = house.get("/documents").await;
        let text = page.text();
        let found = text.split("dossier=").skip(1);
        let ids: std::collections::BTreeSet<String> =
            found.map(|rest| rest.chars().take(32).collect()).collect();
        ids.into_iter().collect::<Vec<_>>()
    };
    let made = folders().await;
    assert_eq!(made.len(), 1, "{made:?}");
    let inside = house.get(&format!("/documents?dossier={}", made[0])).await;
    let (there, not) = ([&old, &new], &other);
    assert!(there.iter().all(|one| inside.has(one)), "{}", inside.text());
    assert!(!inside.has(not));
    // A later one joins them; what is no notice has no such folder.
    let later = deposit(&house, "PRESC-AAT", 1).await;
    file(&later).await;
    assert_eq!(folders().await, made);
    assert_eq!(file(&other).await.status, 404);
}
