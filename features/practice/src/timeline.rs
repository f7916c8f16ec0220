//! Documents in the order of time, by month, each with its type in words.

use access::DocumentTypes;
use ambient::Id;
use documents::Document;
use jiff::Timestamp;
use web::{Lang, dates};

/// The documents of a month.
#[derive(Debug)]
pub(crate) struct Month {
    /// « mars 2026 ».
    pub label: String,
    pub lines: Vec<Line>,
}

/// A document in a table.
#[derive(Debug)]
pub(crate) struct Line {
    pub id: Id,
    pub date: String,
    pub title: String,
    pub kind: String,
    pub author: String,
    /// Hidden from professionals; seen all the same by its author or the administrator.
    pub hidden: bool,
    /// Brought by the person.
    pub by_holder: bool,
    /// It came since the last visit.
    pub new: bool,
    /// The key that opens it; empty for none.
    pub key: &'static str,
}

impl Line {
    pub fn of(document: &Document, types: &DocumentTypes, new: bool) -> Self {
        let kind = types.get(&document.item.type_code);
        let by = [&*document.author, &*document.organization];
        let mut by: Vec<&str> = by.into_iter().filter(|part| !part.is_empty()).collect();
        by.dedup();
        Self {
            id: document.id(),
            date: dates::short(dates::today(document.date)),
            title: document.title.to_string(),
            kind: kind.map_or_else(String::new, |kind| kind.label.clone()),
            author: by.join(", "),
            hidden: document.item.flags.professionals,
            by_holder: document.item.by_holder,
            new,
            key: "",
        }
    }
}

/// Lines that are newest first, under their months.
pub(crate) fn months(lines: impl Iterator<Item = (Timestamp, Line)>, lang: Lang) -> Vec<Month> {
    let mut months: Vec<Month> = vec![];
    for (at, line) in lines {
        let label = dates::month(dates::today(at), lang);
        match months.last_mut() {
            Some(last) if last.label == label => last.lines.push(line),
            _ => months.push(Month {
                label,
                lines: vec![line],
            }),
        }
    }
    months
}
