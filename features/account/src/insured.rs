//! A person of the registry: whom the installation may open a space for.
//!
//! The registry comes as a file, [`HEADER`] and one line a person, in UTF-8 with
//! semicolons. [`Person::read`] checks a line; [`crate::import`] takes the file.

use ins::{BirthDate, Identifier, Matricule, Sex, Traits, fold};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::Lang;

use crate::code::Means;

/// Columns of the file. Given names are separated by spaces, representatives (national numbers)
/// by commas; sex is `F`, `M` or `I`; dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub const HEADER: [&str; 12] = [
    "nir",
    "serie",
    "nom_naissance",
    "prenoms",
    "prenom",
    "nom_usage",
    "date_naissance",
    "sexe",
    "lieu_naissance",
    "email",
    "mobile",
    "representants",
];

/// A further column that the file may have: the postal address, its lines separated by commas.
pub const POSTAL: &str = "adresse";

/// Years at which one represents oneself.
const MAJORITY: i64 = 18;
/// Lines of a postal address below the name, and signs of one (NF Z10-011).
const LINES: usize = 6;
const LINE: usize = 38;

/// What the registry knows of a person; kept sealed. The serial of the card is not among it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// National number.
    pub number: Matricule,
    /// Strict traits of civil status.
    pub traits: Traits,
    /// Given name used in life.
    pub given: String,
    /// Family name used in life, when it is not the birth name.
    pub used_family: Option<String>,
    /// Known e-mail address.
    pub email: Option<String>,
    /// Known mobile number.
    pub mobile: Option<String>,
    /// Known postal address: one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postal: Vec<String>,
    /// Those who represent this person.
    pub representatives: Vec<Matricule>,
    /// Those whom this person represents; learnt from their lines.
    #[serde(default)]
    pub children: Vec<Child>,
}

/// Somebody whom a person represents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// National number.
    pub number: Matricule,
    /// Birth date: who represents several says with it whom they mean.
    pub birth: BirthDate,
}

