//! A document: its header and its body.

use crate::{Code, Element, Header, Media};

/// A CDA document, read. It borrows nothing from the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is, about whom, by whom.
    pub header: Header,
    /// What it says.
    pub body: Body,
    /// Files that the sections refer to.
    pub(crate) attachments: Vec<Media>,
}

/// The body of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A wrapped file (`nonXMLBody`).
    Level1(Media),
    /// Sections, with or without coded entries.
    Structured(Vec<Section>),
    /// No content in the file: a wrapped file given as a link, or no body.
    Empty,
}

/// What kind of body a document has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// Level 1: a wrapped file.
    Level1,
    /// Level 2: sections of text.
    Level2,
    /// Level 3: sections of which one at least has coded entries.
    Level3,
    /// Nothing.
    Empty,
}

/// A section of a structured body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Kind of section, usually a LOINC code.
    pub code: Option<Code>,
    /// Title as written.
    pub title: Option<String>,
    /// Text for people (`text`).
    pub narrative: Option<Element>,
    /// Whether it has coded entries.
    pub has_entries: bool,
    /// Sections inside.
    pub sections: Vec<Section>,
}

impl Document {
    /// What kind of body it has.
    pub fn body_kind(&self) -> BodyKind {
        match &self.body {
            Body::Level1(_) => BodyKind::Level1,
            Body::Structured(_) if self.sections().iter().any(|s| s.has_entries) => {
                BodyKind::Level3
            }
            Body::Structured(_) => BodyKind::Level2,
            Body::Empty => BodyKind::Empty,
        }
    }

    /// Files inside the document: the wrapped one, or those that sections
    /// refer to. A file that cannot be decoded is absent.
    pub fn media(&self) -> &[Media] {
        match &self.body {
            Body::Level1(file) => std::slice::from_ref(file),
            Body::Structured(_) | Body::Empty => &self.attachments,
        }
    }

    /// All sections, each before those inside it.
    pub fn sections(&self) -> Vec<&Section> {
        fn add<'a>(sections: &'a [Section], all: &mut Vec<&'a Section>) {
            for section in sections {
                all.push(section);
                add(&section.sections, all);
            }
        }
        let mut all = Vec::new();
        if let Body::Structured(sections) = &self.body {
            add(sections, &mut all);
        }
        all
    }

    /// The plain text of the body, for search: titles and texts, one line for
    /// each paragraph or table row. Empty for a wrapped file that is not text.
    pub fn text(&self) -> String {
        let parts: Vec<String> = match &self.body {
            Body::Level1(file) if file.media_type == "text/plain" => {
                vec![String::from_utf8_lossy(&file.bytes).into_owned()]
            }
            Body::Structured(_) => {
                let sections = self.sections().into_iter();
                sections.flat_map(Section::own_text).collect()
            }
            Body::Level1(_) | Body::Empty => Vec::new(),
        };
        parts.join("\n")
    }
}

impl Section {
    /// The title, else the words of the code.
    pub fn heading(&self) -> Option<&str> {
        let named = || self.code.as_ref()?.display.as_deref();
        self.title.as_deref().or_else(named)
    }

    fn own_text(&self) -> impl Iterator<Item = String> + use<> {
        let heading = self.heading().map(str::to_owned);
        let text = self.narrative.as_ref().map(Element::text);
        heading
            .into_iter()
            .chain(text)
            .filter(|part| !part.is_empty())
    }
}
