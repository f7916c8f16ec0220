//! Attempts across two people: whoever has nothing to do with Camille takes every route that has a
//! parameter, and sends every form, with what is hers.
//!
//! What leads to her is gathered from her own pages and from those of whom she let in, so that a new
//! page is tried by itself; a new route with a parameter fails here until something leads to it.

mod everything;
mod pages;

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use http::{Request, header};
use serde_json::{Value, json};
use testing::{Page, Visitor};
use vault::RecordId;

use self::{
    everything::{CANARIES, Hers, everything, random_words},
    pages::{Form, is_personal, parameters, route_of},
};
use super::{
    access_table::{Route, routes},
    bed::Bed,
    misfiled, sharing,
};

/// What opens to whoever holds it, by its sense: a square shown at the counter says whose it is, and a
/// file of a health link is sealed with a key that only the link has. The door of a share is not here:
/// before the code it says nothing.
const HELD: [&str; 3] = [
    "/pro/code/{jeton}",
    "/partage/{jeton}/fichier/{vue}/{id}",
    "/partage/{jeton}/manifeste",
];
/// What ends whoever sends it, and nobody else.
const LEAVING: [&str; 2] = ["/deconnexion", "/parametres/fermer"];
/// How many addresses of one route are tried.
const TRIED: usize = 3;

/// Somebody who has nothing to do with her.
struct Other {
    name: &'static str,
    visitor: Visitor,
    /// A page of theirs.
    home: &'static str,
    bearer: Option<String>,
    /// What stands in their own addresses for a parameter.
    own: BTreeMap<&'static str, String>,
}

impl Other {
    fn new(name: &'static str, visitor: Visitor, home: &'static str) -> Self {
        Self {
            name,
            visitor,
            home,
            bearer: None,
            own: BTreeMap::new(),
        }
    }

    /// An address as they would write it: as it is, and with what is their own in it.
    fn versions(&self, route: &str, path: &str) -> Vec<String> {
        let mut all = vec![];
        if !HELD.contains(&route) {
            all.push(path.to_owned());
        }
        let (mut own, mut theirs, mut hers) = (path.to_owned(), false, false);
        for (name, value) in parameters(route, path) {
            match self.own.get(name) {
                Some(mine) => (own, theirs) = (own.replace(value, mine), true),
                None => hers |= is_personal(name),
            }
        }
        if theirs && hers {
            all.push(own);
        }
        all
    }

    async fn get(&self, path: &str) -> Page {
        match self.bearer {
            Some(_) => self.ask("GET", path, &Value::Null).await,
            None => self.visitor.get(path).await.expect("an answer"),
        }
    }

