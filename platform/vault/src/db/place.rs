//! Where a database is: a file, or a PostgreSQL server.

use std::{
    fmt,
    net::IpAddr,
    path::{Path, PathBuf},
    str::FromStr,
};

use tokio_postgres::config::Host;

/// Where Debian's PostgreSQL listens for programs of the same machine.
const SOCKET_FOLDER: &str = "/var/run/postgresql";

/// Where a database is.
///
/// `sqlite:PATH`, or just a path, is a file for one server. `postgres://…` is a PostgreSQL
/// database that several servers may share, reached through a Unix socket
/// (`postgres:///NAME?host=/FOLDER`) or on this machine: a connection is not encrypted.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(pub(super) Place);

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Place {
    File(PathBuf),
    Server(Box<tokio_postgres::Config>),
}

impl DatabaseUrl {
    /// The engine's name.
    pub fn engine(&self) -> &'static str {
        match self.0 {
            Place::File(_) => "sqlite",
            Place::Server(_) => "postgres",
        }
    }
}

impl From<PathBuf> for DatabaseUrl {
    fn from(path: PathBuf) -> Self {
        Self(Place::File(path))
    }
}

impl From<&Path> for DatabaseUrl {
    fn from(path: &Path) -> Self {
        path.to_owned().into()
    }
}

impl fmt::Debug for DatabaseUrl {
    /// Says where, never with which password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::File(path) => write!(f, "sqlite:{}", path.display()),
            Place::Server(config) => {
                write!(f, "postgres:///{}", config.get_dbname().unwrap_or_default())
            }
        }
    }
}

/// Why a text does not say where a database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDatabaseUrl {
    /// There is nothing.
    #[error("the database is not named")]
    Empty,
    /// It begins like an address of another kind.
    #[error("a database is sqlite:PATH or postgres://…")]
    Scheme,
    /// It is no PostgreSQL address.
    #[error("not a PostgreSQL address: postgres://USER@HOST/NAME or postgres:///NAME?host=/FOLDER")]
    Malformed,
    /// The address names no database.
    #[error("the PostgreSQL address names no database")]
    Nameless,
    /// The way there leads over a network, where it would have to be encrypted.
    #[error("PostgreSQL is reached through a Unix socket or on this machine only")]
    Remote,
}

impl FromStr for DatabaseUrl {
    type Err = BadDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, BadDatabaseUrl> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return server(text);
        }
        match text.strip_prefix("sqlite:").unwrap_or(text) {
            "" => Err(BadDatabaseUrl::Empty),
            path if path.contains("://") => Err(BadDatabaseUrl::Scheme),
            path => Ok(PathBuf::from(path).into()),
        }
    }
}

fn server(text: &str) -> Result<DatabaseUrl, BadDatabaseUrl> {
    let mut config: tokio_postgres::Config = text.parse().map_err(|_| BadDatabaseUrl::Malformed)?;
    if config.get_dbname().is_none_or(str::is_empty) {
        return Err(BadDatabaseUrl::Nameless);
    }
    if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
        config.host_path(SOCKET_FOLDER);
    }
    let near = config.get_hosts().iter().all(is_near)
        && config.get_hostaddrs().iter().all(IpAddr::is_loopback);
    if !near {
        return Err(BadDatabaseUrl::Remote);
    }
    if config.get_application_name().is_none() {
        config.application_name("carnet");
    }
    Ok(DatabaseUrl(Place::Server(Box::new(config))))
}

fn is_near(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse()
                    .is_ok_and(|address: IpAddr| address.is_loopback())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, BadDatabaseUrl> {
        text.parse::<DatabaseUrl>().map(|url| format!("{url:?}"))
    }

    #[test]
    fn a_path_is_a_file() {
        for text in ["/srv/carnet.db", "sqlite:/srv/carnet.db"] {
            assert_eq!(shown(text).as_deref(), Ok("sqlite:/srv/carnet.db"));
        }
        assert_eq!(shown("sqlite:"), Err(BadDatabaseUrl::Empty));
        assert_eq!(shown("mysql://localhost/a"), Err(BadDatabaseUrl::Scheme));
    }

    #[test]
    fn a_server_is_near_and_its_password_unseen() {
        for text in [
            "postgres:///carnet",
            "postgres:///carnet?host=/run/pg",
            "postgresql://a:secret@127.0.0.1:5433/carnet",
            "postgres://a@[::1]/carnet",
            "postgres://localhost/carnet",
        ] {
            assert_eq!(shown(text).as_deref(), Ok("postgres:///carnet"), "{text}");
        }
        for text in ["postgres://db.example/a", "postgres://10.0.0.1/a"] {
            assert_eq!(shown(text), Err(BadDatabaseUrl::Remote), "{text}");
        }
        assert_eq!(shown("postgres://localhost"), Err(BadDatabaseUrl::Nameless));
        assert_eq!(shown("postgres://a:b:c/d"), Err(BadDatabaseUrl::Malformed));
    }
}
