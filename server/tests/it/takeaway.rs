//! Taking everything away: what an archive holds, for whom, and how long it can be fetched.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use fiction::Flag;
use jiff::SignedDuration;
use serde_json::Value;
use takeaway::Signature;
use testing::{Page, Visitor};

use super::bed::Bed;

const HERE: &str = "/parametres/emporter";
const ZIP: &str = "/parametres/emporter/carnet.zip";

/// The files of an archive, read by a crate that did not have to trust ours.
fn files(archive: &Page) -> BTreeMap<String, Vec<u8>> {
    assert_eq!(archive.status, 200, "{}", archive.words());
    assert_eq!(archive.headers["content-type"], "application/zip");
    let length = archive.headers["content-length"]
        .to_str()
        .expect("a length");
    assert_eq!(length, archive.body.len().to_string());
    let zip = zip::ZipArchive::new(Cursor::new(archive.body.to_vec()));
    let mut zip = zip.expect("an archive");
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a file");
        let name = file.name().expect("a name").into_owned();
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).expect("its bytes");
        assert!(files.insert(name, bytes).is_none(), "each name once");
    }
    files
}

pub async fn ask(bed: &Bed, person: &Visitor) {
    let page = person.get(HERE).await.expect("page");
    assert!(page.has("id=\"preparer\""), "{}", page.words());
    let page = person.post(HERE, &[]).await.expect("page");
    assert!(page.has("<progress") && page.has("0 %"), "{}", page.words());
    // Twice is once.
    let page = person.post(HERE, &[]).await.expect("page");
    assert!(page.has("<progress"), "{}", page.words());
    assert_eq!(person.get(ZIP).await.expect("page").status, 404);
    bed.pack().await;
}

