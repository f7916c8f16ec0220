//! A document that stood in the wrong record: once it is out, everybody who looks at that record sees
//! what they would if it had never come; and in the right one, what they would if it had come there
//! first.

use std::collections::BTreeMap;

use axum::body::Body;
use carnet::demo::Software;
use http::{Request, header};
use serde_json::{Value, json};
use testing::Visitor;

use super::{
    bed::{Bed, ORIGIN, link},
    differential::{same, search, unnamed, walk},
};

const TITLE: &str = "Lettre égarée";

/// What a program reads at an address.
async fn read(bed: &Bed, token: &str, path: &str) -> String {
    let request = Request::get(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::empty())
        .expect("a request");
    let machine = Visitor::new(bed.demo.router.clone(), ORIGIN);
    machine.send(request).await.expect("an answer").text()
}

async fn deposit(bed: &Bed, name: &str) -> (Software, String) {
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    // Whoever it is filed with, it is one and the same letter.
    let mut letter = None;
    bed.deposit_for("Karim", 1, |document| {
        document.title = TITLE.into();
        // Its author would be told as such.
        let staff = fiction::staff();
        let mut others = staff.all().into_iter();
        let other = others.find(|who| !who.name().contains("Martin"));
        let author = document.author.as_mut().expect("an author");
        author.who = other.expect("one").clone();
        letter = Some(document.clone());
    });
    let bundle = bed.deposit_for(name, 1, |document| *document = letter.expect("a letter"));
    software.deposit(&token, &bundle).await.expect("deposited");
    bed.work().await;
    (software, token)
}

/// Says that the document is somebody else's.
async fn disown(bed: &Bed, person: &Visitor) {
    let list = person.get("/documents").await.expect("page");
    let form = format!("{}/signaler", link(&list, TITLE));
    person.get(&form).await.expect("page");
    let gone = person.post(&form, &[("motif", "pas-a-moi")]).await;
    assert_eq!(gone.expect("page").status, 410);
    bed.work().await;
}

/// The walks of a professional and of other software, where a document came and was reported, or
/// never came; whether the professional had opened it, and what they are told at their first page.
async fn beside_the_first(came: bool, opened: bool) -> BTreeMap<String, String> {
    let bed = Bed::seeded(46).await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    let karim = bed.sign_in("Karim").await;
    let (_, other) = bed.software_in("autre", "Autre (fictif)", false).await;
    if came {
        deposit(&bed, "Karim").await;
    }
    let list = format!("{}/documents", record.path);
    let page = doctor.get(&list).await.expect("page");
    if came && opened {
        let read = doctor.get(&link(&page, TITLE)).await.expect("page");
        assert_eq!(read.status, 200);
    }
    if came {
        disown(&bed, &karim).await;
    }
    bed.read().await;
    let mut pages = walk(&doctor, &["/pro", &record.path]).await;
    let here = format!("{}/recherche", record.path);
    search(&mut pages, &doctor, &here).await;
    for path in ["/fhir/Task", "/fhir/AuditEvent"] {
        pages.insert(path.to_owned(), read(&bed, &other, path).await);
    }
    pages
}

#[tokio::test]
async fn what_was_reported_was_never_there_for_professionals_and_other_software() {
    let never = beside_the_first(false, false).await;
    same(&never, &beside_the_first(true, false).await);
    // Who had opened it is told that one was removed, and all else is the same.
    let mut told = beside_the_first(true, true).await;
    let mut others = never;
    for first in ["/", "/pro"] {
        let page = told.remove(first).expect("the first page");
        assert!(page.contains("Un document a été retiré") && !page.contains(TITLE));
        others.remove(first);
    }
    same(&others, &told);
}

/// The walk of somebody else, who represents a child too.
async fn beside_another(came: bool) -> BTreeMap<String, String> {
    let bed = Bed::seeded(47).await;
    let camille = bed.sign_in("Camille").await;
    let karim = bed.sign_in("Karim").await;
    if came {
        deposit(&bed, "Karim").await;
        disown(&bed, &karim).await;
    }
    bed.read().await;
    let starts = [
        "/accueil",
        "/documents",
        "/acces",
        "/historique",
        "/notifications",
    ];
    let mut pages = walk(&camille, &starts).await;
    search(&mut pages, &camille, "/documents/recherche").await;
    let traces = camille.get("/fhir/AuditEvent?_count=200").await;
    let traces = traces.expect("traces").text();
    pages.insert("traces".to_owned(), unnamed(&traces));
    pages
}

