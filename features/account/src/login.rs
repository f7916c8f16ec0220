//! The name for signing in: what it may be, and what to propose when it is taken.

use ambient::Random;
use ins::{Matricule, fold};
use vault::{DbError, Store};

use crate::insured::Person;

/// Characters of a login.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=100;
/// How many names are proposed in place of one that is taken.
const PROPOSED: usize = 3;

/// The login as it is looked up: nobody minds capitals or blanks around it.
pub fn folded(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Checks a login that somebody chooses.
///
/// # Errors
/// The key of the sentence that says what is wrong.
pub fn check(login: &str) -> Result<(), &'static str> {
    if login.contains('@') {
        return Err("account-login-email");
    }
    if !LENGTH.contains(&login.chars().count()) {
        return Err("account-login-length");
    }
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if !login.chars().all(allowed) {
        return Err("account-login-characters");
    }
    let compact: String = login.chars().filter(char::is_ascii_alphanumeric).collect();
    if is_national_number(&compact) {
        return Err("account-login-number");
    }
    if is_iban(&compact) {
        return Err("account-login-iban");
    }
    Ok(())
}

/// A national number, with or without its key.
fn is_national_number(compact: &str) -> bool {
    Matricule::parse_typed(compact).is_ok()
        || (compact.len() == 13 && Matricule::from_body(&compact.to_uppercase()).is_ok())
}

/// An IBAN with a good key (ISO 13616), or anything of the shape of a French one.
fn is_iban(compact: &str) -> bool {
    let bytes = compact.as_bytes();
    let [a, b, c, d, ..] = bytes else {
        return false;
    };
    let shape = a.is_ascii_lowercase()
        && b.is_ascii_lowercase()
        && c.is_ascii_digit()
        && d.is_ascii_digit()
        && (15..=34).contains(&bytes.len());
    let french = bytes.starts_with(b"fr") && bytes.len() == 27;
    let rotated = bytes[4..].iter().chain(&bytes[..4]);
    let remainder = rotated.fold(0u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.to_ascii_lowercase() - b'a') + 10) % 97,
    });
    shape && (french || remainder == 1)
}

/// Names that are free: from the login that was wanted, or from the person's own name.
///
/// # Errors
/// When the store fails.
pub async fn proposals(
    store: &Store,
    random: &dyn Random,
    wanted: &str,
    person: &Person,
) -> Result<Vec<String>, DbError> {
    let slug = |name: &str| fold(name).replace(' ', "-");
    let named = format!("{}.{}", slug(&person.given), slug(person.family()));
    let mut free = Vec::with_capacity(PROPOSED);
    for round in 0..24 {
        let number = 10 + random.below(if round < 12 { 90 } else { 99_990 });
        let candidate = match round % 3 {
            0 => format!("{wanted}{number}"),
            1 => format!("{named}.{number}"),
            _ => format!("{wanted}-{number}"),
        };
        let new = check(&candidate).is_ok() && !free.contains(&candidate);
        if new && store.account(&candidate).await?.is_none() {
            free.push(candidate);
        }
        if free.len() == PROPOSED {
            break;
        }
    }
    Ok(free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_says_nothing_of_its_owner() {
        let table = [
            ("zoe.essai", Ok(())),
            ("zoe-essai_29", Ok(())),
            ("12345678", Ok(())),
            ("zoe.ess", Err("account-login-length")),
            ("zoe@example.org", Err("account-login-email")),
            ("zoé.essai", Err("account-login-characters")),
            ("Zoe.Essai", Err("account-login-characters")),
            ("zoe essai", Err("account-login-characters")),
            ("279035121518989", Err("account-login-number")),
            ("2.79.03.51.215.189.89", Err("account-login-number")),
            ("2790351215189", Err("account-login-number")),
            ("fr7630006000011234567890189", Err("account-login-iban")),
            (
                "fr76-3000-6000-0112-3456-7890-000",
                Err("account-login-iban"),
            ),
            ("gb29nwbk60161331926819", Err("account-login-iban")),
            ("gb29nwbk60161331926810", Ok(())),
        ];
        for (login, expected) in table {
            assert_eq!(check(login), expected, "{login}");
        }
        assert_eq!(check(&"a".repeat(101)), Err("account-login-length"));
        assert_eq!(folded(" Zoe.Essai "), "zoe.essai");
    }

    proptest::proptest! {
        #[test]
        fn any_login_is_judged(login in "\\PC{0,40}") {
            let _ = check(&login);
        }
    }
}
