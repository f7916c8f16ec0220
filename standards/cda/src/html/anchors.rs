//! What a narrative points at: internal links, notes and files.

use std::collections::{HashMap, HashSet};

use crate::{Document, Element};

/// Elements that are written without attributes of the document.
const WITHOUT_ID: [&str; 8] = [
    "br",
    "col",
    "colgroup",
    "thead",
    "tbody",
    "tfoot",
    "footnote",
    "footnoteRef",
];

/// The places of a document that something refers to. Their identifiers in
/// the HTML are numbered by us: an `ID` of the document is never copied, and
/// what nothing refers to gets none.
pub(super) struct Anchors<'a> {
    /// Attribute for the language of the text, when it is not French.
    pub language: Option<(&'static str, String)>,
    /// Notes in the order of the document.
    pub notes: Vec<&'a Element>,
    prefix: &'a str,
    targets: HashMap<&'a str, usize>,
    note_ids: HashMap<&'a str, usize>,
    note_numbers: HashMap<*const Element, usize>,
    placed: HashSet<usize>,
    shown: HashSet<&'a str>,
}

impl<'a> Anchors<'a> {
    /// Finds them in one walk over all sections.
    pub fn of(document: &'a Document, prefix: &'a str) -> Anchors<'a> {
        let language = document
            .header
            .language
            .as_deref()
            .filter(|tag| is_language(tag) && !tag.to_ascii_lowercase().starts_with("fr"));
        let mut anchors = Anchors {
            language: language.map(|tag| ("lang", tag.to_owned())),
            notes: Vec::new(),
            prefix,
            targets: HashMap::new(),
            note_ids: HashMap::new(),
            note_numbers: HashMap::new(),
            placed: HashSet::new(),
            shown: HashSet::new(),
        };
        let mut ids = HashSet::new();
        for section in document.sections() {
            if let Some(text) = &section.narrative {
                anchors.collect(text, &mut ids);
            }
        }
        anchors.targets.retain(|name, _| ids.contains(name));
        anchors
    }

    /// What is blank is not written, so nothing can lead there.
    fn collect(&mut self, element: &'a Element, ids: &mut HashSet<&'a str>) {
        let id = element.attribute("ID").filter(|_| !element.is_blank());
        match element.name.as_ref() {
            // Its caption is plain text.
            "renderMultiMedia" => return self.shown.extend(referenced(element)),
            "footnote" if !element.is_blank() => {
                self.notes.push(element);
                self.note_numbers.insert(element, self.notes.len());
                if let Some(id) = id {
                    self.note_ids.entry(id).or_insert(self.notes.len());
                }
            }
            name if !WITHOUT_ID.contains(&name) => ids.extend(id),
            _ => {}
        }
        let link = element.attribute("href").unwrap_or_default().trim();
        if let Some(name) = link.strip_prefix('#') {
            let number = self.targets.len() + 1;
            self.targets.entry(name).or_insert(number);
        }
        for child in element.elements() {
            self.collect(child, ids);
        }
    }

    /// The `id` of this element, at its first place and when it has a link.
    pub fn place(&mut self, element: &Element) -> Option<(&'static str, String)> {
        let number = *self.targets.get(element.attribute("ID")?)?;
        let first = self.placed.insert(number);
        first.then(|| ("id", format!("{}a{number}", self.prefix)))
    }

    /// Where a link to `#name` leads.
    pub fn link(&self, name: &str) -> Option<String> {
        if let Some(note) = self.note_ids.get(name) {
            return Some(format!("#{}n{note}", self.prefix));
        }
        let number = self.targets.get(name)?;
        Some(format!("#{}a{number}", self.prefix))
    }

    /// Number of a note, from its element.
    pub fn note(&self, element: &Element) -> Option<usize> {
        self.note_numbers.get(&std::ptr::from_ref(element)).copied()
    }

    /// Number of a note, from its `ID`.
    pub fn note_named(&self, name: &str) -> Option<usize> {
        self.note_ids.get(name).copied()
    }

    /// Whether a text shows the file of this name.
    pub fn shows(&self, name: &str) -> bool {
        self.shown.contains(name)
    }
}

/// Names of the files that a `renderMultiMedia` shows: a few, so that a list
/// of names cannot swell the page.
pub(super) fn referenced(element: &Element) -> impl Iterator<Item = &str> {
    let names = match element.name.as_ref() {
        "renderMultiMedia" => element.attribute("referencedObject").unwrap_or_default(),
        _ => "",
    };
    names.split_ascii_whitespace().take(8)
}

/// Whether a text has the form of a language tag.
pub(super) fn is_language(tag: &str) -> bool {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    tag.len() >= 2 && tag.split('-').all(part)
}
