//! The one writer of tags, for the HTML shown and for the XML written.

/// Text with tags. Names of elements and attributes are compiled in; all that
/// comes from elsewhere is escaped, so that it can only ever be text.
#[derive(Default)]
pub(crate) struct Markup {
    text: String,
}

/// Attributes of one element.
pub(crate) type Attributes = Vec<(&'static str, String)>;

impl Markup {
    /// Opens an element.
    pub fn open(&mut self, name: &'static str) {
        self.open_with(name, &[]);
    }

    /// Opens an element that has attributes.
    pub fn open_with(&mut self, name: &'static str, attributes: &[(&'static str, String)]) {
        self.start(name, attributes);
        self.text.push('>');
    }

    /// An element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&'static str, String)]) {
        self.start(name, attributes);
        self.text.push_str("/>");
    }

    /// Closes an element.
    pub fn close(&mut self, name: &'static str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// Text of a person or a document.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.text);
    }

    /// A whole element that holds only text.
    pub fn leaf(&mut self, name: &'static str, text: &str) {
        self.open(name);
        self.text(text);
        self.close(name);
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.text
    }

    fn start(&mut self, name: &'static str, attributes: &[(&'static str, String)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            escape(value, &mut self.text);
            self.text.push('"');
        }
    }
}

/// Escapes for text and for quoted attributes alike; drops the characters
/// that XML 1.0 (section 2.2) cannot hold.
fn escape(text: &str, into: &mut String) {
    let mut plain = 0;
    // By bytes: nearly all of them are plain, and the others begin a character.
    for (at, byte) in text.bytes().enumerate() {
        if PLAIN[usize::from(byte)] {
            continue;
        }
        let (escaped, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\'' => ("&#39;", 1),
            // U+FFFE and U+FFFF alone of those that begin so.
            0xEF if !text[at..].starts_with(['\u{FFFE}', '\u{FFFF}']) => continue,
            0xEF => ("", 3),
            _ => ("", 1),
        };
        into.push_str(&text[plain..at]);
        into.push_str(escaped);
        plain = at + length;
    }
    into.push_str(&text[plain..]);
}

/// The bytes that stand for themselves wherever they are.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < 0x20 {
        plain[byte] = matches!(byte, 0x09 | 0x0A);
        byte += 1;
    }
    let others = b"&<>\"'\xEF";
    let mut at = 0;
    while at < others.len() {
        plain[others[at] as usize] = false;
        at += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_given_can_leave_its_place() {
        let mut markup = Markup::default();
        markup.open_with("a", &[("href", "\"><script>'&\u{0}\u{FFFF}".to_owned())]);
        markup.text("</a>&amp;\u{8}");
        markup.close("a");
        assert_eq!(
            markup.into_string(),
            "<a href=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;/a&gt;&amp;amp;</a>"
        );
    }

    /// As a character at a time says it, for every character beside every other kind.
    #[test]
    fn by_bytes_as_by_characters() {
        for character in (0..=0x1_0FFFF).filter_map(char::from_u32) {
            let expected = match character {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '"' => "&quot;".to_owned(),
                '\'' => "&#39;".to_owned(),
                '\t' | '\n' | ' '..='\u{FFFD}' | '\u{10000}'.. => character.to_string(),
                _ => String::new(),
            };
            let mut written = String::new();
            escape(&format!("é{character}ﷺ{character}"), &mut written);
            assert_eq!(written, format!("é{expected}ﷺ{expected}"), "{character:?}");
        }
    }
}
