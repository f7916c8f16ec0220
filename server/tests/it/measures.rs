//! What a person measures: added, read over time, corrected, deleted, taken as a file, theirs alone.

use std::sync::Arc;

use fiction::Flag;
use testing::{Page, Visitor};

use super::bed::Bed;

async fn page(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("page")
}

/// The word of the measure of that name.
pub async fn word(visitor: &Visitor, name: &str) -> String {
    let list = page(visitor, "/mesures").await;
    let text = list.text();
    let before = text.split(&format!(">{name}</a>")).next();
    let link = before.and_then(|before| before.rsplit("href=\"/mesures/").next());
    let word = link.and_then(|link| link.split(['/', '"']).next());
    word.expect("a word").to_owned()
}

/// Adds a value, and gives the page that follows.
async fn add(visitor: &Visitor, measure: &str, fields: &[(&str, &str)]) -> Page {
    let here = format!("/mesures/{measure}/ajouter");
    page(visitor, &here).await;
    visitor.post(&here, fields).await.expect("page")
}

/// Adds a weight: the word of the measure, and the name of the value.
pub async fn weight(visitor: &Visitor, kilograms: &str) -> (String, String) {
    let measure = word(visitor, "Poids").await;
    let fields = [
        ("valeur", kilograms),
        ("date", "2026-05-02"),
        ("heure", "08:30"),
    ];
    let page = add(visitor, &measure, &fields).await;
    let links = page.links(&format!("/mesures/{measure}/"));
    let link = links.iter().find(|link| link.ends_with("/corriger"));
    let value = link.and_then(|link| link.split('/').nth(3));
    (measure, value.expect("a value").to_owned())
}

#[tokio::test]
async fn a_value_is_added_corrected_taken_as_a_file_and_deleted() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let first = page(&camille, "/mesures").await;
    assert!(
        first.has("Aucune mesure pour l’instant"),
        "{}",
        first.words()
    );
    assert!(page(&camille, "/accueil").await.has("Suivre mes mesures"));

    let (measure, value) = weight(&camille, "72,5").await;
    assert!(
        measure.parse::<ambient::Id>().is_ok(),
        "{measure} says nothing"
    );
    let fields = [
        ("valeur", "72,5"),
        ("date", "2026-05-02"),
        ("heure", "08:30"),
    ];
    let again = add(&camille, &measure, &fields).await;
    assert_eq!(again.text().matches("/corriger\"").count(), 1, "once");
    let fields = [("valeur", "74"), ("date", "2026-06-01"), ("heure", "8 h")];
    let both = add(&camille, &measure, &fields).await;
    for said in [
        "72,5\u{a0}kg",
        "74\u{a0}kg",
        "<svg class=\"chart\"",
        "2\u{a0}mai\u{a0}2026",
    ] {
        assert!(both.text().contains(said), "{said} in {}", both.words());
    }

    let here = format!("/mesures/{measure}/{value}/corriger");
    let form = page(&camille, &here).await;
    assert!(form.text().contains("value=\"72,5\""), "{}", form.text());
    let fields = [
        ("valeur", "71,8"),
        ("date", "2026-04-30"),
        ("heure", "08:30"),
        ("remarque", "=Balance;neuve"),
    ];
    let corrected = camille.post(&here, &fields).await.expect("page");
    assert!(corrected.has("La valeur est corrigée"));
    assert!(corrected.text().contains("71,8\u{a0}kg") && !corrected.text().contains("72,5"));

    let file = page(&camille, &format!("/mesures/{measure}/csv")).await;
    let text = file.text();
    assert!(
        text.contains("2026-04-30;08:30;Poids;71,8;kg;;\"'=Balance;neuve\";"),
        "{text}"
    );

    let here = format!("/mesures/{measure}/{value}/supprimer");
    assert!(page(&camille, &here).await.has("Supprimer la valeur 71,8"));
    let left = camille.post(&here, &[]).await.expect("page");
    assert!(left.has("La valeur est supprimée") && !left.text().contains("71,8"));
    assert_eq!(camille.post(&here, &[]).await.expect("page").status, 404);

    let history = page(&camille, "/historique").await;
    for line in [
        "Ajout d’une mesure",
        "Correction d’une mesure",
        "Suppression d’une mesure",
    ] {
        assert!(history.has(line), "{line} in {}", history.words());
    }
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_and_nothing_is_lost() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let glucose = word(&camille, "Glycémie").await;
    let fields = [
        ("valeur", "92"),
        ("unite", "g/L"),
        ("date", "2026-05-02"),
        ("heure", "08:30"),
        ("remarque", "au réveil"),
    ];
    let wrong = add(&camille, &glucose, &fields).await;
    assert_eq!(wrong.status, 422);
    for said in [
        "entre 0,1 et 10\u{a0}g/L",
        "Choisissez une réponse",
        "value=\"au réveil\"",
        "value=\"92\"",
    ] {
        assert!(wrong.text().contains(said), "{said} in {}", wrong.words());
    }
    let fields = [
        ("valeur", "0,92"),
        ("unite", "g/L"),
        ("precision", "53049-3"),
        ("date", "2026-05-02"),
        ("heure", "08:30"),
    ];
    let right = add(&camille, &glucose, &fields).await;
    assert!(
        right.text().contains("92\u{a0}mg/dL") && right.has("À jeun"),
        "{}",
        right.words()
    );

    let tension = word(&camille, "Tension artérielle").await;
    let crossed = [
        ("valeur", "79"),
        ("valeur-2", "124"),
        ("date", "2026-05-02"),
        ("heure", "08:30"),
    ];
    let wrong = add(&camille, &tension, &crossed).await;
    assert!(
        wrong.has("La minimale doit être plus petite"),
        "{}",
        wrong.words()
    );
    let fields = [
        ("valeur", "124"),
        ("valeur-2", "79"),
        crossed[2],
        crossed[3],
    ];
    let right = add(&camille, &tension, &fields).await;
    assert!(right.text().contains("124/79\u{a0}mmHg") && right.text().contains("chart-dot second"));
}

