//! Paragraphs and lists, and how text runs between them.

use super::style::numbering;
use super::{Page, class, with};
use crate::{Element, Node};

impl<'a> Page<'a> {
    /// The whole text of a section.
    pub(super) fn narrative(&mut self, text: &'a Element) {
        let place = self.anchors.place(text);
        self.html.open_with("div", &with(class("cda-text"), place));
        self.flow(&text.children);
        self.html.close("div");
    }

    /// Blocks; text between them makes paragraphs.
    pub(super) fn flow(&mut self, nodes: &'a [Node]) {
        for run in nodes.chunk_by(|one, next| !is_block(one) && !is_block(next)) {
            match run {
                [Node::Element(block)] if block.is_block() => self.block(block),
                text if text.iter().all(Node::is_blank) => {}
                text => {
                    self.html.open("p");
                    self.inline(text);
                    self.html.close("p");
                }
            }
        }
    }

    /// Blocks and text side by side, as in a cell or an item.
    pub(super) fn mixed(&mut self, nodes: &'a [Node]) {
        for run in nodes.chunk_by(|one, next| !is_block(one) && !is_block(next)) {
            match run {
                [Node::Element(block)] if block.is_block() => self.block(block),
                text => self.inline(text),
            }
        }
    }

    fn block(&mut self, element: &'a Element) {
        let inner_block = element.elements().any(Element::is_block);
        match element.name.as_ref() {
            "paragraph" if element.is_blank() => {}
            "paragraph" if !inner_block => {
                let attributes = self.attributes(element);
                self.html.open_with("p", &attributes);
                self.emphasized(element);
                self.html.close("p");
            }
            "list" => self.list(element),
            "table" => self.table(element),
            // A part of a table or list without one, or something around
            // blocks: what is inside is shown, in order.
            _ => {
                let attributes = self.attributes(element);
                self.html.open_with("div", &attributes);
                self.flow(&element.children);
                self.html.close("div");
            }
        }
    }

    fn list(&mut self, list: &'a Element) {
        let ordered = list.attribute("listType") == Some("ordered");
        let mut attributes = self.attributes(list);
        for caption in list.elements().filter(|child| child.name == "caption") {
            self.html.open_with("p", &[class("cda-caption")]);
            self.inline(&caption.children);
            self.html.close("p");
        }
        let tag = if ordered { "ol" } else { "ul" };
        if ordered {
            attributes.extend(numbering(list));
        }
        self.html.open_with(tag, &attributes);
        for node in list.children.iter().filter(|node| !node.is_blank()) {
            match node {
                Node::Element(caption) if caption.name == "caption" => {}
                Node::Element(item) if item.name == "item" => self.item(item),
                other => {
                    self.html.open("li");
                    self.mixed(std::slice::from_ref(other));
                    self.html.close("li");
                }
            }
        }
        self.html.close(tag);
    }

    fn item(&mut self, item: &'a Element) {
        let attributes = self.attributes(item);
        self.html.open_with("li", &attributes);
        self.content(item);
        self.html.close("li");
    }

    /// The content of an item or a cell. Its style applies where HTML lets
    /// it: around text, not around blocks.
    pub(super) fn content(&mut self, element: &'a Element) {
        if element.elements().any(Element::is_block) {
            self.mixed(&element.children);
        } else {
            self.emphasized(element);
        }
    }
}

fn is_block(node: &Node) -> bool {
    node.element().is_some_and(Element::is_block)
}
