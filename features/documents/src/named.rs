//! A document named on the page of something that is done with it.

use access::{Act, Person, Plan, Scope};
use ambient::Id;
use web::{Link, Problem, Shell};

use crate::{Document, Documents};

/// What `say` tells of a document, when the person may do `act` with it; naming it counts as a list
/// of one.
pub(crate) async fn named<T>(
    person: &Person,
    id: Id,
    act: Act,
    say: impl Fn(&Scope<'_, Documents>, &Document) -> T,
) -> Result<T, Problem> {
    let clearance = person.enter(Act::List).await?;
    clearance
        .act_on(|scope: &Scope<'_, Documents>| {
            let document = scope.thing(id)?;
            if !scope.may(act, document) {
                return Err(Problem::Forbidden);
            }
            Ok(Plan::new(say(scope, document)).about(id).counting(1))
        })
        .await
}

/// Documents, the document, this page.
pub(crate) fn trail(shell: &Shell, id: Id, title: &str, here: &str) -> [Link; 3] {
    [
        Link::new("/documents", shell.t("documents-title")),
        Link::new(&*format!("/documents/{id}"), title),
        Link::new("", here),
    ]
}
