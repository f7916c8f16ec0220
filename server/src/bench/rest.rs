//! Opening cold, bytes at rest, memory and start.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use access::{Act, App, Purpose, Viewer};
use anyhow::{Context, bail};
use documents::Documents;

use super::{
    Scale,
    load::{Ask, Load},
    meter::{Figures, Latencies, Meter, resident_bytes},
    routes,
    works::alone,
    world::{self, Guest, House, failed},
};
use crate::settings::Settings;

/// Names and descriptions of the openings, smallest first.
const OPENINGS: [(&str, &str, &str); 3] = [
    (
        "open-20",
        "a record of 20 documents opened cold, one at a time",
        "",
    ),
    (
        "open-200",
        "a record of 200 documents opened cold, one at a time",
        "",
    ),
    (
        "open-2000",
        "a record of 2 000 documents opened cold, one at a time",
        "p50 ≤ 20 ms",
    ),
];

/// A figure that is no rate.
pub fn said(work: &'static str, what: &'static str, aim: &'static str, value: String) -> Figures {
    Figures {
        work,
        what,
        aim,
        value: Some(value),
        ..Figures::default()
    }
}

/// Opens records that are not in memory; their pages are in the system's cache.
pub async fn openings(
    house: &House,
    guests: &[Guest],
    scale: &Scale,
) -> anyhow::Result<Vec<Figures>> {
    // Without memory for records, each opening is cold as soon as another came between.
    let app = world::open(&world::settings(house, "0")?)?;
    let mut all = Vec::new();
    for (at, (work, what, aim)) in OPENINGS.into_iter().enumerate() {
        let [one, other] = [0, 1].map(|n| guests[scale.people + 2 * at + n].record);
        let viewer = Viewer::system(Purpose::Deposit, app.now());
        let meter = Meter::start();
        let times = alone(scale.times, async |n| {
            let record = if n % 2 == 0 { one } else { other };
            let clearance = app.gate.enter(&viewer, record, Act::List).await;
            let opened = clearance.map_err(failed)?;
            let count = opened.recognise::<Documents, _>(|scope| scope.things().count());
            if count.await.map_err(failed)? == 0 {
                bail!("an empty record");
            }
            Ok(())
        });
        let mut figures = meter.stop(work, what, times.await?, Duration::ZERO);
        figures.aim = aim;
        all.push(figures);
    }
    world::release(app).await?;
    Ok(all)
}

/// Lists 200 documents that are in memory, one list at a time, traced.
pub async fn warm_list(app: &App, guest: &Guest, scale: &Scale) -> anyhow::Result<Figures> {
    let viewer = guest.viewer();
    routes::list_all(app, &viewer, guest.record).await?;
    let meter = Meter::start();
    let times = alone(scale.times, async |_| {
        routes::list_all(app, &viewer, guest.record).await.map(drop)
    });
    let what = "200 documents in memory listed, traced, one at a time";
    let mut figures = meter.stop("list-200", what, times.await?, Duration::ZERO);
    figures.aim = "p50 ≤ 1 ms";
    Ok(figures)
}

/// Bytes at rest per document, while nothing but the world has been written.
pub async fn at_rest(app: &App, documents: usize) -> anyhow::Result<Figures> {
    let sizes = app.store.sizes().await?;
    let of = |tables: &[&str]| {
        let chosen = sizes.iter().filter(|size| tables.contains(&&*size.table));
        chosen.fold((0, 0), |(pages, rows), size| {
            (pages + size.pages, rows + size.rows)
        })
    };
    let each = |bytes: u64| bytes as f64 / documents.max(1) as f64;
    let (pages, rows) = of(&["entry", "head", "locator"]);
    let (entries, _) = of(&["entry"]);
    let value = format!(
        "{:.0} B (entries {:.0}, heads and names {:.0}; rows alone {:.0})",
        each(pages),
        each(entries),
        each(pages - entries),
        each(rows)
    );
    let what = "bytes at rest per document: entry, policy, head, chain, names, free room of pages";
    Ok(said("at-rest", what, "≤ 500 B", value))
}

