//! The matrix: shown in plain words, replaced while the server runs.

use carnet::reference::{self, Followed};

use super::bed::Bed;

#[tokio::test]
async fn a_matrix_is_browsed_and_replaced_as_a_whole_or_not_at_all() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let page = camille.get("/acces/matrice").await.expect("page");
    assert!(page.has("Proposition par défaut"), "{}", page.words());
    assert!(
        page.has("n’est pas publique sous forme de données"),
        "{}",
        page.words()
    );
    let page = camille
        .get("/acces/matrice?profession=60")
        .await
        .expect("page");
    assert!(
        page.has("Infirmier : 124 types de documents sur 132"),
        "{}",
        page.words()
    );
    assert!(page.has("Peut consulter") && page.has("Ne peut pas consulter"));
    let page = camille
        .get("/acces/matrice?profession=%3Cscript%3E")
        .await
        .expect("page");
    assert!(
        page.status == 200 && !page.has("<script>alert"),
        "{}",
        page.words()
    );

    let nurse = bed.professional("Garcia").await;
    let record = bed.consent(&nurse, "Camille").await;
    assert!(
        record.has("Compte rendu") || !record.has("Aucun document ne vous est"),
        "{}",
        record.words()
    );
    let app = &bed.demo.app;
    let wrong = "60,10,11488-4,oui\n60,11,11488-4,oui\n";
    let refused = reference::import(app, wrong, false)
        .await
        .expect_err("refused");
    assert!(refused.to_string().contains("ligne 2"), "{refused}");
    assert_eq!(
        app.gate.rules().matrix.imported(),
        None,
        "nothing is changed"
    );
    let rows = "profession;classe;type;acces\n10;10;11488-4;oui\n60;10;11488-4;non";
    // What is not said is no: so much is closed only when it is meant.
    let refused = reference::import(app, rows, false).await;
    let refused = refused.expect_err("cut short").to_string();
    assert!(refused.contains("--fewer"), "{refused}");
    reference::import(app, rows, true).await.expect("taken");
    let mut tables = Followed::default();
    tables.follow(app).await.expect("followed");
    let page = nurse.get(&record.path).await.expect("page");
    assert!(
        page.has("Aucun document ne vous est accessible"),
        "{}",
        page.words()
    );
    let page = camille
        .get("/acces/matrice?profession=60")
        .await
        .expect("page");
    assert!(
        page.has("version 2026-06-12") && page.has("Infirmier : aucun type"),
        "{}",
        page.words()
    );
    assert!(!page.has("Proposition par défaut"), "{}", page.words());
    reference::import(app, "60;10;11488-4;oui", true)
        .await
        .expect("taken");
    tables.follow(app).await.expect("followed");
    let page = camille
        .get("/acces/matrice?profession=60")
        .await
        .expect("page");
    assert!(page.has("Infirmier : 1 type de"), "{}", page.words());
}
