//! Results of medical biology, with their reference ranges.

use ambient::Random;
use cda::write::{LOINC, WriteSection};
use cda::{Interpretation, Interval, LabResult, LabValue, Quantity};
use ins::Sex;

use crate::life::{Life, Paper, note};
use crate::sheet::{section, table};

/// A group of analyses. A number is the result that the story wants; the rest is
/// drawn within the range.
#[derive(Clone, Copy)]
pub(crate) enum Panel {
    /// Blood count, with haemoglobin in g/dL.
    Count(Option<f64>),
    /// Fasting glucose in g/L.
    Glucose(Option<f64>),
    /// Glycated haemoglobin in %.
    Hba1c(f64),
    /// Thyrotropin in mUI/L.
    Tsh(Option<f64>),
    /// Cholesterol and triglycerides, with LDL in g/L.
    Lipids(Option<f64>),
    /// Creatinine in µmol/L, and the glomerular filtration rate.
    Kidney { creatinine: f64, rate: f64 },
    /// Albumin in urine, in mg/g of creatinine.
    Albuminuria(f64),
    /// Ferritin in µg/L.
    Iron(f64),
    /// C-reactive protein in mg/L.
    Crp(f64),
}

/// What is usual.
#[derive(Clone, Copy)]
enum Range {
    Between(f64, f64),
    Below(f64),
    Above(f64),
}

struct Finding {
    name: &'static str,
    value: f64,
    unit: &'static str,
    range: Range,
    decimals: usize,
}

/// A report of the laboratory, `ago` days before today.
pub(crate) fn report<'a>(
    life: &Life<'a>,
    ago: i32,
    title: &str,
    panels: &[Panel],
    comment: &str,
) -> Paper<'a> {
    let draw = Draw {
        random: life.random,
        woman: life.person.traits.sex == Sex::Female,
        child: life.days_lived() - ago < 15 * 365,
    };
    let mut sections: Vec<WriteSection> = panels.iter().map(|panel| draw.section(*panel)).collect();
    if !comment.is_empty() {
        sections.push(section("Conclusion", &[comment]));
    }
    note(ago, life.staff.claire.here(), "11502-2", title, sections)
}

struct Draw<'a> {
    random: &'a dyn Random,
    woman: bool,
    child: bool,
}

