//! The summary that a professional sees first: what is known, the last results, what is new; and
//! what the person reads of it in their history.

use jiff::SignedDuration;
use testing::{Page, Visitor};

use super::bed::Bed;

async fn page(visitor: &Visitor, path: &str) -> Page {
    let page = visitor.get(path).await.expect("page");
    assert_eq!(page.status, 200, "{path} {}", page.words());
    page
}

/// Enough minutes later that the next look is another visit; the session goes on.
async fn later(bed: &Bed, visitor: &Visitor) {
    for _ in 0..5 {
        bed.advance(SignedDuration::from_mins(9));
        visitor.get("/pro/situation").await.expect("page");
    }
}

#[tokio::test]
async fn a_doctor_sees_first_what_is_known_and_where_it_stands() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    for known in [
        "Diabète de type 2 sans complication",
        "Antécédents (2)",
        "Déclaré absent : Allergie",
        "Metformine 1 000 mg matin et soir",
        "grippe saisonnière",
        "lot FICT-2025-118",
        "Hémoglobine glyquée",
    ] {
        assert!(record.has(known), "{known}: {}", record.words());
    }
    // Each says in which document it stands, and that one opens.
    let said = record.text();
    let (_, treatments) = said.split_once("summary-treatments").expect("a block");
    let source = treatments
        .split_once("class=\"source\"")
        .expect("a source")
        .1;
    let source = source.split('"').nth(1).expect("an address").to_owned();
    assert!(page(&doctor, &source).await.has("Synthèse médicale"));
    // First visit: everything is new, so nothing is called so.
    assert!(!record.has("Depuis votre dernière visite"));
    let list = page(&doctor, &format!("{}/documents", record.path)).await;
    assert!(list.has("Synthèse médicale"), "{}", list.words());

    let karim = bed.sign_in("Karim").await;
    let history = page(&karim, "/historique?qui=professionnels").await;
    let seen = "Consultation de la synthèse du dossier";
    // One line: its words, and the name of the link that contests it.
    assert_eq!(
        history.text().matches(seen).count(),
        2,
        "{}",
        history.words()
    );
}

#[tokio::test]
async fn what_came_since_the_last_visit_is_named_and_no_more() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    later(&bed, &doctor).await;
    let again = page(&doctor, &record.path).await;
    assert!(again.has("Rien de nouveau"), "{}", again.words());
    let (software, token) = bed
        .software("demo-labo", "Laboratoire des Érables (fictif)")
        .await;
    let hidden = bed.deposit_for("Karim", 8, |document| {
        document.flags = vec![fiction::Flag::Professionals];
    });
    for bundle in [bed.deposit_for("Karim", 7, |_| {}), hidden] {
        software.deposit(&token, &bundle).await.expect("deposited");
    }
    // The same visit goes on: its beginning does not move.
    let still = page(&doctor, &record.path).await;
    assert!(still.has("1 nouveau document"), "{}", still.words());
    assert!(still.has("Compte rendu fictif 7") && !still.has("Compte rendu fictif 8"));
    later(&bed, &doctor).await;
    let next = page(&doctor, &record.path).await;
    assert!(next.has("Rien de nouveau"), "{}", next.words());
}
