//! An installation full of fictional people and descriptions of documents.

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use access::{
    Act, Acting, App, Authenticated, Depositor, Flags, Level, Limits, Plan, Purpose, Refused,
    SessionBody, SignedIn, Viewer, kinds,
    policy::{Space, SpaceState, draft},
};
use account::{Cost, Passwords};
use ambient::{Id, SeededRandom, SystemClock, SystemRandom};
use anyhow::{Context, bail};
use axum::Router;
use documents::{Arranged, Own, Stored};
use fiction::{Person, Staff};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use vault::{BlobRef, RecordId, Suite, Volume, With};

use super::routes;
use crate::{
    demo::Software,
    install::{Surroundings, install},
    mail, scribe,
    serve::{Front, pro_sante_connect, router},
    settings::Settings,
};

/// The file that stands for all files: nobody reads it here.
const FILE: &[u8] = b"%PDF-1.4\n% fictif\n";
/// Documents of a person that go into one append while the world is made.
const BATCH: usize = 200;

/// Somebody with a space, documents, and a browser that is signed in.
pub struct Guest {
    /// Who they are.
    pub person: Person,
    /// Their record.
    pub record: RecordId,
    /// Their documents.
    pub documents: Vec<Id>,
    /// Their browser's session cookie.
    pub cookie: String,
}

impl Guest {
    /// The person themself.
    pub fn viewer(&self) -> Viewer {
        Viewer {
            account: self.record.0,
            acting: Acting::Holder(self.record),
            authenticated: Authenticated {
                level: Level::TwoFactor,
                at: Timestamp::UNIX_EPOCH,
            },
        }
    }
}

/// The installation, and who lives there.
pub struct World {
    /// The installation.
    pub app: App,
    /// The whole application and the bare routes.
    pub router: Router,
    /// The people, as many documents each as the scale says.
    pub guests: Vec<Guest>,
    /// The file of every document.
    pub blob: BlobRef,
    /// An access token for deposits.
    pub token: String,
    /// Serves `router`.
    pub address: SocketAddr,
    server: tokio::task::JoinHandle<()>,
}

/// Where an installation of the bench lies.
#[derive(Debug, Clone)]
pub struct House {
    /// Its folder.
    pub folder: PathBuf,
    /// Its main database, as `store.url`: empty for SQLite in the folder.
    pub store: String,
}

/// The settings of an installation, held by nobody yet.
pub fn settings(house: &House, cache: &str) -> anyhow::Result<Settings> {
    let mut settings = Settings::default();
    let path = |name: &str| house.folder.join(name).to_string_lossy().into_owned();
    settings.set("data", path("data"));
    settings.set("store.url", house.store.as_str());
    settings.set("keys.file", path("keys"));
    settings.set("keys.store", path("keys.db"));
    settings.set("erasures", path("erasures"));
    settings.set("checkpoints.folder", path("checkpoints"));
    settings.set("cache.bytes", cache);
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    settings.set("listen", format!("127.0.0.1:{port}"));
    settings.set("origin", format!("http://127.0.0.1:{port}"));
    Ok(settings)
}

/// Opens an installation.
///
/// # Errors
/// When its folder cannot be used.
pub fn open(settings: &Settings) -> anyhow::Result<App> {
    let day = SignedDuration::from_hours(24);
    let around = Surroundings {
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        post: Arc::new(mail::Relay::new(settings)?),
        scribe: Arc::new(scribe::Readers::this()?),
        // What is opened here is used until the end.
        limits: Limits {
            access_token: day,
            person_idle: day,
            person_session: day,
            ..Limits::default()
        },
        demo: false,
        suite: Suite::default(),
    };
    install(settings, around)
}

