//! A Key Object Selection as we use it: one study, its series, where they are.

use jiff::civil::Date;

use crate::{
    element::{self, Set, Tag, Unread, file, text},
    modality,
};

/// The class of Key Object Selections (PS3.4 B.5); in documents, their format (TRE_A11).
pub const KOS: &str = "1.2.840.10008.5.1.4.1.1.88.59";

const CLASS: Tag = (0x0008, 0x0016);
const CHARACTERS: Tag = (0x0008, 0x0005);
const STUDY_DATE: Tag = (0x0008, 0x0020);
const CONTENT_DATE: Tag = (0x0008, 0x0023);
const ACCESSION: Tag = (0x0008, 0x0050);
const MODALITIES: Tag = (0x0008, 0x0061);
const MODALITY: Tag = (0x0008, 0x0060);
const INSTITUTION: Tag = (0x0008, 0x0080);
const MEANING: Tag = (0x0008, 0x0104);
const STUDY_TEXT: Tag = (0x0008, 0x1030);
const SERIES_TEXT: Tag = (0x0008, 0x103E);
const SERIES: Tag = (0x0008, 0x1115);
const OBJECT_CLASS: Tag = (0x0008, 0x1150);
const RETRIEVE_URL: Tag = (0x0008, 0x1190);
const OBJECTS: Tag = (0x0008, 0x1199);
const REGION: Tag = (0x0008, 0x2218);
const BODY_PART: Tag = (0x0018, 0x0015);
const STUDY: Tag = (0x0020, 0x000D);
const SERIES_UID: Tag = (0x0020, 0x000E);
const EVIDENCE: Tag = (0x0040, 0xA375);

/// Longest text that is kept, in characters.
const LONGEST: usize = 200;
/// Longest identifier (PS3.5 §9).
const UID: usize = 64;

/// A study, as a selection names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kos {
    /// Study Instance UID: digits and dots.
    pub study: String,
    /// When it was made, when it says so.
    pub date: Option<Date>,
    /// What it is called where it was made; may be empty.
    pub title: String,
    /// Where it was made; may be empty.
    pub institution: String,
    /// Its number there; may be empty.
    pub accession: String,
    /// Codes of how it was made, each once: `CT`, `MR`…
    pub modalities: Vec<String>,
    /// Of which parts of the body, as it says so.
    pub regions: Vec<String>,
    /// Its series.
    pub series: Vec<Series>,
    /// Where images can be asked for (DICOMweb); may be empty.
    pub retrieve: String,
}

/// A series of a study.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// Series Instance UID.
    pub uid: String,
    /// How it was made; empty when nothing says so.
    pub modality: String,
    /// What it is called; may be empty.
    pub title: String,
    /// Images.
    pub images: usize,
}

/// Reads a Key Object Selection. Where it names several studies, the first that has images.
///
/// # Errors
/// See [`Unread`].
pub fn read(bytes: &[u8]) -> Result<Kos, Unread> {
    let (kind, set) = file(bytes)?;
    let own = text(set.bytes(CLASS));
    if own != KOS && (!own.is_empty() || kind != KOS) {
        return Err(Unread::OtherKind);
    }
    let utf8 = text(set.bytes(CHARACTERS)).contains("192");
    let words = |set: &Set<'_>, tag: Tag| words(set.bytes(tag), utf8);
    let evidence = set.items(EVIDENCE);
    let with_images = |study: &&Set<'_>| !study.items(SERIES).is_empty();
    let chosen = evidence.iter().find(with_images).or(evidence.first());
    let mut kos = Kos {
        study: chosen
            .map(|study| uid(study.bytes(STUDY)))
            .filter(|study| !study.is_empty())
            .unwrap_or_else(|| uid(set.bytes(STUDY))),
        date: date(set.bytes(STUDY_DATE)).or_else(|| date(set.bytes(CONTENT_DATE))),
        title: words(&set, STUDY_TEXT),
        institution: words(&set, INSTITUTION),
        accession: words(&set, ACCESSION),
        ..Kos::default()
    };
    if kos.study.is_empty() {
        return Err(Unread::Malformed);
    }
    for code in words(&set, MODALITIES).split('\\') {
        modality_of(&mut kos.modalities, code);
    }
    region_of(&mut kos.regions, &set, &words);
    for series in chosen.map_or(&[][..], |study| study.items(SERIES)) {
        let objects = series.items(OBJECTS);
        let mut classes = objects.iter().map(|one| text(one.bytes(OBJECT_CLASS)));
        let known = classes.find_map(|class| modality::of_class(&class));
        let mut modality = words(series, MODALITY);
        if modality.is_empty() {
            known.unwrap_or_default().clone_into(&mut modality);
        }
        modality_of(&mut kos.modalities, &modality);
        region_of(&mut kos.regions, series, &words);
        if kos.retrieve.is_empty() {
            kos.retrieve = address(series.bytes(RETRIEVE_URL));
        }
        kos.series.push(Series {
            uid: uid(series.bytes(SERIES_UID)),
            modality,
            title: words(series, SERIES_TEXT),
            images: objects.len(),
        });
    }
    Ok(kos)
}

