//! Every route × every kind of caller, as a table that a data-protection officer can read.
//!
//! Routes are found in the sources, so that a new one cannot be forgotten; the
//! table is a snapshot (`INSTA_UPDATE=always` writes it again, to be read in review).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use axum::body::Body;
use http::{Request, header};
use testing::{Page, Visitor};

use super::bed::{Bed, ORIGIN};

/// A method and a path with its parameters in braces.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub path: String,
    pub method: &'static str,
}

impl Route {
    /// Whether it only shows.
    pub fn shows(&self) -> bool {
        self.method == "GET"
    }
}

/// How the sources declare a method. Others are declared nowhere.
const METHODS: [(&str, &str); 3] = [("get(", "GET"), ("patch(", "PATCH"), ("post(", "POST")];

/// Where features declare them.
const FEATURES: [&str; 8] = [
    "access/src/pages/mod.rs",
    "account/src/lib.rs",
    "documents/src/lib.rs",
    "measures/src/lib.rs",
    "practice/src/lib.rs",
    "sharing/src/lib.rs",
    "takeaway/src/lib.rs",
    "exchange/src/lib.rs",
];

/// The routes that the sources declare.
pub fn routes() -> BTreeSet<Route> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    let mut found = BTreeSet::new();
    let files = FEATURES.map(|file| root.join("features").join(file));
    for file in files.iter().chain([&root.join("server/src/legal.rs")]) {
        let text = std::fs::read_to_string(file).expect("a source");
        let constants = constants(&root.join("features"));
        for call in text.split(".route(").skip(1) {
            let (path, handlers) = call.split_once(',').expect("a path and its handlers");
            let path = path.trim();
            let path = match path.strip_prefix('"') {
                Some(path) => path.trim_end_matches('"').to_owned(),
                None => match constants
                    .iter()
                    .find(|(name, _)| path.ends_with(name.as_str()))
                {
                    Some((_, value)) => value.clone(),
                    None => continue,
                },
            };
            let handlers = handlers.split(".route(").next().unwrap_or_default();
            for (call, method) in METHODS {
                // Where the API reads nothing, it says so to a read.
                let closed = method == "GET" && handlers.contains("closed()");
                if handlers.contains(call) || closed {
                    let path = path.clone();
                    found.insert(Route { path, method });
                }
            }
        }
    }
    for page in [
        "/mentions-legales",
        "/donnees-personnelles",
        "/conditions-utilisation",
        "/accessibilite",
        "/aide",
    ] {
        found.insert(Route {
            path: page.to_owned(),
            method: "GET",
        });
    }
    found
}

/// Paths that activation names by a constant: `channel::PATH`.
fn constants(features: &Path) -> Vec<(String, String)> {
    let folder = features.join("account/src/activate");
    let mut all = Vec::new();
    for file in std::fs::read_dir(folder).expect("a folder") {
        let file = file.expect("a file").path();
        let text = std::fs::read_to_string(&file).expect("a source");
        let module = file
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        for line in text.lines().filter(|line| line.starts_with("pub const ")) {
            let Some((head, value)) = line.split_once(": &str = \"") else {
                continue;
            };
            let name = head.trim_start_matches("pub const ");
            all.push((
                format!("{module}::{name}"),
                value.trim_end_matches("\";").to_owned(),
            ));
        }
    }
    all
}

/// A caller, and the address of a patient in their own session when they are a professional.
struct Caller {
    name: &'static str,
    visitor: Visitor,
    bearer: Option<String>,
    patient: Option<String>,
    home: &'static str,
}

impl Caller {
    fn new(name: &'static str, visitor: Visitor) -> Self {
        Self {
            name,
            visitor,
            bearer: None,
            patient: None,
            home: "/accueil",
        }
    }

    fn at(mut self, patient: &Page) -> Self {
        self.home = "/pro";
        self.patient = patient.path.split('/').nth(3).map(ToOwned::to_owned);
        self
    }

