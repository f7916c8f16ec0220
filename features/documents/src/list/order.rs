//! In which order a list stands, and under which headings.

use std::cmp::Reverse;

use access::{Category, DocumentTypes};
use ins::fold;
use web::{Shell, dates};

use crate::{Categories, Document, newest_first};

/// An order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Newest,
    Oldest,
    Title,
    TitleBack,
    Author,
    Category,
}

impl Order {
    /// Each with what the address says of it, and the key of its words.
    pub const SPELLED: [(Self, &str, &str); 6] = [
        (Self::Newest, "", "documents-order-newest"),
        (Self::Oldest, "ancien", "documents-order-oldest"),
        (Self::Title, "titre", "documents-order-title"),
        (Self::TitleBack, "titre-z", "documents-order-title-back"),
        (Self::Author, "auteur", "documents-order-author"),
        (Self::Category, "categorie", "documents-order-category"),
    ];

    pub fn of(text: &str) -> Self {
        let found = Self::SPELLED.iter().find(|(_, name, _)| *name == text);
        found.map_or(Self::Newest, |(order, ..)| *order)
    }

    pub fn spelled(self) -> &'static str {
        let found = Self::SPELLED.iter().find(|(order, ..)| *order == self);
        found.map_or("", |(_, name, _)| name)
    }

    /// Puts documents in this order; within a heading, the newest first.
    pub fn sort(
        self,
        documents: &mut [&Document],
        categories: &Categories<'_>,
        types: &DocumentTypes,
    ) {
        newest_first(documents);
        match self {
            // What was pinned comes first where nothing else was asked.
            Self::Newest => documents.sort_by_key(|document| !document.arranged.pinned),
            Self::Oldest => documents.reverse(),
            Self::Title => documents.sort_by_cached_key(|document| fold(&document.title)),
            Self::TitleBack => {
                documents.sort_by_cached_key(|document| Reverse(fold(&document.title)));
            }
            // Without an author last, and what the person brought after all others.
            Self::Author => documents.sort_by_cached_key(|document| {
                let name = fold(author(document));
                (document.item.by_holder, name.is_empty(), name)
            }),
            Self::Category => {
                documents.sort_by_cached_key(|document| place(categories.of(document), types));
            }
        }
    }

    /// The heading that a document stands under; empty for none.
    pub fn heading(
        self,
        document: &Document,
        categories: &Categories<'_>,
        shell: &Shell,
    ) -> String {
        match self {
            Self::Newest if document.arranged.pinned => shell.t("documents-pinned"),
            Self::Newest | Self::Oldest => dates::today(document.date).year().to_string(),
            Self::Title | Self::TitleBack => String::new(),
            Self::Author if document.item.by_holder => shell.t("documents-tag-mine"),
            Self::Author => match author(document) {
                "" => shell.t("documents-author-none"),
                name => name.to_owned(),
            },
            Self::Category => {
                let category = categories.of(document);
                category.map_or_else(String::new, |category| category.label.clone())
            }
        }
    }
}

/// Who signs, else where it comes from.
fn author(document: &Document) -> &str {
    match &*document.author {
        "" => &document.organization,
        name => name,
    }
}

/// The place of a category on the screen.
fn place(own: Option<&Category>, types: &DocumentTypes) -> usize {
    let same = |code: &str| own.is_some_and(|own| own.code == code);
    let mut all = types.categories().iter();
    all.position(|one| same(&one.code)).unwrap_or(usize::MAX)
}
