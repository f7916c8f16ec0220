//! What the operator's monitoring reads: counts and times by route pattern, never who or what.
//!
//! Text format of Prometheus, on a listener of its own (`admin.listen`), so that no proxy of the
//! site can show it by mistake.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use access::App;
use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};

/// Upper bounds of the times told apart, in milliseconds.
const BOUNDS: [u64; 9] = [1, 5, 10, 25, 50, 100, 250, 1_000, 5_000];

/// Method, route pattern, first digit of the status.
type Key = (&'static str, String, u16);

/// One line of requests.
#[derive(Default)]
struct Series {
    /// How many took at most each bound, and how many took longer.
    took: [AtomicU64; BOUNDS.len() + 1],
    micros: AtomicU64,
}

/// Requests so far.
#[derive(Default)]
pub struct Metrics(RwLock<BTreeMap<Key, Arc<Series>>>);

impl Metrics {
    /// Runs a request and counts it.
    pub async fn measure(self: Arc<Self>, request: Request, next: Next) -> Response {
        let started = Instant::now();
        let method = known(request.method().as_str());
        let route = request.extensions().get::<MatchedPath>();
        let route = route.map_or("unknown", MatchedPath::as_str).to_owned();
        let response = next.run(request).await;
        let class = response.status().as_u16() / 100;
        self.count((method, route, class), started.elapsed());
        response
    }

    fn count(&self, key: Key, took: Duration) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let series = known.get(&key).cloned();
        drop(known);
        let series = series.unwrap_or_else(|| {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(key).or_default())
        });
        let millis = took.as_secs_f64() * 1_000.0;
        let place = BOUNDS.iter().position(|bound| millis <= *bound as f64);
        series.took[place.unwrap_or(BOUNDS.len())].fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        series.micros.fetch_add(micros, Ordering::Relaxed);
    }

    fn write(&self, text: &mut String) {
        let name = "carnet_request_seconds";
        head(
            text,
            name,
            "histogram",
            "Time of requests, by route pattern and class of status",
        );
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        for ((method, route, class), series) in &*all {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{class}xx\"");
            let mut so_far = 0;
            for (at, count) in series.took.iter().enumerate() {
                so_far += count.load(Ordering::Relaxed);
                let bound = BOUNDS.get(at).map_or("+Inf".to_owned(), |bound| {
                    (*bound as f64 / 1_000.0).to_string()
                });
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {so_far}");
            }
            let sum = series.micros.load(Ordering::Relaxed) as f64 / 1e6;
            let _ = writeln!(text, "{name}_sum{{{labels}}} {sum}");
            let _ = writeln!(text, "{name}_count{{{labels}}} {so_far}");
        }
    }
}

/// Methods that we answer; a visitor cannot make others up.
fn known(method: &str) -> &'static str {
    let known = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known
        .into_iter()
        .find(|name| *name == method)
        .unwrap_or("other")
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = write!(text, "# HELP {name} {help}.\n# TYPE {name} {kind}\n");
}

