//! The list: filed, pinned, narrowed, several at once.

use access::Act;
use jiff::SignedDuration;

use crate::house::House;

fn ids(page: &testing::Page) -> Vec<String> {
    let links = page.links("/documents/");
    let ids = links.iter().filter_map(|link| link.split('/').nth(2));
    ids.filter(|id| id.len() == 32).map(str::to_owned).collect()
}

#[tokio::test]
async fn folders_are_made_filled_and_taken_away() {
    let house = House::new().await;
    let id = house
        .deposit(b"%PDF-1.4 a", "application/pdf", |_| {})
        .await;
    let post = async |path: &str, fields: &[(&str, &str)]| {
        house.get("/documents/dossiers").await;
        house.visitor.post(path, fields).await.expect("an answer")
    };
    let made = post("/documents/dossiers", &[("nom", "Grossesse")]).await;
    assert!(made.has("Le dossier est créé.") && made.has("Grossesse"));
    let taken = post("/documents/dossiers", &[("nom", " grossesse ")]).await;
    assert_eq!(taken.status, 422);
    assert!(
        taken.has("Vous avez déjà un dossier de ce nom"),
        "{}",
        taken.words()
    );
    assert!(taken.has("value=\"grossesse\""), "{}", taken.text());
    let link = made.links("/documents?dossier=").remove(0);
    assert!(!link.contains("ross"), "{link}");
    let folder = link.split('=').nth(1).expect("a folder").to_owned();

    let path = format!("/documents/{id}/ranger");
    let filed = post(&path, &[("action", "ranger"), ("dossier", &folder)]).await;
    assert!(filed.has("Le document est rangé."), "{}", filed.words());
    assert_eq!(ids(&house.get(&link).await), [id.to_string()]);
    let nowhere = "00000000000000000000000000000001";
    let unknown = post(&path, &[("action", "ranger"), ("dossier", nowhere)]).await;
    assert_eq!(unknown.status, 404);

    let of = format!("/documents/dossiers/{folder}");
    let renamed = post(&of, &[("nom", "GROSSESSE")]).await;
    assert!(renamed.has("Le dossier est renommé.") && renamed.has("GROSSESSE"));
    let asked = house.get(&format!("{of}/supprimer")).await;
    assert!(asked.has("id=\"confirmer\"") && asked.has("GROSSESSE"));
    let removed = post(&format!("{of}/supprimer"), &[]).await;
    assert!(removed.has("Le dossier est supprimé."));
    assert_eq!(house.get(&of).await.status, 404);
    assert_eq!(ids(&house.get("/documents").await), [id.to_string()]);
    assert!(house.acts().await.contains(&Act::Arrange));
}

#[tokio::test]
async fn several_are_done_at_once_and_each_that_stays_is_named() {
    let house = House::new().await;
    let theirs = house
        .deposit(b"%PDF-1.4 labo", "application/pdf", |own| {
            own.title = "Lettre du labo".into();
        })
        .await
        .to_string();
    let page = house
        .add(&[("titre", "Mon papier")], &[("scan.pdf", b"%PDF-1.4 x")])
        .await;
    let mine = page.path.split('/').nth(2).expect("an id").to_owned();
    let back = "/documents?tri=titre";
    let post = async |fields: &[(&str, &str)]| {
        house.get("/documents?choisir=oui").await;
        let both = [("document", &*mine), ("document", &*theirs)];
        let fields = [&both[..], &[("retour", back)], fields].concat();
        let sent = house.visitor.post("/documents/ensemble", &fields).await;
        sent.expect("an answer")
    };
    let hidden = post(&[("action", "masquer")]).await;
    assert!(hidden.has("2 documents sont masqués"), "{}", hidden.words());
    assert_eq!(hidden.path, "/documents");
    let list = house.get("/documents?montrer=masques").await;
    assert_eq!(ids(&list).len(), 2);

    let asked = post(&[("action", "supprimer")]).await;
    assert!(asked.has("Supprimer 1 document") && asked.has("Mon papier"));
    assert!(asked.has("1 document coché restera") && !asked.has("Lettre du labo"));
    let done = post(&[("action", "supprimer"), ("oui", "oui")]).await;
    assert!(done.has("1 document est supprimé."), "{}", done.words());
    assert!(done.has("1 document reste comme il était") && done.has("Lettre du labo"));
    assert!(done.has("seulement les documents que vous avez ajoutés"));
    assert_eq!(
        ids(&house.get("/documents").await),
        std::slice::from_ref(&theirs)
    );
    assert!(house.stores(&[b"%PDF-1.4 labo"]));

    let again = post(&[("action", "epingler")]).await;
    assert!(again.has("ce document n’est plus là"), "{}", again.words());
    assert!(house.get("/documents").await.has("Épinglé"));
    house.get("/documents?choisir=oui").await;
    let none = house.visitor.post("/documents/ensemble", &[]).await;
    assert_eq!(none.expect("an answer").status, 400);
}

