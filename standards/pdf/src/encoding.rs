//! Encodings of Latin text (ISO 32000-1, annex D), and letters by their name.

/// The encoding that `Differences` differs from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    Windows,
    Macintosh,
}

/// From 0x80 to 0x9F; the rest is Latin-1.
const WINDOWS: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";

/// From 0x80.
const MACINTOSH: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü\
    †°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
    ¿¡¬√ƒ≈∆«»… ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ\
    ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

impl Base {
    /// What a font names; Windows' contains what others have of ASCII.
    pub fn of(name: Option<&[u8]>) -> Self {
        match name {
            Some(b"MacRomanEncoding") => Self::Macintosh,
            _ => Self::Windows,
        }
    }

    pub fn letter(self, code: u8) -> Option<char> {
        let above = code.checked_sub(0x80).map(usize::from);
        match (self, above) {
            (_, None) => Some(char::from(code)).filter(|c| !c.is_control()),
            (Self::Macintosh, Some(at)) => MACINTOSH.chars().nth(at),
            (Self::Windows, Some(at @ ..0x20)) => WINDOWS.chars().nth(at),
            (Self::Windows, Some(_)) => Some(char::from(code)),
        }
    }
}

/// Names that are not composed of a letter and its accent (Adobe Glyph List).
const NAMES: &[(&str, &str)] = &[
    ("space", " "),
    ("nbspace", " "),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("period", "."),
    ("comma", ","),
    ("colon", ":"),
    ("semicolon", ";"),
    ("hyphen", "-"),
    ("minus", "-"),
    ("endash", "–"),
    ("emdash", "—"),
    ("slash", "/"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("bracketleft", "["),
    ("bracketright", "]"),
    ("plus", "+"),
    ("equal", "="),
    ("less", "<"),
    ("greater", ">"),
    ("lessequal", "≤"),
    ("greaterequal", "≥"),
    ("percent", "%"),
    ("degree", "°"),
    ("mu", "µ"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("quoteleft", "‘"),
    ("quotedbl", "\""),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("ellipsis", "…"),
    ("bullet", "•"),
    ("Euro", "€"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("germandbls", "ß"),
    ("ff", "ff"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("underscore", "_"),
    ("at", "@"),
    ("ampersand", "&"),
    ("question", "?"),
    ("exclam", "!"),
    ("asterisk", "*"),
    ("numbersign", "#"),
];

/// Accents as marks that follow their letter.
const ACCENTS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circumflex", '\u{302}'),
    ("dieresis", '\u{308}'),
    ("tilde", '\u{303}'),
    ("cedilla", '\u{327}'),
    ("ring", '\u{30a}'),
    ("caron", '\u{30c}'),
];

/// The text of a letter's name; empty for a name that says nothing.
pub(crate) fn named(name: &[u8]) -> String {
    let Ok(name) = std::str::from_utf8(name) else {
        return String::new();
    };
    let name = name.split('.').next().unwrap_or_default();
    if let Some((_, text)) = NAMES.iter().find(|(known, _)| *known == name) {
        return (*text).to_owned();
    }
    let mut letters = name.chars();
    match (letters.next(), letters.as_str()) {
        (Some(letter), "") => letter.to_string(),
        (Some('u'), rest) => {
            let digits = rest.strip_prefix("ni").unwrap_or(rest);
            let digits = digits.get(..4.max(digits.len().min(6)));
            let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
            match code.and_then(char::from_u32) {
                Some(letter) => letter.to_string(),
                None => accented('u', rest),
            }
        }
        (Some(letter), accent) => accented(letter, accent),
        (None, _) => String::new(),
    }
}

fn accented(letter: char, accent: &str) -> String {
    let mark = ACCENTS.iter().find(|(name, _)| *name == accent);
    match mark {
        Some((_, mark)) if letter.is_ascii_alphabetic() => [letter, *mark].iter().collect(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_names_become_letters() {
        assert_eq!(Base::Windows.letter(0xE9), Some('é'));
        assert_eq!(Base::Windows.letter(0x9C), Some('œ'));
        assert_eq!(Base::Macintosh.letter(0x8E), Some('é'));
        assert_eq!(Base::Macintosh.letter(0xFF), Some('ˇ'));
        assert_eq!(Base::Windows.letter(7), None);
        for (name, text) in [
            ("ugrave", "u\u{300}"),
            ("uni00E9", "é"),
            ("u00e9", "é"),
            ("five.lining", "5"),
            ("g12", ""),
            ("", ""),
            ("Ccedilla", "C\u{327}"),
        ] {
            assert_eq!(named(name.as_bytes()), text, "{name}");
        }
    }
}
