//! `carnet bench`: what Carnet does in a second, and what that costs.
//!
//! Works run one after the other on an installation full of fictional people, on
//! the cores that its clients use too. Each rate stands beside a baseline of the
//! same run, because rates of different machines say nothing. No number here is a
//! verdict: no test asserts a time.

mod directory;
mod import;
mod load;
mod meter;
mod practice;
mod render;
mod rest;
mod routes;
mod search;
mod works;
mod world;

use std::{path::PathBuf, time::Duration};

use meter::{Figures, load_average, sync_rate};
use serde::Serialize;
use works::Bench;
use world::{Folder, House, World};

pub use world::stored;

/// What to measure.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Tiny: shows that everything runs, measures nothing.
    pub smoke: bool,
    /// Beginnings of the names of works; empty for all.
    pub works: Vec<String>,
    /// Folder on the disk to measure; the system's temporary one otherwise.
    pub data: Option<PathBuf>,
    /// Main database as in `store.url`; SQLite on that disk otherwise.
    pub store: Option<String>,
    /// How long each work is done; three seconds otherwise.
    pub seconds: Option<u64>,
    /// Lines of the directory that is taken in; two million otherwise.
    pub lines: Option<u64>,
}

/// How much of everything.
#[derive(Debug, Clone, Copy, Serialize)]
struct Scale {
    /// People with the usual number of documents.
    people: usize,
    /// Documents of each.
    documents: usize,
    /// Documents of those who have more, smallest first.
    more: [usize; 3],
    /// Clients at once.
    clients: usize,
    /// How long each work is done.
    #[serde(skip)]
    time: Duration,
    /// How often what is done one at a time.
    times: usize,
    /// Bytes of the body of a deposit.
    body: usize,
    /// Bytes of the document that is rendered.
    render: usize,
    /// Lines of the directory.
    lines: u64,
}

const FULL: Scale = Scale {
    people: 1_000,
    documents: 50,
    more: [20, 200, 2_000],
    clients: 64,
    time: Duration::from_secs(3),
    times: 200,
    body: 50_000,
    render: 3_000_000,
    lines: 2_000_000,
};

const SMOKE: Scale = Scale {
    people: 6,
    documents: 4,
    more: [2, 4, 8],
    clients: 4,
    time: Duration::from_millis(30),
    times: 4,
    body: 2_000,
    render: 50_000,
    lines: 20_000,
};

/// What a run found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The version of the program, and whether it was built to be fast.
    pub build: String,
    /// Cores that the program may use.
    pub cores: usize,
    /// Load average before the run: other work on the machine.
    pub load: String,
    /// How often a second the disk makes 8 kB durable.
    pub syncs_per_second: f64,
    /// The engine of the main database.
    pub database: &'static str,
    /// Its settings, where they are ours.
    pub engine: Vec<(&'static str, String)>,
    scale: Scale,
    /// The works.
    pub works: Vec<Figures>,
}