#[tokio::test]
async fn the_same_bytes_twice_are_shown_once_and_hidden_together() {
    let house = House::new().await;
    let bytes = b"%PDF-1.4 same";
    let first = house.deposit(bytes, "application/pdf", |_| {}).await;
    house.clock.advance(SignedDuration::from_mins(1));
    let second = house
        .deposit(bytes, "application/pdf", |own| {
            own.title = "Par courrier".into()
        })
        .await;
    assert_eq!(ids(&house.get("/documents").await), [first.to_string()]);
    let page = house.get(&format!("/documents/{first}")).await;
    assert!(page.has("Aussi reçu une autre fois") && page.has("Par courrier"));
    let hide = format!("/documents/{first}/masquer");
    house.visitor.post(&hide, &[]).await.expect("an answer");
    for id in [first, second] {
        let page = house.get(&format!("/documents/{id}")).await;
        assert!(page.has("Masqué aux professionnels"), "{}", page.words());
    }
}

#[tokio::test]
async fn what_came_since_the_last_visit_stands_out() {
    let house = House::new().await;
    let put = async |bytes: &[u8], title: &str| {
        let title = title.to_owned();
        house
            .deposit(bytes, "application/pdf", |own| own.title = title)
            .await
    };
    put(b"%PDF-1.4 a", "Ancien").await;
    house.get("/documents").await;
    house.clock.advance(SignedDuration::from_mins(10));
    let new = put(b"%PDF-1.4 b", "Arrivé depuis").await;
    house.clock.advance(SignedDuration::from_mins(40));
    let list = house.get("/documents").await;
    if list.path == "/documents" {
        assert!(list.has("1 nouveau document"), "{}", list.words());
        let only = house.get("/documents?montrer=nouveaux").await;
        assert_eq!(ids(&only), [new.to_string()]);
    }
}

#[tokio::test]
async fn authors_and_categories_narrow_by_words_that_mean_nothing() {
    let house = House::new().await;
    for (bytes, author, kind) in [
        (b"%PDF-1.4 a", "Dr Ange", "11502-2"),
        (b"%PDF-1.4 b", "Dr Zoé", "34112-3"),
    ] {
        house
            .deposit(bytes, "application/pdf", |own| {
                (own.author, own.type_code) = (author.into(), kind.into());
            })
            .await;
    }
    let list = house.get("/documents").await;
    let option = |label: &str| {
        let text = list.text();
        let before = text
            .split(&format!(">{label}</option>"))
            .next()
            .expect("there");
        let value = before.rsplit("value=\"").next().expect("a value");
        value.split('"').next().expect("a value").to_owned()
    };
    for (name, label) in [("auteur", "Dr Ange"), ("categorie", "Analyses et biologie")] {
        let word = option(label);
        assert_eq!(word.len(), 16, "{word}");
        let narrowed = house.get(&format!("/documents?{name}={word}")).await;
        assert!(
            narrowed.has("1 document correspond."),
            "{}",
            narrowed.words()
        );
    }
}
