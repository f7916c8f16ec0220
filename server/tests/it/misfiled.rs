//! A document in the wrong record: out of it at once, back to its depositor, once to the right person.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use access::{
    Act, Purpose, Refused, Scope, Viewer,
    aside::{Cause, Owner, Stage},
};
use ambient::SeededRandom;
use axum::body::Body;
use documents::{BY_UNIQUE_ID, Documents};
use fiction::Person;
use http::{Request, header};
use jiff::SignedDuration;
use serde_json::{Value, json};
use testing::{Page, Visitor};
use vault::{RecordId, keys::PersonalKey};

use super::bed::{Bed, ORIGIN, holder, link};

const TITLE: &str = "Lettre égarée";

pub fn person(bed: &Bed, name: &str) -> Person {
    let cast = fiction::cast(bed.demo.app.now());
    let mut all = cast.all().into_iter();
    let found = all.find(|person| person.name().starts_with(name));
    found.expect("a person").clone()
}

/// What a depositor sends to say whose a document is.
pub fn naming(person: &Person) -> Value {
    let patient = fhir::patient("p", std::slice::from_ref(&person.identity), &person.traits);
    json!({"resourceType": "Parameters", "parameter": [{"name": "patient", "resource": patient}]})
}

async fn get(bed: &Bed, token: &str, path: &str) -> Page {
    let request = Request::get(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(Body::empty())
        .expect("a request");
    let machine = Visitor::new(bed.demo.router.clone(), ORIGIN);
    machine.send(request).await.expect("an answer")
}

pub async fn tasks(bed: &Bed, token: &str) -> Vec<Value> {
    let page = get(bed, token, "/fhir/Task").await;
    assert_eq!(page.status, 200, "{}", page.text());
    let bundle: Value = serde_json::from_slice(&page.body).expect("JSON");
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    entries
        .into_iter()
        .map(|one| one["resource"].clone())
        .collect()
}

#[tokio::test]
async fn what_is_not_mine_leaves_at_once_and_goes_to_whom_its_depositor_names() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let (others, other) = bed.software_in("autre", "Autre (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, |document| document.title = TITLE.into());
    software.deposit(&token, &bundle).await.expect("deposited");
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    let list = doctor
        .get(&format!("{}/documents", record.path))
        .await
        .expect("page");
    let within = link(&list, TITLE);
    assert_eq!(doctor.get(&within).await.expect("page").status, 200);
    let nurse = bed.professional("Nguyen").await;
    bed.consent(&nurse, "Karim").await;
    bed.work().await;

    let karim = bed.sign_in("Karim").await;
    let page = karim.get("/documents").await.expect("page");
    let address = link(&page, TITLE);
    let page = karim.get(&address).await.expect("page");
    assert!(page.has("Signaler un problème"), "{}", page.words());
    let form = format!("{address}/signaler");
    assert!(karim.get(&form).await.expect("page").has(TITLE));
    let empty = karim.post(&form, &[]).await.expect("page");
    assert_eq!(empty.status, 422, "{}", empty.words());
    let gone = karim
        .post(&form, &[("motif", "pas-a-moi")])
        .await
        .expect("page");
    assert_eq!(gone.status, 410, "{}", gone.words());
    assert!(
        gone.has("signalé comme n’étant pas à vous") && !gone.has(TITLE),
        "{}",
        gone.words()
    );
    // At once, before any work: nobody reads it, and nobody is asked yet.
    assert_eq!(doctor.get(&within).await.expect("page").status, 404);
    assert_eq!(karim.get(&form).await.expect("page").status, 404);
    assert!(tasks(&bed, &token).await.is_empty());
    bed.work().await;

    // Those who had opened it are told, and learn nothing of it.
    let told = doctor.get("/pro").await.expect("page");
    assert!(told.has("Un document a été retiré"), "{}", told.words());
    assert!(!told.has(TITLE));
    let quiet = nurse.get("/pro").await.expect("page");
    assert!(!quiet.has("Un document a été retiré"), "{}", quiet.words());
    let operator = bed.demo.app.gate.misfiled().await.expect("the list");
    let [(_, one)] = operator.as_slice() else {
        panic!("one, not {operator:?}")
    };
    assert_eq!(one.cause, Cause::Reported);
    assert_eq!(one.owner, Owner::Software("chu".to_owned()));
    carnet::audit::misfiled(&bed.demo.app, true)
        .await
        .expect("printed");

    // Its depositor is asked, and nobody else.
    let asked = tasks(&bed, &token).await;
    let [task] = asked.as_slice() else {
        panic!("one task, not {asked:?}")
    };
    assert_eq!(task["status"], "requested");
    assert_eq!(
        task["focus"]["identifier"]["value"],
        "urn:oid:1.2.250.1.213.99.1"
    );
    assert!(tasks(&bed, &other).await.is_empty());
    let at = format!("/fhir/Task/{}", task["id"].as_str().expect("an id"));
    assert_eq!(get(&bed, &token, &at).await.status, 200);
    assert_eq!(get(&bed, &other, &at).await.status, 404);
    assert_eq!(get(&bed, "x", &at).await.status, 401);
    let reassign = format!("{at}/$reassign");
    let camille = naming(&person(&bed, "Camille"));
    let theirs = others.post(&other, &reassign, &camille).await.expect("x");
    assert_eq!(theirs.status, 404);
    // It does not come back by a deposit that is sent again.
    let again = software.post(&token, "/fhir", &bundle).await.expect("x");
    assert_eq!(again.status, 409, "{}", again.text());

    // Whom it names is confirmed as at a deposit.
    let ask = async |body: &Value| software.post(&token, &reassign, body).await.expect("x");
    let nobody =
        json!({"resourceType": "Parameters", "parameter": [{"name": "x", "valueString": "x"}]});
    let mut stranger = person(&bed, "Camille");
    stranger.traits.birth_family_name = "AUTREMENT".into();
    for refused in [nobody, naming(&person(&bed, "Karim")), naming(&stranger)] {
        let answer = ask(&refused).await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(answer.has("OperationOutcome"));
    }
    assert_eq!(ask(&json!({"resourceType": "x"})).await.status, 400);
    let done = ask(&camille).await;
    assert_eq!(done.status, 202, "{}", done.text());
    assert_eq!(ask(&camille).await.status, 409);
    bed.work().await;
    let asked = tasks(&bed, &token).await;
    assert_eq!(asked[0]["status"], "completed", "{asked:?}");
    assert_eq!(ask(&camille).await.status, 409);

    // It is with the right person, and neither record names the other.
    let there = bed.sign_in("Camille").await;
    let page = there.get("/documents").await.expect("page");
    assert!(page.has(TITLE), "{}", page.words());
    let shown = there.get(&link(&page, TITLE)).await.expect("page");
    assert_eq!(shown.status, 200);
    let first = person(&bed, "Karim");
    let second = person(&bed, "Camille");
    for (page, other) in [(&shown, &first), (&gone, &second)] {
        let text = page.text();
        assert!(!text.contains(&other.identity.value) && !text.contains(&*other.name()));
    }
    let here = held(&bed, "Karim", |_| true).await;
    for one in here {
        assert!(!one.contains("1.2.250.1.213.99.1"), "{one}");
    }
    let given = held(&bed, "Camille", |text| text.contains("213.99.1\"")).await;
    assert_eq!(given.len(), 1, "{given:?}");
    assert!(!given[0].contains(&first.identity.value));
    assert!(
        !given[0]
            .to_lowercase()
            .contains(&first.traits.birth_family_name.to_lowercase())
    );
    assert!(given[0].contains(&second.identity.value));
    let chu = Owner::Software("chu".to_owned());
    let quarantine = bed.demo.app.gate.all_held(&chu);
    let quarantine = quarantine.await.expect("the list");
    assert_eq!(quarantine[0].1.stage, Stage::Given);
    assert!(quarantine[0].1.body.is_none());
    let page = karim.get(&address).await.expect("page");
    assert_eq!(page.status, 410, "{}", page.words());
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

#[tokio::test]
async fn a_file_that_names_the_first_person_is_corrected_or_destroyed() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let karim = person(&bed, "Karim");
    for n in [1, 2] {
        let bundle = bed.deposit_for("Karim", n, |document| {
            let family = &karim.traits.birth_family_name;
            document.bytes = format!("Monsieur {family}, lettre {n}.").into();
        });
        software.deposit(&token, &bundle).await.expect("deposited");
        disown(&bed, &format!("urn:oid:1.2.250.1.213.99.{n}")).await;
    }
    bed.work().await;
    let asked = tasks(&bed, &token).await;
    let at = |n: usize| format!("/fhir/Task/{}", asked[n]["id"].as_str().expect("an id"));
    let reassign = format!("{}/$reassign", at(0));
    let mut body = naming(&person(&bed, "Camille"));
    let refused = software.post(&token, &reassign, &body).await.expect("x");
    assert_eq!(refused.status, 422);
    assert!(refused.has("nomme"), "{}", refused.text());
    let mut with = |data: &str| {
        let file = json!({"contentType": "text/plain", "data": data});
        let content = json!({"name": "content", "valueAttachment": file});
        let patient = body["parameter"][0].take();
        body["parameter"] = json!([patient, content]);
        body.clone()
    };
    // « Lettre corrigée. », in base64.
    let good = with("TGV0dHJlIGNvcnJpZ8OpZS4=");
    let wrong = with("PHNjcmlwdD4=");
    assert_eq!(
        software
            .post(&token, &reassign, &wrong)
            .await
            .expect("x")
            .status,
        422
    );
    let done = software.post(&token, &reassign, &good).await.expect("x");
    assert_eq!(done.status, 202, "{}", done.text());
    bed.work().await;
    assert_eq!(
        held(&bed, "Camille", |text| text.contains("213.99."))
            .await
            .len(),
        1
    );

    let discard = format!("{}/$discard", at(1));
    let done = software
        .post(&token, &discard, &json!({}))
        .await
        .expect("x");
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.has("cancelled"));
    assert_eq!(
        software
            .post(&token, &discard, &json!({}))
            .await
            .expect("x")
            .status,
        409
    );
    // Its name is free again: the corrected document may be deposited.
    let bundle = bed.deposit_for("Camille", 2, |_| ());
    software.deposit(&token, &bundle).await.expect("deposited");
    let bundle = bed.deposit_for("Camille", 1, |_| ());
    let taken = software.post(&token, "/fhir", &bundle).await.expect("x");
    assert_eq!(taken.status, 409, "{}", taken.text());
}

