use std::{
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};

/// A word that was put into the application and must be found nowhere in clear.
///
/// It is sought raw, as UTF-16, in base64 at each of its three alignments, with
/// its accents composed and decomposed, and in what any zstd frame inflates to.
#[derive(Debug, Clone)]
pub struct Canary {
    word: String,
    forms: Vec<Vec<u8>>,
    dictionaries: Vec<&'static [u8]>,
}

impl Canary {
    /// A canary for a word of at least six characters.
    pub fn new(word: &str) -> Self {
        let utf16 = |order: fn(u16) -> [u8; 2]| word.encode_utf16().flat_map(order).collect();
        let mut forms: Vec<Vec<u8>> = vec![
            word.as_bytes().to_vec(),
            word.to_uppercase().into_bytes(),
            word.to_lowercase().into_bytes(),
            decomposed(word).into_bytes(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
        ];
        for skip in 0..3 {
            // At another alignment, the first and last characters mix with their neighbours.
            let padded = [vec![0; skip], word.as_bytes().to_vec()].concat();
            let text = STANDARD.encode(padded);
            let from = [0, 2, 3][skip];
            let to = text.trim_end_matches('=').len() - 1;
            forms.push(text.as_bytes()[from..to].to_vec());
        }
        forms.sort();
        forms.dedup();
        Self {
            word: word.to_owned(),
            forms,
            dictionaries: Vec::new(),
        }
    }

    /// Seeks also in what was compressed with one of these zstd dictionaries.
    #[must_use]
    pub fn with_dictionaries(mut self, dictionaries: &[&'static [u8]]) -> Self {
        self.dictionaries.extend(dictionaries);
        self
    }

    /// The word.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Whether some form of the word is in these bytes, or in a zstd frame among them.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        let mut frames = frames(bytes, &self.dictionaries);
        self.raw_in(bytes) || frames.any(|inflated| self.raw_in(&inflated))
    }

    /// The files below a folder that hold the word.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn files_with(&self, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                } else if self.is_in(&fs::read(entry.path())?) {
                    found.push(entry.path());
                }
            }
        }
        Ok(found)
    }

    fn raw_in(&self, bytes: &[u8]) -> bool {
        self.forms
            .iter()
            .any(|form| memchr::memmem::find(bytes, form).is_some())
    }
}

/// What every zstd frame in these bytes inflates to, without a dictionary and with each.
fn frames<'a>(
    bytes: &'a [u8],
    dictionaries: &'a [&'static [u8]],
) -> impl Iterator<Item = Vec<u8>> + 'a {
    const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
    let starts = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, window)| *window == MAGIC);
    starts.flat_map(move |(at, _)| {
        let all = std::iter::once(&[][..]).chain(dictionaries.iter().copied());
        all.filter_map(move |dictionary| frame(&bytes[at..], dictionary))
    })
}

/// The frame at the beginning of these bytes; others may follow it.
fn frame(bytes: &[u8], dictionary: &[u8]) -> Option<Vec<u8>> {
    let mut inflated = Vec::new();
    let decoder = zstd::stream::Decoder::with_dictionary(bytes, dictionary).ok()?;
    std::io::Read::read_to_end(&mut decoder.single_frame(), &mut inflated).ok()?;
    Some(inflated)
}

/// The letters with accents that French uses, taken apart (Unicode NFD).
fn decomposed(word: &str) -> String {
    let apart = |c: char| match c {
        'é' => "e\u{301}",
        'è' => "e\u{300}",
        'ê' => "e\u{302}",
        'ë' => "e\u{308}",
        'à' => "a\u{300}",
        'â' => "a\u{302}",
        'î' => "i\u{302}",
        'ï' => "i\u{308}",
        'ô' => "o\u{302}",
        'ù' => "u\u{300}",
        'û' => "u\u{302}",
        'ç' => "c\u{327}",
        'ÿ' => "y\u{308}",
        _ => "",
    };
    word.chars().fold(String::new(), |mut out, c| {
        match apart(c) {
            "" => out.push(c),
            pair => out.push_str(pair),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_found_and_nothing_else() {
        let canary = Canary::new("Héliotrope-47");
        let word = canary.word().to_owned();
        let within = |middle: &[u8]| [b"avant ".as_slice(), middle, b" apr\xc3\xa8s"].concat();
        assert!(canary.is_in(&within(word.as_bytes())));
        assert!(canary.is_in(&within(word.to_uppercase().as_bytes())));
        assert!(canary.is_in(&within(decomposed(&word).as_bytes())));
        let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(canary.is_in(&within(&utf16)));
        for before in ["", "x", "xy"] {
            let text = STANDARD.encode(format!("{before}{word} et la suite"));
            assert!(canary.is_in(&within(text.as_bytes())), "{before}");
        }
        let squeezed = zstd::bulk::compress(word.repeat(3).as_bytes(), 3).expect("compresses");
        assert!(canary.is_in(&within(&squeezed)));
        assert!(!canary.is_in(&within("Héliotrope-48".as_bytes())));
    }
}
