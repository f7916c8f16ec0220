//! A text that another feature brings in the person's name: a note that they take in, say.

use access::{Act, Flags, Person};
use ambient::Id;
use anyhow::Context;
use web::Problem;

use crate::{
    Unfit,
    add::{Kept, keep},
    brought::{self, Brought, Described},
    title,
};

/// The category of what is nothing else (TRE_A05).
const OTHER: &str = "AUTR_DOC";

/// Keeps a text as a document that the person brings; the one that it already is, when the record
/// has it.
///
/// # Errors
/// When the person may not add, or a store fails.
pub async fn bring_text(person: &Person, title: &str, text: String) -> Result<Id, Problem> {
    let (rules, limit) = (person.app.gate.rules(), person.app.limits.document_bytes);
    let brought = Brought::read(String::new(), text.into_bytes(), limit, &rules.types);
    let unfit = |unfit: Unfit| Problem::BadRequest(person.shell.t(unfit.key()));
    let brought = brought.map_err(unfit)?;
    let kind = brought::type_of(&rules.types, OTHER).context("no type for a text")?;
    let clearance = person.enter(Act::ReadSettings).await?;
    let hidden = clearance.policy().settings.hides(&rules.topics, &kind.code);
    let described = Described {
        title: title::clean(title),
        made: person.app.now(),
        kind: kind.clone(),
        flags: Flags {
            professionals: hidden,
            ..Flags::default()
        },
    };
    match keep(person, &brought, &described).await? {
        Kept::New(id) | Kept::Already(id, _) => Ok(id),
        Kept::Not(why) => Err(unfit(why)),
    }
}
