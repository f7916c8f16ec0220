//! Public identifiers that say, to us alone, which record they belong to.
//!
//! An identifier is one block of AES under a key of the installation: half of the
//! record's id and 64 random bits. To everybody else it is 128 random bits, and two
//! of one record are not alike. So no table must name each thing that we named.

use ambient::Id;
use aws_lc_rs::cipher::{
    AES_256, DecryptingKey, DecryptionContext, EncryptingKey, UnboundCipherKey,
};

use super::Store;
use crate::{
    db::{DbError, Statements},
    record::RecordId,
};

const HALF: usize = 8;

/// Every record that something was written to has a head.
const OF_HALF: &str =
    "SELECT DISTINCT record_id FROM head WHERE record_id >= ?1 AND record_id <= ?2";

pub(super) const STATEMENTS: Statements = &[OF_HALF];

/// The key of public identifiers.
pub(super) struct Names {
    seal: EncryptingKey,
    open: DecryptingKey,
}

impl Names {
    pub fn new(key: &[u8; 32]) -> Self {
        let key = || UnboundCipherKey::new(&AES_256, key).expect("a 256-bit key");
        Self {
            seal: EncryptingKey::ecb(key()).expect("AES has this mode"),
            open: DecryptingKey::ecb(key()).expect("AES has this mode"),
        }
    }

    fn seal(&self, mut block: [u8; 16]) -> Id {
        self.seal.encrypt(&mut block).expect("one whole block");
        Id(block)
    }

    fn open(&self, Id(mut block): Id) -> [u8; 16] {
        let opened = self.open.decrypt(&mut block, DecryptionContext::None);
        opened.expect("one whole block");
        block
    }
}

impl Store {
    /// A fresh public identifier for a thing of this record.
    pub fn name_in(&self, record: RecordId) -> Id {
        let mut block = [0; 16];
        block[..HALF].copy_from_slice(&record.0.0[..HALF]);
        self.random.fill(&mut block[HALF..]);
        self.names.seal(block)
    }

    /// The records that a thing of this identifier may be in: one, hardly ever two, none when
    /// [`Store::name_in`] did not make it. Only the record itself knows whether it is there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn records_of(&self, name: Id) -> Result<Vec<RecordId>, DbError> {
        let half = self.names.open(name);
        let (mut first, mut last) = ([0; 16], [u8::MAX; 16]);
        first[..HALF].copy_from_slice(&half[..HALF]);
        last[..HALF].copy_from_slice(&half[..HALF]);
        let rows = self
            .db
            .query(OF_HALF, vec![(&first).into(), (&last).into()])
            .await?;
        let records = rows.iter().map(|row| row.record(0));
        records.filter_map(Result::transpose).collect()
    }
}
