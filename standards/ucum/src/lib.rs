//! Units of UCUM as far as laboratories and home devices use them: what a unit
//! is worth, whether one converts to another, how people write it.
//!
//! Linear units only; a conversion that needs more (degrees, glycated
//! haemoglobin) is data of whoever knows the analysis.
//!
//! ```
//! assert_eq!(ucum::convert(1.0, "g/L", "mg/dL", None), Some(100.0));
//! // A mass becomes an amount of substance when its molar mass is known.
//! let glucose = ucum::convert(1.0, "g/L", "mmol/L", Some(180.156)).unwrap();
//! assert!((glucose - 5.55).abs() < 0.01);
//! assert_eq!(ucum::convert(1.0, "g/L", "mmol/L", None), None);
//! assert_eq!(ucum::written("10*9/L"), "G/L");
//! assert_eq!(ucum::typed("µmol/l").as_deref(), Some("umol/L"));
//! ```

mod typed;
mod unit;
mod written;

pub use typed::typed;
pub use unit::Unit;
pub use written::written;

/// Converts a number; none when a unit is not known, when they measure
/// different things, or when they differ by a mass where an amount of
/// substance is wanted and `molar_mass` (g/mol) is not known.
pub fn convert(value: f64, from: &str, to: &str, molar_mass: Option<f64>) -> Option<f64> {
    if from == to {
        return Some(value);
    }
    let (source, target) = (Unit::read(from)?, Unit::read(to)?);
    let factor = source.factor / target.factor;
    let substance = match source.excess(&target)? {
        0 => 1.0,
        // One gram more, one mole less.
        1 => 1.0 / molar_mass?,
        -1 => molar_mass?,
        _ => return None,
    };
    let converted = value * factor * substance;
    converted.is_finite().then_some(converted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: Option<f64>, expected: f64) {
        let found = found.expect("a conversion");
        assert!(
            (found - expected).abs() <= expected.abs() * 1e-3,
            "{found} is not {expected}"
        );
    }

    #[test]
    fn units_of_the_same_kind_convert() {
        near(convert(13.4, "g/dL", "g/L", None), 134.0);
        near(convert(5.0, "/uL", "/mL", None), 5_000.0);
        near(convert(220.0, "10*9/L", "10*3/uL", None), 220.0);
        near(convert(2.0, "m[IU]/L", "u[IU]/mL", None), 2.0);
        near(convert(45.0, "%", "1", None), 0.45);
        near(convert(1.0, "h", "min", None), 60.0);
        near(convert(30.0, "mg/g{creat}", "ug/mg", None), 30.0);
        assert_eq!(convert(1.0, "g/L", "[IU]/L", None), None);
        assert_eq!(convert(1.0, "mg/L", "mg", None), None);
        assert_eq!(convert(1.0, "parsec", "m", None), None);
        assert_eq!(convert(7.5, "own", "own", None), Some(7.5));
    }

    #[test]
    fn masses_become_amounts_of_substance_and_back() {
        near(convert(0.88, "g/L", "mmol/L", Some(180.156)), 4.885);
        near(convert(4.90, "mmol/L", "g/L", Some(386.65)), 1.894);
        near(convert(10.0, "mg/L", "umol/L", Some(113.12)), 88.4);
        near(convert(7.67, "pg/mL", "pmol/L", Some(776.87)), 9.873);
        assert_eq!(convert(1.0, "g2", "mol2", Some(10.0)), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,20}") {
            let _ = Unit::read(&text);
            let _ = typed(&text);
            let _ = written(&text);
        }

        #[test]
        fn there_and_back_is_the_same(value in 0.001..1000.0_f64, mass in 1.0..1000.0_f64) {
            let there = convert(value, "mg/dL", "umol/L", Some(mass)).unwrap();
            let back = convert(there, "umol/L", "mg/dL", Some(mass)).unwrap();
            prop_assert!((back - value).abs() < 1e-9 * value.max(1.0));
        }
    }
}
