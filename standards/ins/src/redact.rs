//! Numbers that stand in a text, taken out of what is shown of it.

use std::borrow::Cow;

use crate::Matricule;

/// Characters of a number.
const LENGTH: usize = 15;
/// What stands in its place.
const HIDDEN: &str = "[INS]";

/// The text with each national health identity number (15 characters whose key is right, blanks,
/// dots and hyphens between them) replaced by `[INS]`.
///
/// For excerpts: whoever looks at a list needs no number, and a screen is seen over a shoulder.
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut redacted = String::new();
    let mut kept = 0;
    let mut after_word = false;
    for (at, c) in text.char_indices() {
        let begins = at >= kept && !after_word && matches!(c, '1'..='8');
        if let Some(length) = begins.then(|| number(&text[at..])).flatten() {
            redacted.push_str(&text[kept..at]);
            redacted.push_str(HIDDEN);
            kept = at + length;
        }
        after_word = c.is_alphanumeric();
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    redacted.push_str(&text[kept..]);
    Cow::Owned(redacted)
}

/// Bytes of the number that the text begins with.
fn number(text: &str) -> Option<usize> {
    let (mut number, mut parted) = (String::with_capacity(LENGTH), false);
    for (at, c) in text.char_indices() {
        if number.len() == LENGTH {
            return (!c.is_alphanumeric()).then(|| ends(&number, at)).flatten();
        }
        match c {
            '0'..='9' | 'A' | 'B' | 'a' | 'b' => {
                number.push(c.to_ascii_uppercase());
                parted = false;
            }
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2011}' | '.' | '-' if !parted => parted = true,
            _ => return None,
        }
    }
    ends(&number, text.len())
}

fn ends(number: &str, at: usize) -> Option<usize> {
    Matricule::parse(number).ok().map(|_| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_out_however_they_are_written() {
        let number = Matricule::from_body("2790351215189").expect("a number");
        let (plain, grouped) = (number.as_str().to_owned(), number.grouped());
        for written in [
            &plain,
            &grouped,
            &grouped.replace(' ', "\u{a0}"),
            &grouped.replace(' ', "."),
        ] {
            assert_eq!(
                redact(&format!("Née, INS : {written} (NIR)")),
                "Née, INS : [INS] (NIR)"
            );
            assert_eq!(redact(written), "[INS]");
            assert_eq!(redact(&format!("{written}, {written}.")), "[INS], [INS].");
        }
        let corsican = Matricule::from_body("279032A215189").expect("a number");
        assert_eq!(redact(&corsican.as_str().to_lowercase()), "[INS]");
    }

    #[test]
    fn other_numbers_stay() {
        let number = Matricule::from_body("2790351215189").expect("a number");
        for text in [
            "Tension 13/8, 2 79 03 51",
            "2.79.03.51 1 2 3 4 5 6 7 8 9",
            &format!("4{}", number.as_str()),
            &format!("{}0", number.as_str()),
            "279035121518900",
            "",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
