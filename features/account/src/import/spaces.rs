//! The spaces of those whom the registry brings: announced, opened, corrected.

use access::{
    Act, Plan, Refusal, Refused, kinds,
    policy::{Settings, Space, SpaceState, draft},
};
use jiff::Timestamp;
use vault::{Draft, RecordId, Volume, With};

use super::{Import, NAMED, Row, Told};
use crate::{closing, insured::Person, opening};

impl Import<'_> {
    /// Makes the space of somebody new.
    pub(super) async fn make(&mut self, row: &Row) -> anyhow::Result<()> {
        let now = self.viewer.authenticated.at;
        // Who closed a space that is erased since opens another one by activating it, if ever.
        let gone = closing::work::is_gone(self.app, row.person.number.as_str()).await?;
        let space = match self.opens() {
            _ if gone => Space::new(SpaceState::Opposed, now),
            Some(opens) if opens <= now => Space::new(SpaceState::Opened, now),
            opens => Space {
                opens,
                ..Space::new(SpaceState::Notified, now)
            },
        };
        // Emergencies may open a space unless its holder opposes it (L.1111-17 I CSP).
        let settings = Settings {
            dispatch: true,
            break_glass: true,
            ..Settings::default()
        };
        let gate = &self.app.gate;
        let drafts = vec![
            identity(&row.person.patient(&gate.id().to_string(), self.oid)),
            draft(Volume::Policy, kinds::SPACE, kinds::only::SPACE, &space),
            draft(
                Volume::Policy,
                kinds::SETTINGS,
                kinds::only::SETTINGS,
                &settings,
            ),
        ];
        let number = row.person.number;
        let link = |record| self.app.store.link_insured(number.as_str(), record);
        let made = match space.state {
            SpaceState::Opened => gate.open_space(drafts, link).await,
            _ => {
                let job = match self.tells(&row.person) && !gone {
                    true => opening::job(self.app, number, space.opens),
                    false => With::nothing(),
                };
                gate.announce_space(drafts, |record| link(record).and(job))
                    .await
            }
        };
        match made {
            Ok(_) if space.state == SpaceState::Opened => self.report.opened += 1,
            Ok(_) if gone => self.report.known += 1,
            Ok(_) => {
                self.report.announced += 1;
                self.count_unreached(row);
            }
            // Another import was faster.
            Err(Refused::Taken) => self.report.known += 1,
            Err(error) => return Err(failed(error)),
        }
        Ok(())
    }

    /// Brings the space of somebody known up to date: corrected traits over the old ones, and a
    /// notice for who could not be told before.
    pub(super) async fn catch_up(
        &mut self,
        row: &Row,
        old: &Person,
        record: RecordId,
    ) -> anyhow::Result<()> {
        let new = &row.person;
        let corrected = old.patient("", self.oid) != new.patient("", self.oid);
        let reached = (&old.email, &old.mobile) != (&new.email, &new.mobile);
        if !corrected && !reached && self.told == Told::ByUs {
            return Ok(());
        }
        let gate = &self.app.gate;
        let clearance = match gate.enter(&self.viewer, record, Act::OpenSpace).await {
            Ok(clearance) => clearance,
            // A closed space keeps what it held on the day it was closed.
            Err(Refused::No(Refusal::State)) => return Ok(()),
            Err(error) => return Err(failed(error)),
        };
        let space = clearance.policy().space.clone();
        if corrected {
            let done = clearance.act(|scope| {
                let id = scope.policy().identity().and_then(|old| old.id());
                let draft = identity(&new.patient(id.unwrap_or_default(), self.oid));
                Ok::<_, Refused>(Plan::new(()).writing(vec![scope.over(draft)]))
            });
            done.await.map_err(failed)?;
        }
        if space.state == SpaceState::Notified && space.opens.is_none() {
            if let Some(opens) = self.opens() {
                let planned = opening::plan(self.app, record, new.number, opens).await;
                planned.map_err(failed)?;
            } else if self.tells(new) {
                let job = opening::job(self.app, new.number, None);
                self.app.store.apply(job).await?;
                self.count_unreached(row);
            }
        }
        Ok(())
    }

    /// When those of this file who were told already have had the time to oppose.
    fn opens(&self) -> Option<Timestamp> {
        match self.told {
            Told::ByUs => None,
            Told::At(then) => then.checked_add(self.app.limits.opposition).ok(),
        }
    }

    /// Whether the line itself leads to the work; who represents a child may come later in the
    /// file, and is told when they are linked.
    fn tells(&self, person: &Person) -> bool {
        self.told != Told::ByUs || !self.is_minor(person)
    }

    pub(super) fn is_minor(&self, person: &Person) -> bool {
        self.viewer.authenticated.at < person.majority()
    }

    fn count_unreached(&mut self, row: &Row) {
        let person = &row.person;
        let reached = match self.is_minor(person) {
            true => !person.representatives.is_empty(),
            false => person.email.is_some() || person.mobile.is_some(),
        };
        if self.told == Told::ByUs && !reached {
            let (count, lines) = &mut self.report.unreached;
            *count += 1;
            if lines.len() < NAMED {
                lines.push(row.line);
            }
        }
    }
}

fn identity(patient: &serde_json::Value) -> Draft {
    let body = patient.to_string().into_bytes();
    Draft::new(Volume::Policy, kinds::PATIENT, kinds::only::PATIENT, body)
}

pub(super) fn failed(refused: Refused) -> anyhow::Error {
    match refused {
        Refused::Failed(error) => error,
        other => anyhow::anyhow!("le dossier ne s’ouvre pas : {other:?}"),
    }
}
