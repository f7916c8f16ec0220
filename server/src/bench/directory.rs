//! `carnet import directory` on an extraction of millions of lines, in a process of its own: killed
//! half-way, begun again, replaced by the next extraction; then searches in what it left.

use std::{
    fs::{self, File},
    io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use access::{
    App,
    directory::{listed, search},
};
use anyhow::{Context, bail, ensure};
use vault::{baseline::plain_inserts, store::Source};

use super::{
    Scale,
    meter::{Baseline, Figures, Latencies, Meter, cpu_seconds, peak_bytes},
    rest::program_on,
    works::alone,
    world::{self, House},
};

/// Bytes of the rows of a line: the entry, and a word of its name or town each.
const ROWS: [usize; 5] = [230, 30, 30, 30, 30];

/// Lines in a transaction of an import.
const GROUP: usize = 2_000;

/// What a line comes to at least, with its words.
const OF_A_LINE: u64 = 300;

/// How often one looks what an import has come to.
const LOOK: Duration = Duration::from_millis(10);

/// Takes in a directory twice, and searches in it.
///
/// # Errors
/// When an import fails, does not go on where it was killed, or shows a part of itself.
pub async fn works(house: &House, folder: &Path, scale: &Scale) -> anyhow::Result<Vec<Figures>> {
    ensure!(house.store.is_empty(), "a directory is measured on SQLite");
    let (lines, next) = (scale.lines, scale.lines - scale.lines / 20);
    let before = Extraction::write(folder, "before", 0)?;
    let first = Extraction::write(folder, "first", lines)?;
    Import::begin(house, &before)?.ends().await?;

    // Killed on its way it shows nothing of itself; begun again it goes on from there.
    let mut killed = Import::begin(house, &first)?;
    let (at_first, data) = (bytes_in(&house.folder)?, lines * OF_A_LINE);
    while bytes_in(&house.folder)? < at_first + data / 3 {
        ensure!(killed.look()?, "the import ended before it could be killed");
        tokio::time::sleep(LOOK).await;
    }
    let killed = killed.kill()?;
    let app = world::open(&world::settings(house, "0")?)?;
    ensure!(!first.is_shown(&app).await?, "a part of an import is shown");
    ensure!(before.is_shown(&app).await?, "the former one is not shown");
    world::release(app).await?;
    let again = Import::begin(house, &first)?.ends().await?;
    ensure!(again.resumed > 0, "it began at the beginning");
    let what = "lines of a directory taken in, killed on its way, gone on, put in its place";
    let mut taken = killed.and(&again).figures("directory", what, lines);
    taken.baseline = Some(Baseline {
        what: "plain rows of those sizes",
        rate: plain_inserts(&folder.join("plain-directory.db"), &ROWS, GROUP, scale.time)?,
    });

    // The one of the week after, in which one of twenty is missing.
    let second = Extraction::write(folder, "second", next)?;
    let done = Import::begin(house, &second)?.ends().await?;
    let what = "lines of the next one, in the place of one as large; who left stays, as inactive";
    let replaced = done.figures("directory-next", what, next);
    let app = world::open(&world::settings(house, "0")?)?;
    ensure!(first.is_shown(&app).await?, "who left is not kept");
    ensure!(!first.is_active(&app).await?, "who left is still active");
    ensure!(second.is_active(&app).await?, "the last line is not found");
    let mut all = vec![taken, replaced];
    all.extend(searches(&app, &second, scale).await?);
    world::release(app).await?;
    Ok(all)
}

/// Bytes of the files of a folder, and of those below it.
fn bytes_in(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for file in fs::read_dir(folder)? {
        let file = file?;
        let kind = file.file_type()?;
        bytes += match kind.is_dir() {
            true => bytes_in(&file.path())?,
            // A file of the log may be gone by now.
            false => file.metadata().map_or(0, |data| data.len()),
        };
    }
    Ok(bytes)
}

/// A file of the directory.
struct Extraction {
    path: PathBuf,
    /// National identifier, family name and given name of its last line.
    last: [String; 3],
}

impl Extraction {
    fn write(folder: &Path, name: &str, lines: u64) -> anyhow::Result<Self> {
        let path = folder.join(format!("{name}.txt"));
        let mut file = BufWriter::new(File::create(&path)?);
        fiction::rpps(lines, &mut file)?;
        file.flush()?;
        drop(file);
        let mut file = File::open(&path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(2_000)))?;
        let mut end = Vec::new();
        file.read_to_end(&mut end)?;
        let end = String::from_utf8_lossy(&end);
        let line = end.lines().last().context("an empty file")?;
        let column = |at: usize| line.split('|').nth(at).unwrap_or_default().to_owned();
        let last = [column(2), column(7), column(8)];
        Ok(Self { path, last })
    }

    /// Whether its last line is in the directory.
    async fn is_shown(&self, app: &App) -> anyhow::Result<bool> {
        Ok(!listed(&app.store, &self.last[0]).await?.is_empty())
    }

    /// Whether who is in its last line is there, and active.
    async fn is_active(&self, app: &App) -> anyhow::Result<bool> {
        let found = listed(&app.store, &self.last[0]).await?;
        Ok(found.iter().any(|one| one.active))
    }
}