/// The pages of the admin listener: `/metrics` alone.
pub fn routes(app: &App, metrics: &Arc<Metrics>, files: Vec<(&'static str, PathBuf)>) -> Router {
    let (app, metrics, files) = (Arc::clone(app), Arc::clone(metrics), Arc::new(files));
    Router::new().route(
        "/metrics",
        get(move || {
            let (app, metrics, files) =
                (Arc::clone(&app), Arc::clone(&metrics), Arc::clone(&files));
            async move { answer(&app, &metrics, &files).await }
        }),
    )
}

async fn answer(app: &App, metrics: &Metrics, files: &[(&'static str, PathBuf)]) -> Response {
    match text(app, metrics, files).await {
        Ok(text) => {
            let kind = [(
                header::CONTENT_TYPE,
                "text/plain; version=0.0.4; charset=utf-8",
            )];
            (kind, text).into_response()
        }
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "metrics");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn text(
    app: &App,
    metrics: &Metrics,
    files: &[(&'static str, PathBuf)],
) -> anyhow::Result<String> {
    let mut text = String::new();
    metrics.write(&mut text);
    let mut gauge = |name: &str, help: &str, lines: &[(String, i64)]| {
        head(&mut text, name, "gauge", help);
        for (labels, value) in lines {
            let _ = writeln!(text, "{name}{labels} {value}");
        }
    };
    let plain = |value: i64| [(String::new(), value)];
    let due = app.store.jobs_due(app.now()).await?;
    gauge("carnet_jobs_due", "Jobs that are due", &plain(due));
    let failed = app.store.jobs_failed().await?;
    gauge(
        "carnet_jobs_failed",
        "Jobs that failed and wait to be tried again",
        &plain(failed),
    );
    let aside: Vec<(String, i64)> = app
        .store
        .jobs_aside()
        .await?
        .into_iter()
        .map(|(name, count)| (format!("{{job=\"{name}\"}}"), count))
        .collect();
    gauge(
        "carnet_jobs_aside",
        "Jobs that failed too often and wait for somebody (carnet jobs)",
        &aside,
    );
    let suspended = app.gate.rules().suspended.len();
    gauge(
        "carnet_suspended_accounts",
        "Accounts of professionals that are suspended (carnet suspensions)",
        &plain(whole(suspended)),
    );
    let waits = app.gate.waits_for_the_operator().await;
    let (emergencies, contests) =
        waits.map_err(|refused| anyhow::anyhow!("the operator's list: {refused:?}"))?;
    gauge(
        "carnet_emergencies_to_review",
        "Records opened in an emergency that nobody reviewed yet (carnet audit break-glass)",
        &plain(whole(emergencies)),
    );
    gauge(
        "carnet_contests_to_answer",
        "Accesses that people contest and that wait for an answer (carnet audit contests)",
        &plain(whole(contests)),
    );
    let (volumes, bytes) = app.gate.held();
    gauge(
        "carnet_open_volumes",
        "Opened volumes of records in memory",
        &plain(whole(volumes)),
    );
    gauge(
        "carnet_open_bytes",
        "Bytes that they take",
        &plain(whole(bytes)),
    );
    let sizes: Vec<(String, i64)> = files
        .iter()
        .map(|(part, path)| (format!("{{part=\"{part}\"}}"), size(path)))
        .collect();
    gauge(
        "carnet_store_bytes",
        "Bytes of the databases' files",
        &sizes,
    );
    let name = "carnet_unknown_types_total";
    head(
        &mut text,
        name,
        "counter",
        "Documents kept of a type that the table does not know (carnet import reference)",
    );
    let _ = writeln!(text, "{name} {}", app.gate.unknown_types());
    let name = "carnet_decisions_total";
    head(
        &mut text,
        name,
        "counter",
        "Decisions on records, by outcome",
    );
    for (outcome, count) in app.gate.decisions() {
        let _ = writeln!(text, "{name}{{outcome=\"{outcome}\"}} {count}");
    }
    Ok(text)
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Bytes of a database's file and of those beside it that begin with its name.
fn size(path: &Path) -> i64 {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let (Some(folder), Some(name)) = (path.parent(), name) else {
        return 0;
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = files.filter(|file| file.file_name().to_string_lossy().starts_with(&name));
    let bytes: u64 = ours
        .filter_map(|file| Some(file.metadata().ok()?.len()))
        .sum();
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_added_up_by_route_and_class() {
        let metrics = Metrics::default();
        let key = || ("GET", "/documents/{id}".to_owned(), 2);
        metrics.count(key(), Duration::from_millis(3));
        metrics.count(key(), Duration::from_millis(40));
        metrics.count(key(), Duration::from_secs(9));
        let mut text = String::new();
        metrics.write(&mut text);
        let labels = "method=\"GET\",route=\"/documents/{id}\",status=\"2xx\"";
        for line in [
            format!("carnet_request_seconds_bucket{{{labels},le=\"0.001\"}} 0"),
            format!("carnet_request_seconds_bucket{{{labels},le=\"0.005\"}} 1"),
            format!("carnet_request_seconds_bucket{{{labels},le=\"0.05\"}} 2"),
            format!("carnet_request_seconds_bucket{{{labels},le=\"5\"}} 2"),
            format!("carnet_request_seconds_bucket{{{labels},le=\"+Inf\"}} 3"),
            format!("carnet_request_seconds_sum{{{labels}}} 9.043"),
            format!("carnet_request_seconds_count{{{labels}}} 3"),
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert_eq!(known("BREW"), "other");
    }
}
