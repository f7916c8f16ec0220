//! Bad input of every kind, through both doors: the form of a person, the API of software.
//!
//! Whatever comes, the answer is a clear page in French or an `OperationOutcome`, nothing of it is
//! kept, and nothing that was typed is lost.

use std::path::Path;

use axum::body::Body;
use http::{Request, header};
use serde_json::{Value, json};
use testing::{Page, Visitor};

use super::bed::Bed;

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
const FORM: &str = "/documents/ajouter";
pub const TITLE: &str = "Bilan d’été";

/// Everything that refused input could have left: entries of every record, files, names.
pub async fn kept(bed: &Bed) -> (u64, usize, usize) {
    let gate = &bed.demo.app.gate;
    let mut entries = 0;
    for record in gate.records().await.expect("records") {
        entries += gate.verify(record).await.expect("verified").entries;
    }
    let data = bed.folder().join("data");
    (
        entries,
        files(&data.join("blobs")),
        names(&data.join("carnet.db")),
    )
}

fn files(folder: &Path) -> usize {
    let inside = std::fs::read_dir(folder).expect("a folder").flatten();
    let count = |path: std::path::PathBuf| if path.is_dir() { files(&path) } else { 1 };
    inside.map(|entry| count(entry.path())).sum()
}

/// Names in the locator; nothing to read where the database is PostgreSQL.
fn names(database: &Path) -> usize {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let Ok(open) = rusqlite::Connection::open_with_flags(database, flags) else {
        return 0;
    };
    let count = open.query_row("SELECT count(*) FROM locator", [], |row| {
        row.get::<_, i64>(0)
    });
    usize::try_from(count.unwrap_or_default()).expect("a count")
}

/// Nested 10,000 deep.
fn nested(open: &str, middle: &str, close: &str) -> String {
    [&open.repeat(10_000), middle, &close.repeat(10_000)].concat()
}

/// A file that no record takes: why, its name, its bytes, words of the page, status of the API.
pub type BadFile = (&'static str, &'static str, Vec<u8>, &'static str, u16);

pub fn bad_files() -> Vec<BadFile> {
    const DAMAGED: &str = "(XML) est abîmé";
    const ACTIVE: &str = "page web ou un script";
    let cda = |inside: &str| {
        let head = "<?xml version=\"1.0\"?>";
        format!("{head}{inside}").into_bytes()
    };
    let entities = "<!DOCTYPE ClinicalDocument [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\
                    <ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>&b;</title></ClinicalDocument>";
    let outside = "<!DOCTYPE ClinicalDocument [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                   <ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>&x;</title></ClinicalDocument>";
    let deep = format!(
        "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">{}</ClinicalDocument>",
        nested("<component>", "", "</component>")
    );
    vec![
        (
            "empty",
            "vide.pdf",
            vec![],
            "Choisissez au moins un fichier",
            400,
        ),
        (
            "oversized",
            "gros.pdf",
            [PDF, &vec![b' '; 5_000_000]].concat(),
            "dépasse 5",
            413,
        ),
        (
            "a program called PDF",
            "facture.pdf",
            b"MZ\x90\0\x03".to_vec(),
            "c’est un programme",
            422,
        ),
        (
            "an archive called image",
            "photo.jpg",
            b"PK\x03\x04\x14\0".to_vec(),
            "c’est une archive",
            422,
        ),
        (
            "an encrypted PDF",
            "secret.pdf",
            b"%PDF-1.7\ntrailer << /Root 1 0 R /Encrypt 8 0 R >>\n%%EOF".to_vec(),
            "protégé par un mot de passe",
            422,
        ),
        (
            "SVG called PNG",
            "image.png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            ACTIVE,
            422,
        ),
        (
            "HTML called JPEG",
            "photo.jpeg",
            b"<html><script>alert(1)</script></html>".to_vec(),
            ACTIVE,
            422,
        ),
        ("entities", "cr.xml", cda(entities), DAMAGED, 422),
        (
            "an entity from outside",
            "cr.xml",
            cda(outside),
            DAMAGED,
            422,
        ),
        ("XML nested 10,000 deep", "cr.xml", cda(&deep), DAMAGED, 422),
        (
            "XML cut short",
            "cr.xml",
            cda("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id root="),
            DAMAGED,
            422,
        ),
        (
            "NUL in a text",
            "note.txt",
            b"texte \0 fin".to_vec(),
            "n’est pas accepté",
            422,
        ),
        (
            "controls in a text",
            "note.txt",
            b"texte \x1b[2J fin".to_vec(),
            "n’est pas accepté",
            422,
        ),
    ]
}

async fn add(visitor: &Visitor, fields: &[(&str, &str)], file: (&str, &[u8])) -> Page {
    let files = [("fichier", file.0, file.1)];
    visitor.get(FORM).await.expect("a page");
    visitor.upload(FORM, fields, &files).await.expect("a page")
}

const FIELDS: [(&str, &str); 4] = [
    ("titre", TITLE),
    ("date", "2026-05-02"),
    ("categorie", "AUTR_DOC"),
    ("visibilite", "visible"),
];

#[tokio::test]
async fn a_name_like_a_path_is_a_name() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    // Only its last part is looked at, and nothing is written there.
    let page = add(
        &camille,
        &[("titre", ""), FIELDS[1], FIELDS[2], FIELDS[3]],
        ("../../../etc/cron.d/x.pdf", PDF),
    )
    .await;
    assert!(page.status == 200 && !page.has("../"), "{}", page.words());
    assert!(
        !page.has("cron.d") && page.path.starts_with("/documents/"),
        "{}",
        page.path
    );
}

