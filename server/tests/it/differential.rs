//! What a viewer may not know of is absent: every page is the same to the byte
//! with and without it.
//!
//! Two installations are made alike, from one seed, and walked alike; one of
//! them was given one more thing in between.

use std::collections::{BTreeMap, BTreeSet};

use fiction::Flag;
use testing::{Page, Visitor};

use super::bed::Bed;

/// Everything a viewer meets by following links, by address.
pub async fn walk(visitor: &Visitor, starts: &[&str]) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    let mut queue: Vec<String> = starts.iter().map(|start| (*start).to_owned()).collect();
    while let Some(path) = queue.pop() {
        if seen.contains_key(&path)
            || path.starts_with("/assets")
            || path.starts_with("/demo")
            || path.starts_with("/langue")
        {
            continue;
        }
        let page = visitor.get(&path).await.expect("page");
        for link in page.links("/") {
            queue.push(link);
        }
        seen.insert(path, written(&page));
    }
    seen
}

pub fn written(page: &Page) -> String {
    let headers: BTreeMap<&str, &str> = page
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap_or("?")))
        .collect();
    format!(
        "{} {}\n{headers:#?}\n{}",
        page.path,
        page.status,
        page.text()
    )
}

pub fn same(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) {
    let paths = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(paths(a), paths(b), "other addresses are met");
    assert!(a.len() > 8, "the walk met only {:?}", paths(a));
    for (path, page) in a {
        let other = &b[path];
        if page != other {
            let lines = page.lines().zip(other.lines()).filter(|(a, b)| a != b);
            let at: Vec<_> = lines.take(3).collect();
            panic!("{path} differs: {at:#?}");
        }
    }
}

/// One text, and one laboratory report changed alike.
async fn deposit(bed: &Bed, name: &str, change: fn(&mut fiction::Doc)) {
    let (software, token) = bed
        .software("demo-labo", "Laboratoire des Érables (fictif)")
        .await;
    software
        .deposit(&token, &bed.deposit_for(name, 1, change))
        .await
        .expect("deposited");
    // A change of type is for the text alone: a report's own header says what it is.
    let mut same_type = true;
    let report = bed.report_for(name, 2, |document| {
        let before = document.type_code;
        change(document);
        same_type = document.type_code == before;
    });
    if same_type {
        let deposited = software.deposit(&token, &report).await;
        deposited.expect("deposited");
        // Only some have one: what it states as data is on the first page that a doctor sees.
        if name == "Karim" {
            let synthesis = bed.synthesis_for(name, 3, change);
            let deposited = software.deposit(&token, &synthesis).await;
            deposited.expect("deposited");
        }
    }
    bed.work().await;
}

/// Adds what a search shows, for words of what is there and of what may be.
pub async fn search(pages: &mut BTreeMap<String, String>, visitor: &Visitor, here: &str) {
    visitor.get(here).await.expect("the form");
    let words = [
        "fictif",
        "texte",
        "compte rendu",
        "sang",
        "erables",
        "psychiatrie",
    ];
    for typed in words {
        let page = visitor.post(here, &[("q", typed)]).await.expect("a page");
        // The address holds a random word.
        let written = written(&page).replace(&page.path, here);
        pages.insert(format!("{here} {typed}"), written);
    }
}

/// The walk of a professional with consent, on an installation with or without the thing.
async fn professional_walks(
    who: &str,
    with: Option<fn(&mut fiction::Doc)>,
) -> BTreeMap<String, String> {
    let bed = Bed::seeded(41).await;
    let professional = bed.professional(who).await;
    let record = bed.consent(&professional, "Karim").await;
    if let Some(change) = with {
        deposit(&bed, "Karim", change).await;
    }
    bed.read().await;
    let mut pages = walk(&professional, &["/pro", &record.path]).await;
    let here = format!("{}/recherche", record.path);
    search(&mut pages, &professional, &here).await;
    pages
}

