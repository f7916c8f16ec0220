//! IHE XDM (Cross-enterprise Document Media Interchange): where files lie in an archive, and the
//! `METADATA.XML` that says what they are, as the ebXML of XDS (ITI TF-3 §4.2).
//!
//! Pure: identifiers and instants are parameters.

mod metadata;
mod xml;

pub use metadata::{Coded, Entry, Submission, metadata};

/// The page that people open first.
pub const INDEX: &str = "INDEX.HTM";
/// What the medium is, for whoever finds it.
pub const README: &str = "README.TXT";
/// The folder of the one submission set of an archive.
pub const SUBSET: &str = "IHE_XDM/SUBSET01";
/// What its documents are.
pub const METADATA: &str = "IHE_XDM/SUBSET01/METADATA.XML";

/// The name of the document of that number (from 1) within [`SUBSET`]: eight characters and three, as
/// XDM asks.
pub fn document_name(number: usize, extension: &str) -> String {
    let ending: String = extension.chars().take(3).collect();
    format!("DOC{number:05}.{}", ending.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_eight_characters_and_three() {
        assert_eq!(document_name(1, "pdf"), "DOC00001.PDF");
        assert_eq!(document_name(12_345, "jpeg"), "DOC12345.JPE");
    }
}
