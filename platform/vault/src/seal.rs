//! A record's key and what is derived from it.

use ambient::{Id, Random, Secret};
use aws_lc_rs::{hkdf, hmac};

use crate::{
    cipher::{Cipher, Suite, Unsealable},
    codec,
    record::{Header, Kind, RecordId, Volume},
};

/// An entry ready to be stored: compressed, sealed and hashed.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    pub header: Header,
    /// `nonce ‖ ciphertext ‖ tag`
    pub bytes: Vec<u8>,
}

/// What a sealed entry held.
#[derive(Debug)]
pub(crate) struct Unsealed {
    /// Which thing this is a version of.
    pub id: Id,
    /// 1 for the first version.
    pub version: u32,
    /// The body, still compressed with the header's dictionary.
    pub compressed: Vec<u8>,
}

/// The keys of one record, derived from its 256-bit master key.
pub(crate) struct RecordKeys {
    pub record: RecordId,
    pub generation: u16,
    seal: Cipher,
    blind: hmac::Key,
    head: hmac::Key,
}

impl std::fmt::Debug for RecordKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecordKeys")
    }
}

impl RecordKeys {
    pub fn derive(
        suite: Suite,
        record: RecordId,
        generation: u16,
        master: &Secret<[u8; 32]>,
    ) -> Self {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"carnet record 1").extract(master.expose());
        let key = |purpose: &[u8]| {
            let mut bytes = [0; 32];
            prk.expand(&[purpose, &record.0.0], hkdf::HKDF_SHA256)
                .and_then(|okm| okm.fill(&mut bytes))
                .expect("32 bytes are one HKDF block");
            Secret::new(bytes)
        };
        Self {
            record,
            generation,
            seal: Cipher::new(suite, key(b"seal").expose()),
            blind: hmac::Key::new(hmac::HMAC_SHA256, key(b"blind").expose()),
            head: hmac::Key::new(hmac::HMAC_SHA256, key(b"head").expose()),
        }
    }

    /// Compresses and seals one version of one thing.
    pub fn seal(
        &self,
        random: &dyn Random,
        kind: Kind,
        id: Id,
        version: u32,
        body: &[u8],
    ) -> Sealed {
        let header = Header {
            format: Header::FORMAT,
            kind,
            dictionary: codec::CURRENT,
            generation: self.generation,
        };
        let compressed = codec::deflate(body).expect("compressing in memory does not fail");
        let bytes = self.seal_compressed(random, &header, id, version, &compressed);
        Sealed { header, bytes }
    }

    fn seal_compressed(
        &self,
        random: &dyn Random,
        header: &Header,
        id: Id,
        version: u32,
        compressed: &[u8],
    ) -> Vec<u8> {
        let parts = [&id.0[..], &version.to_be_bytes(), compressed];
        self.seal.seal(random, &self.bound(header), &parts)
    }

    pub fn unseal(&self, header: &Header, sealed: &[u8]) -> Result<Unsealed, Unsealable> {
        if header.format != Header::FORMAT || header.generation != self.generation {
            return Err(Unsealable);
        }
        let plain = self.seal.open(&self.bound(header), sealed)?;
        let (id, after) = plain.split_first_chunk::<16>().ok_or(Unsealable)?;
        let (version, compressed) = after.split_first_chunk::<4>().ok_or(Unsealable)?;
        Ok(Unsealed {
            id: Id(*id),
            version: u32::from_be_bytes(*version),
            compressed: compressed.to_vec(),
        })
    }

    /// Seals bytes that are no entry, bound to this record and to what they are.
    pub fn seal_as(&self, random: &dyn Random, what: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        let bound = [&self.record.0.0[..], what].concat();
        self.seal.seal(random, &bound, parts)
    }

    /// Opens what [`RecordKeys::seal_as`] made.
    pub fn open_as(&self, what: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let bound = [&self.record.0.0[..], what].concat();
        self.seal.open(&bound, sealed)
    }

    /// The name under which the database knows a thing without knowing its id.
    pub fn blind(&self, volume: Volume, id: Id) -> [u8; 16] {
        let tag = hmac::sign(&self.blind, &[&[volume.number()], &id.0[..]].concat());
        tag.as_ref()[..16]
            .try_into()
            .expect("HMAC-SHA256 is 32 bytes")
    }

    /// The key that makes this record's heads unforgeable.
    pub fn head(&self) -> &hmac::Key {
        &self.head
    }

    /// What the seal is bound to: these bytes cannot be moved to another record or relabelled.
    fn bound(&self, header: &Header) -> [u8; 16 + Header::LEN] {
        let mut bytes = [0; 16 + Header::LEN];
        bytes[..16].copy_from_slice(&self.record.0.0);
        bytes[16..].copy_from_slice(&header.encode());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;

    use super::*;

    fn keys(record: u8) -> RecordKeys {
        RecordKeys::derive(
            Suite::Aes256Gcm,
            RecordId(Id([record; 16])),
            1,
            &Secret::new([7; 32]),
        )
    }

    #[test]
    fn an_entry_opens_only_where_it_belongs() {
        let random = SeededRandom::new(1);
        let sealed = keys(1).seal(&random, Kind(3), Id([5; 16]), 2, b"body");
        let open = keys(1)
            .unseal(&sealed.header, &sealed.bytes)
            .expect("opens");
        assert_eq!((open.id, open.version), (Id([5; 16]), 2));
        assert_eq!(
            codec::inflate(&open.compressed, sealed.header.dictionary).expect("inflates"),
            b"body"
        );

        assert!(
            keys(2).unseal(&sealed.header, &sealed.bytes).is_err(),
            "another record"
        );
        let relabelled = Header {
            kind: Kind(4),
            ..sealed.header
        };
        assert!(
            keys(1).unseal(&relabelled, &sealed.bytes).is_err(),
            "another kind"
        );
        let future = Header {
            format: 3,
            ..sealed.header
        };
        assert!(
            keys(1).unseal(&future, &sealed.bytes).is_err(),
            "an unknown format"
        );
        for bit in 0..sealed.bytes.len() * 8 {
            let mut flipped = sealed.bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(
                keys(1).unseal(&sealed.header, &flipped).is_err(),
                "bit {bit}"
            );
        }
        assert!(keys(1).unseal(&sealed.header, b"").is_err(), "cut");
    }

    const GOLDEN: &str = r#"{"v":1,"resource":{"resourceType":"DocumentReference","id":"1"}}"#;

    /// What an older version wrote opens for ever: a file for each layout and dictionary,
    /// header before sealed bytes. None is ever changed or removed.
    #[test]
    fn golden_entries_open() {
        let golden: [(u8, &[u8]); 2] = [
            (0, include_bytes!("../golden/format-2-dictionary-0")),
            (1, include_bytes!("../golden/format-2-dictionary-1")),
        ];
        assert_eq!(
            golden.last().map(|(dictionary, _)| *dictionary),
            Some(codec::CURRENT)
        );
        for (dictionary, bytes) in golden {
            let (header, sealed) = bytes.split_at(Header::LEN);
            let header = Header::decode(header).expect("a header");
            assert_eq!((header.format, header.dictionary), (2, dictionary));
            let open = keys(1).unseal(&header, sealed).expect("opens");
            assert_eq!((open.id, open.version), (Id([5; 16]), 2));
            let body = codec::inflate(&open.compressed, dictionary).expect("inflates");
            assert_eq!(body, GOLDEN.as_bytes());
        }
    }

    /// Run once when a layout or a dictionary is added; never writes over a file.
    #[test]
    #[ignore = "writes golden files"]
    fn write_golden_entries() {
        let random = SeededRandom::new(1);
        let plain = zstd::bulk::compress(GOLDEN.as_bytes(), 3).expect("compresses");
        let current = codec::deflate(GOLDEN.as_bytes()).expect("compresses");
        for (dictionary, compressed) in [(0, plain), (codec::CURRENT, current)] {
            let header = Header {
                format: Header::FORMAT,
                kind: Kind(2),
                dictionary,
                generation: 1,
            };
            let sealed = keys(1).seal_compressed(&random, &header, Id([5; 16]), 2, &compressed);
            let name = format!(
                "{}/golden/format-{}-dictionary-{dictionary}",
                env!("CARGO_MANIFEST_DIR"),
                Header::FORMAT
            );
            if std::fs::metadata(&name).map_or(0, |file| file.len()) == 0 {
                std::fs::write(&name, [&header.encode()[..], &sealed].concat()).expect("written");
            }
        }
    }

    #[test]
    fn the_blind_name_depends_on_record_and_volume() {
        let id = Id([5; 16]);
        let name = keys(1).blind(Volume::Clinical, id);
        assert_eq!(name, keys(1).blind(Volume::Clinical, id));
        assert_ne!(name, keys(1).blind(Volume::Policy, id));
        assert_ne!(name, keys(2).blind(Volume::Clinical, id));
    }
}
