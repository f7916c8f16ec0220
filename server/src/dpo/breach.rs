//! The report of a breach: the facts that article 33 of the GDPR asks for, and the clock.

use std::{collections::BTreeSet, fmt::Write as _};

use access::{App, warrant::Whose};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{
    registers::{self, Read, Table},
    settings::Settings,
};

/// Within which the authority is told.
const CLOCK: SignedDuration = SignedDuration::from_hours(72);

/// What the operator knows.
#[derive(Debug, Clone)]
pub struct Facts {
    /// When it was found.
    pub found: Timestamp,
    /// What happened.
    pub what: String,
    /// Whose account, when it was one.
    pub account: Option<Account>,
    /// How many people, where no register says it.
    pub people: Option<usize>,
    /// What was done or will be.
    pub measures: Vec<String>,
    /// People are told.
    pub told: bool,
}

/// Whose register is read, by which right.
#[derive(Debug, Clone)]
pub enum Account {
    /// The number of a question that two operators approved.
    Asked(String),
    /// An account that was suspended.
    Suspended(String),
}

/// What the authority asks for.
#[derive(Debug, Serialize)]
pub struct Breach {
    /// When it was found.
    pub found: Timestamp,
    /// Until when the authority must be told.
    pub due: Timestamp,
    /// Hours left; less than none when it is late.
    pub hours_left: i64,
    /// What happened.
    pub what: String,
    /// The first and the last thing that was opened.
    pub period: Option<(Timestamp, Timestamp)>,
    /// How many people; `None` when nobody knows yet.
    pub people: Option<usize>,
    /// Of these, those of whom only the name and number were seen.
    pub only_identity: Option<usize>,
    /// Lines of the register.
    pub lines: Option<usize>,
    /// Categories of data.
    pub data: Vec<&'static str>,
    /// Likely consequences.
    pub consequences: Vec<&'static str>,
    /// Measures taken or proposed.
    pub measures: Vec<String>,
    /// Whether people are told (article 34).
    pub told: bool,
    /// Whom to ask.
    pub contact: String,
    /// What is still to be said.
    pub missing: Vec<&'static str>,
}

/// Gathers the facts.
///
/// # Errors
/// When the register may not be read, or a store fails.
pub async fn report(app: &App, settings: &Settings, facts: Facts) -> anyhow::Result<Breach> {
    let operators = registers::operators(settings.get("audit.operators"))?;
    let table = match &facts.account {
        Some(Account::Asked(number)) => Some(registers::approved(app, &operators, number).await?),
        Some(Account::Suspended(number)) => {
            let whose = Whose::Professional(number.clone());
            Some(registers::alerted(app, whose, false).await?)
        }
        None => None,
    };
    let read = table.as_ref().map(|Table { read, .. }| read);
    let mut measures = facts.measures;
    if let Some(Account::Suspended(_)) = facts.account {
        measures.insert(
            0,
            "Le compte est suspendu, ses séances sont terminées.".to_owned(),
        );
    }
    let now = app.now();
    let due = facts.found.saturating_add(CLOCK)?;
    let people = read.map(|read| read.people).or(facts.people);
    let contact = match settings.get("legal.dpo") {
        "" => settings.get("legal.contact"),
        dpo => dpo,
    };
    let mut missing = vec![];
    for (is_missing, what) in [
        (people.is_none(), "le nombre de personnes, même approché"),
        (measures.is_empty(), "les mesures prises ou proposées"),
        (
            contact.is_empty(),
            "le délégué à la protection des données (réglage legal.dpo)",
        ),
        (
            !facts.told,
            "l’information des personnes, ou pourquoi elle n’est pas due (article 34)",
        ),
    ] {
        if is_missing {
            missing.push(what);
        }
    }
    Ok(Breach {
        found: facts.found,
        due,
        hours_left: due.duration_since(now).as_hours(),
        what: facts.what,
        period: read.and_then(Read::period),
        people,
        only_identity: read.map(|read| read.records().len() - opened(read).len()),
        lines: read.map(|read| read.lines.len()),
        data: data(read),
        consequences: consequences(read),
        measures,
        told: facts.told,
        contact: contact.to_owned(),
        missing,
    })
}

/// The records of which more than a name was seen.
fn opened(read: &Read) -> BTreeSet<vault::RecordId> {
    let more = read
        .records()
        .into_iter()
        .filter(|record| !read.only_identity(*record));
    more.collect()
}

fn data(read: Option<&Read>) -> Vec<&'static str> {
    let mut data = vec!["identité et numéro national (INS)"];
    if read.is_none_or(|read| !opened(read).is_empty()) {
        data.push("données concernant la santé (article 9) : liste des documents");
    }
    if read.is_none_or(Read::has_documents) {
        data.push("données concernant la santé (article 9) : contenu de documents et résultats");
    }
    data
}

fn consequences(read: Option<&Read>) -> Vec<&'static str> {
    let mut likely = vec!["hameçonnage ou usurpation d’identité à partir des traits vus"];
    if read.is_none_or(|read| !opened(read).is_empty()) {
        likely.push("perte de la confidentialité de données couvertes par le secret médical");
        likely
            .push("discrimination, pression ou atteinte à la vie privée si elles sont divulguées");
    }
    likely
}

impl Breach {
    /// Without an account nobody read what was seen: what there may be is listed.
    fn data_title(&self) -> &'static str {
        match self.lines {
            Some(_) => "Catégories de données",
            None => "Catégories de données possibles (à vérifier)",
        }
    }

    /// To read, and to copy into the authority's form.
    pub fn markdown(&self) -> String {
        let mut text = String::from("# Violation de données personnelles (RGPD, article 33)\n\n");
        let instant = registers::instant;
        let clock = match self.hours_left {
            late if late < 0 => format!("délai dépassé de {} heures : dire pourquoi", -late),
            left => format!("il reste {left} heures"),
        };
        let number = |count: Option<usize>| count.map_or("à dire".to_owned(), |n| n.to_string());
        let period = self.period.map_or("à dire".to_owned(), |(from, to)| {
            format!("du {} au {}", instant(from), instant(to))
        });
        for (label, told) in [
            ("Découverte", instant(self.found)),
            (
                "À notifier avant",
                format!("{} ({clock})", instant(self.due)),
            ),
            ("Ce qui s’est passé", self.what.clone()),
            ("Quand", period),
            ("Personnes concernées", number(self.people)),
            ("dont identité seule", number(self.only_identity)),
            ("Enregistrements", number(self.lines)),
            (
                "Personnes informées",
                if self.told { "oui" } else { "pas encore" }.to_owned(),
            ),
            (
                "Contact",
                match self.contact.as_str() {
                    "" => "à dire".to_owned(),
                    told => told.to_owned(),
                },
            ),
        ] {
            let _ = writeln!(text, "- {label} : {told}");
        }
        let own = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        for (title, all) in [
            (self.data_title(), own(&self.data)),
            ("Conséquences probables", own(&self.consequences)),
            ("Mesures", self.measures.clone()),
            ("Reste à dire", own(&self.missing)),
        ] {
            if !all.is_empty() {
                let _ = write!(text, "\n## {title}\n\n");
                for one in all {
                    let _ = writeln!(text, "- {one}");
                }
            }
        }
        text
    }
}
