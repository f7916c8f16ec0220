//! The 15 characters of a NIR or a NIA.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A NIR or NIA whose shape and key were checked: 13 characters (sex, year,
/// month, department, commune, order) and a two-digit key.
///
/// Numbers of other origin, whose key may be wrong, stay text in
/// [`Identifier::value`](crate::Identifier).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Matricule([u8; LENGTH]);

const LENGTH: usize = 15;
const BODY: usize = 13;

/// Why a text is not a matricule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MatriculeError {
    /// Not 15 characters; holds how many there are.
    #[error("{0} characters instead of 15")]
    Length(usize),
    /// A character that is no digit, other than the A or B of Corsica in its place.
    #[error("a character out of place")]
    Character,
    /// First digit other than 1, 2, 3, 4, 7 or 8.
    #[error("unknown first digit")]
    FirstDigit,
    /// Neither a month nor one of the pseudo-months 20–42 and 50–99.
    #[error("unknown month")]
    Month,
    /// Department 00.
    #[error("unknown department")]
    Department,
    /// The key does not match the 13 first characters.
    #[error("wrong key")]
    Key,
}

impl MatriculeError {
    /// What to tell the person who typed the number, in French: what is wrong
    /// and how to mend it.
    pub fn help(self) -> String {
        match self {
            Self::Length(count) => format!(
                "Le numéro doit compter 15 caractères, clé comprise\u{a0}; vous en avez saisi {count}."
            ),
            Self::Character => "Le numéro ne contient que des chiffres. Seule la Corse fait \
                exception\u{a0}: 2A ou 2B aux 6ᵉ et 7ᵉ positions."
                .to_owned(),
            Self::FirstDigit => {
                "Le premier chiffre n’est pas valable\u{a0}: le plus souvent, c’est 1 ou 2.".to_owned()
            }
            Self::Month => {
                "Les 4ᵉ et 5ᵉ chiffres, qui donnent le mois de naissance, ne sont pas valables."
                    .to_owned()
            }
            Self::Department => {
                "Les 6ᵉ et 7ᵉ caractères, qui donnent le département de naissance, ne sont pas valables."
                    .to_owned()
            }
            Self::Key => "La clé (les deux derniers chiffres) ne correspond pas au numéro. \
                Vérifiez chaque chiffre sur la carte Vitale ou l’attestation de droits."
                .to_owned(),
        }
    }
}

impl Matricule {
    /// Reads exactly 15 characters, capital letters, no blanks: the form that
    /// systems exchange.
    pub fn parse(text: &str) -> Result<Self, MatriculeError> {
        let number = Self::well_formed(text)?;
        if number.key() != key_of(number.body()) {
            return Err(MatriculeError::Key);
        }
        Ok(number)
    }

    /// Reads what a person typed or pasted: blanks, dots and hyphens anywhere,
    /// small letters.
    pub fn parse_typed(text: &str) -> Result<Self, MatriculeError> {
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{2011}'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        Self::parse(&compact)
    }

    /// Completes the 13 first characters with their key.
    pub fn from_body(body: &str) -> Result<Self, MatriculeError> {
        let mut number = Self::well_formed(&format!("{body}00"))?;
        let key = key_of(number.body());
        number.0[BODY] = b'0' + key / 10;
        number.0[BODY + 1] = b'0' + key % 10;
        Ok(number)
    }

    /// The 15 characters. The only way to the number: call it where the number
    /// is meant to leave, never for a log.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The number as cards print it: `2 79 03 51 215 189 89`.
    pub fn grouped(&self) -> String {
        let mut grouped = String::with_capacity(21);
        for (i, c) in self.as_str().chars().enumerate() {
            if matches!(i, 1 | 3 | 5 | 7 | 10 | 13) {
                grouped.push(' ');
            }
            grouped.push(c);
        }
        grouped
    }

    /// The two-digit key, 1 to 97 once checked.
    pub fn key(&self) -> u8 {
        two(self.0[BODY], self.0[BODY + 1])
    }

    fn body(&self) -> &[u8] {
        &self.0[..BODY]
    }

