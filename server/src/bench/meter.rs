//! Measuring: rate, latency, processor time, bytes written. Numbers, never verdicts.

use std::{
    fs,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use serde::Serialize;

/// What was measured of one work.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Figures {
    /// Name of the work.
    pub work: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
    /// What the plan asks for; empty when it asks nothing.
    pub aim: &'static str,
    /// What was measured, when it is no rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Operations done.
    pub operations: usize,
    /// Operations a second.
    pub rate: f64,
    /// Half of the operations took no longer, in milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 took no longer, in milliseconds.
    pub p99_ms: f64,
    /// Processor seconds of an operation, in microseconds; the load generator apart.
    pub cpu_us: f64,
    /// Bytes of an operation that this process handed to the disk.
    pub written: f64,
    /// The most memory that its process held, in bytes, where it has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<u64>,
    /// What the rate is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
}

/// The same rows or requests without the work.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Baseline {
    /// What it does.
    pub what: &'static str,
    /// Its rate in the same run.
    pub rate: f64,
}

impl Figures {
    /// The work's rate as a part of its baseline's.
    pub fn ratio(&self) -> Option<f64> {
        self.baseline.map(|baseline| self.rate / baseline.rate)
    }
}

/// How long each operation took.
#[derive(Debug, Default)]
pub struct Latencies(pub Vec<Duration>);

impl Latencies {
    /// The time that `part` of the operations did not exceed, in milliseconds.
    fn quantile(&self, part: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        // Counts here stay far below 2^52.
        let place = (last as f64 * part).round() as usize;
        let found = self.0.get(place.min(last));
        found.map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }
}

/// Runs from [`Meter::start`] to [`Meter::stop`].
pub struct Meter {
    at: Instant,
    cpu: f64,
    written: u64,
}

impl Meter {
    /// Begins to measure this process.
    pub fn start() -> Self {
        Self {
            cpu: cpu_seconds("self"),
            written: written_bytes(),
            at: Instant::now(),
        }
    }

    /// What happened since; `generator` is the processor time to leave out.
    pub fn stop(
        self,
        work: &'static str,
        what: &'static str,
        mut latencies: Latencies,
        generator: Duration,
    ) -> Figures {
        let seconds = self.at.elapsed().as_secs_f64();
        let cpu = cpu_seconds("self") - self.cpu - generator.as_secs_f64();
        let written = written_bytes() - self.written;
        latencies.0.sort_unstable();
        let operations = latencies.0.len();
        let each = 1.0 / operations.max(1) as f64;
        Figures {
            work,
            what,
            operations,
            rate: operations as f64 / seconds,
            p50_ms: latencies.quantile(0.5),
            p99_ms: latencies.quantile(0.99),
            cpu_us: cpu.max(0.0) * 1e6 * each,
            written: written as f64 * each,
            ..Figures::default()
        }
    }
}

/// Ticks a second of the clock that `/proc` counts in.
const TICKS: f64 = 100.0;

/// Processor seconds of a process until now, its ended threads included.
pub fn cpu_seconds(process: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program, in parentheses, may hold spaces.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / TICKS
}

/// Processor time of the calling thread until now.
pub fn thread_time() -> Duration {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat.split_whitespace().next();
    Duration::from_nanos(nanos.and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

fn written_bytes() -> u64 {
    field("/proc/self/io", "write_bytes:")
}

/// Bytes of memory that a process holds.
pub fn resident_bytes(process: u32) -> u64 {
    field(&format!("/proc/{process}/status"), "VmRSS:") * 1024
}

/// The most bytes of memory that a process has held so far.
pub fn peak_bytes(process: u32) -> u64 {
    field(&format!("/proc/{process}/status"), "VmHWM:") * 1024
}

fn field(path: &str, name: &str) -> u64 {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The load average of the last minute: other work on the machine spoils all numbers.
pub fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("?").to_owned()
}

/// How often a second the disk makes 8 kB durable.
///
/// # Errors
/// When the folder cannot be written to.
pub fn sync_rate(folder: &Path, time: Duration) -> std::io::Result<f64> {
    let path = folder.join("sync");
    let mut file = fs::File::create(&path)?;
    let (bytes, started, mut done) = ([0xA5; 8192], Instant::now(), 0_u32);
    while started.elapsed() < time {
        file.write_all(&bytes)?;
        file.sync_data()?;
        done += 1;
    }
    let rate = f64::from(done) / started.elapsed().as_secs_f64();
    fs::remove_file(path)?;
    Ok(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_list() {
        let times = (1..=100).map(Duration::from_millis).collect();
        let latencies = Latencies(times);
        assert_eq!(latencies.quantile(0.5), 51.0);
        assert_eq!(latencies.quantile(0.99), 99.0);
        assert_eq!(Latencies::default().quantile(0.99), 0.0);
    }
}
