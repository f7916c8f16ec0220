//! Checkpoints: the pages of the log copied into the database, beside the writer.
//!
//! A writer that copies them itself keeps everybody waiting, some dozens of
//! milliseconds at a time. Here a thread copies what the log holds while the writer
//! goes on; the writer then copies the little that was added meanwhile, for only
//! when the log is copied whole does it begin anew.

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, OpenFlags, hooks::Wal};

/// Pages in the log from which on they are copied.
const MANY: i32 = 4_000;
/// Pages at which the writer waits, or the log would grow for ever.
const TOO_MANY: i32 = 16_000;
/// The second pass takes what was added during the first.
const PASSES: usize = 2;

const COPY: &str = "PRAGMA wal_checkpoint(PASSIVE)";

thread_local! {
    /// Pages in the log after the last commit of this thread.
    static PAGES: Cell<i32> = const { Cell::new(0) };
}

/// The checkpoints of one database.
#[derive(Debug)]
pub(super) struct Checkpoints {
    path: PathBuf,
    beside: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Takes them over from `writer`, which made them within its commits until now.
    pub fn of(path: &Path, writer: &mut Connection) -> rusqlite::Result<Self> {
        writer.wal_hook(Some(|_: &mut Wal, pages| {
            PAGES.set(pages);
            Ok(())
        }))?;
        Ok(Self {
            path: path.to_owned(),
            beside: None,
        })
    }

    /// To be called on the writer's thread between two commits.
    pub fn follow(&mut self, writer: &Connection) {
        let pages = PAGES.get();
        let due = match &self.beside {
            None if pages >= MANY => {
                let path = self.path.clone();
                let copy = move || drop(copy(&path));
                let named = thread::Builder::new().name("checkpoint".to_owned());
                self.beside = named.spawn(copy).ok();
                self.beside.is_none()
            }
            None => false,
            Some(beside) => beside.is_finished() || pages >= TOO_MANY,
        };
        if due {
            self.wait();
            // What is not copied now will be with what comes next.
            let _ = run(writer);
        }
    }

    fn wait(&mut self) {
        if let Some(beside) = self.beside.take() {
            // Whatever it did not copy is copied by the writer.
            let _ = beside.join();
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.wait();
    }
}

fn copy(path: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA mmap_size = 0;")?;
    (0..PASSES).try_for_each(|_| run(&connection))
}

fn run(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached(COPY)?.query_row([], |_| Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::sqlite::PRAGMAS;

    /// Before 3.51.3, a checkpoint on one connection could miss that another had begun the log anew,
    /// and lose what was committed (sqlite.org/wal.html, « WAL-reset bug »).
    #[test]
    fn this_sqlite_bears_a_checkpoint_beside_the_writer() {
        assert!(rusqlite::version_number() >= 3_051_003);
    }

    #[test]
    fn the_log_begins_anew_and_nothing_is_lost() {
        let name = format!("carnet-checkpoints-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("some.db");
        let mut writer = Connection::open(&path).expect("opens");
        writer.execute_batch(PRAGMAS).expect("set");
        writer
            .execute_batch("PRAGMA synchronous = OFF; CREATE TABLE some (bytes BLOB)")
            .expect("made");
        let mut checkpoints = Checkpoints::of(&path, &mut writer).expect("followed");
        let (mut most, mut restarts, mut written) = (0, 0, 0);
        while restarts < 3 && written < 2_000 {
            let before = PAGES.get();
            writer
                .execute("INSERT INTO some VALUES (zeroblob(400000))", [])
                .expect("inserted");
            written += 1;
            most = most.max(PAGES.get());
            restarts += usize::from(PAGES.get() < before);
            checkpoints.follow(&writer);
        }
        assert_eq!(restarts, 3, "after {written} insertions");
        assert!((MANY..TOO_MANY + 200).contains(&most), "{most}");
        drop((checkpoints, writer));
        let reader = Connection::open(&path).expect("opens again");
        let count = reader.query_row("SELECT count(*) FROM some", [], |row| row.get::<_, i32>(0));
        assert_eq!(count.expect("counted"), written);
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