    async fn call(&self, route: &Route, path: &str) -> String {
        // What no form can send is sent as software does.
        if self.bearer.is_some() || route.method == "PATCH" {
            let mut request = Request::builder().method(route.method).uri(path);
            if let Some(token) = &self.bearer {
                request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            }
            let request = request
                .header("sec-fetch-site", "none")
                .header(header::CONTENT_TYPE, "application/fhir+json")
                .body(Body::from("{}"))
                .expect("a request");
            let page = self.visitor.send(request).await.expect("an answer");
            return outcome(
                &page,
                page.headers
                    .get(header::LOCATION)
                    .and_then(|to| to.to_str().ok()),
            );
        }
        let page = if route.shows() {
            self.visitor.get(path).await
        } else {
            // A page of their own, for its form token.
            self.visitor.get(self.home).await.expect("a page");
            self.visitor.post(path, &[]).await
        };
        let page = page.expect("a page");
        outcome(
            &page,
            (page.path != path.split('?').next().unwrap_or(path)).then_some(page.path.as_str()),
        )
    }
}

/// What a caller met, in a word.
fn outcome(page: &Page, led_to: Option<&str>) -> String {
    let status = page.status.as_u16();
    match led_to {
        Some(to) if to.starts_with("/connexion") || to.starts_with("/pro/connexion") => {
            "sign in".to_owned()
        }
        Some(to) if status < 400 => {
            let to: Vec<&str> = to.split('?').next().unwrap_or(to).split('/').collect();
            let to: Vec<&str> = to
                .into_iter()
                .map(|part| if part.len() >= 20 { "…" } else { part })
                .collect();
            format!("→ {}", to.join("/"))
        }
        _ => match status {
            200..=299 => "yes".to_owned(),
            401 => "sign in".to_owned(),
            400 | 422 => "yes, refused form".to_owned(),
            403 => "no".to_owned(),
            404 => "absent".to_owned(),
            other => other.to_string(),
        },
    }
}

