//! A batch of documents that their depositor calls back: two of its people sign the very list, then
//! a job takes one after the other out of its record and notes what became of each.

use ambient::Id;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use vault::{OpenError, Volume, With, keys::PersonalKey};

use super::Owner;
use crate::{
    Gate, Refused, kinds,
    newest::{Listed, Newest},
    policy::draft,
    warrant::{Approval, Operator},
};

/// Signatures that it takes.
const TWO: usize = 2;
/// A list that was asked for longer ago is asked for again.
const HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// What became of a document of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It was taken out of its record.
    Recalled,
    /// It had been withdrawn, or taken out, before.
    Gone,
    /// This depositor has no document of that name here.
    Unknown,
}

/// A batch that is called back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// When it was asked for.
    pub asked: Timestamp,
    /// When it last changed.
    pub at: Timestamp,
    /// Why, in the depositor's words.
    pub reason: String,
    /// The documents, by `uniqueId`.
    pub names: Vec<String>,
    /// Who of the depositor's people signed.
    #[serde(default)]
    pub approvals: Vec<Approval>,
    /// What became of the documents, in their order: as many as are done.
    #[serde(default)]
    pub outcomes: Vec<Outcome>,
}

/// Why a signature is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotApproved {
    /// None of this depositor's people made it.
    Stranger,
    /// It was asked for too long ago.
    Ended,
    /// Two people signed already.
    Enough,
}

impl Listed for Recall {
    const VOLUME: Volume = Volume::Agenda;
    const KIND: vault::Kind = kinds::RECALL;

    fn weight(&self) -> usize {
        300 + self.names.iter().map(|name| name.len() + 32).sum::<usize>()
    }
}

impl Recall {
    /// What is signed: whoever reads it knows what they approve.
    pub fn text(&self, id: Id, client: &str) -> String {
        let names = self.names.join("\n");
        format!(
            "Carnet : rappel de documents (1)\nnuméro : {id}\ndemandé : {}\nlogiciel : {client}\n\
             motif : {}\ndocuments : {}\n{names}\n",
            self.asked,
            self.reason,
            self.names.len()
        )
    }

    /// Whether two people signed it, each with a key of their own.
    pub fn is_approved(&self, text: &str, people: &[Operator]) -> bool {
        let signed = |one: &&Operator| {
            let mut all = self.approvals.iter();
            all.any(|approval| PersonalKey::signed(&one.key, text.as_bytes(), &approval.signature))
        };
        // One key under two names is one person.
        let mut keys: Vec<&str> = people.iter().filter(signed).map(|one| &*one.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len() >= TWO
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.outcomes.len() >= self.names.len()
    }

    /// The same with one more signature.
    ///
    /// # Errors
    /// See [`NotApproved`].
    pub fn approved(
        &self,
        text: &str,
        people: &[Operator],
        signature: &str,
        now: Timestamp,
    ) -> Result<Self, NotApproved> {
        if self.is_approved(text, people) {
            return Err(NotApproved::Enough);
        }
        if now.duration_since(self.asked) > HOLDS {
            return Err(NotApproved::Ended);
        }
        let signed = |one: &&Operator| PersonalKey::signed(&one.key, text.as_bytes(), signature);
        let by = people.iter().find(signed).ok_or(NotApproved::Stranger)?;
        let mut next = self.clone();
        next.at = now;
        next.approvals.push(Approval {
            by: by.name.clone(),
            at: now,
            signature: signature.to_owned(),
        });
        Ok(next)
    }
}

impl Gate {
    /// Every batch that a depositor called back, the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn recalls(&self, owner: &Owner) -> Result<Vec<(Id, Recall)>, Refused> {
        let Some(record) = self.store().professional(&owner.register()).await? else {
            return Ok(vec![]);
        };
        let opened = match self.opener().open::<Newest<Recall>>(record).await {
            Err(OpenError::Unknown) => return Ok(vec![]),
            other => other?,
        };
        let mut all = opened.view.all.clone();
        all.sort_by_key(|(id, one)| (std::cmp::Reverse(one.asked), *id));
        Ok(all)
    }

    /// Writes a batch over the one of that number, as what it is asks for; `with` holds with it.
    /// Whether something was written.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn put_recall(
        &self,
        owner: &Owner,
        id: Id,
        next: impl Fn(Option<&Recall>) -> Option<Recall>,
        with: impl Fn() -> With,
    ) -> Result<bool, Refused> {
        let record = self.quarantine(owner).await?;
        let entry = |all: &Newest<Recall>| {
            let next = next(all.get(id))?;
            Some(draft(Volume::Agenda, kinds::RECALL, id, &next))
        };
        self.register_with(record, entry, with).await
    }
}

#[cfg(test)]
mod tests {
    use ambient::SeededRandom;

    use super::*;

    #[test]
    fn it_takes_two_people_within_a_day_and_that_very_list() {
        let key = |seed| {
            let text = PersonalKey::draw(&SeededRandom::new(seed));
            PersonalKey::read(text.expose()).expect("a key")
        };
        let (anne, paul, stranger) = (key(1), key(2), key(3));
        let person = |name: &str, key: &PersonalKey| Operator {
            name: name.to_owned(),
            key: key.public(),
        };
        let people = [
            person("Anne", &anne),
            person("Paul", &paul),
            person("Anne encore", &anne),
        ];
        let recall = Recall {
            asked: Timestamp::UNIX_EPOCH,
            at: Timestamp::UNIX_EPOCH,
            reason: "Fusion d’identités".to_owned(),
            names: vec!["urn:oid:1.2.3".to_owned()],
            approvals: vec![],
            outcomes: vec![],
        };
        let id = Id([1; 16]);
        let text = recall.text(id, "labo");
        let now = Timestamp::UNIX_EPOCH;
        let sign = |one: &PersonalKey| one.sign(text.as_bytes());
        let by = |recall: &Recall, key| recall.approved(&text, &people, &sign(key), now);
        assert_eq!(by(&recall, &stranger), Err(NotApproved::Stranger));
        let once = by(&recall, &anne).expect("signed");
        let twice = by(&once, &anne).expect("the same again");
        assert!(!once.is_approved(&text, &people) && !twice.is_approved(&text, &people));
        let both = by(&once, &paul).expect("signed");
        assert!(both.is_approved(&text, &people));
        assert_eq!(by(&both, &anne), Err(NotApproved::Enough));
        // Another list is another question, and so is another day.
        let mut other = both.clone();
        other.names.push("urn:oid:1.2.4".to_owned());
        assert!(!other.is_approved(&other.text(id, "labo"), &people));
        let late = now + SignedDuration::from_hours(25);
        let ended = once.approved(&text, &people, &sign(&paul), late);
        assert_eq!(ended, Err(NotApproved::Ended));
        assert!(!both.is_done());
    }
}
