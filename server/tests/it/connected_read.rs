//! Software of a professional reads in their name: what they may see, and nothing else, each look with
//! its line.

use std::collections::BTreeSet;

use access::{Limits, watch::Watch};
use demo_identity::Mischief;
use http::{StatusCode, header};
use serde_json::Value;
use testing::{Page, Visitor};

use super::{
    bed::Bed,
    lps::{Lps, NAME, json},
    ways::authorise,
};

pub const OURS: &str = carnet::demo::SOFTWARE[0];
const OTHERS: &str = carnet::demo::SOFTWARE[1];
pub const SEARCH: &str = "/fhir/DocumentReference/_search";
const HOSPITAL: &str = "1990000025";

/// The parameter that names a person.
pub fn whose(bed: &Bed, name: &str) -> String {
    number_of(&bed.persona(name).number)
}

fn number_of(number: &str) -> String {
    let plain: String = number
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .collect();
    format!("urn:oid:1.2.250.1.213.1.4.10|{plain}")
}

pub async fn search(lps: &Lps, token: &str, whose: &str, more: &[(&str, &str)]) -> Page {
    let mut fields = vec![("patient.identifier", whose)];
    fields.extend(more);
    lps.post(Some(token), SEARCH, &fields).await
}

pub fn entries(page: &Page) -> Vec<Value> {
    assert_eq!(page.status, 200, "{}", page.text());
    let set = fhir::check(&page.body).expect("valid FHIR");
    assert_eq!(
        (&set["resourceType"], &set["type"]),
        (&"Bundle".into(), &"searchset".into())
    );
    let all = set["entry"].as_array().cloned().unwrap_or_default();
    all.into_iter()
        .map(|entry| entry["resource"].clone())
        .collect()
}

/// An address of ours as a path.
pub fn path(address: &Value) -> String {
    let address = address.as_str().expect("an address");
    address
        .split("carnet.test")
        .nth(1)
        .expect("ours")
        .to_owned()
}

async fn block(person: &Visitor) {
    let access = person.get("/acces").await.expect("a page");
    let links = access.links("/acces/").into_iter();
    let mut grants = links.filter(|link| link.ends_with("/bloquer") && link != "/acces/bloquer");
    let link = grants.next().expect("a grant");
    person.get(&link).await.expect("a page");
    person.post(&link, &[]).await.expect("a page");
}

#[tokio::test]
async fn documents_are_found_and_read_in_the_professional_s_name() {
    let bed = Bed::new().await;
    let pages = bed.professional("Martin").await;
    bed.consent(&pages, "Karim").await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let token = lps.token(&bed, "Martin").await;
    let karim = whose(&bed, "Karim");
    let found = search(&lps, &token, &karim, &[]).await;
    let all = entries(&found);
    assert!(all.len() > 5, "{}", found.text());
    assert_eq!(json(&found)["total"], all.len());
    let number = karim.split('|').nth(1).expect("a number").to_owned();
    for one in &all {
        assert_eq!(one["subject"]["identifier"]["value"], number.as_str());
        assert_eq!(one.to_string().matches(&number).count(), 1, "{one}");
        assert_eq!(one["status"], "current");
        assert!(one["content"][0]["attachment"].get("data").is_none());
    }
    // A page after the other: nothing is lost, nothing comes twice, and no address says whose it is.
    let mut met = BTreeSet::new();
    let mut page = search(&lps, &token, &karim, &[("_count", "4")]).await;
    loop {
        for one in entries(&page) {
            assert!(met.insert(one["id"].to_string()), "twice");
        }
        let links = json(&page)["link"].clone();
        assert!(!links.to_string().contains(&number), "{links}");
        let links = links.as_array().expect("links").clone();
        let next = links.iter().find(|link| link["relation"] == "next");
        let Some(next) = next else { break };
        page = lps.get(&token, &path(&next["url"])).await;
    }
    assert_eq!(met.len(), all.len());
    // By the word that stands for them, which is that software's alone.
    let word = all[0]["subject"]["reference"]
        .as_str()
        .expect("a reference")
        .to_owned();
    let by_word = format!("/fhir/DocumentReference?patient={word}");
    assert_eq!(entries(&lps.get(&token, &by_word).await).len(), all.len());
    let other = Lps::new(&bed, "autre", OTHERS).await;
    let theirs = other.token(&bed, "Martin").await;
    assert!(entries(&other.get(&theirs, &by_word).await).is_empty());
    let again = entries(&search(&other, &theirs, &karim, &[]).await);
    assert_ne!(
        again[0]["subject"]["reference"],
        word.as_str(),
        "another word"
    );
    // Never by a number in an address.
    let in_address =
        format!("/fhir/DocumentReference?patient.identifier={karim}").replace('|', "%7C");
    let token = lps.token(&bed, "Martin").await;
    let refused = lps.get(&token, &in_address).await;
    assert_eq!(refused.status, 400);
    let told = json(&refused);
    assert_eq!(told["issue"][0]["expression"][0], "patient.identifier");
    assert!(!told.to_string().contains(&number), "{told}");
    // One by one, and their files.
    for one in all.iter().take(4) {
        let id = one["id"].as_str().expect("an id");
        let read = json(
            &lps.get(&token, &format!("/fhir/DocumentReference/{id}"))
                .await,
        );
        assert_eq!(read["content"], one["content"]);
        assert_eq!(
            read["subject"]["identifier"],
            Value::Null,
            "nobody said a number"
        );
        assert!(!read.to_string().contains(&number), "{read}");
        let attachment = &one["content"][0]["attachment"];
        let file = lps.get(&token, &path(&attachment["url"])).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(attachment["size"], file.body.len());
        let kind = attachment["contentType"].as_str().expect("a type");
        let given = file.headers[header::CONTENT_TYPE].to_str().expect("text");
        assert!(given.starts_with(kind), "{given} {kind}");
    }
    // Their person reads who it was, and with what.
    let karim = bed.sign_in("Karim").await;
    let history = karim.get("/historique").await.expect("a page");
    assert!(
        history.has(&format!("avec le logiciel « {NAME} »")),
        "{}",
        history.words()
    );
    let traces = karim
        .get("/fhir/AuditEvent?action=R&_count=200")
        .await
        .expect("traces");
    let traces = json(&traces).to_string();
    assert!(
        traces.contains(NAME) && traces.contains("Martin"),
        "{traces}"
    );
    // And the professional finds them among their patients.
    let list = pages.get("/pro").await.expect("a page");
    assert!(list.has("Karim"), "{}", list.words());
}

