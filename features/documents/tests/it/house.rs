//! An installation in a temporary folder, and a person signed in to their space.

use std::{
    path::PathBuf,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use access::{
    Act, Antivirus, App, Authenticated, Carnet, DocumentTypes, Flags, Gate, Level, Limits, Message,
    Post, Rules, SessionBody, SignedIn, Verdict, Viewer, journal::Trace, kinds, policy,
};
use ambient::{HandClock, Id, Random, SeededRandom};
use documents::{Arranged, Documents, Own, Stored};
use http::header;
use ins::{Sex, Traits};
use serde_json::json;
use testing::{Page, Visitor};
use vault::{Draft, RecordId, Volume, With, keys::FileKeys};
use web::{OWN_TEXTS, Site, Texts};

static NEXT: AtomicU32 = AtomicU32::new(0);

const ORIGIN: &str = "https://carnet.test";

struct NoPost;

impl Post for NoPost {
    fn send(&self, _: Message) -> Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + '_>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Finds a file harmful, or does not answer, by what the file says.
struct Examiner;

impl Antivirus for Examiner {
    fn examine<'a>(
        &'a self,
        bytes: &'a [u8],
    ) -> Pin<Box<dyn Future<Output = anyhow::Result<Verdict>> + Send + 'a>> {
        let says = |words: &[u8]| bytes.windows(words.len()).any(|part| part == words);
        Box::pin(std::future::ready(match () {
            () if says(b"harmful") => Ok(Verdict::Infected),
            () if says(b"unanswered") => Err(anyhow::anyhow!("no antivirus")),
            () => Ok(Verdict::Clean),
        }))
    }
}

