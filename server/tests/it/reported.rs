//! Something is wrong with a document: its person says so, whoever deposited it is told and answers,
//! and the document stays where it is.

use axum::body::Body;
use http::{Request, header};
use jiff::SignedDuration;
use serde_json::{Value, json};
use testing::{Page, Visitor};

use super::bed::{Bed, ORIGIN, link};

const TITLE: &str = "Bilan à revoir";
const WORDS: &str = "La date n’est pas la bonne";

pub async fn tasks(bed: &Bed, token: &str) -> Vec<Value> {
    let request = Request::get("/fhir/Task")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::empty())
        .expect("a request");
    let machine = Visitor::new(bed.demo.router.clone(), ORIGIN);
    let page = machine.send(request).await.expect("an answer");
    assert_eq!(page.status, 200, "{}", page.text());
    let bundle: Value = serde_json::from_slice(&page.body).expect("JSON");
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    let resources = entries.into_iter().map(|one| one["resource"].clone());
    resources.collect()
}

fn because(text: &str) -> Value {
    let reason = json!({"name": "reason", "valueString": text});
    json!({"resourceType": "Parameters", "parameter": [reason]})
}

/// Signed in again: a session ends long before an answer that does not come.
async fn seen(bed: &Bed, address: &str) -> Page {
    let karim = bed.sign_in("Karim").await;
    karim.get(address).await.expect("page")
}