impl Person {
    /// Reads the fields of a line, in the order of [`HEADER`]: the person and the card's serial.
    ///
    /// # Errors
    /// In French, what is wrong with the line.
    pub fn read<'a>(fields: impl IntoIterator<Item = &'a str>) -> Result<(Self, String), String> {
        let mut fields: Vec<&str> = fields.into_iter().map(str::trim).collect();
        let postal = match fields.len() > HEADER.len() {
            true => fields.remove(HEADER.len()),
            false => "",
        };
        let lines = postal.split(',').map(str::trim);
        let lines = lines.filter(|line| !line.is_empty());
        let postal: Vec<String> = lines.map(str::to_owned).collect();
        if postal.len() > LINES || postal.iter().any(|line| line.chars().count() > LINE) {
            return Err(format!(
                "{POSTAL} : {LINES} lignes de {LINE} signes au plus"
            ));
        }
        let [
            number,
            card,
            family,
            names,
            given,
            used,
            birth,
            sex,
            place,
            email,
            mobile,
            representatives,
        ] = fields[..]
        else {
            return Err(format!(
                "{} colonnes au lieu de {}",
                fields.len(),
                HEADER.len()
            ));
        };
        let number =
            Matricule::parse_typed(number).map_err(|error| format!("nir : {}", error.help()))?;
        let card = read_card(card).ok_or("serie : 8 à 13 chiffres attendus")?;
        let names: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
        let first = some(given).or_else(|| names.first().cloned());
        let (Some(family), Some(first)) = (some(family), first) else {
            return Err("nom_naissance ou prenoms : vide".to_owned());
        };
        if fold(&family).is_empty() || fold(&first).is_empty() {
            return Err("nom_naissance ou prenoms : sans aucune lettre".to_owned());
        }
        let birth_date: BirthDate = birth
            .parse()
            .map_err(|_| "date_naissance : AAAA-MM-JJ attendu")?;
        let sex = match sex {
            "F" => Sex::Female,
            "M" => Sex::Male,
            "I" => Sex::Unknown,
            _ => return Err("sexe : F, M ou I attendu".to_owned()),
        };
        let email = match some(email) {
            Some(address) => Some(
                Means::Email
                    .read(&address)
                    .ok_or("email : adresse incomplète")?,
            ),
            None => None,
        };
        let mobile = match some(mobile) {
            Some(number) => Some(
                Means::Sms
                    .read(&number)
                    .ok_or("mobile : numéro de mobile attendu")?,
            ),
            None => None,
        };
        let representatives = representatives
            .split(',')
            .filter(|text| !text.trim().is_empty())
            .map(|text| {
                Matricule::parse_typed(text)
                    .map_err(|error| format!("representants : {}", error.help()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        if representatives.contains(&number) {
            return Err("representants : on ne se représente pas soi-même".to_owned());
        }
        let person = Self {
            number,
            traits: Traits {
                birth_family_name: family,
                first_given_name: names.first().cloned(),
                birth_given_names: names,
                birth_date,
                sex,
                birth_place: some(place),
            },
            given: first,
            used_family: some(used),
            email,
            mobile,
            postal,
            representatives,
            children: vec![],
        };
        Ok((person, card))
    }

    /// Family name used in life.
    pub fn family(&self) -> &str {
        let birth = &self.traits.birth_family_name;
        self.used_family.as_ref().unwrap_or(birth)
    }

    /// The name as written on screen.
    pub fn name(&self) -> String {
        web::names::full(&self.given, self.family())
    }

    /// The contact that a means reaches.
    pub fn contact(&self, by: Means) -> Option<&str> {
        match by {
            Means::Email => self.email.as_deref(),
            Means::Sms => self.mobile.as_deref(),
        }
    }

    /// Whether only a letter reaches them.
    pub fn is_on_paper(&self) -> bool {
        self.email.is_none() && self.mobile.is_none() && !self.postal.is_empty()
    }

    /// The name and the postal address, as on an envelope; `None` when it is not known.
    pub fn envelope(&self) -> Option<String> {
        let known = !self.postal.is_empty();
        known.then(|| format!("{}\n{}", self.name(), self.postal.join("\n")))
    }

    /// The first instant at which the person is of age. A birth date known to the month or the
    /// year counts from its first day: nobody is represented longer than they must be.
    pub fn majority(&self) -> Timestamp {
        let birth = match self.traits.birth_date {
            BirthDate::Day(date) => Some(date),
            BirthDate::Month { year, month } => Date::new(year, month, 1).ok(),
            BirthDate::Year(year) => Date::new(year, 1, 1).ok(),
        };
        let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
        birth
            .and_then(|date| date.checked_add(MAJORITY.years()).ok())
            .and_then(|date| date.to_zoned(paris).ok())
            .map_or(Timestamp::MAX, |day| day.timestamp())
    }

    /// FHIR `Patient`: the name used in life first, then strict traits and national identity
    /// under the authority `oid`.
    pub fn patient(&self, id: &str, oid: &str) -> serde_json::Value {
        let identity = Identifier::under(oid, self.number);
        let mut patient = fhir::patient(id, &[identity], &self.traits);
        let official = patient["name"].take();
        let used = json!({
            "use": "usual",
            "family": web::names::full("", self.family()),
            "given": [web::names::full(&self.given, "")],
        });
        patient["name"] = json!([used, official[0]]);
        patient
    }
}

/// Names that tell people apart: with the birth date, and with the end of the national number for
/// those whose names and birth dates are the same. Nobody is ever chosen by a name alone.
pub fn apart(people: &[Person], lang: Lang) -> Vec<String> {
    let told = |person: &Person| {
        let birth = match person.traits.birth_date.day() {
            Some(day) => web::dates::day(day, lang),
            None => person.traits.birth_date.to_string(),
        };
        (person.name(), birth)
    };
    let label = |person: &Person| {
        let (name, birth) = told(person);
        let alike = |other: &&Person| told(other) == told(person);
        match people.iter().filter(alike).count() {
            0 | 1 => format!("{name} ({birth})"),
            _ => {
                let number = person.number.grouped();
                let end: String = number.chars().skip(number.chars().count() - 6).collect();
                format!("{name} ({birth}, n°\u{a0}…{end})")
            }
        }
    };
    people.iter().map(label).collect()
}

/// The serial of a card as typed: 8 to 13 digits, blanks allowed.
pub fn read_card(typed: &str) -> Option<String> {
    let card: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-'))
        .collect();
    let well_formed = (8..=13).contains(&card.len()) && card.bytes().all(|b| b.is_ascii_digit());
    well_formed.then_some(card)
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A line of nobody: department 99, commune 999.
    pub(crate) fn line(order: u32, birth: &str) -> [String; 12] {
        let (year, month) = (&birth[2..4], &birth[5..7]);
        let number = Matricule::from_body(&format!("2{year}{month}99999{order:03}")).unwrap();
        [
            number.as_str(),
            "99000000001",
            "ESSAI-FICTIF",
            "ZOÉ MARIE",
            "Zoé",
            "",
            birth,
            "F",
            "99999",
            "zoe@example.org",
            "06 39 98 00 01",
            "",
        ]
        .map(str::to_owned)
    }

    fn read(line: &[String; 12]) -> Result<(Person, String), String> {
        Person::read(line.iter().map(String::as_str))
    }

    #[test]
    fn a_line_is_a_person() {
        let (person, card) = read(&line(1, "1985-05-12")).unwrap();
        assert_eq!(card, "99000000001");
        assert_eq!(person.name(), "Zoé Essai-Fictif");
        assert_eq!(person.contact(Means::Sms), Some("0639980001"));
        assert_eq!(person.majority().to_string(), "2003-05-11T22:00:00Z");
        let patient = person.patient("p", ins::oid::TEST);
        let view = fhir::Patient::of(&patient).unwrap();
        assert_eq!(view.name().unwrap(), "Zoé Essai-Fictif");
        assert_eq!(view.traits().unwrap(), person.traits);
        assert_eq!(view.identifiers()[0].oid, ins::oid::TEST);
    }

    #[test]
    fn twins_are_told_apart_even_with_one_name() {
        let person = |order, given: &str| {
            let mut line = line(order, "2018-02-03");
            line[4] = given.to_owned();
            read(&line).unwrap().0
        };
        let twins = [person(2, "Zoé"), person(3, "Léa")];
        let names = apart(&twins, Lang::Fr);
        assert_eq!(names[0], "Zoé Essai-Fictif (3\u{a0}février\u{a0}2018)");
        assert_eq!(names[1], "Léa Essai-Fictif (3\u{a0}février\u{a0}2018)");
        let alike = apart(&[person(2, "Zoé"), person(3, "Zoé")], Lang::Fr);
        assert!(alike[0] != alike[1], "{alike:?}");
        assert!(alike[0].contains("n°\u{a0}…002"), "{alike:?}");
    }

    #[test]
    fn a_bad_line_says_why() {
        let good = line(1, "1985-05-12");
        for (column, value, reason) in [
            (0, "2850599999001", "nir"),
            (1, "1234", "serie"),
            (2, "", "nom_naissance"),
            (2, "--", "nom_naissance"),
            (6, "12/05/1985", "date_naissance"),
            (7, "X", "sexe"),
            (9, "zoe@", "email"),
            (10, "12", "mobile"),
            (11, "123", "representants"),
            (11, good[0].as_str(), "representants"),
            (12, "1,2,3,4,5,6,7", "adresse"),
        ] {
            let mut bad = [&good[..], &[String::new()]].concat();
            bad[column] = value.to_owned();
            let why = Person::read(bad.iter().map(String::as_str)).unwrap_err();
            assert!(why.starts_with(reason), "{why}");
        }
        assert!(
            Person::read(["a", "b"])
                .unwrap_err()
                .starts_with("2 colonnes")
        );
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_answered(fields in proptest::collection::vec("\\PC{0,20}", 0..14)) {
            let _ = Person::read(fields.iter().map(String::as_str));
        }
    }
}
