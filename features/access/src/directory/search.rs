//! Finding somebody by name, profession, place: the beginnings of words, accents and case aside,
//! one slip of a finger forgiven.

use vault::{
    DbError,
    store::{Listed, Source, Store},
};

use super::{fold, layout::LONGEST, said};

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
    for words in said::ways(&words) {
        let found = straight(store, source, &words).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let words = said::without_titles(&words);
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

/// Somebody found, with every place where they are listed.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// National identifier.
    pub number: String,
    /// Name as shown.
    pub name: String,
    /// Code of the profession, or category of the facility.
    pub profession: String,
    /// Profession and speciality in words.
    pub label: String,
    /// Identifier and words of each place.
    pub places: Vec<(String, String)>,
    /// Still in the last extraction.
    pub active: bool,
}

impl Candidate {
    /// The end of the identifier: enough to tell two of the same name apart.
    pub fn masked(&self) -> String {
        let number = &self.number;
        let start = number.char_indices().nth_back(3).map_or(0, |(at, _)| at);
        format!("…{}", &number[start..])
    }
}

/// The lines of the directory, one entry for each of those whom they are about.
pub fn candidates(lines: Vec<Listed>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for line in lines {
        let words = [line.place, line.town];
        let words = words.into_iter().filter(|part| !part.is_empty());
        let place = (line.place_id, words.collect::<Vec<_>>().join(", "));
        let known = found.iter_mut().find(|one| one.number == line.number);
        let candidate = match known {
            Some(known) => known,
            None => {
                found.push(Candidate {
                    number: line.number,
                    name: line.name,
                    profession: line.profession,
                    label: line.label,
                    places: vec![],
                    active: line.active,
                });
                found.last_mut().expect("just pushed")
            }
        };
        if !place.1.is_empty() && !candidate.places.contains(&place) {
            candidate.places.push(place);
        }
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_number_is_shown() {
        let masked = |number: &str| {
            let mut line = Listed {
                number: number.to_owned(),
                name: String::new(),
                profession: String::new(),
                label: String::new(),
                place_id: "1".to_owned(),
                place: "Cabinet".to_owned(),
                town: "Valbrume".to_owned(),
                active: true,
            };
            let first = line.clone();
            line.place = "Maison".to_owned();
            let [one] = candidates(vec![first.clone(), line, first])
                .try_into()
                .expect("one professional");
            assert_eq!(one.places.len(), 2);
            one.masked()
        };
        assert_eq!(masked("899700000017"), "…0017");
        assert_eq!(masked("8é"), "…8é");
    }
}
