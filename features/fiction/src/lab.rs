//! Results of medical biology, with their reference ranges.

use ambient::Random;
use cda::write::WriteSection;
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
        table(title, &head, results.iter().map(Finding::row).collect())
    }
}

impl Finding {
    fn row(&self) -> Vec<String> {
        let number = |value: f64| format!("{value:.*}", self.decimals).replace('.', ",");
        let (range, mark) = match self.range {
            Range::Between(low, high) => (
                format!("{} à {}", number(low), number(high)),
                if self.value < low {
                    "Bas"
                } else if self.value > high {
                    "Élevé"
                } else {
                    ""
                },
            ),
            Range::Below(high) => (
                format!("Inférieur à {}", number(high)),
                if self.value >= high { "Élevé" } else { "" },
            ),
            Range::Above(low) => (
                format!("Supérieur à {}", number(low)),
                if self.value <= low { "Bas" } else { "" },
            ),
        };
        vec![
            self.name.to_owned(),
            number(self.value),
            self.unit.to_owned(),
            range,
            mark.to_owned(),
        ]
    }
}