/// Adds a modality, unless it is there; the selection itself is none.
fn modality_of(all: &mut Vec<String>, code: &str) {
    let code = code.trim();
    let sound = (2..=16).contains(&code.len())
        && code
            .chars()
            .all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_');
    if sound && code != "KO" && all.iter().all(|known| known != code) {
        all.push(code.to_owned());
    }
}

fn region_of(
    all: &mut Vec<String>,
    set: &Set<'_>,
    words: &impl Fn(&Set<'_>, element::Tag) -> String,
) {
    let coded = set
        .items(REGION)
        .iter()
        .map(|region| words(region, MEANING));
    for region in coded.chain([words(set, BODY_PART)]) {
        if !region.is_empty() && !all.contains(&region) {
            all.push(region);
        }
    }
}

/// Text of one line, in Latin-1 unless the file says that it is UTF-8.
fn words(bytes: &[u8], utf8: bool) -> String {
    let text = match utf8 || bytes.is_ascii() {
        true => String::from_utf8_lossy(bytes).into_owned(),
        false => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    let line = text.replace(|c: char| c.is_control(), " ");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(LONGEST).collect()
}

/// An identifier; empty when it is none.
fn uid(bytes: &[u8]) -> String {
    let text = text(bytes);
    let sound = text.len() <= UID
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if sound { text } else { String::new() }
}

/// An address; empty when it is none of the web.
fn address(bytes: &[u8]) -> String {
    let text = text(bytes);
    let sound = text.len() <= 2_000
        && text.starts_with("https://")
        && text.bytes().all(|byte| byte.is_ascii_graphic());
    if sound { text } else { String::new() }
}

fn date(bytes: &[u8]) -> Option<Date> {
    Date::strptime("%Y%m%d", text(bytes)).ok()
}

impl Kos {
    /// The host that [`Kos::retrieve`] is at, in lower case; empty when there is none.
    pub fn host(&self) -> String {
        let rest = self.retrieve.strip_prefix("https://").unwrap_or_default();
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let authority = &rest[..end];
        // A name before an « @ » is there to deceive.
        match authority.contains('@') {
            true => String::new(),
            false => authority.to_ascii_lowercase(),
        }
    }

    /// Images in all its series.
    pub fn images(&self) -> usize {
        self.series.iter().map(|series| series.images).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::write::{Encoding, file as write};

    fn sample() -> Kos {
        Kos {
            study: "1.2.250.1.999.7".to_owned(),
            date: Some(jiff::civil::date(2026, 10, 2)),
            title: "Scanner thoracique sans injection, poumon gauche été".to_owned(),
            institution: "CH du Port".to_owned(),
            accession: "A-2026-77".to_owned(),
            modalities: vec!["CT".to_owned(), "SR".to_owned()],
            regions: vec!["Thorax".to_owned()],
            series: vec![
                Series {
                    uid: "1.2.250.1.999.7.1".to_owned(),
                    modality: "CT".to_owned(),
                    title: "Axial".to_owned(),
                    images: 3,
                },
                Series {
                    uid: "1.2.250.1.999.7.2".to_owned(),
                    modality: "SR".to_owned(),
                    title: String::new(),
                    images: 1,
                },
            ],
            retrieve: "https://PACS.exemple.fr/dicom-web/studies/1.2.250.1.999.7".to_owned(),
        }
    }

    const ALL: [Encoding; 3] = [
        Encoding::Explicit,
        Encoding::Implicit,
        Encoding::ExplicitUndefined,
    ];

    #[test]
    fn what_is_written_is_read_in_each_encoding() {
        for encoding in ALL {
            let bytes = write(&sample(), encoding);
            assert_eq!(read(&bytes), Ok(sample()), "{encoding:?}");
        }
        assert_eq!(sample().host(), "pacs.exemple.fr");
        assert_eq!(sample().images(), 4);
    }

    #[test]
    fn how_images_were_made_is_known_by_their_class_when_nothing_says_it() {
        let mut kos = sample();
        kos.modalities = vec!["MR".to_owned()];
        kos.series.truncate(1);
        kos.series[0].modality = "MR".to_owned();
        // The writer gives images the class of their modality; without the code, it is that.
        let mut without = write(&kos, Encoding::Explicit);
        let at = without
            .windows(10)
            .rposition(|part| part == b"\x08\0\x60\0CS\x02\0MR")
            .expect("the modality of the series");
        without[at + 2] = 0x5F;
        let read = read(&without).expect("reads");
        assert_eq!(read.series[0].modality, "MR");
    }

    #[test]
    fn what_is_none_says_why() {
        let bytes = write(&sample(), Encoding::Explicit);
        assert_eq!(read(b"%PDF-1.4"), Err(Unread::NotDicom));
        assert_eq!(read(&bytes[..131]), Err(Unread::NotDicom));
        let mut program = bytes.clone();
        program[..2].copy_from_slice(b"MZ");
        assert_eq!(read(&program), Err(Unread::Preamble));
        let replaced = |from: &str, to: &str| {
            let mut changed = bytes.clone();
            let places: Vec<usize> = (0..bytes.len() - from.len())
                .filter(|at| bytes[*at..].starts_with(from.as_bytes()))
                .collect();
            for at in places {
                changed[at..at + to.len()].copy_from_slice(to.as_bytes());
            }
            read(&changed)
        };
        assert_eq!(
            replaced("5.1.4.1.1.88.59", "5.1.4.1.1.88.11"),
            Err(Unread::OtherKind)
        );
        assert_eq!(
            replaced("10008.1.2.1\0", "10008.1.2.2\0"),
            Err(Unread::Encoding)
        );
    }

    #[test]
    fn an_address_or_a_name_made_to_deceive_is_none() {
        let host = |retrieve: &str| {
            Kos {
                retrieve: retrieve.to_owned(),
                ..sample()
            }
            .host()
        };
        assert_eq!(host("https://bon.fr@mal.fr/"), "");
        assert_eq!(host("https://bon.fr:8443?x"), "bon.fr:8443");
        assert_eq!(host("javascript:alert(1)"), "");
        let mut kos = sample();
        kos.retrieve = "javascript:alert(1)".to_owned();
        let bytes = write(&kos, Encoding::Explicit);
        assert_eq!(read(&bytes).expect("reads").retrieve, "");
        kos.study = "1.2/../3".to_owned();
        let bytes = write(&kos, Encoding::Explicit);
        assert_eq!(read(&bytes), Err(Unread::Malformed));
    }

    #[test]
    fn one_cut_or_altered_anywhere_ends() {
        for encoding in ALL {
            let whole = write(&sample(), encoding);
            for at in 0..whole.len() {
                let _ = read(&whole[..at]);
                for flip in [0x01, 0x80, 0xFF] {
                    let mut altered = whole.clone();
                    altered[at] ^= flip;
                    let _ = read(&altered);
                }
            }
        }
    }

    #[test]
    fn a_sequence_whose_type_its_writer_did_not_know_is_passed_over() {
        let mut bytes = write(&sample(), Encoding::Explicit);
        let item = b"\x09\0\x01\x10\x02\0\0\0ab";
        bytes.extend(b"\x41\0\x01\x10UN\0\0\xFF\xFF\xFF\xFF\xFE\xFF\0\xE0\x0A\0\0\0");
        bytes.extend(item);
        bytes.extend(b"\xFE\xFF\xDD\xE0\0\0\0\0");
        assert_eq!(read(&bytes), Ok(sample()));
    }

    #[test]
    fn depth_is_bounded() {
        let mut bytes = write(&sample(), Encoding::ExplicitUndefined);
        for _ in 0..10_000 {
            bytes.extend(b"\x40\0\x75\xA3SQ\0\0\xFF\xFF\xFF\xFF\xFE\xFF\0\xE0\xFF\xFF\xFF\xFF");
        }
        assert_eq!(read(&bytes), Err(Unread::TooMuch));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(tail in prop::collection::vec(any::<u8>(), 0..400), encoding in 0..3_usize) {
            let mut bytes = write(&sample(), ALL[encoding]);
            bytes.truncate(400);
            bytes.extend(tail);
            let _ = read(&bytes);
        }

        #[test]
        fn whatever_it_says_is_one_line_of_sound_text(title in "\\PC{0,40}", region in "[A-Z ]{1,16}") {
            let mut kos = sample();
            kos.title = title;
            kos.regions = vec![region];
            let read = read(&write(&kos, Encoding::Implicit)).expect("reads");
            prop_assert!(!read.title.chars().any(char::is_control));
        }
    }
}
