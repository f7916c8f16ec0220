//! The worst day: the machine is lost. What was backed up is there again, what was erased is not.

use std::{path::PathBuf, sync::Arc};

use ambient::{Clock, HandClock, SeededRandom};
use carnet::{
    audit, backup,
    checkpoints::{self, Plan},
    demo, erasures,
    install::{Surroundings, install},
    restore,
    settings::Settings,
};
use vault::{RecordId, Suite, backup::What, keys::FileKeys};

use crate::bed::{Bed, Place};

struct Backups {
    main: PathBuf,
    keys: PathBuf,
}

impl Backups {
    async fn of(bed: &Bed) -> Self {
        let name = |kind: &str| {
            let mut name = bed.folder.clone().into_os_string();
            name.push(kind);
            PathBuf::from(name)
        };
        let backups = Self {
            main: name("-main"),
            keys: name("-key-backup"),
        };
        for (what, to) in [(What::Main, &backups.main), (What::Keys, &backups.keys)] {
            backup::run(&bed.settings, what, to, &*bed.clock)
                .await
                .expect("backed up");
        }
        backups
    }
}

impl Drop for Backups {
    fn drop(&mut self) {
        for folder in [&self.main, &self.keys] {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

pub fn open(settings: &Settings, clock: &Arc<HandClock>) -> anyhow::Result<access::App> {
    let clock: Arc<HandClock> = Arc::clone(clock);
    let around = Surroundings {
        post: Arc::new(demo::Outbox::new(clock.clone())),
        clock,
        random: Arc::new(SeededRandom::new(77)),
        scribe: Arc::new(access::NoScribe),
        limits: access::Limits::default(),
        demo: true,
        suite: Suite::default(),
    };
    install(settings, around)
}

/// Puts the backups back on another machine, and opens its doors.
async fn put_back(bed: &Bed, backups: &Backups) -> (restore::Report, Bed) {
    let place = Place::with_keys_of(bed);
    let settings = place.settings();
    let report = restore::run(&settings, &backups.main, Some(&backups.keys), || {
        open(&settings, &bed.clock)
    });
    let report = report.await.expect("restored");
    let other = Bed::at(place, bed.clock.now(), 5, Suite::default()).await;
    (report, other)
}

async fn record(bed: &Bed, name: &str) -> Option<RecordId> {
    let number = &bed.persona(name).number;
    let row = bed.demo.app.store.insured(number, "").await;
    row.expect("searched")?.record
}

async fn upload(bed: &Bed, title: &str) -> String {
    let camille = bed.sign_in("Camille").await;
    // A record holds the same bytes once.
    let pdf = format!(
        "%PDF-1.4\n% {title}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    );
    camille.get("/documents/ajouter").await.expect("page");
    let fields = [
        ("titre", title),
        ("date", "2026-05-02"),
        ("categorie", "CPT_REND"),
        ("visibilite", "visible"),
    ];
    camille
        .upload(
            "/documents/ajouter",
            &fields,
            &[("fichier", "b.pdf", pdf.as_bytes())],
        )
        .await
        .expect("page");
    let list = camille.get("/documents").await.expect("page");
    assert!(list.has(title), "{}", list.words());
    let before = &list.text()[..list.text().find(title).expect("in the list")];
    let link = &before[before.rfind("/documents/").expect("a link")..];
    let link = link.split(['"', '?']).next().expect("an address");
    link.to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_there_again() {
    let bed = Bed::new().await;
    let link = upload(&bed, "Bilan de mai").await;
    let backups = Backups::of(&bed).await;
    let (report, other) = put_back(&bed, &backups).await;
    assert!(report.verified.is_clean(), "{:?}", report.verified);
    assert!(report.verified.records > 3 && report.verified.entries > 50);
    assert_eq!(report.erased_again, 0);
    let camille = other.sign_in("Camille").await;
    let page = camille.get(&link).await.expect("page");
    assert!(page.has("Bilan de mai"), "{}", page.words());
    let bytes = camille
        .get(&format!("{link}/original"))
        .await
        .expect("file");
    assert!(bytes.body.starts_with(b"%PDF-1.4"), "the file is there");
    let history = camille.get("/historique").await.expect("page");
    let added = "Ajout d’un document";
    assert!(history.has(added), "{}", history.words());

    // It goes on: what is added there is kept.
    upload(&other, "Bilan de juin").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_erased_since_stays_erased() {
    let bed = Bed::new().await;
    let link = upload(&bed, "Bilan de mai").await;
    let backups = Backups::of(&bed).await;

    let camille = bed.sign_in("Camille").await;
    let ask = format!("{link}/supprimer");
    camille.get(&ask).await.expect("page");
    camille.post(&ask, &[]).await.expect("page");
    assert_eq!(camille.get(&link).await.expect("page").status, 410);
    let karim = record(&bed, "Karim").await.expect("has a space");
    let proof = erasures::erase(&bed.demo.app, karim).await.expect("erased");
    let until = proof.last_key_backup.expect("a backup holds the key");
    assert_eq!(until.duration_since(bed.clock.now()).as_hours(), 30 * 24);
    assert_eq!(record(&bed, "Karim").await, None);
    let verified = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(verified.expect("verified").is_clean());

    let (report, other) = put_back(&bed, &backups).await;
    assert!(report.verified.is_clean(), "{:?}", report.verified);
    assert_eq!(report.erased_again, 2, "the document and the person");
    let camille = other.sign_in("Camille").await;
    assert_eq!(camille.get(&link).await.expect("page").status, 410);
    assert!(
        !camille
            .get("/documents")
            .await
            .expect("page")
            .has("Bilan de mai")
    );
    assert_eq!(record(&other, "Karim").await, None, "out of the registry");
    let visitor = other.visitor();
    visitor.get("/connexion").await.expect("page");
    let persona = other.persona("Karim");
    let fields = [
        ("identifiant", persona.login.expect("a login")),
        ("mot-de-passe", persona.password),
    ];
    let page = visitor.post("/connexion", &fields).await.expect("page");
    assert!(!page.has("id=\"code\""), "no account: {}", page.words());
    assert!(erasures::catch_up(&other.demo.app).await.expect("looked") == 0);
}

fn signing(settings: &Settings) -> Plan {
    Plan::of(settings).expect("settings")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_copy_of_everything_is_found_out_at_the_start() {
    let bed = Bed::new().await;
    let plan = signing(&bed.settings);
    let take = || async { checkpoints::take(&bed.demo.app, &plan).await };
    take().await.expect("signed");
    let backups = Backups::of(&bed).await;
    upload(&bed, "Bilan de mai").await;
    take().await.expect("signed");

    // By hand, without « restore », which would say it.
    let place = Place::with_keys_of(&bed);
    let settings = place.settings();
    let config = carnet::install::places(&settings, Suite::default()).expect("settings");
    std::fs::create_dir_all(place.folder.join("data")).expect("a folder");
    for (what, folder) in [(What::Keys, &backups.keys), (What::Main, &backups.main)] {
        let keys = FileKeys::read(&place.folder.join("keys"), Arc::new(SeededRandom::new(3)));
        let keys = keys.expect("keys");
        let manifest = vault::backup::check(folder, what, &keys, &mut |_, _, _| {});
        let manifest = manifest.expect("whole");
        vault::backup::restore(&config, &manifest, folder, &mut |_, _, _| {})
            .await
            .expect("put back");
    }
    let app = open(&settings, &bed.clock).expect("opens");
    let plan = signing(&settings);
    let refused = checkpoints::at_start(&app, &plan).await.expect_err("older");
    let said = format!("{refused:#}");
    assert!(said.contains("la base est plus ancienne"), "{said}");
    assert!(said.contains("carnet audit restored"), "{said}");
    assert!(
        checkpoints::take(&app, &plan).await.is_err(),
        "signs nothing"
    );
    let report = audit::verify_all(&app.gate, &plan.folder, |_, _| {}).await;
    let report = report.expect("verified");
    assert!(
        !report.is_clean() && report.findings.is_empty(),
        "{report:?}"
    );

    app.gate.accept_restored(&plan.folder).await.expect("said");
    checkpoints::at_start(&app, &plan).await.expect("goes on");
    checkpoints::take(&app, &plan).await.expect("signs on");
    let report = audit::verify_all(&app.gate, &plan.folder, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
    drop(app);
    std::fs::remove_dir_all(place.folder).expect("removed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_says_what_is_lost_and_goes_on() {
    let bed = Bed::new().await;
    let plan = signing(&bed.settings);
    let backups = Backups::of(&bed).await;
    upload(&bed, "Bilan de mai").await;
    checkpoints::take(&bed.demo.app, &plan)
        .await
        .expect("signed");
    let (report, other) = put_back(&bed, &backups).await;
    assert!(report.verified.is_clean(), "{:?}", report.verified);
    assert_eq!(report.lost.expect("an older database").at, bed.clock.now());
    let plan = signing(&other.settings);
    checkpoints::at_start(&other.demo.app, &plan)
        .await
        .expect("starts");
    checkpoints::take(&other.demo.app, &plan)
        .await
        .expect("signs on");
}

#[test]
fn checkpoints_do_not_lie_under_the_data() {
    let mut settings = Settings::default();
    settings.set("checkpoints.folder", "/var/lib/carnet/checkpoints");
    let refused = Plan::of(&settings).expect_err("refused");
    assert!(format!("{refused}").contains("under the data folder"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_lays_nothing_over_anything_and_wants_whole_backups() {
    let bed = Bed::new().await;
    let backups = Backups::of(&bed).await;
    let refused = |settings: Settings, keys: bool| {
        let (backups, clock) = (&backups, Arc::clone(&bed.clock));
        async move {
            let keys = keys.then_some(backups.keys.as_path());
            let put = restore::run(&settings, &backups.main, keys, || open(&settings, &clock));
            format!("{:#}", put.await.expect_err("refused"))
        }
    };
    let said = refused(bed.settings.clone(), true).await;
    assert!(said.contains("il y a déjà des données"), "{said}");
    let place = Place::with_keys_of(&bed);
    let said = refused(place.settings(), false).await;
    assert!(said.contains("ajoutez --keys"), "{said}");
    let mut file = std::fs::OpenOptions::new();
    let list = backups.keys.join("files.sha256");
    let text = std::fs::read_to_string(&list).expect("a list");
    let first = text.split_once("  ").expect("columns").1;
    let path = backups.keys.join(first.lines().next().expect("a name"));
    let mut file = file.append(true).open(path).expect("opens");
    std::io::Write::write_all(&mut file, b"x").expect("altered");
    let said = refused(place.settings(), true).await;
    assert!(said.contains("altered"), "{said}");
    assert!(!place.folder.join("data").exists(), "nothing was touched");
    std::fs::remove_dir_all(place.folder).expect("removed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_backup_of_keys_is_destroyed_by_the_next() {
    let bed = Bed::new().await;
    let old = Backups::of(&bed).await;
    bed.advance(jiff::SignedDuration::from_hours(31 * 24));
    let mut to = old.keys.clone().into_os_string();
    to.push("-2");
    let to = PathBuf::from(to);
    let report = backup::run(&bed.settings, What::Keys, &to, &*bed.clock).await;
    let report = report.expect("backed up");
    assert_eq!(report.destroyed.len(), 1);
    assert!(!old.keys.exists() && to.exists());
    std::fs::remove_dir_all(to).expect("removed");
}
