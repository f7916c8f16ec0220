//! The tree whose root a checkpoint signs: 65,536 buckets of records, by the first two bytes of
//! their random names. Only buckets that hold something are stored or hashed.

use aws_lc_rs::digest::{Context, SHA256};

use crate::{chain::Hash, record::RecordId};

/// Levels between a bucket and the root.
pub const DEPTH: usize = 16;

/// A bucket without records, and all that is above such ones.
const EMPTY: Hash = [0; 32];

/// The bucket of a record.
pub fn bucket_of(record: RecordId) -> u16 {
    u16::from_be_bytes([record.0.0[0], record.0.0[1]])
}

/// Hash of parts, apart from every other `kind`.
pub fn digest<'a>(kind: &str, parts: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    let mut context = Context::new(&SHA256);
    context.update(kind.as_bytes());
    parts.into_iter().for_each(|part| context.update(part));
    let digest = context.finish();
    digest.as_ref().try_into().expect("SHA-256 is 32 bytes")
}

/// The hash of a bucket, from the leaves of its records in their order.
pub fn bucket<'a>(leaves: impl IntoIterator<Item = &'a Hash>) -> Hash {
    digest("carnet bucket 1", leaves.into_iter().map(|leaf| &leaf[..]))
}

fn node(left: &Hash, right: &Hash) -> Hash {
    match (left, right) {
        (&EMPTY, &EMPTY) => EMPTY,
        _ => digest("carnet node 1", [&left[..], &right[..]]),
    }
}

/// The root over the buckets that are not empty, in their order.
pub fn root(buckets: &[(u16, Hash)]) -> Hash {
    path(buckets, 0).0
}

/// The root, and what stands beside the way up from a bucket to it.
pub fn path(buckets: &[(u16, Hash)], from: u16) -> (Hash, Vec<Hash>) {
    let mut level: Vec<(usize, Hash)> = buckets
        .iter()
        .map(|(bucket, hash)| (usize::from(*bucket), *hash))
        .collect();
    let (mut place, mut beside) = (usize::from(from), Vec::with_capacity(DEPTH));
    for _ in 0..DEPTH {
        let found = level.binary_search_by_key(&(place ^ 1), |(at, _)| *at);
        beside.push(found.map_or(EMPTY, |at| level[at].1));
        place /= 2;
        level = above(&level);
    }
    (level.first().map_or(EMPTY, |(_, hash)| *hash), beside)
}

fn above(level: &[(usize, Hash)]) -> Vec<(usize, Hash)> {
    let pairs = level.chunk_by(|a, b| a.0 / 2 == b.0 / 2);
    pairs
        .map(|pair| match pair {
            [(at, left), (_, right)] => (at / 2, node(left, right)),
            [(at, only)] if at % 2 == 0 => (at / 2, node(only, &EMPTY)),
            [(at, only), ..] => (at / 2, node(&EMPTY, only)),
            [] => (0, EMPTY),
        })
        .collect()
}

/// The root that a bucket and what stands beside its way up lead to.
pub fn climb(bucket: u16, hash: Hash, beside: &[Hash]) -> Hash {
    let mut place = usize::from(bucket);
    beside.iter().fold(hash, |hash, other| {
        let above = match place % 2 {
            0 => node(&hash, other),
            _ => node(other, &hash),
        };
        place /= 2;
        above
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_bucket_leads_to_the_root_and_another_hash_does_not(
            buckets in proptest::collection::btree_map(any::<u16>(), 1_u8..255, 1..40),
        ) {
            let buckets: Vec<(u16, Hash)> = buckets
                .into_iter()
                .map(|(bucket, byte)| (bucket, [byte; 32]))
                .collect();
            for (bucket, hash) in &buckets {
                let (top, beside) = path(&buckets, *bucket);
                prop_assert_eq!(top, root(&buckets));
                prop_assert_eq!(climb(*bucket, *hash, &beside), top);
                prop_assert_ne!(climb(*bucket, [0xff; 32], &beside), top);
                prop_assert_ne!(climb(bucket ^ 1, *hash, &beside), top);
            }
        }
    }

    #[test]
    fn the_root_is_that_of_the_whole_tree() {
        let few = BTreeMap::from([(0_u16, [1; 32]), (1, [2; 32]), (40_000, [3; 32])]);
        let mut whole: Vec<Hash> = (0..=u16::MAX)
            .map(|bucket| few.get(&bucket).copied().unwrap_or(EMPTY))
            .collect();
        while whole.len() > 1 {
            whole = whole.chunks(2).map(|two| node(&two[0], &two[1])).collect();
        }
        assert_eq!(root(&Vec::from_iter(few)), whole[0]);
        assert_eq!(root(&[]), EMPTY);
    }
}
