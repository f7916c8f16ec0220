//! A document as a fragment of safe and accessible HTML.
//!
//! The HTML is composed by [`Markup`], which knows only compiled-in names:
//! `div section h1-h6 p dl dt dd ul ol li table caption thead tbody tfoot tr
//! th td strong em span ins del sub sup br a img`, with `class id lang href
//! rel src alt scope colspan rowspan type role tabindex aria-label
//! aria-labelledby`. It is well-formed XML too, which the tests use.
//!
//! Classes for the page's style sheet: `cda` around all, `cda-header`,
//! `cda-body`, `cda-section`, `cda-text`, `cda-table` (scrolls), `cda-caption`,
//! `cda-image`, `cda-file` (a link to a file), `cda-media` (files that no text
//! shows), `cda-notes`, `cda-empty` (our words where the author has none), and
//! those of the list in `style.rs`.

mod anchors;
mod block;
mod header;
mod inline;
mod style;
mod table;

use std::collections::HashMap;

use crate::markup::{Attributes, Markup};
use crate::{Body, Document, Media, Section};
use anchors::Anchors;

/// How the HTML fits into the page around it.
#[derive(Debug, Clone)]
pub struct HtmlOptions {
    /// Level of the headings of the first sections: 2 for `h2`, the default.
    pub heading_level: u8,
    /// Start of every `id`, so that two documents can share a page: `cda-`.
    pub id_prefix: String,
    /// Address under which the page serves [`Document::media`]: the file `3`
    /// is at `{media_base}/3`.
    pub media_base: String,
    /// Whether to begin with a list of who, when, where and for whom.
    pub header: bool,
}

impl Default for HtmlOptions {
    fn default() -> HtmlOptions {
        HtmlOptions {
            heading_level: 2,
            id_prefix: "cda-".to_owned(),
            media_base: "media".to_owned(),
            header: true,
        }
    }
}

impl Document {
    /// An HTML fragment in French: the header as a definition list, then the
    /// sections. It has no script, no style, nothing that the browser fetches
    /// by itself but images under `media_base`, and no link but to `http`,
    /// `https`, those files, and itself.
    pub fn to_html(&self, options: &HtmlOptions) -> String {
        let mut page = Page::new(self, options);
        page.html.open_with("div", &[class("cda")]);
        if options.header {
            header::write(&mut page.html, &self.header);
        }
        page.body(&self.body, self.wrapped_text());
        page.html.close("div");
        page.html.into_string()
    }
}