/// Measures.
///
/// # Errors
/// When a work fails: the bench stops rather than count failures.
pub async fn run(options: &Options) -> anyhow::Result<Report> {
    let mut scale = if options.smoke { SMOKE } else { FULL };
    if let Some(seconds) = options.seconds {
        scale.time = Duration::from_secs(seconds);
    }
    if let Some(lines) = options.lines {
        scale.lines = lines;
    }
    let parent = options.data.clone().unwrap_or_else(std::env::temp_dir);
    let folder = Folder::new(&parent)?;
    let load = load_average();
    let syncs_per_second = sync_rate(&folder.0, scale.time / 3)?;
    let house = House {
        folder: folder.0.join("house"),
        store: options.store.clone().unwrap_or_default(),
    };
    let (database, engine) = match house.store.as_str() {
        "" => (
            "SQLite",
            vault::baseline::settings(&folder.0.join("settings.db"))?,
        ),
        _ => ("PostgreSQL", vec![]),
    };
    let wanted = |work: &str| {
        let mut asked = options.works.iter();
        options.works.is_empty() || asked.any(|name| work.starts_with(name.as_str()))
    };
    let more: Vec<usize> = scale.more.iter().flat_map(|size| [*size; 2]).collect();
    let made = std::time::Instant::now();
    let world = World::make(&house, scale.people, scale.documents, &more).await?;
    tracing::info!(seconds = made.elapsed().as_secs_f64(), "the world is made");
    let mut works = Vec::new();
    if wanted("at-rest") {
        let documents = world.guests.iter().map(|guest| guest.documents.len()).sum();
        works.push(rest::at_rest(&world.app, documents).await?);
    }
    let bench = Bench {
        world: &world,
        scale,
        folder: &folder.0,
        on_sqlite: house.store.is_empty(),
    };
    bench.warm().await?;
    let empty = bench.empty().await?;
    // Before others deposit what is to be read too.
    if wanted("search") {
        let guest = &world.guests[scale.people + 4];
        let texts = search::texts(&world.app, guest).await?;
        works.extend(search::warm(&world.app, guest, &texts, &scale).await?);
    }
    if wanted("list-200") {
        let guest = &world.guests[scale.people + 2];
        works.push(rest::warm_list(&world.app, guest, &scale).await?);
    }
    if wanted("summary") || wanted("decisions") {
        let guest = &world.guests[scale.people + 5];
        works.extend(practice::works(&world, guest, &scale, &empty).await?);
    }
    if wanted("read-gate") {
        works.push(bench.read_gate().await?);
    }
    if wanted("read-router") {
        works.push(bench.read_router().await?);
    }
    if wanted("read-http") {
        works.push(bench.read_http(&empty).await?);
    }
    if wanted("page-http") {
        works.push(bench.page_http(&empty).await?);
    }
    if wanted("list-http") {
        works.push(bench.list_http(&empty).await?);
    }
    if wanted("list-page") {
        works.push(bench.list_page(&empty).await?);
    }
    if wanted("create-gate") {
        works.push(bench.create_gate().await?);
    }
    if wanted("create-http") {
        works.push(bench.create_http(&empty).await?);
    }
    if wanted("deposit") {
        works.push(bench.deposit(&empty).await?);
    }
    if wanted("render") {
        works.push(render::render(&scale)?);
    }
    if wanted("import") {
        works.push(bench.import().await?);
    }
    works.insert(0, empty);
    works.push(rest::pack(&world.app).await?);
    let guests = world.close().await?;
    if wanted("open") {
        works.extend(rest::openings(&house, &guests, &scale).await?);
    }
    if wanted("search") {
        let guest = &guests[scale.people + 4];
        works.push(search::cold(&house, guest, &scale).await?);
    }
    if wanted("memory") || wanted("start") {
        works.extend(rest::server(&house, &guests, &scale).await?);
    }
    // It takes minutes and gigabytes of disk: only when it is asked for.
    if !options.works.is_empty() && wanted("directory") {
        works.extend(directory::works(&house, &folder.0, &scale).await?);
    }
    works.push(rest::program()?);
    Ok(Report {
        build: format!(
            "{} {}",
            env!("CARGO_PKG_VERSION"),
            if cfg!(debug_assertions) {
                "debug"
            } else {
                "release"
            }
        ),
        cores: std::thread::available_parallelism().map_or(0, usize::from),
        load,
        syncs_per_second,
        database,
        engine,
        scale,
        works,
    })
}

impl Report {
    /// The report as lines to read.
    pub fn print(&self) {
        let engine: Vec<_> = self
            .engine
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        println!(
            "carnet {}, {} cores, load {} before, {:.0} syncs of 8 kB a second",
            self.build, self.cores, self.load, self.syncs_per_second
        );
        println!("{} {}", self.database, engine.join(", "));
        println!(
            "{} people × {} documents, {} clients\n",
            self.scale.people, self.scale.documents, self.scale.clients
        );
        println!(
            "{:<12} {:>9} {:>9} {:>9} {:>8} {:>9}  baseline",
            "work", "per s", "p50 ms", "p99 ms", "CPU µs", "B written"
        );
        for figures in &self.works {
            match &figures.value {
                Some(value) => println!("{:<12} {value}", figures.work),
                None => println!(
                    "{:<12} {:>9.0} {:>9.3} {:>9.3} {:>8.1} {:>9.0}  {}",
                    figures.work,
                    figures.rate,
                    figures.p50_ms,
                    figures.p99_ms,
                    figures.cpu_us,
                    figures.written,
                    compared(figures),
                ),
            }
            let aim = if figures.aim.is_empty() {
                String::new()
            } else {
                format!(" (aim {})", figures.aim)
            };
            let memory = figures.memory.map_or_else(String::new, |bytes| {
                format!("; {:.0} MB of memory at the most", bytes as f64 / 1e6)
            });
            println!("             {}{memory}{aim}", figures.what);
        }
    }
}

fn compared(figures: &Figures) -> String {
    match (figures.ratio(), &figures.baseline) {
        (Some(ratio), Some(baseline)) => {
            let digits = if ratio < 0.1 { 4 } else { 2 };
            format!(
                "{ratio:.digits$} of {} ({:.0}/s)",
                baseline.what, baseline.rate
            )
        }
        _ => String::new(),
    }
}
