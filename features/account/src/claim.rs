//! Who somebody says they are: national number, serial of the card, birth date.
//!
//! Nothing that leaks is enough alone, and a claim never learns here whether it was right:
//! [`Claim::count`] makes the same six store calls whatever they find.

use ins::{BirthDate, Matricule};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use vault::RecordId;
use web::{Errors, Fields, Problem};

use crate::{
    insured::{Child, Person, read_card},
    journey::Guest,
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What was typed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Claim {
    number: Matricule,
    card: String,
    birth: BirthDate,
}

/// Whom a number names.
pub struct Found {
    /// The person.
    pub person: Person,
    /// Their space, when it was opened.
    pub record: Option<RecordId>,
    /// Whether card and birth date are theirs too.
    pub matches: bool,
    /// Number and card are theirs, the birth date is that of these children whom they represent:
    /// more than one when twins.
    pub children: Vec<Matricule>,
}

/// What a counted claim leads to.
pub enum Outcome {
    /// Every factor matches.
    Match(Found),
    /// The limit was just reached: the person is to be told, once.
    Tell(Person),
    /// Nothing.
    Nothing,
}

impl Found {
    /// Whether every factor is right, for oneself or for a child.
    pub fn leads_on(&self) -> bool {
        self.matches || !self.children.is_empty()
    }
}

impl Claim {
    /// Reads the fields `nir`, `serie`, and the birth date; says what is wrong with them.
    pub fn read(guest: &Guest, fields: &Fields, errors: &mut Errors) -> Option<Self> {
        let number = Matricule::parse_typed(fields.get("nir"))
            .map_err(|error| errors.add("nir", error.help()));
        let card = read_card(fields.get("serie"));
        if card.is_none() {
            errors.add("serie", guest.shell.t("account-card-wrong"));
        }
        let today = web::dates::today(guest.app.now());
        let to_come = |birth: &BirthDate| {
            birth.year() > today.year() || birth.day().is_some_and(|day| day > today)
        };
        let birth = read_birth(fields).filter(|birth| !to_come(birth));
        if birth.is_none() {
            errors.add("jour", guest.shell.t("account-birth-wrong"));
        }
        Some(Self {
            number: number.ok()?,
            card: card?,
            birth: birth?,
        })
    }

    /// The number that was typed.
    pub fn number(&self) -> &str {
        self.number.as_str()
    }

    /// The person of the number: one store call, whatever the answer.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find(&self, guest: &Guest) -> Result<Option<Found>, Problem> {
        let store = &guest.app.store;
        let row = store.insured(self.number.as_str(), &self.card).await?;
        let Some(row) = row else { return Ok(None) };
        let person: Person = serde_json::from_slice(&row.body)?;
        let born_then = |child: &&Child| row.card_matches() && child.birth == self.birth;
        let children = person.children.iter().filter(born_then);
        Ok(Some(Found {
            matches: row.card_matches() && person.traits.birth_date == self.birth,
            children: children.map(|child| child.number).collect(),
            record: row.record,
            person,
        }))
    }

    /// Counts one attempt for the source, the number and the card, and looks the person up.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn count(&self, guest: &Guest) -> Result<Outcome, Problem> {
        let (app, now) = (&guest.app, guest.app.now());
        let count = async |(what, whom): (&str, &[u8])| {
            let limit = app.limits.activations_a_day;
            app.store.attempt(what, whom, limit, DAY, now).await
        };
        let [by_source, by_number, by_card] = self.counted(guest);
        let from_here = count(by_source).await?;
        // A source that is locked out uses up nobody else's tries.
        let nobody = |(what, _)| (what, &b""[..]);
        let of_number = count(if from_here {
            by_number
        } else {
            nobody(by_number)
        })
        .await?;
        let of_card = count(if from_here { by_card } else { nobody(by_card) }).await?;
        // It may all the same insist on one number, and the person is told of that too.
        let insists = [by_source.1, b"\0", by_number.1].concat();
        let first_tries = count(("claim by source and number", &insists)).await?;
        let within = from_here && of_number && of_card;
        let locked = !first_tries || (from_here && !within);
        let found = self.find(guest).await?;
        let told = if locked { by_number.1 } else { b"" };
        let tomorrow = now.checked_add(DAY)?;
        let first = app
            .store
            .first_seen("claim told", told, tomorrow, now)
            .await?;
        Ok(match found {
            Some(found) if locked && first => Outcome::Tell(found.person),
            Some(found) if within && found.leads_on() => Outcome::Match(found),
            _ => Outcome::Nothing,
        })
    }

    /// Forgets the attempts of somebody who showed every factor.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forgive(&self, guest: &Guest) -> Result<(), Problem> {
        for (what, whom) in self.counted(guest) {
            guest.app.store.forget_attempts(what, whom).await?;
        }
        Ok(())
    }

    fn counted<'a>(&'a self, guest: &'a Guest) -> [(&'static str, &'a [u8]); 3] {
        [
            ("claim by source", guest.source.as_bytes()),
            ("claim by number", self.number.as_str().as_bytes()),
            ("claim by card", self.card.as_bytes()),
        ]
    }
}

/// The birth date: three fields `jour`, `mois`, `annee` (day and month may be unknown), or one,
/// `naissance`, as `YYYY-MM-DD`.
fn read_birth(fields: &Fields) -> Option<BirthDate> {
    if fields.has("naissance") {
        return fields.get("naissance").parse().ok();
    }
    let (day, month, year) = (fields.get("jour"), fields.get("mois"), fields.get("annee"));
    let two = |text: &str| format!("{text:0>2}");
    match (day, month) {
        ("", "") => year.parse().ok(),
        ("", month) => format!("{year}-{}", two(month)).parse().ok(),
        (day, month) => format!("{year}-{}-{}", two(month), two(day)).parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_is_read_from_three_fields_or_one() {
        let read = |pairs: &[(&str, &str)]| {
            let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            read_birth(&Fields::new(pairs.iter().map(own).collect())).map(|date| date.to_string())
        };
        let three = |d, m, y| read(&[("jour", d), ("mois", m), ("annee", y)]);
        assert_eq!(three("5", "1", "1985").as_deref(), Some("1985-01-05"));
        assert_eq!(three("", "01", "1985").as_deref(), Some("1985-01"));
        assert_eq!(three("", "", "1985").as_deref(), Some("1985"));
        for (d, m, y) in [
            ("31", "2", "1985"),
            ("5", "", "1985"),
            ("5", "1", "85"),
            ("", "", ""),
            ("é", "1", "1985"),
        ] {
            assert_eq!(three(d, m, y), None);
        }
        assert_eq!(
            read(&[("naissance", "1985-01-05")]).as_deref(),
            Some("1985-01-05")
        );
    }
}
