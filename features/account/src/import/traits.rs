//! People who were imported before one could be found by all strict traits: what the registry keeps
//! of them for that is made of what it knows already, without its file.

use anyhow::Context;
use vault::Store;

use crate::insured::Person;

/// Rows of one transaction.
const BATCH: u64 = 200;

/// How far it is. Counts alone: nothing of anybody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// Rows that had none.
    pub read: u64,
    /// Those of them that have one now; in the others a trait is missing.
    pub filled: u64,
    /// Rows that do not open.
    pub unreadable: u64,
}

/// Goes through the rows that have none, a batch at a time; `each` is told after every one, and
/// says how long to wait before the next. Stopped anywhere, it goes on when it is done again.
///
/// # Errors
/// When the database fails.
pub async fn fill_traits<F: Future<Output = ()>>(
    store: &Store,
    mut each: impl FnMut(Filled) -> F,
) -> anyhow::Result<Filled> {
    let mut done = Filled::default();
    let mut after = None;
    loop {
        let rows = store.unfilled_insured(after.as_ref(), BATCH).await;
        let rows = rows.context("reading the registry")?;
        let Some(last) = rows.last().cloned() else {
            return Ok(done);
        };
        let mut known = Vec::with_capacity(rows.len());
        for row in rows {
            done.read += 1;
            let person = row.body.as_deref().map(serde_json::from_slice::<Person>);
            match person {
                Some(Ok(person)) => known.extend(person.traits.strict().map(|text| (row, text))),
                _ => done.unreadable += 1,
            }
        }
        store.fill_insured(&known).await.context("writing traits")?;
        done.filled += known.len() as u64;
        after = Some(last);
        each(done).await;
    }
}
