//! A demo in a folder of its own, with a clock that only moves when told.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use access::{Acting, App, Authenticated, Level, Limits, Viewer};
use account::Cost;
use ambient::{Clock as _, HandClock, SeededRandom};
use carnet::{
    demo::{Demo, Persona, Software, Stage, prepare},
    install::DEMO_MARK,
    scribe::Readers,
    settings::Settings,
};
use jiff::{SignedDuration, Timestamp};
use testing::{Page, Visitor};
use vault::{RecordId, Suite};

pub const ORIGIN: &str = "http://carnet.test";
static NEXT: AtomicU64 = AtomicU64::new(1);

pub struct Bed {
    pub demo: Demo,
    pub clock: Arc<HandClock>,
    pub folder: PathBuf,
    origin: &'static str,
    pub settings: Settings,
}

/// A folder, and databases where tests were given a PostgreSQL.
pub struct Place {
    pub folder: PathBuf,
    pub databases: Option<(String, String)>,
}

impl Place {
    pub fn new() -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("carnet-it-{}-{n}", std::process::id());
        Self {
            folder: std::env::temp_dir().join(name),
            databases: databases(n),
        }
    }

    /// An empty machine that has only what is never in a backup: the key file, the register and
    /// the checkpoints.
    pub fn with_keys_of(bed: &Bed) -> Self {
        let place = Self::new();
        std::fs::create_dir_all(&place.folder).expect("a folder");
        std::fs::write(place.folder.join(DEMO_MARK), "").expect("marked");
        for file in ["keys", "erasures"] {
            let from = bed.folder.join(file);
            if from.exists() {
                std::fs::copy(from, place.folder.join(file)).expect("copied");
            }
        }
        let signed = "checkpoints/checkpoints";
        if bed.folder.join(signed).exists() {
            std::fs::create_dir_all(place.folder.join("checkpoints")).expect("a folder");
            std::fs::copy(bed.folder.join(signed), place.folder.join(signed)).expect("copied");
        }
        place
    }

    pub fn settings(&self) -> Settings {
        carnet::demo::settings(&self.folder, ORIGIN, self.databases.clone())
    }
}

fn morning() -> Timestamp {
    "2026-06-12T08:00:00Z".parse().expect("an instant")
}

impl Bed {
    /// The demo with its people and documents.
    pub async fn new() -> Self {
        Self::sealed_with(Suite::default()).await
    }

    /// One whose random bytes are the same each time.
    pub async fn seeded(seed: u64) -> Self {
        Self::make(seed, Suite::default(), ORIGIN).await
    }

    /// One that people reach over https.
    pub async fn https() -> Self {
        Self::make(1, Suite::default(), "https://carnet.test").await
    }

    pub async fn sealed_with(suite: Suite) -> Self {
        Self::make(1, suite, ORIGIN).await
    }

    /// One whose settings allow other numbers.
    pub async fn within(limits: Limits) -> Self {
        Self::set_up(ORIGIN, Place::new(), morning(), 1, Suite::default(), limits).await
    }

    async fn make(seed: u64, suite: Suite, origin: &'static str) -> Self {
        Self::reached_at(origin, Place::new(), morning(), seed, suite).await
    }

    /// Another server on the same databases and files, where servers can share them.
    pub async fn beside(&self) -> Option<Self> {
        let [store, keys] =
            ["store.url", "keys.store"].map(|name| self.settings.get(name).to_owned());
        let place = Place {
            folder: self.folder.clone(),
            databases: store.starts_with("postgres").then_some((store, keys)),
        };
        place.databases.as_ref()?;
        Some(Self::at(place, self.clock.now(), 7, Suite::default()).await)
    }

    /// What is in a place: a demo that is there already, or a new one.
    pub async fn at(place: Place, now: Timestamp, seed: u64, suite: Suite) -> Self {
        Self::reached_at(ORIGIN, place, now, seed, suite).await
    }

    async fn reached_at(
        origin: &'static str,
        place: Place,
        now: Timestamp,
        seed: u64,
        suite: Suite,
    ) -> Self {
        Self::set_up(origin, place, now, seed, suite, Limits::default()).await
    }

