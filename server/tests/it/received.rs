//! What another application of the phone hands over: held apart, added when the person says so, and
//! by no page of somebody else's.

use axum::body::Body;
use http::{Request, header};
use jiff::SignedDuration;
use serde_json::Value;
use testing::{Page, Visitor};

use super::bed::Bed;

const SHEET: &str = "/documents/recevoir";
const HERE: &str = "/documents/recus";
const TEXT: &str = "Ordonnance fictive partagée.";

/// What a browser sends after a share sheet, or a page that plays one.
async fn share(visitor: &Visitor, site: Option<&str>, files: &[(&str, &[u8])]) -> Page {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\n\
             Content-Type: text/plain\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    let mut request =
        Request::post(SHEET).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    let request = request.body(Body::from(body)).expect("a request");
    visitor.send(request).await.expect("an answer")
}

fn stored(bed: &Bed) -> usize {
    testing::stored_bytes(&bed.settings.path("data").join("blobs"))
}

fn to(page: &Page) -> &str {
    let to = page.headers.get(header::LOCATION);
    to.and_then(|to| to.to_str().ok()).unwrap_or_default()
}

const FILES: [(&str, &[u8]); 1] = [("ordonnance.txt", TEXT.as_bytes())];

#[tokio::test]
async fn what_is_shared_waits_and_is_added_when_the_person_says_so() {
    let bed = Bed::new().await;
    let karim = bed.sign_in("Karim").await;
    let none = karim.get(HERE).await.expect("page");
    assert_eq!(none.path, "/documents/ajouter");
    let taken = share(&karim, Some("none"), &FILES).await;
    assert_eq!((taken.status.as_u16(), to(&taken)), (303, HERE));
    let page = karim.get(HERE).await.expect("page");
    assert!(page.has("Un fichier attend") && page.has("ordonnance.txt"));
    assert!(!page.text().contains("type=\"file\""));
    // Nowhere before that: not in the list, not in a search, not with somebody else.
    let list = karim.get("/documents").await.expect("page");
    assert!(!list.has("ordonnance"), "{}", list.words());
    let camille = bed.sign_in("Camille").await;
    let hers = camille.get(HERE).await.expect("page");
    assert_eq!(hers.path, "/documents/ajouter");

    // A field that is wrong loses nothing.
    let fields = [
        ("visibilite", "visible"),
        ("categorie", ""),
        ("titre", "Ma feuille"),
    ];
    let wrong = karim.upload(HERE, &fields, &[]).await.expect("page");
    assert_eq!(wrong.status, 422, "{}", wrong.words());
    assert!(wrong.text().contains("Ma feuille") && wrong.has("ordonnance.txt"));
    let fields = [
        ("visibilite", "visible"),
        ("categorie", "AUTR_DOC"),
        ("titre", "Ma feuille"),
    ];
    let added = karim.upload(HERE, &fields, &[]).await.expect("page");
    assert!(
        added.status.is_success() && added.has("Ma feuille"),
        "{}",
        added.words()
    );
    // Once: what waited is gone, and another tab is told.
    let again = karim.upload(HERE, &fields, &[]).await.expect("page");
    assert_eq!(again.path, "/documents/ajouter");
    assert!(again.has("ne sont plus là"), "{}", again.words());
    let history = karim.get("/historique").await.expect("page");
    assert!(history.has("Ajout d’un document"));
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

#[tokio::test]
async fn what_is_not_wanted_replaced_or_forgotten_is_destroyed() {
    let bed = Bed::new().await;
    let karim = bed.sign_in("Karim").await;
    let before = stored(&bed);
    share(&karim, Some("none"), &FILES).await;
    assert!(stored(&bed) > before);
    let once = stored(&bed);
    share(&karim, Some("none"), &FILES).await;
    assert_eq!(stored(&bed), once, "the first is destroyed");
    karim.get(HERE).await.expect("page");
    let dropped = karim.post("/documents/recus/abandonner", &[]).await;
    let dropped = dropped.expect("page");
    assert!(dropped.has("Rien n’a été ajouté"), "{}", dropped.words());
    assert_eq!(stored(&bed), before);
    share(&karim, Some("none"), &FILES).await;
    bed.advance(SignedDuration::from_mins(61));
    bed.work().await;
    assert_eq!(stored(&bed), before);
    let karim = bed.sign_in("Karim").await;
    assert_eq!(
        karim.get(HERE).await.expect("page").path,
        "/documents/ajouter"
    );
    // What cannot be kept is named, as in the form.
    let none = share(&karim, Some("none"), &[]).await;
    assert_eq!(none.status, 422, "{}", none.words());
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

#[tokio::test]
async fn no_page_plays_a_share_sheet_and_without_a_session_nothing_is_kept() {
    let bed = Bed::new().await;
    let karim = bed.sign_in("Karim").await;
    let before = stored(&bed);
    for site in [
        Some("cross-site"),
        Some("same-site"),
        Some("same-origin"),
        Some("x"),
        None,
    ] {
        let refused = share(&karim, site, &FILES).await;
        assert_eq!(refused.status, 403, "{site:?}");
    }
    let page = karim.get(HERE).await.expect("page");
    assert_eq!(page.path, "/documents/ajouter");
    // The form itself takes our own pages alone.
    share(&karim, Some("none"), &FILES).await;
    let kept = stored(&bed);
    let form = Request::post(HERE)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "none")
        .body(Body::from("--x--\r\n"))
        .expect("a request");
    let refused = karim.send(form).await.expect("an answer");
    assert_eq!(refused.status, 403, "no token");
    assert_eq!(stored(&bed), kept);

    let anyone = bed.visitor();
    let doctor = bed.professional("Martin").await;
    for visitor in [&anyone, &doctor] {
        let out = share(visitor, Some("none"), &FILES).await;
        assert_eq!(out.status, 403);
        assert!(out.has("Connectez-vous d’abord") && out.has("n’a pas été gardé"));
    }
    assert_eq!(stored(&bed), kept);
    assert!(kept > before);
}

#[tokio::test]
async fn the_installed_application_says_what_it_takes() {
    let bed = Bed::new().await;
    let page = bed
        .visitor()
        .get("/application.webmanifest")
        .await
        .expect("page");
    assert_eq!(page.status, 200);
    let kind = page.headers.get(header::CONTENT_TYPE).expect("a type");
    assert_eq!(kind, "application/manifest+json");
    let said: Value = serde_json::from_slice(&page.body).expect("JSON");
    assert_eq!(said["share_target"]["action"], SHEET);
    assert_eq!(said["share_target"]["method"], "POST");
    let icon = said["icons"][0]["src"].as_str().expect("an icon");
    assert_eq!(bed.visitor().get(icon).await.expect("page").status, 200);
    let karim = bed.sign_in("Karim").await;
    let home = karim.get("/accueil").await.expect("page");
    assert!(
        home.text()
            .contains("rel=\"manifest\" href=\"/application.webmanifest\"")
    );
}