#[tokio::test]
async fn broken_requests_end_in_a_page_and_leave_nothing() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let csrf = camille.get(FORM).await.expect("a page");
    let csrf = csrf
        .between("name=\"csrf\" value=\"", "\"")
        .expect("a token");
    let before = kept(&bed).await;
    let part = |head: &str, body: &str| {
        format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let token = part("name=\"csrf\"", &csrf);
    let file = part("name=\"fichier\"; filename=\"a.pdf\"", "%PDF-1.4");
    let whole = format!("{token}{file}--x--\r\n");
    let multipart = "multipart/form-data; boundary=x";
    let many = part("name=\"titre\"", "a").repeat(1_000);
    for (why, kind, body, status) in [
        (
            "cut in a file",
            multipart,
            whole.as_bytes()[..whole.len() - 12].to_vec(),
            400,
        ),
        (
            "cut in a head",
            multipart,
            token.as_bytes()[..40].to_vec(),
            400,
        ),
        (
            "no end",
            multipart,
            format!("{token}{file}").into_bytes(),
            400,
        ),
        (
            "another boundary",
            "multipart/form-data; boundary=y",
            whole.clone().into_bytes(),
            400,
        ),
        (
            "no boundary",
            "multipart/form-data",
            whole.clone().into_bytes(),
            400,
        ),
        ("another type", "application/json", b"{}".to_vec(), 400),
        ("no type", "", whole.clone().into_bytes(), 400),
        (
            "not UTF-8",
            multipart,
            [
                token.as_bytes(),
                part("name=\"titre\"", "x")
                    .replace('x', "\u{fffd}")
                    .as_bytes(),
                b"--x\r\nContent-Disposition: form-data; name=\"date\"\r\n\r\n\xff\r\n--x--\r\n",
            ]
            .concat(),
            400,
        ),
        (
            "NUL in a name",
            multipart,
            whole.replace("a.pdf", "a\0.pdf").into_bytes(),
            422,
        ),
        (
            "a thousand fields",
            multipart,
            format!("{token}{many}--x--\r\n").into_bytes(),
            413,
        ),
        (
            "a long field",
            multipart,
            format!(
                "{token}{}--x--\r\n",
                part("name=\"titre\"", &"a".repeat(5_000))
            )
            .into_bytes(),
            413,
        ),
    ] {
        let request = Request::post(FORM)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body));
        let page = camille
            .send(request.expect("a request"))
            .await
            .expect("an answer");
        assert_eq!(page.status, status, "{why}: {}", page.words());
        assert!(
            page.has("lang=\"fr\"") && page.has("<h1"),
            "{why}: {}",
            page.words()
        );
        assert_eq!(kept(&bed).await, before, "{why}");
    }
    for (why, path, body) in [
        ("not a form", "/connexion", &b"\xff\xfe=%zz&&&=="[..]),
        (
            "percent",
            "/connexion",
            b"identifiant=%00%ff%&mot-de-passe=%",
        ),
        ("percent", "/activation", b"nir=%00%0a&serie=%ff"),
    ] {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.to_vec()));
        let page = bed
            .visitor()
            .send(request.expect("a request"))
            .await
            .expect("an answer");
        assert!(
            page.status.is_client_error() && page.has("<h1"),
            "{why} {path}: {}",
            page.status
        );
    }
    for path in [
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/%00",
        "/documents/%ff%fe",
        "/assets/..%2f..%2fCargo.toml/x",
        "/assets/x/..%2f..%2f..%2fCargo.toml",
        "/langue/..%2f..",
        "/acces/blocages/%2e%2e/lever",
        "/parametres/contact/..%2f..%2fx",
        "//evil.example/%2e%2e",
    ] {
        let request = Request::get(path)
            .header("sec-fetch-site", "none")
            .body(Body::empty());
        let page = camille
            .send(request.expect("a request"))
            .await
            .expect("an answer");
        assert!(
            matches!(page.status.as_u16(), 400 | 404),
            "{path}: {}",
            page.status
        );
    }
    let back = camille
        .get("/langue/en?retour=//evil.example/")
        .await
        .expect("an answer");
    assert_eq!(back.path, "/accueil", "never to another site");
    assert_eq!(kept(&bed).await, before);
}

/// The document's own entry in a bundle.
fn reference(bundle: &mut Value) -> &mut Value {
    let entries = bundle["entry"].as_array_mut().expect("entries");
    let found = entries
        .iter_mut()
        .find(|entry| entry["resource"]["resourceType"] == "DocumentReference");
    &mut found.expect("a document")["resource"]
}

