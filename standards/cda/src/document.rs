//! A document: its header and its body.

use crate::{Code, Element, Header, LabResult, Media, rtf_text};

/// A CDA document, read. It borrows nothing from the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is, about whom, by whom.
    pub header: Header,
    /// What it says.
    pub body: Body,
    /// Files that the sections refer to.
    pub(crate) attachments: Vec<Media>,
    /// Results of a laboratory, in the order of the document; none in other
    /// documents.
    pub results: Vec<LabResult>,
    /// How many coded statements its sections have, by kind.
    pub statements: Statements,
}

/// Coded statements of a body, wherever they stand in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in the standard")]
pub struct Statements {
    pub observations: usize,
    pub acts: usize,
    pub organizers: usize,
    pub procedures: usize,
    pub administrations: usize,
    pub supplies: usize,
    pub encounters: usize,
    pub media: usize,
}

/// The body of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Body {
    /// A wrapped file (`nonXMLBody`).
    Level1(Media),
    /// Sections, with or without coded entries.
    Structured(Vec<Section>),
    /// No content in the file: a wrapped file given as a link, or no body.
    #[default]
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
    /// each paragraph or table row. Empty for a wrapped file that is not text
    /// or RTF.
    pub fn text(&self) -> String {
        let Body::Structured(_) = &self.body else {
            return self.wrapped_text().unwrap_or_default();
        };
        let sections = self.sections().into_iter();
        let parts: Vec<String> = sections.flat_map(Section::own_text).collect();
        parts.join("\n")
    }

    /// The text of a wrapped file that is text or RTF.
    pub fn wrapped_text(&self) -> Option<String> {
        let Body::Level1(file) = &self.body else {
            return None;
        };
        match file.media_type {
            "text/plain" => Some(String::from_utf8_lossy(&file.bytes).into_owned()),
            "text/rtf" => rtf_text(&file.bytes),
            _ => None,
        }
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
