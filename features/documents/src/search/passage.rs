//! The passage of a text that answers best, with its words marked.

use super::needle::{Level, Query};

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// The text goes on before.
    pub after_start: bool,
    /// The text goes on after.
    pub before_end: bool,
}

/// A part of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it says.
    pub text: String,
    /// It is a word that was sought.
    pub sought: bool,
}

/// Bytes between the first and the last word that a passage shows together.
const TOGETHER: usize = 140;
/// Bytes shown before and after them.
const BEFORE: usize = 70;
const AFTER: usize = 110;
/// Answers looked at in one text.
const MOST: usize = 400;

/// A word of the text that answers.
struct Answer {
    begin: usize,
    end: usize,
    needle: usize,
    whole: bool,
}

impl Passage {
    /// The passage of a text that answers a query; `None` when no word of it does.
    ///
    /// Identity numbers that stand in it are not shown.
    pub fn of(text: &str, query: &Query) -> Option<Self> {
        let text = &*ins::redact(text);
        let answers = answers(text, query);
        let first = window(&answers, query.needles.len())?;
        let from = answers[first].begin;
        let shown: Vec<&Answer> = answers[first..]
            .iter()
            .take_while(|answer| answer.end - from <= TOGETHER || answer.begin == from)
            .collect();
        let last = shown.last()?.end;
        // Where no space comes before the word, the next one would leave the word out.
        let begin = word_start(text, from.saturating_sub(BEFORE)).min(from);
        let end = word_end(text, (last + AFTER).min(text.len()));
        // Words that were sought are marked wherever they show.
        // Rows of a table stand apart.
        let rows = text[begin..end].contains('\t');
        let (mut parts, mut at) = (Vec::new(), begin);
        for answer in answers.iter().filter(|a| a.begin >= begin && a.end <= end) {
            push(&mut parts, &text[at..answer.begin], false, rows);
            push(&mut parts, &text[answer.begin..answer.end], true, rows);
            at = answer.end;
        }
        push(&mut parts, &text[at..end], false, rows);
        Some(Self {
            parts,
            after_start: begin > 0,
            before_end: end < text.len(),
        })
    }

    /// A short text (a title) with the words marked.
    pub fn marked(text: &str, query: &Query) -> Vec<Part> {
        let (mut parts, mut at) = (Vec::new(), 0);
        for answer in answers(text, query) {
            push(&mut parts, &text[at..answer.begin], false, false);
            push(&mut parts, &text[answer.begin..answer.end], true, false);
            at = answer.end;
        }
        push(&mut parts, &text[at..], false, false);
        parts
    }
}

/// Adds a part; white space becomes one space, as a page shows it.
fn push(parts: &mut Vec<Part>, text: &str, sought: bool, rows: bool) {
    let mut tidy = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if rows && c == '\n' => {
                tidy.truncate(tidy.trim_end().len());
                tidy.push_str(" · ");
            }
            true if tidy.ends_with(' ') => {}
            true => tidy.push(' '),
            false => tidy.push(c),
        }
    }
    if !tidy.is_empty() {
        parts.push(Part { text: tidy, sought });
    }
}

/// The words that answer, in the order of the text.
fn answers(text: &str, query: &Query) -> Vec<Answer> {
    let mut found: Vec<Answer> = Vec::new();
    each_word(text, |begin, word| {
        for (needle, sought) in query.needles.iter().enumerate() {
            // Folding is the cost: words that begin otherwise are left alone.
            let first = word.as_bytes()[0].to_ascii_lowercase();
            if first.is_ascii() && !sought.may_begin(first) {
                continue;
            }
            if let Some(level) = sought.level(ins::fold(word).as_bytes()) {
                let (end, whole) = (begin + word.len(), level == Level::Whole);
                found.push(Answer {
                    begin,
                    end,
                    needle,
                    whole,
                });
            }
        }
        found.len() < MOST
    });
    let missing = |needle: &usize| !found.iter().any(|answer| answer.needle == *needle);
    // A slip counts only for a word that is nowhere as it was typed.
    let missing: Vec<usize> = (0..query.needles.len()).filter(missing).collect();
    if !missing.is_empty() {
        each_word(text, |begin, word| {
            let folded = ins::fold(word);
            for &needle in &missing {
                if let Some(level) = query.needles[needle].slip(folded.as_bytes()) {
                    let (end, whole) = (begin + word.len(), level == Level::Slip);
                    found.push(Answer {
                        begin,
                        end,
                        needle,
                        whole,
                    });
                }
            }
            found.len() < 2 * MOST
        });
    }
    found.sort_by_key(|answer| (answer.begin, answer.needle));
    found.dedup_by_key(|answer| answer.begin);
    found
}

