//! The body of a document.

use super::xml::{V3, Xml, at, attribute, children, code_at, collapse, raw_text, text_at};
use crate::{Body, Element, Error, Media, Node, Section, media};

/// The body, and the files that its sections refer to.
pub(super) fn read(document: Xml<'_, '_>) -> Result<(Body, Vec<Media>), Error> {
    let Some(component) = at(document, "component") else {
        return Ok((Body::Empty, Vec::new()));
    };
    if let Some(value) = at(component, "nonXMLBody/text") {
        return Ok((wrapped(value)?, Vec::new()));
    }
    let Some(body) = at(component, "structuredBody") else {
        return Ok((Body::Empty, Vec::new()));
    };
    Ok((Body::Structured(sections(body)), attachments(body)))
}

fn wrapped(value: Xml<'_, '_>) -> Result<Body, Error> {
    let content = raw_text(value);
    if content.trim().is_empty() {
        return Ok(Body::Empty);
    }
    let file = file(value, &content).ok_or(Error::Base64)?;
    Ok(Body::Level1(Media {
        id: "1".to_owned(),
        ..file
    }))
}

/// Images and attachments (`observationMedia`) in the order of the document.
fn attachments(body: Xml<'_, '_>) -> Vec<Media> {
    let observed = body
        .descendants()
        .filter(|node| node.has_tag_name((V3, "observationMedia")));
    let numbered = observed.zip(1_u32..).filter_map(|(observation, number)| {
        let value = at(observation, "value")?;
        Some(Media {
            id: number.to_string(),
            name: attribute(observation, "ID"),
            ..file(value, &raw_text(value))?
        })
    });
    numbered.collect()
}

/// A file in an HL7 `ED`; none when it is not valid base64.
fn file(value: Xml<'_, '_>, content: &str) -> Option<Media> {
    let bytes = if value.attribute("representation") == Some("B64") {
        media::base64(content)?
    } else {
        content.trim().as_bytes().to_vec()
    };
    // HL7 v3 says that an undeclared type is plain text.
    let declared = value.attribute("mediaType").unwrap_or("text/plain");
    Some(Media {
        id: String::new(),
        media_type: media::media_type(&bytes, declared),
        bytes,
        name: None,
    })
}

fn sections(parent: Xml<'_, '_>) -> Vec<Section> {
    children(parent, "component")
        .filter_map(|component| at(component, "section"))
        .map(|section| Section {
            code: code_at(section, "code"),
            title: text_at(section, "title"),
            narrative: at(section, "text").map(element),
            has_entries: at(section, "entry").is_some(),
            sections: sections(section),
        })
        .collect()
}

/// Copies an element, without comments and instructions.
fn element(node: Xml<'_, '_>) -> Element {
    let attributes = node.attributes().filter(|a| a.namespace().is_none());
    let children = node.children().filter_map(|child| {
        if child.is_element() {
            return Some(Node::Element(element(child)));
        }
        let text = child.text().filter(|_| child.is_text())?;
        Some(Node::Text(collapse(text)))
    });
    Element {
        name: node.tag_name().name().to_owned(),
        attributes: attributes
            .map(|a| (a.name().to_owned(), a.value().to_owned()))
            .collect(),
        children: children.collect(),
    }
}
