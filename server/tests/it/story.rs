//! The main job, from end to end: a document reaches its person, and only those
//! who may see it do.

use jiff::SignedDuration;
use testing::Visitor;

use super::bed::Bed;

async fn page(visitor: &Visitor, path: &str) -> testing::Page {
    visitor.get(path).await.expect("page")
}

#[tokio::test]
async fn a_document_reaches_its_person_and_only_those_who_may_see_it() {
    let bed = Bed::new().await;

    // Camille signs in and adds a file.
    let camille = bed.sign_in("Camille").await;
    page(&camille, "/documents/ajouter").await;
    let fields = [
        ("titre", "Bilan d’Alzheimer de L’Haÿ"),
        ("date", "2026-06-01"),
        ("categorie", "CPT_REND"),
        ("visibilite", "visible"),
    ];
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    camille
        .upload(
            "/documents/ajouter",
            &fields,
            &[("fichier", "bilan.pdf", pdf)],
        )
        .await
        .expect("page");
    assert!(page(&camille, "/documents").await.has("Alzheimer de L’Haÿ"));

    // A hospital's software deposits a document.
    let (hospital, token) = bed.software("chu", "CHU des Peupliers (fictif)").await;
    let bundle = bed.deposit_for("Camille", 1, |document| {
        document.title = "Lettre de sortie du 10 juin".into()
    });
    hospital.deposit(&token, &bundle).await.expect("deposited");
    hospital
        .deposit(&token, &bundle)
        .await
        .expect("the same again is the same");
    bed.work().await;
    let list = page(&camille, "/documents").await;
    assert_eq!(
        list.text().matches("Lettre de sortie du 10 juin").count(),
        1,
        "one document"
    );
    let mail = &bed.demo.outbox.messages()[0].1;
    assert!(
        mail.body.contains("ajouté") && !mail.body.contains("Lettre"),
        "{mail:?}"
    );

    // A doctor signs in, finds nobody's record open, declares consent, sees and opens it.
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    let record = page(&doctor, &record.path).await;
    assert!(
        record.has("Lettre de sortie du 10 juin") && record.has("Alzheimer"),
        "{}",
        record.words()
    );
    let mut links = record
        .links("/pro/patients/")
        .into_iter()
        .filter(|link| link.contains("/documents/"));
    let link = links.next().expect("a document to open");
    assert_eq!(page(&doctor, &link).await.status, 200);
    bed.work().await;

    // Camille is told, sees who, when and by which right.
    let home = page(&camille, "/notifications").await;
    assert!(
        home.has("Martin") && home.has("déclaré"),
        "{}",
        home.words()
    );
    let history = page(&camille, "/historique?qui=professionnels").await;
    assert!(
        history.has("Ouverture d’un document") && history.has("qu’il a déclaré"),
        "{}",
        history.words()
    );
    let told = bed
        .demo
        .outbox
        .messages()
        .iter()
        .any(|(_, sent)| sent.body.contains("obtenu l’accès"));
    assert!(told, "an e-mail told that access was obtained");

    // She blocks the doctor; the next attempt fails, on every page.
    let access = page(&camille, "/acces").await;
    let block = access
        .links("/acces/")
        .into_iter()
        .find(|link| link.ends_with("/bloquer"))
        .expect("a way to block");
    page(&camille, &block).await;
    let blocked = camille.post(&block, &[]).await.expect("page");
    assert!(blocked.has("est bloqué"), "{}", blocked.words());
    for path in [record.path.as_str(), link.as_str()] {
        let refused = page(&doctor, path).await;
        assert!(
            !refused.status.is_success() && !refused.has("Lettre de sortie"),
            "{}",
            refused.words()
        );
    }
    let again = bed.find(&doctor, "Camille").await;
    assert!(!again.has("Déclarer"), "{}", again.words());
    let history = page(&camille, "/historique?qui=professionnels").await;
    assert!(history.has("Vous l’avez bloqué"), "{}", history.words());

    // Nothing was altered, and the chains verify.
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {})
        .await
        .expect("verified");
    assert!(report.is_clean(), "{report:?}");
}

/// Whatever is wrong with a deposit's person, the answer is the same and nothing is kept.
#[tokio::test]
async fn a_deposit_for_nobody_says_nothing() {
    let bed = Bed::new().await;
    let (hospital, token) = bed.software("chu", "CHU des Peupliers (fictif)").await;
    let mut bundle = bed.deposit_for("Camille", 1, |_| {});
    let text = bundle.to_string().replace("Desrosiers", "Desrochers");
    bundle = serde_json::from_str(&text).expect("JSON");
    let other_name = hospital
        .post(&token, "/fhir", &bundle)
        .await
        .expect("an answer");
    let text = bed.deposit_for("Camille", 1, |_| {}).to_string();
    let number = &bed.persona("Camille").number;
    let unknown = text.replace(number.as_str(), "299029799999902");
    let unknown = hospital
        .post(
            &token,
            "/fhir",
            &serde_json::from_str(&unknown).expect("JSON"),
        )
        .await
        .expect("an answer");
    assert_eq!(other_name.status, 422, "{}", other_name.text());
    assert_eq!(
        (unknown.status, unknown.text()),
        (other_name.status, other_name.text())
    );
    assert!(
        !other_name.has("Desrosiers") && !other_name.has(number),
        "never our value"
    );
}

/// Sessions end by themselves, and so does a consent given for one consultation.
#[tokio::test]
async fn what_is_given_for_a_time_ends() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    bed.advance(SignedDuration::from_mins(14));
    assert_eq!(page(&camille, "/documents").await.path, "/documents");
    bed.advance(SignedDuration::from_mins(16));
    assert_eq!(
        page(&camille, "/documents").await.path,
        "/connexion",
        "fifteen idle minutes"
    );

    let doctor = bed.professional("Martin").await;
    let found = bed.find(&doctor, "Camille").await;
    let fields = [("accord", "oui"), ("duree", "consultation")];
    let record = doctor.post(&found.path, &fields).await.expect("page");
    assert!(record.has("valable jusqu’à"), "{}", record.words());
    bed.advance(SignedDuration::from_hours(25));
    assert_eq!(
        page(&doctor, &record.path).await.path,
        "/pro/connexion",
        "the session ended"
    );
    let doctor = bed.professional("Martin").await;
    let found = bed.find(&doctor, "Camille").await;
    assert!(
        found.has("id=\"accord\""),
        "consent is asked again: {}",
        found.words()
    );
}

/// What there is only one of, and is made by the first who looks or asks: twice at once it would
/// be two, and none would open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_at_once_on_the_first_day() {
    let bed = Bed::new().await;
    for name in ["Camille", "Karim"] {
        let person = bed.sign_in(name).await;
        let list = || async { person.get("/documents").await.expect("page").status };
        let looks = tokio::join!(
            list(),
            list(),
            list(),
            list(),
            list(),
            list(),
            list(),
            list()
        );
        assert_eq!(looks.0, 200);
        assert_eq!(list().await, 200);
        person.get("/documents/dossiers").await.expect("page");
        let folder = |name: &'static str| {
            let person = &person;
            async move {
                let fields = [("nom", name)];
                let made = person.post("/documents/dossiers", &fields).await;
                made.expect("page").status
            }
        };
        tokio::join!(
            folder("Un"),
            folder("Deux"),
            folder("Trois"),
            folder("Quatre")
        );
        let page = person.get("/documents/dossiers").await.expect("page");
        assert_eq!(page.status, 200, "{}", page.words());
        for name in ["Un", "Deux", "Trois", "Quatre"] {
            assert!(page.has(name), "{name}: {}", page.words());
        }
    }
}