#[tokio::test]
async fn what_nobody_is_named_for_is_destroyed_in_time() {
    let bed = Bed::new().await;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let bundle = bed.deposit_for("Karim", 1, |_| ());
    software.deposit(&token, &bundle).await.expect("deposited");
    disown(&bed, "urn:oid:1.2.250.1.213.99.1").await;
    bed.work().await;
    let stored = || testing::stored_bytes(&bed.settings.path("data").join("blobs"));
    let before = stored();
    bed.advance(SignedDuration::from_hours(24 * 30 + 1));
    bed.work().await;
    assert!(stored() < before, "{before}");
    let chu = Owner::Software("chu".to_owned());
    let all = bed.demo.app.gate.all_held(&chu);
    let all = all.await.expect("the list");
    assert_eq!((all[0].1.stage, &all[0].1.body), (Stage::Discarded, &None));
    let report = carnet::audit::verify(&bed.demo.app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

pub async fn record_of(bed: &Bed, name: &str) -> RecordId {
    let number = bed.persona(name).number.clone();
    let insured = bed.demo.app.store.insured(&number, "").await;
    let insured = insured.expect("read").expect("known");
    insured.record.expect("a record")
}

/// The documents of a record whose bytes are there or that somebody sees, as they are stored.
async fn held(bed: &Bed, name: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let record = record_of(bed, name).await;
    let viewer = Viewer::system(Purpose::Deposit, bed.demo.app.now());
    let clearance = bed.demo.app.gate.enter(&viewer, record, Act::List).await;
    let found = clearance
        .expect("entered")
        .recognise(|scope: &Scope<'_, Documents>| {
            let there = scope
                .things()
                .filter(|one| one.digest != 0 || !one.item.withdrawn);
            let texts = there.map(|one| serde_json::to_string(&one.stored().expect("reads")));
            texts.collect::<Result<Vec<_>, _>>().expect("JSON")
        });
    let found = found.await.expect("read");
    found.into_iter().filter(|text| wanted(text)).collect()
}

/// Karim says that a document is not his.
async fn disown(bed: &Bed, name: &str) {
    let app = &bed.demo.app;
    let record = record_of(bed, "Karim").await;
    let viewer = holder(app, record);
    let clearance = app.gate.enter(&viewer, record, Act::Disown).await;
    let done = clearance
        .expect("entered")
        .act_on(|scope: &Scope<'_, Documents>| {
            let mut all = scope.things();
            let it = all.find(|one| one.stored().is_ok_and(|one| one.own.unique_id == name));
            let id = it.ok_or(Refused::NotFound)?.id();
            documents::astray::disown(app, scope, record, id)
        });
    done.await.expect("disowned");
}