/// Gives each word with its place, until it is told to stop.
fn each_word(text: &str, mut goes_on: impl FnMut(usize, &str) -> bool) {
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (is_letter(c), begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                begin = None;
                if !goes_on(from, &text[from..at]) {
                    return;
                }
            }
            _ => {}
        }
    }
}

/// The first answer of the window that holds the most words, whole ones first.
fn window(answers: &[Answer], needles: usize) -> Option<usize> {
    let mut best = (0, None);
    for (at, first) in answers.iter().enumerate() {
        let mut held = vec![0_usize; needles];
        let near = answers[at..].iter().take_while(|answer| {
            answer.begin == first.begin || answer.end - first.begin <= TOGETHER
        });
        for answer in near {
            let counts = 10 + usize::from(answer.whole);
            held[answer.needle] = held[answer.needle].max(counts);
        }
        let sum: usize = held.iter().sum();
        if sum > best.0 {
            best = (sum, Some(at));
        }
    }
    best.1
}

/// Letters and digits, and the marks upon them.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Where the word at or after that place begins.
fn word_start(text: &str, at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let at = (at..text.len()).find(|at| text.is_char_boundary(*at));
    let at = at.unwrap_or(text.len());
    let space = text[at..].char_indices().find(|(_, c)| c.is_whitespace());
    match space {
        Some((after, c)) if after <= BEFORE => at + after + c.len_utf8(),
        _ => at,
    }
}

/// Where the word before that place ends.
fn word_end(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at));
    let at = at.unwrap_or(0);
    let space = text[..at]
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace());
    match space {
        Some((before, _)) if at - before <= AFTER / 2 => before,
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, typed: &str) -> String {
        let query = Query::of(typed).expect("words");
        let Some(passage) = Passage::of(text, &query) else {
            return String::new();
        };
        let parts = passage.parts.iter().map(|part| match part.sought {
            true => format!("[{}]", part.text),
            false => part.text.clone(),
        });
        parts.collect()
    }

    #[test]
    fn the_passage_with_most_words_is_shown() {
        let text = format!(
            "Genou vu. {} Ligament croisé du\u{a0}genou\ndroit intact. {}",
            "Rien à dire. ".repeat(40),
            "Suite. ".repeat(60)
        );
        let passage = shown(&text, "ligaments genou");
        assert!(
            passage.contains("[Ligament] croisé du [genou] droit"),
            "{passage}"
        );
        assert!(passage.len() < 280, "{passage}");
        assert_eq!(shown(&text, "hanche"), "");
        let table = "Sodium\t140\t\nPotassium\t4,1\t\nFin";
        assert_eq!(
            shown(table, "potassium"),
            "Sodium 140 · [Potassium] 4,1 · Fin"
        );
    }

    #[test]
    fn a_word_behind_much_without_a_space_is_shown() {
        let text = format!("{}:C F", "é".repeat(40));
        assert!(shown(&text, "c").ends_with("[C] F"));
    }

    #[test]
    fn accents_and_slips_are_marked_as_they_stand() {
        assert_eq!(shown("Œdème léger.", "oedeme"), "[Œdème] léger.");
        assert_eq!(shown("Échographie", "ecographie"), "[Échographie]");
        assert_eq!(shown("e\u{301}pine", "épine"), "[e\u{301}pine]");
    }

    proptest! {
        #[test]
        fn a_passage_is_of_its_text(text in "\\PC{0,300}", typed in "[a-zé ]{1,12}") {
            if let Some(query) = Query::of(&typed) {
                if let Some(passage) = Passage::of(&text, &query) {
                    prop_assert!(passage.parts.iter().any(|part| part.sought));
                }
                let marked: String = Passage::marked(&text, &query)
                    .into_iter()
                    .map(|part| part.text)
                    .collect();
                let squeeze = |text: &str| text.split_whitespace().collect::<String>();
                prop_assert_eq!(squeeze(&marked), squeeze(&text));
            }
        }
    }
}
