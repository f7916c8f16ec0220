//! Compression: zstd with dictionaries that are compiled in and never removed.
//!
//! A body names its dictionary in the header, so that an old entry stays
//! readable for ever. Dictionaries are trained on generated data only: nothing
//! of a real person can be read from the program.

use std::{cell::RefCell, io, sync::LazyLock};

use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
};

/// Level 3: on these sizes, higher levels cost ten times more for a few per cent.
const LEVEL: i32 = 3;

/// The dictionary that this version writes with: its place in [`DICTIONARIES`] plus one; 0 is none.
pub(crate) const CURRENT: u8 = 1;

/// A body larger than this once inflated is refused: entries are small, files are blobs.
const MAX_INFLATED: usize = 64 << 20;

/// Every dictionary, from number 1 on: whoever inflates entries needs them.
///
/// Made by `server/examples/train_dictionary.rs`. A file here never changes: another one is added.
pub static DICTIONARIES: [&[u8]; 1] = [include_bytes!("../dictionaries/1.zdict")];

static ENCODER: LazyLock<Option<EncoderDictionary<'static>>> = LazyLock::new(|| {
    let bytes = DICTIONARIES.get(place(CURRENT)?)?;
    Some(EncoderDictionary::copy(bytes, LEVEL))
});

static DECODERS: LazyLock<Vec<DecoderDictionary<'static>>> = LazyLock::new(|| {
    DICTIONARIES
        .iter()
        .map(|bytes| DecoderDictionary::copy(bytes))
        .collect()
});

thread_local! {
    // A context is many times larger than a body: made once per thread, not once per entry.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSORS: RefCell<[Option<Decompressor<'static>>; DICTIONARIES.len() + 1]> =
        const { RefCell::new([const { None }; DICTIONARIES.len() + 1]) };
}

/// Compresses `body` with the current dictionary.
pub(crate) fn deflate(body: &[u8]) -> io::Result<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|held| match held {
        Some(compressor) => compressor.compress(body),
        None => held.insert(compressor()?).compress(body),
    })
}

fn compressor() -> io::Result<Compressor<'static>> {
    let mut compressor = match &*ENCODER {
        None => Compressor::new(LEVEL)?,
        Some(dictionary) => Compressor::with_prepared_dictionary(dictionary)?,
    };
    // The header of the entry names the dictionary already.
    compressor.include_dictid(false)?;
    Ok(compressor)
}

/// Inflates a body that was compressed with the dictionary of that number.
///
/// # Errors
/// When the bytes are not zstd, or name a dictionary that this version does not have.
pub fn inflate(compressed: &[u8], number: u8) -> io::Result<Vec<u8>> {
    let capacity = capacity(compressed)?;
    DECOMPRESSORS.with_borrow_mut(|all| {
        let held = all
            .get_mut(usize::from(number))
            .ok_or_else(|| io::Error::other("unknown compression dictionary"))?;
        match held {
            Some(decompressor) => decompressor.decompress(compressed, capacity),
            None => held
                .insert(decompressor(number)?)
                .decompress(compressed, capacity),
        }
    })
}

fn decompressor(number: u8) -> io::Result<Decompressor<'static>> {
    match place(number).and_then(|place| DECODERS.get(place)) {
        None => Decompressor::new(),
        Some(dictionary) => Decompressor::with_prepared_dictionary(dictionary),
    }
}

/// The place of a numbered dictionary in [`DICTIONARIES`].
fn place(number: u8) -> Option<usize> {
    usize::from(number).checked_sub(1)
}

/// The size that the frame announces: known, because we always compress whole bodies.
fn capacity(compressed: &[u8]) -> io::Result<usize> {
    let unknown = || io::Error::other("a compressed body without its size");
    let bytes = zstd::zstd_safe::get_frame_content_size(compressed).map_err(|_| unknown())?;
    let bytes = usize::try_from(bytes.ok_or_else(unknown)?).map_err(|_| unknown())?;
    if bytes > MAX_INFLATED {
        return Err(io::Error::other("a compressed body larger than any entry"));
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
    fn a_dictionary_is_small_and_stays_what_it_is() {
        for dictionary in DICTIONARIES {
            assert!(dictionary.len() < 40_000);
        }
        let first = crate::chain::hash(DICTIONARIES[0]);
        let digest: String = first.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            digest,
            "e3313efac1c66919a0e31956dd9eefe830f66cf8e077f1c73bce3a1b03a67214"
        );
    }

    #[test]
    fn what_was_compressed_without_a_dictionary_still_inflates() {
        let body = br#"{"resourceType":"DocumentReference"}"#;
        let plain = zstd::bulk::compress(body, 3).expect("compresses");
        assert_eq!(inflate(&plain, 0).expect("inflates"), body);
    }

    #[test]
    fn what_is_not_ours_is_an_error() {
        assert!(inflate(b"not zstd", 0).is_err());
        assert!(inflate(&deflate(b"x").expect("compresses"), 200).is_err());
    }
}
