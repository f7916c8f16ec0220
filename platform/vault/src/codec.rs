//! Compression: zstd with dictionaries that are compiled in and never removed.
//!
//! A body names its dictionary in the header, so that an old entry stays
//! readable for ever. Dictionaries are trained on generated data only: nothing
//! of a real person can be read from the program.

use std::sync::LazyLock;

use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Level 3: on these sizes, higher levels cost ten times more for a few per cent.
const LEVEL: i32 = 3;

/// The dictionary that this version writes with; its number is its place in [`DICTIONARIES`] plus one.
pub(crate) const CURRENT: u8 = 0;

/// A body larger than this once inflated is refused: entries are small, files are blobs.
const MAX_INFLATED: usize = 64 << 20;

static DICTIONARIES: [&[u8]; 0] = [];

static ENCODERS: LazyLock<Vec<EncoderDictionary<'static>>> = LazyLock::new(|| {
    DICTIONARIES
        .iter()
        .map(|bytes| EncoderDictionary::copy(bytes, LEVEL))
        .collect()
});

static DECODERS: LazyLock<Vec<DecoderDictionary<'static>>> = LazyLock::new(|| {
    DICTIONARIES
        .iter()
        .map(|bytes| DecoderDictionary::copy(bytes))
        .collect()
});

/// Compresses `body` with the current dictionary.
pub(crate) fn deflate(body: &[u8]) -> std::io::Result<Vec<u8>> {
    match dictionary(&ENCODERS, CURRENT) {
        None => zstd::bulk::compress(body, LEVEL),
        Some(encoder) => zstd::bulk::Compressor::with_prepared_dictionary(encoder)?.compress(body),
    }
}

/// Inflates a body that was compressed with the dictionary of that number.
///
/// # Errors
/// When the bytes are not zstd, or name a dictionary that this version does not have.
pub fn inflate(compressed: &[u8], number: u8) -> std::io::Result<Vec<u8>> {
    if number == 0 {
        return zstd::bulk::decompress(compressed, capacity(compressed)?);
    }
    let decoder = dictionary(&DECODERS, number)
        .ok_or_else(|| std::io::Error::other("unknown compression dictionary"))?;
    zstd::bulk::Decompressor::with_prepared_dictionary(decoder)?
        .decompress(compressed, capacity(compressed)?)
}

fn dictionary<T>(all: &'static [T], number: u8) -> Option<&'static T> {
    all.get(usize::from(number).checked_sub(1)?)
}

/// The size that the frame announces: known, because we always compress whole bodies.
fn capacity(compressed: &[u8]) -> std::io::Result<usize> {
    let unknown = || std::io::Error::other("a compressed body without its size");
    let bytes = zstd::zstd_safe::get_frame_content_size(compressed).map_err(|_| unknown())?;
    let bytes = usize::try_from(bytes.ok_or_else(unknown)?).map_err(|_| unknown())?;
    if bytes > MAX_INFLATED {
        return Err(std::io::Error::other(
            "a compressed body larger than any entry",
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_reads_back() {
        let body = br#"{"resourceType":"DocumentReference"}"#.repeat(20);
        let small = deflate(&body).expect("compresses");
        assert!(small.len() < body.len() / 4);
        assert_eq!(inflate(&small, CURRENT).expect("inflates"), body);
    }

    #[test]
    fn what_is_not_ours_is_an_error() {
        assert!(inflate(b"not zstd", 0).is_err());
        assert!(inflate(&deflate(b"x").expect("compresses"), 200).is_err());
    }
}