/// Work that is dropped where it stands after so many steps, as when the process is killed: what it
/// had handed to the store may be written or not. `None` when it was.
pub async fn killed<F: Future>(work: F, steps: usize) -> Option<F::Output> {
    let (mut work, mut left) = (pin!(work), steps);
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test]
async fn killed_anywhere_it_is_never_in_two_records_and_comes_once() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let (software, _) = bed.software_in("chu", "CHU (fictif)", false).await;
    bed.work().await;
    let camille = naming(&person(&bed, "Camille"));
    let quarantine = Owner::Software("chu".to_owned());
    let (mut n, mut steps, mut both) = (0, 1, false);
    while !both {
        n += 1;
        let name = format!("urn:oid:1.2.250.1.213.99.{n}");
        let quoted = format!("\"{name}\"");
        let places = async || {
            let is_it = |text: &str| text.contains(&quoted);
            let karim = held(&bed, "Karim", is_it).await.len();
            let camille = held(&bed, "Camille", is_it).await.len();
            (karim, camille)
        };
        let token = async || {
            software
                .token(app.random(), app.now())
                .await
                .expect("a token")
        };
        let bundle = bed.deposit_for("Karim", n, |_| ());
        software
            .deposit(&token().await, &bundle)
            .await
            .expect("deposited");
        bed.work().await;
        disown(&bed, &name).await;

        let aside = killed(carnet::jobs::work(app), steps).await.is_some();
        assert!(matches!(places().await, (0 | 1, 0)), "{steps} steps");
        // Whoever claimed the work is dead: it is claimed again.
        bed.advance(SignedDuration::from_mins(3));
        bed.work().await;
        assert_eq!(places().await, (0, 0), "{steps} steps");
        let all = app.gate.all_held(&quarantine).await.expect("the list");
        let waiting = all.iter().filter(|(_, one)| one.stage == Stage::Waiting);
        let waiting: Vec<_> = waiting.collect();
        let [(id, one)] = waiting.as_slice() else {
            panic!("one waits, not {}: {steps} steps", waiting.len())
        };
        assert_eq!(one.unique_id, name);

        let path = format!("/fhir/Task/{id}/$reassign");
        let done = software.post(&token().await, &path, &camille).await;
        assert_eq!(done.expect("an answer").status, 202);
        let given = killed(carnet::jobs::work(app), steps).await.is_some();
        assert!(matches!(places().await, (0, 0 | 1)), "{steps} steps");
        bed.advance(SignedDuration::from_mins(3));
        bed.work().await;
        assert_eq!(places().await, (0, 1), "{steps} steps");
        let there = app.store.locate(BY_UNIQUE_ID, &name).await.expect("read");
        assert_eq!(there, Some(record_of(&bed, "Camille").await));
        both = aside && given;
        steps += 1 + steps / 16;
        assert!(n < 400, "the work never ends");
    }
    println!("killed after 1 to {steps} steps, {n} documents");
    let report = carnet::audit::verify(&app.gate, |_, _| {}).await;
    assert!(report.expect("verified").is_clean());
}

