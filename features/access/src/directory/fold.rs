//! Words without case, accents and signs, as names are sought.

/// The words of a text, in small plain letters and digits.
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars().flat_map(char::to_lowercase) {
        let plain = match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
            'ç' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
            'ù' | 'ú' | 'û' | 'ü' => "u",
            'ý' | 'ÿ' => "y",
            'œ' => "oe",
            'æ' => "ae",
            'ß' => "ss",
            // An accent that stands on its own belongs to the letter before it.
            '\u{300}'..='\u{36f}' => continue,
            _ => "",
        };
        if let Some(word) = words.last_mut() {
            if !plain.is_empty() {
                word.push_str(plain);
                continue;
            }
            if letter.is_ascii_alphanumeric() {
                word.push(letter);
                continue;
            }
            if word.is_empty() {
                continue;
            }
        }
        words.push(String::new());
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Every word that one slip of a finger away from `word`: a letter changed, missing, too many, or
/// two exchanged. The first letter is taken as right.
pub fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut all = Vec::new();
    for at in 1..=letters.len() {
        let (before, after) = letters.split_at(at);
        let join = |middle: Option<char>, after: &[char]| -> String {
            before.iter().chain(middle.iter()).chain(after).collect()
        };
        for letter in 'a'..='z' {
            all.push(join(Some(letter), after));
            if let [_, rest @ ..] = after {
                all.push(join(Some(letter), rest));
            }
        }
        if let [_, rest @ ..] = after {
            all.push(join(None, rest));
        }
        if let [one, two, rest @ ..] = after {
            let exchanged: Vec<char> = [*two, *one]
                .into_iter()
                .chain(rest.iter().copied())
                .collect();
            all.push(join(None, &exchanged));
        }
    }
    all.sort_unstable();
    all.dedup();
    all.retain(|slip| slip != word);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accents_case_and_signs_do_not_count() {
        assert_eq!(
            words("Lefèvre-D’ŒUVRE  Noël"),
            ["lefevre", "d", "oeuvre", "noel"]
        );
        assert_eq!(words("Me\u{301}decin"), ["medecin"]);
        assert!(words(" — ").is_empty());
    }

    #[test]
    fn a_slip_is_one_letter() {
        let slips = slips("martin");
        for slip in ["marti", "martyn", "marrtin", "matrin", "martins"] {
            assert!(slips.contains(&slip.to_owned()), "{slip}");
        }
        assert!(!slips.contains(&"martin".to_owned()));
        assert!(!slips.contains(&"mort".to_owned()));
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in ".{0,40}") {
            let once = words(&text);
            prop_assert_eq!(words(&once.join(" ")), once);
        }
    }
}
