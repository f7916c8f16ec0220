//! A person who has a space, and the crowd.

use std::collections::BTreeSet;

use ambient::Random;
use ins::{Identifier, Matricule, Sex, Traits, fold, oid};
use jiff::{Timestamp, civil::Date};

use crate::{names, paris};

/// A fictional person.
#[derive(Debug, Clone)]
pub struct Person {
    /// National number under the OID of tests.
    pub identity: Identifier,
    /// Strict traits of civil status.
    pub traits: Traits,
    /// Given name used in life.
    pub given: String,
    /// Family name used in life, when it is not the birth name.
    pub used_family: Option<String>,
    /// Serial of the carte Vitale: 11 digits.
    pub card: String,
    /// Electronic mail; small children have none.
    pub email: Option<String>,
    /// Mobile telephone, 10 digits; small children have none.
    pub mobile: Option<String>,
    /// National numbers of those who represent the person: none for an adult.
    pub representatives: Vec<String>,
    /// What their documents tell.
    pub story: Story,
}

/// What the documents of a life are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// First months of life.
    Infant,
    /// A child with asthma.
    Asthma,
    /// A sporting adolescent.
    Adolescent,
    /// A pregnancy, and the months after birth.
    Pregnancy,
    /// Low-back pain.
    BackPain,
    /// An under-active thyroid.
    Thyroid,
    /// Type 2 diabetes.
    Diabetes,
    /// High blood pressure, and the screenings of that age.
    Hypertension,
    /// Atrial fibrillation in old age.
    AtrialFibrillation,
}

/// What a person is made of before their numbers are.
pub(crate) struct Draft<'a> {
    pub sex: Sex,
    pub given: &'a [&'a str],
    pub family: &'a str,
    pub used_family: Option<&'a str>,
    pub birth: Date,
    /// Order of birth in the number, 1 to 999.
    pub order: u32,
    /// Last nine digits of the card.
    pub card: u64,
    /// Last four digits of the mobile.
    pub mobile: u32,
    pub story: Story,
}

impl Person {
    /// Completes a draft. Those under 15 are reached through their representatives.
    pub(crate) fn complete(draft: &Draft<'_>, now: Timestamp) -> Self {
        let adult = paris::years(draft.birth, paris::day(now)) >= 15;
        let given = draft.given.first().copied().unwrap_or("Camille");
        Self {
            identity: Identifier {
                oid: oid::TEST.to_owned(),
                value: number(draft.sex, draft.birth, draft.order),
            },
            traits: Traits {
                birth_family_name: draft.family.to_owned(),
                birth_given_names: draft.given.iter().map(|&name| name.to_owned()).collect(),
                first_given_name: Some(given.to_owned()),
                birth_date: draft.birth.into(),
                sex: draft.sex,
                birth_place: Some(BIRTH_PLACE.to_owned()),
            },
            given: given.to_owned(),
            used_family: draft.used_family.map(str::to_owned),
            card: format!("99{:09}", draft.card % 1_000_000_000),
            email: adult.then(|| {
                let family = draft.used_family.unwrap_or(draft.family);
                let suffix = if draft.order >= CAST_ORDER {
                    String::new()
                } else {
                    draft.card.to_string()
                };
                format!("{}.{}{suffix}@example.org", slug(given), slug(family))
            }),
            mobile: adult.then(|| format!("063998{:04}", draft.mobile % 10_000)),
            representatives: Vec::new(),
            story: draft.story,
        }
    }

    /// The national number, 15 characters.
    pub fn number(&self) -> &str {
        &self.identity.value
    }

    /// Family name used in life.
    pub fn family(&self) -> &str {
        self.used_family
            .as_deref()
            .unwrap_or(&self.traits.birth_family_name)
    }

    /// Given and family name used in life.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family())
    }

    /// Birth day.
    pub fn birth(&self) -> Date {
        self.traits.birth_date.day().unwrap_or(Date::ZERO)
    }

    /// Age in completed years at that time.
    pub fn age(&self, at: Timestamp) -> i32 {
        paris::years(self.birth(), paris::day(at))
    }
}

/// INSEE code of the town where everybody here was born: there is none such.
const BIRTH_PLACE: &str = "99999";
/// From this order of birth on, numbers are those of the named cast.
pub(crate) const CAST_ORDER: u32 = 900;

