//! The body of a document.

use std::borrow::Cow;

use super::lab;
use super::xml::{V3, Xml, at, attribute, children, code_at, collapse, raw_text, text_at};
use crate::{Body, Element, Error, LabResult, Media, Node, Section, Statements, media};

/// What a body has.
#[derive(Default)]
pub(super) struct Read {
    pub body: Body,
    /// Files that the sections refer to.
    pub attachments: Vec<Media>,
    pub results: Vec<LabResult>,
    pub statements: Statements,
}

/// The body with all that it holds.
pub(super) fn read(document: Xml<'_, '_>) -> Result<Read, Error> {
    let Some(component) = at(document, "component") else {
        return Ok(Read::default());
    };
    if let Some(value) = at(component, "nonXMLBody/text") {
        let body = wrapped(value)?;
        return Ok(Read {
            body,
            ..Read::default()
        });
    }
    let Some(body) = at(component, "structuredBody") else {
        return Ok(Read::default());
    };
    Ok(Read {
        body: Body::Structured(sections(body)),
        attachments: attachments(body),
        results: lab::read(body),
        statements: statements(body),
    })
}

fn statements(body: Xml<'_, '_>) -> Statements {
    let mut all = Statements::default();
    for node in body.descendants().filter(|node| node.is_element()) {
        match node.tag_name().name() {
            "observation" => all.observations += 1,
            "act" => all.acts += 1,
            "organizer" => all.organizers += 1,
            "procedure" => all.procedures += 1,
            "substanceAdministration" => all.administrations += 1,
            "supply" => all.supplies += 1,
            "encounter" => all.encounters += 1,
            "observationMedia" => all.media += 1,
            _ => {}
        }
    }
    all
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
    // Exactly as long as needed: most elements hold one text.
    let mut children = Vec::with_capacity(node.children().count());
    for child in node.children() {
        if child.is_element() {
            children.push(Node::Element(element(child)));
        } else if let Some(text) = child.text().filter(|_| child.is_text()) {
            children.push(Node::Text(collapse(text)));
        }
    }
    Element {
        name: name(node.tag_name().name()),
        attributes: attributes
            .map(|a| (a.name().to_owned(), a.value().to_owned()))
            .collect(),
        children,
    }
}

/// The names of a narrative (`StrucDoc.Text`), the most frequent first.
fn name(name: &str) -> Cow<'static, str> {
    const KNOWN: [&str; 18] = [
        "td",
        "tr",
        "content",
        "br",
        "paragraph",
        "th",
        "item",
        "list",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "text",
        "sub",
        "sup",
        "linkHtml",
        "col",
    ];
    match KNOWN.into_iter().find(|known| *known == name) {
        Some(known) => Cow::Borrowed(known),
        None => Cow::Owned(name.to_owned()),
    }
}
