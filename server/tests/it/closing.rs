//! A person closes their space: nobody feeds or sees it, it comes back whole, or it is erased for
//! good on the day that was named, whatever is stopped in between.

use carnet::{backup, erasures};
use jiff::SignedDuration;
use testing::{Page, Visitor};
use vault::{RecordId, backup::What};

use super::bed::Bed;

const DAY: SignedDuration = SignedDuration::from_hours(24);
const CLOSE: &str = "/parametres/fermer";

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("a page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("a page")
}

async fn record(bed: &Bed, name: &str) -> Option<RecordId> {
    let number = &bed.persona(name).number;
    let row = bed.demo.app.store.insured(number, "").await;
    row.expect("searched")?.record
}

async fn close(visitor: &Visitor, then: &str) -> Page {
    let page = get(visitor, CLOSE).await;
    assert!(page.has("id=\"confirmer\""), "{}", page.words());
    let page = post(visitor, CLOSE, &[("ensuite", then)]).await;
    assert_eq!(page.path, "/fermeture", "{}", page.words());
    page
}

/// Activates a persona's space from the card on.
async fn activate(bed: &Bed, name: &str) -> Visitor {
    let persona = bed.persona(name);
    let visitor = bed.visitor();
    get(&visitor, "/activation").await;
    let mut birth = persona.birth.rsplit('/');
    let mut part = || birth.next().expect("a date");
    let naissance = format!("{}-{}-{}", part(), part(), part());
    let fields = [
        ("nir", persona.number.as_str()),
        ("serie", persona.card.as_str()),
        ("naissance", &naissance),
    ];
    post(&visitor, "/activation", &fields).await;
    post(&visitor, "/activation/moyen", &[("moyen", "email")]).await;
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let (_, message) = bed.demo.outbox.messages().into_iter().next().expect("one");
    let mut words = message.body.split(|c: char| !c.is_ascii_alphanumeric());
    let code = words.find(|word| word.len() == 8 && word.to_uppercase() == **word);
    let code = code.expect("a code");
    let page = post(&visitor, "/activation/code", &[("code", code)]).await;
    assert!(page.has("Vous aviez fermé cet espace"), "{}", page.words());
    let login = persona.login.expect("a login");
    let fields = [
        ("identifiant", login),
        ("mot-de-passe", persona.password),
        ("confirmation", persona.password),
    ];
    post(&visitor, "/activation/identifiants", &fields).await;
    let page = post(&visitor, "/activation/conditions", &[("accord", "oui")]).await;
    assert_eq!(page.path, "/accueil", "{}", page.words());
    visitor
}

#[tokio::test]
async fn a_closed_space_is_fed_and_seen_by_nobody_and_comes_back_whole() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let open = bed.consent(&doctor, "Camille").await;
    let camille = bed.sign_in("Camille").await;
    let before = get(&camille, "/documents").await.links("/documents/");
    let (software, token) = bed.software("labo", "Laboratoire fictif").await;
    close(&camille, "archive").await;

    // Software: as for somebody unknown. The doctor: as for a record that is not there.
    let deposit = async |name: &str, n: u32| {
        let bundle = bed.deposit_for(name, n, |_| {});
        software
            .post(&token, "/fhir", &bundle)
            .await
            .expect("an answer")
    };
    let closed = deposit("Camille", 1).await;
    let nobody = bed.deposit_for("Camille", 1, |_| {}).to_string();
    let number = bed.persona("Camille").number.as_str();
    let other = ins::Matricule::from_body("2440699999321").expect("a number");
    let nobody = nobody.replace(number, other.as_str());
    let nobody = serde_json::from_str(&nobody).expect("a bundle");
    let unknown = software
        .post(&token, "/fhir", &nobody)
        .await
        .expect("an answer");
    assert_eq!(
        (closed.status, &closed.body),
        (unknown.status, &unknown.body)
    );
    let page = get(&doctor, &open.path).await;
    assert!(!page.has("/documents/"), "{}", page.words());
    bed.work().await;
    let messages = bed.demo.outbox.messages();
    let told = messages
        .iter()
        .filter(|(_, one)| one.body.contains("vient d’être fermé"));
    assert!(told.count() >= 1, "{messages:?}");

    // The card and a code open it again; who had been let in is not.
    let camille = activate(&bed, "Camille").await;
    let after = get(&camille, "/documents").await.links("/documents/");
    assert_eq!(after, before, "everything is there");
    let history = get(&camille, "/historique").await;
    assert!(history.has("Fermeture de l’espace"), "{}", history.words());
    let page = get(&doctor, &open.path).await;
    assert!(!page.has("/documents/"), "{}", page.words());
    assert_eq!(deposit("Camille", 2).await.status, 200);
}

