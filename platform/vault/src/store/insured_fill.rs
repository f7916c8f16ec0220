//! Traits of people who were imported before the registry kept a hash of them.

use super::Store;
use crate::db::{DbError, Statements, Step};

const UNFILLED: &str = "SELECT nir_key, sealed FROM insured \
    WHERE traits_key IS NULL AND nir_key > ?1 ORDER BY nir_key LIMIT ?2";
// A row that an import changed meanwhile has what the import gave it.
const FILL: &str = "UPDATE insured SET traits_key = ?2 \
    WHERE nir_key = ?1 AND traits_key IS NULL AND sealed = ?3";

pub(super) const STATEMENTS: Statements = &[UNFILLED, FILL];

/// A row of the registry that nobody is found by from their traits.
#[derive(Clone)]
pub struct Unfilled {
    key: [u8; 32],
    sealed: Vec<u8>,
    /// What the layer above knows of the person; `None` when the row was altered.
    pub body: Option<Vec<u8>>,
}

impl Store {
    /// Rows without a hash of their traits, `limit` at the most, from the one after on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unfilled_insured(
        &self,
        after: Option<&Unfilled>,
        limit: u64,
    ) -> Result<Vec<Unfilled>, DbError> {
        let from: &[u8] = after.map_or(&[], |row| &row.key);
        let rows = self.db.query(UNFILLED, vec![from.into(), limit.into()]);
        let missing = || DbError::Engine("a registry row without its number".to_owned());
        let read = rows.await?.into_iter().map(|row| {
            let key = row.array(0)?.ok_or_else(missing)?;
            let sealed = row.bytes(1)?.to_vec();
            Ok(Unfilled {
                body: self.unseal("insured", &key, &sealed).ok(),
                key,
                sealed,
            })
        });
        read.collect()
    }

    /// Keeps the hashes of the traits of rows, in one transaction; again is the same.
    ///
    /// # Errors
    /// When the database fails; then none is written.
    pub async fn fill_insured(&self, rows: &[(Unfilled, String)]) -> Result<(), DbError> {
        let steps = rows.iter().map(|(row, traits)| {
            let traits = self.traits_key(traits);
            let params = vec![
                (&row.key).into(),
                (&traits).into(),
                row.sealed.clone().into(),
            ];
            Step::new(FILL, params)
        });
        self.db.write(steps.collect()).await
    }
}
