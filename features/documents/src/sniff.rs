//! What a file is, from its bytes: never from its name, nor from what the browser says.

use access::{NotKept, Refused};

/// A kind of file that a record takes (product §3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// JPEG image.
    Jpeg,
    /// PNG image.
    Png,
    /// TIFF image.
    Tiff,
    /// Rich text.
    Rtf,
    /// Plain text, in UTF-8 or Windows-1252.
    Text,
    /// CDA R2 document.
    Cda,
    /// DICOM Key Object Selection: where the images of a study are.
    Kos,
}

/// Why a file is refused; each has a sentence that says how to mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// No byte.
    Empty,
    /// Over the limit.
    TooLarge,
    /// Web page, drawing or script: it could act when opened.
    Active,
    /// Program.
    Program,
    /// Archive.
    Archive,
    /// Word processor, spreadsheet, slides.
    Office,
    /// An image of a kind that not every browser shows (HEIC, GIF, WebP…).
    Image,
    /// A PDF that a password protects.
    Locked,
    /// Marked up as a CDA document, which cannot be read.
    Cda,
    /// DICOM, but no pointer that can be read: images stay where they were made.
    Dicom,
    /// Nothing that we know.
    Unknown,
    /// The antivirus of the installation finds it harmful.
    Infected,
    /// The antivirus does not answer.
    Unexamined,
    /// Many were added already on that day.
    TooMany,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Pdf,
        Self::Jpeg,
        Self::Png,
        Self::Tiff,
        Self::Rtf,
        Self::Text,
        Self::Cda,
        Self::Kos,
    ];

    /// What a file input says that it takes.
    pub const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.rtf,.txt,.xml";

    /// The media type to store and to serve.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::Rtf => "text/rtf",
            Self::Text => "text/plain",
            Self::Cda => "text/xml",
            Self::Kos => "application/dicom",
        }
    }

    /// The kind of a stored media type; parameters and the older names are understood.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        Some(match essence.to_ascii_lowercase().as_str() {
            "application/rtf" => Self::Rtf,
            "application/xml" | "application/hl7-cda+xml" => Self::Cda,
            essence => *Self::ALL.iter().find(|kind| kind.media_type() == essence)?,
        })
    }

    /// The ending of a file name, without its dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Tiff => "tiff",
            Self::Rtf => "rtf",
            Self::Text => "txt",
            Self::Cda => "xml",
            Self::Kos => "dcm",
        }
    }
}

impl Unfit {
    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::Empty,
        Self::TooLarge,
        Self::Active,
        Self::Program,
        Self::Archive,
        Self::Office,
        Self::Image,
        Self::Locked,
        Self::Cda,
        Self::Dicom,
        Self::Unknown,
        Self::Infected,
        Self::Unexamined,
        Self::TooMany,
    ];

    /// Why the store did not keep a file.
    ///
    /// # Errors
    /// When it is not for what the file is.
    pub fn of(not: NotKept) -> Result<Self, Refused> {
        match not {
            NotKept::Infected => Ok(Self::Infected),
            NotKept::Unexamined(error) => {
                tracing::error!(
                    error = format!("{error:#}"),
                    "the antivirus does not answer"
                );
                Ok(Self::Unexamined)
            }
            NotKept::Failed(_) => Err(not.into()),
        }
    }

    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "documents-unfit-empty",
            Self::TooLarge => "documents-unfit-too-large",
            Self::Active => "documents-unfit-active",
            Self::Program => "documents-unfit-program",
            Self::Archive => "documents-unfit-archive",
            Self::Office => "documents-unfit-office",
            Self::Image => "documents-unfit-image",
            Self::Locked => "documents-unfit-locked",
            Self::Cda => "documents-unfit-cda",
            Self::Dicom => "documents-unfit-dicom",
            Self::Unknown => "documents-unfit-unknown",
            Self::Infected => "documents-unfit-infected",
            Self::Unexamined => "documents-unfit-unexamined",
            Self::TooMany => "documents-unfit-too-many",
        }
    }
}

/// The kind of a file of at most `limit` bytes.
///
/// # Errors
/// [`Unfit`] for whatever a record does not take.
pub fn sniff(bytes: &[u8], limit: usize) -> Result<FileKind, Unfit> {
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    if bytes.len() > limit {
        return Err(Unfit::TooLarge);
    }
    // Some printers' software begins a PDF with an empty line, some editors with a mark.
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = start.trim_ascii_start();
    match TAKEN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, kind)) => Ok(*kind),
        None if start.starts_with(b"%PDF-") => pdf(bytes),
        None => match refused(bytes) {
            Some(unfit) => Err(unfit),
            None if dicom::looks_like_dicom(bytes) => match dicom::read(bytes) {
                Ok(_) => Ok(FileKind::Kos),
                Err(_) => Err(Unfit::Dicom),
            },
            None if start.starts_with(b"<") && cda::looks_like_cda(bytes) => Ok(FileKind::Cda),
            None => text(bytes, start),
        },
    }
}

