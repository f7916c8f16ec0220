//! What the engine does without us: rows of the same size, in groups of the same size.
//!
//! For benches only: a rate says little, its ratio to this one says what the
//! sealed record costs.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::{DbError, sqlite::PRAGMAS};

/// Inserts operations of `rows` (the size of each row in bytes) for about `time`,
/// committing each `group` of them, with the settings of the real database.
/// Gives operations a second.
///
/// # Errors
/// When the database cannot be made in `path`.
pub fn plain_inserts(
    path: &Path,
    rows: &[usize],
    group: usize,
    time: Duration,
) -> Result<f64, DbError> {
    let connection = Connection::open(path)?;
    connection.execute_batch(PRAGMAS)?;
    connection.execute_batch("CREATE TABLE plain (n INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")?;
    let bytes: Vec<Vec<u8>> = rows.iter().map(|size| vec![0xA5; *size]).collect();
    let started = Instant::now();
    let mut done = 0_u32;
    while started.elapsed() < time {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut insert = connection.prepare_cached("INSERT INTO plain (bytes) VALUES (?1)")?;
        for _ in 0..group {
            for row in &bytes {
                insert.execute([row])?;
            }
            done += 1;
        }
        connection.execute_batch("COMMIT")?;
    }
    Ok(f64::from(done) / started.elapsed().as_secs_f64())
}

/// The settings under which the real database works, as the engine reports them.
///
/// # Errors
/// When the database cannot be made in `path`.
pub fn settings(path: &Path) -> Result<Vec<(&'static str, String)>, DbError> {
    const ASKED: [&str; 5] = [
        "journal_mode",
        "synchronous",
        "wal_autocheckpoint",
        "mmap_size",
        "page_size",
    ];
    let connection = Connection::open(path)?;
    connection.execute_batch(PRAGMAS)?;
    let ask = |name: &'static str| {
        let value = connection.pragma_query_value(None, name, |row| {
            row.get_ref(0).map(|value| match value {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => other.as_str().unwrap_or("?").to_owned(),
            })
        })?;
        Ok((name, value))
    };
    ASKED.into_iter().map(ask).collect()
}
