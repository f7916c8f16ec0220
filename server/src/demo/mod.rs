//! `carnet demo`: fictional people, made by our own generator, loaded through
//! the same code as everyone's data. Only here: the list of personas, the page
//! of messages that would have left, and the demonstration identity.

mod fill;
mod outbox;
mod pages;
mod software;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use access::{App, ImageViewers, Limits, Scribe};
use account::{Cost, Passwords};
use ambient::{Clock, Random, Secret, SystemClock, SystemRandom};
use anyhow::{Context, bail};
use axum::Router;
use demo_identity::{DemoIdentity, Identity};
use oauth::client::{ClientAuth, Registration};
use oauth::provider::{RegisteredAuth, RegisteredClient};
use practice::ProSanteConnect;
use tokio::net::TcpListener;
use vault::Suite;

use crate::{
    checkpoints::{self, Plan},
    erasures,
    install::{DEMO_MARK, Surroundings, install},
    scribe,
    serve::{Front, router, serve},
    settings::Settings,
};

pub use fill::{Persona, activate, fill, list_everybody};
pub use outbox::Outbox;
pub use software::Software;

/// Nobody waits for a demo to end.
const STOP_WITHIN: Duration = Duration::from_secs(2);

/// A demo, ready to be visited.
pub struct Demo {
    /// The installation.
    pub app: App,
    /// The whole application.
    pub router: Router,
    /// Messages that would have left.
    pub outbox: Outbox,
    /// Who can be played.
    pub personas: Vec<Persona>,
    /// The demonstration identity.
    pub identity: DemoIdentity,
}

/// What a demo takes from outside, so that tests can hold the clock.
pub struct Stage {
    /// Folder of the data.
    pub data: PathBuf,
    /// Where people reach it.
    pub origin: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub random: Arc<dyn Random>,
    /// Reads the text of files.
    pub scribe: Arc<dyn Scribe>,
    /// Numbers.
    pub limits: Limits,
    /// How bytes are sealed.
    pub suite: Suite,
    /// How much work a password is.
    pub cost: Cost,
    /// Addresses of the main database and of the key store; SQLite in the folder without.
    pub databases: Option<(String, String)>,
}

/// Runs the demo until the process is asked to stop.
///
/// # Errors
/// When the folder holds something else, or the port is taken.
pub async fn run(port: u16, data: Option<PathBuf>) -> anyhow::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| {
            format!(
                "le port {port} est déjà pris : essayez « carnet demo --port {} »",
                port.wrapping_add(1)
            )
        })?;
    let origin = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
    let passing = data.is_none();
    let data = data.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("carnet-demo-{}", std::process::id()))
    });
    let stage = Stage {
        data: data.clone(),
        origin: origin.clone(),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        scribe: Arc::new(scribe::Readers::this()?),
        limits: Limits::default(),
        suite: Suite::default(),
        cost: Cost::default(),
        databases: None,
    };
    let demo = prepare(stage).await?;
    list_everybody(&demo).await?;
    println!("\n  Carnet, démonstration : {origin}\n");
    println!("  Personnages et mots de passe : {origin}/demo");
    println!("  Messages envoyés (codes)     : {origin}/demo/messages\n");
    for persona in &demo.personas {
        println!("  {persona}");
    }
    let plan = Plan::of(&settings(&data, &origin, None))?;
    tokio::spawn(checkpoints::run(App::clone(&demo.app), plan));
    println!("\n  Ctrl+C pour arrêter.\n");
    serve(listener, demo.app, demo.router, STOP_WITHIN).await?;
    if passing {
        let _ = std::fs::remove_dir_all(data);
    }
    Ok(())
}

