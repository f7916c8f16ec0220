//! What a password may be.

use ins::{BirthDate, fold};

use crate::insured::Person;

/// Characters of a password.
const LENGTH: std::ops::RangeInclusive<usize> = 9..=128;
/// A part of a name shorter than this is no hint.
const NAME: usize = 3;
/// Letters beyond a weak word that make something else of it.
const BEYOND: usize = 4;

/// The words that most weak passwords are made of.
const WEAK: [&str; 63] = [
    "abcdef",
    "admin",
    "amour",
    "ange",
    "arsenal",
    "azerty",
    "azertyuiop",
    "bienvenue",
    "bonjour",
    "bretagne",
    "camille",
    "carnet",
    "changeme",
    "chocolat",
    "chouchou",
    "coucou",
    "doudou",
    "dragon",
    "football",
    "fractal",
    "france",
    "iloveyou",
    "jetaime",
    "juventus",
    "letmein",
    "liverpool",
    "loulou",
    "loveyou",
    "marseille",
    "master",
    "medecin",
    "microsoft",
    "minecraft",
    "monespacesante",
    "monkey",
    "motdepasse",
    "motdepass",
    "naruto",
    "nicolas",
    "ordinateur",
    "paris",
    "passw",
    "passwd",
    "password",
    "pokemon",
    "princess",
    "princesse",
    "qsdfgh",
    "qwerty",
    "qwertyuiop",
    "qwertz",
    "sante",
    "secret",
    "secu",
    "soleil",
    "sunshine",
    "superman",
    "trustno",
    "vacances",
    "vitale",
    "wxcvbn",
    "welcome",
    "doudoune",
];

/// Checks a password that `person` chooses for `login`.
///
/// # Errors
/// The key of the sentence that says what is wrong.
pub fn check(password: &str, login: &str, person: &Person) -> Result<(), &'static str> {
    if !LENGTH.contains(&password.chars().count()) {
        return Err("account-password-length");
    }
    let has = |class: fn(char) -> bool| password.chars().any(class);
    let classes = has(char::is_lowercase)
        && has(char::is_uppercase)
        && has(char::is_numeric)
        && has(|c| !c.is_alphanumeric());
    if !classes {
        return Err("account-password-classes");
    }
    if tells_of(password, login, person) {
        return Err("account-password-personal");
    }
    if is_weak(password) {
        return Err("account-password-weak");
    }
    Ok(())
}

/// Whether the password holds something that others may know of the person.
fn tells_of(password: &str, login: &str, person: &Person) -> bool {
    let letters = compact(password);
    let traits = &person.traits;
    let names = traits
        .birth_given_names
        .iter()
        .chain([&person.given, &traits.birth_family_name])
        .chain(&person.used_family)
        .map(|name| compact(name));
    let contact = person
        .email
        .as_deref()
        .and_then(|address| address.split('@').next());
    let named = names
        .chain(contact.map(compact))
        .chain([compact(login)])
        .any(|name| name.chars().count() >= NAME && letters.contains(&name));
    let digits: String = password.chars().filter(char::is_ascii_digit).collect();
    let number = person.number.as_str();
    let numbers = [
        number.get(..13),
        number.get(5..13),
        person.mobile.as_deref(),
    ];
    let dated = dates(traits.birth_date);
    named
        || numbers
            .into_iter()
            .flatten()
            .any(|known| digits.contains(known))
        || dated.iter().any(|date| digits.contains(date.as_str()))
}

/// The ways in which a birth date is written with digits.
fn dates(birth: BirthDate) -> Vec<String> {
    let Some(day) = birth.day() else {
        return vec![];
    };
    let (y, m, d) = (day.year(), day.month(), day.day());
    let short = y.rem_euclid(100);
    vec![
        format!("{d:02}{m:02}{y:04}"),
        format!("{y:04}{m:02}{d:02}"),
        format!("{d:02}{m:02}{short:02}"),
    ]
}

/// Whether it is a common word in disguise, or hardly more than one key pressed again and again.
fn is_weak(password: &str) -> bool {
    let plain: String = password.chars().flat_map(char::to_lowercase).collect();
    let undisguised = plain.chars().map(undisguised).collect();
    let common = [plain, undisguised].into_iter().any(|word| {
        let letters: String = fold(&word).chars().filter(|c| c.is_alphabetic()).collect();
        let hardly_more = |weak: &&str| letters.len() < weak.len() + BEYOND;
        WEAK.iter()
            .any(|weak| letters.contains(weak) && hardly_more(weak))
    });
    let mut distinct: Vec<char> = password.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    common || distinct.len() < 6
}

/// The letter that a digit or sign stands for in « p@ssw0rd ».
fn undisguised(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Letters and digits, without case and accents.
fn compact(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insured::tests::line;

    #[test]
    fn a_password_is_strong_and_says_nothing_of_its_owner() {
        let line = line(1, "1985-05-12");
        let (person, _) = Person::read(line.iter().map(String::as_str)).unwrap();
        let check = |password: &str| check(password, "petit.navire", &person);
        let table = [
            ("Cerisier-29", Ok(())),
            ("Quatre chevaux 4 ciels", Ok(())),
            ("Ééééàà-29x", Ok(())),
            ("Ceris-29", Err("account-password-length")),
            ("cerisier-29", Err("account-password-classes")),
            ("CERISIER-29", Err("account-password-classes")),
            ("Cerisier-xx", Err("account-password-classes")),
            ("Cerisier29", Err("account-password-classes")),
            ("Zoé-Cerise-29", Err("account-password-personal")),
            ("essai.FICTIF9", Err("account-password-personal")),
            ("Petit-Navire9", Err("account-password-personal")),
            ("Ciel-12051985", Err("account-password-personal")),
            ("Ciel-12/05/85", Err("account-password-personal")),
            ("Ciel-06.39.98.00.01", Err("account-password-personal")),
            ("Password1!", Err("account-password-weak")),
            ("P@ssw0rd2026!", Err("account-password-weak")),
            ("Motdepasse-1", Err("account-password-weak")),
            ("Azerty-123456", Err("account-password-weak")),
            ("Aa1-Aa1-Aa1", Err("account-password-weak")),
        ];
        for (password, expected) in table {
            assert_eq!(check(password), expected, "{password}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_password_is_judged(password in "\\PC{0,40}", login in "\\PC{0,20}") {
            let line = line(1, "1985-05");
            let (person, _) = Person::read(line.iter().map(String::as_str)).unwrap();
            let _ = check(&password, &login, &person);
        }
    }
}
