//! A share as programs read it (SMART Health Links), and what bad input gets.

use axum::body::Body;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{Method, Request, header};
use jiff::SignedDuration;
use serde_json::{Value, json};
use shl::Link;
use testing::{Page, Visitor, scan};

use super::{
    bed::{Bed, ORIGIN},
    sharing::{ANYBODY, offered, open, share, wrong},
};

/// Asks a manifest, as a program of another site does.
pub async fn ask(visitor: &Visitor, link: &Link, body: Value) -> Page {
    let request = Request::builder()
        .method(Method::POST)
        .uri(link.url.strip_prefix(ORIGIN).expect("of ours"))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ORIGIN, "https://viewer.example")
        .header("sec-fetch-site", "cross-site")
        .body(Body::from(body.to_string()));
    let answer = visitor.send(request.expect("a request")).await;
    answer.expect("an answer")
}

#[tokio::test]
async fn the_same_share_is_a_smart_health_link() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let all = offered(&camille).await;
    let items = [all[0].0.as_str(), all[1].0.as_str()];
    let shared = share(&camille, &items, &ANYBODY).await;
    let said = scan(&shared.page.text()).expect("a square that a camera reads");
    assert!(
        said.starts_with(&format!("{ORIGIN}{}#shlink:/", shared.path)),
        "{said}"
    );
    let link = Link::read(&said).expect("a link");
    assert_eq!(link.flag, "P");
    assert!(link.exp.is_some() && !link.label.contains("Camille"));
    let key: [u8; 32] = BASE64_URL_SAFE_NO_PAD
        .decode(&link.key)
        .expect("base64url")
        .try_into()
        .expect("32 bytes");

    let program = bed.visitor();
    let page = ask(&program, &link, json!({"recipient": "", "passcode": "1"})).await;
    assert_eq!(page.status, 400);
    let page = ask(
        &program,
        &link,
        json!({"recipient": "Clinic", "passcode": wrong(&shared.code)}),
    )
    .await;
    assert_eq!(page.status, 401);
    assert_eq!(page.text(), r#"{"remainingAttempts":4}"#);
    let page = ask(
        &program,
        &link,
        json!({"recipient": "St James, Dublin", "passcode": shared.code}),
    )
    .await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(page.headers["access-control-allow-origin"], "*");
    let manifest: shl::Manifest = serde_json::from_slice(&page.body).expect("a manifest");
    assert_eq!(manifest.files.len(), 2);
    let mut titles = vec![];
    let mut first = String::new();
    for file in &manifest.files {
        assert_eq!(file.content_type, "application/fhir+json");
        let place = file.location.as_ref().expect("a location");
        let path = place.strip_prefix(ORIGIN).expect("of ours").to_owned();
        let page = program.get(&path).await.expect("a file");
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.headers["content-type"], "application/jose");
        let (kind, bytes) = shl::decrypt(&key, &page.text()).expect("decrypts");
        assert_eq!(kind, "application/fhir+json");
        let bundle: Value = serde_json::from_slice(&bytes).expect("JSON");
        fhir::check(&bytes).expect("FHIR");
        let document = &bundle["entry"][1]["resource"];
        titles.push(
            document["description"]
                .as_str()
                .expect("a title")
                .to_owned(),
        );
        let attachment = &document["content"][0]["attachment"];
        assert!(
            attachment["data"]
                .as_str()
                .is_some_and(|data| data.len() > 20)
        );
        // Her number is nobody's business.
        let number = &bed.persona("Camille").number;
        assert!(!bundle.to_string().contains(&number[..13]));
        first = path;
    }
    titles.sort();
    let mut expected = vec![all[0].1.clone(), all[1].1.clone()];
    expected.sort();
    let plain = |all: Vec<String>| {
        all.iter()
            .map(|one| one.replace('\u{a0}', " "))
            .collect::<Vec<_>>()
    };
    assert_eq!(plain(titles).len(), plain(expected).len());
    // Given in the manifest itself, when the reader asks for it.
    let page = ask(
        &program,
        &link,
        json!({"recipient": "St James, Dublin", "passcode": shared.code, "embeddedLengthMax": 4_000_000}),
    )
    .await;
    let manifest: shl::Manifest = serde_json::from_slice(&page.body).expect("a manifest");
    let embedded = manifest
        .files
        .iter()
        .filter_map(|file| file.embedded.as_deref());
    let read: Vec<_> = embedded
        .map(|file| shl::decrypt(&key, file).expect("decrypts"))
        .collect();
    assert!(!read.is_empty());
    // A file's address is nothing without the link, and ends.
    let elsewhere = first.replacen("/partage/", "/partage/x", 1);
    assert_eq!(program.get(&elsewhere).await.expect("answer").status, 404);
    bed.advance(SignedDuration::from_mins(31));
    assert_eq!(program.get(&first).await.expect("answer").status, 404);
    let history = bed
        .sign_in("Camille")
        .await
        .get("/historique")
        .await
        .expect("page");
    assert!(
        history.has("St James, Dublin (identité non vérifiée)"),
        "{}",
        history.words()
    );
    assert!(history.has("lecture par un logiciel de soins"));
}

