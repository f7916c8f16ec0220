//! Why a file could not be read.

/// What keeps [`read`](crate::read) from giving a document. No message holds
/// any content of the file, so that an error can be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file is larger than [`MAX_BYTES`](crate::MAX_BYTES).
    #[error("the file has {bytes} bytes, which is over the limit")]
    TooLarge {
        /// Size of the file, in bytes.
        bytes: usize,
    },
    /// The file stays within its size but not within another limit.
    #[error("the document has too many {0}")]
    TooComplex(&'static str),
    /// A document type declaration: it could define entities, and CDA has none.
    #[error("the document has a DOCTYPE, which is refused")]
    Doctype,
    /// The bytes are not in the declared encoding, or it is one we do not know.
    #[error("the characters are not in a supported encoding")]
    Encoding,
    /// Not well-formed XML.
    #[error("the XML is not well formed at line {line}, column {column}")]
    Malformed {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// Well-formed, but there is no `ClinicalDocument` of `urn:hl7-org:v3`.
    #[error("the file is not a CDA document")]
    NotCda,
    /// A self-presenting file that holds more than one document: which one a
    /// person would be shown is not certain.
    #[error("the file holds several CDA documents")]
    Several,
    /// An element without which a document cannot be kept.
    #[error("the document has no {0}")]
    Missing(&'static str),
    /// The wrapped file of a level 1 document is not valid base64.
    #[error("the wrapped file cannot be decoded")]
    Base64,
}
