//! The results of one report as a table by chapter, on the report's page.

use cda::LabResult;
use web::Lang;

use super::{Addresses, series, words};

/// The results of a report; `document_results.html` shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// In the order of the report.
    pub chapters: Vec<Chapter>,
    /// Results that stand out.
    pub out: usize,
    /// Results in all.
    pub count: usize,
}

/// A chapter: « Biochimie – Bilan lipidique ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its heading; empty when the report gives none.
    pub heading: String,
    /// What was examined, when it is the same for all.
    pub specimen: String,
    /// Its results.
    pub rows: Vec<Row>,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What was measured, in the author's words.
    pub name: String,
    /// Where its trend is; empty when it has none.
    pub trend: String,
    /// What came out.
    pub value: String,
    /// The same in another unit, as the report gives it.
    pub also: String,
    /// Values of reference.
    pub range: String,
    /// Key of what is said of it; empty for nothing.
    pub judged: &'static str,
    /// It asks to be noticed.
    pub out: bool,
    /// The laboratory's comment.
    pub comment: String,
}

impl Panel {
    /// The results of a report.
    pub(crate) fn of(results: &[LabResult], addresses: &Addresses<'_>) -> Self {
        let place = |result: &LabResult| (result.chapter.clone(), result.group.clone());
        let chapters = results.chunk_by(|one, next| place(one) == place(next));
        let chapters: Vec<Chapter> = chapters.map(|rows| Chapter::of(rows, addresses)).collect();
        let rows = chapters.iter().flat_map(|chapter| &chapter.rows);
        Self {
            out: rows.clone().filter(|row| row.out).count(),
            count: rows.count(),
            chapters,
        }
    }
}

impl Chapter {
    fn of(results: &[LabResult], addresses: &Addresses<'_>) -> Self {
        let first = results.first();
        let named =
            |of: fn(&LabResult) -> &Option<String>| first.and_then(|one| of(one).as_deref());
        let heading = [named(|one| &one.chapter), named(|one| &one.group)];
        let specimen = named(|one| &one.specimen).unwrap_or_default();
        let same = results
            .iter()
            .all(|one| one.specimen.as_deref() == Some(specimen));
        Self {
            heading: heading
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" – "),
            specimen: if same {
                specimen.to_owned()
            } else {
                String::new()
            },
            rows: results
                .iter()
                .map(|result| Row::of(result, addresses))
                .collect(),
        }
    }
}

impl Row {
    fn of(result: &LabResult, addresses: &Addresses<'_>) -> Self {
        let lang: Lang = addresses.lang;
        let judged = result.judged();
        let also = match &result.value {
            cda::LabValue::Quantity(quantity) => quantity.also.first(),
            _ => None,
        };
        let also = also.and_then(|(number, unit)| cda::Quantity::new(number, unit));
        Self {
            name: result.name.clone(),
            trend: match result.value {
                cda::LabValue::Absent => String::new(),
                _ => addresses.of(&series::key(result)),
            },
            value: words::value(&result.value, lang),
            also: also.map_or_else(String::new, |also| {
                words::value(&cda::LabValue::Quantity(also), lang)
            }),
            range: result
                .range
                .as_ref()
                .map_or_else(String::new, |range| words::interval(range, lang)),
            judged: words::judged_key(judged),
            out: judged.is_some_and(cda::Interpretation::stands_out),
            comment: result.comment.clone().unwrap_or_default(),
        }
    }
}
