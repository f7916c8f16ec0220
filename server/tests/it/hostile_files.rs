//! Hostile files through both forms that take files: a person's own, and a professional's deposit.
//!
//! One table for both. What is refused is said in French, nothing typed is lost and nothing is kept;
//! what is kept is given back as what it is, where nothing in it can run.

use testing::{Page, Visitor};

use super::{
    bad_input::{BadFile, PDF, TITLE, bad_files, kept},
    bed::{Bed, link},
};

/// A form that takes files.
struct Door<'a> {
    name: &'static str,
    who: &'a Visitor,
    form: String,
    /// What is typed beside the files.
    typed: Vec<(&'static str, &'static str)>,
    /// A field, a value that it does not take, and what is said of it.
    wrong: Vec<(&'static str, &'static str, &'static str)>,
}

impl Door<'_> {
    async fn send(&self, typed: &[(&str, &str)], file: (&str, &[u8])) -> Page {
        self.who.get(&self.form).await.expect("a page");
        let files = [("fichier", file.0, file.1)];
        let page = self.who.upload(&self.form, typed, &files).await;
        page.expect("a page")
    }

    /// The typed fields with one of them otherwise.
    fn but<'v>(&self, field: &str, value: &'v str) -> Vec<(&'static str, &'v str)> {
        let typed = self.typed.iter();
        let changed =
            typed.map(|(name, known)| (*name, if *name == field { value } else { known }));
        changed.collect()
    }

    /// Where the documents are that came through here.
    fn list(&self) -> String {
        match self.form.strip_suffix("/deposer") {
            Some(record) => format!("{record}/documents"),
            None => "/documents".to_owned(),
        }
    }
}

fn person(who: &Visitor) -> Door<'_> {
    Door {
        name: "the person",
        who,
        form: "/documents/ajouter".to_owned(),
        typed: vec![
            ("titre", TITLE),
            ("date", "2026-05-02"),
            ("categorie", "AUTR_DOC"),
            ("visibilite", "visible"),
        ],
        wrong: vec![
            ("categorie", "../../etc/passwd", "Choisissez la catégorie"),
            ("visibilite", "tous", "Choisissez qui peut lire"),
        ],
    }
}

fn professional<'a>(who: &'a Visitor, record: &str) -> Door<'a> {
    Door {
        name: "the professional",
        who,
        form: format!("{record}/deposer"),
        typed: vec![
            ("titre", TITLE),
            ("date", "2026-05-02"),
            ("type", "11488-4"),
            ("moment", "tout-de-suite"),
        ],
        wrong: vec![
            ("type", "../../etc/passwd", "Choisissez le type du document"),
            ("type", "DOCPAT05", "Choisissez le type du document"),
            ("moment", "jamais", "Choisissez quand la personne voit"),
        ],
    }
}

/// What both forms refuse beside what no record takes: files that are called otherwise than they are.
fn disguised() -> Vec<BadFile> {
    const ARCHIVE: &str = "c’est une archive";
    const ACTIVE: &str = "page web ou un script";
    // Forty bytes that say they hold four gigabytes.
    let mut bomb = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
    bomb.extend([0; 12]);
    bomb.extend(b"\xff\xff\xff\xff\x05\0\0\0a.txt");
    vec![
        (
            "HTML called PDF",
            "a.pdf",
            b"<!DOCTYPE html><p>x".to_vec(),
            ACTIVE,
            422,
        ),
        (
            "SVG called PDF",
            "a.pdf",
            b"<svg onload=\"alert(1)\"/>".to_vec(),
            ACTIVE,
            422,
        ),
        (
            "a script in a text",
            "a.txt",
            b"Bonjour <script>alert(1)</script>".to_vec(),
            ACTIVE,
            422,
        ),
        (
            "a page before a PDF",
            "a.pdf",
            [b"<html>", PDF].concat(),
            ACTIVE,
            422,
        ),
        ("a ZIP that swells", "a.pdf", bomb, ARCHIVE, 422),
        (
            "a GZIP that swells",
            "a.txt",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec(),
            ARCHIVE,
            422,
        ),
        (
            "a shell script",
            "a.txt",
            b"#!/bin/sh\nrm -rf /\n".to_vec(),
            "c’est un programme",
            422,
        ),
        (
            "a spreadsheet",
            "a.pdf",
            b"PK\x03\x04[Content_Types].xml xl/".to_vec(),
            "bureautique",
            422,
        ),
        (
            "a moving image",
            "a.png",
            b"GIF89a<script>".to_vec(),
            "ce format d’image",
            422,
        ),
        (
            "nothing that is known",
            "a.pdf",
            vec![0x80, 0, 1, 2],
            "n’est pas accepté",
            422,
        ),
    ]
}