#[tokio::test]
async fn a_person_takes_everything_away() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    super::measures::weight(&camille, "72.5").await;
    ask(&bed, &camille).await;
    bed.work().await;
    let sent = bed.demo.outbox.messages();
    assert!(sent.iter().any(|(_, one)| {
        one.body
            .contains("archive que vous avez demandée est prête")
    }));
    let page = camille.get(HERE).await.expect("page");
    assert!(
        page.has("Votre archive est prête") && page.has("id=\"telecharger\""),
        "{}",
        page.words()
    );
    let archive = camille.get(ZIP).await.expect("archive");
    let files = files(&archive);
    let text = |name: &str| {
        let bytes = files
            .get(name)
            .unwrap_or_else(|| panic!("{name}: {:?}", files.keys()));
        String::from_utf8(bytes.clone()).expect("text")
    };

    // The manifest says what is there, and is signed by the installation.
    let manifest: Value = serde_json::from_str(&text("CARNET/MANIFEST.JSON")).expect("JSON");
    let signature = serde_json::from_str::<Signature>(&text("CARNET/SIGNATURE.JSON"));
    let signature = signature.expect("a signature");
    let mut signed = files["CARNET/MANIFEST.JSON"].clone();
    assert!(signature.vouches_for(&signed));
    signed[10] ^= 1;
    assert!(!signature.vouches_for(&signed));
    let documents = manifest["documents"].as_array().expect("documents");
    assert!(documents.len() > 5);
    for document in documents {
        let file = document["file"].as_str().expect("a file");
        let bytes = &files[file];
        assert_eq!(document["sha256"], takeaway::digest_of(bytes), "{file}");
        let (stem, ending) = file
            .rsplit('/')
            .next()
            .expect("a name")
            .split_once('.')
            .expect("an ending");
        assert!(stem.len() <= 8 && ending.len() <= 3, "{file}");
    }

    // Pages to read: every title, no script, nothing fetched.
    let index = text("INDEX.HTM");
    assert!(index.contains("Desrosiers") && index.contains("Par catégorie"));
    for document in documents {
        let file = document["file"].as_str().expect("a file");
        assert!(index.contains(&format!("href=\"{file}\"")), "{file}");
    }
    for (name, bytes) in &files {
        if name.ends_with(".HTM") {
            let page = String::from_utf8_lossy(bytes);
            assert!(
                !page.contains("<script")
                    && !page.contains("://fonts")
                    && !page.contains("src=\"http"),
                "{name}"
            );
            for link in page
                .split("href=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
            {
                let there =
                    link.starts_with('#') || link.starts_with("../") || link.starts_with("http");
                assert!(there || files.contains_key(link), "{name} leads to {link}");
            }
        }
    }

    // For software.
    let metadata = text("IHE_XDM/SUBSET01/METADATA.XML");
    let xml = roxmltree::Document::parse(&metadata).expect("XML");
    let entries = xml
        .descendants()
        .filter(|node| node.tag_name().name() == "ExtrinsicObject");
    assert_eq!(entries.count(), documents.len());
    let bundle: Value = serde_json::from_slice(&files["FHIR/BUNDLE.JSON"]).expect("JSON");
    let kinds = |kind: &str| {
        let all = bundle["entry"].as_array().expect("entries").iter();
        all.filter(|entry| entry["resource"]["resourceType"] == kind)
            .count()
    };
    assert_eq!(kinds("DocumentReference"), documents.len());
    assert_eq!(kinds("Patient"), 1);
    assert!(kinds("Observation") > 5);
    // What was measured is there too.
    let weight = |one: &Value| one["resource"]["code"]["coding"][0]["code"] == "29463-7";
    let entries = bundle["entry"].as_array().expect("entries");
    assert_eq!(entries.iter().filter(|one| weight(one)).count(), 1);
    assert!(text("README.TXT").contains("INDEX.HTM"));

    let history = camille.get("/historique").await.expect("page");
    for words in [
        "Demande d’une archive",
        "Préparation de l’archive",
        "Téléchargement de l’archive",
    ] {
        assert!(history.has(words), "{words}");
    }
    let blobs = bed.folder().join("data").join("blobs");
    let stored = testing::stored_bytes(&blobs);
    assert!(stored > archive.body.len(), "it lies there, sealed");

    // A screen left open gives nothing away, and the link ends.
    bed.advance(SignedDuration::from_mins(6));
    let page = camille.get(ZIP).await.expect("page");
    assert_eq!(page.path, "/verification", "{}", page.words());
    let page = camille.get(HERE).await.expect("page");
    assert_eq!(page.path, "/verification");
    bed.advance(SignedDuration::from_hours(24 * 7));
    bed.work().await;
    assert!(
        testing::stored_bytes(&blobs) + archive.body.len() <= stored,
        "its bytes are destroyed"
    );
    let camille = bed.sign_in("Camille").await;
    assert_eq!(camille.get(ZIP).await.expect("page").status, 404);
    let page = camille.get(HERE).await.expect("page");
    assert!(
        page.has("id=\"preparer\"") && !page.has("telecharger"),
        "{}",
        page.words()
    );
    // Nobody else has one.
    let karim = bed.sign_in("Karim").await;
    assert_eq!(karim.get(ZIP).await.expect("page").status, 404);
}

/// What a parent takes away of a child's space, with or without one more thing in it.
async fn of_a_child(with: Option<Flag>) -> (BTreeMap<String, Vec<u8>>, String) {
    let bed = Bed::seeded(46).await;
    let camille = bed.sign_in("Camille").await;
    let cast = fiction::cast(bed.demo.app.now());
    let mut all = cast.all().into_iter();
    let child = all.find(|person| person.name().starts_with("Jade"));
    let number = child.expect("a child").number();
    let row = bed.demo.app.store.insured(number, "").await;
    let record = row.expect("searched").expect("known").record;
    let record = record.expect("has a space").to_string();
    camille.get("/proches").await.expect("page");
    let inside = camille.post("/proches", &[("profil", &record)]).await;
    inside.expect("page");
    if let Some(flag) = with {
        let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
        let bundle = bed.deposit_for("Jade", 1, |document| document.flags = vec![flag]);
        software.deposit(&token, &bundle).await.expect("deposited");
        bed.work().await;
    }
    ask(&bed, &camille).await;
    let page = camille.get(HERE).await.expect("page").text();
    (files(&camille.get(ZIP).await.expect("archive")), page)
}

