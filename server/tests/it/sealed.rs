//! Words that were put into the product are found nowhere in clear: not in the
//! database, its log, the key store, the files, nor in what the program logs.

use std::path::Path;

use testing::Canary;
use vault::Suite;

use super::{bed::Bed, logs::Logs};

/// Puts words everywhere a person, a professional or software can, and gives them.
async fn life(bed: &Bed) -> Vec<Canary> {
    let cast = fiction::cast(bed.demo.app.now());
    let staff = fiction::staff();
    let (software, token) = bed.software("demo-labo", "Laboratoire Mirabelle-77").await;
    let bundle = bed.deposit_for("Camille", 1, |document| {
        document.title = "Compte rendu Tournesol-31".to_owned();
        document.description = Some("Remarque Coquelicot-58".to_owned());
        document.bytes = "Contenu Aubépine-24, texte fictif.".into();
    });
    software.deposit(&token, &bundle).await.expect("deposited");

    let camille = bed.sign_in("Camille").await;
    camille.get("/documents/ajouter").await.expect("page");
    let fields = [
        ("titre", "Note Églantine-93"),
        ("date", "2026-05-02"),
        ("categorie", "AUTR_DOC"),
        ("visibilite", "visible"),
    ];
    let file: &[u8] = "Pensées de Camélia-65, à garder.".as_bytes();
    let page = camille
        .upload(
            "/documents/ajouter",
            &fields,
            &[("fichier", "Capucine-12.txt", file)],
        )
        .await
        .expect("page");
    assert!(page.status.is_success(), "{}", page.words());
    assert!(
        camille
            .get("/documents")
            .await
            .expect("page")
            .has("Églantine-93"),
        "{}",
        page.words()
    );

    let (measure, value) = super::measures::weight(&camille, "83,25").await;
    let here = format!("/mesures/{measure}/{value}/corriger");
    let noted = [
        ("valeur", "83,25"),
        ("date", "2026-05-02"),
        ("heure", "08:30"),
        ("remarque", "Après Pivoine-47"),
    ];
    let page = camille.post(&here, &noted).await.expect("page");
    assert!(page.has("Pivoine-47"), "{}", page.words());

    let doctor = bed.professional("Martin").await;
    let consented = bed.consent(&doctor, "Camille").await;
    let record = doctor.get(&consented.path).await.expect("page");
    assert!(record.has("Tournesol-31"), "{}", record.words());
    for link in record
        .links("/pro/patients/")
        .iter()
        .filter(|link| link.contains("/documents/"))
        .take(3)
    {
        doctor.get(link).await.expect("page");
    }
    bed.read().await;
    for here in [
        "/documents/recherche",
        &format!("{}/recherche", consented.path),
    ] {
        let who = if here.starts_with("/pro") {
            &doctor
        } else {
            &camille
        };
        who.get(here).await.expect("the form");
        let sought = [("q", "Giroflée-46 Aubépine-24")];
        let page = who.post(here, &sought).await.expect("page");
        assert!(page.has("Giroflée-46"), "{}", page.words());
        assert!(page.has("Tournesol-31"), "{}", page.words());
    }
    for page in ["/acces", "/historique", "/notifications", "/parametres"] {
        camille.get(page).await.expect("page");
    }
    bed.work().await;

    let martin = staff.anne.clone();
    let written = [
        "Tournesol-31",
        "Coquelicot-58",
        "Aubépine-24",
        "Églantine-93",
        "Camélia-65",
        "Capucine-12",
        "Giroflée-46",
        "Pivoine-47",
        "giroflee",
        "Mirabelle-77",
        cast.camille.traits.birth_family_name.as_str(),
        cast.camille.number(),
        cast.camille.card.as_str(),
        cast.camille.email.as_deref().expect("an address"),
        cast.yvette.traits.birth_family_name.as_str(),
        "camille.demo",
        martin.rpps,
        martin.facility().name,
    ];
    let canary = |word| Canary::new(word).with_dictionaries(&vault::DICTIONARIES);
    written.into_iter().map(canary).collect()
}

/// Which of the words are found below a folder: in the files as they lie, and in every column
/// of the databases (a value may be spread over pages of the file).
fn found(canaries: &[Canary], folder: &Path) -> Vec<String> {
    let mut words = Vec::new();
    for canary in canaries {
        for file in canary.files_with(folder).expect("files") {
            let file = file
                .strip_prefix(folder)
                .unwrap_or(&file)
                .display()
                .to_string();
            words.push(format!("{} in {file}", canary.word()));
        }
    }
    for database in ["data/carnet.db", "keys.db"] {
        for (place, value) in columns(&folder.join(database)) {
            let told = canaries.iter().filter(|canary| canary.is_in(&value));
            words.extend(told.map(|canary| format!("{} in {place}", canary.word())));
        }
    }
    words
}

/// Every value of every table.
fn columns(database: &Path) -> Vec<(String, Vec<u8>)> {
    let open =
        rusqlite::Connection::open_with_flags(database, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY);
    let open = open.expect("opens");
    let mut tables = open
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .expect("reads");
    let tables = tables
        .query_map([], |row| row.get::<_, String>(0))
        .expect("reads");
    let mut values = Vec::new();
    for table in tables.map(|table| table.expect("a name")) {
        let mut all = open
            .prepare(&format!("SELECT * FROM {table}"))
            .expect("reads");
        let count = all.column_count();
        let mut rows = all.query([]).expect("reads");
        while let Some(row) = rows.next().expect("reads") {
            for column in 0..count {
                if let Ok(bytes) = row.get_ref(column).expect("a column").as_bytes() {
                    values.push((format!("{table}.{column}"), bytes.to_vec()));
                }
            }
        }
    }
    values
}

#[tokio::test]
async fn no_word_is_found_in_clear() {
    let logs = Logs::start();
    let bed = Bed::sealed_with(Suite::Aes256Gcm).await;
    let canaries = life(&bed).await;
    assert_eq!(
        found(&canaries, bed.folder()),
        Vec::<String>::new(),
        "while running"
    );

    let logged = logs.text().into_bytes();
    assert!(!logged.is_empty(), "something was logged");
    for canary in &canaries {
        assert!(!canary.is_in(&logged), "{} is in the logs", canary.word());
    }
    for (_, message) in bed.demo.outbox.messages() {
        let words = format!("{} {}", message.subject, message.body);
        let told = canaries
            .iter()
            .find(|canary| canary.is_in(words.as_bytes()));
        assert!(told.is_none(), "{told:?} left in {words}");
    }
}

/// Without a cipher the same search finds the words: it would notice.
#[tokio::test]
async fn without_a_cipher_the_words_are_found() {
    let bed = Bed::sealed_with(Suite::Null).await;
    let canaries = life(&bed).await;
    let words = found(&canaries, bed.folder()).join("\n");
    for word in [
        "Tournesol-31",
        "Coquelicot-58",
        "Aubépine-24",
        "Églantine-93",
        "Camélia-65",
        "Giroflée-46",
        "Pivoine-47",
        "Mirabelle-77",
    ] {
        assert!(
            words.contains(word),
            "{word} was not found, so nothing is proved by not finding it:\n{words}"
        );
    }
}
