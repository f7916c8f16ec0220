//! Advance directives: written in pages or brought on paper, one set holds at a time, read by
//! professionals as the matrix says, confirmed, revoked, and recalled once a year.

use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::bed::Bed;

const HERE: &str = "/documents/directives";
const PAPER: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("a page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("a page")
}

/// Goes through the form of the shorter model, with these answers on the page about care.
pub async fn write(person: &Visitor, answers: &[(&str, &str)]) -> Page {
    let form = |step: &str| format!("{HERE}/rediger/{step}");
    get(person, &format!("{HERE}/rediger")).await;
    let first = post(
        person,
        &format!("{HERE}/rediger"),
        &[("modele", "bonne-sante")],
    )
    .await;
    assert_eq!(first.path, form("vous"), "{}", first.words());
    let going = post(
        person,
        &form("vous"),
        &[("lieu", "Brest"), ("tutelle", "aucune")],
    )
    .await;
    assert_eq!(going.path, form("situation"), "{}", going.words());
    post(
        person,
        &form("situation"),
        &[("contexte", "Un coma sans retour.")],
    )
    .await;
    post(person, &form("maintien"), &[("maintien", "non")]).await;
    let review = post(person, &form("soins"), answers).await;
    assert_eq!(review.path, form("relire"), "{}", review.words());
    assert!(review.has("Un coma sans retour."), "{}", review.words());
    post(person, &form("relire"), &[("visibilite", "visible")]).await
}

/// The document that holds.
fn held(page: &Page) -> String {
    let link = page.attribute("href=\"/documents/", "\" id=\"lire\"");
    let link = link.unwrap_or_else(|| panic!("none holds: {}", page.words()));
    // The last link before the mark.
    format!(
        "/documents/{}",
        link.rsplit('/').next().expect("an address")
    )
}

async fn bring(person: &Visitor, fields: &[(&str, &str)], paper: &[u8]) -> Page {
    let here = format!("{HERE}/ajouter");
    get(person, &here).await;
    let files = [("fichier", "directives.pdf", paper)];
    person
        .upload(&here, fields, &files)
        .await
        .expect("an answer")
}

#[tokio::test]
async fn they_are_written_in_pages_and_one_set_holds_at_a_time() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let none = get(&camille, HERE).await;
    assert!(none.has("Vous n’en avez pas encore"), "{}", none.words());
    let saved = write(
        &camille,
        &[("soins-coeur", "non"), ("soins-coeur-mots", "Ni massage.")],
    )
    .await;
    assert_eq!(saved.path, HERE, "{}", saved.words());
    assert!(!saved.has("Reprendre"), "the draft is gone");
    let first = held(&saved);
    let paper = get(&camille, &format!("{first}/original")).await;
    let text = pdf::read(paper.body.to_vec(), 1 << 20).expect("a PDF").text;
    for word in ["Ni massage.", "Brest", "Camille"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    // Somebody with consent reads them, by the matrix.
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    let list = get(&doctor, &format!("{}/documents", record.path)).await;
    let seen = |page: &Page| page.text().matches("Directives anticipées").count();
    assert!(seen(&list) > 0, "{}", list.words());

    let added = bring(&camille, &[("visibilite", "visible")], PAPER).await;
    assert_eq!(added.path, HERE, "{}", added.words());
    let second = held(&added);
    assert_ne!(first, second);
    assert!(added.has("Remplacées"), "{}", added.words());
    assert!(get(&camille, &first).await.has("plus récente"));
    assert!(!get(&camille, "/documents").await.has(&first));
    // The very same paper again is there already, and says where.
    let again = bring(&camille, &[("visibilite", "visible")], PAPER).await;
    assert_eq!(again.status, 422);
    assert!(again.has(&second), "{}", again.words());

    get(&camille, &format!("{HERE}/revoquer")).await;
    let revoked = post(&camille, &format!("{HERE}/revoquer"), &[]).await;
    assert!(
        revoked.has("Révoquées") && revoked.has(&second),
        "{}",
        revoked.words()
    );
    assert!(get(&camille, &second).await.has("elles ne valent plus"));
    let list = get(&doctor, &format!("{}/documents", record.path)).await;
    assert_eq!(seen(&list), 0, "{}", list.words());
    assert_eq!(
        post(&camille, &format!("{HERE}/revoquer"), &[])
            .await
            .status,
        404
    );
    // What was revoked may hold again.
    let back = bring(&camille, &[("visibilite", "visible")], PAPER).await;
    assert_eq!(back.path, HERE, "{}", back.words());
    held(&back);
}

