//! What stays within a line: styles, links, notes, images.

use super::anchors::{is_language, referenced};
use super::style::Style;
use super::{Page, class};
use crate::markup::Attributes;
use crate::{Element, Node};

/// Longest text that stands for an image, in characters; its caption says
/// the rest.
const MAX_ALT: usize = 300;

impl<'a> Page<'a> {
    /// Nodes within a line.
    pub(super) fn inline(&mut self, nodes: &'a [Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.html.text(text),
                Node::Element(element) => self.inline_element(element),
            }
        }
    }

    fn inline_element(&mut self, element: &'a Element) {
        match element.name.as_ref() {
            "br" => {
                self.html.empty("br", &[]);
                self.inline(&element.children);
            }
            "sub" => self.wrapped("sub", element),
            "sup" => self.wrapped("sup", element),
            "footnote" => {
                if let Some(number) = self.anchors.note(element) {
                    self.note_call(number, true);
                }
            }
            "footnoteRef" => {
                let name = element.attribute("IDREF").unwrap_or_default();
                if let Some(number) = self.anchors.note_named(name) {
                    self.note_call(number, false);
                }
                self.inline(&element.children);
            }
            "linkHtml" => self.link(element),
            "renderMultiMedia" => self.multimedia(element),
            // `content`, and what we do not know: its text.
            _ => self.styled(element),
        }
    }

    /// The content of an element, with its style, language and anchor.
    pub(super) fn styled(&mut self, element: &'a Element) {
        let attributes = self.attributes(element);
        if attributes.is_empty() {
            return self.emphasized(element);
        }
        self.html.open_with("span", &attributes);
        self.emphasized(element);
        self.html.close("span");
    }

    /// The content of an element, in what its style wraps around.
    pub(super) fn emphasized(&mut self, element: &'a Element) {
        if element.attributes.is_empty() {
            return self.inline(&element.children);
        }
        let wrappers = Style::of(element).wrappers;
        for name in &wrappers {
            self.html.open(name);
        }
        self.inline(&element.children);
        for name in wrappers.iter().rev() {
            self.html.close(name);
        }
    }

    /// The attributes that an element of a narrative may have in HTML.
    pub(super) fn attributes(&mut self, element: &Element) -> Attributes {
        // As most cells.
        if element.attributes.is_empty() {
            return vec![];
        }
        let classes = Style::of(element).classes;
        let language = element.attribute("language").filter(|tag| is_language(tag));
        let class = (!classes.is_empty()).then_some(("class", classes));
        let language = language.map(|tag| ("lang", tag.to_owned()));
        let place = self.anchors.place(element);
        place.into_iter().chain(class).chain(language).collect()
    }

    fn wrapped(&mut self, name: &'static str, element: &'a Element) {
        let attributes = self.attributes(element);
        self.html.open_with(name, &attributes);
        self.emphasized(element);
        self.html.close(name);
    }

    fn link(&mut self, element: &'a Element) {
        let href = element.attribute("href").unwrap_or_default().trim();
        let inside = href.strip_prefix('#');
        let address = match inside {
            Some(name) => self.anchors.link(name),
            None => web_address(href),
        };
        let blank = element.children.iter().all(Node::is_blank);
        // HTML has no link within a link.
        let Some(address) = address.filter(|_| !self.in_link) else {
            self.styled(element);
            // An address that may not be followed is still information.
            match inside {
                None if blank => self.html.text(href),
                None if !href.is_empty() => self.html.text(&format!(" ({href})")),
                _ => {}
            }
            return;
        };
        let mut attributes = self.attributes(element);
        attributes.push(("href", address));
        if inside.is_none() {
            attributes.push(("rel", "noopener noreferrer external".to_owned()));
        }
        self.html.open_with("a", &attributes);
        self.in_link = true;
        match blank {
            true => self.html.text(href),
            false => self.emphasized(element),
        }
        self.in_link = false;
        self.html.close("a");
    }

    fn multimedia(&mut self, element: &'a Element) {
        let caption = element.text().replace('\n', " ");
        for name in referenced(element) {
            match self.named.get(name).copied() {
                Some(file) if file.is_image() => {
                    let alt = match caption.is_empty() {
                        true => "Image sans description".to_owned(),
                        false => caption.chars().take(MAX_ALT).collect(),
                    };
                    let source = ("src", self.address(file));
                    self.html
                        .empty("img", &[class("cda-image"), source, ("alt", alt)]);
                }
                Some(file) => self.file_link(file, "Ouvrir le fichier joint"),
                None => {
                    let ours = [class("cda-empty"), ("lang", "fr".to_owned())];
                    self.html.open_with("span", &ours);
                    self.html.text("[fichier joint illisible]");
                    self.html.close("span");
                }
            }
        }
        if !caption.is_empty() {
            self.html.open_with("span", &[class("cda-caption")]);
            self.html.text(&caption);
            self.html.close("span");
        }
    }

    /// The number that calls a note; only the call at the note's own place
    /// can be come back to.
    fn note_call(&mut self, number: usize, own: bool) {
        let prefix = &self.options.id_prefix;
        let id = own.then(|| ("id", format!("{prefix}r{number}")));
        let link = [
            ("href", format!("#{prefix}n{number}")),
            ("aria-label", format!("Note {number}")),
        ];
        self.html.open_with("sup", id.as_slice());
        if self.in_link {
            self.html.text(&number.to_string());
        } else {
            self.html.open_with("a", &link);
            self.html.text(&number.to_string());
            self.html.close("a");
        }
        self.html.close("sup");
    }

    /// The notes, after all sections.
    pub(super) fn notes(&mut self) {
        let notes = std::mem::take(&mut self.anchors.notes);
        if notes.is_empty() {
            return;
        }
        self.html.open_with("ol", &[class("cda-notes")]);
        for (note, number) in notes.into_iter().zip(1_usize..) {
            let prefix = &self.options.id_prefix;
            let back = [
                ("href", format!("#{prefix}r{number}")),
                ("aria-label", format!("Retour au texte, note {number}")),
            ];
            self.html
                .open_with("li", &[("id", format!("{prefix}n{number}"))]);
            self.mixed(&note.children);
            self.html.text(" ");
            self.html.open_with("a", &back);
            self.html.text("↩");
            self.html.close("a");
            self.html.close("li");
        }
        self.html.close("ol");
    }
}

/// An address on the web that may be a link: `http` or `https`, with a host
/// and without a user name, which could pass for one.
fn web_address(href: &str) -> Option<String> {
    let (scheme, rest) = href.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let odd = |c: char| c == '@' || c == '\\' || c.is_whitespace() || c.is_control();
    if host.is_empty() || host.contains(odd) || rest.contains(char::is_control) {
        return None;
    }
    Some(format!("{scheme}://{}", rest.replace(' ', "%20")))
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn only_plain_web_addresses_are_links() {
        assert_eq!(
            web_address("HTTPS://exemple.fr/a b?c#d").as_deref(),
            Some("https://exemple.fr/a%20b?c#d")
        );
        for bad in [
            "javascript:alert(1)",
            "javascript://x/%0Aalert(1)",
            "data:text/html,x",
            "//exemple.fr",
            "exemple.fr",
            "https://",
            "https://impots.fr@exemple.fr/",
            "https://exemple.fr\\@x/",
            "https://exem\tple.fr/",
            "",
        ] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }
}
