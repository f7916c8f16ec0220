//! The `measures` volume in memory: what was measured, a month in an entry.

use std::collections::BTreeMap;

use access::{Item, Key, Shelf, kinds};
use ambient::Id;
use fhir::measure::Reading;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};
use vault::{BadEntry, Draft, Entry, View, Volume};

/// Most readings of a month: one every five minutes.
const MOST: usize = 9_000;

/// Everything that was measured.
#[derive(Debug, Clone, Default)]
pub struct Months(BTreeMap<Id, Month>);

#[derive(Debug, Clone, Default)]
struct Month {
    readings: Vec<Reading>,
    /// What this version cannot read, kept as it is.
    others: Vec<Value>,
}

/// A month holds as much as it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Months {
    /// All readings, by month.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.0.values().flat_map(|month| &month.readings)
    }

    /// One of them.
    pub(crate) fn get(&self, id: &str) -> Option<&Reading> {
        self.readings().find(|reading| reading.id == id)
    }

    /// What to write so that a reading is there, in the place of the one of its name.
    pub(crate) fn with(&self, reading: &Reading) -> Result<Vec<Draft>, Full> {
        let here = self.0.get(&id_of(reading.at));
        if here.is_some_and(|month| month.readings.len() >= MOST) {
            return Err(Full);
        }
        Ok(self.change(&reading.id, Some(reading)))
    }

    /// What to write so that all of these are there too, whose names are new; and how many find no
    /// room in their month.
    pub(crate) fn with_all(&self, readings: Vec<Reading>) -> (Vec<Draft>, usize) {
        let (mut touched, mut left_out) = (BTreeMap::new(), 0);
        for reading in readings {
            let id = id_of(reading.at);
            let here = || self.0.get(&id).cloned().unwrap_or_default();
            let month: &mut Month = touched.entry(id).or_insert_with(here);
            match month.readings.len() < MOST {
                true => month.readings.push(reading),
                false => left_out += 1,
            }
        }
        let drafts = touched.iter().map(|(id, month)| month.draft(*id));
        (drafts.collect(), left_out)
    }

    /// What to write so that a reading is not there any more.
    pub(crate) fn without(&self, id: &str) -> Vec<Draft> {
        self.change(id, None)
    }

    fn change(&self, id: &str, next: Option<&Reading>) -> Vec<Draft> {
        let holds = |month: &Month| month.readings.iter().any(|reading| reading.id == id);
        let old = self.0.iter().find(|(_, month)| holds(month));
        let (old, new) = (old.map(|(id, _)| *id), next.map(|next| id_of(next.at)));
        let new = new.filter(|new| old != Some(*new));
        let touched = old.into_iter().chain(new);
        let write = |month: Id| {
            let mut held = self.0.get(&month).cloned().unwrap_or_default();
            held.readings.retain(|reading| reading.id != id);
            let here = next.filter(|next| id_of(next.at) == month);
            held.readings.extend(here.cloned());
            held.draft(month)
        };
        touched.map(write).collect()
    }
}

/// The name of a month's entry.
fn id_of(at: Timestamp) -> Id {
    let date = at.to_zoned(TimeZone::UTC).date();
    let mut id = *b"month of        ";
    id[9..11].copy_from_slice(&date.year().to_be_bytes());
    id[11] = date.month().unsigned_abs();
    Id(id)
}

impl Month {
    fn draft(&self, id: Id) -> Draft {
        let readings = self.readings.iter().map(Reading::resource);
        let all = readings.chain(self.others.iter().cloned());
        let entries = all.map(|resource| json!({ "resource": resource }));
        let bundle = json!({
            "resourceType": "Bundle",
            "type": "collection",
            "entry": entries.collect::<Vec<_>>(),
        });
        let body = bundle.to_string().into_bytes();
        Draft::new(Volume::Measures, kinds::MEASURES, id, body)
    }

    fn of(body: &[u8]) -> Result<Self, BadEntry> {
        let bundle: Value = serde_json::from_slice(body).map_err(|_| BadEntry)?;
        let entries = bundle.get("entry").and_then(Value::as_array);
        let mut month = Self::default();
        for resource in entries.into_iter().flatten() {
            let resource = resource.get("resource").ok_or(BadEntry)?;
            match Reading::of(resource) {
                Some(reading) => month.readings.push(reading),
                None => month.others.push(resource.clone()),
            }
        }
        Ok(month)
    }
}

impl View for Months {
    const VOLUME: Volume = Volume::Measures;

    fn put(&mut self, entry: Entry) -> Result<(), BadEntry> {
        if entry.kind == kinds::MEASURES {
            let month = Month::of(&entry.body()?)?;
            self.0.insert(entry.id, month);
        }
        Ok(())
    }

