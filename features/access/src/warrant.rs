//! Reading the register of somebody's account: two people say so, and it leaves its line.
//!
//! One operator asks: whose, for which days, why. Two sign what was asked, each with a key of
//! their own that does not lie on the server. One alone may read it at once while the account is
//! suspended, and no further back than the day before: the alert itself.

use std::sync::Arc;

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{Opened, RecordId, Volume, keys::PersonalKey};

use crate::{
    Act, Gate, Purpose, Refused, Viewer,
    gate::Plan,
    kinds,
    newest::{Listed, Newest},
    openings::{Opening, gives_way_in},
    policy::draft,
    register::OPERATOR,
};

/// Signatures that it takes.
const TWO: usize = 2;
/// A question that is older is asked again.
const HOLDS: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How long an alert lets one operator read alone.
const ALERT: SignedDuration = SignedDuration::from_hours(72);
/// From how long before the alert.
const BEFORE_ALERT: SignedDuration = SignedDuration::from_hours(24);

/// An operator, as the settings declare them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// Their name.
    pub name: String,
    /// Their public key, in hexadecimal digits.
    pub key: String,
}

/// Whose register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// A professional's, by national identifier.
    Professional(String),
    /// Of all who were at work in a place, by its identifier.
    Organisation(String),
}

/// A signature of what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who signed.
    pub by: String,
    /// When it came.
    pub at: Timestamp,
    /// In hexadecimal digits.
    pub signature: String,
}

/// That it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// When.
    pub at: Timestamp,
    /// Lines that were shown.
    pub lines: usize,
    /// People whose names were read, for letters.
    pub names: usize,
}

/// That somebody's register is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// When it was asked.
    pub at: Timestamp,
    /// Whose.
    pub whose: Whose,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// With the names of the people concerned, for letters.
    pub letters: bool,
    /// Why.
    pub reason: String,
    /// By one operator alone, on the alert of a suspension.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alert: bool,
    /// Who approves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
}

/// Why a register is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// There is no question of that number.
    #[error("aucune demande ne porte ce numéro")]
    Unknown,
    /// It was asked too long ago.
    #[error("cette demande a plus de sept jours : demandez de nouveau")]
    Ended,
    /// No declared operator made this signature.
    #[error("cette signature n’est celle d’aucun exploitant déclaré (réglage audit.operators)")]
    Stranger,
    /// Signatures are missing.
    #[error("il faut l’accord signé de deux exploitants ; il y en a {0}")]
    TooFew(usize),
    /// No alert lets one operator read it alone.
    #[error(
        "ce compte n’est pas suspendu depuis moins de trois jours : il faut l’accord de deux \
         exploitants (carnet audit ask)"
    )]
    NoAlert,
    /// Names were not asked for.
    #[error("cette demande ne porte pas sur les lettres : demandez de nouveau avec --letters")]
    NoNames,
}

/// The right to read a register, once; only this module gives one.
#[derive(Debug)]
pub struct Warrant {
    id: Id,
    asked: Asked,
}

/// A line of a register, as it is read.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// What was opened.
    #[serde(flatten)]
    pub opening: Opening,
    /// Whether this account had never been in that record before, as far as registers go back.
    pub first: bool,
}

/// Somebody whose record was opened.
#[derive(Debug, Clone)]
pub struct Concerned {
    /// Their name.
    pub name: String,
    /// Their national number.
    pub number: String,
}

impl Asked {
    /// What is signed: whoever reads it knows what they approve.
    pub fn text(&self, id: Id) -> String {
        let whose = match &self.whose {
            Whose::Professional(number) => format!("compte du professionnel {number}"),
            Whose::Organisation(number) => format!("comptes de l’organisation {number}"),
        };
        let names = match self.letters {
            true => "oui, pour écrire aux personnes",
            false => "non",
        };
        format!(
            "Carnet : lecture d’un registre (1)\nnuméro : {id}\ndemandé : {}\nregistre : {whose}\n\
             du : {}\nau : {}\nnoms des personnes : {names}\nmotif : {}\n",
            self.at, self.from, self.to, self.reason
        )
    }