#[tokio::test]
async fn every_route_and_every_caller() {
    let bed = Bed::new().await;
    let camille = bed.sign_in("Camille").await;
    let allowed = bed.professional("Martin").await;
    let open = bed.consent(&allowed, "Camille").await;
    let blocked = bed.professional("Nguyen").await;
    let shut = bed.consent(&blocked, "Camille").await;
    let access = camille.get("/acces").await.expect("page");
    let grants: Vec<String> = access
        .links("/acces/")
        .into_iter()
        .filter(|link| link.ends_with("/bloquer"))
        .collect();
    let pharmacist = grants.last().expect("a grant");
    camille.get(pharmacist).await.expect("page");
    let done = camille.post(pharmacist, &[]).await.expect("page");
    assert!(done.has("Nguyen"), "{}", done.words());
    let stranger = bed.professional("Garcia").await;
    let unknown = bed.find(&stranger, "Camille").await;
    let (_, token) = bed.software("demo-labo", "Laboratoire (fictif)").await;

    let documents = camille
        .get("/documents")
        .await
        .expect("page")
        .links("/documents/");
    let document = documents.iter().find_map(|link| {
        let id = link.split('/').nth(2)?;
        (id.len() == 32).then(|| id.to_owned())
    });
    let document = document.expect("a document");
    let analyses = camille.get("/documents/analyses").await.expect("page");
    let analyses = analyses.links("/documents/analyses/");
    let analysis = analyses.iter().find_map(|link| {
        let word = link.split('/').nth(3)?;
        (word.len() == 32).then(|| word.to_owned())
    });
    let analysis = analysis.expect("an analysis");
    let (measure, value) = super::measures::weight(&camille, "72,5").await;
    camille.get("/documents/dossiers").await.expect("page");
    let made = camille.post("/documents/dossiers", &[("nom", "Papiers")]);
    let folders = made.await.expect("page").links("/documents/dossiers/");
    let folder = folders.first().and_then(|link| link.split('/').nth(3));
    let folder = folder.expect("a folder").to_owned();
    let access = camille.get("/acces").await.expect("page");
    let grant = access
        .links("/acces/")
        .iter()
        .find(|link| link.ends_with("/retirer"))
        .and_then(|link| link.split('/').nth(2))
        .expect("a grant")
        .to_owned();
    let block = access
        .links("/acces/blocages/")
        .first()
        .and_then(|link| link.split('/').nth(3))
        .expect("a block")
        .to_owned();
    let handle = open.path.split('/').nth(3).expect("a handle").to_owned();

    let nobody = Caller::new("anyone", bed.visitor());
    let mut software = Caller::new("software", Visitor::new(bed.demo.router.clone(), ORIGIN));
    software.bearer = Some(token);
    let others = [
        nobody,
        Caller::new("other person", bed.sign_in("Karim").await),
        Caller::new("pro, no consent", stranger).at(&unknown),
        Caller::new("pro, blocked", blocked).at(&shut),
        software,
        Caller::new("pro, consent", allowed).at(&open),
        Caller::new("the person", camille),
    ];
    // Pages first, then steps, and last those after which others would see something else.
    let mut ordered: Vec<Route> = routes()
        .into_iter()
        .filter(|route| route.path != "/deconnexion")
        .collect();
    let changes_much = |route: &Route| {
        !route.shows()
            && ["/acces", "supprimer", "/proches"]
                .iter()
                .any(|word| route.path.contains(word))
    };
    ordered.sort_by_key(|route| (!route.shows(), changes_much(route)));
    let mut rows = BTreeMap::new();
    for route in &ordered {
        let mut row = Vec::new();
        for caller in &others {
            let handle = caller.patient.as_deref().unwrap_or(&handle);
            let path = route
                .path
                .replace("{handle}", handle)
                .replace("{grant}", &grant)
                .replace("{block}", &block)
                .replace("{folder}", &folder)
                .replace("{id}", &document)
                .replace("{analyte}", &analysis)
                .replace("{mesure}", &measure)
                .replace("{valeur}", &value)
                .replace("{step}", "vous")
                .replace("{moyen}", "email")
                .replace("{number}", "1")
                .replace("{version}", "1")
                .replace("{look}", "x")
                .replace("{jeton}", "x")
                .replace("{partage}", "0123456789abcdef0123456789abcdef")
                .replace("{note}", "0123456789abcdef0123456789abcdef")
                .replace("{vue}", "x")
                .replace("{thread}", "0123456789abcdef0123456789abcdef")
                .replace("{line}", "0123456789abcdef0123456789abcdef")
                .replace("{*rest}", "Patient");
            row.push(caller.call(route, &path).await);
        }
        rows.insert(route, row);
    }
    let line = |first: &str, cells: Vec<&str>| {
        let cells = cells.into_iter().map(|cell| format!("{cell:<18}"));
        format!("{first:<62}{}", cells.collect::<String>())
            .trim_end()
            .to_owned()
    };
    let mut table = vec![line("", others.iter().map(|caller| caller.name).collect())];
    for (route, row) in &rows {
        let first = format!("{:<5} {}", route.method, route.path);
        table.push(line(&first, row.iter().map(String::as_str).collect()));
    }
    insta::assert_snapshot!(table.join("\n"));
}

/// A feature whose routes stand elsewhere would be in no table.
#[test]
fn every_file_that_declares_routes_is_read() {
    let features = Path::new(env!("CARGO_MANIFEST_DIR")).join("../features");
    let mut folders = vec![features.clone()];
    let mut declaring = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(&features).expect("within");
            let name = name.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && name.contains("/src/") {
                let text = std::fs::read_to_string(&path).expect("a source");
                if text.contains(".route(") {
                    declaring.insert(name);
                }
            }
        }
    }
    // Fictional people sign in there, in the demo alone.
    declaring.remove("demo_identity/src/lib.rs");
    let read: BTreeSet<String> = FEATURES.map(ToOwned::to_owned).into();
    assert_eq!(declaring, read);
}
