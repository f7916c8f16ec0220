//! Administrative papers: on a page of their own, and hidden from professionals at first.

use crate::house::House;

#[tokio::test]
async fn ones_own_papers_stand_together_and_begin_hidden() {
    let house = House::new().await;
    let hidden = "value=\"masque\" checked";
    assert!(!house.get("/documents/ajouter").await.has(hidden));
    let form = house.get("/documents/ajouter?papier=oui").await;
    assert!(form.has(hidden), "{}", form.text());
    assert!(form.has("value=\"DOC_ADM\" selected"), "{}", form.text());
    let none = house.get("/documents/papiers").await;
    assert!(none.has("Aucun papier"), "{}", none.words());
    let fields = [("categorie", "DOC_ADM"), ("visibilite", "masque")];
    let added = house
        .add(&fields, &[("Carte de mutuelle.pdf", b"%PDF-1.4 m")])
        .await;
    assert_eq!(added.status, 200, "{}", added.words());
    house
        .deposit(b"%PDF-1.4 b", "application/pdf", |_| {})
        .await;
    house
        .deposit(b"%PDF-1.4 d", "application/pdf", |own| {
            (own.type_code, own.title) = ("ATTEST-DROITS-AM".into(), "Attestation".into());
            own.class = Some("95".into());
        })
        .await;
    let page = house.get("/documents/papiers").await;
    for said in ["Carte de mutuelle", "Attestation"] {
        assert!(page.has(said), "{said}: {}", page.words());
    }
    assert!(!page.has("Bilan sanguin"), "{}", page.words());
    let tags = page.text().matches("Masqué").count();
    assert_eq!(tags, 1, "{}", page.words());
}