impl World {
    /// Makes an installation of `people` with `documents` each, and one person with each of `more`.
    ///
    /// # Errors
    /// When a step is refused.
    pub async fn make(
        house: &House,
        people: usize,
        documents: usize,
        more: &[usize],
    ) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&house.folder)?;
        let settings = settings(house, "134217728")?;
        let app = open(&settings)?;
        let tables = app.store.sizes().await?;
        if tables.iter().any(|it| it.table == "insured" && it.rows > 0) {
            bail!("the database must be empty: fictional people are put into it");
        }
        let now = app.now();
        let random = Arc::new(SeededRandom::new(11));
        let people = fiction::people(&*random, people + more.len(), now);
        let registry = fiction::insured_csv(&people);
        let gate = &app.gate;
        let told = account::Told::At(now.checked_sub(app.limits.opposition)?);
        let oid = ins::oid::TEST;
        let report = account::import(&app, oid, told, registry.as_bytes(), |_| {}).await?;
        if report.opened != people.len() as u64 {
            bail!("the registry was refused: {:?}", report.reasons);
        }
        let blob = gate.keep_file(FILE.to_vec()).await?;
        let staff = Arc::new(fiction::staff());
        let sizes = std::iter::repeat_n(documents, people.len() - more.len());
        let sizes = sizes.chain(more.iter().copied());
        let mut guests = Vec::with_capacity(people.len());
        let mut waiting = tokio::task::JoinSet::new();
        for (at, (person, size)) in people.into_iter().zip(sizes).enumerate() {
            let settler = Settler {
                app: App::clone(&app),
                staff: Arc::clone(&staff),
                random: Arc::clone(&random),
                blob: blob.clone(),
            };
            waiting.spawn(async move { anyhow::Ok((at, settler.settle(person, size).await?)) });
            if waiting.len() == 32 {
                guests.extend(waiting.join_next().await.transpose()?.transpose()?);
            }
        }
        while let Some(guest) = waiting.join_next().await {
            guests.push(guest??);
        }
        guests.sort_by_key(|(at, _)| *at);
        let guests = guests.into_iter().map(|(_, guest)| guest).collect();
        let passwords = Passwords::new(Cost::light(), app.random())?;
        let identity = Arc::new(pro_sante_connect(&settings)?);
        let mut front = Front::new(&settings, passwords, identity)?;
        front.more = routes::routes(&app, blob.clone());
        let router = router(&app, front);
        let token = token(&app, &router).await?;
        let listener = tokio::net::TcpListener::bind(settings.get("listen")).await?;
        let address = listener.local_addr()?;
        let service = router
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, service).await {
                tracing::error!(?error, "the server of the bench stopped");
            }
        });
        Ok(Self {
            app,
            router,
            guests,
            blob,
            token,
            address,
            server,
        })
    }

    /// Closes the installation so that another can open the folder; gives the people back.
    ///
    /// # Errors
    /// When somebody still holds it.
    pub async fn close(self) -> anyhow::Result<Vec<Guest>> {
        let Self {
            app,
            router,
            guests,
            server,
            ..
        } = self;
        server.abort();
        // Its end is what was asked for.
        let _ = server.await;
        drop(router);
        release(app).await?;
        Ok(guests)
    }
}

