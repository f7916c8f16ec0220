//! What somebody seeks: words, folded, each found as it is, by its beginning, or with one slip.

use memchr::memmem::Finder;

use super::synonyms;

/// How a word of a document answers a word that was typed, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// The word, or its plural.
    Whole,
    /// It begins so.
    Beginning,
    /// It is another word for it.
    Also,
    /// One letter is another, missing, too many, or exchanged with its neighbour.
    Slip,
    /// It begins so, but for one letter.
    SlippedBeginning,
}

/// One word that is sought.
#[derive(Debug, Clone)]
pub struct Needle {
    word: Vec<u8>,
    /// Without the ending of a plural.
    stem: usize,
    beginning: Finder<'static>,
    parts: Vec<Finder<'static>>,
    /// Beginnings of other words for it.
    others: Vec<Needle>,
}

/// What is sought.
#[derive(Debug, Clone)]
pub struct Query {
    /// Its words.
    pub(super) needles: Vec<Needle>,
}

/// Characters of what is typed that count.
pub(super) const LONGEST: usize = 200;
/// Words that count.
const MOST: usize = 8;
/// From how many letters on a slip is forgiven.
const FORGIVEN: usize = 4;
/// From how many on, at the beginning of a longer word.
const FORGIVEN_BEGINNING: usize = 5;

/// Words that say nothing of what is sought.
const SMALL: &[&str] = &[
    "a", "au", "aux", "avec", "ce", "ces", "cet", "cette", "chez", "dans", "de", "des", "du", "en",
    "et", "for", "from", "in", "la", "le", "les", "ma", "mes", "mon", "my", "of", "on", "or", "ou",
    "par", "pour", "que", "sa", "ses", "son", "sur", "the", "un", "une", "with",
];

impl Query {
    /// What was typed; `None` when it holds no word.
    pub fn of(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(LONGEST).collect();
        let mut words = telling(&ins::fold(&without_elisions(&typed)));
        words.truncate(MOST);
        let others = synonyms::of(&words);
        let needles = words.iter().zip(others);
        let needles: Vec<Needle> = needles
            .map(|(word, others)| Needle {
                others: others.into_iter().map(Needle::strict).collect(),
                ..Needle::new(word)
            })
            .collect();
        (!needles.is_empty()).then_some(Self { needles })
    }
}

/// The words of a folded text, each once, without those that say nothing unless nothing else is
/// said.
pub(super) fn telling(folded: &str) -> Vec<String> {
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let small = |word: &&str| SMALL.contains(word);
    if !words.iter().all(small) {
        words.retain(|word| !small(word));
    }
    words.into_iter().map(str::to_owned).collect()
}

/// « l’IRM » is sought as « IRM »; « vitamine D » keeps its letter.
fn without_elisions(typed: &str) -> String {
    let mut left = String::with_capacity(typed.len());
    for part in typed.split_inclusive(['\'', '’']) {
        let word = part.strip_suffix(['\'', '’']);
        let elided = word.and_then(|word| word.rsplit([' ', '-']).next());
        let before = match elided.map(str::to_lowercase).as_deref() {
            Some(short @ ("c" | "d" | "j" | "l" | "m" | "n" | "s" | "qu")) => {
                let elision = part.chars().rev().take(short.len() + 1);
                part.len() - elision.map(char::len_utf8).sum::<usize>()
            }
            _ => part.len(),
        };
        left.push_str(&part[..before]);
    }
    left
}

/// The beginning of a word, as words are written down.
fn begin(part: &[u8]) -> Vec<u8> {
    [b"\n", part].concat()
}

/// Whether a byte is part of a word, as words are written down.
pub(super) fn stands(byte: u8) -> bool {
    byte > b' '
}

impl Needle {
    /// A word that is folded.
    pub(super) fn new(word: &str) -> Self {
        let bytes = word.as_bytes();
        let mut parts = Vec::new();
        if word.chars().count() >= FORGIVEN {
            // One slip leaves one of two halves as it was, unless it is astride.
            let middle = bytes.len() / 2;
            let mut astride = bytes.to_vec();
            astride.swap(middle - 1, middle);
            parts = vec![
                begin(&bytes[..middle]),
                bytes[middle..].to_vec(),
                begin(&astride),
            ];
        }
        Self {
            parts: parts
                .iter()
                .map(|part| Finder::new(part).into_owned())
                .collect(),
            ..Self::strict(word)
        }
    }