/// Byte for byte the same with and without what is hidden from who represents the child.
#[tokio::test]
async fn an_archive_of_a_representative_never_holds_what_is_hidden_from_them() {
    let (without, page) = of_a_child(None).await;
    let (with, other) = of_a_child(Some(Flag::Representatives)).await;
    assert_eq!(
        without.keys().collect::<Vec<_>>(),
        with.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &without {
        assert!(*bytes == with[name], "{name} differs");
    }
    assert_eq!(page, other);
    // The test can fail: what is not hidden is there.
    let (more, _) = of_a_child(Some(Flag::Professionals)).await;
    assert!(more.len() > without.len());
}

/// Somebody whose space was opened and activated just now, and is empty.
async fn newcomer(bed: &Bed, seed: u64) -> Visitor {
    let app = &bed.demo.app;
    let now = app.now();
    let people = fiction::people(&ambient::SeededRandom::new(seed), 20, now);
    let adult =
        |one: &&fiction::Person| one.age(now) > 20 && one.email.is_some() && one.mobile.is_some();
    let person = people.iter().find(adult).expect("an adult").clone();
    let told = account::Told::At(now - app.limits.opposition);
    let registry = fiction::insured_csv([&person]);
    let report = account::import(app, ins::oid::TEST, told, registry.as_bytes(), |_| {}).await;
    assert_eq!(report.expect("imported").refused, 0);
    bed.work().await;
    let visitor = bed.visitor();
    let login = format!("nouveau{seed}");
    let activated = carnet::demo::activate(&bed.demo, &visitor, &person, &login).await;
    activated.expect("activated");
    visitor
}

async fn bring(visitor: &Visitor, archive: &[u8]) -> Page {
    let form = visitor.get("/parametres/rapporter").await.expect("page");
    assert!(form.has("id=\"rapporter\""), "{}", form.words());
    let files = [("archive", "carnet.zip", archive)];
    let page = visitor.upload("/parametres/rapporter", &[], &files).await;
    page.expect("page")
}

/// An archive of these files, by nobody.
fn zipped(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), stored).expect("a file");
        std::io::Write::write_all(&mut zip, bytes).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

fn replaced(bytes: &[u8], what: &[u8], with: &[u8]) -> Vec<u8> {
    assert_eq!(what.len(), with.len());
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = bytes[at..]
        .windows(what.len())
        .position(|here| here == what)
    {
        bytes[at + found..at + found + what.len()].copy_from_slice(with);
        at += found + what.len();
    }
    bytes
}