/// What a depositor asks to call back.
pub fn batch(names: &[String]) -> Value {
    let input = |name: &String| {
        let name = json!({"system": "urn:ietf:rfc:3986", "value": name});
        json!({"type": {"text": "uniqueId"}, "valueIdentifier": name})
    };
    json!({"resourceType": "Task", "status": "requested", "intent": "order",
        "code": {"coding": [{"code": "recall"}]},
        "reasonCode": {"text": "Deux identités confondues"},
        "input": names.iter().map(input).collect::<Vec<_>>()})
}

#[tokio::test]
async fn two_people_of_a_depositor_call_a_batch_back_and_read_what_became_of_each() {
    let bed = Bed::new().await;
    let app = &bed.demo.app;
    let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    let (others, other) = bed.software_in("autre", "Autre (fictif)", false).await;
    for (n, name) in [(1, "Karim"), (2, "Karim"), (3, "Camille")] {
        let bundle = bed.deposit_for(name, n, |document| document.title = TITLE.into());
        software.deposit(&token, &bundle).await.expect("deposited");
    }
    let bundle = bed.deposit_for("Karim", 4, |_| ());
    others.deposit(&other, &bundle).await.expect("deposited");
    let name = |n: u32| format!("urn:oid:1.2.250.1.213.99.{n}");
    let asked = batch(&(1..=5).map(name).collect::<Vec<_>>());
    let alone = software
        .post(&token, "/fhir/Task", &asked)
        .await
        .expect("x");
    assert_eq!(alone.status, 403, "{}", alone.text());

    let keys = [11, 12, 13].map(|seed| {
        let text = PersonalKey::draw(&SeededRandom::new(seed));
        PersonalKey::read(text.expose()).expect("a key")
    });
    let client = app.store.client("chu").await.expect("read").expect("there");
    let mut client: exchange::Client = serde_json::from_slice(&client).expect("a client");
    client.people = keys[..2]
        .iter()
        .map(|key| exchange::Signatory {
            name: "Une personne".to_owned(),
            key: key.public(),
        })
        .collect();
    client
        .register(&app.store, "chu")
        .await
        .expect("registered");
    let token = software
        .token(app.random(), app.now())
        .await
        .expect("a token");
    let post = async |path: &str, body: &Value| software.post(&token, path, body).await.expect("x");
    assert_eq!(post("/fhir/Task", &batch(&[])).await.status, 400);
    let made = post("/fhir/Task", &asked).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let made: Value = serde_json::from_slice(&made.body).expect("JSON");
    let text = made["description"].as_str().expect("a text to sign");
    assert!(text.contains(&name(3)), "{text}");
    let at = format!("/fhir/Task/{}", made["id"].as_str().expect("an id"));
    let approve = format!("{at}/$approve");
    let signed = |key: &PersonalKey| {
        json!({"resourceType": "Parameters", "parameter": [
            {"name": "signature", "valueString": key.sign(text.as_bytes())}]})
    };
    let theirs = others.post(&other, &approve, &signed(&keys[0])).await;
    assert_eq!(theirs.expect("x").status, 404);
    assert_eq!(post(&approve, &signed(&keys[2])).await.status, 422);
    for _ in 0..2 {
        // One person twice is one person.
        let once = post(&approve, &signed(&keys[0])).await;
        assert_eq!(once.status, 200, "{}", once.text());
        assert!(once.has("requested"), "{}", once.text());
    }
    bed.work().await;
    assert_eq!(
        held(&bed, "Camille", |text| text.contains(TITLE))
            .await
            .len(),
        1
    );
    let both = post(&approve, &signed(&keys[1])).await;
    assert!(both.has("in-progress"), "{}", both.text());
    assert_eq!(post(&approve, &signed(&keys[1])).await.status, 409);

    // Killed here and there, it goes on, and says of each what became of it once.
    for steps in [2, 7, 19, 41] {
        killed(carnet::jobs::work(app), steps).await;
        bed.advance(SignedDuration::from_mins(3));
    }
    bed.work().await;
    let token = software
        .token(app.random(), app.now())
        .await
        .expect("a token");
    let done = get(&bed, &token, &at).await;
    let done: Value = serde_json::from_slice(&done.body).expect("JSON");
    assert_eq!(done["status"], "completed", "{done}");
    let came = done["output"].as_array().expect("a report").iter();
    let came: Vec<&str> = came
        .map(|one| one["type"]["coding"][0]["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(
        came,
        ["recalled", "recalled", "recalled", "unknown", "unknown"]
    );
    for name in ["Karim", "Camille"] {
        assert!(
            held(&bed, name, |text| text.contains(TITLE))
                .await
                .is_empty()
        );
    }
    assert_eq!(
        held(&bed, "Karim", |text| text.contains("213.99.4\""))
            .await
            .len(),
        1
    );
    let asked = tasks(&bed, &token).await;
    let waiting = asked.iter().filter(|one| one["status"] == "requested");
    let waiting: Vec<_> = waiting.collect();
    assert_eq!(waiting.len(), 3, "{asked:?}");
    // What was called back by mistake may go back to where it was.
    let reassign = format!(
        "/fhir/Task/{}/$reassign",
        waiting[0]["id"].as_str().expect("an id")
    );
    let back = naming(&person(&bed, "Karim"));
    let answer = software.post(&token, &reassign, &back).await.expect("x");
    assert_eq!(answer.status, 202, "{}", answer.text());
    bed.work().await;
    assert_eq!(
        held(&bed, "Karim", |text| text.contains(TITLE)).await.len(),
        1
    );
}
