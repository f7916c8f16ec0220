//! One folding of text, for comparing names and for searching.

use unicode_normalization::UnicodeNormalization;

/// Folds text so that two spellings of one name become equal: lower case, no
/// accents, ligatures spelled out, every run of punctuation or blanks (hyphen,
/// straight or typographic apostrophe, no-break space…) one space, none at the
/// ends.
///
/// `fold("L’Haÿ-les-Roses")` is `"l hay les roses"`. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    if text.is_ascii() {
        // Most of what is compared: ten times faster.
        for byte in text.bytes() {
            if !byte.is_ascii_alphanumeric() {
                blank = true;
                continue;
            }
            if blank && !folded.is_empty() {
                folded.push(' ');
            }
            blank = false;
            folded.push(char::from(byte.to_ascii_lowercase()));
        }
        return folded;
    }
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        if is_invisible(c) {
            continue;
        }
        if is_separator(c) {
            blank = true;
            continue;
        }
        if blank && !folded.is_empty() {
            folded.push(' ');
        }
        blank = false;
        match spelled_out(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

/// Whatever is no letter, digit or vowel sign, and the modifier letters that
/// stand for an apostrophe (« Oʼbrien »).
fn is_separator(c: char) -> bool {
    matches!(c, '\u{2b0}'..='\u{2ff}')
        || !(c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c))
}

/// Marks that decomposition leaves behind an accented letter of the Latin,
/// Greek or Cyrillic scripts, and characters that take no room. The vowel signs
/// of other scripts are letters to their readers and stay.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
    )
}

/// Letters that Unicode does not decompose, as French civil status writes them.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ħ' => "h",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_become_equal() {
        for (text, expected) in [
            ("L’Haÿ-les-Roses", "l hay les roses"),
            ("ŒUVRARD", "oeuvrard"),
            ("  Nuñez\u{a0}\u{202f}GARCÍA ", "nunez garcia"),
            ("İbrahim IŞIK", "ibrahim isik"),
            ("Ißler", "issler"),
            ("e\u{301}le\u{300}ve", "eleve"),
            ("Łukasz Đỗ", "lukasz do"),
            ("Jean\u{ad}-\u{200b}Pierre", "jean pierre"),
            ("d'A'", "d a"),
            ("", ""),
            ("---", ""),
            ("ﬁn", "fin"),
        ] {
            assert_eq!(fold(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
