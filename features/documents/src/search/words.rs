//! The words of a text, folded and counted, as bytes that are quick to look through.
//!
//! Sorted, each `\n`, the word, and how often it stands there (a byte from 1 to 8, for 8 or
//! more); `\n` at the end. Folding leaves no character below a space, so that a word begins
//! after `\n` and ends before a count, wherever a search lands.

use std::collections::HashMap;

use super::needle::{Level, Needle, stands};

/// Bytes of a word; longer ones (addresses, tables without spaces) are cut.
const LONGEST: usize = 40;
/// The count for « this often, or more ».
const MOST: u8 = 8;
const BEGIN: u8 = b'\n';

/// Writes down the words of a text.
pub(super) fn of(text: &str) -> Vec<u8> {
    let folded = ins::fold(text);
    let mut counts: HashMap<&str, u8> = HashMap::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let end = (0..=LONGEST.min(word.len()))
            .rev()
            .find(|at| word.is_char_boundary(*at));
        let count = counts.entry(&word[..end.unwrap_or(0)]).or_default();
        *count = (*count + 1).min(MOST);
    }
    let mut sorted: Vec<(&str, u8)> = counts.into_iter().collect();
    sorted.sort_unstable();
    let mut words = Vec::with_capacity(folded.len() / 2);
    for (word, count) in sorted {
        words.push(BEGIN);
        words.extend(word.bytes());
        words.push(count);
    }
    words.push(BEGIN);
    words
}

/// How a needle, or another word for it, stands among words, and how often; the best that there is.
pub(super) fn find(words: &[u8], needle: &Needle) -> Option<(Level, u8)> {
    let mut best = None;
    for at in needle.beginning().find_iter(words).take(16) {
        let Some((word, count)) = read(words, at + 1) else {
            break;
        };
        match needle.level(word) {
            // Sorted: nothing better follows a word that is there as it was typed.
            Some(Level::Whole) => return Some((Level::Whole, count)),
            Some(level) if best.is_none() => best = Some((level, count)),
            _ => {}
        }
    }
    best.or_else(|| {
        let others = needle.others().iter();
        let counts = others.filter_map(|other| Some(find(words, other)?.1));
        Some((Level::Also, counts.max()?))
    })
}

/// The same for a word that may have one slip.
pub(super) fn find_slip(words: &[u8], needle: &Needle) -> Option<(Level, u8)> {
    let mut best = None;
    for part in needle.parts() {
        for at in part.find_iter(words) {
            let begin = words[..=at].iter().rposition(|byte| *byte == BEGIN);
            let Some((word, count)) = begin.and_then(|begin| read(words, begin + 1)) else {
                continue;
            };
            match needle.slip(word) {
                Some(Level::Slip) => return Some((Level::Slip, count)),
                Some(level) if best.is_none() => best = Some((level, count)),
                _ => {}
            }
        }
    }
    best
}

/// The word that begins there, and its count.
fn read(words: &[u8], begin: usize) -> Option<(&[u8], u8)> {
    let rest = words.get(begin..)?;
    let length = rest.iter().position(|byte| !stands(*byte))?;
    Some((&rest[..length], rest[length])).filter(|(word, _)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seek(text: &str, typed: &str) -> Option<Level> {
        let needle = Needle::new(typed);
        let words = of(text);
        let strict = find(&words, &needle);
        strict
            .or_else(|| find_slip(&words, &needle))
            .map(|(level, _)| level)
    }

    #[test]
    fn words_are_found_whole_by_their_beginning_and_with_a_slip() {
        let text = "Échographie cardiaque : fraction d’éjection à 60 %. L’œdème a cédé.";
        for (typed, level) in [
            ("echographie", Some(Level::Whole)),
            ("cardiaque", Some(Level::Whole)),
            ("cardiaques", Some(Level::Whole)),
            ("cardia", Some(Level::Beginning)),
            ("oedeme", Some(Level::Whole)),
            ("60", Some(Level::Whole)),
            ("6", Some(Level::Beginning)),
            ("ecographie", Some(Level::Slip)),
            ("echograhpie", Some(Level::Slip)),
            ("xchographie", Some(Level::Slip)),
            ("ejectiom", Some(Level::Slip)),
            ("ecogra", Some(Level::SlippedBeginning)),
            ("rein", None),
            ("ecgraphie", None),
        ] {
            assert_eq!(seek(text, typed), level, "{typed}");
        }
    }

    #[test]
    fn repeated_words_weigh_more_up_to_a_point() {
        let words = of(&"genou ".repeat(20));
        assert_eq!(words, b"\ngenou\x08\n");
        let found = find(&words, &Needle::new("genou"));
        assert_eq!(found, Some((Level::Whole, 8)));
        assert_eq!(of("  … "), b"\n");
    }

    proptest! {
        #[test]
        fn every_word_of_a_text_is_found_in_it(text in "[a-zéèœ ,.'0-9\\-]{0,80}") {
            let words = of(&text);
            for word in ins::fold(&text).split(' ').filter(|word| !word.is_empty()) {
                let found = find(&words, &Needle::new(word));
                prop_assert!(matches!(found, Some((Level::Whole, _))) || word.len() > LONGEST);
            }
        }

        #[test]
        fn one_letter_changed_missing_or_too_many_is_forgiven(
            word in "[a-z]{5,12}", at in 0_usize..12, letter in "[a-z]", way in 0..4
        ) {
            let at = at % word.len();
            let mut typed = word.clone();
            match way {
                0 => typed.replace_range(at..=at, &letter),
                1 => drop(typed.remove(at)),
                2 => typed.insert_str(at, &letter),
                _ => {
                    let at = at.min(word.len() - 2);
                    let pair: String = word[at..at + 2].chars().rev().collect();
                    typed.replace_range(at..at + 2, &pair);
                }
            }
            prop_assert!(seek(&format!("avant {word} zz"), &typed).is_some(), "{typed}");
        }

        #[test]
        fn nothing_typed_breaks_it(text in "\\PC{0,60}", typed in "\\PC{0,20}") {
            let words = of(&text);
            if let Some(query) = super::super::Query::of(&typed) {
                for needle in &query.needles {
                    find(&words, needle);
                    find_slip(&words, needle);
                }
            }
        }
    }
}