impl Draw<'_> {
    /// A number of the range, away from its ends.
    fn within(&self, low: f64, high: f64) -> f64 {
        low + (high - low) * (0.2 + 0.6 * f64::from(self.random.below(1_000)) / 1_000.0)
    }

    fn section(&self, panel: Panel) -> WriteSection {
        use Range::{Above, Below, Between};
        let result = |name, value, unit, range, decimals| Finding {
            name,
            value,
            unit,
            range,
            decimals,
        };
        let drawn = |name, low, high, unit, decimals| {
            result(
                name,
                self.within(low, high),
                unit,
                Between(low, high),
                decimals,
            )
        };
        let haemoglobin = match (self.child, self.woman) {
            (true, _) => (11.5, 15.0),
            (false, true) => (12.0, 16.0),
            (false, false) => (13.0, 17.0),
        };
        let (title, results) = match panel {
            Panel::Count(value) => {
                let (low, high) = haemoglobin;
                let value = value.unwrap_or_else(|| self.within(low, high));
                (
                    "Résultats – Numération formule sanguine",
                    vec![
                        drawn("Leucocytes", 4.0, 10.0, "G/L", 1),
                        drawn("Hématies", 4.0, 5.6, "T/L", 2),
                        result("Hémoglobine", value, "g/dL", Between(low, high), 1),
                        result(
                            "Hématocrite",
                            value * 2.97,
                            "%",
                            Between(low * 2.95, high * 2.95),
                            0,
                        ),
                        drawn("VGM", 80.0, 100.0, "fL", 0),
                        drawn("Polynucléaires neutrophiles", 1.8, 7.5, "G/L", 1),
                        drawn("Lymphocytes", 1.0, 4.0, "G/L", 1),
                        drawn("Plaquettes", 150.0, 400.0, "G/L", 0),
                    ],
                )
            }
            Panel::Glucose(value) => {
                let value = value.unwrap_or_else(|| self.within(0.70, 1.0));
                (
                    "Résultats – Glycémie",
                    vec![result(
                        "Glucose à jeun (plasma)",
                        value,
                        "g/L",
                        Between(0.70, 1.0),
                        2,
                    )],
                )
            }
            Panel::Hba1c(value) => (
                "Résultats – Hémoglobine glyquée",
                vec![result("HbA1c", value, "%", Between(4.0, 6.0), 1)],
            ),
            Panel::Tsh(value) => {
                let value = value.unwrap_or_else(|| self.within(0.40, 4.0));
                (
                    "Résultats – Thyroïde",
                    vec![result("TSH", value, "mUI/L", Between(0.40, 4.0), 2)],
                )
            }
            Panel::Lipids(value) => {
                let ldl = value.unwrap_or_else(|| self.within(0.9, 1.6));
                let (hdl, triglycerides) = (self.within(0.42, 0.7), self.within(0.6, 1.5));
                (
                    "Résultats – Bilan lipidique",
                    vec![
                        // Friedewald: LDL = total − HDL − triglycerides / 5.
                        result(
                            "Cholestérol total",
                            ldl + hdl + triglycerides / 5.0,
                            "g/L",
                            Below(2.0),
                            2,
                        ),
                        result("Cholestérol HDL", hdl, "g/L", Above(0.40), 2),
                        result("Cholestérol LDL (calculé)", ldl, "g/L", Below(1.6), 2),
                        result("Triglycérides", triglycerides, "g/L", Below(1.5), 2),
                    ],
                )
            }
            Panel::Kidney { creatinine, rate } => {
                let range = if self.woman {
                    Between(45.0, 84.0)
                } else {
                    Between(59.0, 104.0)
                };
                (
                    "Résultats – Fonction rénale",
                    vec![
                        result("Créatinine", creatinine, "µmol/L", range, 0),
                        result(
                            "Débit de filtration estimé (CKD-EPI)",
                            rate,
                            "mL/min/1,73 m²",
                            Above(60.0),
                            0,
                        ),
                        drawn("Potassium", 3.5, 5.0, "mmol/L", 1),
                    ],
                )
            }
            Panel::Albuminuria(value) => (
                "Résultats – Urines",
                vec![result(
                    "Albumine / créatinine",
                    value,
                    "mg/g",
                    Below(30.0),
                    0,
                )],
            ),
            Panel::Iron(value) => {
                let range = if self.woman {
                    Between(15.0, 150.0)
                } else {
                    Between(30.0, 300.0)
                };
                (
                    "Résultats – Fer",
                    vec![result("Ferritine", value, "µg/L", range, 0)],
                )
            }
            Panel::Crp(value) => (
                "Résultats – Inflammation",
                vec![result("CRP", value, "mg/L", Below(5.0), 0)],
            ),
        };
        let head = [
            "Analyse",
            "Résultat",
            "Unité",
            "Valeurs de référence",
            "Repère",
        ];
        let mut section = table(title, &head, results.iter().map(Finding::row).collect());
        section.results = results.iter().map(|found| found.coded(title)).collect();
        section
    }
}

impl Finding {
    fn row(&self) -> Vec<String> {
        let number = |value: f64| format!("{value:.*}", self.decimals).replace('.', ",");
        let range = match self.range {
            Range::Between(low, high) => format!("{} à {}", number(low), number(high)),
            Range::Below(high) => format!("Inférieur à {}", number(high)),
            Range::Above(low) => format!("Supérieur à {}", number(low)),
        };
        vec![
            self.name.to_owned(),
            number(self.value),
            self.unit.to_owned(),
            range,
            self.mark().to_owned(),
        ]
    }

