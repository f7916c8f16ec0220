//! Which documents facts are read out of: structured ones, the newest of each kind.

use access::{Refused, Rules};
use vault::BlobRef;
use web::dates;

use super::Source;
use crate::{Document, FileKind, results::LABORATORY};

/// Categories (`document-types.json`) with how many of their newest documents are read. A
/// synthesis says all in one; a vaccination has a note of its own.
const KINDS: [(&str, usize); 4] = [
    ("SYNTHESE", 8),
    ("SYNTH_PML", 2),
    ("CAR_VAC", 16),
    ("ORD_SOIN", 8),
];
/// The same for all others together: letters and reports with sections of their own.
const OTHERS: usize = 12;

/// A document to read.
#[derive(Debug)]
pub(super) struct Paper {
    pub blob: BlobRef,
    pub source: Source,
}

/// Chosen among `documents`, newest first.
pub(super) fn among(documents: &[&Document], rules: &Rules) -> Result<Vec<Paper>, Refused> {
    let mut left = KINDS.map(|(_, most)| most);
    let mut others = OTHERS;
    let mut papers = Vec::new();
    for document in documents {
        if FileKind::of_media_type(&document.media_type) != Some(FileKind::Cda) {
            continue;
        }
        let category = rules.types.category_of(&document.item.type_code);
        let code = category.map_or("", |category| category.code.as_str());
        if code == LABORATORY {
            continue;
        }
        let place = KINDS.iter().position(|(kind, _)| *kind == code);
        let room = match place {
            Some(place) => &mut left[place],
            None => &mut others,
        };
        if *room == 0 {
            continue;
        }
        *room -= 1;
        papers.push(Paper::of(document, rules)?);
    }
    Ok(papers)
}

impl Paper {
    fn of(document: &Document, rules: &Rules) -> Result<Self, Refused> {
        let stored = document.stored();
        let stored = stored.map_err(|error| Refused::Failed(error.into()))?;
        let by = [&*document.author, &*document.organization];
        let by = by.into_iter().find(|name| !name.is_empty());
        let category = rules.types.category_of(&document.item.type_code);
        Ok(Self {
            blob: stored.own.blob,
            source: Source {
                document: document.id(),
                title: document.title.to_string(),
                day: dates::short(dates::today(document.date)),
                at: document.date,
                by: by.unwrap_or_default().to_owned(),
                by_holder: document.item.by_holder,
                prescribed: category.is_some_and(|category| category.code == "ORD_SOIN"),
            },
        })
    }
}
