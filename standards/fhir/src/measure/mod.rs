//! Measures of health as the ANS guide « Mesures de santé » knows them: which there are
//! (`reference/measures.json`), and a reading of one as an `Observation`.

mod observation;

use std::sync::LazyLock;

use serde::Deserialize;

pub use observation::Reading;

const TABLE: &str = include_str!("../../../../reference/measures.json");

static OURS: LazyLock<Measures> =
    LazyLock::new(|| Measures::read(TABLE).expect("the table compiled in is well formed"));

/// The table.
#[derive(Debug, Deserialize)]
pub struct Measures {
    base: String,
    asks: Vec<Ask>,
    measures: Vec<Measure>,
}

/// Something that is measured.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// Its stable identifier.
    pub id: String,
    /// Its name in French.
    pub label: String,
    /// Its name in English.
    pub label_en: String,
    /// Its code.
    pub code: String,
    /// The system of its code.
    pub system: String,
    /// Its profile; in the file, the last part of the address.
    profile: String,
    /// UCUM unit of what is kept.
    pub unit: String,
    /// The unit as people read it, in French and English, where UCUM would not do.
    pub shown: Option<[String; 2]>,
    /// The unit's name in an `Observation`, where the guide fixes it.
    wire: Option<String>,
    /// Decimals of what is kept.
    pub decimals: usize,
    /// Below this it is a slip; none for a measure that has parts.
    min: Option<f64>,
    /// Above this it is a slip.
    max: Option<f64>,
    /// What it is made of, when it is more than one number.
    #[serde(default, rename = "components")]
    parts: Vec<Part>,
    /// It is computed, never entered.
    #[serde(default)]
    pub computed: bool,
    /// Other units that people type it in.
    #[serde(default)]
    pub also_in: Vec<Also>,
    /// What must be said beside it; empty for nothing.
    #[serde(default)]
    asks: String,
    /// As what documents say it; none for what is not taken from documents.
    #[serde(default)]
    documents: Vec<Stated>,
}

/// How a document states a measure.
#[derive(Debug, Deserialize)]
struct Stated {
    /// LOINC code.
    code: String,
    /// The only unit in which it is the same measure, where another would mean something else: a
    /// per cent of the IFCC's is not one of the NGSP's.
    unit: Option<String>,
}

/// A number of a measure.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Its name in French.
    pub label: String,
    /// Its name in English.
    pub label_en: String,
    /// Its LOINC code.
    code: String,
    min: f64,
    max: f64,
}

/// Another unit: `kept = factor × typed + offset`; without a factor, as UCUM converts.
#[derive(Debug, Deserialize)]
pub struct Also {
    /// In UCUM.
    pub unit: String,
    factor: Option<f64>,
    #[serde(default)]
    offset: f64,
}

/// A question that comes with a measure.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ask {
    id: String,
    extension: String,
    /// The question in French.
    pub label: String,
    /// The question in English.
    pub label_en: String,
    /// The answers that there are.
    pub options: Vec<Answer>,
}

/// An answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Its code.
    pub code: String,
    system: String,
    /// In French.
    pub label: String,
    /// In English.
    pub label_en: String,
}

impl Measures {
    /// The table compiled in.
    pub fn ours() -> &'static Self {
        &OURS
    }

    fn read(json: &str) -> Result<Self, serde_json::Error> {
        let mut table: Self = serde_json::from_str(json)?;
        for measure in &mut table.measures {
            measure.profile.insert_str(0, &table.base);
        }
        Ok(table)
    }

    /// All of them, in the order in which people are shown them.
    pub fn all(&self) -> &[Measure] {
        &self.measures
    }

    /// The one with this identifier.
    pub fn get(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|one| one.id == id)
    }

    /// The one that documents state under the first of these LOINC codes that is known, in this
    /// unit.
    pub fn of_documents<'a>(
        &self,
        loinc: impl IntoIterator<Item = &'a str>,
        unit: &str,
    ) -> Option<&Measure> {
        let stated = |code: &str| {
            let mut all = self.measures.iter();
            all.find_map(|one| {
                let stated = one.documents.iter().find(|stated| stated.code == code)?;
                Some((one, stated))
            })
        };
        let (measure, stated) = loinc.into_iter().find_map(stated)?;
        let same = stated.unit.as_ref().is_none_or(|only| only == unit);
        same.then_some(measure)
    }

    fn ask(&self, id: &str) -> Option<&Ask> {
        self.asks.iter().find(|ask| ask.id == id)
    }
}

impl Measure {
    /// Its parts; none for a single number.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// How many numbers make a reading.
    pub fn numbers(&self) -> usize {
        self.parts.len().max(1)
    }

    /// The least and the most that its number `at` (from 0) can be.
    pub fn bounds(&self, at: usize) -> (f64, f64) {
        match self.parts.get(at) {
            Some(part) => (part.min, part.max),
            None => (self.min.unwrap_or(f64::MIN), self.max.unwrap_or(f64::MAX)),
        }
    }