/// Whatever is sent, the answer is a page or an outcome, and nothing opens.
#[tokio::test]
async fn bad_input_opens_nothing_and_breaks_nothing() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let all = offered(&camille).await;
    let long = "x".repeat(3_000);
    let forms: [&[(&str, &str)]; 6] = [
        &[],
        &[
            ("documents", "zzz"),
            ("pour", "code"),
            ("duree", "24h"),
            ("fois", "3"),
        ],
        &[
            ("documents", "0123456789abcdef0123456789abcdef"),
            ("pour", "code"),
            ("duree", "24h"),
            ("fois", "3"),
        ],
        &[
            ("documents", &all[0].0),
            ("pour", "assureur"),
            ("duree", "24h"),
            ("fois", "3"),
        ],
        &[
            ("documents", &all[0].0),
            ("pour", "code"),
            ("duree", "9999j"),
            ("fois", "-3"),
        ],
        &[
            ("documents", &all[0].0),
            ("pour", "professionnel"),
            ("qui", &long),
            ("numero", "1"),
            ("duree", "24h"),
            ("fois", "3"),
        ],
    ];
    for fields in forms {
        offered(&camille).await;
        let page = camille
            .post("/partages/nouveau", fields)
            .await
            .expect("page");
        assert_eq!(page.status, 422, "{fields:?} {}", page.words());
        assert!(page.has("summary"), "{}", page.words());
    }
    // A name of its own is kept as typed where it is wrong.
    let mut fields = vec![("documents", all[0].0.as_str()), ("nom", long.as_str())];
    fields.extend(ANYBODY);
    let page = camille
        .post("/partages/nouveau", &fields)
        .await
        .expect("page");
    assert!(
        page.status == 422 && page.has(&long) && page.has(" checked"),
        "{}",
        page.words()
    );

    let shared = share(&camille, &[&all[0].0], &ANYBODY).await;
    let link = Link::read(&scan(&shared.page.text()).expect("a square")).expect("a link");
    let program = bed.visitor();
    for body in [
        "",
        "{",
        "[]",
        "null",
        "{\"recipient\":1}",
        "{\"recipient\":\"a\",\"passcode\":{}}",
        "\u{0}",
    ] {
        let request = Request::builder()
            .method(Method::POST)
            .uri(link.url.strip_prefix(ORIGIN).expect("of ours"))
            .body(Body::from(body))
            .expect("a request");
        let page = program.send(request).await.expect("an answer");
        assert_eq!(page.status, 400, "{body}");
        assert!(page.has("OperationOutcome"), "{body}");
    }
    let base = link
        .url
        .strip_prefix(ORIGIN)
        .expect("of ours")
        .replace("/manifeste", "/fichier");
    for rest in ["/x/y", "/0/0123456789abcdef0123456789abcdef", "/%00/%ff"] {
        let page = program
            .get(&format!("{base}{rest}"))
            .await
            .expect("an answer");
        assert!(
            page.status == 404 || page.status == 400,
            "{rest} {}",
            page.status
        );
    }
    let reader = bed.visitor();
    let page = open(&reader, &shared, &long).await;
    assert_eq!(page.status, 422);
    let page = open(&reader, &shared, &shared.code).await;
    assert_eq!(page.path, "/partage/documents", "{}", page.words());
    for note in ["", "\u{1}", &"é".repeat(4_001)] {
        let page = reader
            .post("/partage/note", &[("note", note)])
            .await
            .expect("page");
        assert_eq!(page.status, 422, "{}", page.words());
    }
    for n in 1..=4 {
        reader.get("/partage/documents").await.expect("page");
        let page = reader
            .post("/partage/note", &[("note", "bonjour")])
            .await
            .expect("page");
        assert_eq!(page.has("est transmise"), n < 4, "{n} {}", page.words());
    }
    // Another browser has no form of ours.
    let stranger = bed.visitor();
    let page = stranger
        .post(&shared.path, &[("code", &shared.code)])
        .await
        .expect("page");
    assert_eq!(page.status, 403);
}
