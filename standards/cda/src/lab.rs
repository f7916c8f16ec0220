//! Results of a laboratory report (CR-BIO, TROD), as data.

use crate::{Code, PointInTime};

/// One result: what was measured, and what came out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabResult {
    /// Heading of the chapter it stands in: « Biochimie ».
    pub chapter: Option<String>,
    /// What it belongs to inside the chapter: « Hémogramme », an isolate.
    pub group: Option<String>,
    /// What was measured, usually a LOINC code; none for a local analysis.
    pub code: Option<Code>,
    /// What was measured, in the author's words.
    pub name: String,
    /// What came out.
    pub value: LabValue,
    /// What the laboratory says of it.
    pub interpretation: Option<Interpretation>,
    /// Values of reference.
    pub range: Option<Interval>,
    /// When it was observed; the sampling when nothing else is said.
    pub time: Option<PointInTime>,
    /// What was examined: « Sang », « Sérum/Plasma ».
    pub specimen: Option<String>,
    /// The laboratory's comment on this result.
    pub comment: Option<String>,
    /// Older results of the same analysis that the report repeats.
    pub earlier: Vec<Earlier>,
}

/// An older result, repeated in a later report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// When it was observed.
    pub time: Option<PointInTime>,
    /// What came out.
    pub value: LabValue,
}

/// What came out of an analysis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LabValue {
    /// A number with its unit.
    Quantity(Quantity),
    /// Only bounds: « < 0,128 µg/mL ».
    Interval(Interval),
    /// Words: « négatif ».
    Words(String),
    /// Nothing.
    #[default]
    Absent,
}

/// A number as it was written, and its unit (UCUM) besides those it was also
/// given in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quantity {
    /// Digits, perhaps with a sign and a decimal point: the precision is part
    /// of what the author said.
    pub number: String,
    /// UCUM unit; empty for none.
    pub unit: String,
    /// The same in other units (`translation`).
    pub also: Vec<(String, String)>,
}

/// Bounds; both absent never.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interval {
    /// Lower bound.
    pub low: Option<Quantity>,
    /// The lower bound belongs to the interval.
    pub low_included: bool,
    /// Upper bound.
    pub high: Option<Quantity>,
    /// The upper bound belongs to the interval.
    pub high_included: bool,
}

/// What a laboratory says of a result (HL7 `ObservationInterpretation`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interpretation {
    /// Within the values of reference.
    Normal,
    /// Below them.
    Low,
    /// Far below.
    VeryLow,
    /// Above them.
    High,
    /// Far above.
    VeryHigh,
    /// Out of what is usual, neither low nor high.
    Abnormal,
    /// The germ resists.
    Resistant,
    /// The germ is of intermediate sensitivity.
    Intermediate,
    /// The germ is sensitive.
    Sensitive,
    /// Found.
    Positive,
    /// Not found.
    Negative,
}

impl Interpretation {
    /// From its code; none for what says nothing of the value (a trend, a
    /// method) or is not known.
    pub fn of_code(code: &str) -> Option<Interpretation> {
        Some(match code {
            "N" => Interpretation::Normal,
            "L" | "LU" => Interpretation::Low,
            "LL" | "<" => Interpretation::VeryLow,
            "H" | "HU" => Interpretation::High,
            "HH" | ">" => Interpretation::VeryHigh,
            "A" | "AA" => Interpretation::Abnormal,
            "R" => Interpretation::Resistant,
            "I" => Interpretation::Intermediate,
            "S" => Interpretation::Sensitive,
            "POS" => Interpretation::Positive,
            "NEG" => Interpretation::Negative,
            _ => return None,
        })
    }

    /// Whether it asks to be noticed.
    pub fn stands_out(self) -> bool {
        !matches!(
            self,
            Interpretation::Normal
                | Interpretation::Sensitive
                | Interpretation::Positive
                | Interpretation::Negative
        )
    }
}

impl Quantity {
    /// A number and its unit; none when the text is not a decimal number.
    pub fn new(number: &str, unit: &str) -> Option<Quantity> {
        let number = number.trim();
        let digits = number.trim_start_matches(['-', '+']);
        let well_formed = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.len() <= 24;
        number
            .parse::<f64>()
            .ok()
            .filter(|n| well_formed && n.is_finite())?;
        Some(Quantity {
            number: number.to_owned(),
            unit: unit.trim().to_owned(),
            also: Vec::new(),
        })
    }

    /// The number.
    pub fn value(&self) -> f64 {
        self.number.parse().unwrap_or(f64::NAN)
    }
}

