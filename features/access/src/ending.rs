//! The end of authorisations: each is kept, so that history can be explained.

use ambient::Id;
use vault::{Draft, Volume};

use crate::{
    Refused, Scope, kinds,
    policy::{Grant, GrantKind, Grantee, draft},
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

    /// The entries that end every consent in force for somebody: a newer one takes their place, so
    /// that taking it back leaves none behind.
    pub(crate) fn end_consents(&self, to: &Grantee) -> Result<Vec<Draft>, Refused> {
        let consents = self.policy().grants.iter().filter(|(_, grant)| {
            let consent = matches!(grant.kind, GrantKind::Declared | GrantKind::Proved);
            consent && grant.to == *to && grant.in_force(self.now)
        });
        consents
            .map(|(id, grant)| self.end_grant(*id, grant))
            .collect()
    }
}