/// The walk of the person, and the messages that left for them.
async fn holder_walks(name: &str, with: Option<fn(&mut fiction::Doc)>) -> BTreeMap<String, String> {
    let bed = Bed::seeded(42).await;
    let holder = bed.sign_in(name).await;
    if let Some(change) = with {
        deposit(&bed, name, change).await;
    }
    let starts = [
        "/accueil",
        "/documents",
        "/acces",
        "/historique",
        "/notifications",
        "/parametres",
    ];
    bed.read().await;
    let mut pages = walk(&holder, &starts).await;
    search(&mut pages, &holder, "/documents/recherche").await;
    let traces = holder.get("/fhir/AuditEvent?_count=200").await;
    pages.insert(
        "traces".to_owned(),
        unnamed(&traces.expect("traces").text()),
    );
    for format in ["csv", "fhir"] {
        holder.get("/historique/export").await.expect("the form");
        let file = holder
            .post("/historique/export", &[("format", format)])
            .await;
        pages.insert(
            format!("export {format}"),
            unnamed(&file.expect("a file").text()),
        );
    }
    let sent: Vec<String> = bed
        .demo
        .outbox
        .messages()
        .iter()
        .map(|(_, sent)| format!("{sent:?}"))
        .collect();
    pages.insert("messages".to_owned(), sent.join("\n"));
    pages
}

/// Without the names of lines and documents, which are drawn at random.
pub fn unnamed(text: &str) -> String {
    let hex = |part: &str| part.len() == 32 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let parts = parts.map(|part| match part.get(..32).is_some_and(hex) {
        true => format!("…{}", &part[32..]),
        false => part.to_owned(),
    });
    parts.collect()
}

fn masked(document: &mut fiction::Doc) {
    document.flags = vec![Flag::Professionals];
}

fn awaiting(document: &mut fiction::Doc) {
    document.flags = vec![Flag::Patient];
}

/// A type that the matrix keeps from nurses.
fn psychiatric(document: &mut fiction::Doc) {
    document.type_code = "68599-0";
    document.class = "11".to_owned();
}

#[tokio::test]
async fn hidden_from_professionals() {
    same(
        &professional_walks("Martin", None).await,
        &professional_walks("Martin", Some(masked)).await,
    );
}

#[tokio::test]
async fn kept_from_a_profession_by_the_matrix() {
    same(
        &professional_walks("Garcia", None).await,
        &professional_walks("Garcia", Some(psychiatric)).await,
    );
}

#[tokio::test]
async fn awaiting_disclosure_to_the_person() {
    same(
        &holder_walks("Camille", None).await,
        &holder_walks("Camille", Some(awaiting)).await,
    );
}

/// The walk of a professional who comes back, on an installation with or without the thing.
async fn comes_back(with: Option<fn(&mut fiction::Doc)>) -> BTreeMap<String, String> {
    let bed = Bed::seeded(45).await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    if let Some(change) = with {
        deposit(&bed, "Karim", change).await;
    }
    for _ in 0..5 {
        bed.advance(jiff::SignedDuration::from_mins(9));
        doctor.get("/pro/situation").await.expect("still signed in");
    }
    let pages = walk(&doctor, &["/pro", &record.path]).await;
    assert!(pages[&record.path].contains("Depuis votre dernière visite"));
    pages
}

#[tokio::test]
async fn what_is_hidden_is_not_new_either() {
    same(&comes_back(None).await, &comes_back(Some(masked)).await);
    let plain: fn(&mut fiction::Doc) = |_| {};
    assert_ne!(comes_back(None).await, comes_back(Some(plain)).await);
}

/// A form and what it sends.
type Step = (&'static str, &'static [(&'static str, &'static str)]);

/// The walk of a doctor with consent, and what its person does of their own before.
async fn beside_the_person(steps: &[Step]) -> BTreeMap<String, String> {
    let bed = Bed::seeded(43).await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    if !steps.is_empty() {
        let karim = bed.sign_in("Karim").await;
        let list = karim.get("/documents").await.expect("page");
        let links = list.links("/documents/");
        let own = |link: &&String| link.split('/').nth(2).is_some_and(|id| id.len() == 32);
        let document = links.iter().find(own).expect("a document");
        for (path, fields) in steps {
            karim.get("/documents/dossiers").await.expect("page");
            let path = path.replace("{document}", document);
            let done = karim.post(&path, fields).await.expect("page");
            assert!(done.status.is_success(), "{path} {}", done.words());
        }
    }
    walk(&doctor, &["/pro", &record.path]).await
}

/// Folders and pins are the person's own affair.
#[tokio::test]
async fn how_a_person_keeps_their_documents() {
    let steps: [Step; 2] = [
        ("/documents/dossiers", &[("nom", "À cacher au docteur")]),
        ("{document}/ranger", &[("action", "epingler")]),
    ];
    same(
        &beside_the_person(&[]).await,
        &beside_the_person(&steps).await,
    );
}

