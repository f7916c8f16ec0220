//! The plain text of an RTF file. Only words come out: objects, pictures,
//! fields, fonts and whatever else the format can carry are skipped, and
//! nothing of the file is ever run or fetched.

use crate::encoding::windows_1252;

/// Deepest nesting of groups; what is deeper is not read.
const DEEPEST: usize = 100;

/// Groups whose text is not the document's.
const ASIDE: [&str; 20] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "themedata",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "datafield",
    "fldinst",
    "listtable",
    "generator",
];

/// The text of a file, one line for each paragraph, tabs between cells; none
/// when it is not RTF.
pub fn rtf_text(bytes: &[u8]) -> Option<String> {
    let rest = bytes.strip_prefix(b"{\\rtf")?;
    let mut reader = Reader {
        rest,
        text: String::new(),
        groups: vec![Group {
            aside: false,
            skip: 1,
        }],
        passing: 0,
        half: None,
    };
    // The version of the format.
    reader.number();
    while reader.step() {}
    let lines = reader.text.lines().map(str::trim_end);
    Some(lines.collect::<Vec<_>>().join("\n").trim().to_owned())
}

#[derive(Clone, Copy)]
struct Group {
    aside: bool,
    /// Characters that stand for a Unicode one where it cannot be shown.
    skip: usize,
}

struct Reader<'a> {
    rest: &'a [u8],
    text: String,
    groups: Vec<Group>,
    /// Such characters still to pass over.
    passing: usize,
    /// First half of a character beyond the Basic Multilingual Plane.
    half: Option<u16>,
}

impl Reader<'_> {
    fn step(&mut self) -> bool {
        let Some((&byte, rest)) = self.rest.split_first() else {
            return false;
        };
        self.rest = rest;
        match byte {
            b'{' => {
                let group = self.group();
                self.groups.push(group);
                return self.groups.len() <= DEEPEST;
            }
            b'}' => {
                self.groups.pop();
                return !self.groups.is_empty();
            }
            b'\\' => self.control(),
            b'\r' | b'\n' => {}
            other => self.say(windows_1252(other)),
        }
        true
    }

    fn group(&self) -> Group {
        let outermost = Group {
            aside: true,
            skip: 1,
        };
        self.groups.last().copied().unwrap_or(outermost)
    }

    fn say(&mut self, character: char) {
        if self.passing > 0 {
            self.passing -= 1;
        } else if !self.group().aside {
            self.text.push(character);
        }
    }

    fn control(&mut self) {
        let Some((&first, rest)) = self.rest.split_first() else {
            return;
        };
        if !first.is_ascii_alphabetic() {
            self.rest = rest;
            match first {
                b'\'' => self.byte(),
                b'~' => self.say('\u{A0}'),
                b'_' => self.say('\u{2011}'),
                b'*' => self.aside(),
                b'\\' | b'{' | b'}' => self.say(char::from(first)),
                b'\r' | b'\n' => self.say('\n'),
                _ => {}
            }
            return;
        }
        let letters = |byte: &u8| !byte.is_ascii_alphabetic();
        let end = self
            .rest
            .iter()
            .position(letters)
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end.min(32));
        self.rest = rest;
        let number = self.number();
        if self.rest.first() == Some(&b' ') {
            self.rest = &self.rest[1..];
        }
        self.word(std::str::from_utf8(word).unwrap_or_default(), number);
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        match word {
            "par" | "line" | "sect" | "page" | "row" => self.say('\n'),
            "tab" | "cell" => self.say('\t'),
            "emdash" => self.say('—'),
            "endash" => self.say('–'),
            "lquote" => self.say('‘'),
            "rquote" => self.say('’'),
            "ldblquote" => self.say('“'),
            "rdblquote" => self.say('”'),
            "bullet" => self.say('•'),
            "u" => self.unicode(number.unwrap_or_default()),
            "uc" => {
                if let Some(group) = self.groups.last_mut() {
                    let skip = usize::try_from(number.unwrap_or(1));
                    group.skip = skip.unwrap_or(1).min(8);
                }
            }
            "bin" => {
                let length = usize::try_from(number.unwrap_or_default()).unwrap_or_default();
                self.rest = &self.rest[length.min(self.rest.len())..];
            }
            word if ASIDE.contains(&word) => self.aside(),
            _ => {}
        }
    }

    fn aside(&mut self) {
        if let Some(group) = self.groups.last_mut() {
            group.aside = true;
        }
    }

    /// `\'e9`: a character of the code page.
    fn byte(&mut self) {
        let digits = self
            .rest
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok());
        let Some(byte) = digits.and_then(|two| u8::from_str_radix(two, 16).ok()) else {
            return;
        };
        self.rest = &self.rest[2..];
        self.say(windows_1252(byte));
    }

    /// `\u8217?`: a signed unit of UTF-16, and what stands for it elsewhere.
    fn unicode(&mut self, number: i64) {
        let unit = number.rem_euclid(65_536) as u16;
        let first = self.half.take();
        let units = [first.unwrap_or(unit), unit];
        let units = if first.is_some() {
            &units[..]
        } else {
            &units[1..]
        };
        match char::decode_utf16(units.iter().copied()).next() {
            Some(Ok(character)) => self.say(character),
            _ if first.is_none() && (0xD800..0xDC00).contains(&unit) => self.half = Some(unit),
            _ => self.say('\u{FFFD}'),
        }
        self.passing = self.group().skip;
    }

    fn number(&mut self) -> Option<i64> {
        let signed = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest[signed..].iter();
        let length = signed + digits.take_while(|byte| byte.is_ascii_digit()).count();
        if length == signed {
            return None;
        }
        let (number, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(number).ok()?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::rtf_text;
    use proptest::prelude::*;

    #[test]
    fn only_the_words_come_out() {
        let file = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author X}}
\f0\fs24 Compte rendu de l\'92\'e9cho\'67raphie\par
R\u233?sultat\~: \b normal\b0 , {\i sans} particularit\'e9.\par{\pict\pngblip 89504E47}
a\cell b\cell\row {\*\generator Word;}{\field{\*\fldinst HYPERLINK http://x}{\fldrslt lien}}\{fin\}}";
        assert_eq!(
            rtf_text(file).unwrap(),
            "Compte rendu de l’échographie\nRésultat\u{A0}: normal, sans particularité.\na\tb\nlien{fin}"
        );
        assert_eq!(rtf_text(br"{\rtf1\uc1 \u-10179?\u-8704?}").unwrap(), "😀");
        assert_eq!(rtf_text(b"%PDF"), None);
    }

    #[test]
    fn deep_and_broken_files_end() {
        let deep = [b"{\\rtf1 debut ".to_vec(), b"{".repeat(100_000)].concat();
        assert_eq!(rtf_text(&deep).unwrap(), "debut");
        for broken in [
            "{\\rtf",
            "{\\rtf1\\",
            "{\\rtf1\\'",
            "{\\rtf1\\bin99999 x",
            "{\\rtf1\\u",
            "{\\rtf1\\u-99999999999999999999 x",
        ] {
            rtf_text(broken.as_bytes()).unwrap();
        }
    }

    proptest! {
        #[test]
        fn no_file_makes_it_fall(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let file = [b"{\\rtf1".to_vec(), bytes].concat();
            prop_assert!(rtf_text(&file).is_some());
        }
    }
}