    /// The same as data, with its LOINC code and its UCUM unit.
    fn coded(&self, chapter: &str) -> LabResult {
        let (loinc, unit) = code(self.name);
        let quantity = |value: f64| Quantity::new(&format!("{value:.*}", self.decimals), unit);
        let (low, high, included) = match self.range {
            Range::Between(low, high) => (Some(low), Some(high), true),
            Range::Below(high) => (None, Some(high), false),
            Range::Above(low) => (Some(low), None, false),
        };
        LabResult {
            chapter: Some(chapter.to_owned()),
            code: Some(cda::Code::new(loinc, LOINC, self.name)),
            name: self.name.to_owned(),
            value: quantity(self.value).map_or(LabValue::Absent, LabValue::Quantity),
            interpretation: match self.mark() {
                "Bas" => Some(Interpretation::Low),
                "Élevé" => Some(Interpretation::High),
                _ => Some(Interpretation::Normal),
            },
            range: Some(Interval {
                low: low.and_then(quantity),
                low_included: included || low.is_none(),
                high: high.and_then(quantity),
                high_included: included || high.is_none(),
            }),
            ..LabResult::default()
        }
    }

    /// « Bas », « Élevé », or nothing.
    fn mark(&self) -> &'static str {
        match self.range {
            Range::Between(low, _) if self.value < low => "Bas",
            Range::Between(_, high) if self.value > high => "Élevé",
            Range::Below(high) if self.value >= high => "Élevé",
            Range::Above(low) if self.value <= low => "Bas",
            _ => "",
        }
    }
}

/// LOINC code and UCUM unit of an analysis.
fn code(name: &str) -> (&'static str, &'static str) {
    match name {
        "Leucocytes" => ("6690-2", "10*9/L"),
        "Hématies" => ("789-8", "10*12/L"),
        "Hémoglobine" => ("718-7", "g/dL"),
        "Hématocrite" => ("20570-8", "%"),
        "VGM" => ("30428-7", "fL"),
        "Polynucléaires neutrophiles" => ("26499-4", "10*9/L"),
        "Lymphocytes" => ("26474-7", "10*9/L"),
        "Plaquettes" => ("777-3", "10*9/L"),
        "Glucose à jeun (plasma)" => ("53049-3", "g/L"),
        "HbA1c" => ("4548-4", "%"),
        "TSH" => ("3016-3", "m[IU]/L"),
        "Cholestérol total" => ("2093-3", "g/L"),
        "Cholestérol HDL" => ("2085-9", "g/L"),
        "Cholestérol LDL (calculé)" => ("13457-7", "g/L"),
        "Triglycérides" => ("2571-8", "g/L"),
        "Créatinine" => ("14682-9", "umol/L"),
        "Débit de filtration estimé (CKD-EPI)" => ("62238-1", "mL/min/{1.73_m2}"),
        "Potassium" => ("2823-3", "mmol/L"),
        "Albumine / créatinine" => ("9318-7", "mg/g"),
        "Ferritine" => ("2276-4", "ug/L"),
        _ => ("1988-5", "mg/L"),
    }
}

#[cfg(test)]
mod tests {
    use crate::{cast, documents, staff};

    #[test]
    fn every_report_says_its_results_as_data_too() {
        let now = "2026-06-12T08:00:00Z".parse().unwrap();
        let (cast, staff) = (cast(now), staff());
        let random = ambient::SeededRandom::new(3);
        let mut results = 0;
        for person in cast.all() {
            for doc in documents(person, &staff, &random, now) {
                let Ok(document) = cda::read(&doc.bytes) else {
                    continue;
                };
                assert_eq!(
                    document.results.is_empty(),
                    doc.type_code != "11502-2",
                    "{}",
                    doc.title
                );
                let text = document.text();
                for result in &document.results {
                    let code = result.code.as_ref().and_then(cda::Code::loinc);
                    assert!(code.is_some() && text.contains(&result.name));
                    assert!(result.range.is_some() && result.judged().is_some());
                    assert_eq!(result.judged().is_some_and(|it| it.stands_out()), {
                        let row = text.lines().find(|row| row.starts_with(&result.name));
                        row.is_some_and(|row| row.ends_with("Bas") || row.ends_with("Élevé"))
                    });
                }
                results += document.results.len();
            }
        }
        assert!(results > 50, "{results}");
    }
}
