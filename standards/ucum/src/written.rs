//! How people write a unit.

/// A unit as French laboratories print it: « G/L », « µmol/L », « mUI/L »;
/// empty for a number without unit. What is not known stays as it is.
pub fn written(unit: &str) -> String {
    match unit {
        "1" | "{ratio}" | "[pH]" => return String::new(),
        "10*9/L" | "10*3/uL" => return "G/L".to_owned(),
        "10*12/L" | "10*6/uL" => return "T/L".to_owned(),
        "mL/min/{1.73_m2}" | "mL/min/1.73.m2" => return "mL/min/1,73\u{A0}m²".to_owned(),
        _ => {}
    }
    let mut text = String::new();
    let mut remark = false;
    for piece in unit.split_inclusive(['/', '.']) {
        let (body, operator) = match piece.chars().last() {
            Some(last @ ('/' | '.')) => (&piece[..piece.len() - 1], Some(last)),
            _ => (piece, None),
        };
        for character in body.chars() {
            match character {
                '{' => remark = true,
                '}' => remark = false,
                _ if !remark => text.push(character),
                _ => {}
            }
        }
        text.extend(operator);
    }
    let text = text.replace("[IU]", "UI").replace("[iU]", "UI");
    let text = text.replace("m[Hg]", "mHg").replace("Cel", "°C");
    let micro = text.strip_prefix('u').map(|rest| format!("µ{rest}"));
    let text = micro.unwrap_or(text).replace("/u", "/µ");
    match text.strip_suffix('2') {
        Some(rest) if rest.ends_with('m') => format!("{rest}²"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn units_are_written_as_on_paper() {
        for (unit, expected) in [
            ("g/L", "g/L"),
            ("umol/L", "µmol/L"),
            ("/uL", "/µL"),
            ("m[IU]/L", "mUI/L"),
            ("u[IU]/mL", "µUI/mL"),
            ("10*12/L", "T/L"),
            ("mg/g{creat}", "mg/g"),
            ("{ratio}", ""),
            ("kg/m2", "kg/m²"),
            ("mm[Hg]", "mmHg"),
            ("U/L", "U/L"),
            ("", ""),
        ] {
            assert_eq!(written(unit), expected, "{unit}");
        }
    }
}
