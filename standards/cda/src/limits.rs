//! Limits on a file, checked in one linear pass before any tree is built.

use crate::Error;

/// Largest file accepted, in bytes as received.
pub const MAX_BYTES: usize = 20_000_000;
/// Deepest nesting of elements. Real documents stay under 30; the bound lets
/// every walk over a document be recursive.
pub const MAX_DEPTH: usize = 200;
/// Most attributes on one element: the parser compares them pairwise.
pub const MAX_ATTRIBUTES: usize = 128;
/// Most namespace declarations in a file: the parser copies those in scope to
/// each element that declares one more.
pub const MAX_NAMESPACES: usize = 1_000;
/// Most XML nodes (elements, texts, comments) in a file.
pub const MAX_NODES: u32 = 1_000_000;

/// Refuses a text whose tags go over a limit, or that has a DOCTYPE. Only
/// counts: whether the text is well formed is for the parser to say.
pub(crate) fn check(xml: &str) -> Result<(), Error> {
    let mut rest = xml.as_bytes();
    let mut depth = 0_usize;
    let mut namespaces = 0_usize;
    while let Some(start) = rest.iter().position(|&byte| byte == b'<') {
        rest = &rest[start..];
        rest = if let Some(comment) = rest.strip_prefix(b"<!--") {
            after(comment, b"-->")
        } else if let Some(text) = rest.strip_prefix(b"<![CDATA[") {
            after(text, b"]]>")
        } else if let Some(instruction) = rest.strip_prefix(b"<?") {
            after(instruction, b"?>")
        } else if rest.starts_with(b"<!") {
            return Err(Error::Doctype);
        } else if let Some(closing) = rest.strip_prefix(b"</") {
            depth = depth.saturating_sub(1);
            after(closing, b">")
        } else {
            let tag = Tag::scan(rest);
            if tag.attributes > MAX_ATTRIBUTES {
                return Err(Error::TooComplex("attributes on one element"));
            }
            namespaces += tag.namespaces;
            if namespaces > MAX_NAMESPACES {
                return Err(Error::TooComplex("namespace declarations"));
            }
            if !tag.closed {
                depth += 1;
            }
            if depth > MAX_DEPTH {
                return Err(Error::TooComplex("levels of nesting"));
            }
            &rest[tag.length..]
        };
    }
    Ok(())
}

/// What follows the first `end`; nothing when there is none.
fn after<'a>(bytes: &'a [u8], end: &[u8]) -> &'a [u8] {
    bytes
        .windows(end.len())
        .position(|window| window == end)
        .map_or(&[], |at| &bytes[at + end.len()..])
}

/// What one pass over an opening tag shows.
struct Tag {
    length: usize,
    attributes: usize,
    namespaces: usize,
    closed: bool,
}

impl Tag {
    /// Scans from `<` to the `>` that is outside quotes, or to the end.
    fn scan(bytes: &[u8]) -> Tag {
        let mut tag = Tag {
            length: bytes.len(),
            attributes: 0,
            namespaces: 0,
            closed: false,
        };
        let mut quote = None;
        for (at, &byte) in bytes.iter().enumerate() {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => {
                    quote = Some(byte);
                    tag.attributes += 1;
                }
                (None, b'x') if bytes[at..].starts_with(b"xmlns") => tag.namespaces += 1,
                (None, b'>') => {
                    tag.closed = bytes[at - 1] == b'/';
                    tag.length = at + 1;
                    break;
                }
                (None, _) => {}
            }
        }
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_open_elements_only() {
        let flat = "<r>".to_owned() + &"<a x='>'/><b><!-- <c> --><![CDATA[<d>]]></b>".repeat(500);
        assert_eq!(check(&flat), Ok(()));
        let at_limit = "<a>".repeat(MAX_DEPTH) + &"</a>".repeat(MAX_DEPTH);
        assert_eq!(check(&at_limit), Ok(()));
        assert_eq!(
            check(&"<a>".repeat(10_000)),
            Err(Error::TooComplex("levels of nesting"))
        );
    }

    #[test]
    fn attributes_and_namespaces_are_bounded() {
        let many = (0..=MAX_ATTRIBUTES).map(|n| format!(" a{n}='v'"));
        let tag = format!("<a{}/>", many.collect::<String>());
        assert_eq!(
            check(&tag),
            Err(Error::TooComplex("attributes on one element"))
        );
        let declared = format!("<r>{}</r>", "<a xmlns:p='q'/>".repeat(MAX_NAMESPACES + 1));
        assert_eq!(
            check(&declared),
            Err(Error::TooComplex("namespace declarations"))
        );
    }

    #[test]
    fn a_doctype_is_refused_and_unfinished_text_is_left_to_the_parser() {
        assert_eq!(check("<!DOCTYPE a><a/>"), Err(Error::Doctype));
        for unfinished in ["<", "<a", "<a x='", "<!--", "<?", "</", "<![CDATA["] {
            assert_eq!(check(unfinished), Ok(()), "{unfinished}");
        }
    }
}