/// People of all ages, a third under 30 and a third over 60. Their numbers,
/// cards and addresses differ within one call, and from the cast's.
pub fn people(random: &dyn Random, count: usize, now: Timestamp) -> Vec<Person> {
    let today = paris::day(now);
    let mut taken = BTreeSet::new();
    let mut people = Vec::with_capacity(count);
    while people.len() < count {
        let years = random.below(30) + 30 * random.below(3);
        let sex = if random.below(2) == 0 {
            Sex::Female
        } else {
            Sex::Male
        };
        let birth = paris::before(today, years as i32, 30 + random.below(330) as i32);
        let order = 1 + random.below(CAST_ORDER - 1);
        if !taken.insert(number(sex, birth, order)) {
            continue;
        }
        let given = if sex == Sex::Female {
            &names::WOMEN
        } else {
            &names::MEN
        };
        let pick = |list: &[&'static str]| list[random.below(list.len() as u32) as usize];
        let given = [pick(given), pick(given)];
        let family = pick(&names::FAMILIES);
        let married = sex == Sex::Female && years > 30 && random.below(3) == 0;
        let used_family = married
            .then(|| pick(&names::FAMILIES))
            .filter(|used| *used != family);
        people.push(Person::complete(
            &Draft {
                sex,
                given: if given[0] == given[1] {
                    &given[..1]
                } else {
                    &given
                },
                family,
                used_family,
                birth,
                order,
                card: 1_000_000 + people.len() as u64,
                mobile: 1_000 + random.below(9_000),
                story: story(years, sex, random),
            },
            now,
        ));
    }
    people
}

fn story(years: u32, sex: Sex, random: &dyn Random) -> Story {
    match (years, sex) {
        (0, _) => Story::Infant,
        (1..=12, _) => Story::Asthma,
        (13..=19, _) => Story::Adolescent,
        (20..=41, Sex::Female) if random.below(2) == 0 => Story::Pregnancy,
        (20..=49, Sex::Female) => Story::Thyroid,
        (20..=49, _) => Story::BackPain,
        (50..=74, _) if random.below(3) == 0 => Story::Diabetes,
        (50..=74, _) => Story::Hypertension,
        _ => Story::AtrialFibrillation,
    }
}

/// A number with a good key that nobody has: born in department 99, commune 999.
fn number(sex: Sex, birth: Date, order: u32) -> String {
    let first = if sex == Sex::Female { 2 } else { 1 };
    let year = birth.year().rem_euclid(100);
    let body = format!(
        "{first}{year:02}{:02}99999{:03}",
        birth.month(),
        order % 1000
    );
    Matricule::from_body(&body).map_or(body, |number| number.as_str().to_owned())
}

/// A name as a part of an address: small letters, digits and hyphens.
fn slug(name: &str) -> String {
    let folded = fold(name).to_lowercase();
    folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ambient::SeededRandom;

    #[test]
    fn the_crowd_is_of_all_ages_and_nobody_twice() {
        let now = "2026-06-12T08:00:00Z".parse().unwrap();
        let crowd = people(&SeededRandom::new(3), 500, now);
        let distinct =
            |field: fn(&Person) -> &str| crowd.iter().map(field).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(Person::number), 500);
        assert_eq!(distinct(|p| &p.card), 500);
        for person in &crowd {
            let number = person.identity.matricule().expect("a good key");
            assert_eq!(&number.as_str()[5..10], "99999");
            assert_eq!(person.card.len(), 11);
            assert!((0..=90).contains(&person.age(now)));
            assert_eq!(person.email.is_some(), person.age(now) >= 15);
        }
        for (from, to) in [(0, 29), (30, 59), (60, 90)] {
            let group = crowd
                .iter()
                .filter(|p| (from..=to).contains(&p.age(now)))
                .count();
            assert!(group > 100, "{from}–{to}: {group}");
        }
        let again = people(&SeededRandom::new(3), 500, now);
        assert_eq!(format!("{crowd:?}"), format!("{again:?}"));
    }

    #[test]
    fn addresses_are_plain() {
        assert_eq!(slug("Desrosiers-L’Haÿ"), "desrosiers-l-hay");
        assert_eq!(slug("Noé"), "noe");
    }
}
