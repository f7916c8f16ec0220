//! What a list is narrowed to, and how its address says it.
//!
//! Categories, authors and establishments are words of health: in an address they are keyed
//! words that mean nothing outside the record.

use ambient::Id;
use ins::fold;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use vault::{RecordId, Store};
use web::{Shell, dates};

use super::order::Order;
use crate::{Categories, Document, FileKind, Folders, add::read_date, results, row::is_new};

/// What the address asks for; what it does not know counts as nothing asked.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub categorie: String,
    pub auteur: String,
    pub lieu: String,
    pub du: String,
    pub au: String,
    pub montrer: String,
    pub dossier: String,
    pub tri: String,
    pub page: String,
    /// Documents are chosen, to do one thing with several.
    pub choisir: String,
}

/// Which documents, whatever else they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    All,
    New,
    Pinned,
    Mine,
    Hidden,
    Figures,
    Archived,
}

impl Which {
    /// What the address says of it, and the key of its words.
    pub const SPELLED: [(Self, &str, &str); 7] = [
        (Self::All, "", "documents-which-all"),
        (Self::New, "nouveaux", "documents-which-new"),
        (Self::Pinned, "epingles", "documents-which-pinned"),
        (Self::Mine, "miens", "documents-which-mine"),
        (Self::Hidden, "masques", "documents-which-hidden"),
        (Self::Figures, "chiffres", "documents-which-figures"),
        (Self::Archived, "archives", "documents-which-archived"),
    ];

    fn spelled(self) -> (&'static str, &'static str) {
        let found = Self::SPELLED.iter().find(|(which, ..)| *which == self);
        found.map_or(("", ""), |(_, name, key)| (name, key))
    }
}

/// Keyed words for what a record's addresses name.
pub(super) struct Words<'a> {
    pub store: &'a Store,
    pub record: RecordId,
}

impl Words<'_> {
    /// Sixteen characters, others in another record.
    pub fn word(&self, kind: &str, text: &str) -> String {
        let name = [
            &self.record.0.0[..],
            kind.as_bytes(),
            b"\0",
            text.as_bytes(),
        ]
        .concat();
        let mac = self.store.blind("list", &name);
        mac[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What a list is narrowed to, and in which order it stands.
#[derive(Debug)]
pub(crate) struct Filter {
    pub(super) asked: Asked,
    from: Option<Date>,
    to: Option<Date>,
    pub(super) folder: Option<Id>,
    pub(super) which: Which,
    pub(super) order: Order,
    /// From 1.
    pub(super) page: usize,
    pub(super) choosing: bool,
}

/// What the filters on keyed words mean in the record at hand.
#[derive(Debug, Default)]
pub(super) struct Meant {
    /// A code.
    pub category: Option<String>,
    /// A name, folded.
    pub author: Option<String>,
    /// A name, folded.
    pub place: Option<String>,
}

impl Filter {
    pub(super) fn of(mut asked: Asked) -> Self {
        let (mut from, mut to) = (read_date(&asked.du), read_date(&asked.au));
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            (from, to) = (to, from);
            std::mem::swap(&mut asked.du, &mut asked.au);
        }
        let which = Which::SPELLED
            .iter()
            .find(|(_, name, _)| *name == asked.montrer);
        let which = which.map_or(Which::All, |(which, ..)| *which);
        asked.montrer = which.spelled().0.to_owned();
        Self {
            from,
            to,
            folder: asked.dossier.parse().ok(),
            which,
            order: Order::of(&asked.tri),
            page: asked.page.parse().unwrap_or(1).max(1),
            choosing: asked.choisir == "oui",
            asked,
        }
    }

    /// Something was chosen in the form of filters; a folder alone is none.
    pub(super) fn is_narrow(&self, meant: &Meant) -> bool {
        let meant = [&meant.category, &meant.author, &meant.place];
        meant.into_iter().any(Option::is_some)
            || self.from.is_some()
            || self.to.is_some()
            || self.which != Which::All
    }

    pub(super) fn keeps(
        &self,
        document: &Document,
        meant: &Meant,
        categories: &Categories<'_>,
        (visit, now): (Option<Timestamp>, Timestamp),
    ) -> bool {
        let item = &document.item;
        let category = || categories.of(document).map(|one| &one.code);
        let day = dates::today(document.date);
        let of_kind = match self.which {
            Which::All => true,
            Which::Archived => document.archived,
            Which::New => is_new(document, visit, now),
            Which::Pinned => document.arranged.pinned,
            Which::Mine => item.by_holder,
            Which::Hidden => item.flags.professionals,
            Which::Figures => {
                FileKind::of_media_type(&document.media_type) == Some(FileKind::Cda)
                    && category().is_some_and(|code| code == results::LABORATORY)
            }
        };
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == fold(found))
        };
        of_kind
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
            && self
                .folder
                .is_none_or(|folder| document.arranged.folder == Some(folder))
            && is(&meant.author, &document.author)
            && is(&meant.place, &document.organization)
            && (meant.category.is_none() || category() == meant.category.as_ref())
    }

    /// The address of another page of the same list.
    pub(super) fn address(&self, page: usize) -> String {
        let page = match page {
            0 | 1 => String::new(),
            page => page.to_string(),
        };
        self.with("page", &page)
    }

    /// The same list with one thing changed; on its first page, unless that is what changes.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let Asked {
            categorie,
            auteur,
            lieu,
            montrer,
            ..
        } = &self.asked;
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let choosing = if self.choosing { "oui" } else { "" };
        let folder = self.folder.map_or_else(String::new, |id| id.to_string());
        let all: [(&str, String); 10] = [
            ("categorie", word(categorie)),
            ("auteur", word(auteur)),
            ("lieu", word(lieu)),
            ("du", day(self.from)),
            ("au", day(self.to)),
            ("montrer", montrer.clone()),
            ("dossier", folder),
            ("tri", self.order.spelled().to_owned()),
            ("choisir", choosing.to_owned()),
            ("page", String::new()),
        ];
        let parts: Vec<String> = all
            .into_iter()
            .map(|(known, kept)| match known == name {
                true => (known, value.to_owned()),
                false => (known, kept),
            })
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        match parts.is_empty() {
            true => "/documents".to_owned(),
            false => format!("/documents?{}", parts.join("&")),
        }
    }

    /// The filter in words, for the history: without names, which outlive what they named.
    pub(super) fn words(&self, meant: &Meant, folders: &Folders, shell: &Shell) -> Option<String> {
        let said = |there: bool, key: &str| there.then(|| shell.t(key));
        let period = self.from.is_some() || self.to.is_some();
        let folder = self.folder.is_some_and(|id| folders.get(id).is_some());
        let words = [
            said(meant.category.is_some(), "documents-noted-category"),
            said(meant.author.is_some(), "documents-noted-author"),
            said(meant.place.is_some(), "documents-noted-place"),
            said(period, "documents-noted-period"),
            said(folder, "documents-noted-folder"),
            said(self.which != Which::All, self.which.spelled().1),
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(" · "))
    }
}

/// A keyed word as we write it; anything else is no word.
fn word(text: &str) -> String {
    let ours = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if ours { text.to_owned() } else { String::new() }
}
