//! Values of measures that documents say: weights, heights, glucose…
//!
//! They are read when somebody looks, and kept nowhere
//! (`docs/decisions/0020-values-from-documents.md`): what is hidden, replaced, withdrawn or deleted
//! is gone from measures at once, and so is all of it when the person says no.

use access::{Gate, Person, Refused, Scope};
use cda::{LabValue, Quantity};
use fhir::measure::{Measure, Measures};
use jiff::Timestamp;
use web::Lang;

use crate::{
    Document, Documents, FileKind, Stored, in_force, newest_first,
    reading::blocking,
    results::{Addresses, Origin, Report, analyte_codes, value_in_words},
    shelf::is_in_force,
};

/// Most documents that one look reads, the newest.
const MOST: usize = 200;

/// Bytes that one look reads at the most.
const BYTES: u64 = 24_000_000;

/// A value of a measure, and the document that says it.
#[derive(Debug, Clone)]
pub struct Measured {
    /// Of what.
    pub measure: &'static Measure,
    /// When.
    pub at: Timestamp,
    /// In the unit of the measure.
    pub value: f64,
    /// As it stands in the document, where that is another unit.
    original: Option<Quantity>,
    /// The document.
    pub origin: Origin,
}

/// Documents that may say values, chosen in the step that leaves the line.
#[derive(Debug)]
pub struct Sources(Vec<Report>);

impl Measured {
    /// As it stands in the document; empty when it was not converted.
    pub fn original(&self, lang: Lang) -> String {
        let said =
            |original: &Quantity| value_in_words(&LabValue::Quantity(original.clone()), lang);
        self.original.as_ref().map_or_else(String::new, said)
    }

    fn of(
        measure: &'static Measure,
        found: &Quantity,
        at: Timestamp,
        origin: &Origin,
    ) -> Option<Self> {
        let value = measure.convert(found.value(), &found.unit)?;
        let converted = found.unit != measure.unit;
        measure.is_plausible(&[value]).then(|| Self {
            measure,
            at,
            value,
            original: converted.then(|| found.clone()),
            origin: origin.clone(),
        })
    }
}

impl Sources {
    /// Structured documents in force that the viewer may see.
    ///
    /// # Errors
    /// Never on what was opened by this version.
    pub fn of(scope: &Scope<'_, Documents>) -> Result<Self, Refused> {
        let is_clinical =
            |one: &&Document| FileKind::of_media_type(&one.media_type) == Some(FileKind::Cda);
        let mut found: Vec<&Document> = in_force(scope).filter(is_clinical).collect();
        newest_first(&mut found);
        crate::once(&mut found);
        let (mut bytes, mut chosen) = (0, vec![]);
        for document in found.into_iter().take(MOST) {
            let report = Report::of(document)?;
            bytes += report.size();
            if bytes > BYTES {
                break;
            }
            chosen.push(report);
        }
        Ok(Self(chosen))
    }

    /// What they say; a file that cannot be read says nothing.
    ///
    /// # Errors
    /// When the work was stopped.
    pub async fn read(self, gate: &Gate) -> Result<Vec<Measured>, Refused> {
        let mut all = vec![];
        for report in self.0 {
            let Ok(bytes) = report.fetch(gate).await else {
                continue;
            };
            all.extend(blocking(move || read(&report, &bytes)).await?);
        }
        Ok(all)
    }
}

/// What the page of a document needs, to say which measures it fills: nothing when the person does
/// not want its values there, or another version takes its place.
pub(crate) fn wanted(
    scope: &Scope<'_, Documents>,
    document: &Document,
) -> Option<(Origin, Timestamp)> {
    let wanted = scope.policy().settings.measures_from_documents && is_in_force(scope, document);
    wanted.then(|| (Origin::of(document), document.date))
}

/// The measures that a document fills, each once.
///
/// # Errors
/// When its file cannot be read.
pub(crate) async fn fills(
    person: &Person,
    stored: &Stored,
    wanted: Option<(Origin, Timestamp)>,
) -> Result<Vec<Filled>, Refused> {
    let is_clinical = FileKind::of_media_type(&stored.own.media_type) == Some(FileKind::Cda);
    let Some((origin, date)) = wanted.filter(|_| is_clinical) else {
        return Ok(vec![]);
    };
    let report = Report::new(stored.own.blob.clone(), date, origin);
    let bytes = report.fetch(&person.app.gate).await?;
    let values = blocking(move || read(&report, &bytes)).await?;
    Ok(filled(&values, &addresses(person)))
}

fn read(report: &Report, bytes: &[u8]) -> Vec<Measured> {
    let mut all = vec![];
    for seen in report.read(bytes) {
        let LabValue::Quantity(quantity) = &seen.result.value else {
            continue;
        };
        // What a report repeats is another report's.
        if seen.repeated {
            continue;
        }
        let codes = analyte_codes(&seen.result);
        if let Some(measure) = Measures::ours().of_documents(codes, &quantity.unit) {
            all.extend(Measured::of(measure, quantity, seen.at, &seen.origin));
        }
    }
    for sign in cda::read_vital_signs(bytes).unwrap_or_default() {
        let time = sign.time.as_ref().and_then(|time| report.plausible(time));
        let codes = sign.code.loinc();
        if let Some(measure) = Measures::ours().of_documents(codes, &sign.value.unit) {
            let at = time.unwrap_or(report.date());
            all.extend(Measured::of(measure, &sign.value, at, report.origin()));
        }
    }
    all
}

/// How addresses name the measures of a record.
pub fn addresses(person: &Person) -> Addresses<'_> {
    Addresses {
        store: &person.app.store,
        record: person.record,
        base: "/mesures".to_owned(),
        lang: person.shell.lang,
    }
}

/// What tells a measure from others, where addresses name it.
pub fn key(measure: &Measure) -> String {
    format!("measure {}", measure.id)
}

/// A measure that a document filled, as its page says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    pub href: String,
    pub label: String,
}

/// The measures that these values went to, each once.
fn filled(values: &[Measured], addresses: &Addresses<'_>) -> Vec<Filled> {
    let mut all: Vec<Filled> = vec![];
    for measured in values {
        let one = Filled {
            href: addresses.of(&key(measured.measure)),
            label: match addresses.lang {
                Lang::Fr => measured.measure.label.clone(),
                Lang::En => measured.measure.label_en.clone(),
            },
        };
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}
