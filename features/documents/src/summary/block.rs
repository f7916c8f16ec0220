//! Facts of several documents as the blocks of a summary: each once, said by the newest document
//! that says it, and never without that document.

use std::collections::HashSet;

use ambient::Id;
use cda::{FactKind, HealthFact, PointInTime};
use jiff::{SignedDuration, Timestamp};
use web::{Lang, dates};

use crate::brought;

/// Facts that a block shows at once; the others are counted.
const SHOWN: usize = 12;
/// A prescription that says no end is no longer taken for what somebody takes after that time.
const PRESCRIBED_FOR: SignedDuration = SignedDuration::from_hours(24 * 365);

/// The order in which a doctor looks.
const ORDER: [FactKind; 4] = [
    FactKind::Allergy,
    FactKind::Problem,
    FactKind::Treatment,
    FactKind::Vaccination,
];

/// A document that facts stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The document.
    pub document: Id,
    /// Its title.
    pub title: String,
    /// The day it was made.
    pub day: String,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: String,
    /// Brought by the person.
    pub by_holder: bool,
    /// A prescription: what it says was meant for a time.
    pub prescribed: bool,
}

/// All facts of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Keys of its title, of the sentence that says that nothing is known, and of what is past.
    pub keys: [&'static str; 3],
    /// A drawing of it.
    pub icon: &'static str,
    /// Of today, by document, the newest first.
    pub now: Vec<Group>,
    /// Of the past, likewise.
    pub past: Vec<Group>,
    /// How many of the past.
    pub past_count: usize,
    /// Facts of today that are not shown here.
    pub more: usize,
}

/// Facts that one document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The document.
    pub source: Source,
    /// The facts.
    pub lines: Vec<Line>,
}

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub words: String,
    /// What goes with it.
    pub detail: String,
    /// That is the batch of a vaccine.
    pub batch: bool,
    /// « depuis 2019 », « 12/03/2024 », « 2018 à 2019 »; empty when nothing is said.
    pub when: String,
    /// The document says that it is not so.
    pub negated: bool,
}

impl Block {
    /// The blocks of these facts; `facts` are those of the newest document first.
    pub(super) fn all(
        facts: &[(Source, Vec<HealthFact>)],
        now: Timestamp,
        lang: Lang,
    ) -> Vec<Self> {
        let one = |kind| Self::of(kind, facts, now, lang);
        ORDER.into_iter().map(one).collect()
    }

    fn of(kind: FactKind, facts: &[(Source, Vec<HealthFact>)], now: Timestamp, lang: Lang) -> Self {
        let mut said = HashSet::new();
        let (mut current, mut past) = (Vec::new(), Vec::new());
        for (source, facts) in facts {
            for fact in facts.iter().filter(|fact| fact.kind == kind) {
                // All names are noted, so that two spellings of one thing meet.
                let names = names(fact);
                let known = names.iter().any(|name| said.contains(name));
                said.extend(names);
                if known {
                    continue;
                }
                let place = match is_over(fact, source, now) {
                    true => &mut past,
                    false => &mut current,
                };
                place.push((source, Line::of(fact, lang)));
            }
        }
        let more = current.len().saturating_sub(SHOWN);
        // Whatever else is left out, never an allergy.
        let shown = if kind == FactKind::Allergy {
            usize::MAX
        } else {
            SHOWN
        };
        current.truncate(shown);
        Self {
            keys: keys(kind),
            icon: match kind {
                FactKind::Problem => "heart-pulse",
                FactKind::Allergy => "alert",
                FactKind::Treatment => "pill",
                FactKind::Vaccination => "syringe",
            },
            more: if kind == FactKind::Allergy { 0 } else { more },
            past_count: past.len(),
            now: grouped(current),
            past: grouped(past),
        }
    }

    /// Nothing is known.
    pub fn is_empty(&self) -> bool {
        self.now.is_empty() && self.past.is_empty()
    }
}

fn keys(kind: FactKind) -> [&'static str; 3] {
    match kind {
        FactKind::Problem => [
            "summary-problems",
            "summary-problems-none",
            "summary-problems-past",
        ],
        FactKind::Allergy => [
            "summary-allergies",
            "summary-allergies-none",
            "summary-allergies-past",
        ],
        FactKind::Treatment => [
            "summary-treatments",
            "summary-treatments-none",
            "summary-treatments-past",
        ],
        FactKind::Vaccination => [
            "summary-vaccinations",
            "summary-vaccinations-none",
            "summary-vaccinations-past",
        ],
    }
}

/// Lines of one document together, in the order of the first of each.
fn grouped(lines: Vec<(&Source, Line)>) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![];
    for (source, line) in lines {
        match groups.last_mut() {
            Some(last) if last.source.document == source.document => last.lines.push(line),
            _ => groups.push(Group {
                source: source.clone(),
                lines: vec![line],
            }),
        }
    }
    groups
}

/// What one thing is recognised by: its code, its words; a vaccination on its day.
fn names(fact: &HealthFact) -> Vec<String> {
    let on = match (fact.kind, &fact.since) {
        (FactKind::Vaccination, Some(time)) => day(time).unwrap_or_default(),
        _ => String::new(),
    };
    let sign = if fact.negated { "not" } else { "" };
    let code = fact.code.as_ref().map(|code| {
        let system = code.system.as_deref().unwrap_or_default();
        format!("{sign}{on} {system} {}", code.code)
    });
    let words = format!("{sign}{on} words {}", ins::fold(&fact.words));
    code.into_iter().chain([words]).collect()
}

/// Whether it belongs to the past. An allergy that was once found stays where it is seen.
fn is_over(fact: &HealthFact, source: &Source, now: Timestamp) -> bool {
    let ended = fact.until.as_ref().and_then(brought::instant);
    match fact.kind {
        FactKind::Vaccination | FactKind::Allergy => false,
        FactKind::Problem => fact.over,
        FactKind::Treatment => match ended {
            Some(ended) => ended < now,
            None => source.prescribed && now.duration_since(source.at) > PRESCRIBED_FOR,
        },
    }
}

impl Line {
    fn of(fact: &HealthFact, lang: Lang) -> Self {
        let day = |time: &Option<PointInTime>| time.as_ref().and_then(day);
        let when = match (fact.kind, day(&fact.since), day(&fact.until)) {
            (FactKind::Vaccination, Some(on), _) => on,
            (_, Some(from), Some(to)) => format!("{from} – {to}"),
            (_, Some(from), None) => match lang {
                Lang::Fr => format!("depuis le {from}"),
                Lang::En => format!("since {from}"),
            },
            (_, None, Some(to)) => match lang {
                Lang::Fr => format!("jusqu’au {to}"),
                Lang::En => format!("until {to}"),
            },
            (_, None, None) => String::new(),
        };
        Self {
            words: fact.words.clone(),
            detail: fact.detail.clone().unwrap_or_default(),
            batch: fact.kind == FactKind::Vaccination,
            when,
            negated: fact.negated,
        }
    }
}

/// « 12/03/2024 », « 03/2024 » or « 1975 »: as far as it is known.
fn day(time: &PointInTime) -> Option<String> {
    if let Some(date) = time.date() {
        return Some(date.parse().map_or(date, dates::short));
    }
    let text = time.as_str();
    let digits = text.chars().all(|c| c.is_ascii_digit());
    match (digits, text.len()) {
        (true, 4) => Some(text.to_owned()),
        (true, 6) => Some(format!("{}/{}", &text[4..], &text[..4])),
        _ => None,
    }
}

#[cfg(test)]
#[path = "block_tests.rs"]
mod tests;
