//! Who represents whom, as the registry says it.

use std::collections::HashSet;

use access::{
    Act, Plan, Refusal, Refused, kinds,
    policy::{Policy, Representation, SpaceState, draft},
};
use ins::Matricule;
use vault::{Volume, With};

use super::{Import, Told, spaces::failed};
use crate::{
    insured::{Child, Person},
    opening,
};

impl Import<'_> {
    /// Makes the representations of a person those of their line; gives the representatives who
    /// have no space yet.
    pub(super) async fn represent(&self, number: &Matricule) -> anyhow::Result<Vec<Matricule>> {
        let Some((child, Some(record))) = self.find(number).await? else {
            return Ok(vec![]);
        };
        let now = self.viewer.authenticated.at;
        let mut wanted = vec![];
        let mut missing = vec![];
        // Representation of an adult comes from a court, not from this file.
        if now < child.majority() {
            for representative in &child.representatives {
                match self.find(representative).await? {
                    Some((parent, Some(by))) => {
                        wanted.push(Representation {
                            by,
                            name: parent.name(),
                            since: now,
                            until: Some(child.majority()),
                        });
                        let child = Child {
                            number: child.number,
                            birth: child.traits.birth_date,
                        };
                        self.note(parent, child).await?;
                    }
                    _ => missing.push(*representative),
                }
            }
        }
        let clearance = match self
            .app
            .gate
            .enter(&self.viewer, record, Act::OpenSpace)
            .await
        {
            Ok(clearance) => clearance,
            // A closed space is nobody's to act in.
            Err(Refused::No(Refusal::State)) => return Ok(missing),
            Err(error) => return Err(failed(error)),
        };
        if self.changes(clearance.policy(), &wanted).is_empty() {
            return Ok(missing);
        }
        let done = clearance.act(|scope| {
            let changes = self.changes(scope.policy(), &wanted).into_iter();
            let drafts = changes.map(|(id, link)| {
                let id = id.unwrap_or_else(|| self.app.gate.id());
                scope.over(draft(Volume::Policy, kinds::REPRESENTATION, id, &link))
            });
            let space = &scope.policy().space;
            let untold = space.state == SpaceState::Notified && space.opens.is_none();
            let tell = match untold && self.told == Told::ByUs && !wanted.is_empty() {
                true => opening::job(self.app, child.number, None),
                false => With::nothing(),
            };
            Ok::<_, Refused>(Plan::new(()).writing(drafts.collect()).beside(tell))
        });
        done.await.map_err(failed)?;
        Ok(missing)
    }

    /// Representations to write, with the entry that each replaces.
    fn changes(
        &self,
        policy: &Policy,
        wanted: &[Representation],
    ) -> Vec<(Option<ambient::Id>, Representation)> {
        let now = self.viewer.authenticated.at;
        let in_force =
            |link: &&(ambient::Id, Representation)| link.1.until.is_none_or(|until| now < until);
        let links: Vec<_> = policy.representations.iter().filter(in_force).collect();
        let held: HashSet<_> = links.iter().map(|(_, link)| link.by).collect();
        let named: HashSet<_> = wanted.iter().map(|link| link.by).collect();
        let begun = wanted
            .iter()
            .filter(|link| !held.contains(&link.by))
            .map(|link| (None, link.clone()));
        let ended = links
            .iter()
            .filter(|(_, link)| !named.contains(&link.by))
            .map(|(id, link)| {
                let until = Some(now);
                (
                    Some(*id),
                    Representation {
                        until,
                        ..link.clone()
                    },
                )
            });
        begun.chain(ended).collect()
    }

    /// Notes with a parent whom they represent, to find them from there.
    async fn note(&self, mut parent: Person, child: Child) -> anyhow::Result<()> {
        match parent
            .children
            .iter_mut()
            .find(|known| known.number == child.number)
        {
            Some(known) if *known == child => return Ok(()),
            Some(known) => *known = child,
            None => parent.children.push(child),
        }
        let body = serde_json::to_vec(&parent)?;
        let number = parent.number.as_str();
        Ok(self.app.store.update_insured(number, &body).await?)
    }
}
