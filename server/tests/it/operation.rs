//! What an operator relies on: health, metrics, an orderly stop, a start that refuses what is unsafe.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
    time::Duration,
};

use account::{Cost, Passwords};
use axum::{Router, routing::get};
use carnet::{
    legal::Legal,
    metrics::{self, Metrics},
    serve::{self, Front, pro_sante_connect},
    settings::Settings,
};
use testing::Visitor;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use super::bed::{Bed, ORIGIN};

/// The application of a bed with other surroundings.
fn front(bed: &Bed, settings: &Settings) -> Front {
    let passwords = Passwords::new(Cost::light(), bed.demo.app.random()).expect("passwords");
    let identity = Arc::new(pro_sante_connect(settings).expect("settings"));
    Front::new(settings, passwords, identity).expect("settings")
}

#[tokio::test]
async fn alive_and_ready_say_so_and_the_demo_is_not_served() {
    let bed = Bed::new().await;
    let settings = Settings::default();
    let visitor = Visitor::new(serve::router(&bed.demo.app, front(&bed, &settings)), ORIGIN);
    for path in ["/healthz", "/readyz"] {
        let page = visitor.get(path).await.expect("an answer");
        assert!(
            page.status == 204 && page.body.is_empty(),
            "{path} {}",
            page.status
        );
    }
    for path in [
        "/demo",
        "/demo/messages",
        "/demo/identite/certs",
        "/metrics",
        "/galerie",
    ] {
        assert_eq!(
            visitor.get(path).await.expect("an answer").status,
            404,
            "{path}"
        );
    }
}

/// A database that is gone from under the server: its tables, or its schema, are dropped.
fn take_down(database: &str) {
    match database.starts_with("postgres") {
        true => {
            let (url, schema) = database.split_once("?options=").expect("a schema");
            let schema = schema.rsplit("%3D").next().expect("its name");
            let dropped = Command::new("psql")
                .args([url, "-qc", &format!("DROP SCHEMA {schema} CASCADE")])
                .status();
            assert!(dropped.is_ok_and(|dropped| dropped.success()));
        }
        false => {
            let file = rusqlite::Connection::open(database).expect("opens");
            let named = "SELECT name FROM sqlite_master WHERE type = 'table'";
            let mut tables = file.prepare(named).expect("a statement");
            let tables = tables.query_map([], |row| row.get::<_, String>(0));
            for table in tables.expect("names").collect::<Vec<_>>() {
                let drop = format!("DROP TABLE \"{}\"", table.expect("a name"));
                file.execute(&drop, []).expect("dropped");
            }
        }
    }
}

#[tokio::test]
async fn with_a_database_that_is_down_the_server_lives_and_is_not_ready() {
    for which in ["store.url", "keys.store"] {
        let bed = Bed::new().await;
        let settings = Settings::default();
        let visitor = Visitor::new(serve::router(&bed.demo.app, front(&bed, &settings)), ORIGIN);
        let ready = async || visitor.get("/readyz").await.expect("an answer").status;
        assert_eq!(ready().await, 204);
        let database = match bed.settings.get(which) {
            "" => bed.folder().join("data/carnet.db").display().to_string(),
            url => url.to_owned(),
        };
        take_down(&database);
        assert_eq!(ready().await, 503, "{which}");
        let page = visitor.get("/healthz").await.expect("an answer");
        assert_eq!(page.status, 204, "{which}");
    }
}

#[tokio::test]
async fn metrics_tell_routes_and_never_who() {
    let bed = Bed::new().await;
    let metrics = Arc::<Metrics>::default();
    let settings = Settings::default();
    let mut front = front(&bed, &settings);
    front.metrics = Some(Arc::clone(&metrics));
    let site = Visitor::new(serve::router(&bed.demo.app, front), ORIGIN);
    site.get("/documents/0123456789abcdef0123456789abcdef")
        .await
        .expect("an answer");
    site.get("/Tournesol-31").await.expect("an answer");
    site.get("/connexion?x=Tournesol-31")
        .await
        .expect("an answer");
    bed.sign_in("Camille").await;
    let files = vec![("records", bed.folder().join("data/carnet.db"))];
    let admin = Visitor::new(metrics::routes(&bed.demo.app, &metrics, files), ORIGIN);
    let page = admin.get("/metrics").await.expect("an answer");
    let kind = page.headers["content-type"].to_str().expect("text");
    assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
    let text = page.text();
    for line in [
        "carnet_request_seconds_count{method=\"GET\",route=\"/documents/{id}\",status=\"3xx\"} 1",
        "carnet_request_seconds_count{method=\"GET\",route=\"/connexion\",status=\"2xx\"} 2",
        "carnet_jobs_failed 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    for name in [
        "carnet_jobs_due ",
        "carnet_open_volumes ",
        "carnet_open_bytes ",
        "carnet_decisions_total{outcome=\"allowed\"} ",
        "carnet_decisions_total{outcome=\"stale\"} ",
    ] {
        assert!(text.contains(&format!("\n{name}")), "{name} in\n{text}");
    }
    for word in [
        "0123456789abcdef",
        "Tournesol",
        "Camille",
        "camille",
        "127.0.0.1",
    ] {
        assert!(!text.contains(word), "{word} in\n{text}");
    }
    // Each line is a comment or a sample, each sample a number.
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (_, value) = line.rsplit_once(' ').expect(line);
        assert!(value.parse::<f64>().is_ok(), "{line}");
    }
}

