//! What a file says of itself before anybody reads it.

use hayro_syntax::object::DateTime;

use crate::{Unread, encoding::Base, open, page::Writer};

/// Pages in which text is looked for.
const LOOKED_AT: usize = 20;
/// Letters of a title.
const LETTERS: usize = 300;

/// The cover of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cover {
    /// How many pages it has.
    pub pages: usize,
    /// A reader could select some of it with the mouse; of a long file its first pages are looked at.
    pub has_text: bool,
    /// Its title, on one line; may be empty.
    pub title: String,
    /// The day on which it says that it was made, `2026-03-12`.
    pub created: Option<String>,
}

/// Looks at the cover of a file.
///
/// # Errors
/// See [`Unread`].
pub fn cover(bytes: Vec<u8>) -> Result<Cover, Unread> {
    let pdf = open(bytes)?;
    let pages = pdf.pages();
    let has_text = pages.iter().take(LOOKED_AT).any(|page| {
        let mut writer = Writer::new(LETTERS);
        writer.page(page);
        !writer.into_text().is_empty()
    });
    let said = pdf.metadata();
    Ok(Cover {
        pages: pages.len(),
        has_text,
        title: said.title.as_deref().map(letters).unwrap_or_default(),
        created: said.creation_date.map(day),
    })
}

fn day(at: DateTime) -> String {
    format!("{:04}-{:02}-{:02}", at.year, at.month, at.day)
}

/// A text string (ISO 32000-1, §7.9.2.2) on one line, or its beginning.
fn letters(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        // Not in the standard, but in files.
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // PDFDocEncoding, but for a few signs that titles do without.
        _ => bytes
            .iter()
            .filter_map(|one| Base::Windows.letter(*one))
            .collect(),
    };
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect();
    let words = words.into_iter().filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    line.chars().take(LETTERS).collect()
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|two| unit([two[0], two[1]]));
    char::decode_utf16(units)
        .map(|one| one.unwrap_or('\u{FFFD}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::file;

    const INFO: &str = "<</Title(Bilan du \\351t\\351)/CreationDate(D:20260312091500+01'00')>>";

    /// That file, with what it says of itself in the place of its font.
    fn described(content: &str, info: &str) -> Vec<u8> {
        let bytes = file(content, info);
        let text = String::from_utf8(bytes).expect("text");
        text.replace("/Root 1 0 R", "/Root 1 0 R/Info 5 0 R")
            .into_bytes()
    }

    #[test]
    fn a_file_says_its_title_and_its_day() {
        let found = cover(described("", INFO)).expect("reads");
        assert_eq!(found.pages, 1);
        assert!(!found.has_text);
        assert_eq!(found.title, "Bilan du été");
        assert_eq!(found.created.as_deref(), Some("2026-03-12"));
    }

    #[test]
    fn text_is_seen() {
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";
        let found = cover(file("BT /F1 12 Tf (Bonjour) Tj ET", font)).expect("reads");
        assert!(found.has_text && found.title.is_empty() && found.created.is_none());
    }

    #[test]
    fn titles_are_read_as_they_are_written() {
        for (bytes, text) in [
            (&b"\xFE\xFF\0B\0i\0\n\0l"[..], "Bi l"),
            (b"\xFF\xFEB\0i\0", "Bi"),
            (b"\xEF\xBB\xBF\xC3\xA9t\xC3\xA9\n", "été"),
            (b"\xFE\xFF\xD8\x00", "\u{FFFD}"),
            (b"", ""),
        ] {
            assert_eq!(letters(bytes), text);
        }
        assert_eq!(letters(&[b'a'; 9_000]).len(), LETTERS);
    }

    #[test]
    fn damaged_files_end() {
        let whole = described("BT ET", INFO);
        for at in 0..whole.len() {
            let _ = cover(whole[..at].to_vec());
            let mut altered = whole.clone();
            altered[at] ^= 0x15;
            let _ = cover(altered);
        }
    }
}
