//! SQLite: one file, made by the engine from one snapshot.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::{
    super::{Value, sqlite::rows_of},
    DbError, Row, failed,
};

/// The database in a backup.
const NAME: &str = "database.db";
const LOOK: Duration = Duration::from_millis(200);

pub async fn beside(
    path: PathBuf,
    sql: &'static str,
    params: Vec<Value>,
) -> Result<Vec<Row>, DbError> {
    blocking(move || {
        let connection = open(&path)?;
        rows_of(&connection, sql, &params)
    })
    .await
}

pub async fn save(
    path: &Path,
    folder: &Path,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Vec<String>, DbError> {
    let (from, to) = (path.to_owned(), folder.join(NAME));
    let about = fs::metadata(path).map_or(0, |meta| meta.len());
    let written = to.clone();
    let mut copying = tokio::spawn(blocking(move || {
        let connection = open(&from)?;
        connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
        File::open(&to)
            .and_then(|file| file.sync_all())
            .map_err(|error| failed(&error))?;
        let copy = Connection::open_with_flags(&to, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut names = copy.prepare("SELECT name FROM migration ORDER BY name")?;
        let names = names.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }));
    loop {
        tokio::select! {
            done = &mut copying => {
                return done.map_err(|error| DbError::Engine(error.to_string()))?;
            }
            () = tokio::time::sleep(LOOK) => {
                progress(fs::metadata(&written).map_or(0, |meta| meta.len()), about);
            }
        }
    }
}

/// No database, and none of the files that SQLite would mix with another one.
pub fn is_vacant(path: &Path) -> bool {
    ["", "-wal", "-shm", "-journal"].iter().all(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        !Path::new(&name).exists()
    })
}

pub async fn load(path: PathBuf, folder: PathBuf) -> Result<(), DbError> {
    blocking(move || {
        let copy = || {
            let above = path.parent().unwrap_or(Path::new("."));
            fs::create_dir_all(above)?;
            let mut half = path.clone().into_os_string();
            half.push(".half");
            fs::copy(folder.join(NAME), &half)?;
            File::open(&half)?.sync_all()?;
            fs::rename(&half, &path)?;
            File::open(above)?.sync_all()
        };
        copy().map_err(|error| failed(&error))
    })
    .await
}

fn open(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DbError> + Send + 'static,
) -> Result<T, DbError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| DbError::Engine(error.to_string()))?
}
