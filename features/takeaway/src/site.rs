//! The archive as pages: an index by date and by category, and clinical documents as text. No script,
//! nothing fetched: they open from a folder, for as long as browsers exist.

use askama::Template;
use web::{Lang, Shell};

/// The first page.
#[derive(Template)]
#[template(path = "archive-index.html")]
pub(crate) struct Index<'a> {
    pub shell: &'a Shell,
    pub whose: String,
    pub made: String,
    pub origin: &'a str,
    /// Newest first, under their years.
    pub years: Vec<(i16, Vec<&'a Item>)>,
    pub categories: Vec<(String, Vec<&'a Item>)>,
    pub count: usize,
}

/// A clinical document as text.
#[derive(Template)]
#[template(path = "archive-document.html")]
pub(crate) struct Page<'a> {
    pub lang: Lang,
    pub title: &'a str,
    pub back: String,
    pub html: &'a str,
}

/// A document in the index.
#[derive(Debug)]
pub(crate) struct Item {
    pub title: String,
    pub day: String,
    pub year: i16,
    pub category: String,
    /// « Dr Martin · CH du Port », or that the person brought it.
    pub line: String,
    /// The original.
    pub file: String,
    /// Where it is to be read, when the original is not for people.
    pub reading: String,
    pub size: String,
}

impl<'a> Index<'a> {
    /// Puts items under years and categories; they come newest first.
    pub fn of(
        shell: &'a Shell,
        whose: String,
        made: String,
        origin: &'a str,
        items: &'a [Item],
    ) -> Self {
        let mut years: Vec<(i16, Vec<&Item>)> = vec![];
        let mut categories: Vec<(String, Vec<&Item>)> = vec![];
        for item in items {
            match years.last_mut() {
                Some((year, all)) if *year == item.year => all.push(item),
                _ => years.push((item.year, vec![item])),
            }
            match categories
                .iter_mut()
                .find(|(name, _)| *name == item.category)
            {
                Some((_, all)) => all.push(item),
                None => categories.push((item.category.clone(), vec![item])),
            }
        }
        categories.sort_by(|a, b| a.0.cmp(&b.0));
        Self {
            shell,
            whose,
            made,
            origin,
            years,
            categories,
            count: items.len(),
        }
    }
}
