//! What is typed to find lines of the history, in the address and back.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use web::{Choice, Errors, Link, Shell, dates};

use crate::{ByRight, ByWhom, Cursor, Doing, Sought};

const PATH: &str = "/historique";
const WHO: [&str; 5] = ["moi", "proches", "professionnels", "logiciels", "carnet"];
const DOING: [&str; 5] = ["lectures", "documents", "acces", "urgences", "compte"];
const RIGHT: [&str; 6] = ["soi", "accord", "urgence", "auteur", "autre", "refus"];

/// As it was typed. Nobody is named in it: `de` is a keyed hash.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub qui: String,
    pub quoi: String,
    pub droit: String,
    pub du: String,
    pub au: String,
    pub de: String,
    /// Where the page begins; what is none begins at the newest.
    #[serde(deserialize_with = "cursor")]
    pub avant: Option<Cursor>,
}

fn cursor<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Cursor>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.parse().ok())
}

impl Typed {
    /// All that one professional did.
    pub fn of(one: &str) -> Self {
        Self {
            de: one.to_owned(),
            ..Self::default()
        }
    }

    /// What one professional did by an emergency.
    pub fn in_emergency(one: &str) -> Self {
        Self {
            droit: "urgence".to_owned(),
            ..Self::of(one)
        }
    }

    /// The same, from a place on.
    pub fn after(&self, cursor: Cursor) -> Self {
        Self {
            avant: Some(cursor),
            ..self.clone()
        }
    }

    /// The same, from the newest on.
    pub fn first(&self) -> Self {
        Self {
            avant: None,
            ..self.clone()
        }
    }

    /// Whether nothing is left out.
    pub fn is_all(&self) -> bool {
        let all = [
            &self.qui,
            &self.quoi,
            &self.droit,
            &self.du,
            &self.au,
            &self.de,
        ];
        all.iter().all(|one| one.is_empty()) || self.first().address() == "/historique?qui=tous"
    }

    /// Where it is shown.
    pub fn address(&self) -> String {
        self.address_at(PATH)
    }

    /// The same, for another page that takes it.
    pub fn address_at(&self, path: &str) -> String {
        let avant = self.avant.map(|cursor| cursor.to_string());
        let avant = avant.unwrap_or_default();
        let parts = self.fields().into_iter().chain([("avant", avant.as_str())]);
        let parts = parts.filter(|(_, value)| sound(value));
        let parts = parts.map(|(name, value)| format!("{name}={value}"));
        let parts = parts.collect::<Vec<_>>().join("&");
        match parts.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{parts}"),
        }
    }

    /// Everything but the place, by name.
    pub fn fields(&self) -> [(&'static str, &str); 6] {
        [
            ("qui", &self.qui),
            ("quoi", &self.quoi),
            ("droit", &self.droit),
            ("du", &self.du),
            ("au", &self.au),
            ("de", &self.de),
        ]
    }
}

/// Whether it may stand in an address as it is: what is typed in vain is not carried on.
fn sound(value: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    !value.is_empty() && value.len() <= 64 && value.bytes().all(plain)
}

/// What is asked for, and which dates cannot be read.
pub(super) fn read(typed: &Typed, shell: &Shell) -> (Sought, Errors) {
    let mut errors = Errors::new();
    let mut day = |field: &str, value: &str| {
        if value.is_empty() {
            return None;
        }
        let day = value.parse::<Date>().ok();
        if day.is_none() {
            errors.add(field, shell.t("history-date-wrong"));
        }
        day
    };
    let (from, to) = (day("du", &typed.du), day("au", &typed.au));
    let next = to.and_then(|day| day.tomorrow().ok());
    let asked = Sought {
        who: spelled(&typed.qui),
        doing: spelled(&typed.quoi),
        right: spelled(&typed.droit),
        one: Some(typed.de.clone()).filter(|one| !one.is_empty()),
        since: from.and_then(|day| dates::at_hour(day, 0)),
        before: next.and_then(|day| dates::at_hour(day, 0)),
    };
    (asked, errors)
}

/// The value of a list; what is in none of it leaves nothing out.
fn spelled<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(text.into()).ok()
}

/// Who, each an address that keeps the rest.
pub(super) fn chips(typed: &Typed, shell: &Shell) -> Vec<(Link, bool)> {
    let known = spelled::<ByWhom>(&typed.qui);
    let chip = |who: &str, on: bool| {
        let to = Typed {
            qui: who.to_owned(),
            de: String::new(),
            ..typed.first()
        };
        let key = match who {
            "" => "history-who-tous".to_owned(),
            who => format!("history-who-{who}"),
        };
        (Link::new(to.address(), shell.t(&key)), on)
    };
    let all = chip("", known.is_none() && typed.de.is_empty());
    let each = WHO.map(|who| chip(who, known.is_some() && typed.qui == who));
    std::iter::once(all).chain(each).collect()
}

/// What was done, to choose from.
pub(super) fn doings(shell: &Shell) -> Vec<Choice> {
    debug_assert!(DOING.iter().all(|one| spelled::<Doing>(one).is_some()));
    let choice = |one: &str| Choice::new(one, shell.t(&format!("history-doing-{one}")));
    DOING.map(choice).into()
}

/// By which right, to choose from.
pub(super) fn rights(shell: &Shell) -> Vec<Choice> {
    debug_assert!(RIGHT.iter().all(|one| spelled::<ByRight>(one).is_some()));
    let choice = |one: &str| Choice::new(one, shell.t(&format!("history-right-{one}")));
    RIGHT.map(choice).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_a_list_means_something() {
        assert!(WHO.iter().all(|one| spelled::<ByWhom>(one).is_some()));
        assert!(DOING.iter().all(|one| spelled::<Doing>(one).is_some()));
        assert!(RIGHT.iter().all(|one| spelled::<ByRight>(one).is_some()));
        assert!(spelled::<ByWhom>("tous").is_none() && spelled::<ByWhom>("").is_none());
    }

    #[test]
    fn an_address_keeps_what_is_asked_and_carries_nothing_else() {
        let typed = Typed {
            qui: "professionnels".to_owned(),
            quoi: "a&b=c".to_owned(),
            du: "2026-06-12".to_owned(),
            ..Typed::default()
        };
        assert_eq!(
            typed.address(),
            "/historique?qui=professionnels&du=2026-06-12"
        );
        assert!(!typed.is_all() && Typed::default().is_all());
        assert_eq!(Typed::default().address(), "/historique");
    }
}
