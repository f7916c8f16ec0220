//! What waits to be told in one message instead of many.
//!
//! A row is one event. Rows are put beside the job that will send the message, and leave with it.

use super::{Store, With};
use crate::db::{DbError, Statements, Step};

const PUT: &str = "INSERT INTO digest (key, sealed) VALUES (?1, ?2)";
const OF: &str = "SELECT n, sealed FROM digest WHERE key = ?1 ORDER BY n";
const GONE: &str = "DELETE FROM digest WHERE key = ?1 AND n <= ?2";

pub(super) const STATEMENTS: Statements = &[PUT, OF, GONE];

/// What was gathered for one message.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The events, oldest first.
    pub bodies: Vec<Vec<u8>>,
    last: i64,
}

impl Store {
    /// Adds an event to a message to come.
    pub fn gather(&self, name: &[u8], body: &[u8]) -> With {
        let key = self.short("digest", name);
        let sealed = self.seal("digest", &key, body);
        With(vec![Step::new(PUT, vec![(&key).into(), sealed.into()])])
    }

    /// What was gathered so far. An event whose row was altered is left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn gathered(&self, name: &[u8]) -> Result<Gathered, DbError> {
        let key = self.short("digest", name);
        let mut gathered = Gathered::default();
        for row in self.db.query(OF, vec![(&key).into()]).await? {
            gathered.last = row.int(0)?;
            let body = self.unseal("digest", &key, row.bytes(1)?);
            gathered.bodies.extend(body.ok());
        }
        Ok(gathered)
    }

    /// Takes away what was gathered and is told; not what came since.
    pub fn told(&self, name: &[u8], gathered: &Gathered) -> With {
        let key = self.short("digest", name);
        let params = vec![(&key).into(), gathered.last.into()];
        With(vec![Step::new(GONE, params)])
    }
}