/// A PDF that nothing locks: what only its sender could open is of no use in a record.
fn pdf(bytes: &[u8]) -> Result<FileKind, Unfit> {
    match pdf_is_encrypted(bytes) {
        true => Err(Unfit::Locked),
        false => Ok(FileKind::Pdf),
    }
}

const TAKEN: [(&[u8], FileKind); 5] = [
    (b"\xFF\xD8\xFF", FileKind::Jpeg),
    (b"\x89PNG\r\n\x1A\n", FileKind::Png),
    (b"II*\0", FileKind::Tiff),
    (b"MM\0*", FileKind::Tiff),
    (b"{\\rtf", FileKind::Rtf),
];

const REFUSED: [(&[u8], Unfit); 18] = [
    (b"MZ", Unfit::Program),
    (b"\x7FELF", Unfit::Program),
    (b"\xCA\xFE\xBA\xBE", Unfit::Program),
    (b"\xCF\xFA\xED\xFE", Unfit::Program),
    (b"\xFE\xED\xFA\xCF", Unfit::Program),
    (b"dex\n", Unfit::Program),
    (b"\0asm", Unfit::Program),
    (b"#!", Unfit::Program),
    (b"7z\xBC\xAF\x27\x1C", Unfit::Archive),
    (b"Rar!", Unfit::Archive),
    (b"\x1F\x8B", Unfit::Archive),
    (b"BZh", Unfit::Archive),
    (b"\xFD7zXZ", Unfit::Archive),
    (b"\x28\xB5\x2F\xFD", Unfit::Archive),
    (b"\xD0\xCF\x11\xE0", Unfit::Office),
    (b"GIF8", Unfit::Image),
    (b"RIFF", Unfit::Image),
    (b"\0\0\x01\0", Unfit::Image),
];

/// What is surely something that we refuse.
fn refused(bytes: &[u8]) -> Option<Unfit> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let head = head(bytes, 4_096);
        let office: [&[u8]; 5] = [
            b"[Content_Types]",
            b"opendocument",
            b"word/",
            b"xl/",
            b"ppt/",
        ];
        let is_office = office.iter().any(|sign| contains(head, sign));
        return Some(if is_office {
            Unfit::Office
        } else {
            Unfit::Archive
        });
    }
    // ISO media: photographs of some telephones, and films.
    if bytes.get(4..8) == Some(b"ftyp") {
        let brands: [&[u8]; 4] = [b"heic", b"heix", b"mif1", b"avif"];
        let is_image = bytes
            .get(8..12)
            .is_some_and(|brand| brands.contains(&brand));
        return Some(if is_image {
            Unfit::Image
        } else {
            Unfit::Unknown
        });
    }
    let found = REFUSED.iter().find(|(magic, _)| bytes.starts_with(magic));
    found.map(|(_, unfit)| *unfit)
}

/// Plain text holds no control character; markup is no plain text.
fn text(bytes: &[u8], start: &[u8]) -> Result<FileKind, Unfit> {
    let control = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0C".contains(byte) || *byte == 0x7F;
    if bytes.iter().any(control) {
        return Err(Unfit::Unknown);
    }
    let head = head(start, 65_536).to_ascii_lowercase();
    let signs: [&[u8]; 9] = [
        b"<!doctype",
        b"<html",
        b"<head",
        b"<body",
        b"<script",
        b"<svg",
        b"<iframe",
        b"<object",
        b"<?php",
    ];
    let is_markup = |next: &u8| next.is_ascii_alphabetic() || b"!?/".contains(next);
    let opens = head.first() == Some(&b'<') && head.get(1).is_some_and(is_markup);
    if opens || signs.iter().any(|sign| contains(&head, sign)) {
        return Err(Unfit::Active);
    }
    Ok(FileKind::Text)
}

/// Whether a PDF asks for a password, or may: its trailer names an encryption dictionary.
///
/// Some such files open without asking (their password only forbids changes). Telling them apart
/// takes the ciphers of six revisions of the format; PDF/A, which records are made of, knows none
/// of it. `bytes` may be a part of the file.
pub fn pdf_is_encrypted(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"/Encrypt";
    let mut rest = bytes;
    while let Some(at) = find(rest, NAME) {
        let after = &rest[at + NAME.len()..];
        // A reference (`12 0 R`) or a dictionary follows; `/EncryptMetadata` is another name.
        let value = after.trim_ascii_start();
        let is_value = value.first().is_some_and(u8::is_ascii_digit) && value.len() < after.len();
        if is_value || value.starts_with(b"<<") {
            return true;
        }
        rest = after;
    }
    false
}

fn head(bytes: &[u8], length: usize) -> &[u8] {
    &bytes[..bytes.len().min(length)]
}

fn contains(bytes: &[u8], sign: &[u8]) -> bool {
    find(bytes, sign).is_some()
}