impl Drop for Extraction {
    fn drop(&mut self) {
        // What stays is fictional.
        let _ = fs::remove_file(&self.path);
    }
}

/// An import under way, in a process of its own.
struct Import {
    child: Child,
    began: Instant,
    so_far: Done,
}

/// What an import took.
#[derive(Default)]
struct Done {
    seconds: f64,
    cpu: f64,
    memory: u64,
    resumed: u64,
}

impl Import {
    fn begin(house: &House, file: &Extraction) -> anyhow::Result<Self> {
        let mut command = program_on(&world::settings(house, "0")?)?;
        command
            .args(["import", "directory", "--json"])
            .arg(&file.path);
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        Ok(Self {
            child,
            began: Instant::now(),
            so_far: Done::default(),
        })
    }

    /// Notes what it took until now; whether it goes on.
    fn look(&mut self) -> anyhow::Result<bool> {
        if self.is_over()? {
            return Ok(false);
        }
        let id = self.child.id();
        let done = &mut self.so_far;
        done.memory = done.memory.max(peak_bytes(id));
        done.cpu = done.cpu.max(cpu_seconds(&id.to_string()));
        done.seconds = self.began.elapsed().as_secs_f64();
        Ok(true)
    }

    fn is_over(&mut self) -> anyhow::Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    fn kill(mut self) -> anyhow::Result<Done> {
        self.look()?;
        self.child.kill()?;
        self.child.wait()?;
        Ok(std::mem::take(&mut self.so_far))
    }

    async fn ends(mut self) -> anyhow::Result<Done> {
        while self.look()? {
            tokio::time::sleep(LOOK).await;
        }
        let mut said = String::new();
        if let Some(mut out) = self.child.stdout.take() {
            out.read_to_string(&mut said)?;
        }
        if !self.child.wait()?.success() {
            bail!("the import failed");
        }
        let report: serde_json::Value = serde_json::from_str(&said)?;
        ensure!(report["refused"] == 0, "lines were refused");
        let resumed = report["resumed"].as_u64().unwrap_or(0);
        let done = std::mem::take(&mut self.so_far);
        Ok(Done { resumed, ..done })
    }
}

impl Drop for Import {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Done {
    fn and(&self, later: &Self) -> Self {
        Self {
            seconds: self.seconds + later.seconds,
            cpu: self.cpu + later.cpu,
            memory: self.memory.max(later.memory),
            resumed: later.resumed,
        }
    }

    fn figures(&self, work: &'static str, what: &'static str, lines: u64) -> Figures {
        Figures {
            work,
            what,
            aim: "≤ 200 MB",
            operations: usize::try_from(lines).unwrap_or(usize::MAX),
            rate: lines as f64 / self.seconds.max(0.001),
            cpu_us: self.cpu * 1e6 / lines.max(1) as f64,
            memory: Some(self.memory),
            ..Figures::default()
        }
    }
}

/// Names as people type them, and with a slip.
async fn searches(app: &App, file: &Extraction, scale: &Scale) -> anyhow::Result<[Figures; 2]> {
    let [_, family, given] = &file.last;
    let beginning: String = family.chars().take(4).collect();
    let typed = [
        format!("{family} {given}"),
        format!("{beginning} {given}"),
        family.clone(),
    ];
    // Two letters exchanged, and one forgotten.
    let mut letters: Vec<char> = family.chars().collect();
    letters.swap(2, 3);
    let exchanged = letters.iter().collect::<String>();
    let forgotten = family.chars().enumerate().filter(|(at, _)| *at != 3);
    let forgotten = forgotten.map(|(_, letter)| letter).collect::<String>();
    let slips = [
        format!("{exchanged} {given}"),
        format!("{forgotten} {given}"),
    ];
    let seek = async |work, what, typed: &[String]| {
        let meter = Meter::start();
        let mut found = 0;
        let times: Latencies = alone(scale.times, async |n| {
            let asked = &typed[n % typed.len()];
            found += search(&app.store, Source::Professionals, asked)
                .await?
                .len();
            Ok(())
        })
        .await?;
        ensure!(found > 0, "nobody was found");
        anyhow::Ok(meter.stop(work, what, times, Duration::ZERO))
    };
    let what = "names sought in it, one at a time";
    let names = seek("directory-name", what, &typed).await?;
    let what = "names with a slip sought in it, one at a time";
    let slips = seek("directory-slip", what, &slips).await?;
    Ok([names, slips])
}
