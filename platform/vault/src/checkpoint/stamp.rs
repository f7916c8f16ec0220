//! Where the volumes of a record ended, and the leaf of the tree that says so without telling.

use aws_lc_rs::hmac;

use super::tree::digest;
use crate::{
    chain::Hash,
    record::{RecordId, Volume},
};

/// The end of one volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct VolumeEnd {
    pub volume: Volume,
    /// Its last sequence.
    pub last: u64,
    /// Its chain there.
    pub chain: Hash,
}

/// The volumes that are not empty, in the order of their numbers.
pub(crate) type Ends = Vec<VolumeEnd>;

const LEN: usize = 1 + 8 + 32;

/// The bytes that are stored.
pub(crate) fn encode(ends: &[VolumeEnd]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(ends.len() * LEN);
    for end in ends {
        bytes.push(end.volume.number());
        bytes.extend_from_slice(&end.last.to_be_bytes());
        bytes.extend_from_slice(&end.chain);
    }
    bytes
}

/// Reads what [`encode`] wrote.
pub(crate) fn decode(bytes: &[u8]) -> Option<Ends> {
    let (ends, []) = bytes.as_chunks::<LEN>() else {
        return None;
    };
    let read = |end: &[u8; LEN]| {
        Some(VolumeEnd {
            volume: Volume::from_number(end[0].into())?,
            last: u64::from_be_bytes(end[1..9].try_into().ok()?),
            chain: end[9..].try_into().ok()?,
        })
    };
    ends.iter().map(read).collect()
}

/// Makes leaves: names and ends in them are hidden under a key of the installation, so that who is
/// shown one volume of a record learns nothing of the others, nor of other records.
pub(super) struct Leaves(hmac::Key);

impl Leaves {
    pub fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// What a record is called in the tree.
    pub fn name(&self, record: RecordId) -> Hash {
        self.mac(&[b"name", &record.0.0])
    }

    /// What hides the end of a volume; another one at each end.
    pub fn salt(&self, record: RecordId, volume: Volume, last: u64) -> Hash {
        let number = [volume.number()];
        self.mac(&[b"salt", &record.0.0, &number, &last.to_be_bytes()])
    }

    /// The hidden end of every volume, empty ones too.
    pub fn hidden(&self, record: RecordId, ends: &[VolumeEnd]) -> [Hash; Volume::ALL.len()] {
        Volume::ALL.map(|volume| {
            let end = ends.iter().find(|end| end.volume == volume);
            let (last, chain) = end.map_or((0, [0; 32]), |end| (end.last, end.chain));
            hide(volume, last, &chain, &self.salt(record, volume, last))
        })
    }

    /// The leaf of a record.
    pub fn leaf(&self, record: RecordId, ends: &[VolumeEnd]) -> Hash {
        leaf(&self.name(record), &self.hidden(record, ends))
    }

    fn mac(&self, parts: &[&[u8]]) -> Hash {
        let mut context = hmac::Context::with_key(&self.0);
        parts.iter().for_each(|part| context.update(part));
        context
            .sign()
            .as_ref()
            .try_into()
            .expect("HMAC-SHA256 is 32 bytes")
    }
}

/// The end of a volume, hidden by a salt.
pub(super) fn hide(volume: Volume, last: u64, chain: &Hash, salt: &Hash) -> Hash {
    let last = last.to_be_bytes();
    digest("carnet end 1", [&[volume.number()][..], &last, chain, salt])
}

/// A leaf from its name and the hidden ends of all volumes.
pub(super) fn leaf(name: &Hash, hidden: &[Hash; Volume::ALL.len()]) -> Hash {
    let hidden = hidden.iter().map(|hidden| &hidden[..]);
    digest("carnet leaf 1", std::iter::once(&name[..]).chain(hidden))
}

#[cfg(test)]
mod tests {
    use ambient::Id;

    use super::*;

    #[test]
    fn ends_read_back_and_each_of_them_is_in_the_leaf() {
        let end = |volume, last| VolumeEnd {
            volume,
            last,
            chain: [u8::try_from(last).unwrap_or_default(); 32],
        };
        let ends = vec![end(Volume::Policy, 3), end(Volume::Journal, 70)];
        assert_eq!(decode(&encode(&ends)), Some(ends.clone()));
        assert_eq!(decode(&encode(&ends)[1..]), None);
        let leaves = Leaves::new(&[1; 32]);
        let (a, b) = (RecordId(Id([1; 16])), RecordId(Id([2; 16])));
        let whole = leaves.leaf(a, &ends);
        assert_ne!(whole, leaves.leaf(b, &ends));
        assert_ne!(whole, leaves.leaf(a, &ends[..1]));
        assert_ne!(whole, leaves.leaf(a, &[ends[0], end(Volume::Journal, 71)]));
        assert_ne!(whole, Leaves::new(&[2; 32]).leaf(a, &ends));
    }
}