impl Interval {
    /// Where a number of the same unit stands; none when a bound has another
    /// unit, or says nothing.
    pub fn judge(&self, quantity: &Quantity) -> Option<Interpretation> {
        let value = quantity.value();
        let same = |bound: &&Quantity| bound.unit == quantity.unit;
        let (low, high) = (self.low.as_ref(), self.high.as_ref());
        // Two equal bounds are a slip: no laboratory has a single usual value.
        if low.map(Quantity::value) == high.map(Quantity::value)
            || low.is_some_and(|bound| !same(&bound))
            || high.is_some_and(|bound| !same(&bound))
        {
            return None;
        }
        let below = |bound: &Quantity| {
            value < bound.value() || (!self.low_included && value == bound.value())
        };
        let above = |bound: &Quantity| {
            value > bound.value() || (!self.high_included && value == bound.value())
        };
        Some(match (low, high) {
            (Some(bound), _) if below(bound) => Interpretation::Low,
            (_, Some(bound)) if above(bound) => Interpretation::High,
            _ => Interpretation::Normal,
        })
    }
}

impl LabResult {
    /// What the laboratory says, else where the number stands among the values
    /// of reference.
    pub fn judged(&self) -> Option<Interpretation> {
        let computed = || match &self.value {
            LabValue::Quantity(quantity) => self.range.as_ref()?.judge(quantity),
            _ => None,
        };
        self.interpretation.or_else(computed)
    }
}

/// A weight, a height… that somebody observed.
#[derive(Debug, Clone, PartialEq)]
pub struct VitalSign {
    /// What was observed.
    pub code: Code,
    /// What was found.
    pub value: Quantity,
    /// When, as far as it is said.
    pub time: Option<PointInTime>,
}

/// OID of LOINC.
const LOINC: &str = "2.16.840.1.113883.6.1";

impl Code {
    /// The code, when it is LOINC's.
    pub fn loinc(&self) -> Option<&str> {
        let is_loinc = self.system.as_deref() == Some(LOINC);
        is_loinc.then_some(self.code.as_str())
    }
}

/// The French label of a LOINC code has the forms « Glucose à jeun
/// [Moles/Volume] Sérum/Plasma ; Numérique » and « Observation:…:…:Col de
/// l'utérus:… »: what is measured, and where.
pub(crate) fn of_loinc_label(label: &str) -> (&str, Option<&str>) {
    if let Some((name, rest)) = label.split_once('[') {
        let place = rest.split_once(']').map(|(_, after)| after);
        let place = place.and_then(|after| after.split(';').next());
        let place = place.map(str::trim).filter(|place| !place.is_empty());
        return (name.trim(), place);
    }
    let parts: Vec<&str> = label.split(':').collect();
    match parts.as_slice() {
        [name, _, _, place, ..] => (name.trim(), Some(place.trim())),
        _ => (label.trim(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: Option<&str>, high: Option<&str>) -> Interval {
        let bound = |text| Quantity::new(text, "g/L");
        Interval {
            low: low.and_then(bound),
            low_included: true,
            high: high.and_then(bound),
            high_included: true,
        }
    }

    #[test]
    fn numbers_are_judged_by_their_range_when_the_laboratory_says_nothing() {
        let judge = |value, range: &Interval| {
            let value = LabValue::Quantity(Quantity::new(value, "g/L").unwrap());
            let range = Some(range.clone());
            LabResult {
                value,
                range,
                ..LabResult::default()
            }
            .judged()
        };
        let between = range(Some("0.70"), Some("1.10"));
        assert_eq!(judge("0.70", &between), Some(Interpretation::Normal));
        assert_eq!(judge("0.69", &between), Some(Interpretation::Low));
        assert_eq!(judge("1.2", &between), Some(Interpretation::High));
        let below = Interval {
            high_included: false,
            ..range(None, Some("1.6"))
        };
        assert_eq!(judge("1.6", &below), Some(Interpretation::High));
        assert_eq!(judge("1", &range(Some("2"), Some("2"))), None);
        let other = Quantity::new("5", "mmol/L").unwrap();
        assert_eq!(between.judge(&other), None);
    }

    #[test]
    fn the_laboratory_has_the_last_word() {
        let result = LabResult {
            value: LabValue::Quantity(Quantity::new("45", "[IU]/L").unwrap()),
            interpretation: Some(Interpretation::High),
            range: Some(range(Some("10"), Some("50"))),
            ..LabResult::default()
        };
        assert_eq!(result.judged(), Some(Interpretation::High));
    }

    #[test]
    fn only_decimal_numbers_are_numbers() {
        for good in ["4.89", "-1", "0", "75.0"] {
            assert_eq!(Quantity::new(good, "").unwrap().number, good);
        }
        for bad in ["", "1,5", "1e9", "NaN", "inf", "0x1", "1.2.3", "<5"] {
            assert_eq!(Quantity::new(bad, ""), None, "{bad}");
        }
    }

    #[test]
    fn labels_of_loinc_say_what_and_where() {
        assert_eq!(
            of_loinc_label("Glucose à jeun [Moles/Volume] Sérum/Plasma ; Numérique"),
            ("Glucose à jeun", Some("Sérum/Plasma"))
        );
        assert_eq!(
            of_loinc_label("Observation microscopique:Identification:Ponctuel:Col de l'utérus:X"),
            ("Observation microscopique", Some("Col de l'utérus"))
        );
        assert_eq!(of_loinc_label("Hémoglobine"), ("Hémoglobine", None));
    }
}
