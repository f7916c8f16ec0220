//! How people speak of professionals, beside what the directory writes: « Dr Martin », « infirmière »,
//! « médecin généraliste ».

/// What stands before a name and is no part of it.
const TITLES: [&str; 12] = [
    "dr",
    "dre",
    "docteur",
    "docteure",
    "pr",
    "professeur",
    "m",
    "mr",
    "monsieur",
    "mme",
    "mlle",
    "madame",
];

/// A word of everyday, and the beginning of what the directory writes instead.
const EVERYDAY: [(&str, &str); 15] = [
    ("generaliste", "general"),
    ("infirmiere", "infirmier"),
    ("pharmacienne", "pharmacien"),
    ("chirurgienne", "chirurgien"),
    ("opticienne", "opticien"),
    ("audioprothesiste", "audioprothes"),
    ("dieteticienne", "dieteticien"),
    ("anesthesiste", "anesthesi"),
    ("urgentiste", "urgence"),
    ("radiologue", "radio"),
    ("neurochirurgienne", "neurochirurg"),
    ("gastroenterologue", "gastro"),
    ("kinesitherapeute", "kine"),
    ("doctoresse", "medecin"),
    ("toubib", "medecin"),
];

/// The words without titles, unless nothing else was said.
pub(super) fn without_titles(words: &[String]) -> Vec<String> {
    let is_title = |word: &String| TITLES.contains(&word.as_str());
    match words.iter().all(is_title) {
        true => words.to_vec(),
        false => words.iter().filter(|one| !is_title(one)).cloned().collect(),
    }
}

/// What is looked for, one after the other until something is found: the words as they were said (a
/// title may be somebody's name), without titles, then as the directory has them.
pub(super) fn ways(words: &[String]) -> Vec<Vec<String>> {
    let plain = without_titles(words);
    let written = plain.iter().map(|word| {
        let known = EVERYDAY.iter().find(|(said, _)| said == word);
        known.map_or_else(|| word.clone(), |(_, written)| (*written).to_owned())
    });
    let written = written.collect();
    let mut ways = vec![words.to_vec(), plain, written];
    ways.dedup();
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_no_name_unless_it_is_all_that_is_said() {
        let of = |text: &str| ways(&super::super::fold::words(text));
        let words = |words: &[&str]| {
            words
                .iter()
                .map(|one| (*one).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(of("Martin"), [words(&["martin"])]);
        assert_eq!(
            of("Dr Martin"),
            [words(&["dr", "martin"]), words(&["martin"])]
        );
        assert_eq!(of("Monsieur"), [words(&["monsieur"])]);
        assert_eq!(
            of("Mme Garcia infirmière").last(),
            Some(&words(&["garcia", "infirmier"]))
        );
        assert_eq!(
            of("médecin généraliste Valbrume").last(),
            Some(&words(&["medecin", "general", "valbrume"]))
        );
    }
}
