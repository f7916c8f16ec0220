//! Finding somebody by name, profession, place: the beginnings of words, accents and case aside,
//! one slip of a finger forgiven.

use vault::{
    DbError,
    store::{Listed, Source, Store},
};

use super::{fold, layout::LONGEST};

/// The most words of a question that count.
const WORDS: usize = 5;
/// The shortest word in which a slip is looked for.
const SLIPS_FROM: usize = 3;
/// How many neighbours of a misspelt word are tried.
const NEIGHBOURS: usize = 5;

/// Who fits the words of `asked`, active ones first; one line for each of their activities.
///
/// # Errors
/// When the database fails.
pub async fn search(store: &Store, source: Source, asked: &str) -> Result<Vec<Listed>, DbError> {
    let mut words = fold::words(asked);
    words.truncate(WORDS);
    words.iter_mut().for_each(|word| word.truncate(LONGEST));
    if words.iter().all(|word| word.len() < 2) {
        return Ok(vec![]);
    }
    let found = straight(store, source, &words).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    for at in 0..words.len() {
        if words[at].len() < SLIPS_FROM {
            continue;
        }
        let near = store.listed_words(source, &fold::slips(&words[at])).await?;
        let mut all = Vec::new();
        for neighbour in near.into_iter().take(NEIGHBOURS) {
            let mut mended = words.clone();
            mended[at] = neighbour;
            all.extend(straight(store, source, &mended).await?);
        }
        if !all.is_empty() {
            all.dedup();
            return Ok(all);
        }
    }
    Ok(vec![])
}

/// Led by the word that fewest have; the others narrow.
async fn straight(store: &Store, source: Source, words: &[String]) -> Result<Vec<Listed>, DbError> {
    let mut lead = None;
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.len() > 1) {
        let count = store.listed_under(source, word).await?;
        if count > 0 && lead.is_none_or(|(_, fewest)| count < fewest) {
            lead = Some((at, count));
        }
    }
    let Some((lead, _)) = lead else {
        return Ok(vec![]);
    };
    let others = words.iter().enumerate().filter(|(at, _)| *at != lead);
    let others: Vec<&str> = others.map(|(_, word)| word.as_str()).collect();
    store.find_listed(source, &words[lead], &others).await
}

/// Everything that the directory says of a national identifier.
///
/// # Errors
/// When the database fails.
pub async fn listed(store: &Store, number: &str) -> Result<Vec<Listed>, DbError> {
    let source = if number.starts_with('1') {
        Source::Facilities
    } else {
        Source::Professionals
    };
    store.listed(source, number).await
}
