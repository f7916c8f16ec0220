//! New directives take the place of those that held: in one append, so that two never hold.

use access::{Act, Person, Refused, Scope};
use jiff::Timestamp;
use vault::Draft;
use web::Problem;

use super::{are, remind};
use crate::{
    Document, Documents, Own, Wishes,
    add::{Kept, Stop, already, keep_by},
    brought::{Brought, Described},
    shelf::is_in_force,
};

/// Keeps them; those before stay in the history, and what the person arranged holds on.
pub async fn keep(person: &Person, file: &Brought, described: &Described) -> Result<Kept, Problem> {
    let app = &person.app;
    keep_by(
        person,
        Act::WriteDirectives,
        file,
        described,
        |scope, new| {
            let own = &new.stored.own;
            // What was revoked or replaced may hold again.
            if let Some((id, title)) = already(scope, &own.hash, own.blob.size)
                && scope
                    .thing_to(Act::Read, id)
                    .is_ok_and(|one| is_in_force(scope, one))
            {
                return Err(Stop::Already(id, title));
            }
            let mut marks = Vec::new();
            for one in before(scope) {
                let (id, own) = (new.id, &mut new.stored.own);
                marks.push(next(scope, one, |before| {
                    before.replaced_by = Some(id);
                    (own.arranged, own.reach) = (before.arranged, before.reach.clone());
                })?);
            }
            let plan = new.keeping(app, scope.now).marking(marks).plan();
            Ok(plan.beside(remind::later(app, new.record, new.id, scope.now)))
        },
    )
    .await
}

/// What the person wrote and holds.
pub fn before<'a>(scope: &Scope<'a, Documents>) -> Vec<&'a Document> {
    let own = scope.things_to(Act::WriteDirectives);
    own.filter(|one| are(one) && is_in_force(scope, one))
        .collect()
}

/// The next version of what holds, with something said of it.
pub fn said(
    scope: &Scope<'_, Documents>,
    document: &Document,
    say: impl FnOnce(&mut Wishes, Timestamp),
) -> Result<Draft, Refused> {
    next(scope, document, |own| {
        say(own.wishes.get_or_insert_default(), scope.now);
    })
}

fn next(
    scope: &Scope<'_, Documents>,
    document: &Document,
    change: impl FnOnce(&mut Own),
) -> Result<Draft, Refused> {
    let current = scope.entry(document).ok_or(Refused::NotFound)?;
    let stored = document.stored();
    let mut stored = stored.map_err(|error| Refused::Failed(error.into()))?;
    change(&mut stored.own);
    Ok(stored.draft(document.id()).replacing(current))
}