    /// A word that is folded, and forgives no slip: one that nobody typed.
    fn strict(word: &str) -> Self {
        let bytes = word.as_bytes();
        let plural = bytes.len() >= 5 && matches!(bytes.last(), Some(b's' | b'x'));
        let stem = bytes.len() - usize::from(plural);
        Self {
            beginning: Finder::new(&begin(&bytes[..stem])).into_owned(),
            parts: vec![],
            word: bytes.to_vec(),
            stem,
            others: vec![],
        }
    }

    /// Where words that begin so begin.
    pub(super) fn beginning(&self) -> &Finder<'static> {
        &self.beginning
    }

    /// What is left as it was by one slip.
    pub(super) fn parts(&self) -> &[Finder<'static>] {
        &self.parts
    }

    /// Beginnings of other words for it.
    pub(super) fn others(&self) -> &[Self] {
        &self.others
    }

    /// Whether a word that begins with that byte may answer as it was typed, or be another for it.
    pub(super) fn may_begin(&self, first: u8) -> bool {
        self.word[0] == first || self.others.iter().any(|other| other.word[0] == first)
    }

    /// How a folded word answers, as it was typed or as another word for it.
    pub(super) fn level(&self, word: &[u8]) -> Option<Level> {
        let another = || self.others.iter().any(|other| other.itself(word).is_some());
        self.itself(word)
            .or_else(|| another().then_some(Level::Also))
    }

    /// How a folded word answers, as it was typed.
    fn itself(&self, word: &[u8]) -> Option<Level> {
        let stem = &self.word[..self.stem];
        let rest = word.strip_prefix(stem)?;
        match rest {
            b"" | b"s" | b"x" => Some(Level::Whole),
            _ if word.starts_with(&self.word) => Some(Level::Beginning),
            // « analyses » is sought, « analyseur » is something else.
            _ if self.stem < self.word.len() => None,
            _ => Some(Level::Beginning),
        }
    }

    /// How a folded word answers with one slip.
    pub(super) fn slip(&self, word: &[u8]) -> Option<Level> {
        if self.parts.is_empty() || word.len() + 1 < self.word.len() {
            return None;
        }
        let typed = &self.word[..];
        let same = typed.iter().zip(word).take_while(|(a, b)| a == b).count();
        let (left, there) = (&typed[same..], &word[same..]);
        let crossed = match (left, there) {
            ([a, b, left @ ..], [c, d, there @ ..]) if a == d && b == c => Some((left, there)),
            _ => None,
        };
        let ways = [
            (left.get(1..), there.get(1..)),
            (left.get(1..), Some(there)),
            (Some(left), there.get(1..)),
            (
                crossed.map(|(left, _)| left),
                crossed.map(|(_, there)| there),
            ),
        ];
        let ways = ways
            .into_iter()
            .filter_map(|(left, there)| Some((left?, there?)));
        let begins = typed.len() >= FORGIVEN_BEGINNING;
        let mut best = None;
        for (left, there) in ways {
            match there.strip_prefix(left) {
                Some(b"" | b"s") => return Some(Level::Slip),
                Some(_) if begins => best = Some(Level::SlippedBeginning),
                _ => {}
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(typed: &str) -> Vec<String> {
        let query = Query::of(typed);
        let needles = query.map(|query| query.needles).unwrap_or_default();
        let word = |needle: &Needle| String::from_utf8_lossy(&needle.word).into_owned();
        needles.iter().map(word).collect()
    }

    #[test]
    fn what_is_typed_is_folded_and_small_words_are_left_out() {
        assert_eq!(words("L’IRM du Genou, IRM"), ["irm", "genou"]);
        assert_eq!(
            words("vitamine D, d’aujourd’hui"),
            ["vitamine", "d", "aujourd", "hui"]
        );
        assert_eq!(words("à la"), ["a", "la"], "nothing else was typed");
        assert_eq!(words("  … "), Vec::<String>::new());
        assert_eq!(words(&"mot ".repeat(500)), ["mot"]);
    }

    #[test]
    fn short_words_forgive_nothing() {
        assert_eq!(Needle::new("irm").slip(b"arm"), None);
        assert_eq!(Needle::new("rein").slip(b"sein"), Some(Level::Slip));
        assert_eq!(Needle::new("rein").slip(b"seins"), Some(Level::Slip));
        assert_eq!(Needle::new("analyses").level(b"analyseur"), None);
    }
}
