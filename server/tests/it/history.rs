//! The history: found whole whatever is asked for, taken home, and searched as FHIR; one's own alone.

use std::{sync::Arc, time::Instant};

use access::{Act, App, Plan, Refused};
use fhir::system;
use jiff::SignedDuration;
use serde_json::Value;
use testing::{Page, Visitor};
use vault::RecordId;

use super::bed::{Bed, holder};

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("a page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("a page")
}

fn events(page: &Page) -> usize {
    page.text().matches("class=\"event ").count()
}

fn next(page: &Page) -> Option<String> {
    let link = page.attribute("rel=\"next\" href=\"", "\"")?;
    Some(link.replace("&#38;", "&").replace("&amp;", "&"))
}

fn json(page: &Page) -> Value {
    serde_json::from_str(&page.text()).expect("JSON")
}

async fn record(bed: &Bed, name: &str) -> RecordId {
    let number = &bed.persona(name).number;
    let row = bed.demo.app.store.insured(number, "").await;
    let row = row.expect("searched").expect("known");
    row.record.expect("a space")
}

/// Lines of a person's own, written as many at once as the engine takes.
async fn own_acts(app: &App, record: RecordId, count: usize) {
    for begun in (0..count).step_by(250) {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in begun..count.min(begun + 250) {
            let app = Arc::clone(app);
            tasks.spawn(async move {
                let viewer = holder(&app, record);
                let clearance = app.gate.enter(&viewer, record, Act::List).await;
                let step = clearance
                    .expect("allowed")
                    .act(|_| Ok::<_, Refused>(Plan::new(()).counting(7)));
                step.await.expect("written");
            });
        }
        while let Some(done) = tasks.join_next().await {
            done.expect("written");
        }
    }
}

#[tokio::test]
async fn a_filter_finds_what_is_far_away_and_no_page_is_empty() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let open = bed.consent(&doctor, "Camille").await;
    get(&doctor, &open.path).await;
    bed.advance(SignedDuration::from_mins(2));
    own_acts(&bed.demo.app, record(&bed, "Camille").await, 300).await;
    let found = get(&camille, "/historique?qui=professionnels&quoi=lectures").await;
    assert!(
        found.has("Martin") && events(&found) >= 1,
        "{}",
        found.words()
    );
    assert_eq!(next(&found), None, "nothing more, and it is known");
    let none = get(&camille, "/historique?droit=refus").await;
    assert!(none.has("Rien ne correspond") && next(&none).is_none());
    // Every page but the last is whole, and together they are what there is.
    let mut path = "/historique?qui=moi&quoi=lectures".to_owned();
    let mut seen = vec![];
    loop {
        let page = get(&camille, &path).await;
        seen.push(events(&page));
        match next(&page) {
            Some(next) => path = next,
            None => break,
        }
    }
    let (last, whole) = seen.split_last().expect("a page");
    assert!(
        whole.iter().all(|count| *count == 50) && *last > 0,
        "{seen:?}"
    );
    assert!(seen.iter().sum::<usize>() >= 300, "{seen:?}");
    // One professional alone, by a word that names nobody.
    let line = found.links("/historique?de=");
    let one = get(&camille, line.first().expect("a link")).await;
    assert!(one.has("Seulement ce qu’a fait"), "{}", one.words());
    assert!(!one.text().contains("Consultation de l’historique"));
    // A day that is none is said beside the field; what was typed stays.
    let wrong = get(&camille, "/historique?du=hier&quoi=acces").await;
    assert!(wrong.has("Choisissez une date"), "{}", wrong.words());
    let before = get(&camille, "/historique?au=2026-06-11").await;
    assert_eq!(events(&before), 0, "{}", before.words());
    let since = get(
        &camille,
        "/historique?du=2026-06-12&au=2026-06-12&qui=professionnels",
    )
    .await;
    assert!(since.has("Martin"));
}

