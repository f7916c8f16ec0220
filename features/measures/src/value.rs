//! A value as it is shown, whoever it comes from.

use fhir::measure::{Answer, Measure, Reading};
use jiff::{Timestamp, civil::Date};
use web::{Shell, dates};

use crate::{Months, bmi, words};

/// A value of a measure.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub measure: &'static Measure,
    pub at: Timestamp,
    pub values: Vec<f64>,
    pub answer: Option<&'static Answer>,
    pub reason: String,
    pub source: Source,
}

/// Where a value comes from.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// Added in the space, under this name.
    Added(String),
    /// Computed from a weight and a height.
    Computed(Reading, Reading),
}

impl Value {
    fn added(reading: &Reading) -> Self {
        Self {
            measure: reading.measure,
            at: reading.at,
            values: reading.values.clone(),
            answer: reading.answer,
            reason: reading.reason.clone(),
            source: Source::Added(reading.id.clone()),
        }
    }

    /// « 72,5 kg ».
    pub fn amount(&self, shell: &Shell) -> String {
        words::amount(self.measure, &self.values, shell.lang)
    }

    /// Where it comes from, in words.
    pub fn from(&self, shell: &Shell) -> String {
        let said = |one: &Reading| words::amount(one.measure, &one.values, shell.lang);
        match &self.source {
            Source::Added(_) => shell.t("measures-from-you"),
            Source::Computed(weight, height) => {
                let day = dates::day(dates::today(height.at), shell.lang);
                let height = format!("{} ({day})", said(height));
                shell.t2(
                    "measures-from-computed",
                    "weight",
                    said(weight),
                    "height",
                    height,
                )
            }
        }
    }
}

/// All values of all measures, oldest first.
pub(crate) fn all(months: &Months, born: Option<Date>) -> Vec<Value> {
    let readings: Vec<&Reading> = months.readings().collect();
    let mut all = bmi::values(&readings, born);
    all.extend(readings.into_iter().map(Value::added));
    all.sort_by_key(|value| value.at);
    all
}

/// Those of one measure, oldest first.
pub(crate) fn of(months: &Months, measure: &Measure, born: Option<Date>) -> Vec<Value> {
    let mut found = all(months, born);
    found.retain(|value| value.measure.id == measure.id);
    found
}
