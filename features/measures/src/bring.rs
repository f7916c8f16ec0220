//! Measures of an archive that a person brings back: theirs, and said to be brought.

use std::collections::HashMap;

use access::{Act, Person, Plan, Refused, Scope};
use fhir::measure::Reading;
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use web::{Problem, dates};

use crate::{Months, add::over, form, typed::REMARK};

/// Most readings of an archive.
const MOST: usize = 20_000;

/// What became of the measures of an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brought {
    /// Added, as brought by the person.
    pub added: usize,
    /// There already.
    pub already: usize,
    /// Not taken: nobody can have them, or there is no room.
    pub refused: usize,
}

/// Keeps what of these `Observation`s is a measure that a person may add. Nothing vouches for them:
/// each is checked as if it were typed, gets a name of ours, and is said to be brought. Done again,
/// it adds nothing. Results of laboratories have no `id` in an archive: they stand in their documents.
///
/// # Errors
/// When the person may not add measures, or a store fails.
pub async fn bring(person: &Person, resources: &[Value]) -> Result<Brought, Problem> {
    let mut said: Vec<Reading> = resources.iter().filter_map(Reading::of).collect();
    if said.is_empty() {
        return Ok(Brought::default());
    }
    let clearance = person.enter(Act::AddMeasure).await?;
    let (born, now) = (form::born(clearance.policy()), person.app.now());
    let all = said.len();
    said.retain(|reading| fits(reading, born, now));
    said.truncate(MOST);
    let refused = all - said.len();
    for reading in &mut said {
        reading.id = person.app.gate.id().to_string();
        reading.brought = true;
    }
    let brought = clearance.act_on(|scope: &Scope<'_, Months>| {
        let months = scope.beside().ok_or(Refused::NotFound)?;
        let mut known: HashMap<Timestamp, Vec<&Reading>> = HashMap::new();
        for reading in months.readings() {
            known.entry(reading.at).or_default().push(reading);
        }
        let mut kept: Vec<Reading> = vec![];
        for reading in &said {
            let here = known.entry(reading.at).or_default();
            if !here.iter().any(|one| one.says_as(reading)) {
                here.push(reading);
                kept.push(reading.clone());
            }
        }
        let already = said.len() - kept.len();
        let new = kept.len();
        let (drafts, left_out) = months.with_all(kept);
        let brought = Brought {
            added: new - left_out,
            already,
            refused: refused + left_out,
        };
        Ok::<_, Refused>(Plan::new(brought).writing(over(scope, drafts)?))
    });
    Ok(brought.await?)
}

/// Whether a person could have typed it.
fn fits(reading: &Reading, born: Option<Date>, now: Timestamp) -> bool {
    let measure = reading.measure;
    let before = |born| dates::today(reading.at) < born;
    !measure.computed
        && measure.is_plausible(&reading.values)
        && reading.at <= now
        && !born.is_some_and(before)
        && reading.reason.chars().count() <= REMARK
        && !documents::title::misleads(&reading.reason)
}

#[cfg(test)]
mod tests {
    use fhir::measure::Measures;

    use super::*;

    #[test]
    fn what_nobody_could_have_typed_is_not_taken() {
        let (born, now) = ("1980-05-02", "2026-11-30T08:00:00Z");
        let weight = |value: f64, at: &str, reason: &str| Reading {
            id: "../x".to_owned(),
            measure: Measures::ours().get("weight").expect("in the table"),
            at: at.parse().expect("an instant"),
            values: vec![value],
            answer: None,
            reason: reason.to_owned(),
            brought: false,
        };
        let fits = |one: &Reading| {
            let born = Some(born.parse().expect("a date"));
            fits(one, born, now.parse().expect("an instant"))
        };
        let at = "2026-05-02T08:00:00Z";
        assert!(fits(&weight(72.5, at, "Balance neuve")));
        for wrong in [
            weight(4_000.0, at, ""),
            weight(f64::NAN, at, ""),
            weight(72.5, "2026-11-30T08:00:01Z", ""),
            weight(72.5, "1980-05-01T08:00:00Z", ""),
            weight(72.5, at, &"a".repeat(REMARK + 1)),
            weight(72.5, at, "a\u{202e}b"),
        ] {
            assert!(!fits(&wrong), "{wrong:?}");
        }
        let measure = Measures::ours().get("bmi").expect("in the table");
        let index = Reading {
            measure,
            ..weight(24.0, at, "")
        };
        assert!(!fits(&index), "it is computed");
    }
}
