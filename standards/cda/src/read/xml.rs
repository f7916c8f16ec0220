//! Short ways through an XML tree of HL7 v3.

use crate::{Code, Error, InstanceId, PointInTime};

/// Namespace of HL7 v3.
pub(crate) const V3: &str = "urn:hl7-org:v3";

pub(super) type Xml<'a, 'i> = roxmltree::Node<'a, 'i>;

/// Child elements of this name.
pub(super) fn children<'a, 'i: 'a>(
    node: Xml<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Xml<'a, 'i>> {
    node.children()
        .filter(move |child| child.has_tag_name((V3, name)))
}

/// The element down a path of first children: `assignedAuthor/code`.
pub(super) fn at<'a, 'i>(node: Xml<'a, 'i>, path: &'static str) -> Option<Xml<'a, 'i>> {
    let step = |from, name| children(from, name).next();
    path.split('/').try_fold(node, step)
}

/// An attribute without namespace, when it has a value.
pub(super) fn attribute(node: Xml<'_, '_>, name: &str) -> Option<String> {
    let value = collapse(node.attribute(name)?);
    let value = value.trim_matches(' ');
    (!value.is_empty()).then(|| value.to_owned())
}

/// All text inside, on one line; none when there is nothing.
pub(super) fn text(node: Xml<'_, '_>) -> Option<String> {
    let text = collapse(&raw_text(node));
    let text = text.trim_matches(' ');
    (!text.is_empty()).then(|| text.to_owned())
}

/// All text inside, as it is.
pub(super) fn raw_text(node: Xml<'_, '_>) -> String {
    let texts = node.descendants().filter(|inner| inner.is_text());
    texts.filter_map(|inner| inner.text()).collect()
}

/// Text down a path.
pub(super) fn text_at(node: Xml<'_, '_>, path: &'static str) -> Option<String> {
    at(node, path).and_then(text)
}

/// Each run of XML white space as one space. A non-breaking space is not
/// white space: French typography needs it.
pub(super) fn collapse(text: &str) -> String {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let mut collapsed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| is_space(&byte)) {
        let (word, spaces) = rest.split_at(at);
        collapsed.push_str(word);
        if !collapsed.ends_with(' ') {
            collapsed.push(' ');
        }
        rest = spaces.trim_start_matches([' ', '\t', '\r', '\n']);
    }
    collapsed.push_str(rest);
    collapsed
}

/// An identifier; none when it has no root.
pub(super) fn id(node: Xml<'_, '_>) -> Option<InstanceId> {
    Some(InstanceId {
        root: attribute(node, "root")?,
        extension: attribute(node, "extension"),
    })
}

/// The identifiers that are children of a node.
pub(super) fn ids(node: Xml<'_, '_>) -> Vec<InstanceId> {
    children(node, "id").filter_map(id).collect()
}

/// A code; none when only a null flavour says why there is none.
pub(super) fn code(node: Xml<'_, '_>) -> Option<Code> {
    Some(Code {
        code: attribute(node, "code")?,
        system: attribute(node, "codeSystem"),
        display: attribute(node, "displayName").or_else(|| text_at(node, "originalText")),
    })
}

/// The code down a path.
pub(super) fn code_at(node: Xml<'_, '_>, path: &'static str) -> Option<Code> {
    at(node, path).and_then(code)
}

/// The time down a path.
pub(super) fn time_at(node: Xml<'_, '_>, path: &'static str) -> Option<PointInTime> {
    attribute(at(node, path)?, "value").map(PointInTime::new)
}

/// Start and end of an interval; a single time is a start.
pub(super) fn interval(node: Xml<'_, '_>) -> (Option<PointInTime>, Option<PointInTime>) {
    let Some(times) = at(node, "effectiveTime") else {
        return (None, None);
    };
    let alone = || attribute(times, "value").map(PointInTime::new);
    (time_at(times, "low").or_else(alone), time_at(times, "high"))
}

/// The element down a path, which a document must have.
pub(super) fn required<T>(value: Option<T>, name: &'static str) -> Result<T, Error> {
    value.ok_or(Error::Missing(name))
}