    /// Everything but the agreement of the key.
    fn well_formed(text: &str) -> Result<Self, MatriculeError> {
        let bytes: [u8; LENGTH] = text
            .as_bytes()
            .try_into()
            .map_err(|_| MatriculeError::Length(text.chars().count()))?;
        let in_place = bytes.iter().enumerate().all(|(i, b)| {
            b.is_ascii_digit() || (i == 6 && bytes[5] == b'2' && matches!(b, b'A' | b'B'))
        });
        if !in_place {
            return Err(MatriculeError::Character);
        }
        if !matches!(bytes[0], b'1' | b'2' | b'3' | b'4' | b'7' | b'8') {
            return Err(MatriculeError::FirstDigit);
        }
        if !matches!(two(bytes[3], bytes[4]), 1..=12 | 20..=42 | 50..=99) {
            return Err(MatriculeError::Month);
        }
        if &bytes[5..7] == b"00" {
            return Err(MatriculeError::Department);
        }
        Ok(Self(bytes))
    }
}

/// 97 − (N mod 97), where 2A counts as 19 and 2B as 18.
fn key_of(body: &[u8]) -> u8 {
    let mut remainder: u32 = 0;
    for (i, &byte) in body.iter().enumerate() {
        let digit = match (i, byte, body.get(6)) {
            (5, _, Some(b'A' | b'B')) => 1,
            (6, b'A', _) => 9,
            (6, b'B', _) => 8,
            _ => u32::from(byte - b'0'),
        };
        remainder = (remainder * 10 + digit) % 97;
    }
    // At most 97, so the conversion cannot fail.
    u8::try_from(97 - remainder).unwrap_or_default()
}

fn two(tens: u8, units: u8) -> u8 {
    tens.wrapping_sub(b'0') % 10 * 10 + units.wrapping_sub(b'0') % 10
}

impl fmt::Debug for Matricule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Matricule(***)")
    }
}

impl Serialize for Matricule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Matricule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Deserialize)]
    struct Case {
        value: String,
        outcome: String,
    }

    #[test]
    fn vectors() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../vectors/matricules.json")).unwrap();
        assert!(cases.len() >= 30);
        for case in cases {
            let outcome = match Matricule::parse(&case.value) {
                Ok(_) => "valid",
                Err(MatriculeError::Length(_)) => "length",
                Err(MatriculeError::Character) => "character",
                Err(MatriculeError::FirstDigit) => "first digit",
                Err(MatriculeError::Month) => "month",
                Err(MatriculeError::Department) => "department",
                Err(MatriculeError::Key) => "key",
            };
            assert_eq!(outcome, case.outcome, "{}", case.value);
        }
    }

    #[test]
    fn what_people_type_is_tolerated() {
        let expected = Matricule::parse("185052A99999979").unwrap();
        for typed in [
            "1 85 05 2a 999 999 79",
            "1.85.05.2A.999.999.79",
            " 1\u{a0}85\u{202f}05 2A 999 999 - 79\n",
        ] {
            assert_eq!(Matricule::parse_typed(typed), Ok(expected));
        }
        assert_eq!(expected.grouped(), "1 85 05 2A 999 999 79");
        assert_eq!(
            Matricule::parse_typed("1 85 05"),
            Err(MatriculeError::Length(5))
        );
    }

    #[test]
    fn the_number_is_not_printed() {
        let number = Matricule::parse("185059999999953").unwrap();
        assert!(!format!("{number:?}").contains("85"));
        assert_eq!(
            serde_json::to_string(&number).unwrap(),
            "\"185059999999953\""
        );
        assert!(serde_json::from_str::<Matricule>("\"185059999999950\"").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC{0,20}") {
            let _ = Matricule::parse(&text);
            let _ = Matricule::parse_typed(&text);
            let _ = Matricule::from_body(&text);
        }

        #[test]
        fn a_completed_body_parses_and_one_wrong_digit_does_not(
            body in "[1-478][0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[1-9][0-9]|2A|2B)[0-9]{6}",
            place in 7usize..13,
        ) {
            let number = Matricule::from_body(&body).unwrap();
            prop_assert_eq!(Matricule::parse(number.as_str()), Ok(number));
            let mut wrong = number.as_str().as_bytes().to_vec();
            wrong[place] = b'0' + (wrong[place] - b'0' + 1) % 10;
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(Matricule::parse(&wrong), Err(MatriculeError::Key));
        }
    }
}