    /// Sends a form from a page of theirs; `None` when they are no longer signed in.
    async fn send(&self, form: &Form) -> Option<Page> {
        let home = self.visitor.get(self.home).await.expect("a page");
        match home.path == self.home {
            true => Some(form.send(&self.visitor).await),
            false => None,
        }
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> Page {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/fhir+json");
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = match body {
            Value::Null => Body::empty(),
            body => Body::from(body.to_string()),
        };
        let answer = self.visitor.send(request.body(body).expect("a request"));
        answer.await.expect("an answer")
    }
}

/// What a look or an act that is not theirs comes to: absent, or first of all who they are. At work
/// one page stands for a block, an end and a word that never was, and is the same for all.
fn is_refused(page: &Page, unknown: &Page) -> bool {
    let to = page.headers.get(header::LOCATION);
    let to = to.and_then(|to| to.to_str().ok()).unwrap_or(&page.path);
    let asked_who = to.starts_with("/connexion") || to.starts_with("/pro/connexion");
    let at_work = page.path.starts_with("/pro/");
    // Where software reads nothing, whatever it asks.
    let closed = page.path.starts_with("/fhir/") && page.status == 403 && same(page, unknown);
    let absent = page.status == 404 && (!at_work || same(page, unknown));
    asked_who || closed || absent || page.status == 401
}

/// Whether two answers are one, but for the names in them.
fn same(page: &Page, other: &Page) -> bool {
    let plain = |page: &Page| {
        let mut text = page.text();
        for word in random_words(&text) {
            text = text.replace(&word, "");
        }
        let csrf = page.between("name=\"csrf\" value=\"", "\"");
        csrf.map_or(text.clone(), |csrf| text.replace(&csrf, ""))
    };
    page.status == other.status && plain(page) == plain(other)
}

/// The same with names that were never given to anything; what is their own stays.
fn never_was(text: &str, own: &BTreeMap<&str, String>) -> String {
    let mut changed = text.to_owned();
    let words = random_words(text).into_iter();
    for word in words.filter(|word| own.values().all(|mine| mine != word)) {
        let other: String = word.chars().rev().collect();
        changed = changed.replace(&word, &other);
    }
    changed
}

/// What of hers is in an answer, and was not in what was asked.
fn shown(page: &Page, asked: &str, hers: &BTreeSet<String>) -> Vec<String> {
    let text = page.text();
    let words = CANARIES.iter().filter(|word| page.has(word));
    let words = words.map(|word| (*word).to_owned());
    let named = random_words(&text).into_iter();
    let named = named.filter(|word| hers.contains(word) && !asked.contains(word.as_str()));
    words.chain(named).collect()
}

/// How many entries each record holds: nothing is changed, and no line added, without one more.
async fn entries(bed: &Bed) -> BTreeMap<RecordId, u64> {
    let gate = &bed.demo.app.gate;
    let mut all = BTreeMap::new();
    for record in gate.records().await.expect("records") {
        let verdict = gate.verify(record).await.expect("verified");
        assert!(verdict.findings.is_empty(), "{:?}", verdict.findings);
        all.insert(record, verdict.entries);
    }
    all
}

async fn others(bed: &Bed) -> Vec<Other> {
    let karim = bed.sign_in("Karim").await;
    let offered = sharing::offered(&karim).await;
    let shared = sharing::share(&karim, &[&offered[0].0], &sharing::ANYBODY).await;
    let reader = bed.visitor();
    let opened = sharing::open(&reader, &shared, &shared.code).await;
    assert_eq!(opened.path, "/partage/documents", "{}", opened.words());
    let part = |path: &str, at: usize| path.split('/').nth(at).expect("a part").to_owned();
    let mut reader = Other::new("reader of another share", reader, "/partage/documents");
    reader.own.insert("{jeton}", part(&shared.path, 2));
    let nurse = bed.professional("Garcia").await;
    let record = bed.consent(&nurse, "Karim").await;
    let mut nurse = Other::new("professional of somebody else", nurse, "/pro");
    nurse.own.insert("{handle}", part(&record.path, 3));
    let (_, token) = bed.software_in("autre", "Autre (fictif)", false).await;
    let mut software = Other::new("software of somebody else", bed.visitor(), "/connexion");
    software.bearer = Some(token);
    vec![
        Other::new("nobody", bed.visitor(), "/connexion"),
        Other::new("another person", karim, "/accueil"),
        nurse,
        reader,
        software,
    ]
}

/// Every route with a parameter has an address of hers: found on a page, or made of what was.
fn complete(all: &[Route], hers: &mut Hers) {
    let mut missed = vec![];
    for route in all.iter().filter(|route| route.path.contains('{')) {
        if hers.addresses.contains_key(&route.path) || !is_personal(&route.path) {
            continue;
        }
        let parts: Vec<&str> = route.path.split('/').collect();
        let mut made: Option<Vec<String>> = Some(vec![]);
        for at in 0..parts.len() {
            let known = hers.addresses.iter().find(|(other, _)| {
                let other: Vec<&str> = other.split('/').collect();
                other.len() > at && other[..=at] == parts[..=at]
            });
            let part = match parts[at] {
                "{number}" | "{version}" => Some("1".to_owned()),
                part if !part.starts_with('{') => Some(part.to_owned()),
                _ => known.and_then(|(_, paths)| {
                    paths.first()?.split('/').nth(at).map(ToOwned::to_owned)
                }),
            };
            made = made.zip(part).map(|(mut made, part)| {
                made.push(part);
                made
            });
        }
        match made {
            Some(made) => hers.learn(all, &made.join("/")),
            None => missed.push(format!("{} {}", route.method, route.path)),
        }
    }
    assert!(
        missed.is_empty(),
        "nothing of hers leads to {missed:#?}: give her one in everything.rs"
    );
}

#[tokio::test]
async fn what_is_hers_is_absent_for_everybody_else() {
    let bed = Bed::new().await;
    let all: Vec<Route> = routes().into_iter().collect();
    let mut hers = everything(&bed, &all).await;
    complete(&all, &mut hers);
    let others = others(&bed).await;
    // What the pages of others hold as well is nobody's: the words of the directory, of the code.
    for other in others.iter().filter(|other| other.bearer.is_none()) {
        for path in ["/", other.home, "/acces/autoriser", "/documents"] {
            for word in random_words(&other.visitor.get(path).await.expect("a page").text()) {
                hers.words.remove(&word);
            }
        }
    }
    // The eye that looks for what is hers sees it where it is.
    let own = hers.browsers[0].get("/documents").await.expect("a page");
    assert!(shown(&own, "", &hers.words).len() > 10, "{}", own.words());
    let before = entries(&bed).await;
    let mut wrong = vec![];
    let (mut looks, mut acts) = (0, 0);
    for other in &others {
        looks += look_everywhere(other, &all, &hers, &mut wrong).await;
        acts += match &other.bearer {
            None => send_everything(other, &all, &hers, &mut wrong).await,
            Some(_) => call_everything(&bed, other, &all, &hers, &mut wrong).await,
        };
    }
    println!("{looks} looks, {acts} acts");
    assert!(looks > 600 && acts > 300, "{looks} looks, {acts} acts");

    // Nothing of hers moved, nor of whom she represents, nor of whom she let in.
    let after = entries(&bed).await;
    for name in ["Camille", "Jade"] {
        let record = misfiled::record_of(&bed, name).await;
        if before[&record] != after[&record] {
            wrong.push(format!(
                "{name}: {} entries, then {}",
                before[&record], after[&record]
            ));
        }
    }
    let moved = before
        .iter()
        .filter(|(record, entries)| after[record] != **entries);
    // Karim, and the register of his nurse.
    assert!(moved.count() <= 2, "others' records moved");
    for (visitor, home) in
        hers.browsers
            .iter()
            .zip(["/accueil", "/accueil", "/pro", "/partage/documents"])
    {
        let page = visitor.get(home).await.expect("a page");
        if page.path != home {
            wrong.push(format!("signed out: {home} is {}", page.path));
        }
    }
    let camille = &hers.browsers[0];
    let told = camille.get("/notifications/choix").await.expect("a page");
    assert!(told.has("Héliotrope-appareil"), "{}", told.words());
    let archive = camille.get("/parametres/emporter/carnet.zip").await;
    assert_eq!(archive.expect("an archive").status, 200);
    assert!(
        wrong.is_empty(),
        "{}\n{looks} looks, {acts} acts",
        wrong.join("\n")
    );
}

/// Opens every address of hers, as it is and with what is theirs in it.
async fn look_everywhere(
    other: &Other,
    all: &[Route],
    hers: &Hers,
    wrong: &mut Vec<String>,
) -> usize {
    let mut count = 0;
    let shows = |route: &str| all.iter().any(|one| one.shows() && one.path == route);
    for (route, paths) in hers.addresses.iter().filter(|(route, _)| shows(route)) {
        // One of each kind of query is enough.
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        for path in paths {
            let query = path.split_once('?').map_or("", |(_, query)| query);
            let names: Vec<&str> = query
                .split('&')
                .filter_map(|one| one.split('=').next())
                .collect();
            let tried = alike.entry(names.join("&")).or_default();
            if *tried == TRIED {
                continue;
            }
            *tried += 1;
            for path in other.versions(route, path) {
                count += 1;
                let page = other.get(&path).await;
                let unknown = other.get(&never_was(&path, &other.own)).await;
                let met = format!(
                    "{} GET {path}: {} at {}",
                    other.name, page.status, page.path
                );
                let words = shown(&page, &path, &hers.words);
                if !words.is_empty() {
                    wrong.push(format!("{met} shows {words:?}"));
                }
                if page.status != unknown.status {
                    wrong.push(format!("{met}, and {} for what never was", unknown.status));
                }
                let door = route == "/partage/{jeton}";
                if is_personal(route) && !is_refused(&page, &unknown) && !door {
                    wrong.push(met);
                }
            }
        }
    }
    count
}

/// Sends every form of hers, and an empty one where a route has none.
async fn send_everything(
    other: &Other,
    all: &[Route],
    hers: &Hers,
    wrong: &mut Vec<String>,
) -> usize {
    let mut count = 0;
    let machine =
        |route: &&Route| route.path.starts_with("/fhir") || route.path.starts_with("/oauth");
    let posts = all
        .iter()
        .filter(|route| route.method == "POST" && !machine(route));
    for route in posts.filter(|route| !LEAVING.contains(&route.path.as_str())) {
        let mut forms: Vec<Form> = hers
            .forms
            .iter()
            .filter(|((path, _), _)| *path == route.path)
            .flat_map(|(_, forms)| forms.iter().cloned())
            .collect();
        let empty = |action: &String| Form {
            action: action.clone(),
            fields: vec![],
            file: None,
        };
        let addresses = hers.addresses.get(&route.path).into_iter().flatten();
        forms.extend(
            addresses
                .take(TRIED)
                .map(empty)
                .filter(|_| is_personal(&route.path)),
        );
        for form in forms {
            for action in other.versions(&route.path, &form.action) {
                count += 1;
                let form = Form {
                    action,
                    ..form.clone()
                };
                let Some(page) = other.send(&form).await else {
                    wrong.push(format!("{} is signed out before {form:?}", other.name));
                    return count;
                };
                let asked = format!("{form:?}");
                let unknown = Form {
                    action: never_was(&form.action, &other.own),
                    ..form.clone()
                };
                let unknown = unknown.send(&other.visitor).await;
                let words = shown(&page, &asked, &hers.words);
                let met = format!(
                    "{} POST {asked}: {} at {}",
                    other.name, page.status, page.path
                );
                if !words.is_empty() || page.status.is_server_error() {
                    wrong.push(format!("{met} shows {words:?}"));
                }
                let door = route.path == "/partage/{jeton}";
                // What no browser sends has its own answer, before anything is looked for.
                let broken = page.status == 400 && same(&page, &unknown);
                if is_personal(&route.path) && !is_refused(&page, &unknown) && !door && !broken {
                    wrong.push(met);
                }
            }
        }
    }
    count
}

/// Calls every interaction with what is hers, as software that deposited none of it.
async fn call_everything(
    bed: &Bed,
    other: &Other,
    all: &[Route],
    hers: &Hers,
    wrong: &mut Vec<String>,
) -> usize {
    let mut count = 0;
    let withdrawn = json!({"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
        {"name": "type", "valueCode": "replace"},
        {"name": "path", "valueString": "DocumentReference.status"},
        {"name": "value", "valueCode": "entered-in-error"}]}]});
    let named = misfiled::naming(&misfiled::person(bed, "Karim"));
    let acts = all
        .iter()
        .filter(|route| !route.shows() && route.path.starts_with("/fhir/"));
    for route in acts {
        let addresses = hers.addresses.get(&route.path).into_iter().flatten();
        for path in addresses {
            let body = if route.method == "PATCH" {
                &withdrawn
            } else {
                &named
            };
            let answer = other.ask(route.method, path, body).await;
            let unknown = other
                .ask(
                    route.method,
                    &never_was(path, &other.own).replace("213.99", "213.98"),
                    body,
                )
                .await;
            count += 1;
            let met = format!("{} {} {path}: {}", other.name, route.method, answer.status);
            if answer.status != unknown.status {
                wrong.push(format!("{met}, and {} for what never was", unknown.status));
            }
            let closed = route.path.ends_with("_search") && answer.status == 403;
            let words = shown(&answer, path, &hers.words);
            if !words.is_empty() || answer.status.is_success() {
                wrong.push(format!("{met} {words:?}"));
            }
            if is_personal(&route.path) && answer.status != 404 && !closed {
                wrong.push(format!("{met} {}", answer.text()));
            }
        }
    }
    // A deposit in another's record that replaces hers, and a call back of hers.
    for name in &hers.unique_ids {
        let mut answers = vec![];
        for (n, replaced) in [
            (91, name.clone()),
            (92, "urn:oid:1.2.250.1.213.98.1".to_owned()),
        ] {
            let bundle = bed.deposit_for("Karim", n, |document| document.replaces = Some(replaced));
            let answer = other.ask("POST", "/fhir", &bundle).await;
            assert!(!answer.status.is_success(), "{}", answer.text());
            answers.push((answer.status, answer.text()));
            count += 1;
        }
        if answers[0] != answers[1] {
            wrong.push(format!("replacing: {answers:?}"));
        }
    }
    let back = misfiled::batch(&hers.unique_ids);
    let answer = other.ask("POST", "/fhir/Task", &back).await;
    assert_eq!(answer.status, 403, "{}", answer.text());
    let tasks = other.ask("GET", "/fhir/Task", &Value::Null).await;
    if !tasks.has("\"total\":0") {
        wrong.push(format!("tasks: {}", tasks.text()));
    }
    count + 2
}

#[test]
fn an_address_reaches_what_is_written_out_first() {
    let route = |path: &str| Route {
        path: path.to_owned(),
        method: "GET",
    };
    let all = [
        "/documents/{id}",
        "/documents/dossiers",
        "/documents/dossiers/{folder}",
    ]
    .map(route);
    assert_eq!(
        route_of(&all, "/documents/dossiers?x=1"),
        Some("/documents/dossiers")
    );
    assert_eq!(route_of(&all, "/documents/a5"), Some("/documents/{id}"));
    assert_eq!(
        route_of(&all, "/documents/dossiers/a5"),
        Some("/documents/dossiers/{folder}")
    );
    assert_eq!(route_of(&all, "/nowhere"), None);
    assert!(
        is_personal("/documents/{id}/media/{number}")
            && !is_personal("/parametres/contact/{moyen}")
    );
}