pub struct House {
    pub app: App,
    pub clock: Arc<HandClock>,
    pub record: RecordId,
    pub visitor: Visitor,
    viewer: Viewer,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl House {
    pub async fn new() -> Self {
        Self::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("carnet-documents-{}-{n}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(n.into()));
        let now = "2026-06-12T08:30:00Z".parse().expect("an instant");
        let clock = Arc::new(HandClock::at(now));
        let keys = FileKeys::create(&folder.join("keys"), random.clone()).expect("keys");
        let config = vault::Config {
            database: folder.join("main.db").into(),
            key_store: folder.join("keys.db").into(),
            blobs: folder.join("blobs").into(),
            register: folder.join("erasures"),
            cache: 1 << 20,
            suite: vault::Suite::default(),
        };
        let started = vault::start(&config, Arc::new(keys), random.clone());
        let (store, opener) = started.expect("starts");
        let store = Arc::new(store);
        let types = include_str!("../../../../reference/document-types.json");
        let rules = Rules {
            types: DocumentTypes::read(types).expect("types"),
            ..Rules::default()
        };
        let texts = [OWN_TEXTS, access::TEXTS, documents::TEXTS].concat();
        let site = Arc::new(Site {
            texts: Arc::new(Texts::load(&texts).expect("texts")),
            clock: clock.clone(),
            random,
            origin: ORIGIN.to_owned(),
            form_origins: vec![],
            demo: true,
        });
        let app = Arc::new(Carnet {
            site: site.clone(),
            store: store.clone(),
            gate: Gate::new(opener, store, clock.clone(), rules)
                .over::<Documents>()
                .examined_by(Arc::new(Examiner)),
            post: Arc::new(NoPost),
            scribe: Arc::new(crate::covers::Covers),
            limits,
        });
        let record = open_space(&app).await;
        let body = SessionBody {
            who: SignedIn::Person {
                own: record,
                name: "Camille Fictive".to_owned(),
                acting_for: None,
            },
            authenticated: Authenticated {
                level: Level::TwoFactor,
                at: now,
            },
            device: String::new(),
            flash: None,
        };
        let token = app.start_session(record.0, &body, None).await;
        let token = token.expect("a session");
        let cookie = app.session_cookie().set(&token, None);
        let cookie = cookie.to_str().expect("ASCII");
        let cookie: http::HeaderValue = cookie
            .split(';')
            .next()
            .unwrap_or_default()
            .parse()
            .expect("a header");
        let pages = site.pages(documents::routes().with_state(app.clone()));
        let signed_in = move |mut request: axum::extract::Request| {
            request.headers_mut().insert(header::COOKIE, cookie.clone());
            std::future::ready(request)
        };
        let routes = pages.layer(axum::middleware::map_request(signed_in));
        Self {
            visitor: Visitor::new(routes, ORIGIN),
            viewer: Viewer {
                account: record.0,
                acting: access::Acting::Holder(record),
                authenticated: body.authenticated,
            },
            app,
            clock,
            record,
            folder,
        }
    }

    /// The history, newest first, without the lines of reading it and of opening the space.
    pub async fn lines(&self) -> Vec<Trace> {
        let clearance = self
            .app
            .gate
            .enter(&self.viewer, self.record, Act::ReadHistory)
            .await
            .expect("entered");
        let page = clearance.history(None, 1_000).await.expect("read");
        let ours = |line: &Trace| !matches!(line.act, Act::ReadHistory | Act::OpenSpace);
        page.lines.into_iter().filter(ours).collect()
    }

    /// What the person did, the last act first.
    pub async fn acts(&self) -> Vec<Act> {
        self.lines().await.iter().map(|line| line.act).collect()
    }

    /// Adds a file as the form does.
    pub async fn add(&self, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        self.visitor
            .get("/documents/ajouter")
            .await
            .expect("a form");
        let usual = [("visibilite", "visible"), ("categorie", "BIOLOGIE")];
        let mut all = fields.to_vec();
        for (name, value) in usual {
            if !fields.iter().any(|(given, _)| *given == name) {
                all.push((name, value));
            }
        }
        let files: Vec<_> = files
            .iter()
            .map(|(name, bytes)| ("fichier", *name, *bytes))
            .collect();
        let sent = self
            .visitor
            .upload("/documents/ajouter", &all, &files)
            .await;
        sent.expect("an answer")
    }

    /// Reads the documents that came; gives how many could not be read.
    pub async fn read(&self) -> usize {
        self.read_jobs().await.1
    }

    /// Reads some of them; gives how many.
    pub async fn read_some(&self) -> usize {
        self.read_jobs().await.0
    }

    /// How many were read, and how many could not be.
    async fn read_jobs(&self) -> (usize, usize) {
        use vault::store::Lane;
        let lane = Lane::Of(documents::search::DRAW);
        let (store, now) = (&self.app.store, self.app.now());
        let jobs = store.claim_in(lane, now, jiff::SignedDuration::from_mins(1), 100);
        let (mut read, mut failed) = (0, 0);
        for job in jobs.await.expect("jobs") {
            match documents::search::draw(&self.app, &job).await {
                Ok(()) => {
                    store.job_done(&job).await.expect("done");
                    read += 1;
                }
                Err(_) => failed += 1,
            }
        }
        (read, failed)
    }

    /// Seeks, as the form does.
    pub async fn seek(&self, typed: &str) -> Page {
        let here = "/documents/recherche";
        self.get(here).await;
        self.visitor
            .post(here, &[("q", typed)])
            .await
            .expect("an answer")
    }

    pub async fn get(&self, path: &str) -> Page {
        self.visitor.get(path).await.expect("an answer")
    }

    /// Puts in a document as a professional's software would.
    pub async fn deposit(
        &self,
        bytes: &[u8],
        media_type: &str,
        change: impl FnOnce(&mut Own),
    ) -> Id {
        let (gate, now) = (&self.app.gate, self.app.now());
        let blob = gate.keep_file(bytes.to_vec()).await.expect("kept");
        let id = gate.id();
        let mut own = Own {
            type_code: "11502-2".into(),
            class: Some("10".into()),
            title: "Bilan sanguin".into(),
            date: now,
            received: now,
            media_type: media_type.into(),
            hash: fhir::pdsm::sha1(bytes),
            blob,
            flags: Flags::default(),
            authors: vec!["899900000001".into()],
            author: "Dr Sophie Leclerc".into(),
            organization: "Laboratoire du Port".into(),
            depositor: Some("labo".into()),
            by_holder: false,
            unique_id: format!("urn:uuid:{id}"),
            stated_type: None,
            reach: access::Reach::Everyone,
            disclosed: None,
            withdrawn: false,
            withdrawn_at: None,
            astray: None,
            archived: false,
            replaced_by: None,
            wishes: None,
            arranged: Arranged::default(),
        };
        change(&mut own);
        let stored = Stored::new(json!({ "resourceType": "DocumentReference" }), own);
        let clearance = gate.enter(&self.viewer, self.record, Act::Add).await;
        let clearance = clearance.expect("entered");
        clearance
            .act_on(|_: &access::Scope<'_, Documents>| {
                let plan = access::Plan::new(()).writing(vec![stored.draft(id)]);
                Ok::<_, access::Refused>(plan.about(id))
            })
            .await
            .expect("added");
        id
    }

    /// Whether the store holds exactly these files.
    pub fn stores(&self, files: &[&[u8]]) -> bool {
        let sealed = files.iter().map(|file| file.len() + 16).sum::<usize>();
        testing::stored_bytes(&self.folder.join("blobs")) == sealed
    }
}

async fn open_space(app: &App) -> RecordId {
    let number = ins::Matricule::parse("279035121518989").expect("a number");
    let traits = Traits {
        birth_family_name: "FICTIVE".to_owned(),
        birth_given_names: vec!["CAMILLE".to_owned()],
        first_given_name: Some("CAMILLE".to_owned()),
        birth_date: "1979-03-04".parse().expect("a date"),
        sex: Sex::Female,
        birth_place: None,
    };
    let patient = fhir::patient("p", &[ins::Identifier::nir(number)], &traits);
    let space = policy::Space::new(policy::SpaceState::Activated, app.now());
    let settings = policy::Settings {
        login: "camille".to_owned(),
        ..policy::Settings::default()
    };
    let patient = serde_json::to_vec(&patient).expect("JSON");
    let drafts = vec![
        Draft::new(
            Volume::Policy,
            kinds::PATIENT,
            kinds::only::PATIENT,
            patient,
        ),
        policy::draft(Volume::Policy, kinds::SPACE, kinds::only::SPACE, &space),
        policy::draft(
            Volume::Policy,
            kinds::SETTINGS,
            kinds::only::SETTINGS,
            &settings,
        ),
    ];
    let opened = app.gate.open_space(drafts, |_| With::nothing()).await;
    opened.expect("opened")
}
