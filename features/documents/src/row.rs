//! A document as one line of a list.

use access::Rules;
use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use web::{Audience, Lang, Shell, dates};

use crate::Document;

/// How long a document that somebody else added is called new.
const NEW_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A line of a list; `document_row.html` shows it, in French or in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The document.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// « 12 mars 2026 · Dr Martin · CH du Port ».
    pub line: String,
    /// The drawing of its category.
    pub icon: String,
    /// The year it was made, in Paris.
    pub year: i16,
    /// Hidden from professionals.
    pub hidden: bool,
    /// Shown to some professionals and not to others.
    pub some: bool,
    /// Brought by the person or their representative.
    pub by_holder: bool,
    /// Arrived lately, from somebody else.
    pub new: bool,
    /// Pinned by the person: for pages of theirs alone.
    pub pinned: bool,
    /// Of a type that nobody here knows: professionals cannot read it yet (design §3).
    pub unsorted: bool,
}

impl Row {
    /// The line of a document.
    pub fn of(document: &Document, rules: &Rules, now: Timestamp, lang: Lang) -> Self {
        let item = &document.item;
        let made = dates::today(document.date);
        let category = rules.types.category_of(&item.type_code);
        let by_holder = item.by_holder;
        // « ajouté par vous » says it already; an organisation often signs as its own author.
        let author = if by_holder { "" } else { &*document.author };
        let place = match &*document.organization {
            place if place == author => "",
            place => place,
        };
        let day = dates::day(made, lang);
        let parts: Vec<&str> = [day.as_str(), author, place]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        Self {
            id: document.id(),
            title: document.title.to_string(),
            line: parts.join(" · "),
            icon: category.map_or_else(|| "document".to_owned(), |found| found.icon.clone()),
            year: made.year(),
            hidden: item.flags.professionals,
            some: !item.reach.is_everyone(),
            by_holder,
            new: is_new(document, None, now),
            pinned: document.arranged.pinned,
            unsorted: rules
                .types
                .class_of(&item.type_code, item.class.as_deref())
                .is_none(),
        }
    }

    /// The key of « Ajouté par vous », as the reader of the page says it.
    pub fn brought_key(&self, reader: &Audience) -> &'static str {
        match reader {
            Audience::Professional => "documents-tag-person",
            Audience::Citizen | Audience::Public => "documents-tag-mine",
        }
    }
}

/// Whether somebody else added a document since the last visit; in the last days, on a first one.
pub(crate) fn is_new(document: &Document, visit: Option<Timestamp>, now: Timestamp) -> bool {
    let fresh = match visit {
        Some(visit) => document.known > visit,
        None => now.duration_since(document.known) <= NEW_FOR,
    };
    fresh && !document.item.by_holder
}

/// Documents in the order of a list: the most recently made first.
pub fn newest_first(documents: &mut [&Document]) {
    documents.sort_by_key(|document| {
        std::cmp::Reverse((document.date, document.received, document.id()))
    });
}

/// Rows under the year they were made in, in the order given.
pub fn by_year(rows: Vec<Row>) -> Vec<(i16, Vec<Row>)> {
    let mut years: Vec<(i16, Vec<Row>)> = Vec::new();
    for row in rows {
        match years.last_mut() {
            Some((year, same)) if *year == row.year => same.push(row),
            _ => years.push((row.year, vec![row])),
        }
    }
    years
}

/// Which part of a list a page shows: « 21 à 40 sur 312 ».
pub fn position(first: usize, last: usize, total: usize, shell: &Shell) -> String {
    let word = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let range: [(&str, &dyn web::Argument); 3] = [
        ("first", &word(first)),
        ("last", &word(last)),
        ("total", &word(total)),
    ];
    shell.texts.format(shell.lang, "documents-position", &range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn a_row_says_when_who_and_where_once() {
        let now = samples::now();
        let mut own = samples::own("Bilan");
        (own.author, own.organization) = ("Labo du Port".into(), "Labo du Port".into());
        let row = |own| Row::of(&samples::document(1, own), &samples::rules(), now, Lang::Fr);
        let lab = row(own.clone());
        assert_eq!(lab.line, "12\u{a0}mars\u{a0}2026 · Labo du Port");
        assert!(!lab.new && !lab.hidden && !lab.unsorted);
        own.received = now;
        own.flags.professionals = true;
        let fresh = row(own.clone());
        assert!(fresh.new && fresh.hidden);
        (own.by_holder, own.class, own.type_code) = (true, None, "X".into());
        let mine = row(own);
        assert!(!mine.new && mine.by_holder && mine.unsorted);
        assert_eq!(mine.line, "12\u{a0}mars\u{a0}2026 · Labo du Port");
    }

    #[test]
    fn the_newest_comes_first_under_its_year_in_paris() {
        let at = |date: &str| {
            let mut own = samples::own(date);
            own.date = date.parse().expect("a date");
            own
        };
        // Half past eleven at night in UTC is the next year in Paris.
        let dates = [
            "2024-05-01T10:00:00Z",
            "2025-12-31T23:30:00Z",
            "2026-02-01T10:00:00Z",
        ];
        let all: Vec<_> = (1..)
            .zip(dates)
            .map(|(id, date)| samples::document(id, at(date)))
            .collect();
        let mut listed: Vec<&Document> = all.iter().collect();
        newest_first(&mut listed);
        let rows = listed
            .iter()
            .map(|document| Row::of(document, &samples::rules(), samples::now(), Lang::Fr));
        let years = by_year(rows.collect());
        let counts: Vec<_> = years
            .iter()
            .map(|(year, rows)| (*year, rows.len()))
            .collect();
        assert_eq!(counts, [(2026, 2), (2024, 1)]);
        assert_eq!(years[0].1[0].title, dates[2]);
    }
}