/// Deposited, then kept from this professional by the person: as if it had never come.
async fn kept_from_one(with: bool) -> BTreeMap<String, String> {
    let bed = Bed::seeded(44).await;
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Karim").await;
    if with {
        let (software, token) = bed.software_in("chu", "CHU (fictif)", false).await;
        let bundle = bed.deposit_for("Karim", 1, |document| {
            document.author = document.author.take().map(|mut author| {
                let staff = fiction::staff();
                let mut others = staff.all().into_iter();
                let other = others.find(|who| !who.name().contains("Martin"));
                author.who = other.expect("one").clone();
                author
            });
        });
        software.deposit(&token, &bundle).await.expect("deposited");
        let karim = bed.sign_in("Karim").await;
        let list = karim.get("/documents").await.expect("page");
        let text = list.text();
        let before = text.split("Compte rendu fictif 1").next().expect("there");
        let link = before.rsplit("href=\"").next().expect("a link");
        let form = format!("{}/visibilite", link.split('"').next().expect("a link"));
        karim.get(&form).await.expect("page");
        let fields = [("lecteurs", "seulement"), ("specialite", "SM01")];
        let done = karim.post(&form, &fields).await.expect("page");
        assert!(done.has("Votre choix est enregistré"), "{}", done.words());
    }
    walk(&doctor, &["/pro", &record.path]).await
}

#[tokio::test]
async fn shown_to_some_professionals_and_not_to_this_one() {
    same(&kept_from_one(false).await, &kept_from_one(true).await);
}

/// The walk of whoever opened a share of two documents, without an account.
async fn reader_walks(with: Option<fn(&mut fiction::Doc)>) -> BTreeMap<String, String> {
    let bed = Bed::seeded(45).await;
    let karim = bed.sign_in("Karim").await;
    let form = karim.get("/partages/nouveau").await.expect("page").text();
    let boxes = form.split("name=\"documents\" value=\"").skip(1);
    let ids = boxes.map(|part| part.split('"').next().expect("an id").to_owned());
    let ids: Vec<String> = ids.take(2).collect();
    let fields = [
        ("documents", ids[0].as_str()),
        ("documents", ids[1].as_str()),
        ("pour", "code"),
        ("duree", "24h"),
        ("fois", "3"),
    ];
    let page = karim
        .post("/partages/nouveau", &fields)
        .await
        .expect("page");
    let code = page
        .between("id=\"code-de-partage\">", "<")
        .expect("a code");
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let address = page.between("id=\"lien\">", "<").expect("an address");
    let path = address
        .split("carnet.test")
        .nth(1)
        .expect("a path")
        .to_owned();
    let reader = bed.visitor();
    reader.get(&path).await.expect("page");
    let fields = [
        ("code", code.as_str()),
        ("nom", "Dr Smith"),
        ("motif", "emergency"),
        ("soins", "oui"),
    ];
    let opened = reader.post(&path, &fields).await.expect("page");
    assert_eq!(opened.path, "/partage/documents", "{}", opened.words());
    if let Some(change) = with {
        deposit(&bed, "Karim", change).await;
    }
    // What is public around it draws a random secret for each form: here is what is shared.
    let mut pages = BTreeMap::new();
    let mut queue = vec!["/partage/documents".to_owned(), path];
    while let Some(path) = queue.pop() {
        if pages.contains_key(&path) {
            continue;
        }
        let page = reader.get(&path).await.expect("page");
        queue.extend(page.links("/partage/"));
        pages.insert(path, written(&page));
    }
    assert!(pages.len() >= 6, "{:?}", pages.keys());
    pages
}

/// Neither what was not chosen, nor what awaits, is hidden or plain, is there for a share's reader.
#[tokio::test]
async fn beside_what_is_shared() {
    let alone = reader_walks(None).await;
    let plain: fn(&mut fiction::Doc) = |_| {};
    for with in [plain, masked, awaiting] {
        assert_eq!(alone, reader_walks(Some(with)).await);
    }
}

/// The test can fail: a plain deposit is seen by both.
#[tokio::test]
async fn a_plain_deposit_is_seen() {
    let plain: fn(&mut fiction::Doc) = |_| {};
    assert_ne!(
        professional_walks("Martin", None).await,
        professional_walks("Martin", Some(plain)).await
    );
    assert_ne!(
        holder_walks("Camille", None).await,
        holder_walks("Camille", Some(plain)).await
    );
}