/// Makes (or takes up again) a demo.
///
/// # Errors
/// When the folder holds something else, or cannot be written.
pub async fn prepare(stage: Stage) -> anyhow::Result<Demo> {
    let fresh = mark(&stage)?;
    let settings = settings(&stage.data, &stage.origin, stage.databases);
    let outbox = Outbox::new(Arc::clone(&stage.clock));
    let around = Surroundings {
        clock: Arc::clone(&stage.clock),
        random: Arc::clone(&stage.random),
        post: Arc::new(outbox.clone()),
        scribe: stage.scribe,
        limits: stage.limits,
        demo: true,
        suite: stage.suite,
    };
    let app = install(&settings, around)?;
    erasures::catch_up(&app).await?;
    let viewer = format!("{}/demo/images?etude={{study}}", stage.origin);
    app.gate.change_rules(|rules| {
        rules.viewers = ImageViewers::of_demo(fiction::IMAGES_AT, viewer);
    });
    let identity = identity(&app);
    let sign_in = ProSanteConnect::new(registration(&stage.origin, CLIENT), identity.http());
    let sign_in = Arc::new(sign_in.asking_on_phones(true));
    let personas = fill::personas(stage.clock.now());
    let passwords = Passwords::new(stage.cost, app.random())?;
    let mut front = Front::new(&settings, passwords, sign_in)?;
    front.more = Router::new()
        .nest("/demo/identite", identity.routes())
        .merge(pages::routes(&app, &outbox, &personas));
    let router = router(&app, front);
    let demo = Demo {
        app,
        router,
        outbox,
        personas,
        identity,
    };
    if fresh {
        fill(&demo).await.context("loading the fictional people")?;
    }
    Ok(demo)
}

/// The settings of a demo in a folder.
pub fn settings(data: &Path, origin: &str, databases: Option<(String, String)>) -> Settings {
    let mut settings = Settings::default();
    settings.set("data", data.join("data").to_string_lossy());
    settings.set("keys.file", data.join("keys").to_string_lossy());
    settings.set("keys.store", data.join("keys.db").to_string_lossy());
    settings.set("erasures", data.join("erasures").to_string_lossy());
    settings.set(
        "checkpoints.folder",
        data.join("checkpoints").to_string_lossy(),
    );
    settings.set("origin", origin);
    let centre = fiction::staff().gwenn.facility().national_id();
    settings.set("emergency.centres", centre);
    if let Some((store, keys)) = databases {
        settings.set("store.url", store);
        settings.set("keys.store", keys);
    }
    settings
}

/// Says that a folder is a demo's; `true` when it is new.
fn mark(stage: &Stage) -> anyhow::Result<bool> {
    let mark = stage.data.join(DEMO_MARK);
    if mark.exists() {
        return Ok(false);
    }
    std::fs::create_dir_all(&stage.data).context("the demo's folder")?;
    if std::fs::read_dir(&stage.data)?.next().is_some() {
        bail!(
            "le dossier {} n’est pas celui d’une démonstration : choisissez-en un autre",
            stage.data.display()
        );
    }
    std::fs::write(mark, "Fictional people only.\n")?;
    Ok(true)
}

const CLIENT: &str = "carnet";
const SECRET: &str = "demonstration";
/// Software of professionals, as the demonstration's identity provider knows it.
pub const SOFTWARE: [&str; 2] = ["logiciel-metier", "autre-logiciel"];

fn issuer(origin: &str) -> String {
    format!("{origin}/demo/identite")
}

/// How a client of the demonstration is registered with its identity provider.
pub fn registration(origin: &str, client: &str) -> Registration {
    Registration {
        issuer: issuer(origin),
        discovery_url: None,
        client_id: client.to_owned(),
        auth: ClientAuth::Post(Secret::new(SECRET.to_owned())),
        signed_userinfo: true,
    }
}

fn identity(app: &App) -> DemoIdentity {
    let staff = fiction::staff();
    let identities = staff.all().into_iter().map(|professional| Identity {
        key: professional.rpps.to_owned(),
        label: professional.name(),
        description: professional.role().to_owned(),
        subject: format!("demo-{}", professional.rpps),
        userinfo: fiction::userinfo(professional),
    });
    let client = |id: &str, back: Option<String>| RegisteredClient {
        id: id.to_owned(),
        redirect_uris: back.into_iter().collect(),
        scopes: vec!["openid".to_owned(), "scope_all".to_owned()],
        auth: RegisteredAuth::Secret(vault::chain::hash(SECRET.as_bytes())),
    };
    let clients = vec![
        client(CLIENT, Some(format!("{}/pro/retour", app.site.origin))),
        // Two editors' software, each of which signs its own users in, on their phones.
        client(SOFTWARE[0], None),
        client(SOFTWARE[1], None),
    ];
    let site = Arc::clone(&app.site);
    DemoIdentity::new(
        &issuer(&app.site.origin),
        identities.collect(),
        clients,
        true,
        site,
    )
}
