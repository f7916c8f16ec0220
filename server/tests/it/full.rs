//! The disk of the server is full: people read that nothing was kept and nothing is lost, software a
//! status that it understands, and all goes on once there is room.

use std::{fs, io::Write as _, path::Path, process::Command};

use vault::Suite;

use super::bed::{Bed, Place};

/// Gives a folder a small disk of its own; false where the test may not.
fn mounted(folder: &Path) -> bool {
    fs::create_dir_all(folder).expect("a folder");
    let done = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64m", "tmpfs"])
        .arg(folder)
        .output();
    done.is_ok_and(|done| done.status.success())
}

struct Unmount(std::path::PathBuf);

impl Drop for Unmount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = fs::remove_dir(&self.0);
    }
}

/// Takes all the room that is left; the file is to be removed again.
fn fill(path: &Path) {
    let mut file = fs::File::create(path).expect("made");
    let chunk = vec![0; 1 << 16];
    while file.write_all(&chunk).is_ok() {}
    while file.write_all(&[0]).is_ok() {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_in_plain_words_and_nothing_is_half_kept() {
    let place = Place::new();
    if place.databases.is_some() || !mounted(&place.folder) {
        return println!("skipped: no disk of its own");
    }
    let _unmount = Unmount(place.folder.clone());
    let start = "2026-06-12T08:00:00Z".parse().expect("an instant");
    let bed = Bed::at(place, start, 1, Suite::default()).await;
    let camille = bed.sign_in("Camille").await;
    let (hospital, token) = bed.software("chu", "CHU fictif").await;
    let add = async |title: &str| {
        camille.get("/documents/ajouter").await.expect("page");
        let mut pdf = format!("%PDF-1.4\n% {title}\n").into_bytes();
        pdf.resize(3_000_000, b' ');
        pdf.extend_from_slice(b"1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");
        let fields = [
            ("titre", title),
            ("date", "2026-06-01"),
            ("categorie", "CPT_REND"),
            ("visibilite", "visible"),
        ];
        let files = [("fichier", "bilan.pdf", pdf.as_slice())];
        camille
            .upload("/documents/ajouter", &fields, &files)
            .await
            .expect("page")
    };
    add("Bilan d’avant").await;
    let filler = bed.folder().join("filler");
    fill(&filler);

    let page = add("Bilan de trop").await;
    assert_eq!(page.status, 507, "{}", page.words());
    for words in [
        "n’a plus de place",
        "rien de ce qui l’était déjà n’est perdu",
        "réessayez plus tard",
    ] {
        assert!(page.has(words), "{words}: {}", page.words());
    }
    let bundle = bed.deposit_for("Camille", 1, |document| {
        let mut bytes = vec![b' '; 2_000_000];
        bytes[..6].copy_from_slice(b"Texte.");
        document.bytes = bytes;
    });
    let refused = format!(
        "{:#}",
        hospital
            .deposit(&token, &bundle)
            .await
            .expect_err("refused")
    );
    assert!(refused.contains("507"), "{refused}");
    // What leaves no line is still read, and the session holds.
    bed.advance(jiff::SignedDuration::from_mins(3));
    for path in ["/accueil", "/notifications", "/aide"] {
        let page = camille.get(path).await.expect("page");
        assert!(
            page.status == 200 && page.path == path,
            "{path}: {}",
            page.words()
        );
    }

    fs::remove_file(&filler).expect("removed");
    let list = camille.get("/documents").await.expect("page");
    assert!(
        list.has("Bilan d’avant") && !list.has("Bilan de trop"),
        "{}",
        list.words()
    );
    add("Bilan d’après").await;
    hospital.deposit(&token, &bundle).await.expect("deposited");
    let list = camille.get("/documents").await.expect("page");
    assert!(list.has("Bilan d’après"), "{}", list.words());
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}