#[tokio::test]
async fn what_was_asked_for_is_taken_home_and_noted() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let open = bed.consent(&doctor, "Camille").await;
    get(&doctor, &open.path).await;
    let form = get(&camille, "/historique/export?qui=professionnels").await;
    assert!(form.has("Exporter l’historique"), "{}", form.words());
    let fields = [("format", "csv"), ("qui", "professionnels")];
    let csv = post(&camille, "/historique/export", &fields).await;
    let text = csv.text();
    assert!(
        text.starts_with("\u{feff}\"Date et heure\";\"Qui\""),
        "{text}"
    );
    let lines: Vec<&str> = text.trim_end().split("\r\n").skip(1).collect();
    assert!(
        !lines.is_empty() && lines.iter().all(|line| line.contains("Martin")),
        "{text}"
    );
    let disposition = &csv.headers["content-disposition"];
    assert!(
        disposition
            .to_str()
            .is_ok_and(|name| name.contains("carnet-historique-2026-06-12.csv"))
    );
    let fields = [("format", "fhir"), ("qui", "professionnels")];
    let bundle = json(&post(&camille, "/historique/export", &fields).await);
    assert_eq!(bundle["type"], "collection");
    let entries = bundle["entry"].as_array().expect("entries");
    assert_eq!(entries.len(), lines.len());
    for entry in entries {
        let event = entry["resource"].to_string();
        fhir::check(event.as_bytes()).expect("an AuditEvent");
    }
    let nothing = [("format", "fhir"), ("au", "2020-01-01")];
    let bundle = json(&post(&camille, "/historique/export", &nothing).await);
    assert!(bundle["entry"].is_null());
    let history = get(&camille, "/historique?qui=moi").await;
    assert!(history.has("Export de l’historique"), "{}", history.words());
    let none = post(&camille, "/historique/export", &[("qui", "moi")]).await;
    assert_eq!(none.status, 422);
    // Fresh, like the proof.
    bed.advance(SignedDuration::from_mins(6));
    let late = get(&camille, "/historique/export").await;
    assert!(late.path.starts_with("/verification"), "{}", late.path);
}