/// Packs the journal, as a server does from time to time: what a bench writes in a minute would
/// be read at the start that follows.
pub async fn pack(app: &App) -> anyhow::Result<Figures> {
    let meter = Meter::start();
    let packed = app.gate.pack(0).await.map_err(failed)?;
    if packed.left > 0 {
        bail!("lines that cannot be packed: {}", packed.left);
    }
    let what = "lines of the journal packed into segments";
    let times = Latencies(vec![Duration::ZERO; packed.lines]);
    Ok(meter.stop("pack", what, times, Duration::ZERO))
}

/// This program, on the installation of these settings, in a process of its own.
pub fn program_on(settings: &Settings) -> anyhow::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.stderr(Stdio::null());
    for (variable, name) in [
        ("CARNET_DATA", "data"),
        ("CARNET_STORE_URL", "store.url"),
        ("CARNET_ERASURES", "erasures"),
        ("CARNET_CHECKPOINTS_FOLDER", "checkpoints.folder"),
        ("CARNET_KEYS_FILE", "keys.file"),
        ("CARNET_KEYS_STORE", "keys.store"),
        ("CARNET_LISTEN", "listen"),
        ("CARNET_ORIGIN", "origin"),
    ] {
        command.env(variable, settings.get(name));
    }
    Ok(command)
}

/// A server of its own, in a process of its own.
struct Server {
    child: Child,
    address: SocketAddr,
    ready: Duration,
}

impl Server {
    /// Starts `carnet serve` in the house and waits until it is ready.
    fn start(house: &House) -> anyhow::Result<Self> {
        let settings = world::settings(house, "134217728")?;
        let address = settings.get("listen").parse()?;
        let mut command = program_on(&settings)?;
        command.arg("serve").stdout(Stdio::null());
        let at = Instant::now();
        let child = command.spawn()?;
        let mut server = Self {
            child,
            address,
            ready: Duration::ZERO,
        };
        while !is_ready(address) {
            if at.elapsed() > Duration::from_secs(20) {
                bail!("the server is not ready after 20 s");
            }
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended: {status}");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        server.ready = at.elapsed();
        Ok(server)
    }

    fn megabytes(&self) -> f64 {
        resident_bytes(self.child.id()) as f64 / 1e6
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_ready(address: SocketAddr) -> bool {
    let ask = || {
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        std::io::Result::Ok(answer.starts_with("HTTP/1.1 204"))
    };
    ask().unwrap_or(false)
}

/// Start and memory, of a server on its own.
pub async fn server(
    house: &House,
    guests: &[Guest],
    scale: &Scale,
) -> anyhow::Result<Vec<Figures>> {
    let server = Server::start(house).context("starting a server")?;
    let milliseconds = server.ready.as_secs_f64() * 1_000.0;
    let start = said(
        "start",
        "from spawn to ready, on the bench's data",
        "≤ 200 ms",
        format!("{milliseconds:.0} ms"),
    );
    let idle = said(
        "memory-idle",
        "resident memory after start",
        "≤ 40 MB",
        format!("{:.0} MB", server.megabytes()),
    );
    let ids = |guest: &Guest| (guest.documents[0], guest.cookie.clone());
    let people: Vec<_> = guests[..scale.people].iter().map(ids).collect();
    let clients = scale.clients;
    // Each client goes through a share of the people, so that all records are opened.
    let ask: Ask = Arc::new(move |client, n, buffer| {
        let (document, cookie) = &people[(client + n * clients) % people.len()];
        let head =
            format!("GET /documents/{document} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n");
        buffer.extend_from_slice(head.as_bytes());
    });
    let load = Load {
        clients,
        time: scale.time,
    };
    let (asked, _) = load.over_http(server.address, ask).await?;
    let value = format!(
        "{:.0} MB ({} records, {} pages)",
        server.megabytes(),
        scale.people,
        asked.0.len()
    );
    let what = "resident memory with every record of the world open, under load";
    let open = said("memory-open", what, "≤ 200 MB", value);
    Ok(vec![start, idle, open])
}

/// The size of this program.
pub fn program() -> anyhow::Result<Figures> {
    let bytes = std::fs::metadata(std::env::current_exe()?)?.len();
    let value = format!("{:.1} MB", bytes as f64 / 1e6);
    Ok(said(
        "binary",
        "size of this program",
        "≤ 40 MB (release)",
        value,
    ))
}
