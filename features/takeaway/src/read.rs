//! Reads an archive that somebody brings: nothing in it is believed.
//!
//! Only files that are stored as they are are taken, so that none can be larger than what was sent;
//! names lead nowhere, and everything that the manifest lists must be there, to the byte.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use serde::Deserialize;
use serde_json::Value;
use zip::{CompressionMethod, ZipArchive};

use crate::bundle;
use crate::manifest::{FORMAT, Listed, MANIFEST, Manifest, SIGNATURE, Signature, digest_of};

/// Files of an archive, at the most.
const FILES: usize = 20_000;
/// Bytes of its manifest, at the most: two thousand documents take about one million.
const SAID: u64 = 16 << 20;
/// Bytes of its data, at the most: a year of measures every day takes about two hundred thousand.
const DATA: u64 = 64 << 20;
/// Characters of a name.
const NAME: usize = 200;

/// Why an archive is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is no ZIP, or a broken one.
    NoZip,
    /// It is no archive of Carnet.
    NotOurs,
    /// It is compressed, encrypted, or holds links: our archives are not.
    Repacked,
    /// A name leads out of it, or is there twice.
    Names,
    /// Sizes lie, or files overlap.
    Sizes,
    /// A file is missing, or is another one than the manifest says.
    Altered,
    /// It holds more than is taken.
    TooMany,
}

impl Unfit {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoZip => "bring-unfit-no-zip",
            Self::NotOurs => "bring-unfit-not-ours",
            Self::Repacked => "bring-unfit-repacked",
            Self::Names => "bring-unfit-names",
            Self::Sizes => "bring-unfit-sizes",
            Self::Altered => "bring-unfit-altered",
            Self::TooMany => "bring-unfit-too-many",
        }
    }
}

/// An archive that was found sound.
pub(crate) struct Sound {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// What it holds.
    pub manifest: Manifest,
    /// The key of who vouches for it, when somebody does.
    pub signed_by: Option<String>,
    /// Where each file is.
    places: BTreeMap<String, usize>,
}

impl Sound {
    /// Looks at everything but the documents themselves.
    ///
    /// # Errors
    /// See [`Unfit`].
    pub fn read(bytes: Vec<u8>, most: usize) -> Result<Self, Unfit> {
        let sent = bytes.len() as u64;
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::NoZip)?;
        if zip.len() > FILES {
            return Err(Unfit::TooMany);
        }
        let mut places = BTreeMap::new();
        let mut room = sent;
        for at in 0..zip.len() {
            let file = zip.by_index_raw(at).map_err(|_| Unfit::NoZip)?;
            let name = file.name().map_err(|_| Unfit::Names)?.into_owned();
            if file.compression() != CompressionMethod::Stored
                || file.encrypted()
                || file.is_symlink()
            {
                return Err(Unfit::Repacked);
            }
            // Stored: each byte of it was sent; and no byte serves two files.
            if file.size() != file.compressed_size() || file.size() > room {
                return Err(Unfit::Sizes);
            }
            room -= file.size();
            if !is_plain(&name) || places.insert(name, at).is_some() {
                return Err(Unfit::Names);
            }
        }
        let written = take(&mut zip, &places, MANIFEST, SAID)?.ok_or(Unfit::NotOurs)?;
        let manifest: Manifest = serde_json::from_slice(&written).map_err(|_| Unfit::NotOurs)?;
        if manifest.format != FORMAT {
            return Err(Unfit::NotOurs);
        }
        if manifest.documents.len() > most {
            return Err(Unfit::TooMany);
        }
        let signature = take(&mut zip, &places, SIGNATURE, SAID)?;
        let signature = signature.and_then(|text| serde_json::from_slice::<Signature>(&text).ok());
        let signature = signature.filter(|signature| signature.vouches_for(&written));
        Ok(Self {
            zip,
            manifest,
            signed_by: signature.map(|signature| signature.key),
            places,
        })
    }

    /// What was measured, and results of laboratories: an archive of before measures has none.
    ///
    /// # Errors
    /// See [`Unfit`].
    pub fn observations(&mut self) -> Result<Vec<Value>, Unfit> {
        let Some(bytes) = take(&mut self.zip, &self.places, bundle::FILE, DATA)? else {
            return Ok(vec![]);
        };
        let data: Data = serde_json::from_slice(&bytes).map_err(|_| Unfit::Altered)?;
        let all = data.entry.into_iter().map(|held| held.resource);
        Ok(all
            .filter(|resource| resource["resourceType"] == "Observation")
            .collect())
    }

    /// The bytes of a document.
    ///
    /// # Errors
    /// See [`Unfit`].
    pub fn document(&mut self, listed: &Listed) -> Result<Vec<u8>, Unfit> {
        let bytes = take(&mut self.zip, &self.places, &listed.file, listed.size)?;
        let bytes = bytes.ok_or(Unfit::Altered)?;
        match digest_of(&bytes) == listed.sha256 && bytes.len() as u64 == listed.size {
            true => Ok(bytes),
            false => Err(Unfit::Altered),
        }
    }
}

