//! Who may read a document: what waits to be explained, some professionals and not others, all at
//! once, and by topic.

use fiction::Flag;
use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::bed::{Bed, link};

async fn page(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("page")
}

fn awaiting(document: &mut fiction::Doc, type_code: &'static str, title: &str) {
    document.flags = vec![Flag::Patient];
    (document.type_code, document.title) = (type_code, title.to_owned());
}

#[tokio::test]
async fn what_waits_is_shown_when_its_time_has_come_and_the_person_is_told() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    for (n, code, title) in [
        (1, "11502-2", "Analyses à expliquer"),
        (2, "60568-3", "Biopsie à expliquer"),
        (3, "86531-1", "Attestation de sortie"),
    ] {
        let bundle = bed.deposit_for("Karim", n, |document| awaiting(document, code, title));
        let answer = software
            .post(&token, "/fhir", &bundle)
            .await
            .expect("an answer");
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    bed.work().await;
    let list = async || page(&bed.sign_in("Karim").await, "/documents?tri=titre").await;
    let first = list().await;
    assert!(!first.has("à expliquer"), "{}", first.words());
    assert!(first.has("Attestation de sortie"), "its type does not wait");

    bed.advance(SignedDuration::from_hours(24 * 15 - 1));
    bed.work().await;
    assert!(!list().await.has("à expliquer"));
    let before = bed.demo.outbox.messages().len();
    bed.advance(SignedDuration::from_hours(2));
    bed.work().await;
    let told = &bed.demo.outbox.messages()[0].1;
    assert_eq!(bed.demo.outbox.messages().len(), before + 1);
    assert!(told.body.contains("maintenant visible"), "{told:?}");
    assert!(!told.body.contains("nalyse"), "{told:?}");
    let shown = list().await;
    assert!(
        shown.has("Analyses à expliquer") && shown.has("Nouveau"),
        "{}",
        shown.words()
    );
    assert!(!shown.has("Biopsie"), "it waits for its author");
}

#[tokio::test]
async fn its_author_shows_what_they_explained() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let mut author = String::new();
    let bundle = bed.deposit_for("Karim", 1, |document| {
        awaiting(document, "60568-3", "Biopsie à expliquer");
        let who = document.author.as_ref().expect("an author");
        author = who.who.name();
    });
    software.deposit(&token, &bundle).await.expect("deposited");
    let professional = bed.professional(&author).await;
    let record = bed.consent(&professional, "Karim").await;
    let record = page(&professional, &record.path).await;
    let address = link(&record, "Biopsie à expliquer");
    let open = page(&professional, &address).await;
    assert!(
        open.has("Le patient ne voit pas encore ce document"),
        "{}",
        open.words()
    );
    let shown = professional
        .post(&format!("{address}/reveler"), &[])
        .await
        .expect("page");
    assert!(
        !shown.has("Le patient ne voit pas encore"),
        "{}",
        shown.words()
    );
    let again = professional
        .post(&format!("{address}/reveler"), &[])
        .await
        .expect("page");
    assert_eq!(again.status, 404, "it waits no more");
    bed.work().await;
    let told = &bed.demo.outbox.messages()[0].1;
    assert!(told.body.contains("maintenant visible"), "{told:?}");
    let karim = bed.sign_in("Karim").await;
    assert!(page(&karim, "/documents").await.has("Biopsie à expliquer"));
}

