//! The named persons of the demonstration.

use ins::Sex;
use jiff::{Timestamp, civil::Date};

use crate::paris;
use crate::person::{Draft, Person, Story};

/// The named persons. Ages are those at the `now` that [`cast`] was given.
#[derive(Debug, Clone)]
pub struct Cast {
    /// Camille Desrosiers-L’Haÿ, 37: the holder of the demonstration, who has just had a child.
    pub camille: Person,
    /// Léo, 4 months, child of Camille and Thomas.
    pub leo: Person,
    /// Jade, 11, child of Camille and Thomas: asthma.
    pub jade: Person,
    /// Thomas Bouvier, 41: back pain; father of Léo and Jade.
    pub thomas: Person,
    /// Yvette Moreau, 82: atrial fibrillation; mother of Solenn, who helps her.
    pub yvette: Person,
    /// Solenn Le Goff, born Moreau, 44: thyroid; mother of Noé.
    pub solenn: Person,
    /// Noé Le Goff, 16, who has something to keep to himself.
    pub noe: Person,
    /// Karim Benali, 54: type 2 diabetes, many documents.
    pub karim: Person,
    /// Julien Kervadec, 63: high blood pressure, and a result still to be told.
    pub julien: Person,
}

impl Cast {
    /// Everybody.
    pub fn all(&self) -> [&Person; 9] {
        [
            &self.camille,
            &self.leo,
            &self.jade,
            &self.thomas,
            &self.yvette,
            &self.solenn,
            &self.noe,
            &self.karim,
            &self.julien,
        ]
    }
}

/// The named persons, of the ages that [`Cast`] tells.
pub fn cast(now: Timestamp) -> Cast {
    let today = paris::day(now);
    let born = |years, days| paris::before(today, years, days);
    let mut rank = 0;
    let mut person = |given: &[&str], family: &str, used: Option<&str>, sex, birth: Date, story| {
        rank += 1;
        let draft = Draft {
            sex,
            given,
            family,
            used_family: used,
            birth,
            order: crate::person::CAST_ORDER + rank,
            card: u64::from(rank),
            mobile: rank,
            story,
        };
        Person::complete(&draft, now)
    };
    use Sex::{Female, Male};
    let camille = person(
        &["Camille", "Aurore"],
        "Desrosiers-L’Haÿ",
        None,
        Female,
        born(37, 142),
        Story::Pregnancy,
    );
    let thomas = person(
        &["Thomas"],
        "Bouvier",
        None,
        Male,
        born(41, 77),
        Story::BackPain,
    );
    let yvette = person(
        &["Yvette", "Marie", "Jeanne"],
        "Cadiou",
        Some("Moreau"),
        Female,
        born(82, 201),
        Story::AtrialFibrillation,
    );
    let solenn = person(
        &["Solenn", "Anne"],
        "Moreau",
        Some("Le Goff"),
        Female,
        born(44, 260),
        Story::Thyroid,
    );
    let karim = person(
        &["Karim"],
        "Benali",
        None,
        Male,
        born(54, 96),
        Story::Diabetes,
    );
    let julien = person(
        &["Julien", "Yann"],
        "Kervadec",
        None,
        Male,
        born(63, 31),
        Story::Hypertension,
    );
    let child = |child: Person, parents: &[&Person]| Person {
        representatives: parents
            .iter()
            .map(|parent| parent.number().to_owned())
            .collect(),
        ..child
    };
    let leo = person(
        &["Léo", "Gabin"],
        "Bouvier",
        None,
        Male,
        born(0, 130),
        Story::Infant,
    );
    let leo = child(leo, &[&camille, &thomas]);
    let jade = person(
        &["Jade"],
        "Bouvier",
        None,
        Female,
        born(11, 118),
        Story::Asthma,
    );
    let jade = child(jade, &[&camille, &thomas]);
    let noe = person(
        &["Noé", "Ewen"],
        "Le Goff",
        None,
        Male,
        born(16, 45),
        Story::Adolescent,
    );
    let noe = child(noe, &[&solenn]);
    Cast {
        camille,
        leo,
        jade,
        thomas,
        yvette,
        solenn,
        noe,
        karim,
        julien,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_families_are_as_told_whatever_the_day() {
        for now in [
            "2024-02-29T23:30:00Z",
            "2026-06-12T08:00:00Z",
            "2031-12-31T22:59:00Z",
        ] {
            let now: Timestamp = now.parse().unwrap();
            let cast = cast(now);
            let ages = cast.all().map(|person| person.age(now));
            assert_eq!(ages, [37, 0, 11, 41, 82, 44, 16, 54, 63]);
            assert_eq!(paris::months(cast.leo.birth(), paris::day(now)), 4);
            assert_eq!(
                cast.leo.representatives,
                [cast.camille.number(), cast.thomas.number()]
            );
            assert!(cast.leo.email.is_none() && cast.noe.email.is_some());
            assert_eq!(
                cast.camille.email.as_deref(),
                Some("camille.desrosiers-l-hay@example.org")
            );
            for person in cast.all() {
                assert!(person.identity.matricule().is_ok());
            }
        }
    }
}