/// Waits until nobody else holds the installation, and lets it go.
///
/// # Errors
/// When somebody still holds it after some seconds.
pub async fn release(app: App) -> anyhow::Result<()> {
    for _ in 0..500 {
        if Arc::strong_count(&app) == 1 {
            // The writer ends with it.
            return Ok(tokio::task::spawn_blocking(move || drop(app)).await?);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    bail!("the installation is still in use");
}

async fn token(app: &App, router: &Router) -> anyhow::Result<String> {
    let (id, name) = ("bench", "Laboratoire du banc d’essai (fictif)");
    let origin = &app.site.origin;
    let software = Software::register(&app.store, router, origin, id, name, false).await?;
    software.token(app.random(), app.now()).await
}

/// Settles people in.
struct Settler {
    app: App,
    staff: Arc<Staff>,
    random: Arc<SeededRandom>,
    blob: BlobRef,
}

impl Settler {
    async fn settle(&self, person: Person, size: usize) -> anyhow::Result<Guest> {
        let app = &self.app;
        let insured = app.store.insured(person.number(), "").await?;
        let record = insured.and_then(|insured| insured.record);
        let record = record.context("a person without a record")?;
        self.activate(record).await?;
        let now = app.now();
        let resources: Vec<Value> =
            fiction::many(&person, &self.staff, &*self.random, now, size).collect();
        let mut documents = Vec::with_capacity(size);
        for batch in resources.chunks(BATCH) {
            documents.extend(self.add(record, batch).await?);
        }
        let body = SessionBody {
            who: SignedIn::Person {
                own: record,
                name: person.name(),
                acting_for: None,
            },
            authenticated: Authenticated {
                level: Level::TwoFactor,
                at: now,
            },
            device: String::new(),
            flash: None,
        };
        let token = app.start_session(record.0, &body, None).await?;
        let cookie = format!("{}={token}", app.session_cookie().name());
        Ok(Guest {
            person,
            record,
            documents,
            cookie,
        })
    }

    /// Makes the space one that its holder may enter.
    async fn activate(&self, record: RecordId) -> anyhow::Result<()> {
        let viewer = Viewer::system(Purpose::Open, self.app.now());
        let clearance = self.app.gate.enter(&viewer, record, Act::OpenSpace).await;
        let done = clearance.map_err(failed)?.act::<_, Refused>(|scope| {
            let space = Space::new(SpaceState::Activated, scope.now);
            let id = kinds::only::SPACE;
            let entry = draft(Volume::Policy, kinds::SPACE, id, &space);
            let current = scope.policy_entry(id).ok_or(Refused::NotFound)?;
            Ok(Plan::new(()).writing(vec![entry.replacing(current)]))
        });
        done.await.map_err(failed)
    }

    async fn add(&self, record: RecordId, resources: &[Value]) -> anyhow::Result<Vec<Id>> {
        let app = &self.app;
        let now = app.now();
        let all = resources.iter().map(|resource| {
            let stored = stored(resource.clone(), self.blob.clone(), now);
            (app.store.name_in(record), stored)
        });
        let all: Vec<(Id, Stored)> = all.collect();
        let viewer = depositor(now);
        let clearance = app.gate.enter(&viewer, record, Act::Add).await;
        let done = clearance.map_err(failed)?.act::<_, Refused>(|_| {
            let drafts = all.iter().map(|(id, stored)| stored.draft(*id)).collect();
            let claims = all
                .iter()
                .map(|(_, stored)| stored.claims(&app.store, record));
            let names = claims.fold(With::nothing(), With::and);
            Ok(Plan::new(()).writing(drafts).beside(names).quietly_if(true))
        });
        done.await.map_err(failed)?;
        Ok(all.into_iter().map(|(id, _)| id).collect())
    }
}

/// Software that deposits, without its token.
pub fn depositor(now: Timestamp) -> Viewer {
    Viewer {
        account: Id([9; 16]),
        acting: Acting::Depositor(Arc::new(Depositor {
            client_id: "bench".to_owned(),
            name: "Laboratoire du banc d’essai (fictif)".to_owned(),
            strict: false,
        })),
        authenticated: Authenticated {
            level: Level::Machine,
            at: now,
        },
    }
}

/// A description as a deposit would store it.
pub fn stored(resource: Value, blob: BlobRef, now: Timestamp) -> Stored {
    let text = |pointer: &str| {
        let found = resource.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    };
    let named = |pointer: &str| {
        let name = resource.pointer(pointer).and_then(Value::as_str);
        name.map(ToOwned::to_owned)
    };
    let date = text("/content/0/attachment/creation").parse();
    let codes = resource.get("securityLabel").and_then(Value::as_array);
    let codes = codes.into_iter().flatten();
    let codes = codes.filter_map(|label| label.pointer("/coding/0/code")?.as_str());
    let own = Own {
        type_code: text("/type/coding/0/code"),
        class: named("/category/0/coding/0/code"),
        title: text("/content/0/attachment/title"),
        date: date.unwrap_or(now),
        received: now,
        media_type: "application/pdf".to_owned(),
        hash: text("/content/0/attachment/hash"),
        blob,
        flags: Flags::of_codes(codes),
        authors: vec!["899900000001".to_owned()],
        author: "Dr Fictif".to_owned(),
        organization: "Centre hospitalier des Tilleuls (fictif)".to_owned(),
        depositor: Some("bench".to_owned()),
        by_holder: false,
        unique_id: text("/masterIdentifier/value"),
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
    Stored::new(resource, own)
}

/// Says why a step was not done.
pub fn failed(refused: Refused) -> anyhow::Error {
    match refused {
        Refused::Failed(error) => error,
        other => anyhow::anyhow!("{other:?}"),
    }
}

/// A folder of one's own below `parent`, removed when dropped.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A new folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(parent: &Path) -> anyhow::Result<Self> {
        let path = parent.join(format!("carnet-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path).with_context(|| path.display().to_string())?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays is fictional.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