/// The archive's data.
#[derive(Deserialize)]
struct Data {
    #[serde(default)]
    entry: Vec<Held>,
}

#[derive(Deserialize)]
struct Held {
    resource: Value,
}

/// A file of at most so many bytes; `None` when there is none of that name.
fn take(
    zip: &mut ZipArchive<Cursor<Vec<u8>>>,
    places: &BTreeMap<String, usize>,
    name: &str,
    most: u64,
) -> Result<Option<Vec<u8>>, Unfit> {
    let Some(at) = places.get(name) else {
        return Ok(None);
    };
    let file = zip.by_index(*at).map_err(|_| Unfit::NoZip)?;
    if file.size() > most {
        return Err(Unfit::Sizes);
    }
    let mut bytes = vec![];
    // One more than is taken: what goes on is found out.
    let mut file = file.take(most.saturating_add(1));
    file.read_to_end(&mut bytes).map_err(|_| Unfit::Altered)?;
    match bytes.len() as u64 <= most {
        true => Ok(Some(bytes)),
        false => Err(Unfit::Sizes),
    }
}

/// A name that leads nowhere but into the archive.
fn is_plain(name: &str) -> bool {
    let part = |part: &str| !matches!(part, "" | "." | "..");
    let letter = |c: char| !c.is_control() && !matches!(c, '\\' | ':');
    name.chars().count() <= NAME && name.chars().all(letter) && name.split('/').all(part)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let listed = |name: &&str| Listed {
            file: (*name).to_owned(),
            sha256: digest_of(name.as_bytes()),
            size: name.len() as u64,
            title: "Ordonnance".to_owned(),
            date: jiff::Timestamp::UNIX_EPOCH,
            type_code: "57833-6".to_owned(),
            class: None,
            media_type: "text/plain".to_owned(),
            author: String::new(),
            organization: String::new(),
            by_holder: true,
            hidden: false,
            unique_id: "2.25.1".to_owned(),
        };
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            origin: "ici".to_owned(),
            made: jiff::Timestamp::UNIX_EPOCH,
            documents: names.iter().map(listed).collect(),
        };
        let manifest = serde_json::to_vec(&manifest).expect("JSON");
        let files = names.iter().map(|name| (*name, name.as_bytes()));
        for (name, bytes) in files.chain([(MANIFEST, manifest.as_slice())]) {
            zip.start_file(name, stored).expect("a file");
            zip.write_all(bytes).expect("written");
        }
        zip.finish().expect("an archive").into_inner()
    }

    #[test]
    fn a_spoilt_archive_gives_what_was_listed_or_nothing() {
        let good = [archive(&["IHE_XDM/A.TXT"]), archive(&["A", "B/C", "D"])];
        assert_eq!(
            Sound::read(good[1].clone(), 9).map(|sound| sound.manifest.documents.len()),
            Ok(3)
        );
        testing::spoil("archive", 20_000, &good, |bytes| {
            let Ok(mut sound) = Sound::read(bytes.to_vec(), 9) else {
                return;
            };
            for listed in sound.manifest.documents.clone() {
                if let Ok(bytes) = sound.document(&listed) {
                    assert_eq!(digest_of(&bytes), listed.sha256);
                }
            }
        });
    }
}
