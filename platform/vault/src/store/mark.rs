//! How far the main database has followed the register of erasures.

use crate::db::{Db, DbError, Statements, Step};

pub(super) const FOLLOWED: &str = "SELECT n FROM mark WHERE name = 'erasures'";
const FOLLOW: &str = "UPDATE mark SET n = ?1 WHERE name = 'erasures' AND n < ?1";

pub(super) const STATEMENTS: Statements = &[FOLLOWED, FOLLOW];

/// How many lines were followed.
pub(crate) async fn followed(db: &Db) -> Result<u64, DbError> {
    let rows = db.query(FOLLOWED, vec![]).await?;
    rows.first()
        .map_or(Ok(0), |row| Ok(row.int(0)?.unsigned_abs()))
}

/// Notes that so many were followed.
pub(crate) fn follow(lines: u64) -> Step {
    Step::new(FOLLOW, vec![lines.into()])
}
