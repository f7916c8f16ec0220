//! Files inside a document: a wrapped PDF, images, attachments.

use base64::Engine;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose};

/// A file inside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Ours, the same at each reading: `1`, `2`, … in the order of the
    /// document. Names the file under [`HtmlOptions::media_base`].
    ///
    /// [`HtmlOptions::media_base`]: crate::HtmlOptions::media_base
    pub id: String,
    /// One of a closed list, safe to serve with `nosniff`: the type sniffed
    /// from the bytes, or the declared one for text, sound and DICOM;
    /// otherwise `application/octet-stream`.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The XML `ID` by which the text refers to it.
    pub(crate) name: Option<String>,
}

impl Media {
    /// Whether a browser can show it as an image.
    pub fn is_image(&self) -> bool {
        matches!(self.media_type, "image/png" | "image/jpeg" | "image/gif")
    }

    /// « PDF, 320 ko »: what the link to the file announces.
    pub(crate) fn description(&self) -> String {
        let kind = match self.media_type {
            "application/pdf" => "PDF",
            "image/png" | "image/jpeg" | "image/gif" | "image/tiff" => "image",
            "text/plain" | "text/rtf" => "texte",
            "application/dicom" => "DICOM",
            "audio/mpeg" | "audio/wav" => "son",
            _ => "fichier",
        };
        match self.bytes.len() {
            size @ ..1_000 => format!("{kind}, {size}\u{A0}octets"),
            size @ 1_000..1_000_000 => format!("{kind}, {}\u{A0}ko", size / 1_000),
            size => format!(
                "{kind}, {},{}\u{A0}Mo",
                size / 1_000_000,
                size % 1_000_000 / 100_000
            ),
        }
    }
}

/// The safe type of a file, from its first bytes, then from what is declared.
/// What claims to be a type that its bytes would show, and do not, is unknown.
pub(crate) fn media_type(bytes: &[u8], declared: &str) -> &'static str {
    const MAGIC: [(&[u8], &str); 7] = [
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1A\n", "image/png"),
        (b"\xFF\xD8\xFF", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"{\\rtf", "text/rtf"),
    ];
    if let Some((_, sniffed)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return sniffed;
    }
    match declared.trim().to_ascii_lowercase().as_str() {
        "text/plain" => "text/plain",
        "application/dicom" => "application/dicom",
        "audio/mpeg" => "audio/mpeg",
        "audio/wav" => "audio/wav",
        _ => "application/octet-stream",
    }
}

/// Decodes base64 as documents have it: broken into lines, with or without
/// padding.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let packed: Vec<u8> = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    LENIENT
        .decode(packed)
        .ok()
        .filter(|bytes| !bytes.is_empty())
}

/// Encodes as [`base64`] reads.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    general_purpose::STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_with_spaces_and_without_padding() {
        assert_eq!(base64(" JVBE\r\n Ri0= ").as_deref(), Some(&b"%PDF-"[..]));
        assert_eq!(base64("JVBERi0").as_deref(), Some(&b"%PDF-"[..]));
        for bad in ["", "  ", "é", "JVBE*", "A"] {
            assert_eq!(base64(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_declared_type_is_believed_only_when_harmless() {
        assert_eq!(media_type(b"%PDF-1.7", "text/html"), "application/pdf");
        assert_eq!(
            media_type(b"<svg/>", "image/svg+xml"),
            "application/octet-stream"
        );
        assert_eq!(
            media_type(b"<html>", "text/html"),
            "application/octet-stream"
        );
        assert_eq!(
            media_type(b"<html>", "image/png"),
            "application/octet-stream"
        );
        assert_eq!(media_type(b"bonjour", "Text/Plain"), "text/plain");
    }

    #[test]
    fn sizes_are_said_in_french_units() {
        let sized = |size: usize| {
            Media {
                id: "1".to_owned(),
                media_type: "application/pdf",
                bytes: vec![0; size],
                name: None,
            }
            .description()
        };
        assert_eq!(sized(12), "PDF, 12\u{A0}octets");
        assert_eq!(sized(320_500), "PDF, 320\u{A0}ko");
        assert_eq!(sized(1_250_000), "PDF, 1,2\u{A0}Mo");
    }
}