async fn ask(address: std::net::SocketAddr, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// A server with a page that waits until it is let go.
async fn slow(bed: &Bed, within: Duration) -> Slow {
    let (arrived, mut arrives) = tokio::sync::mpsc::channel::<()>(1);
    let let_go = Arc::new(tokio::sync::Notify::new());
    let waits = Arc::clone(&let_go);
    let page = get(move || {
        let (arrived, waits) = (arrived.clone(), Arc::clone(&waits));
        async move {
            let _ = arrived.send(()).await;
            waits.notified().await;
            "done in full"
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let router = Router::new().route("/slow", page);
    let app = Arc::clone(&bed.demo.app);
    let server = tokio::spawn(serve::until(
        async move { drop(stopped.await) },
        listener,
        app,
        router,
        within,
    ));
    let asking = tokio::spawn(async move { ask(address, "/slow").await });
    arrives.recv().await.expect("the request arrived");
    Slow {
        address,
        stop,
        let_go,
        server,
        asking,
    }
}

struct Slow {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    let_go: Arc<tokio::sync::Notify>,
    server: tokio::task::JoinHandle<anyhow::Result<()>>,
    asking: tokio::task::JoinHandle<std::io::Result<String>>,
}

#[tokio::test]
async fn a_request_under_way_ends_before_the_server_does() {
    let bed = Bed::new().await;
    let slow = slow(&bed, Duration::from_secs(60)).await;
    slow.stop.send(()).expect("the server listens");
    // Nothing new is taken; what was begun goes on.
    for _ in 0..200 {
        if TcpStream::connect(slow.address).await.is_err() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(TcpStream::connect(slow.address).await.is_err());
    assert!(!slow.server.is_finished() && !slow.asking.is_finished());
    slow.let_go.notify_one();
    let answer = slow.asking.await.expect("ended").expect("an answer");
    assert!(answer.ends_with("done in full"), "{answer}");
    slow.server.await.expect("ended").expect("in order");
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_the_server() {
    let bed = Bed::new().await;
    let slow = slow(&bed, Duration::from_millis(200)).await;
    slow.stop.send(()).expect("the server listens");
    let ended = tokio::time::timeout(Duration::from_secs(20), slow.server).await;
    ended.expect("in time").expect("ended").expect("in order");
}

#[tokio::test]
async fn a_sender_that_falls_silent_is_not_waited_for() {
    let bed = Bed::new().await;
    let mut settings = Settings::default();
    settings.set("limits.body_pause", "1s");
    let router = serve::router(&bed.demo.app, front(&bed, &settings));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    for (path, kind, told) in [
        ("/connexion", "application/x-www-form-urlencoded", "<h1"),
        ("/oauth/token", "application/x-www-form-urlencoded", "{"),
    ] {
        let mut stream = TcpStream::connect(address).await.expect("connected");
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 5000\r\n\
             Connection: close\r\n\r\nidentifiant=a"
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        let read = stream.read_to_string(&mut answer);
        let read = tokio::time::timeout(Duration::from_secs(20), read).await;
        assert!(read.is_ok(), "{path} waits for ever");
        assert!(
            answer.starts_with("HTTP/1.1 40") && answer.contains(told),
            "{answer}"
        );
    }
    server.abort();
}

#[tokio::test]
async fn who_runs_it_and_where_to_report_are_named() {
    let bed = Bed::new().await;
    let page = bed
        .visitor()
        .get("/.well-known/security.txt")
        .await
        .expect("an answer");
    assert!(
        page.has("Contact: http://carnet.test/aide\nExpires: 2026-12-"),
        "{}",
        page.text()
    );
    let mut settings = Settings::default();
    for (name, value) in [
        ("legal.operator", "Clinique des Peupliers (fictive)"),
        ("legal.director", "Anne Fictive"),
        ("legal.host", "Hébergeur Fictif, certifié HDS"),
        ("legal.contact", "contact@peupliers.example"),
        ("legal.dpo", "dpo@peupliers.example"),
        ("security.contact", "mailto:securite@peupliers.example"),
        ("security.expires", "2027-01-31"),
    ] {
        settings.set(name, value);
    }
    let mut front = front(&bed, &settings);
    front.legal = Arc::new(Legal::of(&settings));
    let visitor = Visitor::new(serve::router(&bed.demo.app, front), ORIGIN);
    let page = visitor
        .get("/.well-known/security.txt")
        .await
        .expect("an answer");
    assert_eq!(page.headers["content-type"], "text/plain; charset=utf-8");
    assert_eq!(
        page.text(),
        "Contact: mailto:securite@peupliers.example\nExpires: 2027-01-31T23:59:59Z\n\
         Preferred-Languages: fr, en\nCanonical: http://carnet.test/.well-known/security.txt\n"
    );
    for (path, words) in [
        (
            "/mentions-legales",
            "Exploitant : Clinique des Peupliers (fictive)",
        ),
        ("/mentions-legales", "Hébergeur Fictif, certifié HDS"),
        ("/donnees-personnelles", "dpo@peupliers.example"),
        ("/conditions-utilisation", "Vous choisissez qui les voit."),
        ("/accessibilite", "partiellement conforme"),
        ("/accessibilite", "contact@peupliers.example"),
    ] {
        let page = visitor.get(path).await.expect("a page");
        assert!(
            page.status == 200 && page.has(words),
            "{path}: {}",
            page.words()
        );
    }
    visitor.get("/langue/en").await.expect("a page");
    let page = visitor.get("/accessibilite").await.expect("a page");
    assert!(page.has("partially compliant"), "{}", page.words());
}

/// Runs the program in a folder of its own.
fn run(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carnet"));
    command.args(arguments).env_clear();
    for (name, value) in settings {
        command.env(carnet::settings::variable(name), value);
    }
    command.output().expect("the program runs")
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("carnet-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// What `serve` says when it refuses to start; a port that is nobody's business, should it start.
fn refusal(data: &Path, keys: &Path, more: &[(&str, &str)]) -> String {
    let store = data.with_extension("keys.db");
    // Nothing of the machine's own: what another installation left there is not this one's.
    let (checkpoints, erasures) = (
        data.with_extension("checkpoints"),
        data.with_extension("erasures"),
    );
    let paths = [data, keys, &store, &checkpoints, &erasures];
    let paths = paths.map(|path| path.to_string_lossy().into_owned());
    let mut settings = vec![
        ("data", paths[0].as_str()),
        ("keys.file", paths[1].as_str()),
        ("keys.store", paths[2].as_str()),
        ("checkpoints.folder", paths[3].as_str()),
        ("erasures", paths[4].as_str()),
        // Not an address of this machine: a start that is not refused ends here.
        ("listen", "192.0.2.1:1"),
    ];
    settings.extend_from_slice(more);
    let output = run(&["serve"], &settings);
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn serve_refuses_what_is_unsafe() {
    let folder = folder("refused");
    let (data, keys) = (folder.join("data"), folder.join("keys"));
    // As it should be: it goes as far as listening.
    let told = refusal(&data, &keys, &[]);
    assert!(told.contains("setting listen"), "{told}");
    let mode = |mode| std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(mode));
    mode(0o640).expect("set");
    let told = refusal(&data, &keys, &[]);
    assert!(told.contains("can be read by others"), "{told}");
    mode(0o600).expect("set");
    // Keys under the data folder: at once, deeper, in a folder still to be made, by a link.
    for inside in ["keys", "a/b/keys"] {
        let told = refusal(
            &folder.join("other"),
            &folder.join("other").join(inside),
            &[],
        );
        assert!(
            told.contains("lies under the data folder"),
            "{inside}: {told}"
        );
    }
    std::os::unix::fs::symlink(&data, folder.join("link")).expect("a link");
    let told = refusal(&data, &folder.join("link/keys"), &[]);
    assert!(told.contains("lies under the data folder"), "{told}");
    // A demo's folder, or the folder in it.
    std::fs::write(folder.join("demo"), "").expect("written");
    let told = refusal(&data, &keys, &[]);
    assert!(told.contains("belongs to a demo"), "{told}");
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn settings_that_cannot_be_are_told_and_secrets_never() {
    let folder = folder("told");
    let (data, keys) = (folder.join("data"), folder.join("keys"));
    for (name, value, told) in [
        (
            "limits.code_tries",
            "0",
            "setting limits.code_tries: « 0 » is not a number from 1 to 10",
        ),
        (
            "store.url",
            "mysql://u:tournesol-31@h/d",
            "setting store.url: « its value » is not a database",
        ),
        ("store.url", "postgres://u:tournesol-31@127.0.0.1:1/d", ""),
        (
            "psc.secret",
            "tournesol-31\u{1}",
            "setting psc.secret: « its value » is not a line of text",
        ),
    ] {
        let said = refusal(&data, &keys, &[(name, value)]);
        assert!(said.contains(told), "{said}");
        assert!(!said.contains("tournesol"), "{said}");
    }
    let help = run(&["help", "settings"], &[]);
    let same = run(&["settings", "--help"], &[]);
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    assert!(
        help.contains("limits.person_idle = \"15m\"") && help.contains("Limits and lifetimes:")
    );
    assert_eq!(help, String::from_utf8_lossy(&same.stdout));
    let sample = run(&["settings"], &[]);
    assert!(String::from_utf8_lossy(&sample.stdout).contains("#limits.fresh_factor = \"5m\""));
    std::fs::remove_dir_all(&folder).expect("removed");
}