    fn unreadable(&mut self) -> Result<(), BadEntry> {
        Ok(())
    }

    fn weight(&self) -> usize {
        let month = |month: &Month| {
            let said = |reading: &Reading| 160 + reading.reason.len();
            month.readings.iter().map(said).sum::<usize>() + 1_024 * month.others.len()
        };
        64 + self.0.values().map(month).sum::<usize>()
    }
}

/// No thing is decided on one by one: all of it is the person's own, and nobody else's.
impl Shelf for Months {
    type Thing = Item;
    type Beside = Self;

    fn things(&self, _: &Key) -> impl Iterator<Item = &Item> {
        std::iter::empty()
    }

    fn thing(&self, _: &Key, _: Id) -> Option<&Item> {
        None
    }

    fn beside(&self, _: &Key) -> &Self {
        self
    }

    fn item(item: &Item) -> &Item {
        item
    }
}

#[cfg(test)]
mod tests {
    use fhir::measure::Measures;
    use proptest::prelude::*;

    use super::*;

    fn weight(id: &str, at: &str, value: f64) -> Reading {
        Reading {
            id: id.to_owned(),
            measure: Measures::ours().get("weight").expect("in the table"),
            at: at.parse().expect("an instant"),
            values: vec![value],
            answer: None,
            reason: String::new(),
            brought: false,
        }
    }

    fn written(months: &mut Months, drafts: Vec<Draft>) -> usize {
        for draft in &drafts {
            let month = Month::of(&draft.body).expect("reads");
            months.0.insert(draft.id, month);
        }
        drafts.len()
    }

    #[test]
    fn a_reading_that_moves_to_another_month_leaves_its_own() {
        let mut months = Months::default();
        let first = weight("a", "2026-11-30T07:30:00Z", 72.0);
        let drafts = months.with(&first).expect("room");
        assert_eq!(written(&mut months, drafts), 1);
        let moved = weight("a", "2026-10-30T07:30:00Z", 71.0);
        let drafts = months.with(&moved).expect("room");
        assert_eq!(written(&mut months, drafts), 2);
        let all: Vec<_> = months.readings().collect();
        assert_eq!(all.len(), 1);
        assert!(all[0].says_as(&moved));
        let drafts = months.without("a");
        assert_eq!(written(&mut months, drafts), 1);
        assert!(months.get("a").is_none() && months.without("a").is_empty());
    }

    #[test]
    fn many_at_once_are_a_write_for_each_month_and_a_month_has_an_end() {
        let mut months = Months::default();
        let first = weight("a", "2026-11-30T07:30:00Z", 72.0);
        let drafts = months.with(&first).expect("room");
        written(&mut months, drafts);
        let many = (0..MOST).map(|n| weight(&format!("b{n}"), "2026-11-02T00:00:00Z", 71.0));
        let other = weight("c", "2026-10-02T00:00:00Z", 70.0);
        let (drafts, left_out) = months.with_all(many.chain([other]).collect());
        assert_eq!((written(&mut months, drafts), left_out), (2, 1));
        assert_eq!(months.readings().count(), MOST + 1);
        assert!(months.get("a").is_some() && months.get("c").is_some());
    }

    #[test]
    fn what_is_not_understood_is_kept() {
        let later = json!({ "resourceType": "Observation", "id": "x", "code": {} });
        let body = json!({ "resourceType": "Bundle", "entry": [{ "resource": later }] });
        let month = Month::of(body.to_string().as_bytes()).expect("reads");
        let at = "2026-11-30T07:30:00Z".parse().expect("an instant");
        let mut months = Months::default();
        months.0.insert(id_of(at), month);
        let drafts = months.with(&weight("a", "2026-11-02T00:00:00Z", 72.0));
        let body = String::from_utf8(drafts.expect("room")[0].body.clone()).expect("text");
        assert!(body.contains(r#""id":"x""#), "{body}");
    }

    proptest! {
        #[test]
        fn what_was_added_and_not_deleted_is_there(steps in prop::collection::vec((0u8..8, 0i64..100_000_000, any::<bool>()), 0..30)) {
            let (mut months, mut expected) = (Months::default(), BTreeMap::new());
            for (id, second, add) in steps {
                let id = id.to_string();
                let at = Timestamp::from_second(second).expect("an instant").to_string();
                let drafts = match add {
                    true => {
                        expected.insert(id.clone(), at.clone());
                        months.with(&weight(&id, &at, 70.0)).expect("room")
                    }
                    false => {
                        expected.remove(&id);
                        months.without(&id)
                    }
                };
                written(&mut months, drafts);
            }
            let found: BTreeMap<_, _> = months
                .readings()
                .map(|one| (one.id.clone(), one.at.to_string()))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