#[tokio::test]
async fn another_person_sees_nothing_of_it() {
    same(&beside_another(false).await, &beside_another(true).await);
}

/// What the first person's own lists, counts and searches hold: all but the history of it.
async fn of_the_first(came: bool) -> BTreeMap<String, String> {
    let bed = Bed::seeded(48).await;
    let karim = bed.sign_in("Karim").await;
    if came {
        deposit(&bed, "Karim").await;
        disown(&bed, &karim).await;
    }
    bed.read().await;
    let mut pages = BTreeMap::new();
    for path in [
        "/documents",
        "/documents?tri=auteur",
        "/documents/analyses",
        "/partages/nouveau",
    ] {
        let page = karim.get(path).await.expect("page");
        let main = page.between("<main", "</main>").expect("a page");
        pages.insert(path.to_owned(), main);
    }
    let mut found = BTreeMap::new();
    search(&mut found, &karim, "/documents/recherche").await;
    for (path, page) in found {
        let main = page.split_once("<main").map(|(_, main)| main.to_owned());
        pages.insert(path, main.expect("a page"));
    }
    pages
}

#[tokio::test]
async fn the_first_persons_lists_counts_and_searches_hold_nothing_of_it() {
    same(&of_the_first(false).await, &of_the_first(true).await);
}

/// A page without what is drawn at random: the document's number, and the proof of a look.
fn plain(text: &str, id: &str) -> String {
    let mut parts = text.split("/vue/");
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.find('/').unwrap_or(0);
        all.push_str("/vue/…");
        all.push_str(&part[after..]);
    }
    all.replace(id, "{document}")
}

/// The walks of a professional and of the right person, where the document was given after it had
/// stood elsewhere, or came there first.
async fn of_the_right_one(astray: bool) -> BTreeMap<String, String> {
    let bed = Bed::seeded(49).await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await;
    let camille = bed.sign_in("Camille").await;
    let karim = bed.sign_in("Karim").await;
    if astray {
        let (software, token) = deposit(&bed, "Karim").await;
        disown(&bed, &karim).await;
        let tasks: Value =
            serde_json::from_str(&read(&bed, &token, "/fhir/Task").await).expect("JSON");
        let task = tasks["entry"][0]["resource"]["id"]
            .as_str()
            .expect("a task");
        let cast = fiction::cast(bed.demo.app.now());
        let mut all = cast.all().into_iter();
        let camille = all.find(|one| one.name().starts_with("Camille"));
        let camille = camille.expect("a person");
        let patient = fhir::patient(
            "p",
            std::slice::from_ref(&camille.identity),
            &camille.traits,
        );
        let naming = json!({"resourceType": "Parameters",
            "parameter": [{"name": "patient", "resource": patient}]});
        let path = format!("/fhir/Task/{task}/$reassign");
        let done = software.post(&token, &path, &naming).await.expect("x");
        assert_eq!(done.status, 202, "{}", done.text());
        bed.work().await;
    } else {
        deposit(&bed, "Camille").await;
    }
    bed.read().await;
    let list = camille.get("/documents").await.expect("page");
    let id = link(&list, TITLE);
    let id = id.rsplit('/').next().expect("an id").to_owned();
    let mut pages = walk(&doctor, &["/pro", &record.path]).await;
    search(&mut pages, &doctor, &format!("{}/recherche", record.path)).await;
    let starts = ["/documents", "/historique", "/notifications"];
    for (path, page) in walk(&camille, &starts).await {
        pages.insert(format!("Camille {path}"), unnamed(&page));
    }
    let plain = pages
        .iter()
        .map(|(path, page)| (plain(path, &id), plain(page, &id)));
    plain.collect()
}

#[tokio::test]
async fn with_the_right_person_it_is_as_if_it_had_come_there_first() {
    same(
        &of_the_right_one(false).await,
        &of_the_right_one(true).await,
    );
}

/// The tests can fail: what is still there is seen.
#[tokio::test]
async fn a_document_that_stays_is_seen() {
    let bed = Bed::seeded(48).await;
    let karim = bed.sign_in("Karim").await;
    deposit(&bed, "Karim").await;
    let page = karim.get("/documents").await.expect("page");
    let main = page.between("<main", "</main>").expect("a page");
    assert_ne!(of_the_first(false).await["/documents"], main);
}
