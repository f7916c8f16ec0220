//! The chain over a volume's history, and the head that guards what is current.
//!
//! *Chain*: `link = SHA-256(previous ‖ header ‖ SHA-256(sealed))`. The hash of the
//! sealed bytes is a column of its own, so that bytes can be destroyed while the
//! chain still verifies.
//!
//! *Head*: one row per volume with the last sequence, the chain's end and a keyed
//! digest of the current entries, under a MAC. The digest is a sum of one keyed
//! tag per current entry, so that a writer adds and removes without reading the
//! others. Who writes to the database without the record's key can neither make a
//! tag nor a MAC.

use aws_lc_rs::{constant_time, digest, hmac};

use crate::record::{Header, Volume};

/// SHA-256 of an entry's sealed bytes.
pub type Hash = [u8; 32];

/// Hashes sealed bytes.
pub fn hash(sealed: &[u8]) -> Hash {
    digest::digest(&digest::SHA256, sealed)
        .as_ref()
        .try_into()
        .expect("SHA-256 is 32 bytes")
}

/// The chain after one more entry.
pub fn link(previous: &Hash, header: &[u8; Header::LEN], sealed: &Hash) -> Hash {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(previous);
    context.update(header);
    context.update(sealed);
    context
        .finish()
        .as_ref()
        .try_into()
        .expect("SHA-256 is 32 bytes")
}

/// The guarded state of one volume.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Head {
    /// Grows when entries are erased or a backup is restored: caches drop what they hold.
    pub epoch: u64,
    /// Sequence of the last entry; 0 before the first.
    pub last: u64,
    /// The chain's end.
    pub chain: Hash,
    /// Sum of the tags of the current entries.
    pub digest: Hash,
}

impl Head {
    /// The epoch of a policy whose record was erased: no server opens it, whatever keys it holds.
    pub const ERASED: u64 = i64::MAX as u64;

    /// Whether the record was erased.
    pub fn is_erased(&self) -> bool {
        self.epoch == Self::ERASED
    }

    /// Goes on by one entry, which becomes current.
    pub fn push(&mut self, key: &hmac::Key, volume: Volume, row: &Row<'_>) {
        self.last = row.seq;
        self.chain = link(&self.chain, row.header, row.hash);
        self.count(key, volume, row);
    }

    /// Counts a row in, wherever its chain is.
    pub fn count(&mut self, key: &hmac::Key, volume: Volume, row: &Row<'_>) {
        add(&mut self.digest, &tag(key, volume, row));
    }

    /// Takes a superseded entry out of what is current.
    pub fn retire(&mut self, key: &hmac::Key, volume: Volume, row: &Row<'_>) {
        sub(&mut self.digest, &tag(key, volume, row));
    }

    /// The MAC that is stored beside the head.
    pub fn mac(&self, key: &hmac::Key, volume: Volume) -> Hash {
        hmac::sign(key, &self.encode(volume))
            .as_ref()
            .try_into()
            .expect("HMAC-SHA256 is 32 bytes")
    }

    /// Whether `mac` was made by who holds the record's key.
    pub fn verify(&self, key: &hmac::Key, volume: Volume, mac: &[u8]) -> bool {
        hmac::verify(key, &self.encode(volume), mac).is_ok()
    }

    fn encode(&self, volume: Volume) -> Vec<u8> {
        let mut bytes = b"head 1".to_vec();
        bytes.push(volume.number());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes.extend_from_slice(&self.last.to_be_bytes());
        bytes.extend_from_slice(&self.chain);
        bytes.extend_from_slice(&self.digest);
        bytes
    }
}

/// The stored columns of an entry that the head guards.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Place in the volume, from 1.
    pub seq: u64,
    /// Blind name of the thing.
    pub blind: &'a [u8; 16],
    /// Encoded header.
    pub header: &'a [u8; Header::LEN],
    /// Hash of the sealed bytes.
    pub hash: &'a Hash,
}

/// One current entry's share in the head's digest.
pub fn tag(key: &hmac::Key, volume: Volume, row: &Row<'_>) -> Hash {
    let mut context = hmac::Context::with_key(key);
    context.update(b"row 1");
    context.update(&[volume.number()]);
    context.update(&row.seq.to_be_bytes());
    context.update(row.blind);
    context.update(row.header);
    context.update(row.hash);
    context
        .sign()
        .as_ref()
        .try_into()
        .expect("HMAC-SHA256 is 32 bytes")
}

/// Binds a journal row to its place: it has no head until it is packed.
pub fn tail_mac(key: &hmac::Key, seq: u64, header: &[u8; Header::LEN], hash: &Hash) -> [u8; 16] {
    let row = Row {
        seq,
        blind: &[0; 16],
        header,
        hash,
    };
    tag(key, Volume::Journal, &row)[..16]
        .try_into()
        .expect("a tag is 32 bytes")
}

/// Whether two digests are equal, in a time that says nothing of where they differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(a, b).is_ok()
}

/// Adds modulo 2^256, so that a digest does not depend on the order of writing.
fn add(sum: &mut Hash, tag: &Hash) {
    let mut carry = 0;
    for (s, t) in sum.iter_mut().zip(tag) {
        let total = u16::from(*s) + u16::from(*t) + carry;
        *s = total.to_le_bytes()[0];
        carry = total >> 8;
    }
}

fn sub(sum: &mut Hash, tag: &Hash) {
    let mut borrow = 0;
    for (s, t) in sum.iter_mut().zip(tag) {
        let total = 256 + u16::from(*s) - u16::from(*t) - borrow;
        *s = total.to_le_bytes()[0];
        borrow = u16::from(total < 256);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_digest_forgets_what_is_retired_in_any_order(tags in proptest::collection::vec(any::<[u8; 32]>(), 1..8)) {
            let mut sum = [0; 32];
            tags.iter().for_each(|tag| add(&mut sum, tag));
            let mut backwards = [0; 32];
            tags.iter().rev().for_each(|tag| add(&mut backwards, tag));
            prop_assert_eq!(sum, backwards);
            tags.iter().for_each(|tag| sub(&mut sum, tag));
            prop_assert_eq!(sum, [0; 32]);
        }
    }

    #[test]
    fn a_head_is_bound_to_its_volume_and_key() {
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"a");
        let other = hmac::Key::new(hmac::HMAC_SHA256, b"b");
        let head = Head {
            last: 3,
            ..Head::default()
        };
        let mac = head.mac(&key, Volume::Policy);
        assert!(head.verify(&key, Volume::Policy, &mac));
        assert!(!head.verify(&key, Volume::Clinical, &mac));
        assert!(!head.verify(&other, Volume::Policy, &mac));
        assert!(!Head { last: 2, ..head }.verify(&key, Volume::Policy, &mac));
    }
}
