//! Searching: what is found, what is not, and what remains of it.

use access::{Act, journal};

use crate::house::House;

const LETTER: &[u8] = "Cher confrère,\nl’échographie cardiaque de ce jour montre une fraction \
    d’éjection à 60 %. Pas d’épanchement péricardique. Le traitement par bisoprolol est poursuivi."
    .as_bytes();

/// A house with a letter that was read.
async fn house() -> House {
    let house = House::new().await;
    let fields = [("titre", "Courrier du Dr Morel"), ("categorie", "CPT_REND")];
    house.add(&fields, &[("lettre.txt", LETTER)]).await;
    assert_eq!(house.read().await, 0);
    house
}

#[tokio::test]
async fn a_word_of_the_text_is_found_with_its_passage_and_leaves_no_trace_of_itself() {
    let house = house().await;
    for typed in [
        "bisoprolol",
        "BISOPR",
        "bisoprolo1",
        "hanche",
        "pericardiqeu",
    ] {
        let page = house.seek(typed).await;
        assert_eq!(
            page.has("Courrier du Dr Morel"),
            typed != "hanche",
            "{typed}"
        );
        assert!(!page.path.contains("iso"), "{}", page.path);
    }
    let page = house.seek("ejection fraction").await;
    assert!(
        page.has("<mark>fraction</mark> d’<mark>éjection</mark> à 60"),
        "{}",
        page.text()
    );
    assert!(page.has("1\u{a0}document trouvé") || page.has("1 document trouvé"));
    let line = &house.lines().await[0];
    assert_eq!((line.act, line.count), (Act::List, Some(1)));
    assert_eq!(line.detail.as_deref(), Some(journal::SEARCH));
    let unknown = format!("/documents/recherche?r={}", ambient::Id([1; 16]));
    assert!(!house.get(&unknown).await.has("trouvé"));
    let empty = house.seek(" … ").await;
    assert_eq!(empty.status, 422);
    assert!(empty.has("Tapez au moins un mot"));
}

#[tokio::test]
async fn what_the_list_says_is_found_too() {
    let house = house().await;
    house
        .deposit(b"%PDF-1.4 labo", "application/pdf", |_| {})
        .await;
    for typed in [
        "bilan",
        "leclerc",
        "laboratoire port",
        "juin 2026",
        "biologie",
    ] {
        let page = house.seek(typed).await;
        assert!(page.has("Laboratoire du Port"), "{typed}: {}", page.words());
    }
    assert!(house.seek("bilan").await.has("n’est pas encore lu"));
    // Nobody here reads PDFs: the job stays, the document too.
    assert_eq!(house.read().await, 1);
    assert!(house.seek("bilan").await.has("Laboratoire du Port"));
}

#[tokio::test]
async fn what_came_before_texts_were_drawn_is_read_after_the_first_search() {
    let house = House::new().await;
    let text = "Note : allergie à la pénicilline.".as_bytes();
    let id = house.deposit(text, "text/plain", |_| {}).await;
    let page = house.seek("pénicilline").await;
    assert!(page.has("Aucun document trouvé") && page.has("n’est pas encore lu"));
    // Twice asked for is once done.
    house.seek("pénicilline").await;
    assert_eq!(house.read().await, 0);
    let page = house.seek("pénicilline").await;
    assert!(page.has(&id.to_string()) && !page.has("n’est pas encore lu"));
    assert_eq!(house.read().await, 0);
}

#[tokio::test]
async fn what_the_person_may_not_know_of_is_neither_found_nor_counted() {
    let house = house().await;
    let before = house.seek("bisoprolol").await;
    let hidden = "Annonce : bisoprolol arrêté.".as_bytes();
    house
        .deposit(hidden, "text/plain", |own| own.flags.patient = true)
        .await;
    house
        .deposit(b"%PDF-1.4 x", "application/pdf", |own| {
            own.flags.patient = true
        })
        .await;
    house.read().await;
    let after = house.seek("bisoprolol").await;
    let form = |page: &testing::Page| {
        let text = page.text().to_owned();
        let token = page
            .between("name=\"csrf\" value=\"", "\"")
            .expect("a token");
        text.replace(&token, "")
    };
    assert_eq!(form(&before), form(&after));
    assert!(house.seek("annonce").await.has("Aucun document trouvé"));
}

#[tokio::test]
async fn what_is_deleted_is_found_no_more_and_its_text_is_gone() {
    let house = house().await;
    let page = house.seek("bisoprolol").await;
    let id = page
        .links("/documents/")
        .into_iter()
        .find(|link| link.len() > 40 && !link.contains('?'))
        .expect("the document");
    let (drawn, _) = house.app.gate.held_texts();
    assert_eq!(drawn, 1);
    let ask = house.get(&format!("{id}/supprimer")).await;
    assert_eq!(ask.status, 200);
    house
        .visitor
        .post(&format!("{id}/supprimer"), &[])
        .await
        .expect("deleted");
    assert!(house.seek("bisoprolol").await.has("Aucun document trouvé"));
    let verdict = house.app.gate.verify(house.record).await.expect("verified");
    assert!(verdict.findings.is_empty(), "{:?}", verdict.findings);
    // A job that comes too late writes nothing.
    assert_eq!(house.read().await, 0);
}

#[tokio::test]
async fn texts_leave_memory_when_nobody_searches() {
    let house = house().await;
    house.seek("bisoprolol").await;
    assert!(house.app.gate.held_texts().1 > 100);
    house.app.gate.age_texts();
    house.app.gate.age_texts();
    assert_eq!(house.app.gate.held_texts(), (0, 0));
    assert!(house.seek("bisoprolol").await.has("Courrier"));
}
