//! Units as people type them from paper.

use crate::Unit;

/// Spellings of paper that are no UCUM.
const SPELLED: [(&str, &str); 16] = [
    ("g/l", "g/L"),
    ("ui/l", "[IU]/L"),
    ("mui/l", "m[IU]/L"),
    ("µui/ml", "u[IU]/mL"),
    ("ui/ml", "[IU]/mL"),
    ("giga/l", "10*9/L"),
    ("tera/l", "10*12/L"),
    ("téra/l", "10*12/L"),
    ("/mm3", "/uL"),
    ("/mm³", "/uL"),
    ("10^9/l", "10*9/L"),
    ("10^12/l", "10*12/L"),
    ("mg/24h", "mg/d"),
    ("ml/min/1,73m²", "mL/min/{1.73_m2}"),
    ("ml/min/1,73m2", "mL/min/{1.73_m2}"),
    ("ml/min/1.73m2", "mL/min/{1.73_m2}"),
];

/// The unit that somebody meant; none when it is not known. « G/L » is a
/// thousand million cells in a litre, as on every French report; « g/l » is a
/// mass.
pub fn typed(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    match text.as_str() {
        "" => return Some(String::new()),
        "G/L" | "G/l" => return Some("10*9/L".to_owned()),
        "T/L" | "T/l" => return Some("10*12/L".to_owned()),
        _ => {}
    }
    // Two signs look like micro.
    let text = text.replace('μ', "µ");
    let lower = text.to_lowercase();
    if let Some((_, unit)) = SPELLED.iter().find(|(spelled, _)| *spelled == lower) {
        return Some((*unit).to_owned());
    }
    let plain = text.replace('µ', "u").replace("²", "2");
    let litres = plain
        .strip_suffix('l')
        .filter(|before| before.ends_with(['/', 'm', 'd', 'u', 'f']))
        .map(|before| format!("{before}L"));
    let unit = litres.unwrap_or(plain);
    Unit::read(&unit).map(|_| unit)
}

#[cfg(test)]
mod tests {
    use super::typed;
    use crate::{convert, written};

    #[test]
    fn paper_is_understood() {
        for (paper, unit) in [
            ("g/l", "g/L"),
            ("G/L", "10*9/L"),
            ("µmol/l", "umol/L"),
            ("μmol/L", "umol/L"),
            ("mUI/L", "m[IU]/L"),
            ("UI/l", "[IU]/L"),
            ("mg/dl", "mg/dL"),
            ("%", "%"),
            ("mL/min/1,73 m²", "mL/min/{1.73_m2}"),
            ("", ""),
        ] {
            assert_eq!(typed(paper).as_deref(), Some(unit), "{paper}");
        }
        assert_eq!(typed("verres"), None);
    }

    #[test]
    fn what_we_write_we_understand() {
        for unit in [
            "g/L",
            "mmol/L",
            "umol/L",
            "10*9/L",
            "10*12/L",
            "m[IU]/L",
            "[IU]/L",
            "fL",
            "%",
            "pg",
            "mm/h",
            "mL/min/{1.73_m2}",
        ] {
            let back = typed(&written(unit)).expect(unit);
            assert_eq!(convert(1.0, &back, unit, None), Some(1.0), "{unit}");
        }
    }
}