    /// Those of the declared operators whose signature is there and holds.
    pub fn approved_by<'a>(&self, id: Id, operators: &'a [Operator]) -> Vec<&'a str> {
        let text = self.text(id);
        let signed = |operator: &&Operator| {
            let mut all = self.approvals.iter();
            all.any(|one| PersonalKey::signed(&operator.key, text.as_bytes(), &one.signature))
        };
        // One key under two names is one operator.
        let mut keys = vec![];
        let mut names = vec![];
        for operator in operators.iter().filter(signed) {
            if !keys.contains(&&operator.key) {
                keys.push(&operator.key);
                names.push(operator.name.as_str());
            }
        }
        names
    }

    /// Whether two operators approve it now.
    ///
    /// # Errors
    /// See [`NotRead`].
    pub fn holds(&self, id: Id, operators: &[Operator], now: Timestamp) -> Result<(), NotRead> {
        if now.duration_since(self.at) > HOLDS {
            return Err(NotRead::Ended);
        }
        match self.approved_by(id, operators).len() {
            enough if enough >= TWO => Ok(()),
            few => Err(NotRead::TooFew(few)),
        }
    }
}

impl Listed for Asked {
    const VOLUME: Volume = Volume::Agenda;
    const KIND: vault::Kind = kinds::WARRANT;

    fn weight(&self) -> usize {
        900
    }
}

