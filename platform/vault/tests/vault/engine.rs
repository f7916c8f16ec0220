//! Where one test keeps its vault: SQLite, or PostgreSQL when `CARNET_TEST_POSTGRES` says where.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use super::*;
use vault::{Config, DatabaseUrl};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The files and databases of one test, removed at its end.
pub struct Folder {
    pub path: PathBuf,
    /// Address of a database, and the schemas of it that stand for two: main and key store.
    server: Option<(String, [String; 2])>,
    /// Servers started here begin with what no other one draws.
    seed: u64,
    /// Made here, to be removed at the end.
    own: bool,
}

impl Folder {
    pub fn new() -> Self {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("carnet_vault_{}_{n}", std::process::id());
        let path = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&path).expect("a folder");
        FileKeys::create(&path.join("keys"), Arc::new(SeededRandom::new(n.into()))).expect("keys");
        let mut folder = Self::given(path, 1000);
        folder.own = true;
        if let Some((url, names)) = &folder.server {
            for name in names {
                run(url, &format!("CREATE SCHEMA {name}"));
            }
        }
        folder
    }

    /// One that another process made.
    pub fn given(path: PathBuf, seed: u64) -> Self {
        #[expect(clippy::disallowed_methods, reason = "says where the tests' server is")]
        let server = std::env::var("CARNET_TEST_POSTGRES").ok();
        let name = path.file_name().expect("a name").to_string_lossy();
        let names = ["main", "keys"].map(|store| format!("{name}_{store}"));
        Self {
            server: server.map(|url| (url, names)),
            path,
            seed,
            own: false,
        }
    }

    pub fn is_postgres(&self) -> bool {
        self.server.is_some()
    }

    /// Starts a server on it.
    pub fn start(&self) -> (Store, Opener) {
        self.try_start().expect("starts")
    }

    pub fn try_start(&self) -> Result<(Store, Opener), vault::DbError> {
        start(&self.config(), Arc::new(self.keys()), self.random())
    }

    pub fn config(&self) -> Config {
        let [database, key_store] = [0, 1].map(|store| self.url(store));
        Config {
            database,
            key_store,
            blobs: self.path.join("blobs").into(),
            register: self.path.join("erasures"),
            cache: 1 << 20,
            suite: Suite::default(),
        }
    }

    pub fn keys(&self) -> FileKeys {
        FileKeys::read(&self.path.join("keys"), self.random()).expect("keys")
    }

    pub fn random(&self) -> Arc<SeededRandom> {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        Arc::new(SeededRandom::new(self.seed + u64::from(n)))
    }

    /// A new machine: nothing but the same key file, and the register of erasures.
    pub fn elsewhere(&self) -> Self {
        let other = Self::new();
        std::fs::copy(self.path.join("keys"), other.path.join("keys")).expect("copied");
        let register = self.path.join("erasures");
        if register.exists() {
            std::fs::copy(register, other.path.join("erasures")).expect("copied");
        }
        other
    }

    /// Changes the main database of a stopped server from outside; `:name` stands for a record.
    pub fn tamper(&self, sql: &str, records: &[(&str, RecordId)]) -> u64 {
        self.execute(0, sql, records)
    }

    /// Changes the key store of a stopped server from outside.
    pub fn tamper_keys(&self, sql: &str, records: &[(&str, RecordId)]) -> u64 {
        self.execute(1, sql, records)
    }

    /// Breaks every connection to the main database; says how many.
    pub fn disconnect(&self) -> u64 {
        let Some((url, [main, _])) = &self.server else {
            return 0;
        };
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name";
        run(url, &format!("{sql} = '{main}'"))
    }

    fn execute(&self, store: usize, sql: &str, records: &[(&str, RecordId)]) -> u64 {
        let sql = records.iter().fold(sql.to_owned(), |sql, (name, id)| {
            sql.replace(name, &format!("x'{id}'"))
        });
        match &self.server {
            None => {
                let connection = rusqlite::Connection::open(self.file(store)).expect("opens");
                connection.execute(&sql, []).expect("a valid change") as u64
            }
            Some((url, names)) => {
                let sql = sql.replace("x'", r"'\x").replace("AS BLOB", "AS BYTEA");
                run(&within(url, &names[store]), &sql)
            }
        }
    }

    fn url(&self, store: usize) -> DatabaseUrl {
        match &self.server {
            None => self.file(store).into(),
            Some((url, names)) => within(url, &names[store]).parse().expect("an address"),
        }
    }

    fn file(&self, store: usize) -> PathBuf {
        self.path.join(["main.db", "keys.db"][store])
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.own {
            return;
        }
        let _ = std::fs::remove_dir_all(&self.path);
        if let Some((url, names)) = &self.server {
            for name in names {
                run(url, &format!("DROP SCHEMA {name} CASCADE"));
            }
        }
    }
}

/// The same database, where names mean those of a schema.
fn within(url: &str, schema: &str) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}options=-csearch_path%3D{schema}&application_name={schema}")
}

/// Runs one statement and says how many rows it touched. On a thread of its own: a test's
/// runtime may not be entered twice.
fn run(url: &str, sql: &str) -> u64 {
    let work = async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
            .await
            .expect("connects");
        let driver = tokio::spawn(connection);
        let touched = client.execute(sql, &[]).await.expect("a valid change");
        drop(client);
        driver.await.expect("ends").expect("ends well");
        touched
    };
    std::thread::scope(|scope| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let thread = scope.spawn(move || runtime.block_on(work));
        thread.join().expect("does not panic")
    })
}
