//! The command line.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use access::App;
use account::{Cost, Passwords};
use ambient::{SystemClock, SystemRandom};
use anyhow::{Context, bail};
use carnet::{
    audit, backup, bench, checkpoints, demo, doctor,
    dpo::Dpo,
    erasures, import,
    install::{DEMO_MARK, Surroundings, install},
    keys, kit, mail,
    metrics::{self, Metrics},
    proof,
    reference::{self as tables, Followed},
    registers::Registers,
    restore,
    scribe::{
        self,
        worker::{Work, read_input},
    },
    serve::{self, Front},
    settings::{Settings, help, reference, sample},
};
use clap::{Parser, Subcommand};
use tokio::net::TcpListener;
use vault::{Suite, backup::What};

/// A fifth of the processor's time went to the system's allocator, whose threads wait for each
/// other (docs/measurements.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Threads that wait for the disk: more of them only hold memory, for readers are few.
const BLOCKING: usize = 32;

/// Carnet: an open, self-hostable health space.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// Settings file; the environment (CARNET_…) wins over it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site and the API.
    Serve,
    /// Try Carnet with fictional people: needs nothing else.
    Demo {
        /// Port to listen on.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Folder to keep the demo in; without it, a passing one.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Load data.
    #[command(subcommand)]
    Import(Import),
    /// Verify, and answer who did what.
    #[command(subcommand)]
    Audit(Audit),
    /// For the data-protection officer: register of processing, report of a breach.
    #[command(subcommand)]
    Dpo(Dpo),
    /// Look at configuration and stores, and say what to mend and how.
    ///
    /// Ends with 0 when all is well, 1 when somebody should look, 2 when something does not work.
    Doctor {
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show the jobs that failed too often and were set aside.
    Jobs {
        /// Take them up again.
        #[arg(long)]
        retry: bool,
    },
    /// List the professionals whose account was suspended, for review.
    Suspensions {
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
        /// Lift the suspension of this professional (national identifier).
        #[arg(long, value_name = "NUMBER")]
        lift: Option<String>,
    },
    /// Make a backup, while the server runs: database and sealed files, no key.
    Backup {
        /// An empty folder.
        dir: PathBuf,
        /// Back up the wrapped keys instead: for another place, and for a time.
        #[arg(long)]
        keys: bool,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Put a backup back where there is nothing, and verify it.
    Restore {
        /// The backup.
        dir: PathBuf,
        /// The backup of the keys, when they are lost too.
        #[arg(long)]
        keys: Option<PathBuf>,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The keys of the installation.
    #[command(subcommand)]
    Keys(Keys),
    /// Measure what this machine does in a second, with fictional people.
    Bench {
        /// Run everything, tiny: shows that it runs, measures nothing.
        #[arg(long)]
        smoke: bool,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
        /// Folder on the disk to measure.
        #[arg(long)]
        data: Option<PathBuf>,
        /// An empty PostgreSQL database to measure, as in `store.url`; SQLite otherwise.
        #[arg(long)]
        store: Option<String>,
        /// How long each work is done.
        #[arg(long)]
        seconds: Option<u64>,
        /// Lines of the directory that is taken in.
        #[arg(long)]
        lines: Option<u64>,
        /// Beginnings of the names of works; all but « directory » without any.
        works: Vec<String>,
    },
    /// Read a file from the input, within limits: what the server calls.
    #[command(name = scribe::COMMAND, hide = true)]
    ReadFile {
        /// What to read of it.
        work: Work,
        /// The program that reads images.
        helper: Option<PathBuf>,
    },
    /// Print a settings file with every setting and what it is for.
    #[command(after_help = help())]
    Settings {
        /// Print the reference page instead, in Markdown.
        #[arg(long)]
        reference: bool,
    },
}

#[derive(Subcommand)]
enum Import {
    /// The registry of persons (CSV).
    ///
    /// Those who have no space yet are sent a notice; it opens when the time to oppose is over.
    Insured {
        /// The file.
        file: PathBuf,
        /// They were told on that day, by letter or by their health insurance: nothing is sent.
        #[arg(long, value_name = "YYYY-MM-DD")]
        notified: Option<jiff::civil::Date>,
    },
    /// The documents of another system (FHIR, one resource a line); run again, it goes on.
    Records {
        /// The file.
        file: PathBuf,
        /// Where they come from, as people read it in their history.
        #[arg(long, default_value = "Reprise de données")]
        source: String,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The public directory: the RPPS extraction « PS_LibreAcces_Personne_activite », or the
    /// FINESS stock of etalab; run again, it goes on.
    ///
    /// A file in which a fifth of those who were active are missing was cut short: nothing changes.
    Directory {
        /// The file.
        file: PathBuf,
        /// It does have so many fewer.
        #[arg(long)]
        fewer: bool,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Software that may call the API (JSON: client identifier → name, jwks, scopes, strict, people,
    /// signs_in_as); one that is registered already is changed, and its tokens end.
    Software {
        /// The file.
        file: PathBuf,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// A table of document types, an access matrix, a table of disclosure or of topics, in place
    /// of what is compiled in; servers that run take it within seconds.
    Reference {
        /// The file, of the shape of those under `reference/`; a matrix may be rows « profession,
        /// class, type, yes or no » instead. A matrix that closes a fifth of what was open was
        /// cut short: nothing changes.
        file: PathBuf,
        /// It does close so much.
        #[arg(long)]
        fewer: bool,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Keys {
    /// Write a page for paper with the key file on it, in groups that find a slip of the pen.
    Kit {
        /// A file that does not exist yet; print it, then destroy it.
        file: PathBuf,
    },
    /// Type the page back: writes the key file where there is none.
    FromKit,
    /// Print the public key, which checks proofs and checkpoints.
    Public,
    /// Make a key to send notices to browsers with, for the setting push.key.
    Push,
    /// Turn the key that wraps all others; run it again if it was stopped.
    Rotate {
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Read every record from its first entry to its last and say what does not fit; or check a
    /// person's proof, with the public key alone and nothing of the installation.
    Verify {
        /// A proof that a person downloaded.
        file: Option<PathBuf>,
        /// The public key of the installation, 64 digits; the one in the file without.
        #[arg(long, requires = "file")]
        key: Option<String>,
        /// An older proof of the same history.
        #[arg(long, requires = "file")]
        against: Option<PathBuf>,
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say that an older database was put back on purpose, when the start refused it.
    Restored,
    /// List the records opened in an emergency, for review: date, professional, reason.
    BreakGlass {
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
        /// Note that this one was reviewed.
        #[arg(long, value_name = "NUMBER", requires = "note")]
        reviewed: Option<String>,
        /// By whom, and what came of it: no health word.
        #[arg(long, requires = "reviewed")]
        note: Option<String>,
    },
    /// List the accesses that people contest, and answer one.
    Contests {
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
        /// The number of the thread to answer.
        #[arg(long, value_name = "NUMBER", requires = "text")]
        answer: Option<String>,
        /// What the person will read: no health word, for they may read it on any screen.
        #[arg(long, requires = "answer")]
        text: Option<String>,
    },
    /// List the documents that stood in the wrong record: when, why, whose it is to set right.
    Misfiled {
        /// Answer as JSON.
        #[arg(long)]
        json: bool,
    },
    #[command(flatten)]
    Registers(Registers),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Command::ReadFile { work, helper } = arguments.command {
        return read_input(work, helper);
    }
    // The demo speaks to the person who tries it; only what goes wrong is said beside.
    let quiet = matches!(
        arguments.command,
        Command::Demo { .. } | Command::Bench { .. }
    );
    tracing_subscriber::fmt()
        .with_env_filter(if quiet { "warn" } else { "info" })
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(BLOCKING)
        .thread_stack_size(fhir::STACK)
        .on_thread_start(fhir::this_thread_has_stack)
        .enable_all()
        .build();
    let done = runtime
        .context("starting")
        .and_then(|runtime| runtime.block_on(run(arguments)));
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("carnet : {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let settings = || Settings::read(arguments.config.as_deref(), std::env::vars());
    match arguments.command {
        Command::Demo { port, data } => demo::run(port, data).await?,
        Command::Bench {
            smoke,
            json,
            data,
            store,
            seconds,
            lines,
            works,
        } => {
            let options = bench::Options {
                smoke,
                works,
                data,
                store,
                seconds,
                lines,
            };
            let report = bench::run(&options).await?;
            if json {
                println!("{}", serde_json::to_string_pretty(&report)?);
            } else {
                report.print();
            }
        }
        Command::Settings { reference: false } => print!("{}", sample()),
        Command::Settings { reference: true } => print!("{}", reference()),
        Command::Backup { dir, keys, json } => {
            let what = if keys { What::Keys } else { What::Main };
            let report = backup::run(&settings()?, what, &dir, &SystemClock).await?;
            say(json, &report, backup::Report::print)?;
        }
        Command::Restore { dir, keys, json } => {
            let settings = settings()?;
            let put = restore::run(&settings, &dir, keys.as_deref(), || closed(&settings));
            let report = put.await?;
            say(json, &report, restore::Report::print)?;
            if !report.verified.is_clean() {
                return Ok(ExitCode::from(2));
            }
        }
        Command::Keys(Keys::Rotate { json }) => {
            let rotated = keys::rotate(&settings()?).await?;
            say(json, &rotated, keys::print)?;
        }
        Command::Keys(Keys::Kit { file }) => {
            let fingerprint = kit::print(&settings()?, &file, &SystemClock)?;
            println!("Empreinte : {fingerprint}");
            println!(
                "Imprimez {} sur une imprimante qui ne garde rien, puis détruisez le fichier.",
                file.display()
            );
        }
        Command::Keys(Keys::FromKit) => {
            let (mut typed, mut asks) = (std::io::stdin().lock(), std::io::stderr());
            let fingerprint = kit::read_back(&settings()?, &mut typed, &mut asks)?;
            println!("Le fichier de clés est écrit. Empreinte : {fingerprint}");
        }
        Command::Keys(Keys::Push) => println!("{}", keys::push(&SystemRandom)),
        Command::Keys(Keys::Public) => println!("{}", keys::public(&settings()?)?),
        Command::Doctor { json } => {
            let config = arguments.config.as_deref();
            let report = doctor::run(config, std::env::vars(), &SystemClock).await;
            say(json, &report, doctor::Report::print)?;
            return Ok(ExitCode::from(report.code()));
        }
        Command::ReadFile { work, helper } => return Ok(read_input(work, helper)),
        Command::Serve => serve_pages(&settings()?).await?,
        Command::Import(Import::Insured { file, notified }) => {
            let settings = settings()?;
            let told = import::told(notified)?;
            import::insured(
                &open(&settings).await?,
                &file,
                settings.get("ins.oid"),
                told,
            )
            .await?;
        }
        Command::Import(Import::Records { file, source, json }) => {
            import::records(&open(&settings()?).await?, &file, &source, json).await?;
        }
        Command::Audit(Audit::BreakGlass {
            json,
            reviewed,
            note,
        }) => {
            let app = open(&settings()?).await?;
            let reviewed = reviewed.as_deref().zip(note.as_deref());
            audit::break_glass(&app, json, reviewed).await?;
        }
        Command::Audit(Audit::Contests { json, answer, text }) => {
            let app = open(&settings()?).await?;
            let answer = answer.as_deref().zip(text.as_deref());
            audit::contests(&app, json, answer).await?;
        }
        Command::Audit(Audit::Misfiled { json }) => {
            audit::misfiled(&open(&settings()?).await?, json).await?;
        }
        Command::Audit(Audit::Registers(command)) if command.is_apart() => command.apart()?,
        Command::Audit(Audit::Registers(command)) => {
            let settings = settings()?;
            command.run(&open(&settings).await?, &settings).await?;
        }
        Command::Dpo(command) if command.is_apart() => command.apart(&settings()?)?,
        Command::Dpo(command) => {
            let settings = settings()?;
            command.run(&open(&settings).await?, &settings).await?;
        }
        Command::Suspensions { json, lift } => {
            let app = open(&settings()?).await?;
            audit::suspensions(&app, json, lift.as_deref()).await?;
        }
        Command::Audit(Audit::Verify {
            file: Some(file),
            key,
            against,
            json,
        }) => {
            let report = proof::check(&file, key.as_deref(), against.as_deref())?;
            say(json, &report, proof::print)?;
            if !report.is_clean() {
                return Ok(ExitCode::from(2));
            }
        }
        Command::Audit(Audit::Verify { json, .. }) => {
            let settings = settings()?;
            let folder = settings.path("checkpoints.folder");
            return verify(&open(&settings).await?, &folder, json).await;
        }
        Command::Audit(Audit::Restored) => {
            let settings = settings()?;
            let folder = settings.path("checkpoints.folder");
            let accepted = open(&settings).await?.gate.accept_restored(&folder).await;
            let accepted = accepted.context("il n’y a pas de base plus ancienne à accepter")?;
            println!("Noté au point de contrôle n° {}.", accepted.n);
        }
        Command::Jobs { retry } => jobs_aside(&open(&settings()?).await?, retry).await?,
        Command::Import(Import::Directory { file, fewer, json }) => {
            import::directory(&open(&settings()?).await?, &file, fewer, json).await?;
        }
        Command::Import(Import::Software { file, json }) => {
            import::software(&open(&settings()?).await?, &file, json).await?;
        }
        Command::Import(Import::Reference { file, fewer, json }) => {
            let app = open(&settings()?).await?;
            let text = std::fs::read_to_string(&file);
            let text = text.with_context(|| file.display().to_string())?;
            let changed = tables::import(&app, &text, fewer).await?;
            say(json, &changed, tables::Changed::print)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Says a report to who reads, or to a script.
fn say<T: serde::Serialize>(json: bool, report: &T, print: fn(&T)) -> anyhow::Result<()> {
    match json {
        true => println!("{}", serde_json::to_string_pretty(report)?),
        false => print(report),
    }
    Ok(())
}

/// The installation, once what was erased since an older backup is erased again.
async fn open(settings: &Settings) -> anyhow::Result<App> {
    let app = closed(settings)?;
    erasures::catch_up(&app).await?;
    let followed = app.gate.follow_suspensions().await;
    followed.map_err(|refused| anyhow::anyhow!("suspended accounts: {refused:?}"))?;
    Followed::default().follow(&app).await?;
    Ok(app)
}

/// The installation, before it has followed the register of erasures.
fn closed(settings: &Settings) -> anyhow::Result<App> {
    let data = settings.path("data");
    if data.join(DEMO_MARK).exists()
        || data
            .parent()
            .is_some_and(|above| above.join(DEMO_MARK).exists())
    {
        bail!("{} belongs to a demo", data.display());
    }
    let around = Surroundings {
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        post: Arc::new(mail::Relay::new(settings)?),
        scribe: Arc::new(scribe::Readers::this()?.of(settings)),
        limits: settings.limits()?,
        demo: false,
        suite: Suite::default(),
    };
    install(settings, around)
}

async fn jobs_aside(app: &App, retry: bool) -> anyhow::Result<()> {
    for (name, count) in app.store.jobs_aside().await? {
        println!("{name}: {count}");
    }
    if retry {
        app.store.retry_jobs(app.now()).await?;
    }
    Ok(())
}

async fn serve_pages(settings: &Settings) -> anyhow::Result<()> {
    let app = open(settings).await?;
    let risks = app.gate.risks().await.context("the database")?;
    if !risks.is_empty() {
        bail!(
            "the database would lose what it acknowledged: {}",
            risks.join(", ")
        );
    }
    let plan = checkpoints::Plan::of(settings)?;
    checkpoints::at_start(&app, &plan).await?;
    let passwords = Passwords::new(Cost::default(), app.random())?;
    let identity = Arc::new(serve::pro_sante_connect(settings)?);
    let mut front = Front::new(settings, passwords, identity)?;
    let within = settings.duration("stop.within")?.unsigned_abs();
    if !settings.get("admin.listen").is_empty() {
        let metrics = Arc::<Metrics>::default();
        front.metrics = Some(Arc::clone(&metrics));
        let admin = TcpListener::bind(settings.get("admin.listen"))
            .await
            .context("setting admin.listen")?;
        let router = metrics::routes(&app, &metrics, files(settings));
        tracing::info!(address = %admin.local_addr()?, "metrics");
        tokio::spawn(async move { axum::serve(admin, router).await });
    }
    let router = serve::router(&app, front);
    let listener = TcpListener::bind(settings.get("listen"))
        .await
        .context("setting listen")?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    tokio::spawn(checkpoints::run(App::clone(&app), plan));
    serve::serve(listener, app, router, within).await
}

/// The databases that are files, by their part.
fn files(settings: &Settings) -> Vec<(&'static str, PathBuf)> {
    let is_file = |name: &str| !settings.get(name).starts_with("postgres");
    let mut files = vec![];
    if is_file("store.url") {
        files.push(("records", settings.path("data").join("carnet.db")));
    }
    if is_file("keys.store") {
        let path = settings.get("keys.store");
        files.push(("keys", path.trim_start_matches("sqlite:").into()));
    }
    files
}

async fn verify(app: &App, folder: &Path, json: bool) -> anyhow::Result<ExitCode> {
    let bar = indicatif::ProgressBar::new(0);
    let report = audit::verify_all(&app.gate, folder, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    })
    .await?;
    bar.finish_and_clear();
    say(json, &report, audit::Report::print)?;
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}