#[tokio::test]
async fn who_is_closed_to_them_is_as_who_is_unknown() {
    let bed = Bed::new().await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let pages = bed.professional("Martin").await;
    bed.consent(&pages, "Karim").await;
    let token = lps.token(&bed, "Martin").await;
    let karim = whose(&bed, "Karim");
    let all = entries(&search(&lps, &token, &karim, &[]).await);
    let addresses: Vec<String> = all
        .iter()
        .flat_map(|one| {
            let id = one["id"].as_str().expect("an id");
            let file = path(&one["content"][0]["attachment"]["url"]);
            [format!("/fhir/DocumentReference/{id}"), file]
        })
        .collect();
    // No consent, and nobody of that number: the same to the byte.
    let nobody = search(&lps, &token, &number_of("185052A99999979"), &[]).await;
    assert!(entries(&nobody).is_empty());
    let closed = search(&lps, &token, &whose(&bed, "Camille"), &[]).await;
    assert_eq!(closed.text(), nobody.text());
    let stranger = lps.token(&bed, "Garcia").await;
    let missing = lps
        .get(&stranger, "/fhir/Binary/0123456789abcdef0123456789abcdef")
        .await;
    assert_eq!(missing.status, 404);
    assert_eq!(json(&missing)["resourceType"], "OperationOutcome");
    for address in addresses.iter().take(6) {
        let page = lps.get(&stranger, address).await;
        assert_eq!(
            (page.status, page.text()),
            (missing.status, missing.text()),
            "{address}"
        );
    }
    // Blocked while reading: over at once.
    let token = lps.token(&bed, "Martin").await;
    assert_eq!(lps.get(&token, &addresses[1]).await.status, 200);
    let person = bed.sign_in("Karim").await;
    block(&person).await;
    for address in addresses.iter().take(6) {
        let page = lps.get(&token, address).await;
        assert_eq!(
            (page.status, page.text()),
            (missing.status, missing.text()),
            "{address}"
        );
    }
    assert_eq!(
        search(&lps, &token, &karim, &[]).await.text(),
        nobody.text()
    );
    let history = person.get("/historique").await.expect("a page");
    assert!(history.has(NAME), "the tries are told: {}", history.words());
}

