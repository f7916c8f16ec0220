//! The table of common analyses (`reference/analytes.json`): which codes and
//! names are the same analysis, in which unit it is shown.

use std::{collections::HashMap, sync::LazyLock};

use cda::{LabResult, LabValue};
use serde::Deserialize;
use web::Lang;

const TABLE: &str = include_str!("../../../../reference/analytes.json");

static OURS: LazyLock<Analytes> =
    LazyLock::new(|| Analytes::read(TABLE).expect("the table compiled in is well formed"));

/// The table.
#[derive(Debug)]
pub(crate) struct Analytes {
    all: Vec<Analyte>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

/// An analysis that several codes stand for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Analyte {
    id: String,
    label: String,
    label_en: String,
    loinc: Vec<String>,
    /// The only unit in which one of these codes is this analysis, where another would mean
    /// something else: a per cent of the IFCC's haemoglobin is none of the NGSP's.
    #[serde(default)]
    only_in: HashMap<String, String>,
    names: Vec<String>,
    /// UCUM unit that it is shown in.
    pub unit: String,
    /// Decimals of a converted value.
    pub decimals: usize,
    /// In g/mol, where masses and amounts of substance are both used.
    #[serde(default)]
    molar_mass: Option<f64>,
    #[serde(default)]
    conversions: Vec<Conversion>,
}

/// A conversion that is no matter of units: `unit = factor × from + offset`.
#[derive(Debug, Deserialize)]
struct Conversion {
    from: String,
    factor: f64,
    #[serde(default)]
    offset: f64,
}

impl Analytes {
    /// The table compiled in.
    pub fn ours() -> &'static Self {
        &OURS
    }

    fn read(json: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct File {
            analytes: Vec<Analyte>,
        }
        let all = serde_json::from_str::<File>(json)?.analytes;
        let (mut by_code, mut by_name) = (HashMap::new(), HashMap::new());
        for (at, analyte) in all.iter().enumerate() {
            by_code.extend(analyte.loinc.iter().map(|code| (code.clone(), at)));
            let labels = [&analyte.label, &analyte.label_en];
            let names = analyte.names.iter().chain(labels);
            by_name.extend(names.map(|name| (ins::fold(name), at)));
        }
        Ok(Self {
            all,
            by_code,
            by_name,
        })
    }

    /// All of them, in the order of the table.
    pub fn all(&self) -> &[Analyte] {
        &self.all
    }

    /// The analysis of a result: by its LOINC code, else by its name when it has none.
    pub fn of(&self, result: &LabResult) -> Option<&Analyte> {
        let Some(code) = result.code.as_ref().and_then(cda::Code::loinc) else {
            let at = self.by_name.get(&ins::fold(&result.name))?;
            return self.all.get(*at);
        };
        let analyte = self.all.get(*self.by_code.get(code)?)?;
        match (&result.value, analyte.only_in.get(code)) {
            (LabValue::Quantity(found), Some(only)) if found.unit != *only => None,
            _ => Some(analyte),
        }
    }

    /// The analysis with this identifier.
    pub fn get(&self, id: &str) -> Option<&Analyte> {
        self.all.iter().find(|analyte| analyte.id == id)
    }
}

impl Analyte {
    /// Its stable identifier.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// All its codes.
    pub fn loinc(&self) -> impl Iterator<Item = &str> {
        self.loinc.iter().map(String::as_str)
    }

    /// Its name for people.
    pub fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.label,
            Lang::En => &self.label_en,
        }
    }

    /// A value in the unit of the table; none when its own does not convert.
    pub fn convert(&self, value: f64, unit: &str) -> Option<f64> {
        // First what is said of this analysis: a share of glycated haemoglobin in
        // mmol/mol is no percentage.
        let own = self.conversions.iter().find(|known| known.from == unit);
        match own {
            Some(known) => Some(value * known.factor + known.offset),
            None => ucum::convert(value, unit, &self.unit, self.molar_mass),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(id: &str, value: f64, unit: &str) -> f64 {
        let analyte = Analytes::ours().get(id).expect("in the table");
        analyte.convert(value, unit).expect("a conversion")
    }

    #[test]
    fn every_code_and_name_leads_to_one_analysis_and_every_unit_is_known() {
        let table = Analytes::ours();
        let codes: usize = table.all.iter().map(|one| one.loinc.len()).sum();
        assert_eq!(codes, table.by_code.len());
        for analyte in table.all() {
            assert!(ucum::Unit::read(&analyte.unit).is_some(), "{}", analyte.id);
            for name in analyte
                .names
                .iter()
                .chain([&analyte.label, &analyte.label_en])
            {
                let found = table
                    .by_name
                    .get(&ins::fold(name))
                    .and_then(|at| table.all.get(*at));
                assert_eq!(found.map(Analyte::id), Some(analyte.id()), "{name}");
            }
            assert!(!analyte.label.is_empty() && !analyte.label_en.is_empty());
            for (code, unit) in &analyte.only_in {
                assert!(analyte.loinc.contains(code), "{code}");
                assert!(analyte.convert(1.0, unit).is_some(), "{code} in {unit}");
            }
        }
    }

    #[test]
    fn values_convert_as_laboratories_print_both() {
        let near = |found: f64, printed: f64| {
            assert!(
                (found - printed).abs() < 0.02 * printed,
                "{found} is not {printed}"
            );
        };
        // Pairs of the national examples.
        near(convert("glucose-fasting", 4.89, "mmol/L"), 0.88);
        near(convert("triglycerides", 0.71, "mmol/L"), 0.62);
        near(convert("cholesterol", 4.90, "mmol/L"), 1.90);
        near(convert("urea", 0.60, "g/L"), 10.02);
        near(convert("creatinine", 10.0, "mg/L"), 88.4);
        near(convert("hba1c", 53.0, "mmol/mol"), 7.0);
        near(convert("hba1c", 7.0, "%"), 7.0);
        near(convert("alt", 45.0, "U/L"), 45.0);
        assert_eq!(
            Analytes::ours()
                .get("tsh")
                .and_then(|tsh| tsh.convert(1.0, "g/L")),
            None
        );
    }
}