/// What no page shows of a name.
const UNSEEN: [&str; 8] = [
    "\u{1}", "\u{7f}", "\u{1b}", "\u{200b}", "\u{202e}", "\u{2067}", "\u{feff}", "\u{ad}",
];

/// A document without a typed title is called after its file, without what is not seen of that.
async fn called_after_their_file(door: &Door<'_>) {
    for (n, name) in [
        "Relev\u{200b}é\u{202e}fdp",
        "Rele\u{ad}vé\u{1}fdp",
        "Relevé\u{7f}\u{feff}fdp",
    ]
    .into_iter()
    .enumerate()
    {
        let file = format!("{name} {n}.pdf");
        // The same file is not taken twice.
        let bytes = [PDF, format!("% {n}\n").as_bytes()].concat();
        let done = door.send(&door.but("titre", ""), (&file, &bytes)).await;
        assert_eq!(done.status, 200, "{}: {}", door.name, done.words());
        let list = door.who.get(&door.list()).await.expect("a page");
        let called = format!("Relevé fdp {n}");
        assert!(
            list.has(&called),
            "{}, {name:?}: {}",
            door.name,
            list.words()
        );
        let address = link(&list, &called);
        let shown = door.who.get(&address).await.expect("a page");
        for never in UNSEEN {
            assert!(!list.has(never) && !shown.has(never), "{never:?}");
        }
    }
}

async fn refusals(bed: &Bed, door: &Door<'_>) {
    door.who.get(&door.form).await.expect("a page");
    // Who looks at the form leaves a line; what a file leaves is a file and a name.
    let left = async || {
        let (_, files, names) = kept(bed).await;
        (files, names)
    };
    let before = left().await;
    for (why, name, bytes, words, _) in bad_files().into_iter().chain(disguised()) {
        let page = door.send(&door.typed, (name, &bytes)).await;
        let at = format!("{}, {why}", door.name);
        assert_eq!(page.status, 422, "{at}: {}", page.words());
        assert!(page.has(words), "{at}: {}", page.words());
        let typed = page.has(TITLE) && page.has("2026-05-02");
        assert!(typed, "{at}: what was typed is lost");
        assert_eq!(left().await, before, "{at}");
    }
    let long = "é".repeat(101);
    let shared = [
        ("titre", "Bilan\0caché", "caractère invisible"),
        ("titre", "Bilan\u{1b}[2J", "caractère invisible"),
        ("titre", "Bilan\u{202e}fdp.exe", "caractère invisible"),
        ("titre", "Bi\u{200b}lan", "caractère invisible"),
        ("titre", "Bi\u{2060}lan\u{ad}", "caractère invisible"),
        ("titre", "Bilan\u{2067}fdp", "caractère invisible"),
        ("titre", long.as_str(), "100 caractères au plus"),
        ("date", "2026-02-30", "une date qui existe"),
        ("date", "2030-01-01", "dans le futur"),
    ];
    for (field, value, words) in shared.into_iter().chain(door.wrong.iter().copied()) {
        let page = door.send(&door.but(field, value), ("bilan.pdf", PDF)).await;
        let at = format!("{}, {field} « {value} »", door.name);
        assert_eq!(page.status, 422, "{at}: {}", page.words());
        assert!(page.has(words), "{at}: {}", page.words());
        assert!(
            field == "titre" || page.has(TITLE),
            "{at}: what was typed is lost"
        );
        assert_eq!(left().await, before, "{at}");
    }
    // A refused file is named by the end of its name, as it is read.
    for name in [
        "../../../etc/cron.d/x.exe",
        "C:\\Windows\\x.exe",
        "facture\u{202e}fdp.exe",
        "fac\u{200b}ture\u{2067}fdp\u{feff}.exe",
        "facture\u{1}\u{7f}.exe",
        "facture\u{1b}[2J\n.exe",
        "<img src=x onerror=alert(1)>.exe",
    ] {
        let page = door.send(&door.typed, (name, b"MZ\x90\0")).await;
        assert_eq!(page.status, 422, "{name}: {}", page.words());
        assert!(page.has("c’est un programme"), "{name}: {}", page.words());
        assert!(
            page.has(TITLE),
            "{}, {name:?}: what was typed is lost",
            door.name
        );
        for never in ["cron.d", "Windows", "<img src=x"].iter().chain(&UNSEEN) {
            assert!(!page.has(never), "{}, {name} shows {never:?}", door.name);
        }
        assert_eq!(left().await, before, "{name}");
    }
}

