//! The body of a document to write.

use super::{Block, WriteBody, WriteSection, code_attributes};
use crate::markup::Markup;
use crate::media::to_base64;

pub(super) fn write(xml: &mut Markup, body: &WriteBody) {
    xml.open("component");
    match body {
        WriteBody::Pdf(bytes) => {
            let wrapped = [
                ("mediaType", "application/pdf".to_owned()),
                ("representation", "B64".to_owned()),
            ];
            xml.open("nonXMLBody");
            xml.open_with("text", &wrapped);
            xml.text(&to_base64(bytes));
            xml.close("text");
            xml.close("nonXMLBody");
        }
        WriteBody::Structured(sections) => {
            xml.open("structuredBody");
            for each in sections {
                xml.open("component");
                section(xml, each);
                xml.close("component");
            }
            xml.close("structuredBody");
        }
    }
    xml.close("component");
}

fn section(xml: &mut Markup, section: &WriteSection) {
    xml.open("section");
    xml.empty("code", &code_attributes(&section.code));
    xml.leaf("title", &section.title);
    xml.open("text");
    for block in &section.narrative {
        match block {
            Block::Paragraph(text) => xml.leaf("paragraph", text),
            Block::Table {
                caption,
                head,
                rows,
            } => table(xml, caption, head, rows),
            Block::List { ordered, items } => {
                let kind = if *ordered { "ordered" } else { "unordered" };
                xml.open_with("list", &[("listType", kind.to_owned())]);
                for item in items {
                    xml.leaf("item", item);
                }
                xml.close("list");
            }
        }
    }
    xml.close("text");
    if !section.results.is_empty() {
        super::lab::write(xml, &section.code, &section.results);
    }
    super::facts::write(xml, &section.facts);
    xml.close("section");
}

fn table(xml: &mut Markup, caption: &str, head: &[String], rows: &[Vec<String>]) {
    xml.open("table");
    if !caption.is_empty() {
        xml.leaf("caption", caption);
    }
    if !head.is_empty() {
        xml.open("thead");
        row(xml, "th", head);
        xml.close("thead");
    }
    xml.open("tbody");
    for cells in rows {
        row(xml, "td", cells);
    }
    xml.close("tbody");
    xml.close("table");
}

fn row(xml: &mut Markup, cell: &'static str, cells: &[String]) {
    xml.open("tr");
    for text in cells {
        xml.leaf(cell, text);
    }
    xml.close("tr");
}