#[tokio::test]
async fn the_person_searches_their_own_traces_as_fhir() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let doctor = bed.professional("Martin").await;
    let open = bed.consent(&doctor, "Camille").await;
    let read = get(&doctor, &open.path)
        .await
        .links(&format!("{}/documents/", open.path));
    get(&doctor, read.first().expect("a document")).await;
    let search = async |query: &str| {
        let page = get(&camille, &format!("/fhir/AuditEvent?{query}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.text());
        assert_eq!(page.headers["content-type"], "application/fhir+json");
        let bundle = json(&page);
        fhir::check(bundle.to_string().as_bytes()).expect("a searchset");
        bundle
    };
    let entries = |bundle: &Value| bundle["entry"].as_array().cloned().unwrap_or_default();
    let reads = entries(&search("action=R&agent-name=Martin").await);
    assert_eq!(reads.len(), 1, "one document, once");
    let event = &reads[0]["resource"];
    let profile =
        "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead";
    assert_eq!(event["meta"]["profile"][0], profile);
    assert_eq!(
        event["agent"][0]["who"]["identifier"]["system"],
        system::PROFESSIONAL
    );
    assert_eq!(
        event["agent"][0]["purposeOfUse"][0]["coding"][0]["code"],
        "TREAT"
    );
    assert_eq!(
        event["agent"][0]["policy"][0],
        "urn:x-carnet:right:declared-consent"
    );
    let patient = event["entity"][0]["what"]["reference"]
        .as_str()
        .expect("a patient");
    let id = event["id"].as_str().expect("an id");
    let one = json(&get(&camille, &format!("/fhir/AuditEvent/{id}")).await);
    assert_eq!(&one, event, "one line by its name");
    // Pages follow one another; each line is on one of them, but for those that reading adds.
    bed.advance(SignedDuration::from_mins(1));
    let mut path = "/fhir/AuditEvent?_count=3&action=E,R,C,U".to_owned();
    let mut ids = vec![];
    for _ in 0..4 {
        let bundle = json(&get(&camille, &path).await);
        ids.extend(
            entries(&bundle)
                .iter()
                .map(|entry| entry["resource"]["id"].to_string()),
        );
        let links = bundle["link"].as_array().expect("links");
        let Some(next) = links.iter().find(|link| link["relation"] == "next") else {
            break;
        };
        let next = next["url"].as_str().expect("an address");
        path = next.trim_start_matches("http://carnet.test").to_owned();
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), count > 3), (count, true));
    let who = event["agent"][0]["who"]["identifier"]["value"]
        .as_str()
        .expect("a number");
    for (query, some) in [
        (format!("agent={}|{who}", system::PROFESSIONAL), true),
        ("agent=urn:oid:1.2.3|1".to_owned(), false),
        (format!("patient={patient}"), true),
        (
            "patient=Patient/0123456789abcdef0123456789abcdef".to_owned(),
            false,
        ),
        ("date=2026-06-12&subtype=read".to_owned(), true),
        ("date=lt2026-06-01".to_owned(), false),
        ("date=ge2027&date=lt2026".to_owned(), false),
        (
            "type=http://terminology.hl7.org/CodeSystem/audit-event-type|rest".to_owned(),
            true,
        ),
        ("outcome=4".to_owned(), false),
    ] {
        assert_eq!(!entries(&search(&query).await).is_empty(), some, "{query}");
    }
    let wrong = get(&camille, "/fhir/AuditEvent?date=hier").await;
    assert_eq!(
        (
            wrong.status.as_u16(),
            json(&wrong)["issue"][0]["expression"][0].as_str()
        ),
        (400, Some("date"))
    );
    // Nobody else: not another person, not a professional, not software, not a stranger.
    let karim = bed.sign_in("Karim").await;
    assert_eq!(
        get(&karim, &format!("/fhir/AuditEvent/{id}")).await.status,
        404
    );
    let theirs = json(&get(&karim, &format!("/fhir/AuditEvent?patient={patient}")).await);
    assert!(theirs["entry"].is_null());
    let theirs = get(&karim, "/fhir/AuditEvent?_count=200").await;
    assert!(!theirs.text().contains(patient) && !theirs.text().contains(id));
    for other in [&doctor, &bed.visitor()] {
        assert_eq!(
            get(other, &format!("/fhir/AuditEvent/{id}")).await.status,
            401
        );
        assert_eq!(get(other, "/fhir/AuditEvent").await.status, 401);
    }
    let history = get(&camille, "/historique?qui=moi&quoi=compte").await;
    assert!(
        history.has("Consultation de l’historique"),
        "a search leaves its line"
    );
}

/// Run it by hand: `cargo nextest run -p carnet --run-ignored all ten_thousand --no-capture`.
#[tokio::test]
#[ignore = "a measure"]
async fn ten_thousand_lines() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let camille = bed.sign_in("Camille").await;
    let of = record(&bed, "Camille").await;
    let doctor = bed.professional("Martin").await;
    bed.consent(&doctor, "Camille").await;
    for _ in 0..10 {
        bed.advance(SignedDuration::from_hours(1));
        own_acts(app, of, 1_000).await;
    }
    while app.gate.pack(0).await.expect("packed").lines > 0 {}
    let camille = match get(&camille, "/accueil").await.path.as_str() {
        "/accueil" => camille,
        _ => bed.sign_in("Camille").await,
    };
    for path in [
        "/accueil",
        "/historique",
        "/historique?qui=professionnels",
        "/historique?droit=refus",
        "/historique?au=2026-06-12",
        "/fhir/AuditEvent?_count=50",
        "/fhir/AuditEvent?agent-name=Martin",
        "/notifications",
    ] {
        let mut times = vec![];
        for _ in 0..5 {
            let begun = Instant::now();
            let page = get(&camille, path).await;
            times.push(begun.elapsed().as_micros());
            assert_eq!(page.status, 200, "{path}");
        }
        println!(
            "{path}: first {} ms, then {:?} µs",
            times[0] / 1_000,
            &times[1..]
        );
    }
    let begun = Instant::now();
    let csv = post(&camille, "/historique/export", &[("format", "csv")]).await;
    println!(
        "export: {} bytes, {} ms",
        csv.text().len(),
        begun.elapsed().as_millis()
    );
}
