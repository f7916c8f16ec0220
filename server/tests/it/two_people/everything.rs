//! Somebody of whom there is one of everything, and what leads to it.

use std::collections::{BTreeMap, BTreeSet};

use access::{Act, Purpose, Viewer};
use axum::body::Body;
use fiction::Flag;
use http::{Method, Request, header};
use serde_json::{Value, json};
use testing::{Page, Visitor, scan};

use super::pages::{Form, addresses, forms, route_of};
use crate::{
    access_table::Route,
    bed::{Bed, ORIGIN, link},
    counter, directives, measures, misfiled, push, sharing, sharing_programs, takeaway,
};

/// Words that were typed, or are the person's: nobody else meets one of them.
pub const CANARIES: [&str; 9] = [
    "Desrosiers",
    "Héliotrope-une-lettre",
    "Héliotrope-un-dépôt",
    "Héliotrope-en-attente",
    "Héliotrope-le-dossier",
    "Héliotrope-une-note",
    "Héliotrope-le-médecin",
    "Héliotrope-contesté",
    "Héliotrope-appareil",
];

/// Addresses, forms and names that lead to what is one person's.
#[derive(Default)]
pub struct Hers {
    /// Addresses of each route.
    pub addresses: BTreeMap<String, BTreeSet<String>>,
    /// Forms of each route, by what they send.
    pub forms: BTreeMap<(String, Vec<String>), Vec<Form>>,
    /// Every random word on her pages.
    pub words: BTreeSet<String>,
    /// Names of her documents at their depositor.
    pub unique_ids: Vec<String>,
    /// Where software asks for what was not hers.
    pub task: String,
    /// The signed-in browsers that were walked.
    pub browsers: Vec<Visitor>,
}

/// Alike forms and addresses that are tried; one is as good as another.
const ALIKE: usize = 3;
/// Addresses of one route that are walked.
const WALKED: usize = 25;

impl Hers {
    pub fn learn(&mut self, routes: &[Route], path: &str) {
        if let Some(route) = route_of(routes, path) {
            let all = self.addresses.entry(route.to_owned()).or_default();
            all.insert(path.to_owned());
        }
    }

    /// Follows every link that somebody is shown from these places.
    async fn walk(&mut self, routes: &[Route], visitor: &Visitor, starts: &[&str]) {
        let mut queue: Vec<String> = starts.iter().map(|start| (*start).to_owned()).collect();
        let mut seen = BTreeSet::new();
        let mut walked: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(path) = queue.pop() {
            let Some(route) = route_of(routes, &path) else {
                continue;
            };
            self.learn(routes, &path);
            let count = walked.entry(route.to_owned()).or_default();
            if *count == WALKED || !seen.insert(path.clone()) {
                continue;
            }
            *count += 1;
            let page = visitor.get(&path).await.expect("a page");
            self.read(routes, &page);
            queue.extend(addresses(&page));
        }
    }

    /// Takes down what a page leads to.
    pub fn read(&mut self, routes: &[Route], page: &Page) {
        for path in addresses(page) {
            self.learn(routes, &path);
        }
        for form in forms(page) {
            let Some(route) = route_of(routes, &form.action) else {
                continue;
            };
            let names = form.fields.iter().map(|(name, _)| name.clone()).collect();
            let alike = self.forms.entry((route.to_owned(), names)).or_default();
            if alike.len() < ALIKE && !alike.contains(&form) {
                alike.push(form);
            }
        }
        self.words.extend(random_words(&page.text()));
    }
}

/// Words of thirty-two hexadecimal digits: names of things.
pub fn random_words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words =
        words.filter(|word| word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit()));
    words.map(ToOwned::to_owned).collect()
}

async fn get(visitor: &Visitor, path: &str) -> Page {
    visitor.get(path).await.expect("a page")
}

async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    visitor.post(path, fields).await.expect("a page")
}

/// Where the answer to a form leads, with its query.
async fn led_to(visitor: &Visitor, path: &str, body: &str) -> String {
    let csrf = get(visitor, path).await;
    let csrf = csrf.between("name=\"csrf\" value=\"", "\"").expect("one");
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("csrf={csrf}&{body}")));
    let page = visitor.send(request.expect("a request")).await;
    let page = page.expect("an answer");
    let to = page.headers[header::LOCATION].to_str().expect("an address");
    to.to_owned()
}

