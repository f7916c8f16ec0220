//! New directives take the place of those that held: in one append, so that two never hold.

use access::{Act, Person, Refused, Scope};
use ambient::Id;
use jiff::Timestamp;
use vault::Draft;
use web::Problem;

use super::{are, remind};
use crate::{
    Document, Documents, Unfit,
    add::{Kept, already},
    brought::{self, Brought, By, Described},
    keep::Keeping,
    shelf::is_in_force,
};

enum Stop {
    Already(Id, String),
    Problem(Problem),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Problem(refused.into())
    }
}

/// Keeps them; those before stay in the history, and what the person arranged holds on.
pub async fn keep(person: &Person, file: &Brought, described: &Described) -> Result<Kept, Problem> {
    let gate = &person.app.gate;
    let clearance = person.enter(Act::WriteDirectives).await?;
    let record = clearance.record();
    let blob = match gate.keep_file(file.bytes.clone()).await {
        Ok(blob) => blob,
        Err(not) => return Ok(Kept::Not(Unfit::of(not)?)),
    };
    let (id, unique) = (person.app.store.name_in(record), gate.id());
    let rules = gate.rules();
    let kept = clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let mut stored = brought::stored(
                file,
                described,
                blob.clone(),
                By::Person(&person.viewer),
                (scope.policy(), &rules.types),
                (unique, scope.now, &person.app.site.origin),
            )
            .map_err(|error| Stop::Problem(error.into()))?;
            // What was revoked or replaced may hold again.
            if let Some((id, title)) = already(scope, &stored.own.hash, blob.size)
                && scope
                    .thing_to(Act::Read, id)
                    .is_ok_and(|one| is_in_force(scope, one))
            {
                return Err(Stop::Already(id, title));
            }
            let mut marks = Vec::new();
            for before in before(scope) {
                let (mark, kept) = replaced(scope, before, id)?;
                (stored.own.arranged, stored.own.reach) = (kept.arranged, kept.reach);
                marks.push(mark);
            }
            let here = (&person.app, record, scope.now);
            let keeping = Keeping::new().with(here, id, &stored.resource, &stored.own);
            let plan = keeping.marking(marks).plan();
            Ok(plan.beside(remind::later(&person.app, record, id, scope.now)))
        })
        .await;
    let stopped = match kept {
        Ok(()) => return Ok(Kept::New(id)),
        Err(stopped) => stopped,
    };
    gate.drop_file(&blob).await?;
    match stopped {
        Stop::Already(id, title) => Ok(Kept::Already(id, title)),
        Stop::Problem(problem) => Err(problem),
    }
}

/// What the person wrote and holds.
pub fn before<'a>(scope: &Scope<'a, Documents>) -> Vec<&'a Document> {
    let own = scope.things_to(Act::WriteDirectives);
    own.filter(|one| are(one) && is_in_force(scope, one))
        .collect()
}

fn replaced(
    scope: &Scope<'_, Documents>,
    document: &Document,
    by: Id,
) -> Result<(Draft, crate::Own), Stop> {
    let current = scope.entry(document).ok_or(Refused::NotFound)?;
    let stored = document.stored();
    let mut stored = stored.map_err(|error| Refused::Failed(error.into()))?;
    stored.own.replaced_by = Some(by);
    let own = stored.own.clone();
    Ok((stored.draft(document.id()).replacing(current), own))
}

/// The next version of what holds, with something said of it.
pub fn said(
    scope: &Scope<'_, Documents>,
    document: &Document,
    say: impl Fn(&mut crate::Wishes, Timestamp),
) -> Result<Draft, Refused> {
    let current = scope.entry(document).ok_or(Refused::NotFound)?;
    let stored = document.stored();
    let mut stored = stored.map_err(|error| Refused::Failed(error.into()))?;
    let mut wishes = stored.own.wishes.unwrap_or_default();
    say(&mut wishes, scope.now);
    stored.own.wishes = Some(wishes);
    Ok(stored.draft(document.id()).replacing(current))
}
