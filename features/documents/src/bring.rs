//! What another feature brings in the person's name: a note that they take in, an archive that they
//! bring back.

use std::sync::Arc;

use access::{Act, Flags, Person};
use ambient::Id;
use anyhow::Context;
use jiff::Timestamp;
use web::Problem;

use crate::{
    Own, Unfit,
    add::{Kept, keep, keep_as},
    brought::{self, Brought, Described},
    reading::blocking,
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

/// A document of an archive that the person brings back.
#[derive(Debug)]
pub struct Archived {
    /// Its file.
    pub bytes: Vec<u8>,
    /// Its title.
    pub title: String,
    /// When it was made.
    pub made: Timestamp,
    /// Its type.
    pub type_code: String,
    /// Who made it, as people read it.
    pub author: String,
    /// Where.
    pub organization: String,
    /// Hidden from professionals.
    pub hidden: bool,
    /// Somebody who is trusted vouches for its author; else it is the person's.
    pub by_author: bool,
}

/// What became of a document that was brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It is there now.
    New(Id),
    /// It was there.
    Already,
    /// It is not taken.
    Unfit(Unfit),
}

/// Keeps a document of an archive: as its author's where somebody vouches for that, else as what the
/// person brings, of the category that it had.
///
/// # Errors
/// When the person may not add, or a store fails.
pub async fn bring_archived(person: &Person, one: Archived) -> Result<Received, Problem> {
    let (rules, limit) = (person.app.gate.rules(), person.app.limits.document_bytes);
    let types = Arc::clone(&rules);
    let bytes = one.bytes;
    let read = blocking(move || Brought::read(String::new(), bytes, limit, &types.types));
    let brought = match read.await? {
        Ok(brought) => brought,
        Err(unfit) => return Ok(Received::Unfit(unfit)),
    };
    let category = rules.types.category_of(&one.type_code);
    let category = category.map_or(OTHER, |category| &*category.code);
    let own = brought::type_of(&rules.types, category);
    let own = own.or_else(|| brought::type_of(&rules.types, OTHER));
    let own = own.context("no type for what a person brings")?;
    let known = rules.types.get(&one.type_code).filter(|_| one.by_author);
    let kind = known.unwrap_or(own).clone();
    let now = person.app.now();
    let title = title::clean(&one.title);
    let described = Described {
        title: match title.is_empty() {
            true => kind.label.clone(),
            false => title,
        },
        made: one.made.min(now),
        flags: Flags {
            professionals: one.hidden,
            ..Flags::default()
        },
        kind,
    };
    let theirs = |own: &mut Own| {
        if one.by_author {
            own.by_holder = false;
            own.author = title::clean(&one.author);
            own.organization = title::clean(&one.organization);
        }
    };
    Ok(match keep_as(person, &brought, &described, theirs).await? {
        Kept::New(id) => Received::New(id),
        Kept::Already(..) => Received::Already,
        Kept::Not(why) => Received::Unfit(why),
    })
}
