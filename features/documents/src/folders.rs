//! The folders in which a person keeps documents: flat, each name once whatever its case.
//!
//! They are one entry, so that two tabs never make the same name twice. A document says which
//! folder it is in; one whose folder is gone is in none.

use access::kinds;
use ambient::Id;
use ins::fold;
use serde::{Deserialize, Serialize};
use vault::{BadEntry, Draft, Volume};

use crate::title;

const FORMAT: u8 = 1;
/// Longest name, in characters.
pub(crate) const NAME_CHARS: usize = 60;
/// Most folders.
const MOST: usize = 200;

/// The folders of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders(Vec<Folder>);

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Names it in addresses.
    pub id: Id,
    /// As the person wrote it.
    pub name: String,
}

/// Why a name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadName {
    Empty,
    TooLong,
    Control,
    Taken,
    Many,
}

impl BadName {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "documents-folder-empty",
            Self::TooLong => "documents-folder-long",
            Self::Control => "documents-folder-control",
            Self::Taken => "documents-folder-taken",
            Self::Many => "documents-folder-many",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Body {
    v: u8,
    folders: Vec<Folder>,
}

impl Folders {
    /// By name, as people sort.
    pub fn all(&self) -> &[Folder] {
        &self.0
    }

    /// One of them.
    pub fn get(&self, id: Id) -> Option<&Folder> {
        self.0.iter().find(|folder| folder.id == id)
    }

    /// The one of that name, whatever its case.
    pub(crate) fn named(&self, name: &str) -> Option<&Folder> {
        self.0.iter().find(|folder| same(&folder.name, name))
    }

    /// With one more.
    pub(crate) fn with(&self, id: Id, name: &str) -> Result<Self, BadName> {
        if self.0.len() >= MOST {
            return Err(BadName::Many);
        }
        self.renamed(id, name)
    }

    /// With a folder of another name.
    pub(crate) fn renamed(&self, id: Id, name: &str) -> Result<Self, BadName> {
        let name = check(name)?;
        let others = self.0.iter().filter(|folder| folder.id != id);
        let mut all: Vec<Folder> = others.cloned().collect();
        if all.iter().any(|folder| same(&folder.name, &name)) {
            return Err(BadName::Taken);
        }
        all.push(Folder { id, name });
        all.sort_by_cached_key(|folder| fold(&folder.name));
        Ok(Self(all))
    }

    /// Without one: what was in it is then in none.
    pub(crate) fn without(&self, id: Id) -> Self {
        let left = self.0.iter().filter(|folder| folder.id != id);
        Self(left.cloned().collect())
    }

    /// The entry that holds them.
    pub(crate) fn draft(self) -> Draft {
        let body = Body {
            v: FORMAT,
            folders: self.0,
        };
        let body = serde_json::to_vec(&body).expect("folders are JSON");
        Draft::new(Volume::Clinical, kinds::FOLDERS, kinds::only::FOLDERS, body)
    }

    pub(crate) fn of(body: &[u8]) -> Result<Self, BadEntry> {
        match serde_json::from_slice(body) {
            Ok(Body { v: FORMAT, folders }) => Ok(Self(folders)),
            _ => Err(BadEntry),
        }
    }

    pub(crate) fn weight(&self) -> usize {
        self.0.iter().map(|folder| folder.name.len() + 48).sum()
    }
}

/// Whether two names are one: whatever their case; accents count.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn check(name: &str) -> Result<String, BadName> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        Err(BadName::Empty)
    } else if name.chars().count() > NAME_CHARS {
        Err(BadName::TooLong)
    } else if title::check(&name).is_err() {
        Err(BadName::Control)
    } else {
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(n: u8) -> Id {
        Id([n; 16])
    }

    #[test]
    fn a_name_is_there_once_whatever_its_case() {
        let one = Folders::default()
            .with(id(1), "  Été   2026 ")
            .expect("kept");
        assert_eq!(one.all()[0].name, "Été 2026");
        assert_eq!(one.with(id(2), "ÉTÉ 2026"), Err(BadName::Taken));
        let two = one.with(id(2), "Arrêts").expect("kept");
        let names: Vec<_> = two.all().iter().map(|folder| &folder.name).collect();
        assert_eq!(names, ["Arrêts", "Été 2026"]);
        assert_eq!(two.renamed(id(2), "été 2026"), Err(BadName::Taken));
        assert_eq!(two.named("ARRÊTS").map(|folder| folder.id), Some(id(2)));
        assert_eq!(two.named("Arrets"), None);
        let same = two.renamed(id(1), "été 2026").expect("its own name");
        assert_eq!(same.get(id(1)).expect("there").name, "été 2026");
        assert_eq!(same.without(id(1)).all().len(), 1);
        assert_eq!(one.with(id(3), " \u{a0} "), Err(BadName::Empty));
        assert_eq!(one.with(id(3), &"é".repeat(61)), Err(BadName::TooLong));
        assert_eq!(one.with(id(3), "a\u{202e}b"), Err(BadName::Control));
    }

    proptest! {
        #[test]
        fn names_stay_unique_and_read_back(names in prop::collection::vec("\\PC{0,12}", 0..12)) {
            let mut all = Folders::default();
            for (n, name) in (1..).zip(&names) {
                if let Ok(more) = all.with(id(n), name) {
                    all = more;
                }
            }
            for (at, one) in all.all().iter().enumerate() {
                prop_assert!(!all.all()[..at].iter().any(|other| same(&one.name, &other.name)));
            }
            let body = all.clone().draft().body;
            prop_assert_eq!(Folders::of(&body).expect("reads"), all);
        }
    }
}