#[tokio::test]
async fn a_document_is_shown_to_some_and_not_to_others() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, |document| {
        (document.type_code, document.title) = ("11488-4", "Consultation réservée".to_owned());
        document.author = document.author.take().map(|mut author| {
            author.who = fiction::staff()
                .all()
                .into_iter()
                .next_back()
                .expect("one")
                .clone();
            author
        });
    });
    software.deposit(&token, &bundle).await.expect("deposited");
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    let sees = async || {
        page(&doctor, &record.path)
            .await
            .has("Consultation réservée")
    };
    assert!(sees().await);
    let karim = bed.sign_in("Karim").await;
    let address = link(&page(&karim, "/documents").await, "Consultation réservée");
    let form = format!("{address}/visibilite");
    let asked = page(&karim, &form).await;
    assert!(
        asked.has("Martin") && asked.has("Médecine générale"),
        "{}",
        asked.words()
    );
    let choose = async |fields: &[(&str, &str)]| {
        page(&karim, &form).await;
        karim.post(&form, fields).await.expect("page")
    };
    let nobody = choose(&[("lecteurs", "sauf")]).await;
    assert_eq!(nobody.status, 422);
    assert!(
        nobody.has("Cochez au moins un professionnel"),
        "{}",
        nobody.words()
    );
    let chosen = choose(&[("lecteurs", "sauf"), ("specialite", "SM54")]).await;
    assert!(chosen.has("certains professionnels"), "{}", chosen.words());
    assert!(!sees().await);
    let found = page(&doctor, &record.path).await;
    assert!(
        !found.has("certains"),
        "nothing says that something is kept"
    );
    choose(&[("lecteurs", "seulement"), ("specialite", "SM54")]).await;
    assert!(sees().await);
    choose(&[("lecteurs", "personne")]).await;
    assert!(!sees().await);
    choose(&[("lecteurs", "tous")]).await;
    assert!(sees().await);
}

#[tokio::test]
async fn all_is_hidden_and_shown_at_once_and_from_now_on() {
    let bed = Bed::new().await;
    let (software, _) = bed.software_in("chu", "CHU (fictif)", false).await;
    let deposit = async |n: u32, code: &'static str, title: &str| {
        let bundle = bed.deposit_for("Karim", n, |document| {
            (document.type_code, document.title) = (code, title.to_owned());
        });
        let app = &bed.demo.app;
        let token = software.token(app.random(), app.now()).await;
        let token = token.expect("a token");
        software.deposit(&token, &bundle).await.expect("deposited");
    };
    deposit(1, "34112-3", "Séjour").await;
    let karim = bed.sign_in("Karim").await;
    let post = async |path: &str, fields: &[(&str, &str)]| {
        page(&karim, "/documents/visibilite").await;
        karim.post(path, fields).await.expect("page")
    };
    let hidden = async |title: &str| {
        let list = page(&karim, "/documents?montrer=masques").await;
        list.has(title)
    };
    let done = post("/documents/visibilite/tout-masquer", &[]).await;
    assert!(
        done.has("Tous vos documents sont masqués"),
        "{}",
        done.words()
    );
    deposit(2, "34112-3", "Autre séjour").await;
    assert!(hidden("Séjour").await && hidden("Autre séjour").await);

    // Showing all again asks for the password, when it was not shown a moment ago.
    bed.advance(SignedDuration::from_mins(6));
    let asked = page(&karim, "/documents/visibilite/tout-afficher").await;
    assert_eq!(asked.path, "/verification", "{}", asked.words());
    let refused = post("/documents/visibilite/tout-afficher", &[]).await;
    assert_eq!(refused.path, "/verification");
    assert!(hidden("Séjour").await);
    let karim = bed.sign_in("Karim").await;
    let post = async |path: &str, fields: &[(&str, &str)]| {
        page(&karim, "/documents/visibilite").await;
        karim.post(path, fields).await.expect("page")
    };
    let hidden = async |title: &str| {
        let list = page(&karim, "/documents?montrer=masques").await;
        list.has(title)
    };
    let shown = post("/documents/visibilite/tout-afficher", &[]).await;
    assert!(
        shown.has("Tous vos documents sont visibles"),
        "{}",
        shown.words()
    );
    assert!(!hidden("Séjour").await);

    // A topic: what is there, and what comes; nothing else.
    deposit(3, "68599-0", "Synthèse de suivi").await;
    let done = post(
        "/documents/visibilite",
        &[("sujet", "a"), ("action", "masquer")],
    )
    .await;
    assert!(
        done.has("Les documents de ce sujet sont masqués"),
        "{}",
        done.words()
    );
    deposit(4, "83901-9", "Bilan de suivi").await;
    deposit(5, "34112-3", "Dernier séjour").await;
    assert!(hidden("Synthèse de suivi").await && hidden("Bilan de suivi").await);
    assert!(!hidden("Dernier séjour").await);
    let nonsense = post("/documents/visibilite", &[("sujet", "x")]).await;
    assert_eq!(nonsense.status, 400);
}