/// Gives Camille one of everything, and walks all that she and those whom she let in are shown.
pub async fn everything(bed: &Bed, routes: &[Route]) -> Hers {
    let mut hers = Hers::default();
    let camille = bed.sign_in("Camille").await;

    // What others bring.
    let (chu, token) = bed.software_in("chu", "CHU (fictif)", false).await;
    for (n, title) in [
        (1, "Héliotrope-un-dépôt"),
        (2, "Héliotrope-en-attente"),
        (3, "Héliotrope-égaré"),
    ] {
        let bundle = bed.deposit_for("Camille", n, |document| {
            document.title = title.into();
            if n == 2 {
                document.flags = vec![Flag::Patient];
            }
        });
        chu.deposit(&token, &bundle).await.expect("deposited");
        hers.unique_ids
            .push(format!("urn:oid:1.2.250.1.213.99.{n}"));
    }
    let doctor = bed.professional("Martin").await;
    let record = bed.consent(&doctor, "Camille").await.path;
    let lost = get(&camille, "/documents").await;
    let lost = format!("{}/signaler", link(&lost, "Héliotrope-égaré"));
    get(&camille, &lost).await;
    let gone = post(&camille, &lost, &[("motif", "pas-a-moi")]).await;
    assert_eq!(gone.status, 410, "{}", gone.words());
    bed.work().await;
    let asked = misfiled::tasks(bed, &token).await;
    hers.task = asked[0]["id"].as_str().expect("an id").to_owned();
    for moment in ["tout-de-suite", "annonce"] {
        let here = format!("{record}/deposer");
        get(&doctor, &here).await;
        let fields = [
            ("type", "11488-4"),
            ("titre", "Héliotrope-le-médecin"),
            ("moment", moment),
        ];
        let text = format!("Texte fictif, {moment}.");
        let file = ("fichier", "a.txt", text.as_bytes());
        let done = doctor.upload(&here, &fields, &[file]).await.expect("page");
        assert!(done.path.ends_with("/depots"), "{}", done.words());
    }

    let known = get(&camille, "/documents").await;
    let known = format!("{}/signaler", link(&known, "Héliotrope-le-médecin"));
    get(&camille, &known).await;
    let fields = [("motif", "erreur"), ("precisions", "Héliotrope-contesté")];
    let said = post(&camille, &known, &fields).await;
    assert_eq!(said.status, 200, "{}", said.words());
    bed.work().await;

    // What she keeps.
    get(&camille, "/documents/ajouter").await;
    let fields = [
        ("titre", "Héliotrope-une-lettre"),
        ("date", "2026-06-01"),
        ("categorie", "CPT_REND"),
        ("visibilite", "visible"),
    ];
    let file = ("fichier", "lettre.txt", b"Une lettre fictive.".as_slice());
    let added = camille
        .upload("/documents/ajouter", &fields, &[file])
        .await
        .expect("page");
    assert_eq!(added.status, 200, "{}", added.words());
    get(&camille, "/documents/dossiers").await;
    let name = [("nom", "Héliotrope-le-dossier")];
    post(&camille, "/documents/dossiers", &name).await;
    measures::weight(&camille, "72,5").await;
    directives::write(&camille, &[]).await;
    post(
        &camille,
        "/documents/directives/rediger",
        &[("modele", "bonne-sante")],
    )
    .await;
    takeaway::ask(bed, &camille).await;

    // Whom she let in, and not; what she contests; where she is told.
    let shut = bed.professional("Nguyen").await;
    bed.consent(&shut, "Camille").await;
    let block = get(&camille, "/acces").await.links("/acces/");
    let block = block.iter().rfind(|link| link.ends_with("/bloquer"));
    let block = block.expect("a grant");
    get(&camille, block).await;
    post(&camille, block, &[]).await;
    let line = get(&camille, "/historique?qui=professionnels").await;
    let when = line.attribute("name=\"quand\" value=\"", "\"");
    let when = when.expect("a line");
    let thread = post(&camille, "/acces/contester", &[("quand", &when)]).await;
    post(
        &camille,
        &thread.path,
        &[("message", "Héliotrope-contesté")],
    )
    .await;
    push::add(
        &camille,
        "Héliotrope-appareil",
        "https://push.example/telephone",
    )
    .await;
    let code = counter::make(&camille, "10", "trois-mois").await;
    let code = scan(&code.text()).expect("a square");
    let code = code.strip_prefix(ORIGIN).expect("an address of ours");
    hers.learn(routes, code);
    let again = bed.sign_in("Camille").await;

    // What she shares.
    let reader = share(bed, routes, &mut hers, &camille).await;
    bed.work().await;
    bed.read().await;

    for (visitor, here) in [
        (&camille, "/documents/recherche".to_owned()),
        (&doctor, format!("{record}/recherche")),
    ] {
        let found = led_to(visitor, &here, "q=fictif").await;
        let page = get(visitor, &found).await;
        hers.learn(routes, &found);
        hers.read(routes, &page);
    }
    let traces = get(&camille, "/fhir/AuditEvent?_count=5").await;
    let traces: Value = serde_json::from_slice(&traces.body).expect("JSON");
    for entry in traces["entry"].as_array().expect("lines") {
        let address = entry["fullUrl"].as_str().expect("an address");
        hers.learn(routes, address.strip_prefix(ORIGIN).expect("of ours"));
        for about in entry["resource"]["entity"].as_array().expect("entities") {
            if let Some(about) = about["what"]["reference"].as_str() {
                for name in ["entity", "patient"] {
                    hers.learn(routes, &format!("/fhir/AuditEvent?{name}={about}"));
                }
            }
        }
    }
    let mut starts: Vec<String> = routes
        .iter()
        .filter(|route| route.shows() && !route.path.contains('{'))
        .filter(|route| !route.path.starts_with("/pro") && !route.path.starts_with("/fhir"))
        .map(|route| route.path.clone())
        .collect();
    starts.extend(["/documents?page=2".to_owned(), thread.path]);
    let starts: Vec<&str> = starts.iter().map(String::as_str).collect();
    hers.walk(routes, &camille, &starts).await;
    hers.walk(routes, &doctor, &["/pro", &record]).await;
    hers.walk(routes, &reader, &["/partage/documents"]).await;
    hers.browsers = vec![camille, again, doctor, reader];
    known_to_software(bed, routes, &mut hers).await;
    hers
}

