//! The text of PDF files (ISO 32000-1, chapter 9), for search: what a reader could select with
//! the mouse, and the photographs of pages that have none. Nothing is painted, nothing runs.
//!
//! [`write`] makes papers of ours.
//!
//! A file of this kind is a program in disguise. Bad input gives an error; but one made to hold
//! up who reads it can take long or much memory before it does, so that whoever reads files of
//! strangers does it in a process of its own, within limits.

mod cover;
mod encoding;
mod font;
mod jpeg;
mod page;
mod photos;
mod place;
pub mod write;

pub use cover::{Cover, cover};
use hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf, object::Stream};
pub use photos::{NoPage, of_photos};

/// Images of a page that are looked at.
const OF_A_PAGE: usize = 50;

/// What is read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How many pages it has.
    pub pages: usize,
    /// Its text, pages one under the other; empty when it is all images.
    pub text: String,
    /// The text goes on.
    pub cut: bool,
}

/// Why a file gives no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It opens with a password only.
    Protected,
    /// It is no PDF, or too damaged.
    Malformed,
}

/// Reads the text of a file, at most about so many bytes of it.
///
/// # Errors
/// See [`Unread`].
pub fn read(bytes: Vec<u8>, most: usize) -> Result<Reading, Unread> {
    let pdf = open(bytes)?;
    let mut writer = page::Writer::new(most);
    let pages = pdf.pages();
    for page in pages.iter() {
        if writer.is_full() {
            break;
        }
        writer.page(page);
    }
    let cut = writer.is_full();
    Ok(Reading {
        pages: pages.len(),
        text: writer.into_text(),
        cut,
    })
}

fn open(bytes: Vec<u8>) -> Result<Pdf, Unread> {
    Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unread::Protected,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Unread::Malformed,
    })
}

/// The JPEG files that are drawn on the first pages of a scan, in their order, of at least so many
/// bytes. What a scanner wrote in another way (fax, JBIG2) is not among them.
///
/// # Errors
/// See [`Unread`].
pub fn photographs(bytes: Vec<u8>, pages: usize, least: usize) -> Result<Vec<Vec<u8>>, Unread> {
    let pdf = open(bytes)?;
    let mut found = Vec::new();
    for page in pdf.pages().iter().take(pages) {
        let drawn = &page.resources().x_objects;
        for name in drawn.keys().take(OF_A_PAGE) {
            let Some(stream) = drawn.get::<Stream<'_>>(name.as_ref()) else {
                continue;
            };
            if let [Filter::DctDecode] = stream.filters()[..] {
                let image = stream.raw_data();
                if image.len() >= least {
                    found.push(image.into_owned());
                }
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one page that draws this.
    pub(crate) fn file(content: &str, font: &str) -> Vec<u8> {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
             /Resources<</Font<</F1 5 0 R>>>>>>"
                .to_owned(),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
            font.to_owned(),
        ];
        let mut file = b"%PDF-1.4\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(objects) {
            places.push(file.len());
            file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
        }
        let start = file.len();
        file.extend(b"xref\n0 6\n0000000000 65535 f \n");
        for place in places {
            file.extend(format!("{place:010} 00000 n \n").bytes());
        }
        file.extend(format!("trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes());
        file
    }

    const HELVETICA: &str =
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

    fn text(content: &str) -> String {
        read(file(content, HELVETICA), 10_000).expect("reads").text
    }

    #[test]
    fn lines_and_words_stand_apart() {
        let content = "BT /F1 12 Tf 50 700 Td (Glyc\\351mie) Tj 100 0 Td (1,12 g/L) Tj \
             0 -20 Td [(HbA)-20(1c)-900(6,5)] TJ T* (fin) ' ET";
        assert_eq!(text(content), "Glycémie 1,12 g/L\nHbA1c 6,5\nfin");
    }

    #[test]
    fn a_font_that_names_its_letters_is_read() {
        let font = "<</Type/Font/Subtype/Type1/Encoding<</Differences[1/eacute/uni0153/A/fi]>>>>";
        let content = "BT /F1 10 Tf (\\001\\002\\003\\004x) Tj ET";
        let read = read(file(content, font), 100).expect("reads");
        assert_eq!((read.text.as_str(), read.pages), ("e\u{301}œAfix", 1));
    }

    #[test]
    fn photographs_come_out_as_they_are() {
        let content = "BT ET";
        let font = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray\
             /BitsPerComponent 8/Filter/DCTDecode/Length 9>>stream\n\u{7f}a photo!\nendstream";
        // What stands for a font in this file is an image, under the name of one.
        let file = String::from_utf8(file(content, font)).expect("text");
        let file = file.replace("/Font<</F1", "/XObject<</F1").into_bytes();
        let found = |least| photographs(file.clone(), 3, least).expect("reads");
        assert_eq!(found(9), [b"\x7fa photo!".to_vec()]);
        assert_eq!(found(10), Vec::<Vec<u8>>::new());
        assert_eq!(photographs(vec![1], 3, 0), Err(Unread::Malformed));
    }

    #[test]
    fn it_stops_where_it_is_told() {
        let content = format!("BT /F1 10 Tf {} ET", "(mot ) Tj ".repeat(500));
        let read = read(file(&content, HELVETICA), 100).expect("reads");
        assert!(read.cut && read.text.len() < 130, "{}", read.text.len());
    }

    #[test]
    fn what_is_no_pdf_is_said_to_be_none() {
        for bytes in [&b""[..], b"%PDF-1.7", b"hello", &[0; 500]] {
            assert_eq!(read(bytes.to_vec(), 100), Err(Unread::Malformed));
        }
    }

    #[test]
    fn damaged_files_end() {
        let whole = file("BT /F1 12 Tf (Bonjour) Tj ET", HELVETICA);
        for at in 0..whole.len() {
            let _ = read(whole[..at].to_vec(), 100);
            let mut altered = whole.clone();
            altered[at] ^= 0x15;
            let _ = read(altered, 100);
        }
    }
}