#[tokio::test]
async fn nothing_typed_is_lost() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let rediger = format!("{HERE}/rediger");
    let step = |name: &str| format!("{rediger}/{name}");
    get(&camille, &rediger).await;
    let missing = post(&camille, &rediger, &[]).await;
    assert_eq!(missing.status, 422);
    post(&camille, &rediger, &[("modele", "bonne-sante")]).await;
    let later = [("important", "Mes petits-enfants"), ("suite", "plus-tard")];
    let stopped = post(&camille, &step("situation"), &later).await;
    assert_eq!(stopped.path, HERE);
    assert!(stopped.has("Reprendre"), "{}", stopped.words());
    // Another sign-in, another browser.
    let elsewhere = bed.sign_in("Camille").await;
    assert!(
        get(&elsewhere, &step("situation"))
            .await
            .has("Mes petits-enfants")
    );
    // The other model asks it too.
    post(&elsewhere, &rediger, &[("modele", "maladie-grave")]).await;
    assert!(
        get(&elsewhere, &step("maladie"))
            .await
            .has("Mes petits-enfants")
    );
    assert_eq!(get(&elsewhere, &step("soins")).await.status, 404);
    let long = "é".repeat(4_001);
    let wrong = post(&elsewhere, &step("maladie"), &[("important", &long)]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("retirez 1 caractère") && wrong.has(&long));
    let wrong = post(&elsewhere, &step("maladie"), &[("important", "Ma мама")]).await;
    assert!(wrong.status == 422 && wrong.has("« м »") && wrong.has("Ma мама"));
    let wrong = post(&elsewhere, &step("maintien"), &[("maintien", "peut-etre")]).await;
    assert_eq!(wrong.status, 422);
    // The page about oneself says nothing of what one wants.
    post(&elsewhere, &rediger, &[("modele", "bonne-sante")]).await;
    post(&elsewhere, &step("situation"), &[("important", "")]).await;
    post(&elsewhere, &step("vous"), &[("lieu", "Brest")]).await;
    let nothing = post(&elsewhere, &step("relire"), &[("visibilite", "visible")]).await;
    assert_eq!(nothing.status, 422, "{}", nothing.words());
    get(&elsewhere, &format!("{HERE}/brouillon/supprimer")).await;
    let dropped = post(&elsewhere, &format!("{HERE}/brouillon/supprimer"), &[]).await;
    assert!(!dropped.has("Reprendre"), "{}", dropped.words());
    assert_eq!(get(&elsewhere, &step("situation")).await.path, rediger);
}

#[tokio::test]
async fn not_for_a_child_and_nobody_writes_in_somebodys_place() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let relatives = get(&camille, "/proches").await;
    let record = relatives
        .attribute("name=\"profil\" value=\"", "\"")
        .expect("a child");
    let inside = post(&camille, "/proches", &[("profil", &record)]).await;
    assert_eq!(inside.status, 200, "{}", inside.words());
    let page = get(&camille, HERE).await;
    assert!(page.has("À partir de 18 ans"), "{}", page.words());
    assert!(!page.has("id=\"rediger\""));
    for path in [
        "ajouter",
        "rediger",
        "rediger/relire",
        "rediger/vous",
        "revoquer",
    ] {
        let page = get(&camille, &format!("{HERE}/{path}")).await;
        assert_eq!(page.status, 403, "{path}");
    }
    get(&camille, "/documents/ajouter").await;
    let posted = post(
        &camille,
        &format!("{HERE}/rediger"),
        &[("modele", "bonne-sante")],
    )
    .await;
    assert_eq!(posted.status, 403);
}

#[tokio::test]
async fn once_a_year_they_are_recalled_without_a_word_of_what_they_are() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    write(&camille, &[]).await;
    bed.work().await;
    bed.demo.outbox.clear();
    let told = |bed: &Bed| {
        let all = bed.demo.outbox.messages().into_iter();
        let review = |body: &str| body.contains("est à relire");
        all.filter(|(_, message)| review(&message.body)).count()
    };
    let days = |n: i64| SignedDuration::from_hours(24 * n);
    bed.advance(days(364));
    bed.work().await;
    assert_eq!(told(&bed), 0);
    bed.advance(days(2));
    bed.work().await;
    assert_eq!(told(&bed), 1);
    for (_, message) in bed.demo.outbox.messages() {
        let said = format!("{} {}", message.subject, message.body).to_lowercase();
        assert!(
            !said.contains("directive") && !said.contains("volont"),
            "{said}"
        );
    }
    let camille = bed.sign_in("Camille").await;
    let bell = get(&camille, "/notifications").await;
    assert!(bell.has("Rappel de relire un document"), "{}", bell.words());
    get(&camille, HERE).await;
    let page = post(&camille, &format!("{HERE}/confirmer"), &[]).await;
    assert!(page.has("Confirmées le"), "{}", page.words());
    bed.demo.outbox.clear();
    // A year from there, and each year until they hold no longer.
    bed.advance(days(366));
    bed.work().await;
    assert_eq!(told(&bed), 1);
    bed.advance(days(366));
    bed.work().await;
    assert_eq!(told(&bed), 2);
    let camille = bed.sign_in("Camille").await;
    get(&camille, HERE).await;
    post(&camille, &format!("{HERE}/revoquer"), &[]).await;
    bed.advance(days(366));
    bed.work().await;
    assert_eq!(told(&bed), 2);
}
