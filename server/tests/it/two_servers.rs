//! Two servers on one database: what is decided on one is obeyed by the other at once. They need
//! a database that servers can share: PostgreSQL.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use testing::Visitor;

use super::bed::Bed;

async fn block(camille: &Visitor) {
    let access = camille.get("/acces").await.expect("page");
    let mut ways = access.links("/acces/").into_iter().rev();
    let block = ways.find(|link| link.ends_with("/bloquer"));
    let block = block.expect("a way to block");
    camille.get(&block).await.expect("page");
    let blocked = camille.post(&block, &[]).await.expect("page");
    assert!(blocked.has("est bloqué"), "{}", blocked.words());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_on_one_is_obeyed_by_the_other_at_once() {
    let here = Bed::new().await;
    let Some(there) = here.beside().await else {
        return println!("skipped: CARNET_TEST_POSTGRES is not set");
    };
    let doctor = here.professional("Martin").await;
    let record = here.consent(&doctor, "Camille").await.path;
    let camille = here.sign_in("Camille").await;
    let doctor = Arc::new(doctor.on(there.demo.router.clone()));
    let page = doctor.get(&record).await.expect("page");
    assert_eq!(page.status, 200, "{}", page.words());
    let mut links = page.links("/pro/patients/").into_iter();
    let link = links.find(|link| link.contains("/documents/"));
    let link = link.expect("a document");

    // They look without a pause, there, while she blocks them here.
    let (looking, acknowledged) = (AtomicBool::new(true), AtomicBool::new(false));
    let look = async {
        let (mut before, mut after) = (0, 0);
        while looking.load(Ordering::SeqCst) {
            let late = acknowledged.load(Ordering::SeqCst);
            let page = doctor.get(&link).await.expect("page");
            match (page.status.is_success(), late) {
                (true, false) => before += 1,
                (true, true) => panic!("a look after the block: {}", page.words()),
                (false, true) => after += 1,
                (false, false) => {}
            }
            if after > 5 {
                break;
            }
        }
        before
    };
    let blocking = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        block(&camille).await;
        acknowledged.store(true, Ordering::SeqCst);
    };
    let (before, ()) = tokio::join!(look, blocking);
    assert!(before > 0, "they looked before");
    looking.store(false, Ordering::SeqCst);
    for path in [&record, &link] {
        let refused = doctor.get(path).await.expect("page");
        assert!(!refused.status.is_success(), "{}", refused.words());
    }
    // Both tell the same history, with what was refused there.
    for bed in [&here, &there] {
        let camille = camille.on(bed.demo.router.clone());
        let history = camille.get("/historique?qui=professionnels").await;
        let history = history.expect("page");
        assert!(history.has("Vous l’avez bloqué"), "{}", history.words());
    }
    // Lifted there, it is lifted here; the authorisation stays ended.
    let camille = camille.on(there.demo.router.clone());
    let access = camille.get("/acces").await.expect("page");
    let lift = access.links("/acces/blocages/").into_iter().next();
    let lift = lift.expect("a way to lift it");
    camille.get(&lift).await.expect("page");
    camille.post(&lift, &[]).await.expect("page");
    let doctor = doctor.on(here.demo.router.clone());
    let refused = doctor.get(&link).await.expect("page");
    assert!(!refused.status.is_success(), "unblocking restores nothing");
    let found = here.find(&doctor, "Camille").await;
    assert!(
        found.has("Déclarer") || found.has("accord"),
        "{}",
        found.words()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_out_on_one_is_out_on_the_other_at_once() {
    let here = Bed::new().await;
    let Some(there) = here.beside().await else {
        return println!("skipped: CARNET_TEST_POSTGRES is not set");
    };
    for (out, other) in [(&here, &there), (&there, &here)] {
        let camille = here.sign_in("Camille").await;
        let elsewhere = camille.on(other.demo.router.clone());
        for _ in 0..3 {
            let page = elsewhere.get("/documents").await.expect("page");
            assert_eq!(page.path, "/documents");
        }
        let camille = camille.on(out.demo.router.clone());
        camille.get("/accueil").await.expect("page");
        camille.post("/deconnexion", &[]).await.expect("page");
        let page = elsewhere.get("/documents").await.expect("page");
        assert_eq!(page.path, "/connexion", "{}", page.words());
    }
}