    async fn set_up(
        origin: &'static str,
        place: Place,
        now: Timestamp,
        seed: u64,
        suite: Suite,
        limits: Limits,
    ) -> Self {
        let Place { folder, databases } = place;
        let settings = carnet::demo::settings(&folder, origin, databases.clone());
        let clock = Arc::new(HandClock::at(now));
        let stage = Stage {
            data: folder.clone(),
            origin: origin.to_owned(),
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(seed)),
            scribe: Arc::new(Readers::new(env!("CARGO_BIN_EXE_carnet"))),
            limits,
            suite,
            cost: Cost::light(),
            databases,
        };
        let demo = prepare(stage).await.expect("a demo");
        Self {
            demo,
            clock,
            folder,
            origin,
            settings,
        }
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.demo.router.clone(), self.origin)
    }

    pub fn persona(&self, name: &str) -> &Persona {
        let mut all = self.demo.personas.iter();
        all.find(|persona| persona.name.starts_with(name))
            .expect("a persona")
    }

    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// Does the background work that is due.
    pub async fn work(&self) {
        while carnet::jobs::work(&self.demo.app).await.expect("work") > 0 {}
    }

    /// Makes the archives that were asked for.
    pub async fn pack(&self) {
        while carnet::jobs::pack(&self.demo.app).await.expect("packed") > 0 {}
    }

    /// Reads the documents that came.
    pub async fn read(&self) {
        while carnet::jobs::read(&self.demo.app).await.expect("read") > 0 {}
    }

    /// The code in the newest message.
    pub fn code(&self) -> String {
        let (_, message) = self
            .demo
            .outbox
            .messages()
            .into_iter()
            .next()
            .expect("a message");
        let digits = message.body.split(|c: char| !c.is_ascii_digit());
        digits
            .into_iter()
            .find(|word| word.len() == 6)
            .expect("a code of six digits")
            .to_owned()
    }

    /// Signs a persona in on the pages.
    pub async fn sign_in(&self, name: &str) -> Visitor {
        let persona = self.persona(name);
        let visitor = self.visitor();
        visitor.get("/connexion").await.expect("page");
        let login = persona.login.expect("an activated persona");
        let fields = [("identifiant", login), ("mot-de-passe", persona.password)];
        let page = visitor.post("/connexion", &fields).await.expect("page");
        assert!(page.has("id=\"code\""), "{} {}", page.path, page.words());
        let page = visitor
            .post(&page.path, &[("code", &self.code())])
            .await
            .expect("page");
        assert_eq!(page.path, "/accueil", "{}", page.words());
        visitor
    }

    /// Signs a professional in, in their first situation.
    pub async fn professional(&self, name: &str) -> Visitor {
        let staff = fiction::staff();
        let who = staff
            .all()
            .into_iter()
            .find(|who| who.name().contains(name))
            .expect("a professional")
            .clone();
        let visitor = self.visitor();
        visitor.get("/pro/connexion").await.expect("page");
        let page = visitor.post("/pro/connexion", &[]).await.expect("page");
        let action = page.attribute("action=\"", "\"").expect("a form");
        let mut page = visitor
            .post(&action, &[("identite", who.rpps)])
            .await
            .expect("page");
        if page.path == "/pro/situation" {
            page = visitor
                .post("/pro/situation", &[("situation", "0")])
                .await
                .expect("page");
        }
        assert_eq!(page.path, "/pro", "{}", page.words());
        visitor
    }

    /// Looks a person up, declares consent for three months, and gives the record's page.
    pub async fn consent(&self, professional: &Visitor, name: &str) -> Page {
        let page = self.find(professional, name).await;
        let page = professional
            .post(&page.path, &[("accord", "oui"), ("duree", "trois-mois")])
            .await
            .expect("page");
        assert!(
            page.path.starts_with("/pro/patients/"),
            "{} {}",
            page.path,
            page.words()
        );
        page
    }

    pub async fn find(&self, professional: &Visitor, name: &str) -> Page {
        professional.get("/pro").await.expect("page");
        professional
            .post("/pro", &[("ins", &self.persona(name).number)])
            .await
            .expect("page")
    }

    /// Software of its own, with a token.
    pub async fn software(&self, id: &str, name: &str) -> (Software, String) {
        self.software_in(id, name, true).await
    }

    /// The same, held to every cardinality or not.
    pub async fn software_in(&self, id: &str, name: &str, strict: bool) -> (Software, String) {
        let app = &self.demo.app;
        let software =
            Software::register(&app.store, &self.demo.router, self.origin, id, name, strict).await;
        let software = software.expect("registered");
        let token = software
            .token(app.random(), app.now())
            .await
            .expect("a token");
        (software, token)
    }

    /// A document of somebody's story that is not deposited yet, changed by `change`.
    pub fn deposit_for(
        &self,
        name: &str,
        n: u32,
        change: impl FnOnce(&mut fiction::Doc),
    ) -> serde_json::Value {
        self.story(
            name,
            n,
            |document| document.replaces.is_none(),
            |document| {
                document.unique_id = format!("urn:oid:1.2.250.1.213.99.{n}");
                document.title = format!("Compte rendu fictif {n}");
                // Among what a professional's summary shows first, however long the story grows.
                document.date = self.clock.now();
                document.media_type = "text/plain";
                document.format = "urn:ihe:iti:xds:2017:mimeTypeSufficient";
                document.bytes = format!("Texte fictif du compte rendu {n}.").into();
                change(document);
            },
        )
    }

    /// A laboratory report of somebody's story that is not deposited yet.
    pub fn report_for(
        &self,
        name: &str,
        n: u32,
        change: impl FnOnce(&mut fiction::Doc),
    ) -> serde_json::Value {
        let is_report = |document: &fiction::Doc| document.type_code == "11502-2";
        self.story(name, n, is_report, change)
    }

    /// A synthesis of somebody's story that is not deposited yet: what it states is data.
    pub fn synthesis_for(
        &self,
        name: &str,
        n: u32,
        change: impl FnOnce(&mut fiction::Doc),
    ) -> serde_json::Value {
        let is_synthesis = |document: &fiction::Doc| document.type_code == "SYNTH";
        self.story(name, n, is_synthesis, |document| {
            document.replaces = None;
            document.title = format!("Synthèse fictive {n}");
            let text = String::from_utf8_lossy(&document.bytes);
            let text = text.replace("Hypercholestérolémie", "Maladie inventée");
            document.bytes = text.into_bytes();
            // Its author would see it in spite of every flag.
            if let Some(author) = &mut document.author {
                let staff = fiction::staff();
                let mut others = staff.all().into_iter();
                let other = others.find(|who| who.name() != author.who.name());
                author.who = other.expect("a colleague").clone();
            }
            change(document);
        })
    }

    fn story(
        &self,
        name: &str,
        n: u32,
        wanted: impl Fn(&fiction::Doc) -> bool,
        change: impl FnOnce(&mut fiction::Doc),
    ) -> serde_json::Value {
        let cast = fiction::cast(self.demo.app.now());
        let person = cast
            .all()
            .into_iter()
            .find(|person| person.name().starts_with(name))
            .expect("a person")
            .clone();
        let random = SeededRandom::new(u64::from(n) + 100);
        let documents =
            fiction::documents(&person, &fiction::staff(), &random, self.demo.app.now());
        let mut document = documents
            .into_iter()
            .find(|document| document.author.is_some() && wanted(document))
            .expect("one");
        document.flags.clear();
        change(&mut document);
        document.to_pdsm_bundle(&person)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Two schemas of the PostgreSQL that the tests were given, when they were given one.
fn databases(n: u64) -> Option<(String, String)> {
    #[expect(clippy::disallowed_methods, reason = "the tests' own choice of engine")]
    let url = std::env::var("CARNET_TEST_POSTGRES").ok()?;
    let schema = |kind: &str| {
        let schema = format!("it_{}_{n}_{kind}", std::process::id());
        let made = Command::new("psql")
            .args([&url, "-qc", &format!("CREATE SCHEMA {schema}")])
            .status();
        assert!(made.is_ok_and(|made| made.success()), "psql makes a schema");
        format!("{url}?options=-csearch_path%3D{schema}")
    };
    Some((schema("main"), schema("keys")))
}

impl Drop for Bed {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The address of the document of that title on a page.
pub fn link(page: &Page, title: &str) -> String {
    let text = page.text();
    let before = text.split(title).next().expect("there");
    let link = before.rsplit("href=\"").next().expect("a link");
    link.split('"').next().expect("a link").to_owned()
}

/// The holder of a record, signed in with two factors just now.
pub fn holder(app: &App, record: RecordId) -> Viewer {
    Viewer {
        account: record.0,
        acting: Acting::Holder(record),
        authenticated: Authenticated {
            level: Level::TwoFactor,
            at: app.now(),
        },
    }
}
