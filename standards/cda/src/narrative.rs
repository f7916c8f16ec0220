//! The text of a section (`StrucDoc.Text`) as an owned tree.

use std::borrow::Cow;

/// A piece of text, or an element around others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Text, with its white space collapsed.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element of a narrative, as it stands in the file. Nothing of it is safe
/// to show as it is: [`Document::to_html`](crate::Document::to_html) is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Local name: `table`, `content`; those of the standard cost no memory.
    pub name: Cow<'static, str>,
    /// Attributes without namespace, in order.
    pub attributes: Vec<(String, String)>,
    /// Content, in order.
    pub children: Vec<Node>,
}

// Elements nest at most `MAX_DEPTH` deep, so every walk here may recurse.
impl Element {
    /// Value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Elements directly inside, text apart.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// The text inside, one line for each block and tabs between cells.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The element with this XML `ID`, here or inside: what a structured
    /// entry points at.
    pub fn find(&self, id: &str) -> Option<&Element> {
        if self.attribute("ID") == Some(id) {
            return Some(self);
        }
        self.elements().find_map(|child| child.find(id))
    }

    fn push_text(&self, text: &mut String) {
        let (before, after) = match self.name.as_ref() {
            "paragraph" | "list" | "item" | "table" | "tr" | "caption" | "text" | "footnote" => {
                ("\n", "\n")
            }
            "br" => ("\n", ""),
            "td" | "th" => ("", "\t"),
            _ => ("", ""),
        };
        text.push_str(before);
        for child in &self.children {
            match child {
                Node::Text(content) => text.push_str(content),
                Node::Element(element) => element.push_text(text),
            }
        }
        text.push_str(after);
    }

    /// Whether there is something to see inside.
    pub(crate) fn is_blank(&self) -> bool {
        !matches!(
            self.name.as_ref(),
            "renderMultiMedia" | "linkHtml" | "footnoteRef"
        ) && self.children.iter().all(Node::is_blank)
    }

    /// Whether it breaks the line: a paragraph, list or table, or something
    /// around one.
    pub(crate) fn is_block(&self) -> bool {
        match self.name.as_ref() {
            "paragraph" | "list" | "item" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "td"
            | "th" => true,
            // They stand within a line whatever is inside.
            "footnote" | "renderMultiMedia" => false,
            _ => self.elements().any(Element::is_block),
        }
    }
}

impl Node {
    /// The element, when it is one.
    pub fn element(&self) -> Option<&Element> {
        match self {
            Node::Text(_) => None,
            Node::Element(element) => Some(element),
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Node::Text(text) => text.trim().is_empty(),
            Node::Element(element) => element.is_blank(),
        }
    }
}