#[tokio::test]
async fn the_index_follows_weight_and_height() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    weight(&camille, "72,5").await;
    let height = word(&camille, "Taille").await;
    let fields = [
        ("valeur", "1,75"),
        ("unite", "m"),
        ("date", "2026-05-02"),
        ("heure", "08:30"),
    ];
    let shown = add(&camille, &height, &fields).await;
    assert!(shown.text().contains("175\u{a0}cm"), "{}", shown.words());
    let list = page(&camille, "/mesures").await;
    assert!(list.text().contains("23,7\u{a0}kg/m²"), "{}", list.words());
    let index = word(&camille, "Indice de masse corporelle").await;
    let shown = page(&camille, &format!("/mesures/{index}")).await;
    assert!(shown.has("Calculée : 72,5 kg, 175 cm"), "{}", shown.words());
    let refused = page(&camille, &format!("/mesures/{index}/ajouter")).await;
    assert_eq!(refused.status, 404);
}

/// In many tabs at once each value is there once, and the volume opens.
#[tokio::test]
async fn values_that_come_at_once_are_all_there() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let measure = word(&camille, "Fréquence cardiaque").await;
    let here = format!("/mesures/{measure}/ajouter");
    page(&camille, &here).await;
    let camille = Arc::new(camille);
    let mut posts = tokio::task::JoinSet::new();
    for n in 0..12 {
        let (camille, here) = (Arc::clone(&camille), here.clone());
        posts.spawn(async move {
            let (value, time) = ((60 + n).to_string(), format!("08:{n:02}"));
            let fields = [
                ("valeur", value.as_str()),
                ("date", "2026-05-02"),
                ("heure", &time),
            ];
            camille.post(&here, &fields).await.expect("page")
        });
    }
    for answer in posts.join_all().await {
        assert!(answer.status.is_success(), "{}", answer.words());
    }
    let shown = page(&camille, &format!("/mesures/{measure}")).await;
    assert_eq!(shown.text().matches("/corriger\"").count(), 12);
}

/// What others see of a space is the same with and without measures.
#[tokio::test]
async fn nobody_else_sees_that_something_was_measured() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let (measure, value) = weight(&camille, "72,5").await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    assert!(!record.text().contains("72,5") && !record.text().contains("mesures"));
    let karim = bed.sign_in("Karim").await;
    for path in [
        format!("/mesures/{measure}"),
        format!("/mesures/{measure}/csv"),
        format!("/mesures/{measure}/{value}/corriger"),
    ] {
        assert_eq!(page(&karim, &path).await.status, 404, "{path}");
    }
    assert!(page(&karim, "/mesures").await.has("Aucune mesure"));
}

/// The measures of somebody, as their page says them.
async fn listed(visitor: &Visitor) -> Page {
    page(visitor, "/mesures").await
}

async fn choose(visitor: &Visitor, value: &str) -> Page {
    page(visitor, "/mesures/documents").await;
    let fields = [("reprise", value)];
    visitor
        .post("/mesures/documents", &fields)
        .await
        .expect("page")
}

#[tokio::test]
async fn values_of_documents_are_there_while_the_person_wants_them() {
    let bed = Bed::new().await;
    let (software, token) = bed.software("demo-labo", "Laboratoire (fictif)").await;
    let report = bed.report_for("Karim", 71, |_| {});
    software.deposit(&token, &report).await.expect("deposited");
    let karim = bed.sign_in("Karim").await;
    assert!(listed(&karim).await.has("Aucune mesure"), "off at first");
    assert_eq!(choose(&karim, "peut-être").await.status, 422);
    let on = choose(&karim, "oui").await;
    assert!(!on.has("Aucune mesure"), "{}", on.words());

    // From the value to its document, and back.
    let measure = word(&karim, "Hémoglobine glyquée (HbA1c)").await;
    let values = page(&karim, &format!("/mesures/{measure}")).await;
    let document = values.links("/documents/").remove(0);
    assert!(
        !values.text().contains("/corriger\""),
        "it is corrected where it stands"
    );
    let shown = page(&karim, &document).await;
    assert!(
        shown.has("Ce document remplit vos mesures"),
        "{}",
        shown.words()
    );
    assert!(
        shown
            .links("/mesures/")
            .contains(&format!("/mesures/{measure}"))
    );
    let file = page(&karim, &format!("/mesures/{measure}/csv")).await;
    assert!(file.text().contains(";%;"), "{}", file.text());

    // One look is one line, whatever it read.
    let lines = async || {
        let history = page(&karim, "/historique").await;
        history.text().matches("Consultation des mesures").count()
    };
    let before = lines().await;
    listed(&karim).await;
    assert_eq!(lines().await, before + 1);

    // A report that the person may not know of yet gives no value, to the byte.
    let values = async || page(&karim, &format!("/mesures/{measure}")).await.text();
    let (first, list) = (values().await, listed(&karim).await.text());
    let (chu, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let report = bed.report_for("Karim", 72, |report| report.flags = vec![Flag::Patient]);
    chu.deposit(&token, &report).await.expect("deposited");
    assert_eq!((values().await, listed(&karim).await.text()), (first, list));

    let off = choose(&karim, "non").await;
    assert!(off.has("Aucune mesure"), "{}", off.words());
    assert!(!page(&karim, &document).await.has("remplit vos mesures"));
    assert!(
        page(&karim, &format!("/mesures/{measure}"))
            .await
            .has("Aucune valeur")
    );
}
