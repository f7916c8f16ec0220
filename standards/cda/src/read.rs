//! From the bytes of a file to a document.

mod body;
mod facts;
mod header;
mod lab;
mod people;
mod vitals;
mod xml;

use crate::{
    Document, Error, HealthFact, LabResult, MAX_BYTES, MAX_NODES, VitalSign, encoding, limits,
};
use xml::{V3, Xml};

/// Reads a CDA R2 document: UTF-8, UTF-16, ISO-8859-1 or -15, or Windows-1252
/// as declared, in any namespace style, also inside the style sheet of a
/// « document auto-présentable », which is not run.
///
/// # Errors
/// See [`Error`]: over a limit, not XML, not CDA, or without an `id`.
pub fn read(bytes: &[u8]) -> Result<Document, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge { bytes: bytes.len() });
    }
    let text = encoding::decode(bytes)?;
    let tree = tree(&text)?;
    let document = clinical_document(tree.root_element())?;
    let header = header::read(document)?;
    let body::Read {
        body,
        attachments,
        results,
        statements,
    } = body::read(document)?;
    Ok(Document {
        header,
        body,
        attachments,
        results,
        statements,
    })
}

/// Reads only the results of a laboratory, without the text and the files.
///
/// # Errors
/// See [`read`].
pub fn read_results(bytes: &[u8]) -> Result<Vec<LabResult>, Error> {
    structured(bytes, lab::read)
}

/// Reads only the patient's coded vital signs that are numbers.
///
/// # Errors
/// See [`read`].
pub fn read_vital_signs(bytes: &[u8]) -> Result<Vec<VitalSign>, Error> {
    structured(bytes, vitals::read)
}

/// Reads only what is stated as data of problems, allergies, treatments and vaccinations.
///
/// # Errors
/// See [`read`].
pub fn read_facts(bytes: &[u8]) -> Result<Vec<HealthFact>, Error> {
    structured(bytes, facts::read)
}

/// What is read out of a structured body; nothing of another one.
fn structured<T: Default>(bytes: &[u8], read: impl FnOnce(Xml<'_, '_>) -> T) -> Result<T, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge { bytes: bytes.len() });
    }
    let text = encoding::decode(bytes)?;
    let tree = tree(&text)?;
    let document = clinical_document(tree.root_element())?;
    let body = xml::at(document, "component/structuredBody");
    Ok(body.map(read).unwrap_or_default())
}

/// The XML, within the limits.
fn tree(text: &str) -> Result<roxmltree::Document<'_>, Error> {
    limits::check(text)?;
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..Default::default()
    };
    roxmltree::Document::parse_with_options(text, options).map_err(refusal)
}

fn refusal(error: roxmltree::Error) -> Error {
    match error {
        roxmltree::Error::DtdDetected => Error::Doctype,
        roxmltree::Error::NodesLimitReached => Error::TooComplex("nodes"),
        other => Error::Malformed {
            line: other.pos().row,
            column: other.pos().col,
        },
    }
}

/// The document: the root, or the one nested in an XSLT root.
fn clinical_document<'a, 'i>(root: Xml<'a, 'i>) -> Result<Xml<'a, 'i>, Error> {
    const XSLT: &str = "http://www.w3.org/1999/XSL/Transform";
    let name = (V3, "ClinicalDocument");
    if root.has_tag_name(name) {
        return Ok(root);
    }
    if !root.has_tag_name((XSLT, "stylesheet")) && !root.has_tag_name((XSLT, "transform")) {
        return Err(Error::NotCda);
    }
    let mut nested = root.descendants().filter(|node| node.has_tag_name(name));
    let document = nested.next().ok_or(Error::NotCda)?;
    match nested.next() {
        None => Ok(document),
        Some(_) => Err(Error::Several),
    }
}

/// Whether a file is worth giving to [`read`]: markup with a
/// `ClinicalDocument` tag and the HL7 v3 namespace. Cheap, and no promise.
pub fn looks_like_cda(bytes: &[u8]) -> bool {
    // UTF-16 is ASCII with zeros between; a byte order mark is skipped.
    let start = &bytes[..bytes.len().min(64)];
    let plain = |&byte: &u8| byte != 0 && byte.is_ascii() && !byte.is_ascii_whitespace();
    if bytes.len() > MAX_BYTES || start.iter().copied().find(plain) != Some(b'<') {
        return false;
    }
    if start.contains(&0) {
        let narrow: Vec<u8> = bytes.iter().copied().filter(|&byte| byte != 0).collect();
        return has_tag_and_namespace(&narrow);
    }
    has_tag_and_namespace(bytes)
}

fn has_tag_and_namespace(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"ClinicalDocument";
    let opens = |&at: &usize| {
        let before = &bytes[..at];
        let prefix = |byte: &u8| byte.is_ascii_alphanumeric() || b":-_.".contains(byte);
        bytes[at..].starts_with(NAME)
            && before.iter().rev().take(64).find(|byte| !prefix(byte)) == Some(&b'<')
    };
    let tag = (0..bytes.len())
        .filter(|&at| bytes[at] == NAME[0])
        .any(|at| opens(&at));
    tag && bytes
        .windows(V3.len())
        .any(|window| window == V3.as_bytes())
}