/// Changes a number of the first line of the archive's directory.
fn in_directory(bytes: &[u8], offset: usize, with: &[u8]) -> Vec<u8> {
    let at = bytes.windows(4).position(|here| here == b"PK\x01\x02");
    let at = at.expect("a directory") + offset;
    let mut bytes = bytes.to_vec();
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

#[tokio::test]
async fn an_archive_is_brought_back_under_ones_own_name_unless_it_is_vouched_for() {
    let here = Bed::new().await;
    let camille = here.sign_in("Camille").await;
    ask(&here, &camille).await;
    let archive = camille.get(ZIP).await.expect("archive");
    let content = files(&archive);
    let manifest: takeaway::Manifest =
        serde_json::from_slice(&content["CARNET/MANIFEST.JSON"]).expect("JSON");
    let has_author = |one: &&takeaway::Listed| !one.by_holder && !one.author.is_empty();
    let theirs = manifest.documents.iter().find(has_author);
    let theirs = theirs.expect("a document of an author");

    // In an installation that does not know the one that made it.
    let there = Bed::at(
        super::bed::Place::new(),
        here.demo.app.now(),
        9,
        vault::Suite::default(),
    )
    .await;
    let new = newcomer(&there, 31).await;
    let page = bring(&new, &archive.body).await;
    let count = format!("{} documents sont ajoutés", manifest.documents.len());
    assert!(
        page.has(&count) && page.has("apportés par vous"),
        "{}",
        page.words()
    );
    let list = new.get("/documents").await.expect("page");
    let text = list.text();
    let before = text.split(theirs.title.as_str()).next().expect("there");
    let link = before
        .rsplit("href=\"")
        .next()
        .and_then(|rest| rest.split('"').next());
    let document = new.get(link.expect("a link")).await.expect("page");
    assert!(document.has("par vous"), "{}", document.words());
    assert!(!list.has(&theirs.author), "{}", list.words());
    // A space that holds something takes no archive.
    let page = new.get("/parametres/rapporter").await.expect("page");
    assert!(page.has("contient déjà des documents"), "{}", page.words());

    // Once the operator trusts it, authors stay authors.
    let signature: Signature =
        serde_json::from_slice(&content["CARNET/SIGNATURE.JSON"]).expect("JSON");
    there
        .demo
        .app
        .gate
        .change_rules(|rules| rules.trusted_archives = vec![signature.key.clone()]);
    let other = newcomer(&there, 32).await;
    let page = bring(&other, &archive.body).await;
    assert!(page.has("installation de confiance"), "{}", page.words());
    let list = other.get("/documents").await.expect("page");
    assert!(list.has(&theirs.author), "{}", list.words());
    // Changed by somebody, it is nobody's word any more.
    let mut changed = content.clone();
    let said = replaced(
        &content["CARNET/MANIFEST.JSON"],
        b"carnet.test",
        b"carnet.tost",
    );
    changed.insert("CARNET/MANIFEST.JSON".to_owned(), said);
    let third = newcomer(&there, 33).await;
    let page = bring(&third, &zipped(&changed)).await;
    assert!(page.has("apportés par vous"), "{}", page.words());
}

/// What one measured comes back as one's own word, once, whatever else an archive claims.
#[tokio::test]
async fn measures_come_back_as_brought_by_the_person() {
    let here = Bed::new().await;
    let camille = here.sign_in("Camille").await;
    super::measures::weight(&camille, "72,5").await;
    ask(&here, &camille).await;
    let archive = camille.get(ZIP).await.expect("archive");
    let mut content = files(&archive);
    // Somebody adds a second weight of the same day, one that nobody has, one of tomorrow, and a
    // name that would lead out of its page.
    let bundle = String::from_utf8(content["FHIR/BUNDLE.JSON"].clone()).expect("text");
    let mine = bundle
        .lines()
        .find(|line| line.contains("\"29463-7\""))
        .expect("the weight");
    let mine: Value = serde_json::from_str(mine.trim_start_matches(',')).expect("JSON");
    let other = |value: f64, at: &str| {
        let mut other = mine.clone();
        other["resource"]["id"] = "../../x".into();
        other["resource"]["valueQuantity"]["value"] = value.into();
        other["resource"]["effectiveDateTime"] = at.into();
        other.to_string()
    };
    let more = [
        other(73.5, "2026-05-02T08:00:00Z"),
        other(4_000.0, "2026-05-02T09:00:00Z"),
        other(74.5, "2099-05-02T09:00:00Z"),
        mine.to_string(),
    ];
    let end = bundle.rfind("]}").expect("an end");
    let bundle = format!("{},{}]}}", &bundle[..end], more.join(","));
    content.insert("FHIR/BUNDLE.JSON".to_owned(), bundle.into_bytes());

    let new = newcomer(&here, 35).await;
    let page = bring(&new, &zipped(&content)).await;
    for said in [
        "2 mesures sont ajoutées aussi",
        "1 mesure y était déjà",
        "2 mesures ne sont pas ajoutées",
    ] {
        assert!(page.has(said), "{said} in {}", page.words());
    }
    let word = super::measures::word(&new, "Poids").await;
    let values = new.get(&format!("/mesures/{word}")).await.expect("page");
    assert!(
        values.has("Apportée par vous, d’une archive") && values.text().contains("72,5\u{a0}kg"),
        "{}",
        values.words()
    );
    assert!(!values.text().contains("4000") && !values.text().contains("74,5"));
    // It is the person's: they correct it, and then it is what they typed.
    let links = values.links(&format!("/mesures/{word}/"));
    let links: Vec<&String> = links
        .iter()
        .filter(|link| link.ends_with("/corriger"))
        .collect();
    assert_eq!(links.len(), 2, "{links:?}");
    for link in links {
        assert!(!link.contains(".."), "{link}");
        new.get(link).await.expect("page");
        let fields = [("valeur", "70"), ("date", "2026-05-03"), ("heure", "8 h")];
        new.post(link, &fields).await.expect("page");
    }
    let values = new.get(&format!("/mesures/{word}")).await.expect("page");
    assert!(!values.has("Apportée par vous"), "{}", values.words());

    // Data that is none leaves nothing behind.
    content.insert("FHIR/BUNDLE.JSON".to_owned(), b"[1,2".to_vec());
    let other = newcomer(&here, 36).await;
    let page = bring(&other, &zipped(&content)).await;
    assert_eq!(page.status, 422, "{}", page.words());
    let list = other.get("/documents").await.expect("page");
    assert!(list.has("Aucun document"), "{}", list.words());
}

#[tokio::test]
async fn hostile_archives_are_refused_and_leave_nothing() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    ask(&bed, &camille).await;
    let archive = camille.get(ZIP).await.expect("archive").body.to_vec();
    let content = files(&camille.get(ZIP).await.expect("archive"));
    let new = newcomer(&bed, 34).await;
    let mut without = content.clone();
    without.remove("CARNET/MANIFEST.JSON");
    let mut missing = content.clone();
    let first = content
        .keys()
        .find(|name| name.contains("/DOC"))
        .expect("a document");
    missing.remove(first);
    let mut altered = content.clone();
    altered.get_mut(first).expect("there")[20] ^= 1;
    let nested = BTreeMap::from([("a.zip".to_owned(), archive.clone())]);
    let cases: [(&str, Vec<u8>, &str); 12] = [
        ("nothing", vec![], "Choisissez le fichier"),
        (
            "no zip",
            b"%PDF-1.4 no archive".to_vec(),
            "pas une archive ZIP",
        ),
        (
            "cut",
            archive[..archive.len() - 40].to_vec(),
            "pas une archive ZIP",
        ),
        (
            "traversal",
            replaced(&archive, b"INDEX.HTM", b"../../etc"),
            "noms de fichiers",
        ),
        (
            "absolute",
            replaced(&archive, b"INDEX.HTM", b"/etc/pass"),
            "noms de fichiers",
        ),
        ("a bomb", in_directory(&archive, 10, &[8, 0]), "compressée"),
        (
            "lying sizes",
            in_directory(&archive, 24, &[0xFF, 0xFF, 0xFF, 0x7F]),
            "ment sur la taille",
        ),
        (
            "both lie",
            in_directory(
                &archive,
                20,
                &[0xF0, 0xFF, 0xFF, 0x7F, 0xF0, 0xFF, 0xFF, 0x7F],
            ),
            "ment sur la taille",
        ),
        (
            "nested",
            zipped(&nested),
            "pas une archive faite par Carnet",
        ),
        (
            "no manifest",
            zipped(&without),
            "pas une archive faite par Carnet",
        ),
        ("missing", zipped(&missing), "manque, ou a été changé"),
        ("altered", zipped(&altered), "manque, ou a été changé"),
    ];
    for (what, bytes, sentence) in cases {
        let page = bring(&new, &bytes).await;
        assert_eq!(page.status, 422, "{what} {}", page.words());
        assert!(page.has(sentence), "{what}: {}", page.words());
    }
    let list = new.get("/documents").await.expect("page");
    assert!(
        list.links("/documents/")
            .iter()
            .all(|link| link.split('/').nth(2).is_none_or(|id| id.len() != 32))
    );
}
