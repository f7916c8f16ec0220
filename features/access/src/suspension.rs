//! Professionals whose account is suspended: the operator's list, and the rules that follow it.
//!
//! A suspension is written into the installation's own record, so that every server has it and a
//! restart keeps it. The decision reads it out of the rules; its sessions end with it.

use std::sync::Arc;

use ambient::Id;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vault::{Opened, RecordId, Volume};

use crate::{
    Gate, Refused, Situation, kinds,
    newest::{Listed, Newest},
    policy::draft,
    register::OPERATOR,
    watch::Signal,
};

/// Why an account is suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It opened too many records for the first time in an hour.
    FirstOpenings,
    /// The accounts of its organisation together did.
    Organisation,
    /// How it opened them is unusual.
    Unusual,
    /// It went to too many people in an hour, by whatever right.
    People,
}

/// An account that opens nothing until the operator lifts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Since when.
    pub at: Timestamp,
    /// National identifier of the professional.
    pub who: String,
    /// Their name.
    pub name: String,
    /// Where they were at work.
    pub place: String,
    /// Why.
    pub why: Why,
    /// What was seen, with its numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<Signal>,
    /// When the operator lifted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted: Option<Timestamp>,
}

impl Listed for Suspension {
    const VOLUME: Volume = Volume::Agenda;
    const KIND: vault::Kind = kinds::SUSPENSION;

    fn weight(&self) -> usize {
        300
    }
}

impl Gate {
    /// Suspends a professional's account: it enters no record from here on, and its sessions end.
    /// Done twice, it is done. Gives whether it was not suspended before.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn suspend(
        &self,
        situation: &Situation,
        session_of: Id,
        (why, signals): (Why, Vec<Signal>),
        at: Timestamp,
    ) -> Result<bool, Refused> {
        let suspension = Suspension {
            at,
            who: situation.national_id.clone(),
            name: situation.name.clone(),
            place: situation.facility.clone(),
            why,
            signals,
            lifted: None,
        };
        let new = self.put_suspension(suspension).await?;
        self.follow_suspensions().await?;
        self.store().end_sessions(session_of).await?;
        Ok(new)
    }

    /// The accounts that were suspended, lifted ones too, newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn suspensions(&self) -> Result<Vec<Suspension>, Refused> {
        let Some(record) = self.store().professional(OPERATOR).await? else {
            return Ok(vec![]);
        };
        let list = self.list(record).await?;
        let mut all: Vec<_> = list.view.all.iter().map(|(_, one)| one.clone()).collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.at));
        Ok(all)
    }

    /// Whether that professional's account is suspended now.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn is_suspended(&self, national_id: &str) -> Result<bool, Refused> {
        let all = self.suspensions().await?;
        let mut theirs = all.iter().filter(|one| one.lifted.is_none());
        Ok(theirs.any(|one| one.who == national_id))
    }

    /// Lifts the suspension of a professional's account.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when it is not suspended.
    pub async fn lift_suspension(&self, national_id: &str, at: Timestamp) -> Result<(), Refused> {
        let all = self.suspensions().await?;
        let mut theirs = all.into_iter().filter(|one| one.lifted.is_none());
        let suspension = theirs.find(|one| one.who == national_id);
        let lifted = Suspension {
            lifted: Some(at),
            ..suspension.ok_or(Refused::NotFound)?
        };
        let id = self.suspension_id(&lifted.who);
        self.put_suspension(lifted).await?;
        let ends = self.ending_told(OPERATOR, id, at);
        self.store().apply(ends).await?;
        self.follow_suspensions().await
    }

    /// Takes the list into the rules; to be called at start and now and then, for what other
    /// servers and the operator's commands did.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn follow_suspensions(&self) -> Result<(), Refused> {
        let all = self.suspensions().await?.into_iter();
        let in_force = all.filter(|one| one.lifted.is_none());
        let mut suspended: Vec<String> = in_force.map(|one| one.who).collect();
        suspended.sort_unstable();
        let rules = self.rules();
        if rules.suspended != suspended {
            self.change_rules(|rules| rules.suspended = suspended);
        }
        Ok(())
    }

    async fn list(&self, record: RecordId) -> Result<Arc<Opened<Newest<Suspension>>>, Refused> {
        Ok(self.opener().open(record).await?)
    }

    /// Writes a suspension over the one before of the same account, if that says something else.
    async fn put_suspension(&self, suspension: Suspension) -> Result<bool, Refused> {
        let record = self.register_of(OPERATOR).await?;
        let id = self.suspension_id(&suspension.who);
        let entry = |list: &Newest<Suspension>| {
            let same = |one: &Suspension| one.lifted.is_none() == suspension.lifted.is_none();
            (!list.get(id).is_some_and(same))
                .then(|| draft(Volume::Agenda, kinds::SUSPENSION, id, &suspension))
        };
        self.register_over(record, entry).await
    }

    /// One entry for each account.
    pub(crate) fn suspension_id(&self, national_id: &str) -> Id {
        Id(self.store().short("suspension", national_id.as_bytes()))
    }
}
