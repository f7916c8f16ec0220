//! A professional deposits, corrects, replaces, announces and withdraws; only what is theirs.

use access::Act;
use http::StatusCode;
use testing::{Page, Visitor};

use crate::world::{PAUL, World};

const PDF: &[u8] = b"%PDF-1.4 courrier";

/// Somebody at work with consent; where the record is.
pub async fn at_work(world: &World, key: &str) -> (Visitor, String) {
    let visitor = world.visitor();
    let page = world.sign_in(&visitor, key).await;
    if page.path == "/pro/situation" {
        visitor
            .post("/pro/situation", &[("situation", "0")])
            .await
            .expect("a page");
    }
    visitor.get("/pro").await.expect("a page");
    let number = world.number.grouped();
    let who = visitor.post("/pro", &[("ins", &number)]).await;
    let who = who.expect("a page");
    let fields = [("accord", "oui"), ("duree", "consultation")];
    let list = visitor.post(&who.path, &fields).await.expect("a page");
    assert_eq!(list.status, StatusCode::OK, "{}", list.words());
    (visitor, list.path)
}

async fn deposit(
    visitor: &Visitor,
    record: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Page {
    let here = format!("{record}/deposer");
    visitor.get(&here).await.expect("a page");
    let files: Vec<_> = files
        .iter()
        .map(|(name, bytes)| ("fichier", *name, *bytes))
        .collect();
    visitor.upload(&here, fields, &files).await.expect("a page")
}

const FINE: [(&str, &str); 3] = [
    ("type", "11488-4"),
    ("titre", "Courrier d’orientation"),
    ("moment", "tout-de-suite"),
];

/// The address of one's deposit of that title.
fn own(page: &Page, title: &str) -> String {
    let text = page.text();
    let before = text.split(title).next().expect("there");
    let link = before.rsplit("href=\"").next().expect("a link");
    link.split('"').next().expect("a link").to_owned()
}

#[tokio::test]
async fn several_files_are_deposited_and_the_person_is_told_once() {
    let world = World::new().await;
    let (paul, record) = at_work(&world, "paul").await;
    let form = paul
        .get(&format!("{record}/deposer"))
        .await
        .expect("a page");
    assert!(form.has("11488-4") && !form.has("DOCPAT05") && !form.has("REMB"));
    assert!(!form.has("75496-0"), "what a nurse could not read again");
    assert!(!form.has("représentants"), "an adult has no such secrets");
    let files: [(&str, &[u8]); 2] = [("a.pdf", PDF), ("b.txt", b"Deux pages")];
    let done = deposit(&paul, &record, &FINE, &files).await;
    assert_eq!(done.path, format!("{record}/depots"), "{}", done.words());
    for words in ["Courrier d’orientation (1/2)", "(2/2)", "en est prévenue"] {
        assert!(done.has(words), "{words} in {}", done.words());
    }
    assert_eq!(world.lines(Act::Add).await, 2, "a line for each");
    let read = paul.get(&record).await.expect("a page");
    assert!(read.has("Courrier d’orientation (1/2)"), "{}", read.words());
    // The same file twice is refused, with what it is already.
    let again = deposit(&paul, &record, &FINE, &[("a.pdf", PDF)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        again.has("déjà présent dans ce dossier"),
        "{}",
        again.words()
    );
    assert_eq!(world.lines(Act::Add).await, 2);
}

#[tokio::test]
async fn what_was_typed_stays_and_each_error_says_how_to_mend_it() {
    let world = World::new().await;
    let (paul, record) = at_work(&world, "paul").await;
    let fields = [
        ("type", "75496-0"),
        ("titre", "Bilan « été »"),
        ("date", "2030-01-01"),
        ("moment", "delai"),
        ("masque", "oui"),
    ];
    let page = deposit(&paul, &record, &fields, &[("a.pdf", PDF)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "Choisissez le type du document",
        "ne peut pas être dans le futur",
        "ne peut pas être aussi masqué",
        "Choisissez de nouveau vos fichiers",
        "value=\"Bilan « été »\"",
        "value=\"delai\" checked",
    ] {
        assert!(page.has(words), "{words} in {}", page.text());
    }
    let no_delay = [("type", "11488-4"), ("moment", "delai")];
    let page = deposit(&paul, &record, &no_delay, &[("a.pdf", PDF)]).await;
    assert!(page.has("Aucun délai n’est prévu"), "{}", page.words());
    let none = deposit(&paul, &record, &FINE, &[]).await;
    assert!(
        none.has("Choisissez au moins un fichier"),
        "{}",
        none.words()
    );
    // All or nothing: a program beside a letter.
    let files: [(&str, &[u8]); 2] = [("a.pdf", PDF), ("b.exe", b"MZ\x90\0")];
    let page = deposit(&paul, &record, &FINE, &files).await;
    assert!(
        page.has("b.exe") && page.has("c’est un programme"),
        "{}",
        page.words()
    );
    assert_eq!(world.lines(Act::Add).await, 0);
    let stranger = world.visitor();
    world.sign_in(&stranger, "paul").await;
    let here = format!("{record}/deposer");
    let elsewhere = stranger.get(&here).await.expect("a page");
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND, "another session");
}

#[tokio::test]
async fn what_the_antivirus_finds_or_cannot_look_at_is_refused_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let (paul, record) = at_work(&world, "paul").await;
    for (text, words) in [
        ("Something harmful.", "contient un virus"),
        (
            "Something unanswered.",
            "n’a pas pu être vérifié contre les virus",
        ),
    ] {
        let files: [(&str, &[u8]); 2] = [("a.pdf", PDF), ("b.txt", text.as_bytes())];
        let page = deposit(&paul, &record, &FINE, &files).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        let said = page.has("b.txt") && page.has(words) && !page.has("a.pdf");
        assert!(said, "{text}: {}", page.words());
        assert!(
            page.has("value=\"Courrier d’orientation\""),
            "{}",
            page.text()
        );
    }
    assert_eq!(world.lines(Act::Add).await, 0, "all or nothing");
}

#[tokio::test]
async fn one_corrects_replaces_and_withdraws_ones_own_and_nothing_else() {
    let world = World::new().await;
    let (paul, record) = at_work(&world, "paul").await;
    let list = deposit(&paul, &record, &FINE, &[("a.pdf", PDF)]).await;
    let mine = own(&list, "Courrier d’orientation");
    let form = paul.get(&mine).await.expect("a page");
    assert!(
        form.has("value=\"Courrier d’orientation\""),
        "{}",
        form.words()
    );
    let wrong = paul
        .post(&mine, &[("titre", ""), ("type", "11488-4")])
        .await;
    assert_eq!(
        wrong.expect("a page").status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let fields = [
        ("titre", "Courrier au cardiologue"),
        ("type", "11488-4"),
        ("date", "2026-06-01"),
        ("masque", "oui"),
    ];
    let done = paul.post(&mine, &fields).await.expect("a page");
    assert!(
        done.has("Courrier au cardiologue") && done.has("Masqué"),
        "{}",
        done.words()
    );

    // A colleague of the same record finds none of it, and nothing to correct in what they did not write.
    let (anne, same) = at_work(&world, "anne").await;
    let theirs = anne.get(&format!("{same}/depots")).await.expect("a page");
    assert!(
        theirs.has("rien déposé dans ce dossier"),
        "{}",
        theirs.words()
    );
    let id = mine.rsplit('/').next().expect("an id");
    let report = world.documents[0];
    for id in [id.to_owned(), report.to_string()] {
        for end in ["", "/retirer"] {
            let address = format!("{same}/depots/{id}{end}");
            let get = anne.get(&address).await.expect("a page");
            assert_eq!(get.status, StatusCode::NOT_FOUND, "{address}");
            anne.get(&format!("{same}/recherche"))
                .await
                .expect("a token");
            let fields = [("titre", "x"), ("type", "11488-4"), ("date", "2026-06-01")];
            let post = anne.post(&address, &fields).await.expect("a page");
            assert_eq!(post.status, StatusCode::NOT_FOUND, "{address}");
        }
        let address = format!("{same}/deposer?remplace={id}");
        let replace = anne.get(&address).await.expect("a page");
        assert_eq!(replace.status, StatusCode::NOT_FOUND, "{address}");
    }

    // A new version takes the place of the first, which what the person hid stays hidden of.
    let form = paul.get(&format!("{record}/deposer?remplace={id}")).await;
    assert!(form.expect("a page").has("Elle remplacera"));
    let fields = [&[("remplace", id)], &FINE[..]].concat();
    let replaced = deposit(&paul, &record, &fields, &[("v2.pdf", b"%PDF-1.4 v2")]).await;
    assert!(
        replaced.has("nouvelle version est enregistrée"),
        "{}",
        replaced.words()
    );
    assert!(replaced.has("Remplacé"), "{}", replaced.words());
    let twice = deposit(&paul, &record, &fields, &[("v3.pdf", b"%PDF-1.4 v3")]).await;
    assert!(
        twice.has("remplacé ou retiré entre-temps"),
        "{}",
        twice.words()
    );
    let second = own(&replaced, "Courrier d’orientation");
    let ask = paul
        .get(&format!("{second}/retirer"))
        .await
        .expect("a page");
    assert!(ask.has("sera prévenue du retrait"), "{}", ask.words());
    let gone = paul
        .post(&format!("{second}/retirer"), &[])
        .await
        .expect("a page");
    assert!(gone.has("Le document est retiré"), "{}", gone.words());
    assert_eq!(
        paul.get(&second).await.expect("a page").status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_waits_is_announced_by_its_author_and_a_block_leaves_them_only_that() {
    let world = World::new().await;
    let (paul, record) = at_work(&world, "paul").await;
    let fields = [
        ("type", "11488-4"),
        ("titre", "À expliquer"),
        ("moment", "annonce"),
    ];
    let list = deposit(&paul, &record, &fields, &[("a.pdf", PDF)]).await;
    assert!(
        list.has("Personne n’en est prévenu") && list.has("Attend votre annonce"),
        "{}",
        list.words()
    );
    assert_eq!(
        world.lines(Act::Add).await,
        0,
        "the person may not know of it"
    );
    let mine = own(&list, "À expliquer");
    world.block(PAUL).await;
    let shut = paul.get(&record).await.expect("a page");
    assert_eq!(shut.status, StatusCode::NOT_FOUND);
    let shut = paul
        .get(&format!("{record}/deposer"))
        .await
        .expect("a page");
    assert_eq!(shut.status, StatusCode::NOT_FOUND);
    let list = paul.get(&format!("{record}/depots")).await.expect("a page");
    assert!(
        list.has("À expliquer") && !list.has("Déposer un document"),
        "{}",
        list.words()
    );
    let page = paul.get(&mine).await.expect("a page");
    assert!(
        !page.has("id=\"lire\"") && !page.has("id=\"remplacer\""),
        "{}",
        page.words()
    );
    let shown = paul
        .post(&format!("{mine}/reveler"), &[])
        .await
        .expect("a page");
    assert!(
        shown.has("La personne voit maintenant"),
        "{}",
        shown.words()
    );
    assert!(!shown.has("Attend votre annonce"));
    assert_eq!(world.lines(Act::Disclose).await, 1);
    let again = paul
        .post(&format!("{mine}/reveler"), &[])
        .await
        .expect("a page");
    assert_eq!(again.status, StatusCode::NOT_FOUND, "it waits no more");
}
