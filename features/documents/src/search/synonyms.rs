//! Other words for what is sought: « cœur » is typed, « cardiaque » is written
//! (`reference/synonyms.json`).

use std::sync::LazyLock;

use serde::Deserialize;

use super::needle::telling;

const TABLE: &str = include_str!("../../../../reference/synonyms.json");

static OURS: LazyLock<Vec<Group>> =
    LazyLock::new(|| read(TABLE).expect("the table compiled in is well formed"));

struct Group {
    /// Each a word, or some that follow one another: folded, without small words.
    said: Vec<Vec<String>>,
    /// Beginnings of words, folded.
    also: Vec<String>,
}

fn read(json: &str) -> Result<Vec<Group>, serde_json::Error> {
    #[derive(Deserialize)]
    struct File {
        words: Vec<Row>,
    }
    #[derive(Deserialize)]
    struct Row {
        said: Vec<String>,
        also: Vec<String>,
    }
    let rows = serde_json::from_str::<File>(json)?.words.into_iter();
    let groups = rows.map(|row| Group {
        said: row
            .said
            .iter()
            .map(|said| telling(&ins::fold(said)))
            .collect(),
        also: row.also.iter().map(|also| ins::fold(also)).collect(),
    });
    Ok(groups.collect())
}

/// Of each of these words, folded, the beginnings of other words that say the same.
pub(super) fn of(words: &[String]) -> Vec<Vec<&'static str>> {
    let mut others = vec![Vec::new(); words.len()];
    for group in OURS.iter() {
        for said in &group.said {
            let windows = words.windows(said.len()).enumerate();
            for (at, _) in windows.filter(|(_, window)| same(window, said)) {
                for others in &mut others[at..at + said.len()] {
                    others.extend(group.also.iter().map(String::as_str));
                }
            }
        }
    }
    others
}

/// Word for word, whether of one or of several.
fn same(typed: &[String], said: &[String]) -> bool {
    typed.iter().zip(said).all(|(a, b)| stem(a) == stem(b))
}

fn stem(word: &str) -> &str {
    word.strip_suffix(['s', 'x']).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_words_and_beginnings_of_words() {
        for group in OURS.iter() {
            let empty = group.said.iter().any(Vec::is_empty);
            assert!(!empty && !group.also.is_empty(), "{:?}", group.said);
            for also in &group.also {
                assert!(!also.contains(' ') && also.len() >= 2, "{also}");
            }
        }
    }

    #[test]
    fn words_and_sequences_of_words_have_others() {
        let others = |typed: &str| {
            let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
            of(&words).iter().map(|all| all.len()).collect::<Vec<_>>()
        };
        assert!(others("poumons")[0] > 0);
        assert!(others("prise sang").iter().all(|count| *count > 0));
        assert_eq!(others("prise"), [0]);
        assert_eq!(others("scaphoide"), [0]);
    }
}