#[tokio::test]
async fn a_search_says_what_is_wanted_and_a_token_what_it_opens() {
    let bed = Bed::new().await;
    let pages = bed.professional("Martin").await;
    bed.consent(&pages, "Karim").await;
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    let token = lps.token(&bed, "Martin").await;
    let karim = whose(&bed, "Karim");
    let all = entries(&search(&lps, &token, &karim, &[]).await);
    let reports = entries(&search(&lps, &token, &karim, &[("type", "11502-2")]).await);
    let is = |one: &&Value| one["type"]["coding"][0]["code"] == "11502-2";
    assert!(!reports.is_empty());
    assert_eq!(reports.len(), all.iter().filter(is).count());
    let one = &all[0]["masterIdentifier"]["value"];
    let named = [("identifier", one.as_str().expect("a name"))];
    assert_eq!(
        entries(&search(&lps, &token, &karim, &named).await).len(),
        1
    );
    for (more, status) in [
        ([("date", "hier")], 400),
        ([("_include", "DocumentReference:author")], 400),
        ([("patient", "Patient/x")], 400),
    ] {
        let refused = search(&lps, &token, &karim, &more).await;
        assert_eq!(refused.status, status, "{more:?}");
        fhir::check(&refused.body).expect("valid FHIR");
    }
    let subject = lps.sign_in(&bed, "Garcia").await;
    let narrow = lps
        .exchange(&bed, &subject, &[("scope", "user/Binary.r")])
        .await;
    let narrow = json(&narrow)["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let refused = search(&lps, &narrow, &karim, &[]).await;
    assert_eq!(refused.status, 403);
    let challenge = refused.headers[header::WWW_AUTHENTICATE]
        .to_str()
        .expect("text");
    assert!(challenge.contains("insufficient_scope"), "{challenge}");
    let statement = json(&lps.get(&token, "/fhir/metadata").await);
    let resources = statement["rest"][0]["resource"].to_string();
    assert!(
        resources.contains("search-type") && resources.contains("Binary"),
        "{resources}"
    );
}

#[tokio::test]
async fn what_a_place_opens_counts_as_on_our_pages() {
    let limits = Limits {
        first_openings_an_hour: 1,
        first_openings_at_most: 2,
        ..Limits::default()
    };
    let bed = Bed::within(limits).await;
    let listed = carnet::demo::list_everybody(&bed.demo).await;
    listed.expect("a directory");
    for name in ["Camille", "Karim"] {
        let person = bed.sign_in(name).await;
        let page = authorise(
            &person,
            "etablissement",
            HOSPITAL,
            &[("duree", "trois-mois")],
        )
        .await;
        assert_eq!(page.path, "/acces", "{}", page.words());
    }
    let (camille, karim) = (whose(&bed, "Camille"), whose(&bed, "Karim"));
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    bed.demo.identity.set_mischief(Mischief::OldFactor);
    let old = lps.token(&bed, "Sarrazin").await;
    // The same again is no first opening.
    for _ in 0..3 {
        assert!(!entries(&search(&lps, &old, &camille, &[]).await).is_empty());
    }
    let asked = search(&lps, &old, &karim, &[]).await;
    assert_eq!(asked.status, 401, "{}", asked.text());
    let challenge = asked.headers[header::WWW_AUTHENTICATE]
        .to_str()
        .expect("text");
    assert!(
        challenge.contains("insufficient_user_authentication"),
        "{challenge}"
    );
    // With a card shown just now it goes on, as on our pages, and our pages go on from there.
    bed.demo.identity.set_mischief(Mischief::None);
    let fresh = lps.token(&bed, "Sarrazin").await;
    assert!(!entries(&search(&lps, &fresh, &karim, &[]).await).is_empty());
    let pages = bed.professional("Sarrazin").await;
    let form = bed.find(&pages, "Yvette").await;
    let fields = [("accord", "oui"), ("duree", "trois-mois")];
    let page = pages.post(&form.path, &fields).await.expect("a page");
    assert_eq!(page.path, "/pro/connexion", "suspended: {}", page.words());
    let over = search(&lps, &fresh, &camille, &[]).await;
    assert_eq!(
        over.status,
        401,
        "with all that the account had: {}",
        over.text()
    );
}

#[tokio::test]
async fn a_stolen_token_goes_through_people_no_faster_than_a_session() {
    let bed = Bed::new().await;
    let listed = carnet::demo::list_everybody(&bed.demo).await;
    listed.expect("a directory");
    // A practice where one person an hour is usual.
    let table = include_str!("../../../reference/watch.json");
    let small = table.replace("\"people_an_hour\": 32", "\"people_an_hour\": 1");
    let small = Watch::read(&small).expect("a table");
    bed.demo.app.gate.change_rules(|rules| rules.watch = small);
    let names = ["Camille", "Karim"];
    let martin = fiction::staff().anne.national_id();
    for name in names {
        let person = bed.sign_in(name).await;
        let lasts = [("duree", "trois-mois")];
        let page = authorise(&person, "professionnel", &martin, &lasts).await;
        assert_eq!(page.path, "/acces", "{}", page.words());
    }
    let [camille, karim] = names.map(|name| whose(&bed, name));
    let lps = Lps::new(&bed, "tilleul", OURS).await;
    bed.demo.identity.set_mischief(Mischief::OldFactor);
    let old = lps.token(&bed, "Martin").await;
    // Who was met once is met.
    for _ in 0..3 {
        assert!(!entries(&search(&lps, &old, &camille, &[]).await).is_empty());
    }
    let asked = search(&lps, &old, &karim, &[]).await;
    assert_eq!(asked.status, 401, "{}", asked.text());
    bed.demo.identity.set_mischief(Mischief::None);
    let fresh = lps.token(&bed, "Martin").await;
    assert!(!entries(&search(&lps, &fresh, &karim, &[]).await).is_empty());
}