/// A fragment being written.
struct Page<'a> {
    html: Markup,
    options: &'a HtmlOptions,
    media: &'a [Media],
    /// The file of each name that a text may refer to: the first one.
    named: HashMap<&'a str, &'a Media>,
    anchors: Anchors<'a>,
    /// Identifier of the nearest heading: it names the tables under it.
    heading: Option<String>,
    /// Sections so far, to number their headings.
    sections: u32,
    /// Whether we are inside a table: only the outer one scrolls.
    in_table: bool,
    /// Whether we are inside a link: there is none within it.
    in_link: bool,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, options: &'a HtmlOptions) -> Page<'a> {
        let media = document.media();
        let names = media.iter().rev();
        Page {
            html: Markup::default(),
            options,
            media,
            named: names
                .filter_map(|file| Some((file.name.as_deref()?, file)))
                .collect(),
            anchors: Anchors::of(document, &options.id_prefix),
            heading: None,
            sections: 0,
            in_table: false,
            in_link: false,
        }
    }

    fn body(&mut self, body: &'a Body, text: Option<String>) {
        let language = self.anchors.language.clone();
        self.html
            .open_with("div", &with(class("cda-body"), language));
        match body {
            Body::Level1(file) => {
                match text {
                    Some(text) => self.plain_text(&text),
                    None if file.is_image() => self.image(file),
                    None => {}
                }
                self.html.open("p");
                self.file_link(file, "Ouvrir le document");
                self.html.close("p");
            }
            Body::Structured(sections) => {
                for section in sections {
                    self.section(section, self.options.heading_level);
                }
                self.notes();
                self.unplaced_media();
            }
            Body::Empty => {
                self.says("Le contenu de ce document n’est pas dans le fichier.");
            }
        }
        self.html.close("div");
    }

    fn section(&mut self, section: &'a Section, level: u8) {
        self.html.open_with("section", &[class("cda-section")]);
        if let Some(heading) = section.heading() {
            self.sections += 1;
            let id = format!("{}s{}", self.options.id_prefix, self.sections);
            let tag = heading_tag(level);
            self.html.open_with(tag, &[("id", id.clone())]);
            self.html.text(heading);
            self.html.close(tag);
            self.heading = Some(id);
        }
        match &section.narrative {
            Some(text) if !text.is_blank() => self.narrative(text),
            _ if !section.sections.is_empty() => {}
            _ if section.has_entries => {
                self.says("Cette rubrique n’a pas de texte lisible.");
            }
            _ => self.says("Rien n’est écrit dans cette rubrique."),
        }
        for inner in &section.sections {
            self.section(inner, level.saturating_add(1));
        }
        self.html.close("section");
    }

    /// A wrapped text: a paragraph where the author left an empty line.
    fn plain_text(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n");
        for paragraph in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
            self.html.open("p");
            for (number, line) in paragraph.trim_matches('\n').lines().enumerate() {
                if number > 0 {
                    self.html.empty("br", &[]);
                }
                self.html.text(line);
            }
            self.html.close("p");
        }
    }

    /// A wrapped picture of a page.
    fn image(&mut self, file: &Media) {
        let source = ("src", self.address(file));
        let alt = ("alt", "Image du document".to_owned());
        self.html.open("p");
        self.html.empty("img", &[class("cda-image"), source, alt]);
        self.html.close("p");
    }

    /// Files that no text shows: without these links they would be lost.
    fn unplaced_media(&mut self) {
        let placed = |file: &Media| {
            let name = file.name.as_deref().filter(|name| self.anchors.shows(name));
            let shown = name.and_then(|name| self.named.get(name));
            shown.is_some_and(|&shown| std::ptr::eq(shown, file))
        };
        let files: Vec<&Media> = self.media.iter().filter(|file| !placed(file)).collect();
        if files.is_empty() {
            return;
        }
        self.html.open_with("div", &[class("cda-media")]);
        self.html.leaf("p", "Fichiers joints au document");
        self.html.open("ul");
        for file in files {
            self.html.open("li");
            self.file_link(file, "Ouvrir le fichier joint");
            self.html.close("li");
        }
        self.html.close("ul");
        self.html.close("div");
    }

    fn file_link(&mut self, file: &Media, words: &str) {
        let words = format!("{words} ({})", file.description());
        if self.in_link {
            return self.html.text(&words);
        }
        let address = ("href", self.address(file));
        let ours = [class("cda-file"), ("lang", "fr".to_owned()), address];
        self.html.open_with("a", &ours);
        self.html.text(&words);
        self.html.close("a");
    }

    fn address(&self, file: &Media) -> String {
        format!("{}/{}", self.options.media_base, file.id)
    }

    /// A sentence of ours, not of the author.
    fn says(&mut self, sentence: &str) {
        let ours = [class("cda-empty"), ("lang", "fr".to_owned())];
        self.html.open_with("p", &ours);
        self.html.text(sentence);
        self.html.close("p");
    }
}

fn class(name: &str) -> (&'static str, String) {
    ("class", name.to_owned())
}

fn with(
    first: (&'static str, String),
    others: impl IntoIterator<Item = (&'static str, String)>,
) -> Attributes {
    std::iter::once(first).chain(others).collect()
}

/// HTML has six levels of headings; deeper sections share the last.
fn heading_tag(level: u8) -> &'static str {
    match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}