/// Files that are what they say and more: kept, and given back where nothing of them can run.
fn kept_files() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let script = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n\
        trailer<</Root 1 0 R>>\n%%EOF";
    let page: &[u8] = b"\n<html><script>alert(1)</script></html>";
    let jpeg: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
    let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    vec![
        (
            "a PDF with a script",
            script.to_vec(),
            "application/pdf",
            ".pdf",
        ),
        (
            "a PDF that is a page",
            [PDF, page].concat(),
            "application/pdf",
            ".pdf",
        ),
        (
            "an image that is a page",
            [jpeg, page].concat(),
            "image/jpeg",
            ".jpg",
        ),
        (
            "an image that is an archive",
            [png, b"PK\x03\x04"].concat(),
            "image/png",
            ".png",
        ),
        (
            "a text of marks",
            b"1 < 2 & <b>gras</b> \"'".to_vec(),
            "text/plain",
            ".txt",
        ),
    ]
}

async fn given_back(door: &Door<'_>) {
    for (n, (why, bytes, kind, ending)) in kept_files().into_iter().enumerate() {
        let title = format!("Fichier {n} de l’essai");
        let name = ["x\u{202e}fdp.exe", "x\u{1}\u{200b}.exe"][n % 2];
        let done = door.send(&door.but("titre", &title), (name, &bytes)).await;
        let at = format!("{}, {why}", door.name);
        assert_eq!(done.status, 200, "{at}: {}", done.words());
        let list = door.who.get(&door.list()).await.expect("a page");
        let address = link(&list, &title);
        let shown = door.who.get(&address).await.expect("a page");
        assert_eq!(shown.status, 200, "{at}: {}", shown.words());
        let mut addresses = vec![format!("{address}/original")];
        let text = shown.text();
        let within = text
            .split("src=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        addresses.extend(
            within
                .filter(|src| src.contains("/vue/"))
                .map(ToOwned::to_owned),
        );
        for address in addresses {
            let file = door.who.get(&address).await.expect("a file");
            let told = |name: &str| {
                let value = file.headers.get(name).and_then(|value| value.to_str().ok());
                value.unwrap_or_default().to_owned()
            };
            let original = address.ends_with("/original");
            assert_eq!(told("x-content-type-options"), "nosniff", "{at} {address}");
            let policy = told("content-security-policy");
            let shut = policy.contains("default-src 'none'") && !policy.contains("script-src");
            assert!(shut, "{at} {address}: {policy}");
            if original {
                assert_eq!(file.status, 200, "{at}: {}", file.text());
                assert_eq!(file.body, bytes, "{at}: as it came");
                assert!(
                    told("content-type").starts_with(kind),
                    "{at}: {}",
                    told("content-type")
                );
                let disposition = told("content-disposition");
                let fine = disposition.starts_with("attachment") && disposition.contains(ending);
                assert!(fine && !disposition.contains("exe"), "{at}: {disposition}");
            } else {
                assert!(
                    !told("content-type").starts_with("text/html") || policy.contains("sandbox"),
                    "{at} {address}: {} {policy}",
                    told("content-type")
                );
            }
        }
    }
}

#[tokio::test]
async fn both_forms_refuse_the_same_and_say_why() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    refusals(&bed, &person(&camille)).await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    refusals(&bed, &professional(&doctor, &record.path)).await;
    // A good file after all of these is taken.
    let door = professional(&doctor, &record.path);
    let done = door.send(&door.typed, ("bilan.pdf", PDF)).await;
    assert!(
        done.path.ends_with("/depots") && done.has(TITLE),
        "{}",
        done.words()
    );
}

#[tokio::test]
async fn what_is_kept_is_given_back_where_nothing_of_it_runs() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    given_back(&person(&camille)).await;
    called_after_their_file(&person(&camille)).await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    given_back(&professional(&doctor, &record.path)).await;
    called_after_their_file(&professional(&doctor, &record.path)).await;
    // Without a title, the name that lies gives none that does.
    let door = professional(&doctor, &record.path);
    let done = door
        .send(
            &door.but("titre", ""),
            ("../y\u{202e}fdp.exe", b"Une note."),
        )
        .await;
    assert!(done.path.ends_with("/depots"), "{}", done.words());
    assert!(
        !done.has("\u{202e}") && !done.has("../"),
        "{}",
        done.words()
    );
}