/// A refusal that software can read: a problem, in French, and where it stands.
fn refused(why: &str, page: &Page, status: &[u16], placed: bool) {
    assert!(
        status.contains(&page.status.as_u16()),
        "{why}: {} {}",
        page.status,
        page.text()
    );
    let outcome: Value = serde_json::from_slice(&page.body).expect(why);
    assert_eq!(outcome["resourceType"], "OperationOutcome", "{why}");
    let issue = &outcome["issue"][0];
    let words = [&issue["diagnostics"], &issue["details"]["text"]];
    assert!(
        words
            .iter()
            .any(|text| text.as_str().is_some_and(|text| text.len() > 10)),
        "{why}: {outcome}"
    );
    assert!(
        !placed || issue["expression"][0].is_string() || issue.to_string().contains("ligne "),
        "{why}: no place in {outcome}"
    );
}

#[tokio::test]
async fn the_api_answers_an_outcome_with_its_place_and_stores_nothing() {
    let bed = Bed::new().await;
    let (software, token) = bed.software("labo-strict", "Laboratoire fictif").await;
    let good = |n| bed.deposit_for("Camille", n, |_| {});
    let before = kept(&bed).await;
    for (n, (why, _, bytes, _, status)) in (100..).zip(bad_files()) {
        let bundle = bed.deposit_for("Camille", n, |document| document.bytes = bytes);
        let page = software
            .post(&token, "/fhir", &bundle)
            .await
            .expect("an answer");
        refused(why, &page, &[status, 422], status != 413);
        assert_eq!(kept(&bed).await, before, "{why}");
    }
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut bundle = good(200);
        change(reference(&mut bundle));
        bundle
    };
    let attachment = |name: &'static str, value: Value| {
        changed(&move |document| document["content"][0]["attachment"][name] = value.clone())
    };
    for (why, bundle) in [
        (
            "a lying hash",
            attachment("hash", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
        ),
        ("a lying size", attachment("size", json!(1))),
        (
            "a lying type",
            attachment("contentType", json!("image/png")),
        ),
        (
            "a path as title",
            attachment("title", json!("../../etc/passwd")),
        ),
        ("NUL in a title", attachment("title", json!("Bilan\0"))),
        (
            "a path as identifier",
            changed(&|d| d["masterIdentifier"]["value"] = json!("../../etc/passwd")),
        ),
        (
            "a long identifier",
            changed(&|d| d["masterIdentifier"]["value"] = json!("9".repeat(5_000))),
        ),
        (
            "NUL in an identifier",
            changed(&|d| d["masterIdentifier"]["value"] = json!("urn:oid:1.2\0")),
        ),
        (
            "a day that is none",
            changed(&|d| d["date"] = json!("2026-02-30T10:00:00Z")),
        ),
        ("another thing", json!({"resourceType": "Patient"})),
    ] {
        let page = software
            .post(&token, "/fhir", &bundle)
            .await
            .expect("an answer");
        refused(why, &page, &[400, 422], why != "another thing");
        assert_eq!(kept(&bed).await, before, "{why}");
    }
    let mut broken = good(300);
    for entry in broken["entry"].as_array_mut().expect("entries") {
        if entry["resource"]["resourceType"] == "Binary" {
            entry["resource"]["data"] = json!("***");
        }
    }
    let text = good(301).to_string();
    let send = async |kind: &str, body: Vec<u8>| {
        let request = Request::post("/fhir")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body));
        let visitor = bed.visitor();
        visitor
            .send(request.expect("a request"))
            .await
            .expect("an answer")
    };
    let fhir = "application/fhir+json";
    for (why, kind, body, status) in [
        ("broken Base64", fhir, broken.to_string().into_bytes(), 422),
        (
            "JSON cut short",
            fhir,
            text.as_bytes()[..text.len() / 2].to_vec(),
            400,
        ),
        ("nothing", fhir, vec![], 400),
        (
            "not UTF-8",
            fhir,
            b"{\"resourceType\": \"\xff\"}".to_vec(),
            400,
        ),
        (
            "nested 10,000 deep",
            fhir,
            nested("[", "", "]").into_bytes(),
            400,
        ),
        (
            "objects nested 10,000 deep",
            fhir,
            nested("{\"a\":", "1", "}").into_bytes(),
            400,
        ),
        ("a number without end", fhir, b"1e999999".to_vec(), 400),
        (
            "XML with an entity",
            fhir,
            b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>".to_vec(),
            400,
        ),
        ("another type", "text/html", text.clone().into_bytes(), 415),
        (
            "a form",
            "multipart/form-data; boundary=x",
            text.clone().into_bytes(),
            415,
        ),
        ("no type", "", text.clone().into_bytes(), 415),
        ("too long", fhir, vec![b' '; 20_000_001], 413),
    ] {
        let page = send(kind, body).await;
        refused(why, &page, &[status], false);
        assert_eq!(kept(&bed).await, before, "{why}");
    }
    // The same software is heard when it speaks well.
    software
        .deposit(&token, &good(302))
        .await
        .expect("deposited");
    assert_ne!(kept(&bed).await, before);
}