    /// What must be said beside it.
    pub fn ask(&self) -> Option<&'static Ask> {
        OURS.ask(&self.asks)
    }

    /// A value in the unit that is kept, with the decimals that are kept; none when it does not
    /// convert.
    pub fn convert(&self, value: f64, unit: &str) -> Option<f64> {
        let also = self.also_in.iter().find(|also| also.unit == unit);
        let converted = match also.and_then(|also| Some((also.factor?, also.offset))) {
            Some((factor, offset)) => value * factor + offset,
            None => ucum::convert(value, unit, &self.unit, None)?,
        };
        Some(self.rounded(converted))
    }

    /// With the decimals that are kept.
    pub fn rounded(&self, value: f64) -> f64 {
        let scale = 10_f64.powi(i32::try_from(self.decimals).unwrap_or(0));
        (value * scale).round() / scale
    }

    /// Whether numbers can be a reading: within bounds, and of two the first is the greater.
    pub fn is_plausible(&self, values: &[f64]) -> bool {
        let within = |(at, value): (usize, &f64)| {
            let (min, max) = self.bounds(at);
            (min..=max).contains(value)
        };
        values.len() == self.numbers()
            && values.iter().enumerate().all(within)
            && values.windows(2).all(|pair| pair[0] > pair[1])
    }
}

impl Ask {
    /// The answer of that code.
    pub fn answer(&self, code: &str) -> Option<&Answer> {
        self.options.iter().find(|answer| answer.code == code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn get(id: &str) -> &'static Measure {
        Measures::ours().get(id).expect("in the table")
    }

    #[test]
    fn the_table_holds_together() {
        let table = Measures::ours();
        let (mut ids, mut codes) = (HashSet::new(), HashSet::new());
        for one in table.all() {
            assert!(ids.insert(&one.id) && !one.label.is_empty() && !one.label_en.is_empty());
            assert!(one.profile.starts_with("https://"), "{}", one.profile);
            assert!(one.asks.is_empty() || one.ask().is_some(), "{}", one.id);
            for at in 0..one.numbers() {
                let (min, max) = one.bounds(at);
                assert!(min < max && max < f64::MAX, "{}", one.id);
            }
            for also in &one.also_in {
                assert!(
                    one.convert(1.0, &also.unit).is_some(),
                    "{} {also:?}",
                    one.id
                );
            }
            for stated in &one.documents {
                let (code, unit) = (&stated.code, stated.unit.as_ref());
                assert!(codes.insert(code), "{code} leads to two measures");
                let unit = unit.unwrap_or(&one.unit);
                assert!(one.convert(1.0, unit).is_some(), "{code} in {unit}");
            }
        }
        assert_eq!(ids.len(), 16);
    }

    #[test]
    fn a_code_may_be_bound_to_its_unit() {
        let of = |codes: &[&str], unit: &str| {
            let found = Measures::ours().of_documents(codes.iter().copied(), unit);
            found.map(|one| one.id.as_str())
        };
        assert_eq!(of(&["4548-4"], "%"), Some("hba1c"));
        assert_eq!(of(&["59261-8"], "mmol/mol"), Some("hba1c"));
        assert_eq!(of(&["59261-8"], "%"), None);
        // The first that is known decides, whatever other codes the analysis has.
        assert_eq!(of(&["59261-8", "4548-4"], "%"), None);
        assert_eq!(of(&["99999-9", "4548-4"], "%"), Some("hba1c"));
        assert_eq!(of(&["14749-6"], "mmol/L"), Some("glucose-blood"));
        assert_eq!(of(&["718-7"], "g/dL"), None);
    }

    #[test]
    fn values_are_kept_in_one_unit() {
        assert_eq!(get("height").convert(1.752, "m"), Some(175.2));
        assert_eq!(get("weight").convert(3_450.0, "g"), Some(3.45));
        assert_eq!(get("glucose-blood").convert(1.1, "g/L"), Some(110.0));
        assert_eq!(get("glucose-blood").convert(5.0, "mmol/L"), Some(90.0));
        assert_eq!(get("hba1c").convert(53.0, "mmol/mol"), Some(7.0));
        assert_eq!(get("hba1c").convert(7.0, "%"), Some(7.0));
        assert_eq!(get("weight").convert(1.0, "cm"), None);
    }

    #[test]
    fn what_cannot_be_is_not_plausible() {
        let tension = get("blood-pressure");
        assert!(tension.is_plausible(&[120.0, 80.0]));
        for wrong in [&[80.0, 120.0][..], &[80.0, 80.0], &[120.0], &[301.0, 80.0]] {
            assert!(!tension.is_plausible(wrong), "{wrong:?}");
        }
        for (id, least, most) in [("weight", 0.2, 400.0), ("pain", 0.0, 10.0)] {
            let one = get(id);
            assert!(one.is_plausible(&[least]) && one.is_plausible(&[most]));
            assert!(!one.is_plausible(&[least - 0.01]) && !one.is_plausible(&[most + 0.01]));
        }
        assert!(!get("weight").is_plausible(&[f64::NAN]));
    }
}