#[tokio::test]
async fn on_the_day_it_is_erased_for_good_and_people_are_told() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let page = close(&camille, "effacement").await;
    for day in ["12\u{a0}juillet\u{a0}2026", "11\u{a0}août\u{a0}2026"] {
        assert!(page.has(day), "{day}: {}", page.words());
    }
    let closed = record(&bed, "Camille").await.expect("a record");
    bed.advance(DAY * 29);
    bed.work().await;
    assert_eq!(record(&bed, "Camille").await, Some(closed), "not yet");
    let mut to = bed.folder.clone().into_os_string();
    to.push("-key-backup");
    let to = std::path::PathBuf::from(to);
    backup::run(&bed.settings, What::Keys, &to, &*bed.clock)
        .await
        .expect("backed up");
    bed.advance(DAY);
    bed.work().await;
    assert_eq!(record(&bed, "Camille").await, None, "out of the registry");
    bed.advance(SignedDuration::from_mins(2));
    bed.work().await;
    let messages = bed.demo.outbox.messages();
    let told = messages
        .iter()
        .find(|(_, one)| one.body.contains("attestation"));
    let (_, told) = told.expect("told");
    // The backup of the day before may be kept thirty days.
    assert!(
        told.body.contains("10\u{a0}août\u{a0}2026"),
        "{}",
        told.body
    );
    let verified = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(verified.expect("verified").is_clean());
    std::fs::remove_dir_all(to).expect("removed");
}

/// Stopped after each step of the end, begun again: it comes to the same end.
#[tokio::test]
async fn an_end_that_is_stopped_anywhere_is_come_to_all_the_same() {
    let mut bed = Bed::new().await;
    for (steps, name) in [(0, "Camille"), (1, "Karim"), (2, "Camille"), (3, "Karim")] {
        if steps == 2 {
            bed = Bed::new().await;
        }
        let app = &bed.demo.app;
        let person = bed.sign_in(name).await;
        close(&person, "effacement").await;
        bed.work().await;
        bed.demo.outbox.clear();
        let closed = record(&bed, name).await.expect("a record");
        bed.advance(DAY * 30);
        // A worker claims the job, does so many steps of it, and is heard of no more.
        let lease = SignedDuration::from_mins(2);
        let jobs = app.store.claim_jobs(bed.demo.app.now(), lease, 5_000).await;
        let jobs = jobs.expect("claimed");
        let job = jobs.iter().find(|job| job.name == "end-space");
        let job = job.expect("the end is due");
        if steps > 0 {
            let begun = account::closing::work::begin_end(app, &job.payload).await;
            assert_eq!(begun.expect("begun"), Some(closed));
        }
        if steps == 2 {
            app.gate.register_erasure(closed).await.expect("registered");
        }
        if steps == 3 {
            erasures::erase(app, closed).await.expect("erased");
        }
        // A start follows the register first.
        erasures::catch_up(app).await.expect("caught up");
        bed.advance(SignedDuration::from_mins(3));
        bed.work().await;
        bed.advance(SignedDuration::from_mins(3));
        bed.work().await;
        assert_eq!(record(&bed, name).await, None, "{steps}");
        let messages = bed.demo.outbox.messages();
        let told = messages
            .iter()
            .filter(|(_, one)| one.body.contains("attestation"));
        let channels: Vec<_> = told.map(|(_, one)| one.to.clone()).collect();
        let mut once = channels.clone();
        once.dedup();
        assert!(
            !channels.is_empty() && channels == once,
            "{steps}: {channels:?}"
        );
        assert_eq!(erasures::catch_up(app).await.expect("looked"), 0);
    }
}

/// Who closed their space is not given another by the next file of the registry.
#[tokio::test]
async fn the_registry_opens_no_other_space_for_who_closed_theirs() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    close(&camille, "effacement").await;
    bed.advance(DAY * 30);
    bed.work().await;
    let persona = bed.persona("Camille");
    let (number, card) = (&persona.number, &persona.card);
    let file = format!(
        "{}\n{number};{card};FICTIVE;CAMILLE;Camille;;1984-05-27;F;99999;camille@example.org;;\n",
        account::insured::HEADER.join(";")
    );
    let told = account::Told::ByUs;
    let app = &bed.demo.app;
    let report = account::import(app, ins::oid::TEST, told, file.as_bytes(), |_| {}).await;
    let report = report.expect("imported");
    assert_eq!((report.announced, report.opened), (0, 0), "{report:?}");
    let before = bed.demo.outbox.messages().len();
    bed.advance(DAY * 60);
    bed.work().await;
    let messages = bed.demo.outbox.messages();
    let new = messages.iter().take(messages.len() - before);
    let announced = new.filter(|(_, one)| one.body.contains("/opposition"));
    assert_eq!(announced.count(), 0);
}
