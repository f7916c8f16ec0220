//! A value as it is shown, whoever it comes from.

use access::{Act, Person, Plan, Refused, Scope};
use documents::{
    Documents,
    measured::{Measured, Sources},
    results::Origin,
};
use fhir::measure::{Answer, Measure, Reading};
use jiff::Timestamp;
use web::{Problem, Shell, dates};

use crate::{Months, bmi, form, words};

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
    /// Brought in an archive, under this name.
    Brought(String),
    /// Computed from a weight and a height.
    Computed(Box<[Value; 2]>),
    /// Said by a document.
    Document(Origin),
}

impl Value {
    fn added(reading: &Reading) -> Self {
        Self {
            measure: reading.measure,
            at: reading.at,
            values: reading.values.clone(),
            answer: reading.answer,
            reason: reading.reason.clone(),
            source: match reading.brought {
                true => Source::Brought(reading.id.clone()),
                false => Source::Added(reading.id.clone()),
            },
        }
    }

    fn said(measured: &Measured, shell: &Shell) -> Self {
        let original = measured.original(shell.lang);
        Self {
            measure: measured.measure,
            at: measured.at,
            values: vec![measured.value],
            answer: None,
            reason: match original.as_str() {
                "" => String::new(),
                original => shell.t1("measures-original", "value", original),
            },
            source: Source::Document(measured.origin.clone()),
        }
    }

    /// « 72,5 kg ».
    pub fn amount(&self, shell: &Shell) -> String {
        words::amount(self.measure, &self.values, shell.lang)
    }

    /// Where it comes from, in words.
    pub fn from(&self, shell: &Shell) -> String {
        match &self.source {
            Source::Added(_) => shell.t("measures-from-you"),
            Source::Brought(_) => shell.t("measures-from-archive"),
            Source::Computed(of) => {
                let [weight, height] = &**of;
                let day = dates::day(dates::today(height.at), shell.lang);
                let height = format!("{} ({day})", height.amount(shell));
                let weight = weight.amount(shell);
                shell.t2("measures-from-computed", "weight", weight, "height", height)
            }
            Source::Document(origin) if origin.by_holder => shell.t("measures-from-your-document"),
            Source::Document(origin) if origin.by.is_empty() => shell.t("measures-from-document"),
            Source::Document(origin) => origin.by.clone(),
        }
    }
}

/// All values of all measures, oldest first, for one line in the history. Values of documents are
/// among them while the person wants it (whether they do is said too), and are read anew each time.
pub(crate) async fn gather(person: &Person) -> Result<(Vec<Value>, bool), Problem> {
    let clearance = person.enter(Act::ReadMeasures).await?;
    let born = form::born(clearance.policy());
    let readings = |months: &Months| months.readings().map(Value::added).collect::<Vec<_>>();
    let wanted = clearance.policy().settings.measures_from_documents;
    let mut all = match wanted {
        false => {
            clearance
                .act_on(|scope: &Scope<'_, Months>| {
                    let months = scope.beside().ok_or(Refused::NotFound)?;
                    Ok::<_, Refused>(Plan::new(readings(months)))
                })
                .await?
        }
        true => {
            let (mut all, sources) = clearance
                .act_on_both::<Documents, Months, _, _>(
                    |scope: &Scope<'_, Documents>, months: Option<&Months>| {
                        let months = months.ok_or(Refused::NotFound)?;
                        // A moment later the person may have said no.
                        let sources = match scope.policy().settings.measures_from_documents {
                            true => Some(Sources::of(scope)?),
                            false => None,
                        };
                        Ok::<_, Refused>(Plan::new((readings(months), sources)))
                    },
                )
                .await?;
            if let Some(sources) = sources {
                let said = sources.read(&person.app.gate).await?;
                all.extend(said.iter().map(|one| Value::said(one, &person.shell)));
            }
            all
        }
    };
    let computed = bmi::values(&all, born);
    all.extend(computed);
    all.sort_by_key(|value| value.at);
    Ok((all, wanted))
}
