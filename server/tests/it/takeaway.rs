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

async fn ask(bed: &Bed, person: &Visitor) {
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
