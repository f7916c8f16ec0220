//! The end of authorisations: each is kept, so that history can be explained.

use ambient::Id;
use vault::{Draft, Volume};

use crate::{
    Refused, Scope, kinds,
    policy::{Block, BlockedBy, Grant, Grantee, draft},
};

impl<S> Scope<'_, S> {
    /// The entry that ends an authorisation.
    pub(crate) fn end_grant(&self, id: Id, grant: &Grant) -> Result<Draft, Refused> {
        let over = Grant {
            ended: true,
            ..grant.clone()
        };
        let current = self.policy_entry(id).ok_or(Refused::NotFound)?;
        Ok(draft(Volume::Policy, kinds::GRANT, id, &over).replacing(current))
    }

    /// The entries that end everything that a professional has, or a place, and what rests on it.
    pub(crate) fn end_all(&self, whom: &str) -> Result<Vec<Draft>, Refused> {
        let theirs = self.whole_policy().grants.iter().filter(|(_, grant)| {
            let theirs = match &grant.to {
                Grantee::Professional(id) | Grantee::Facility(id) => id == whom,
                Grantee::Team { lead, facility } => lead == whom || facility == whom,
            };
            theirs && grant.in_force(self.now)
        });
        theirs
            .map(|(id, grant)| self.end_grant(*id, grant))
            .collect()
    }

    /// What a block writes: itself, and the end of everything that they have. `most` is how many one
    /// voice may have blocked; one that was lifted is written over.
    ///
    /// # Errors
    /// [`Refused::Taken`] when that is one too many; when the policy does not hold together.
    pub fn block(
        &self,
        id: Id,
        (national_id, name): (&str, &str),
        by: Option<BlockedBy>,
        most: usize,
    ) -> Result<Vec<Draft>, Refused> {
        let policy = self.whole_policy();
        let mut lifted = policy.blocks.iter();
        let lifted = lifted.find(|(_, one)| one.lifted && one.national_id == national_id);
        let voice = by.as_ref().map(|by| by.national_id.as_str());
        if lifted.is_none() && !policy.blocks_more(voice, most) {
            return Err(Refused::Taken);
        }
        let id = lifted.map_or(id, |(known, _)| *known);
        let mut drafts = self.end_all(national_id)?;
        let block = Block {
            national_id: national_id.to_owned(),
            name: name.to_owned(),
            since: self.now,
            lifted: false,
            by,
        };
        drafts.push(self.over(draft(Volume::Policy, kinds::BLOCK, id, &block)));
        Ok(drafts)
    }

    /// The entries that end a professional's secret consultation, for themselves.
    ///
    /// # Errors
    /// When the policy does not hold together.
    pub fn end_secrets(&self, national_id: &str) -> Result<Vec<Draft>, Refused> {
        let theirs = self.policy().grants.iter().filter(|(_, grant)| {
            let named = matches!(&grant.to, Grantee::Professional(id) if id == national_id);
            named && grant.secret && grant.in_force(self.now)
        });
        theirs
            .map(|(id, grant)| self.end_grant(*id, grant))
            .collect()
    }

    /// The entries that end every authorisation, when the space closes.
    ///
    /// # Errors
    /// When the policy does not hold together.
    pub fn end_everything(&self) -> Result<Vec<Draft>, Refused> {
        let all = self.whole_policy().grants.iter();
        all.filter(|(_, grant)| !grant.ended)
            .map(|(id, grant)| self.end_grant(*id, grant))
            .collect()
    }

    /// The entries that end every consent in force for somebody: a newer one takes their place, so
    /// that taking it back leaves none behind. Their team's end with theirs.
    pub(crate) fn end_consents(&self, to: &Grantee) -> Result<Vec<Draft>, Refused> {
        let consents = self.policy().grants.iter().filter(|(_, grant)| {
            let theirs = match (&grant.to, to) {
                (Grantee::Team { lead, .. }, Grantee::Professional(id)) => lead == id,
                (one, other) => one == other,
            };
            // A minor's secret consultation ends by itself, or by a word of its own.
            theirs && !grant.secret && grant.kind.is_consent() && grant.in_force(self.now)
        });
        consents
            .map(|(id, grant)| self.end_grant(*id, grant))
            .collect()
    }
}
