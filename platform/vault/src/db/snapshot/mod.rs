//! A whole database as files, taken while servers write, and put back into an empty place.
//!
//! SQLite gives one file (`VACUUM INTO`: what was erased is not in its free pages). PostgreSQL
//! gives one file a table, read in one snapshot; put back by the same version of its schema, which
//! the program then brings up to date.

mod postgres;
mod sqlite;

use std::path::Path;

use super::{DatabaseUrl, DbError, Place, Row, Schema, Value};

/// Runs one statement on a database that a server may be using.
pub(crate) async fn beside(
    url: &DatabaseUrl,
    sql: &'static str,
    params: Vec<Value>,
) -> Result<Vec<Row>, DbError> {
    super::statements::assert_listed(sql);
    match &url.0 {
        Place::File(path) => sqlite::beside(path.clone(), sql, params).await,
        Place::Server(config) => postgres::beside(config, sql, &params).await,
    }
}

/// Writes all of a database to files in `folder`, synced; gives the migrations it has seen.
/// `progress` is told how many bytes are written, of about how many.
pub(crate) async fn save(
    url: &DatabaseUrl,
    folder: &Path,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Vec<String>, DbError> {
    match &url.0 {
        Place::File(path) => sqlite::save(path, folder, progress).await,
        Place::Server(config) => postgres::save(config, folder, progress).await,
    }
}

/// Whether there is nothing where a database would be put back.
pub(crate) async fn is_vacant(url: &DatabaseUrl) -> Result<bool, DbError> {
    match &url.0 {
        Place::File(path) => Ok(sqlite::is_vacant(path)),
        Place::Server(config) => postgres::is_vacant(config).await,
    }
}

/// Puts back what [`save`] wrote, into a vacant place.
pub(crate) async fn load(
    url: &DatabaseUrl,
    schema: Schema,
    migrations: &[String],
    folder: &Path,
) -> Result<(), DbError> {
    if !is_vacant(url).await? {
        return Err(DbError::Engine(format!("{url:?} is not empty")));
    }
    match &url.0 {
        Place::File(path) => sqlite::load(path.clone(), folder.to_owned()).await,
        Place::Server(config) => postgres::load(config, schema.only(migrations)?, folder).await,
    }
}

fn failed(error: &std::io::Error) -> DbError {
    DbError::Engine(error.to_string())
}