#[tokio::test]
async fn an_error_reaches_who_deposited_the_document_and_their_answer_the_person() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let (others, other) = bed.software_in("autre", "Autre (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, |document| document.title = TITLE.into());
    software.deposit(&token, &bundle).await.expect("deposited");
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    bed.work().await;

    let karim = bed.sign_in("Karim").await;
    let address = link(&karim.get("/documents").await.expect("page"), TITLE);
    let form = format!("{address}/signaler");
    let page = karim.get(&form).await.expect("page");
    assert!(page.has("Il contient une erreur") && page.has("Il est illisible"));
    let send = async |motif: &str, words: &str| {
        let fields = [("motif", motif), ("precisions", words)];
        karim.post(&form, &fields).await.expect("page")
    };
    // Nothing of what was typed is lost.
    let none = send("", WORDS).await;
    assert_eq!(none.status, 422);
    assert!(none.text().contains(WORDS));
    assert_eq!(send("erreur", &"x".repeat(501)).await.status, 422);
    let page = send("erreur", WORDS).await;
    assert_eq!(page.path, address, "{}", page.words());
    assert!(page.has("Vous avez signalé une erreur") && page.has(WORDS));
    assert!(page.has("Pas encore de réponse"));
    // Twice is once, and it stays readable for everybody.
    let again = send("illisible", "").await;
    assert_eq!(again.status, 422);
    assert!(again.has("déjà signalé"), "{}", again.words());
    let list = doctor.get(&format!("{}/documents", record.path)).await;
    let within = link(&list.expect("page"), TITLE);
    let read = doctor.get(&within).await.expect("page");
    assert_eq!(read.status, 200);
    assert!(!read.has(WORDS) && !read.has("signalé"), "{}", read.words());

    assert!(tasks(&bed, &token).await.is_empty());
    bed.work().await;
    assert!(tasks(&bed, &other).await.is_empty());
    let asked = tasks(&bed, &token).await;
    let [task] = asked.as_slice() else {
        panic!("one task, not {asked:?}")
    };
    assert_eq!(task["status"], "requested");
    assert_eq!(task["reasonCode"]["coding"][0]["code"], "error");
    assert_eq!(task["note"][0]["text"], WORDS);
    let named = &task["focus"]["identifier"]["value"];
    assert_eq!(named, "urn:oid:1.2.250.1.213.99.1");
    let at = format!("/fhir/Task/{}", task["id"].as_str().expect("an id"));
    let say = async |what: &str, body: &Value| {
        let path = format!("{at}/${what}");
        software.post(&token, &path, body).await.expect("x")
    };
    for step in ["receive", "complete", "reject"] {
        let path = format!("{at}/${step}");
        let theirs = others.post(&other, &path, &because("Non")).await;
        assert_eq!(theirs.expect("x").status, 404);
    }

    let done = say("receive", &json!({})).await;
    assert!(done.has("received"), "{}", done.text());
    assert!(seen(&bed, &address).await.has("Vu ("));
    let empty = say("reject", &because(" ")).await;
    assert_eq!(empty.status, 422, "{}", empty.text());
    assert!(empty.text().contains("name = 'reason'"));
    let done = say("reject", &because("La date est la bonne.")).await;
    assert_eq!(done.status, 200, "{}", done.text());
    for step in ["receive", "complete", "reject"] {
        assert_eq!(say(step, &because("Non")).await.status, 409);
    }
    bed.work().await;
    let asked = tasks(&bed, &token).await;
    assert_eq!(asked[0]["status"], "rejected");
    assert_eq!(asked[0].get("note"), None);
    let page = karim.get(&address).await.expect("page");
    assert!(page.has("La date est la bonne."), "{}", page.words());
    let told = karim.get("/notifications").await.expect("page");
    assert!(told.has("Réponse à un signalement"), "{}", told.words());
    let history = karim.get("/historique").await.expect("page");
    assert!(history.has("Réponse à un signalement") && history.has("Document signalé"));

    // Once answered it may be said again, and come to another end.
    let page = send("illisible", "").await;
    assert!(page.has("comme illisible"), "{}", page.words());
    bed.work().await;
    assert_eq!(say("complete", &json!({})).await.status, 200);
    let page = karim.get(&address).await.expect("page");
    assert!(page.has("Corrigé ou remplacé"), "{}", page.words());
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

#[tokio::test]
async fn what_nobody_answers_ends_and_what_leaves_takes_its_reports_with_it() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    for n in [1, 2] {
        let bundle = bed.deposit_for("Karim", n, |document| {
            document.title = format!("{TITLE} {}", document.title);
        });
        software.deposit(&token, &bundle).await.expect("deposited");
    }
    let karim = bed.sign_in("Karim").await;
    let list = karim.get("/documents").await.expect("page");
    let addresses = [1, 2].map(|n| link(&list, &format!("{TITLE} Compte rendu fictif {n}")));
    for address in &addresses {
        let form = format!("{address}/signaler");
        karim.get(&form).await.expect("page");
        let fields = [("motif", "illisible"), ("precisions", WORDS)];
        let done = karim.post(&form, &fields).await.expect("page");
        assert!(done.has("Pas encore de réponse"), "{}", done.words());
    }
    bed.work().await;
    let form = format!("{}/signaler", addresses[0]);
    karim.get(&form).await.expect("page");
    let gone = karim.post(&form, &[("motif", "pas-a-moi")]).await;
    let gone = gone.expect("page");
    assert!(gone.status == 410 && !gone.has(WORDS), "{}", gone.words());
    bed.work().await;
    let state = async |n: u32| {
        let all = tasks(&bed, &token).await;
        let name = format!("urn:oid:1.2.250.1.213.99.{n}");
        let is_it = |one: &&Value| {
            one["focus"]["identifier"]["value"] == *name
                && one["code"]["coding"][0]["code"] == "review-document"
        };
        let found = all.iter().find(is_it).cloned();
        found.expect("a task")
    };
    let ended = state(1).await;
    assert_eq!(
        (&ended["status"], ended.get("note")),
        (&json!("cancelled"), None)
    );
    assert_eq!(state(2).await["status"], "requested");
    bed.advance(SignedDuration::from_hours(24 * 181));
    bed.work().await;
    let page = seen(&bed, &addresses[1]).await;
    assert!(page.has("Personne n’a répondu"), "{}", page.words());
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let asked = tasks(&bed, &token).await;
    assert!(
        asked.iter().all(|one| one["status"] == "cancelled"),
        "{asked:?}"
    );
    drop(software);
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

#[tokio::test]
async fn who_deposited_it_by_hand_reads_the_report_and_answers() {
    let bed = Bed::new().await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await.path;
    let form = format!("{record}/deposer");
    doctor.get(&form).await.expect("page");
    let fields = [
        ("type", "11488-4"),
        ("titre", TITLE),
        ("moment", "tout-de-suite"),
    ];
    let file = ("fichier", "a.txt", b"Texte fictif".as_slice());
    doctor.upload(&form, &fields, &[file]).await.expect("page");
    let karim = bed.sign_in("Karim").await;
    let address = link(&karim.get("/documents").await.expect("page"), TITLE);
    let form = format!("{address}/signaler");
    karim.get(&form).await.expect("page");
    let fields = [("motif", "erreur"), ("precisions", WORDS)];
    let done = karim.post(&form, &fields).await.expect("page");
    assert!(done.has("Pas encore de réponse"), "{}", done.words());
    bed.work().await;

    // The first page says that there is something, and nothing of what nor whose.
    let first = doctor.get("/pro").await.expect("page");
    assert!(first.has("Un document que vous avez déposé est signalé"));
    assert!(!first.has(WORDS) && !first.has(TITLE), "{}", first.words());
    let told = first.links("/pro/signalements/");
    let list = doctor.get(&told[0]).await.expect("page");
    assert!(list.path.ends_with("/depots") && list.has("Signalé"));
    let nurse = bed.professional("Nguyen").await;
    let theirs = nurse.get("/pro").await.expect("page");
    assert!(!theirs.has("est signalé"));
    assert_eq!(nurse.get(&told[0]).await.expect("page").status, 404);

    let own = link(&list, TITLE);
    let page = doctor.get(&own).await.expect("page");
    assert!(page.has("La personne signale une erreur") && page.has(WORDS));
    let answer = format!("{own}/signalement");
    let one = page.attribute("name=\"signalement\" value=\"", "\"");
    let one = ("signalement", &*one.expect("a report"));
    let said = doctor.post(&answer, &[one, ("reponse", "vu")]).await;
    assert!(said.expect("page").has("sait que vous avez vu"));
    assert!(seen(&bed, &address).await.has("Vu ("));
    doctor.get(&own).await.expect("page");
    let empty = doctor
        .post(&answer, &[one, ("reponse", "refus"), ("raison", " ")])
        .await;
    let empty = empty.expect("page");
    assert_eq!(empty.status, 422, "{}", empty.words());
    let fields = [
        one,
        ("reponse", "refus"),
        ("raison", "La date est la bonne."),
    ];
    let done = doctor.post(&answer, &fields).await.expect("page");
    assert!(done.has("prévenue de votre réponse"), "{}", done.words());
    assert!(seen(&bed, &address).await.has("La date est la bonne."));
    bed.work().await;
    let first = doctor.get("/pro").await.expect("page");
    assert!(!first.has("est signalé"), "{}", first.words());
    let page = doctor.get(&own).await.expect("page");
    assert!(!page.has(WORDS), "{}", page.words());
    let over = doctor.post(&answer, &fields).await.expect("page");
    assert_eq!(over.status, 404, "{}", over.words());
}
