//! What a unit is worth.

/// What is measured, in powers of gram, mole, metre, second, international
/// unit, enzyme unit, equivalent, osmole, degree.
type Powers = [i32; 9];

const MASS: usize = 0;
const SUBSTANCE: usize = 1;

/// A unit: how many base units it is, and of what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// How many base units.
    pub factor: f64,
    powers: Powers,
}

/// Units that take a prefix.
const METRIC: [(&str, f64, Powers); 14] = [
    ("mol", 1.0, power(SUBSTANCE, 1)),
    ("[IU]", 1.0, power(4, 1)),
    ("[iU]", 1.0, power(4, 1)),
    ("m[Hg]", 133_322.0, [1, 0, -1, -2, 0, 0, 0, 0, 0]),
    ("osm", 1.0, power(7, 1)),
    ("eq", 1.0, power(6, 1)),
    ("kat", 60e6, power(5, 1)),
    ("Pa", 1_000.0, [1, 0, -1, -2, 0, 0, 0, 0, 0]),
    ("g", 1.0, power(MASS, 1)),
    ("L", 1e-3, power(2, 3)),
    ("l", 1e-3, power(2, 3)),
    ("m", 1.0, power(2, 1)),
    ("s", 1.0, power(3, 1)),
    ("U", 1.0, power(5, 1)),
];

/// Units that take none.
const PLAIN: [(&str, f64, Powers); 14] = [
    ("1", 1.0, [0; 9]),
    ("%", 1e-2, [0; 9]),
    ("[pH]", 1.0, [0; 9]),
    ("min", 60.0, power(3, 1)),
    ("h", 3_600.0, power(3, 1)),
    ("d", 86_400.0, power(3, 1)),
    ("wk", 604_800.0, power(3, 1)),
    ("mo", 2_629_800.0, power(3, 1)),
    ("a", 31_557_600.0, power(3, 1)),
    ("Cel", 1.0, power(8, 1)),
    ("[in_i]", 0.0254, power(2, 1)),
    ("[lb_av]", 453.592_37, power(MASS, 1)),
    ("[ppm]", 1e-6, [0; 9]),
    ("[ppb]", 1e-9, [0; 9]),
];

const PREFIXES: [(&str, f64); 12] = [
    ("da", 1e1),
    ("h", 1e2),
    ("k", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("d", 1e-1),
    ("c", 1e-2),
    ("m", 1e-3),
    ("u", 1e-6),
    ("n", 1e-9),
    ("p", 1e-12),
    ("f", 1e-15),
];

const fn power(of: usize, exponent: i32) -> Powers {
    let mut powers = [0; 9];
    powers[of] = exponent;
    powers
}

impl Unit {
    const ONE: Self = Self {
        factor: 1.0,
        powers: [0; 9],
    };

    /// Reads `mg/dL`, `10*9/L`, `/uL`, `mL/min/{1.73_m2}`; none for what is not
    /// known. What is in braces is a remark and worth nothing.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > 64 || !text.is_ascii() {
            return None;
        }
        let mut unit = Self::ONE;
        let (mut rest, mut over) = (text, false);
        if let Some(below) = text.strip_prefix('/') {
            (rest, over) = (below, true);
        }
        loop {
            let end = rest.find(['.', '/']).unwrap_or(rest.len());
            let end = match rest.find('{') {
                Some(open) if open < end => {
                    let close = open + rest[open..].find('}')?;
                    rest[close..]
                        .find(['.', '/'])
                        .map_or(rest.len(), |at| close + at)
                }
                _ => end,
            };
            let part = Self::component(&rest[..end])?;
            unit = unit.times(part, if over { -1 } else { 1 });
            let Some(operator) = rest[end..].chars().next() else {
                return unit.factor.is_normal().then_some(unit);
            };
            over = operator == '/';
            rest = &rest[end + 1..];
        }
    }

    fn component(text: &str) -> Option<Self> {
        let text = match (text.find('{'), text.ends_with('}')) {
            (Some(open), true) => &text[..open],
            (None, false) => text,
            _ => return None,
        };
        if text.is_empty() {
            return Some(Self::ONE);
        }
        if let Some(power) = text.strip_prefix("10*").or(text.strip_prefix("10^")) {
            let power: i32 = power.parse().ok()?;
            return (-30..=30).contains(&power).then(|| Self {
                factor: 10_f64.powi(power),
                ..Self::ONE
            });
        }
        let exponent_at = text
            .rfind(|c: char| !c.is_ascii_digit() && c != '-')
            .map_or(0, |at| at + 1);
        let (symbol, exponent) = text.split_at(exponent_at);
        if symbol.is_empty() {
            let factor: f64 = exponent.parse().ok()?;
            return Some(Self {
                factor,
                ..Self::ONE
            });
        }
        let exponent: i32 = match exponent {
            "" => 1,
            digits => digits.parse().ok().filter(|n| (-9..=9).contains(n))?,
        };
        let (factor, powers) = Self::atom(symbol)?;
        Some(Self::ONE.times(Self { factor, powers }, exponent))
    }

    fn atom(symbol: &str) -> Option<(f64, Powers)> {
        let all = METRIC.iter().chain(&PLAIN);
        if let Some((_, factor, powers)) = all.clone().find(|(name, ..)| *name == symbol) {
            return Some((*factor, *powers));
        }
        PREFIXES.iter().find_map(|(prefix, worth)| {
            let rest = symbol.strip_prefix(prefix)?;
            let (_, factor, powers) = METRIC.iter().find(|(name, ..)| *name == rest)?;
            Some((worth * factor, *powers))
        })
    }

    fn times(self, other: Self, exponent: i32) -> Self {
        let mut powers = self.powers;
        for (power, more) in powers.iter_mut().zip(other.powers) {
            *power += more * exponent;
        }
        Self {
            factor: self.factor * other.factor.powi(exponent),
            powers,
        }
    }

    /// How many grams more (and moles less) than another unit that otherwise
    /// measures the same; none when they measure different things.
    pub(crate) fn excess(&self, other: &Self) -> Option<i32> {
        let apart = |at: usize| self.powers[at] - other.powers[at];
        let same = (2..self.powers.len()).all(|at| apart(at) == 0);
        (same && apart(MASS) == -apart(SUBSTANCE)).then(|| apart(MASS))
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn units_seen_in_reports_are_known() {
        let seen = "% g/L mmol/L ug/mL [IU]/L 10*9/L g/dL fL pg/mL m[IU]/L 10*12/L pg /uL /mL \
            {score} cm wk g [pH] min {ratio} mg/L kg kg/m2 {drink}/d mL/min/{1.73_m2} mg/g{creat} \
            mm[Hg] umol/L 1 nmol/L meq/L mosm/kg U/L ukat/L mm/h";
        for unit in seen.split_ascii_whitespace().chain([""]) {
            assert!(Unit::read(unit).is_some(), "{unit}");
        }
        for unit in ["é", "g}", "{", "10*x", "zz", "g99", "mmmol", "g-", "10*99"] {
            assert_eq!(Unit::read(unit), None, "{unit}");
        }
    }
}