fn find(bytes: &[u8], sign: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, sign)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 5_000_000;

    fn of(bytes: &[u8]) -> Result<FileKind, Unfit> {
        sniff(bytes, LIMIT)
    }

    #[test]
    fn what_a_record_takes_is_known_by_its_bytes() {
        let table: [(&[u8], FileKind); 11] = [
            (b"%PDF-1.7\n%\xE2\xE3", FileKind::Pdf),
            (b"\xEF\xBB\xBF\r\n%PDF-1.4", FileKind::Pdf),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", FileKind::Jpeg),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", FileKind::Png),
            (b"II*\0\x08\0\0\0", FileKind::Tiff),
            (b"MM\0*\0\0\0\x08", FileKind::Tiff),
            (b"{\\rtf1\\ansi Bonjour}", FileKind::Rtf),
            ("Tension : 12/8, à revoir\r\n".as_bytes(), FileKind::Text),
            (b"Compte rendu \xE9crit en latin-1", FileKind::Text),
            (b"Poids < 70 kg, IMC > 22", FileKind::Text),
            (b"< 3 mois : rien", FileKind::Text),
        ];
        for (bytes, kind) in table {
            assert_eq!(of(bytes), Ok(kind), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_could_act_or_cannot_be_shown_is_refused() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0";
        let film = b"\0\0\0\x18ftypisom\0\0\0\0";
        let docx = b"PK\x03\x04\x14\0\x06\0[Content_Types].xml";
        let odt = b"PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.text";
        let table: [(&[u8], Unfit); 28] = [
            (b"%PDF-1.7\ntrailer << /Encrypt 8 0 R >>", Unfit::Locked),
            (b"", Unfit::Empty),
            (b"<!DOCTYPE html><p>%PDF-1.4", Unfit::Active),
            (b"  \n<HTML><script>", Unfit::Active),
            (b"\xEF\xBB\xBF<svg onload='x'/>", Unfit::Active),
            (b"<?xml version='1.0'?><svg/>", Unfit::Active),
            (b"<a href='x'>y</a>", Unfit::Active),
            (b"Bonjour <ScRiPt>alert(1)</script>", Unfit::Active),
            (b"<?php echo 1;", Unfit::Active),
            (b"texte <iframe src=x>", Unfit::Active),
            (b"#!/bin/sh\nrm -r /", Unfit::Program),
            (b"MZ\x90\0\x03", Unfit::Program),
            (b"\x7FELF\x02\x01", Unfit::Program),
            (b"\xCA\xFE\xBA\xBE\0\0", Unfit::Program),
            (b"PK\x03\x04\x14\0\0\0report.pdf", Unfit::Archive),
            (b"PK\x05\x06\0\0", Unfit::Archive),
            (b"Rar!\x1A\x07", Unfit::Archive),
            (b"\x1F\x8B\x08\0", Unfit::Archive),
            (docx, Unfit::Office),
            (odt, Unfit::Office),
            (b"\xD0\xCF\x11\xE0\xA1\xB1", Unfit::Office),
            (heic, Unfit::Image),
            (b"GIF89a", Unfit::Image),
            (b"RIFF\0\0\0\0WEBPVP8 ", Unfit::Image),
            (film, Unfit::Unknown),
            (b"\0\x01\x02\x03", Unfit::Unknown),
            (b"texte \0 coup\xE9", Unfit::Unknown),
            (b"\xFF\xFEB\0o\0n\0", Unfit::Unknown),
        ];
        for (bytes, unfit) in table {
            assert_eq!(of(bytes), Err(unfit), "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(sniff(b"12345", 4), Err(Unfit::TooLarge));
        assert_eq!(sniff(b"12345", 5), Ok(FileKind::Text));
    }

    #[test]
    fn a_cda_document_is_no_web_page() {
        let id = cda::InstanceId::root("1.2.250.1.999.1");
        let bytes = cda::write::Cda {
            id,
            ..Default::default()
        };
        assert_eq!(of(&bytes.to_xml()), Ok(FileKind::Cda));
        let words = b"ClinicalDocument urn:hl7-org:v3";
        assert_eq!(of(words), Ok(FileKind::Text));
    }

    #[test]
    fn media_types_read_back_and_keep_their_endings() {
        for kind in FileKind::ALL {
            assert_eq!(FileKind::of_media_type(kind.media_type()), Some(kind));
            // Software brings pointers to images; forms do not ask people for one.
            let asked = kind != FileKind::Kos;
            assert_eq!(FileKind::ACCEPT.contains(kind.extension()), asked);
        }
        let spelled = FileKind::of_media_type("Text/Plain; charset=utf-8");
        assert_eq!(spelled, Some(FileKind::Text));
        assert_eq!(FileKind::of_media_type("text/html"), None);
    }

    #[test]
    fn a_locked_pdf_is_seen() {
        assert!(pdf_is_encrypted(b"trailer << /Size 9 /Encrypt 8 0 R >>"));
        assert!(pdf_is_encrypted(b"trailer<</Encrypt<</V 1>>>>"));
        assert!(!pdf_is_encrypted(b"<< /EncryptMetadata false >> /Encrypt"));
        assert!(!pdf_is_encrypted(b"%PDF-1.4"));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = (of(&bytes), pdf_is_encrypted(&bytes));
        }

        #[test]
        fn what_begins_as_markup_is_never_taken(text in "[ \\n]{0,3}<[a-z!?/][ -~]{0,60}") {
            prop_assert_eq!(of(text.as_bytes()), Err(Unfit::Active));
        }
    }
}
