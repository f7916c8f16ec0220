//! The sealed form of a file: chunks of 64 kB, each with its tag, under a key that serves no other.

use std::ops::Range;

use super::BlobError;
use crate::cipher::{Cipher, Suite, TAG};

/// Bytes of a chunk, before sealing.
pub(super) const CHUNK: usize = 64 << 10;
const PLAIN: u64 = CHUNK as u64;
const SEALED: u64 = PLAIN + TAG as u64;

/// Bytes of a sealed file of `size` bytes.
pub(super) fn length(size: u64) -> u64 {
    size + size.div_ceil(PLAIN) * TAG as u64
}

/// The sealed bytes that hold `range`, which is not empty and ends at `size` at the most.
pub(super) fn around(range: &Range<u64>, size: u64) -> Range<u64> {
    let end = range.end.div_ceil(PLAIN) * SEALED;
    range.start / PLAIN * SEALED..end.min(length(size))
}

pub(super) fn seal(suite: Suite, key: &[u8; 32], bytes: &[u8]) -> Vec<u8> {
    let (cipher, bound) = (Cipher::new(suite, key), bound(bytes.len() as u64));
    let mut sealed = Vec::with_capacity(bytes.len() + bytes.len().div_ceil(CHUNK) * TAG);
    for (place, chunk) in (0..).zip(bytes.chunks(CHUNK)) {
        cipher.seal_chunk(place, &bound, chunk, &mut sealed);
    }
    sealed
}

/// Opens what [`around`] asked for and cuts it to `range`.
pub(super) fn open(
    suite: Suite,
    key: &[u8; 32],
    size: u64,
    range: Range<u64>,
    sealed: &[u8],
) -> Result<Vec<u8>, BlobError> {
    let (cipher, bound) = (Cipher::new(suite, key), bound(size));
    let first = range.start / PLAIN;
    let mut plain = Vec::with_capacity(sealed.len());
    for (place, chunk) in (first..).zip(sealed.chunks(CHUNK + TAG)) {
        let opened = cipher.open_chunk(place, &bound, chunk.to_vec());
        plain.extend(opened.map_err(|_| BlobError::Damaged)?);
    }
    let cut = |at: u64| usize::try_from(at - first * PLAIN).map_err(|_| BlobError::Damaged);
    let (start, end) = (cut(range.start)?, cut(range.end)?);
    plain.truncate(end);
    if plain.len() < end {
        return Err(BlobError::Damaged);
    }
    plain.drain(..start);
    Ok(plain)
}

/// What each chunk is bound to, beside its place: with the size, a cut file does not open. The key
/// says which file it is.
fn bound(size: u64) -> [u8; 8] {
    size.to_be_bytes()
}
