//! Lines of a journal packed into one sealed row.
//!
//! Each line keeps its header and its sealed bytes, so that the chain over the
//! whole history still verifies; the row as a whole is sealed again, bound to its
//! record and to the lines that it must hold. So a row that was swapped, cut or
//! put back from an older state does not open, or leaves a gap.

use ambient::Random;

use crate::{
    chain,
    cipher::Unsealable,
    db::{StoredRow, StoredSegment},
    record::{Header, Volume},
    seal::RecordKeys,
};

/// Lines of a full segment.
pub(crate) const LINES: usize = 64;

/// The layout that this version writes.
const FORMAT: u8 = 1;

/// Seals lines that follow each other; their bytes must still be there.
pub(crate) fn pack(
    keys: &RecordKeys,
    random: &dyn Random,
    rows: &[StoredRow],
) -> Result<StoredSegment, Unsealable> {
    let first = rows.first().ok_or(Unsealable)?.seq;
    let last = rows.last().ok_or(Unsealable)?.seq;
    let mut plain = Vec::new();
    for row in rows {
        let sealed = row.sealed.as_deref().ok_or(Unsealable)?;
        let length = u32::try_from(sealed.len()).map_err(|_| Unsealable)?;
        plain.extend_from_slice(&row.header);
        plain.extend_from_slice(&length.to_be_bytes());
        plain.extend_from_slice(sealed);
    }
    let mut header = [FORMAT, 0, 0];
    header[1..].copy_from_slice(&keys.generation.to_be_bytes());
    let sealed = keys.seal_as(random, &bound(first, last, &header), &[&plain]);
    Ok(StoredSegment {
        first,
        last,
        header,
        sealed,
    })
}

/// The lines of a segment, oldest first.
pub(crate) fn unpack(
    keys: &RecordKeys,
    segment: &StoredSegment,
) -> Result<Vec<StoredRow>, Unsealable> {
    let [format, generation @ ..] = segment.header;
    if format != FORMAT || u16::from_be_bytes(generation) != keys.generation {
        return Err(Unsealable);
    }
    let what = bound(segment.first, segment.last, &segment.header);
    let plain = keys.open_as(&what, &segment.sealed)?;
    let (mut rest, mut rows) = (plain.as_slice(), Vec::with_capacity(LINES));
    for seq in segment.first..=segment.last {
        let (header, after) = rest
            .split_first_chunk::<{ Header::LEN }>()
            .ok_or(Unsealable)?;
        let (length, after) = after.split_first_chunk::<4>().ok_or(Unsealable)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unsealable)?;
        let (sealed, after) = after.split_at_checked(length).ok_or(Unsealable)?;
        let hash = chain::hash(sealed);
        rows.push(StoredRow {
            seq,
            blind: chain::tail_mac(keys.head(), seq, header, &hash),
            header: *header,
            hash,
            sealed: Some(sealed.to_vec()),
            current: true,
        });
        rest = after;
    }
    if rest.is_empty() {
        Ok(rows)
    } else {
        Err(Unsealable)
    }
}

/// What the seal is bound to beside its record.
fn bound(first: u64, last: u64, header: &[u8; 3]) -> Vec<u8> {
    let mut bytes = b"segment".to_vec();
    bytes.push(Volume::Journal.number());
    bytes.extend_from_slice(&first.to_be_bytes());
    bytes.extend_from_slice(&last.to_be_bytes());
    bytes.extend_from_slice(header);
    bytes
}

#[cfg(test)]
#[path = "segment_tests.rs"]
mod tests;