impl Gate {
    /// Asks that a register be read; gives the number of the question.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn ask_register(&self, asked: Asked) -> Result<Id, Refused> {
        let id = self.id();
        let at = asked.at;
        self.put_asked(id, move |_| Some(asked.clone())).await?;
        let ends = self.ending_told(OPERATOR, id, at);
        self.store().apply(ends).await?;
        Ok(id)
    }

    /// Every question, newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn asked_registers(&self) -> Result<Vec<(Id, Asked)>, Refused> {
        let record = self.register_of(OPERATOR).await?;
        let opened: Arc<Opened<Newest<Asked>>> = self.opener().open(record).await?;
        let mut all = opened.view.all.clone();
        all.sort_by_key(|(_, one)| std::cmp::Reverse(one.at));
        Ok(all)
    }

    /// Adds an operator's signature to a question; gives whose it is.
    ///
    /// # Errors
    /// [`NotRead`] within, when it is not one of theirs or there is no such question.
    pub async fn approve_register(
        &self,
        id: Id,
        operators: &[Operator],
        signature: &str,
        at: Timestamp,
    ) -> Result<Result<String, NotRead>, Refused> {
        let asked = self.asked(id).await?;
        let Some(asked) = asked else {
            return Ok(Err(NotRead::Unknown));
        };
        let text = asked.text(id);
        let signed = |one: &&Operator| PersonalKey::signed(&one.key, text.as_bytes(), signature);
        let Some(operator) = operators.iter().find(signed) else {
            return Ok(Err(NotRead::Stranger));
        };
        let approval = Approval {
            by: operator.name.clone(),
            at,
            signature: signature.to_owned(),
        };
        self.put_asked(id, |asked| {
            let mut asked = asked?.clone();
            let there = asked
                .approvals
                .iter()
                .any(|one| one.signature == approval.signature);
            asked.approvals.push(approval.clone());
            (!there).then_some(asked)
        })
        .await?;
        Ok(Ok(operator.name.clone()))
    }

    /// The right to read what two operators approved.
    ///
    /// # Errors
    /// [`NotRead`] within.
    pub async fn warrant(
        &self,
        id: Id,
        operators: &[Operator],
        now: Timestamp,
    ) -> Result<Result<Warrant, NotRead>, Refused> {
        let Some(asked) = self.asked(id).await? else {
            return Ok(Err(NotRead::Unknown));
        };
        let held = asked.holds(id, operators, now);
        Ok(held.map(|()| Warrant { id, asked }))
    }

    /// The right of one operator to read the register of an account that is suspended, from the
    /// day before the alert on.
    ///
    /// # Errors
    /// [`NotRead::NoAlert`] within.
    pub async fn warrant_of_alert(
        &self,
        national_id: &str,
        letters: bool,
        now: Timestamp,
    ) -> Result<Result<Warrant, NotRead>, Refused> {
        let all = self.suspensions().await?;
        let alert = all.iter().find(|one| {
            let in_force = one.lifted.is_none() && now.duration_since(one.at) <= ALERT;
            one.who == national_id && in_force
        });
        let Some(alert) = alert else {
            return Ok(Err(NotRead::NoAlert));
        };
        let asked = Asked {
            at: now,
            whose: Whose::Professional(national_id.to_owned()),
            from: alert.at.saturating_sub(BEFORE_ALERT).unwrap_or(alert.at),
            to: now,
            letters,
            reason: format!("alerte du {}", alert.at),
            alert: true,
            approvals: vec![],
            readings: vec![],
        };
        let id = self.ask_register(asked.clone()).await?;
        Ok(Ok(Warrant { id, asked }))
    }

    /// Reads a register: newest first, once the operator's own register says so.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn read_register(&self, warrant: &Warrant) -> Result<Vec<Line>, Refused> {
        let accounts = match &warrant.asked.whose {
            Whose::Professional(number) => vec![number.clone()],
            Whose::Organisation(place) => {
                let members = self.members_of(place).await?.into_iter();
                members.map(|member| member.who).collect()
            }
        };
        let mut lines = vec![];
        for account in accounts {
            lines.extend(read(self.openings_of(&account).await?, &warrant.asked));
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.opening.at));
        self.note_reading(warrant, lines.len(), 0).await?;
        Ok(lines)
    }

    /// Who the people of these records are, to write to them: each has a line in their history.
    /// `None` stands for who was erased, or whose space receives nothing.
    ///
    /// # Errors
    /// [`NotRead::NoNames`] within; when the engine fails.
    pub async fn concerned(
        &self,
        warrant: &Warrant,
        records: &[RecordId],
    ) -> Result<Result<Vec<Option<Concerned>>, NotRead>, Refused> {
        if !warrant.asked.letters {
            return Ok(Err(NotRead::NoNames));
        }
        self.note_reading(warrant, 0, records.len()).await?;
        let viewer = Viewer::system(Purpose::Notify, self.now());
        let mut all = vec![];
        for record in records {
            let clearance = match self.enter(&viewer, *record, Act::ReadSettings).await {
                Ok(clearance) => clearance,
                Err(Refused::Failed(error)) => return Err(Refused::Failed(error)),
                Err(_) => {
                    all.push(None);
                    continue;
                }
            };
            let found = clearance.act::<_, Refused>(|scope| {
                let policy = scope.policy();
                let number = policy.identity().and_then(|one| one.main_identifier());
                Ok(Plan::new(number.map(|number| Concerned {
                    name: policy.name(),
                    number: number.value,
                })))
            });
            all.push(found.await?);
        }
        Ok(Ok(all))
    }

    async fn note_reading(
        &self,
        warrant: &Warrant,
        lines: usize,
        names: usize,
    ) -> Result<(), Refused> {
        let reading = Reading {
            at: self.now(),
            lines,
            names,
        };
        self.put_asked(warrant.id, |asked| {
            let mut asked = asked?.clone();
            asked.readings.push(reading.clone());
            Some(asked)
        })
        .await
    }

    async fn asked(&self, id: Id) -> Result<Option<Asked>, Refused> {
        let all = self.asked_registers().await?;
        let found = all.into_iter().find(|(known, _)| *known == id);
        Ok(found.map(|(_, asked)| asked))
    }

    async fn put_asked(
        &self,
        id: Id,
        next: impl Fn(Option<&Asked>) -> Option<Asked>,
    ) -> Result<(), Refused> {
        let record = self.register_of(OPERATOR).await?;
        let entry = |all: &Newest<Asked>| {
            let next = next(all.get(id))?;
            Some(draft(Volume::Agenda, kinds::WARRANT, id, &next))
        };
        self.register_over(record, entry).await.map(drop)
    }
}

/// The lines of an account within what was asked; those of a place's question, in that place alone.
fn read(all: Vec<Opening>, asked: &Asked) -> Vec<Line> {
    let mut seen = std::collections::HashSet::new();
    let mut lines = vec![];
    // Oldest first: the first time in a record is the first of its lines that is more than a name.
    for opening in all.into_iter().rev() {
        let is_entry = gives_way_in(opening.act) || opening.act != Act::FindPerson;
        let first = is_entry && seen.insert(opening.record);
        let there = match &asked.whose {
            Whose::Professional(_) => true,
            Whose::Organisation(place) => opening.place == *place,
        };
        if there && (asked.from..=asked.to).contains(&opening.at) {
            lines.push(Line { opening, first });
        }
    }
    lines
}

#[cfg(test)]
#[path = "warrant_tests.rs"]
mod tests;
