//! How many bytes each table takes at rest.

use super::Store;
use crate::db::DbError;

/// What a table and its indexes take.
#[derive(Debug, Clone)]
pub struct TableSize {
    /// Name of the table.
    pub table: String,
    /// Bytes of its pages, free room in them included.
    pub pages: u64,
    /// Bytes of its rows alone.
    pub rows: u64,
}

impl Store {
    /// What each table takes, its indexes included. Reads the whole database: for benches.
    ///
    /// # Errors
    /// When the database fails, or is not one that can say.
    pub async fn sizes(&self) -> Result<Vec<TableSize>, DbError> {
        let rows = self.db.sizes().await?;
        rows.iter()
            .map(|row| {
                Ok(TableSize {
                    table: row.text(0)?.to_owned(),
                    pages: row.int(1)?.unsigned_abs(),
                    rows: row.int(2)?.unsigned_abs(),
                })
            })
            .collect()
    }
}
