//! Which documents answer, and in which order.

use std::collections::HashMap;

use access::{DocumentTypes, Drawn};
use web::{Lang, dates};

use super::{
    needle::{Level, Needle, Query},
    volume::{Text, Texts},
    words,
};
use crate::{Document, Documents};

/// A document that answers.
pub struct Hit<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its text, when that answers too.
    pub text: Option<&'a Text>,
    /// How well it answers.
    pub score: f64,
}

/// What is found.
pub struct Ranked<'a> {
    /// Best first.
    pub hits: Vec<Hit<'a>>,
    /// No document has all the words: these have the most of them.
    pub partly: bool,
    /// Some word was found only with another letter.
    pub slipped: bool,
}

/// How much a word counts, whole or by its beginning, by where it stands.
const TITLE: (f64, f64) = (10.0, 6.0);
const KIND: (f64, f64) = (6.0, 4.0);
const WHO: (f64, f64) = (6.0, 4.0);
const DAY: (f64, f64) = (3.0, 0.0);
const TEXT: (f64, f64) = (2.5, 1.2);
/// Another word for it counts for less than it itself, and for more than one with a slip.
const ALIKE: f64 = 0.55;
/// A word with a slip counts for half of one without.
const SLIP: f64 = 0.5;
/// What stands in a second place counts for a fifth of what it would alone.
const ALSO: f64 = 0.2;

/// Folds what documents share once: authors, places, kinds.
#[derive(Default)]
struct Folded<'a>(HashMap<&'a str, String>);

impl<'a> Folded<'a> {
    fn of(&mut self, text: &'a str) -> &str {
        self.0.entry(text).or_insert_with(|| ins::fold(text))
    }
}

/// A document as it is looked through.
struct Sheet<'a> {
    document: &'a Document,
    text: Option<&'a Text>,
    title: String,
    /// Of each word: how well it answers, and whether the text does.
    answers: Vec<(f64, bool)>,
}

/// Ranks documents.
pub fn rank<'a>(
    documents: &[&'a Document],
    texts: &Drawn<'a, Texts>,
    query: &Query,
    types: &'a DocumentTypes,
) -> Ranked<'a> {
    let mut folded = Folded::default();
    let mut sheets: Vec<Sheet<'a>> = documents
        .iter()
        .map(|document| Sheet {
            document,
            text: texts.of::<Documents>(document),
            title: ins::fold(&document.title),
            answers: Vec::with_capacity(query.needles.len()),
        })
        .collect();
    let (mut slipped, mut rarity) = (false, Vec::new());
    for needle in &query.needles {
        let mut found = 0_usize;
        for forgiving in [false, true] {
            for sheet in &mut sheets {
                let answer = sheet.answer(needle, forgiving, &mut folded, types);
                found += usize::from(answer.0 > 0.0);
                if forgiving {
                    sheet.answers.pop();
                }
                sheet.answers.push(answer);
            }
            if found > 0 {
                slipped |= forgiving;
                break;
            }
        }
        let rare = 1.0 + sheets.len() as f64 / found.max(1) as f64;
        rarity.push(rare.ln());
    }
    let most = sheets.iter().map(Sheet::has).max().unwrap_or(0);
    let mut hits: Vec<Hit<'a>> = sheets
        .iter()
        .filter(|sheet| most > 0 && sheet.has() == most)
        .map(|sheet| sheet.hit(&rarity))
        .collect();
    hits.sort_by(|a, b| {
        let newest = |hit: &Hit<'_>| (hit.document.date, hit.document.received, hit.document.id());
        b.score
            .total_cmp(&a.score)
            .then_with(|| newest(b).cmp(&newest(a)))
    });
    Ranked {
        hits,
        partly: most < query.needles.len(),
        slipped,
    }
}

impl<'a> Sheet<'a> {
    fn has(&self) -> usize {
        self.answers.iter().filter(|(well, _)| *well > 0.0).count()
    }

    fn hit(&self, rarity: &[f64]) -> Hit<'a> {
        let words = self.answers.iter().zip(rarity);
        let score: f64 = words.map(|((well, _), rare)| well * rare).sum();
        let in_text = self.answers.iter().any(|(_, in_text)| *in_text);
        Hit {
            document: self.document,
            text: self.text.filter(|_| in_text),
            // Differences that nobody would see leave the order to the dates.
            score: (score * 4.0).round(),
        }
    }

    fn answer(
        &self,
        needle: &Needle,
        forgiving: bool,
        folded: &mut Folded<'a>,
        types: &'a DocumentTypes,
    ) -> (f64, bool) {
        let document = self.document;
        let code = &document.item.type_code;
        let seek = |text: &str| match forgiving {
            false => best(text, |word| needle.level(word)),
            true => best(text, |word| needle.slip(word)),
        };
        let mut wells = [0.0; 6];
        wells[0] = well(seek(&self.title), TITLE);
        let kind = types.get(code).map_or("", |kind| &kind.label);
        wells[1] = well(seek(folded.of(kind)), KIND);
        let category = types.category_of(code).map_or("", |one| &one.label);
        wells[1] = f64::max(wells[1], well(seek(folded.of(category)), KIND));
        wells[2] = well(seek(folded.of(&document.author)), WHO);
        wells[3] = well(seek(folded.of(&document.organization)), WHO);
        if !forgiving {
            wells[4] = well(seek(&day(document)), DAY);
        }
        let words = self.text.map_or(&[][..], Text::words);
        let in_text = match forgiving {
            false => words::find(words, needle),
            true => words::find_slip(words, needle),
        };
        wells[5] = in_text.map_or(0.0, |(level, count)| {
            well(Some(level), TEXT) * (1.0 + f64::from(count).ln() / 2.0)
        });
        let first = wells.iter().copied().fold(0.0, f64::max);
        let all: f64 = wells.iter().sum();
        (first + ALSO * (all - first), wells[5] > 0.0)
    }
}

/// The best answer among words apart by spaces.
fn best(folded: &str, level: impl Fn(&[u8]) -> Option<Level>) -> Option<Level> {
    let words = folded.split(' ');
    words.filter_map(|word| level(word.as_bytes())).min()
}

fn well(level: Option<Level>, (whole, beginning): (f64, f64)) -> f64 {
    match level {
        Some(Level::Whole) => whole,
        Some(Level::Beginning) => beginning,
        Some(Level::Also) => whole * ALIKE,
        Some(Level::Slip) => whole * SLIP,
        Some(Level::SlippedBeginning) => beginning * SLIP,
        None => 0.0,
    }
}

/// « 12 mars 2026 », as somebody would seek it.
fn day(document: &Document) -> String {
    ins::fold(&dates::day(dates::today(document.date), Lang::Fr))
}