/// Shares two documents; gives who opened them and left a note.
async fn share(bed: &Bed, routes: &[Route], hers: &mut Hers, camille: &Visitor) -> Visitor {
    let all = sharing::offered(camille).await;
    let items: Vec<&str> = all.iter().take(2).map(|one| one.0.as_str()).collect();
    let shared = sharing::share(camille, &items, &sharing::ANYBODY).await;
    hers.read(routes, &shared.page);
    let reader = bed.visitor();
    let opened = sharing::open(&reader, &shared, &shared.code).await;
    assert_eq!(opened.path, "/partage/documents", "{}", opened.words());
    let note = [("note", "Héliotrope-une-note")];
    post(&reader, "/partage/note", &note).await;
    let said = scan(&shared.page.text()).expect("a square");
    let link = shl::Link::read(&said).expect("a link");
    let asked = json!({"recipient": "Dr Smith", "passcode": shared.code});
    let manifest = sharing_programs::ask(&bed.visitor(), &link, asked).await;
    let manifest: Value = serde_json::from_slice(&manifest.body).expect("JSON");
    for file in manifest["files"].as_array().expect("files") {
        let address = file["location"].as_str().expect("an address");
        hers.learn(routes, address.strip_prefix(ORIGIN).expect("of ours"));
    }
    reader
}

/// What software would call, with the names that it may have got.
async fn known_to_software(bed: &Bed, routes: &[Route], hers: &mut Hers) {
    let viewer = Viewer::system(Purpose::Deposit, bed.demo.app.now());
    let record = misfiled::record_of(bed, "Camille").await;
    let entered = bed.demo.app.gate.enter(&viewer, record, Act::List).await;
    let ids =
        entered
            .expect("entered")
            .recognise(|scope: &access::Scope<'_, documents::Documents>| {
                let all = scope.things();
                all.map(|one| one.id()).collect::<Vec<_>>()
            });
    for id in ids.await.expect("read").into_iter().take(2) {
        for path in [
            format!("/fhir/DocumentReference/{id}"),
            format!("/fhir/DocumentReference/{id}/_history/1"),
            format!("/fhir/Binary/{id}"),
            format!("/fhir/DocumentReference?_id={id}"),
            format!("/fhir/DocumentReference/_search?_id={id}"),
        ] {
            hers.learn(routes, &path);
        }
    }
    let number = &bed.persona("Camille").number;
    for path in ["/fhir/DocumentReference", "/fhir/DocumentReference/_search"] {
        hers.learn(routes, &format!("{path}?patient.identifier={number}"));
    }
    for name in &hers.unique_ids.clone() {
        let name = format!("/fhir/DocumentReference?identifier=urn:ietf:rfc:3986%7C{name}");
        hers.learn(routes, &name);
    }
    for rest in ["", "/$reassign", "/$discard", "/$approve"] {
        hers.learn(routes, &format!("/fhir/Task/{}{rest}", hers.task));
    }
}
